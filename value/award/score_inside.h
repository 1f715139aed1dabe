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
 * score_tree_init - see which groups of criteria round
 *
 * Takes   score  with its model
 * Gives   score->rounds_groups, waits and within
 * Thread  the one that owns *score
 * Cost    O(groups x bids)
 * Source  none
 */
void score_tree_init(struct score *score);

/**
 * score_tree_fini - release what score_tree_init made
 *
 * Takes   score  any
 * Gives   *score without it
 * Thread  the one that owns *score
 * Cost    O(groups x bids)
 * Source  none
 */
void score_tree_fini(struct score *score);

/**
 * score_tree_quality - points of all but the price, where groups round
 *
 * A group that holds a price rounds when the price has its points, and not
 * before: here what is marked in it counts as it is.
 *
 * Takes   bid  with its marks; score->rounds_groups
 * Gives   score->quality of it without preference points, and within
 * Thread  the one that owns *score
 * Cost    O(criteria)
 * Source  docs/value.md 3
 */
void score_tree_quality(struct score *score, size_t bid);

/**
 * score_tree_total - the sum of all points, where groups above a price round
 *
 * Takes   bid  of score_tree_quality; score->within
 * Gives   score->total of it, before its own rounding
 * Thread  the one that owns *score
 * Cost    O(groups + price criteria)
 * Source  docs/value.md 3
 */
void score_tree_total(struct score *score, size_t bid);

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
