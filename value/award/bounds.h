/* SPDX-License-Identifier: Apache-2.0
 *
 * bounds.h - what a figure can be while our price moves over a span.
 *
 * Interval arithmetic in doubles: each operation is rounded outwards where it
 * is not exact, so that the true figure lies within at every price of the
 * span, and so does the slope by which it moves with our price.  A figure that
 * stands still has a slope of exactly 0, whatever its last binary digit.
 */
#ifndef VALUE_AWARD_BOUNDS_H
#define VALUE_AWARD_BOUNDS_H

#include <gmp.h>

#include "value/award/expression_quick.h"

struct bounds {
    double low, high;  /* the figure */
    double fall, rise; /* least and greatest slope; infinite where it jumps */
    bool may_fail;     /* has no value at some price, perhaps */
    bool fails;        /* has none anywhere */
};

/**
 * bounds_at - the bounds of one known figure
 *
 * Takes   value  any
 * Gives   bounds that hold it, without a slope
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
struct bounds bounds_at(mpq_srcptr value);

/**
 * bounds_span - the bounds of a figure that moves as our price does
 *
 * Takes   low, high  the ends
 * Gives   bounds of slope 1
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
struct bounds bounds_span(mpq_srcptr low, mpq_srcptr high);

/**
 * bounds_add - the bounds of a sum
 *
 * Takes   one, other  any
 * Gives   bounds that hold every sum of the two
 * Thread  any
 * Cost    O(1)
 * Source  Moore 1966
 */
struct bounds bounds_add(struct bounds one, struct bounds other);

/**
 * bounds_negate - the bounds of the opposite
 *
 * Takes   one  any
 * Gives   bounds of 0 less it
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
struct bounds bounds_negate(struct bounds one);

/**
 * bounds_multiply - the bounds of a product
 *
 * Takes   one, other  any
 * Gives   bounds that hold every product of the two
 * Thread  any
 * Cost    O(1)
 * Source  Moore 1966
 */
struct bounds bounds_multiply(struct bounds one, struct bounds other);

/**
 * bounds_choose - the bounds of the lesser or the greater of two
 *
 * Takes   sign  1 the greater, -1 the lesser
 * Gives   bounds; where one is chosen all over the span, its own
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
struct bounds bounds_choose(struct bounds one, struct bounds other, int sign);

/**
 * bounds_round - the bounds of what is rounded half up
 *
 * Takes   digits  decimals kept, 0 to 6
 * Gives   bounds; without a slope where all of the span rounds alike
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 1
 */
struct bounds bounds_round(struct bounds one, int digits);

/**
 * bounds_expression - the bounds of an expression
 *
 * Takes   variables  [EXPRESSION_VARIABLES_N]
 * Gives   bounds that hold what expression_value gives, and 0 where it has no
 *         value
 * Thread  any
 * Cost    O(steps)
 * Source  docs/value.md 4
 * Vector  "p * p" for p of 2 to 3 -> 4 to 9, slope 4 to 6
 */
struct bounds bounds_expression(
    const struct expression_program *program, const struct bounds *variables);

#endif
