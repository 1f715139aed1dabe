/* SPDX-License-Identifier: Apache-2.0
 *
 * diff.h - what became of an object, or of all in a tender, between two seqs.
 */
#ifndef DB_DIFF_H
#define DB_DIFF_H

#include "db/store.h"

/* Who did it last. */
struct stroke {
    uint64_t seq; /* 0: it was not touched */
    int64_t time;
    char *author;
};

struct difference {
    enum kind kind;
    uint64_t id;
    struct object *was, *is; /* NULL: not there then */
    struct stroke last;      /* of the object */
    struct stroke *strokes;  /* of each field, by its place */
};

struct differences {
    struct difference *list;
    size_t n, room;
    char *next; /* cursor of the next page, NULL when there is none */
};

struct diff_query {
    enum kind kind; /* of the object; of a tender: all that stands in it */
    uint64_t id;
    uint64_t from, to; /* from < to */
    size_t limit;      /* objects wanted */
    const char *after; /* cursor of the page before, or NULL */
};

/**
 * store_diff - the objects that stood otherwise at one seq than at another
 *
 * In the order of kinds and ids.  What was changed and changed back, or added
 * and deleted again, is none.
 *
 * Gives   *got, freed with differences_fini
 * Errors  ERR_NONE   there was no such object at either seq, or it is not seen
 *         ERR_ARG    the cursor is none
 *         ERR_LIMIT  more rows of the journal than may be sorted
 * Thread  the owner
 */
enum err store_diff(struct store *store, const struct viewer *viewer,
    const struct diff_query *query, struct differences *got,
    struct fault *fault) MUST_USE;

/**
 * differences_fini - free what was found
 *
 * Gives   *differences all zero
 * Thread  the owner
 */
void differences_fini(struct differences *differences);

#endif
