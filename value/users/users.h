/* SPDX-License-Identifier: Apache-2.0
 *
 * users.h - what each bid is worth to those who will use it.
 *
 * Never one number: each segment, the mean over heads, the worst segment and
 * the captive segments stand side by side.  Importances are normalised inside
 * a segment; a need without recorded coverage counts as not covered.
 */
#ifndef VALUE_USERS_USERS_H
#define VALUE_USERS_USERS_H

#include "value/users/reach.h"

struct users_segment {
    bool counts; /* some importance recorded; else left out of every figure */
    struct reach_choice choice;
};

struct users_bid {
    bool known;       /* some coverage recorded; else all below is absent */
    int64_t mean;     /* micro; MODEL_ABSENT while heads are not known */
    int64_t min, max; /* micro, over the segments that count: the mean lies
                         between whatever the heads are */
    size_t worst;     /* the segment of min, the first of several */
    int64_t captives; /* micro, mean over captive segments; MODEL_ABSENT when
                         there are none or their heads are not known */
    size_t rank;      /* by mean, 1 + number better; 0 absent */
    size_t captives_rank; /* by captives; 0 absent */
};

struct users_result {
    size_t bids_n, segments_n;
    struct users_segment *segments; /* [segments_n] */
    struct users_bid *bids;         /* [bids_n] */
    int64_t *values;  /* [bids_n][segments_n] micro; MODEL_ABSENT */
    size_t *ranks;    /* [bids_n][segments_n] 1 + number better; 0 absent */
    size_t *capped;   /* [bids_n][segments_n] the need that must be met and
                         holds the value down; MODEL_NOWHERE */
    size_t estimates; /* ranges among the coverage used */
};

/**
 * users_compute - the value of every bid to users, ours with what is always in
 *
 * Takes   model  any
 * Gives   *made  freed with users_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_USERS
 * Thread  any
 * Cost    O(bids x segments x needs)
 * Source  docs/value.md 7 (value of a bid to a segment = sum of importance
 *         x coverage / sum of importance; at most the coverage of a need
 *         that must be met and is not), 8 and 10
 * Vector  V1 -> OURS .7 .752 .683333, mean .700125, captives .752
 */
enum err users_compute(
    const struct model *model, struct users_result **made) MUST_USE;

/**
 * users_compute_offer - the same with possible elements in our bid
 *
 * Takes   set  bit mask as of subset.h and front.h
 * Gives   *made  freed with users_free
 * Errors  ERR_STATE  as users_compute
 *         ERR_ARG    the set may not be offered
 * Thread  any
 * Cost    O(bids x segments x needs)
 * Source  docs/value.md 7
 */
enum err users_compute_offer(const struct model *model, uint32_t set,
    struct users_result **made) MUST_USE;

/**
 * users_free - free a result
 *
 * Takes   result  of users_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void users_free(struct users_result **result);

#endif
