/* SPDX-License-Identifier: Apache-2.0
 *
 * page.h - what all verbs that read in pages share: limit=, lists of words,
 * the final line.
 */
#ifndef SERVER_SESSION_PAGE_H
#define SERVER_SESSION_PAGE_H

#include "server/session/inside.h"

/**
 * page_limit - how many rows a request wants
 *
 * Gives   *limit, from limit= or the preset
 * Errors  ERR_ARG, in the fault
 * Thread  loop
 */
enum err page_limit(
    const struct request *q, size_t *limit, struct fault *fault) MUST_USE;

/**
 * page_at - check that the record has come as far as at=
 *
 * Takes   key  the one that names it, for the fault
 *         at   0 is now
 * Gives   ERR_OK when it has
 * Errors  ERR_ARG, in the fault of the task
 * Thread  the one that runs the task
 */
enum err page_at(struct task *t, const char *key, uint64_t at) MUST_USE;

/**
 * page_final - answer a task with its rows, or its fault
 *
 * Takes   at    the seq that was read
 *         next  cursor of the next page, or NULL
 * Gives   the data lines and "ok n= at= [more=yes next=]"
 * Thread  loop
 */
void page_final(
    struct session *s, struct task *t, uint64_t at, const char *next);

/**
 * page_kinds - the kinds that a request names by kind=
 *
 * Gives   kinds[KIND_COUNT]; *any is false when there is no kind=
 * Errors  ERR_ARG, in the fault
 * Thread  loop
 */
enum err page_kinds(const struct request *q, bool kinds[KIND_COUNT], bool *any,
    struct fault *fault) MUST_USE;

/**
 * page_fields - check that fields= names fields of a kind
 *
 * Takes   only  NULL-ended, or NULL for all
 * Gives   ERR_OK when it does
 * Errors  ERR_ARG, in the fault
 * Thread  any
 */
enum err page_fields(
    char *const *only, enum kind kind, struct fault *fault) MUST_USE;

/**
 * page_object - write an object as a data line of a task
 *
 * Takes   only  NULL-ended, or NULL for all
 * Gives   the line; the session has seen the object
 * Thread  the one that runs the task
 */
void page_object(
    struct task *t, const struct object *object, char *const *only);

/**
 * page_find_tender - the tender that a word names
 *
 * Takes   scope  whose codes come first; 0: those of the team alone
 * Gives   *id
 * Errors  ERR_NONE, in the fault of the task
 * Thread  the one that runs the task
 */
enum err page_find_tender(struct store *store, struct task *t, uint64_t scope,
    const char *word, uint64_t *id) MUST_USE;

/**
 * page_tender - the tender that a request names by tender=
 *
 * Gives   *id, 0 when there is no tender=
 * Errors  ERR_NONE, in the fault of the task
 * Thread  the one that runs the task
 */
enum err page_tender(
    struct store *store, struct task *t, uint64_t *id) MUST_USE;

/**
 * page_read_all - all objects of a kind that a task may see
 *
 * Takes   at  0: now
 * Gives   *all, freed with objects_fini, also upon an error
 * Errors  as store_list, in the fault of the task
 * Thread  the one that runs the task
 */
enum err page_read_all(struct store *store, struct task *t, enum kind kind,
    uint64_t at, struct objects *all) MUST_USE;

/* What every object has, for allowed=. */
extern const char page_builtins[];

/**
 * comma_split - "price,rev" as words
 *
 * Gives   a NULL-ended array, freed with comma_free
 * Thread  any
 */
char **comma_split(const char *list);

/**
 * comma_free - free what comma_split made
 *
 * Takes   list  or NULL
 * Gives   nothing left
 * Thread  any
 */
void comma_free(char **list);

#endif
