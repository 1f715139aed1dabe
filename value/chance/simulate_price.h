/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_price.h - the price rules once more, in doubles.
 *
 * price.h is what a rule means; this is the same for a draw, where prices are
 * guesses and exactness would be wasted.  A test holds the two together.
 */
#ifndef VALUE_CHANCE_SIMULATE_PRICE_H
#define VALUE_CHANCE_SIMULATE_PRICE_H

#include "value/model.h"

/* What relative rules look at, as struct price_field. */
struct quick_field {
    double n, lowest, highest, mean, median, best, poorest, all_quality;
};

/* A rule with its parameters read once. */
struct quick_rule {
    enum price_rule rule;
    bool clamp, needs_median;
    double zero_at, set_min, set_max, power, reference, reference_quality, knee,
        log_base;
    struct expression_program *program; /* of an expression; owned */
};

/**
 * quick_rule_read - read a rule's parameters
 *
 * Takes   by  a criterion whose price_rule_fault is PRICE_FINE
 * Gives   *rule, ended with quick_rule_fini
 * Thread  any
 * Cost    O(1); of an expression, its length
 * Source  docs/value.md 13
 */
void quick_rule_read(struct quick_rule *rule, const struct model_criterion *by);

/**
 * quick_rule_fini - free what a rule owns
 *
 * Takes   rule  of quick_rule_read, or all zero
 * Gives   *rule all zero
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void quick_rule_fini(struct quick_rule *rule);

/**
 * quick_field_set - look at the prices and qualities that count
 *
 * Takes   prices, qualities  [n x step], every step-th
 *         counts             [n x step], 0 for a bid that does not
 *         median             whether the median is asked for
 * Gives   *field  but for all_quality
 * Thread  any
 * Cost    O(n), with the median O(n x n)
 * Source  price_field_set
 */
void quick_field_set(struct quick_field *field, const double *prices,
    const double *qualities, const double *counts, size_t n, size_t step,
    bool median);

/**
 * quick_share - the share of the weight that a price earns
 *
 * Takes   price  above 0
 * Gives   as price_share, within 1e-12
 * Thread  any
 * Cost    O(1)
 * Source  price_share
 */
double quick_share(const struct quick_rule *rule,
    const struct quick_field *field, double price);

/**
 * quick_expression - what an expression gives for a price
 *
 * Takes   rule     with a program
 *         weight   of the price, as drawn
 *         quality  points of the bid
 * Gives   as price_expression, within 1e-12; 0 where it has no value
 * Thread  any
 * Cost    O(its length)
 * Source  price_expression
 */
double quick_expression(const struct quick_rule *rule,
    const struct quick_field *field, double weight, double price,
    double quality);

/**
 * quick_total - the figure by which a rule ranks the bids
 *
 * Takes   price, quality, life_cycle  of the bid
 *         weight                      of the price
 * Gives   as price_total, within 1e-12 of it
 * Thread  any
 * Cost    O(1)
 * Source  price_total
 */
double quick_total(const struct quick_rule *rule,
    const struct quick_field *field, double weight, double price,
    double quality, double life_cycle);

#endif
