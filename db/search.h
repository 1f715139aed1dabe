/* SPDX-License-Identifier: Apache-2.0
 *
 * search.h - objects by the words of their texts.
 */
#ifndef DB_SEARCH_H
#define DB_SEARCH_H

#include "db/store.h"

/* Words that stand next to each other, folded. */
struct phrase {
    char **words;
    size_t n, room;
    bool prefix; /* the last word may go on */
};

#define SEARCH_PHRASES 16

struct search {
    struct phrase phrases[SEARCH_PHRASES];
    size_t n;
    bool kinds[KIND_COUNT]; /* looked for; none set: all */
    uint64_t tender;        /* 0: in the whole team */
    size_t limit;           /* rows wanted */
    char *after;            /* cursor of the page before, or NULL */
};

struct hit {
    struct object *object;
    size_t field;  /* among all fields: the one with most of the words */
    char *snippet; /* what stands around the first of them, one line */
};

struct hits {
    struct hit *list;
    size_t n, room;
    char *next; /* cursor of the next page, NULL when there is none */
};

/**
 * search_add - look for a word, or for words next to each other
 *
 * Takes   text    as typed; what stands between its words does not matter
 *         prefix  its last word may go on
 * Gives   *search grown
 * Errors  ERR_ARG    there is no word in it
 *         ERR_LIMIT  there are SEARCH_PHRASES already
 * Thread  the one that owns *search
 */
enum err search_add(
    struct search *search, const char *text, bool prefix) MUST_USE;

/**
 * search_fini - free what a search owns
 *
 * Gives   *search all zero
 * Thread  the one that owns it
 */
void search_fini(struct search *search);

/**
 * store_search - the objects whose texts hold all that is looked for
 *
 * In the order of tenders, kinds and ids, those of the team first.  When much
 * had to be looked through a page holds fewer rows than wanted, or none, and
 * hits->next goes on behind it.
 *
 * Gives   *got, freed with hits_fini; what the viewer may not see is not there
 * Errors  ERR_ARG    the cursor is none
 *         ERR_LIMIT  a word that may go on stands in too many places
 * Thread  the owner
 */
enum err store_search(struct store *store, const struct viewer *viewer,
    const struct search *search, struct hits *got,
    struct fault *fault) MUST_USE;

/**
 * hits_fini - free what was found
 *
 * Gives   *hits all zero
 * Thread  the owner
 */
void hits_fini(struct hits *hits);

#endif
