/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_aid.h - the aids, explained, and what that shares with the gap
 * between users and criteria; nobody else's.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_AID_H
#define SERVER_EXPLAIN_EXPLAIN_AID_H

#include "server/explain/explain.h"

/* How the pairs of two lists stand. */
struct pairs {
    long all, same, opposite;
    long level_one, level_other;
};

/**
 * explain_count_pairs - pairs that two lists put in the same order, or not
 *
 * Gives   the counts
 * Thread  any
 */
struct pairs explain_count_pairs(
    const int64_t *one, const int64_t *other, size_t n);

/**
 * explain_need_weight - what a need weighs to users: heads x its part of what
 * matters to them
 *
 * Takes   only   [segments_n] those that count; NULL all
 *         users  that came of it, micro
 * Gives   a line and inputs
 * Thread  worker
 */
void explain_need_weight(
    struct figures *f, const bool *only, size_t need, int64_t users);

/**
 * explain_aid - how an aid came to its numbers, that of method=: of need=, of
 * two needs with over=, of bid=, else of the final line
 *
 * Gives   lines and inputs
 * Errors  those of aid_rank and aid_weigh; ERR_ARG  method=, need=, over=, bid=
 * Thread  worker
 */
enum err explain_aid(struct figures *f);

#endif
