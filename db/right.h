/* SPDX-License-Identifier: Apache-2.0
 *
 * right.h - who may see and who may change; the one place that decides.
 */
#ifndef DB_RIGHT_H
#define DB_RIGHT_H

#include "protocol/command.h"
#include "protocol/kind.h"

struct viewer {
    uint64_t team;
    const char *user;
    enum role role;
};

/**
 * right_sees - whether a tender narrowed to members is seen
 *
 * Takes   members  ",ann,bob,", or NULL or "" for all of the team
 * Gives   true or false
 * Thread  any
 */
bool right_sees(const struct viewer *viewer, const char *members);

/**
 * right_adds - whether objects of a kind may be added
 *
 * Scorers add notes and marks, editors everything.
 *
 * Gives   true or false
 * Thread  any
 */
bool right_adds(const struct viewer *viewer, enum kind kind);

/**
 * right_sets - whether a field of an object may be changed
 *
 * Scorers change notes and marks of their own; members and state of a
 * tender are for owners; editors change everything else.
 *
 * Takes   field   a number among all fields
 *         author  who added the object
 * Gives   true or false
 * Thread  any
 */
bool right_sets(const struct viewer *viewer, size_t field, const char *author);

/**
 * right_deletes - whether an object may be deleted
 *
 * Owners delete everything, editors everything but tenders, scorers notes
 * and marks of their own.
 *
 * Gives   true or false
 * Thread  any
 */
bool right_deletes(
    const struct viewer *viewer, enum kind kind, const char *author);

/**
 * right_needed - the least role for which an answer would have been yes
 *
 * Takes   kind   of the object
 *         field  FIELD_COUNT when no field is meant
 *         del    deleting is meant
 * Gives   the word of a role, for allowed=
 * Thread  any
 */
const char *right_needed(enum kind kind, size_t field, bool del);

#endif
