/* SPDX-License-Identifier: Apache-2.0
 *
 * party_change.h - changes that concern all that is recorded about a party:
 * what they are is found by a reader, then the writer makes them as one
 * transaction, so that they can be followed, and taken back, as one.
 */
#ifndef SERVER_VERB_PARTY_CHANGE_H
#define SERVER_VERB_PARTY_CHANGE_H

#include "db/about.h"
#include "server/session/inside.h"

/* What the answer counts. */
struct party_counts {
    size_t erased;                /* forget */
    size_t mentions, redacted;    /* texts of others that name them */
    size_t moved, joined, filled; /* merge */
    bool unseen;                  /* there is more that one does not see */
};

typedef enum err party_plan_fn(struct store *store, struct task *t,
    struct changeset *set, struct party_counts *counts);

/**
 * party_change_start - plan changes on a reading thread, then make them
 *
 * Takes   plan  fills the set, or the fault of the task
 * Gives   the answer, later
 * Thread  loop
 */
void party_change_start(
    struct session *s, struct request *q, party_plan_fn *plan);

/**
 * party_find - the party that a word names
 *
 * Gives   *got
 * Errors  ERR_NONE  in the fault of the task
 * Thread  the one that runs the task
 */
enum err party_find(struct store *store, struct task *t, const char *key,
    const char *word, uint64_t *got) MUST_USE;

/**
 * party_change - a change of an object, appended to a set
 *
 * Gives   borrowed until the next one
 * Thread  the one that runs the task
 */
struct change *party_change(
    struct changeset *set, enum change_verb verb, enum kind kind, uint64_t id);

/**
 * party_plan_forget - erase a person and all that is about them
 *
 * Gives   set filled
 * Errors  ERR_NONE, ERR_STATE  in the fault of the task
 * Thread  the one that runs the task
 */
enum err party_plan_forget(struct store *store, struct task *t,
    struct changeset *set, struct party_counts *counts) MUST_USE;

/**
 * party_plan_merge - one party out of two
 *
 * Gives   set filled
 * Errors  ERR_NONE, ERR_ARG, ERR_STATE  in the fault of the task
 * Thread  the one that runs the task
 */
enum err party_plan_merge(struct store *store, struct task *t,
    struct changeset *set, struct party_counts *counts) MUST_USE;

#endif
