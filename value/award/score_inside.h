/* SPDX-License-Identifier: Apache-2.0
 *
 * score_inside.h - what the files of score.h share.
 */
#ifndef VALUE_AWARD_SCORE_INSIDE_H
#define VALUE_AWARD_SCORE_INSIDE_H

#include "value/award/score.h"

static inline int64_t *marks_of(const struct score *score, size_t bid)
{
    return &score->marks[bid * score->model->criteria_n];
}

static inline struct price_bid price_bid_of(
    const struct score *score, size_t bid)
{
    return (struct price_bid){.price = score->price[bid],
        .quality = score->quality[bid],
        .life_cycle = score->model->bids[bid].life_cycle};
}

/**
 * score_read_criteria - weights, rules and the points of marks
 *
 * Takes   score  with room for all criteria
 * Gives   *score  ready to judge bids
 * Thread  the one that owns *score
 * Cost    O(criteria)
 * Source  docs/value.md 3
 */
void score_read_criteria(struct score *score);

/**
 * score_group_gate - the first group of criteria that refuses a bid
 *
 * Takes   bid  with its marks
 * Gives   its index; MODEL_NOWHERE: none does
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 3
 */
size_t score_group_gate(const struct score *score, size_t bid);

/**
 * score_find_rivals - the cheapest and the dearest admitted rival
 *
 * Takes   score  bids admitted
 * Gives   score->cheapest, score->dearest
 * Thread  the one that owns *score
 * Cost    O(bids)
 * Source  docs/value.md 2
 */
void score_find_rivals(struct score *score);

/**
 * score_find_field - look at all that relative rules look at
 *
 * Takes   score  bids admitted, our price in place
 * Gives   score->field
 *         true when rivals may have other totals than before
 * Thread  the one that owns *score
 * Cost    O(1), or O(log bids) where rules look at all, once rivals are known
 * Source  docs/value.md 2
 */
bool score_find_field(struct score *score);

/**
 * score_total_bid - the total of one bid, of what rules look at now
 *
 * Takes   bid  that its gates do not refuse
 * Gives   score->total and score->near of it
 * Thread  the one that owns *score
 * Cost    O(price criteria)
 * Source  docs/value.md 3
 */
void score_total_bid(struct score *score, size_t bid);

#endif
