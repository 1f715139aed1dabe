/* SPDX-License-Identifier: Apache-2.0
 *
 * keys.h - the columns of a table: every key that rows of one kind bear.
 */
#ifndef CLIENT_SHOW_KEYS_H
#define CLIENT_SHOW_KEYS_H

#include "client/show/rows.h"

struct keys {
    const char **list; /* they live as long as the rows */
    size_t n, room;
    bool ids; /* a row of the kind has an id */
};

/**
 * keys_find - the keys of the rows of a kind
 *
 * A key that only some rows bear stands where it stood in them, so that
 * fields keep their order whichever row has them.
 *
 * Takes   kind  NULL: lines that are no record
 * Gives   *got, freed with keys_fini
 * Thread  any
 */
void keys_find(const struct rows *rows, const char *kind, struct keys *got);

/**
 * keys_first - whether a row is the first of its kind
 *
 * Gives   true or false
 * Thread  any
 */
bool keys_first(const struct rows *rows, size_t at);

/**
 * keys_fini - free the list
 *
 * Gives   *keys all zero
 * Thread  any
 */
void keys_fini(struct keys *keys);

#endif
