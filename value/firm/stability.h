/* SPDX-License-Identifier: Apache-2.0
 *
 * stability.h - how much would have to be otherwise for another bid to win.
 *
 * Weights one at a time, weights all together, our marks one at a time, and
 * the price rule itself.  Exact, on totals before any published rounding; the
 * price that flips the award is award.h's, rivals whose absence does too.
 */
#ifndef VALUE_FIRM_STABILITY_H
#define VALUE_FIRM_STABILITY_H

#include "value/model.h"

struct stability_criterion {
    int64_t weight; /* micro, share of all weight */
    /* The leader stays while this share is within, all other weights keeping
     * their proportions; the bid that takes over beyond either end, or
     * MODEL_NOWHERE where the end is 0 or 1. */
    int64_t low, high; /* micro */
    size_t below, above;
    /* The change of our mark alone that makes us tie with the best other bid,
     * marks; MODEL_ABSENT for a price, a table of levels, no weight, or a
     * mark that would leave the scale. */
    int64_t mark; /* micro, rounded away from 0 */
};

struct stability_rival {
    int64_t gap;  /* micro, points the leader is ahead */
    int64_t mass; /* micro, the least points of weight that have to move from
                     some criteria to others for it to draw level;
                     MODEL_ABSENT where no weights do that */
    bool nearest; /* of the least mass; the first of several */
};

struct stability_rule {
    bool applies;  /* it can be applied to what is recorded */
    bool assumed;  /* with n = 2, a power of 2 or a knee of .85, as none is
                        recorded */
    size_t winner; /* the first of those that would win; NOWHERE none */
    bool changes;  /* none of those that win now would */
};

struct stability_result {
    size_t bids_n, criteria_n;
    size_t leader; /* before rounding; MODEL_NOWHERE */
    bool adds_up;  /* false where a rule gives the total: then criteria and
                        rivals hold nothing */
    struct stability_criterion *criteria; /* [criteria_n] */
    struct stability_rival *rivals;       /* [bids_n]; gap ABSENT for the leader
                                             and bids not admitted */
    struct stability_rule rules[RULE_COUNT]; /* by enum price_rule */
};

/**
 * stability_compute - how firm the award is
 *
 * With V the sum of shares of weight w x shares earned x, and leader i against
 * j: x_ik - x_jk = a and what the other criteria leave j ahead = b; the share
 * t of criterion k at which they are level is b / (a + b).  The least mass
 * takes weight from where the leader is furthest ahead and gives it to where
 * the rival is.
 *
 * Takes   model  any; our bid with the elements that are always in
 * Gives   *made  freed with stability_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_DECIDER
 * Thread  any
 * Cost    O(bids x criteria log criteria), and O(bids) for each rule; 20 bids
 *         with 100 marks some 40 us, as numbers of a common measure are
 *         machine words
 * Source  Triantaphyllou & Sanchez 1997; docs/value.md 14
 * Vector  shares .8 .6 .5, .7 .9 .4, .5 .7 .9 and weights .5 .3 .2: the second
 *         leads while w1 is in .285714-.583333, w2 in .25-1, w3 in 0-.285714;
 *         mass .05 against the first, .085714 against the third
 */
enum err stability_compute(
    const struct model *model, struct stability_result **made) MUST_USE;

/**
 * stability_assume - give a price criterion another rule
 *
 * Takes   c  a copy of a criterion; its own parameters stay
 * Gives   *c with the rule, and where nothing is recorded of it with n = 2, a
 *         power of 2 or a knee of .85
 *         true when it got one of these
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 14
 */
bool stability_assume(struct model_criterion *c, enum price_rule rule);

/**
 * stability_free - free a result
 *
 * Takes   result  of stability_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void stability_free(struct stability_result **result);

#endif
