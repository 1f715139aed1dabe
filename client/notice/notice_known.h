/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_known.h - what the record holds already, as far as an import asks.
 *
 * Plain rows of keys and values as the server prints them (references are
 * ids), so that planning needs no server.  All zero is an empty record.
 */
#ifndef CLIENT_NOTICE_NOTICE_KNOWN_H
#define CLIENT_NOTICE_NOTICE_KNOWN_H

#include "client/pool.h"
#include "protocol/kind.h"

#include <stdint.h>

struct known_pair {
    const char *key;
    const char *value;
};

struct known_row {
    const char *kind;
    const char *id; /* "" for rows without one */
    struct known_pair *pairs;
    size_t n;
    size_t room;
};

struct known_rows {
    struct known_row *all;
    size_t n;
    size_t room;
    struct pool pool; /* the strings */
};

/* A notice that was imported into a tender. */
struct known_notice {
    const char *tender; /* its id */
    uint64_t seq;       /* when the import was complete */
    const char *id;     /* "" where the notice had none */
    const char *version;
    const char *digest;
};

struct notice_known {
    struct known_rows tenders; /* those a notice may belong to or clash with */
    struct known_rows parties; /* all of the team */
    struct known_notice *notices;
    size_t notices_n;
    size_t notices_room;
    struct pool pool; /* the strings of notices */
    /* Of the tender that is updated, by kind: as the last import left it, and
     * as it is.  Only kinds that an import writes are filled. */
    struct known_rows then[KIND_COUNT];
    struct known_rows now[KIND_COUNT];
    uint64_t at; /* the seq that was read; 0 when nothing was */
};

/**
 * known_add - append a row
 *
 * Gives   the row, which lives until the next call on *rows
 * Thread  any, one owner at a time
 */
struct known_row *known_add(
    struct known_rows *rows, const char *kind, const char *id);

/**
 * known_put - give the newest row a value
 *
 * Gives   *rows grown; a key given again has its value replaced
 * Thread  any, one owner at a time
 */
void known_put(struct known_rows *rows, const char *key, const char *value);

/**
 * known_copy - append a copy of a row
 *
 * Gives   *to grown
 * Thread  any, one owner at a time
 */
void known_copy(struct known_rows *to, const struct known_row *row);

/**
 * known_get - a value of a row
 *
 * Takes   row  or NULL
 * Gives   the value, "" when there is none
 * Thread  any
 */
const char *known_get(const struct known_row *row, const char *key);

/**
 * known_find - the row with that id
 *
 * Gives   the row, NULL when there is none
 * Thread  any
 * Cost    O(rows)
 */
const struct known_row *known_find(
    const struct known_rows *rows, const char *id);

/**
 * known_notice_add - tell of a notice that was imported before
 *
 * Takes   strings  copied; NULL is ""
 * Gives   *known grown
 * Thread  any, one owner at a time
 */
void known_notice_add(
    struct notice_known *known, const struct known_notice *notice);

/**
 * known_rows_fini - free rows
 *
 * Gives   *rows all zero
 * Thread  any, one owner at a time
 */
void known_rows_fini(struct known_rows *rows);

/**
 * known_fini - free all that is known
 *
 * Gives   *known all zero
 * Thread  any, one owner at a time
 */
void known_fini(struct notice_known *known);

#endif
