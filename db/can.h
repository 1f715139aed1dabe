/* SPDX-License-Identifier: Apache-2.0
 *
 * can.h - whether a right is there, without using it.
 */
#ifndef DB_CAN_H
#define DB_CAN_H

#include "db/store.h"

enum can_what { CAN_ADD, CAN_SET, CAN_DEL };

struct can_query {
    enum can_what what;
    enum kind kind;       /* of the object, or of what would be added */
    uint64_t id;          /* 0 for CAN_ADD */
    uint64_t tender;      /* CAN_ADD: to which it would belong; 0: the team */
    const size_t *fields; /* that would be set, among all fields */
    size_t fields_n;      /* CAN_SET without any: is there one that may be? */
};

struct can_answer {
    bool can;
    size_t field;        /* that may not be set; FIELD_COUNT: none is meant */
    const char *got;     /* the role that holds there */
    const char *allowed; /* the least role that may */
};

/**
 * store_can - ask the rights what they would say to a change
 *
 * The same functions decide as for the change itself.  What the values would
 * do, and who else changes the object, is not looked at.
 *
 * Gives   *answer; its words live for ever
 * Errors  ERR_NONE  the object, or the tender, is not there or not seen
 * Thread  the owner
 */
enum err store_can(struct store *store, const struct viewer *viewer,
    const struct can_query *query, struct can_answer *answer) MUST_USE;

#endif
