/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_weights.h - weights drawn from what a notice publishes of them.
 *
 * Each set of siblings shares what its parent weighs (the roots share the sum
 * of all points): exact, an order of importance with equal places, bounds, or
 * nothing at all.  Every draw is independent and uniform over the weights that
 * satisfy what is published; none is a normalised box.
 */
#ifndef VALUE_CHANCE_SIMULATE_WEIGHTS_H
#define VALUE_CHANCE_SIMULATE_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/err.h"

/* What is published of one criterion, a leaf or a group of others. */
struct weight_node {
    size_t parent; /* its index, a lower one; MODEL_NOWHERE at the root */
    double low, likely, high; /* points; of a child, any unit */
    int place;    /* in the order of importance, 1 first, the same for those
                      of equal importance; 0 none */
    bool free;    /* nothing is published */
    uint64_t key; /* names its random numbers; differs between nodes */
};

struct weight_plan;

/**
 * weight_plan_new - prepare the drawing of weights
 *
 * Takes   nodes  [n], parents before children
 *         total  points that the roots share; 0: the sum of their likely ones
 * Gives   *made  freed with weight_plan_free
 * Errors  ERR_ARG    a range is upside down, bounds leave no weights that sum
 *                    to the whole, a set of siblings is published partly by
 *                    order and partly not, or sums to 0
 *         ERR_LIMIT  bounds together with an order leave so few weights that
 *                    one draw in 100 000 does not find one
 * Thread  any
 * Cost    O(n) and 100 halvings for each set with bounds
 * Source  docs/value.md 13
 */
enum err weight_plan_new(const struct weight_node *nodes, size_t n,
    double total, struct weight_plan **made) MUST_USE;

/**
 * weight_plan_free - free a plan
 *
 * Takes   plan  of weight_plan_new, or NULL within
 * Gives   *plan NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void weight_plan_free(struct weight_plan **plan);

/**
 * weight_plan_is_exact - whether every draw is the same
 *
 * Takes   plan  of weight_plan_new
 * Gives   true when all that is published is exact
 * Thread  any
 * Cost    O(sets)
 * Source  none
 */
bool weight_plan_is_exact(const struct weight_plan *plan);

/**
 * weight_plan_draw - draw one block of weights
 *
 * Exact: likely over the sum of the likely ones.  Nothing published: -ln U
 * over their sum.  Order: w_k = sum over j >= k of E_j / j over the sum of E
 * (Renyi); those of one place weigh the same, and j counts all up to it.
 * Bounds: all but the widest from exponentials cut at their bounds, with one
 * tilt that makes the means sum to the whole, the widest what is left, taken
 * with a chance that undoes the tilt.
 *
 * Takes   seed, block  name the numbers
 *         wide         quick_is_wide; changes no bit
 *         weights      [n][QUICK_BLOCK], n as the plan was made with
 * Gives   weights  points, of groups too
 * Thread  any
 * Cost    O(n x QUICK_BLOCK); bounds divide by the share of draws taken, .59
 *         for ten criteria within 30 % of their middle
 * Source  Renyi 1953; docs/value.md 13
 * Vector  order of 3: means .611111 .277778 .111111; free: P(w1 > .5) = .25;
 *         bounds .2-.5 .1-.4 .1-.3 0-.6: means .342 .242 .196 .220
 */
void weight_plan_draw(const struct weight_plan *plan, uint64_t seed,
    uint64_t block, bool wide, double *weights);

#endif
