/* SPDX-License-Identifier: Apache-2.0
 *
 * tree.h - criteria that are made of others: their weights and points.
 *
 * A published tree gives a part its weight in points of the whole, or as a
 * share of what its parent weighs.  Computations know points only, so shares
 * become points here, once, when a model is made.
 */
#ifndef VALUE_AWARD_TREE_H
#define VALUE_AWARD_TREE_H

#include "value/fraction.h"
#include "value/model.h"

/**
 * tree_weigh - make points of the weights of a tree
 *
 * A group without a weight whose parts weigh points weighs what they do.
 * Shares must sum to 1 or to 100; they are laid out over the points of the
 * group in 1/10000, what is left by rounding down going to those that lost
 * most, so that the parts sum to the whole.  A range is taken at the likely
 * weight of what stands above it.
 *
 * Takes   groups    [groups_n], weights as published, parents first
 *         criteria  [criteria_n], weights as published
 *         group_of  [criteria_n]
 * Gives   *groups, *criteria  weights in points, ABSENT where they can not be
 *                             known; parts_fit
 * Thread  the owner of the arrays
 * Cost    O(groups + criteria), times the logarithm of the parts of one
 * Source  docs/value.md 3
 * Vector  40 of shares 33 33 34 -> 13.2 13.2 13.6; 1 of shares .3333 .3333
 *         .3334 -> .3333 .3333 .3334
 */
void tree_weigh(struct model_group *groups, size_t groups_n,
    struct model_criterion *criteria, const size_t *group_of,
    size_t criteria_n);

/**
 * tree_order - put means where an order of importance alone is published
 *
 * A set of siblings of which all have a place and none a weight gets the mean
 * of the weights that follow the order, those of one place weighing the same:
 * at the root points of 100, below it shares of what stands above.  Whoever
 * has places and parts has shares of them.
 *
 * Takes   as tree_weigh, which comes after it
 * Gives   *groups, *criteria  with weights
 *         true when some set was so
 * Thread  the owner of the arrays
 * Cost    O(groups x (groups + criteria))
 * Source  Renyi 1953: w_k = sum over j >= k of E_j / j over the sum of E
 * Vector  three places -> 61.1111 27.7778 11.1111; first one, then two level
 *         -> 66.6667 16.6667 16.6666
 */
bool tree_order(struct model_group *groups, size_t groups_n,
    struct model_criterion *criteria, const size_t *group_of,
    size_t criteria_n);

/**
 * tree_holds - whether a criterion is part of a group, at any depth
 *
 * Takes   criterion, group  indexes of the model
 * Gives   true or false
 * Thread  any
 * Cost    O(depth)
 * Source  none
 */
bool tree_holds(const struct model *model, size_t group, size_t criterion);

/**
 * tree_has_gates - whether some group can refuse a bid
 *
 * Takes   model  any
 * Gives   true or false
 * Thread  any
 * Cost    O(groups)
 * Source  none
 */
bool tree_has_gates(const struct model *model);

/**
 * tree_has_price - whether a price stands below a group
 *
 * Takes   group  of the model
 * Gives   true or false
 * Thread  any
 * Cost    O(criteria x depth)
 * Source  none
 */
bool tree_has_price(const struct model *model, size_t group);

/**
 * tree_mark_prices - mark the groups above a price
 *
 * Takes   marked  [groups_n], all false
 * Gives   marked  true where a price stands below, at any depth
 * Thread  the owner of marked
 * Cost    O(prices x depth)
 * Source  none
 */
void tree_mark_prices(const struct model *model, bool *marked);

/**
 * tree_sum - what groups earn, from what criteria earn
 *
 * From the bottom up: a group that rounds passes on what it has rounded.
 *
 * Takes   points  [criteria_n], or [0] of a model without criteria
 * Gives   sums    [groups_n]
 * Thread  any
 * Cost    O(criteria + groups)
 * Source  docs/value.md 3
 * Vector  12.345 and 7.114 below a round of 1: 19.5
 */
void tree_sum(const struct model *model, mpq_t *points, mpq_t *sums);

/**
 * tree_passes - whether points meet the gate of a group
 *
 * Takes   sum  points of the group
 * Gives   false when scale-max x sum / weight, or without a scale the sum, is
 *         below its least; a group that weighs nothing passes
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 3
 */
bool tree_passes(const struct model_group *group, const mpq_t sum);

#endif
