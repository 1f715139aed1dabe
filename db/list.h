/* SPDX-License-Identifier: Apache-2.0
 *
 * list.h - the SQL of one list, put together and bound; for files of db/ alone.
 *
 * Text of users never becomes SQL: it is bound to the numbered parameters.
 */
#ifndef DB_LIST_H
#define DB_LIST_H

#include "db/inside.h"

struct param {
    char *text; /* owned; NULL for a number */
    int64_t number;
};

struct listing {
    struct store *store;
    const struct viewer *viewer;
    const struct query *query;
    struct fault *fault;
    uint64_t at;     /* snapshot that is read; 0 now */
    bool recent;     /* it is that of the first page */
    uint64_t tender; /* of a condition tender=; 0 none */
    bool in_group;   /* the condition at hand is an alternative of others */
    uint64_t behind; /* id order: ids above this one */
    uint64_t offset; /* other orders: rows to leave out */
    struct text where;
    struct text order; /* with a comma at its end, or empty */
    struct param *params;
    size_t params_n, params_room;
};

/**
 * listing_number - bind a number
 *
 * Gives   the number of its parameter
 * Thread  the owner of the store
 */
int listing_number(struct listing *l, int64_t number);

/**
 * listing_text - bind a copy of a string
 *
 * Gives   the number of its parameter
 * Thread  the owner of the store
 */
int listing_text(struct listing *l, const char *text);

/**
 * listing_conditions - the conditions of the query, each " AND ..."
 *
 * Gives   l->where grown, l->tender
 * Errors  ERR_ARG, ERR_NONE, in the fault
 * Thread  the owner of the store
 */
enum err listing_conditions(struct listing *l) MUST_USE;

/**
 * listing_orders - the orders of the query
 *
 * Gives   l->order
 * Errors  ERR_ARG, in the fault
 * Thread  the owner of the store
 */
enum err listing_orders(struct listing *l) MUST_USE;

#endif
