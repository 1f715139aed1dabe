/* SPDX-License-Identifier: Apache-2.0
 *
 * price.h - how a price becomes points: the rules of rules.def.
 *
 * Each rule gives a share of the criterion's weight; points are weight x
 * share, never rescaled.  Relative rules look at the lowest and the highest
 * price among the bids that are still admitted, and at nothing else.  For
 * every rule the points of a bid never rise with its own price, and those of
 * its rivals never fall: the search for a price that wins rests on that.
 */
#ifndef VALUE_PRICE_H
#define VALUE_PRICE_H

#include "value/fraction.h"
#include "value/model.h"

/* Why a rule can not be applied. */
enum price_fault {
    PRICE_FINE,
    PRICE_NO_RULE,    /* no rule recorded */
    PRICE_NO_ZERO_AT, /* zero-at needs a factor above 1 */
    PRICE_NO_LIMITS,  /* set-limits needs set-min below set-max */
    PRICE_ABSENT,     /* an admitted bid has no price */
    PRICE_NEGATIVE,   /* a price below 0 */
    PRICE_ZERO        /* the rule divides by a price that is 0 */
};

/* What the rule looked at, or why it could not be applied. */
struct price_used {
    int64_t lowest, highest; /* micro, over admitted bids; MODEL_ABSENT none */
    enum price_fault fault;
    size_t bid; /* the bid at fault, or MODEL_NOWHERE */
};

/**
 * price_rule_fault - whether a criterion has what its price rule needs
 *
 * Takes   by  a criterion whose points come from prices
 * Gives   PRICE_FINE, PRICE_NO_RULE, PRICE_NO_ZERO_AT or PRICE_NO_LIMITS
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2
 */
enum price_fault price_rule_fault(const struct model_criterion *by);

/**
 * price_fault_of - whether a rule can be applied to a price
 *
 * Takes   by     a criterion whose price_rule_fault is PRICE_FINE
 *         price  1/10000, or MODEL_ABSENT
 * Gives   PRICE_FINE, PRICE_ABSENT, PRICE_NEGATIVE or PRICE_ZERO
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2: a price of 0 makes a ratio undefined
 */
enum price_fault price_fault_of(
    const struct model_criterion *by, int64_t price);

/**
 * price_share - the share of the weight that a price earns, exactly
 *
 * Takes   by       a criterion whose rule has what it needs
 *         price    of the bid, any unit that is the same throughout
 *         lowest   over the admitted bids, lowest <= price; > 0 for
 *                  lowest-ratio and zero-at
 *         highest  over the admitted bids, price <= highest
 * Gives   share  lowest-ratio  lowest / price
 *                min-max       (highest - price) / (highest - lowest); 1 when
 *                              they are equal
 *                zero-at       (n x lowest - price) / ((n - 1) x lowest), at
 *                              least 0
 *                set-limits    (set-max - price) / (set-max - set-min), within
 *                              0..1 where the criterion clamps
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2
 */
void price_share(const struct model_criterion *by, const mpq_t price,
    const mpq_t lowest, const mpq_t highest, mpq_t share);

/**
 * price_points - points of bids for their prices
 *
 * Takes   by        the criterion, weight recorded
 *         prices    [n], 1/10000
 *         admitted  [n], or NULL: all are
 *         n         bids
 * Gives   points  [n], micro, half up; MODEL_ABSENT for a bid not admitted
 *         *used   what the rule looked at
 * Errors  ERR_ARG  used->fault says why and used->bid which bid; points are
 *                  untouched
 * Thread  any
 * Cost    O(n)
 * Source  docs/value.md 2
 * Vector  weight 40, lowest-ratio, 100 120 150 -> 40 33.333333 26.666667
 */
enum err price_points(const struct model_criterion *by, const int64_t *prices,
    const bool *admitted, size_t n, int64_t *points,
    struct price_used *used) MUST_USE;

#endif
