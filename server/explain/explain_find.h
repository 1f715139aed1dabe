/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_find.h - which object a figure is asked to be explained of, for the
 * files that explain figures; nobody else's.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_FIND_H
#define SERVER_EXPLAIN_EXPLAIN_FIND_H

#include "server/figure/figures.h"

/**
 * explain_find - an object by its code or id
 *
 * Gives   its index in the list, or MODEL_NOWHERE
 * Thread  any
 */
size_t explain_find(
    const struct object *const *list, size_t n, const char *word);

/**
 * explain_find_key - the object that bid=, criterion= or segment= names
 *
 * Takes   key, word  the key and its value; NULL: not given
 * Gives   *at  its index in the list
 * Errors  ERR_ARG   no value
 *         ERR_NONE  not in the list
 * Thread  worker
 */
enum err explain_find_key(struct figures *f, const char *key, const char *word,
    const struct object *const *list, size_t n, size_t *at) MUST_USE;

/**
 * explain_find_bid - the bid that bid= names
 *
 * Gives   *at  its index in the model
 * Errors  as explain_find_key
 * Thread  worker
 */
enum err explain_find_bid(struct figures *f, size_t *at) MUST_USE;

/**
 * explain_find_criterion - the criterion that criterion= names
 *
 * Gives   *at  its index in the model
 * Errors  as explain_find_key
 * Thread  worker
 */
enum err explain_find_criterion(struct figures *f, size_t *at) MUST_USE;

/**
 * explain_find_recorded - the object of a kind that a key names
 *
 * Gives   *found  of the record
 * Errors  as explain_find_key
 * Thread  worker
 */
enum err explain_find_recorded(struct figures *f, const char *key,
    enum kind kind, const struct object **found) MUST_USE;

#endif
