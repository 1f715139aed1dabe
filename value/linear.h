/* SPDX-License-Identifier: Apache-2.0
 *
 * linear.h - a weighted sum with fixed exact weights, computed many times.
 *
 * The weights share one denominator, so that a sum costs one integer
 * multiplication a term and two sums are compared by their numerators.  This
 * is what makes 65536 offers affordable in exact arithmetic.
 */
#ifndef VALUE_LINEAR_H
#define VALUE_LINEAR_H

#include "value/fraction.h"

struct linear {
    size_t n;
    mpz_t *above;   /* numerators; NULL after linear_init_parts in words */
    mpz_t below;    /* the denominator of them all, > 0 */
    int64_t *words; /* numerators again, or NULL where one has no room */
};

/**
 * linear_init - bring weights to one denominator
 *
 * Takes   weights  [n], any fractions
 * Gives   *sum  ready, ended by linear_fini
 * Thread  any
 * Cost    O(n)
 * Source  arithmetic
 */
void linear_init(struct linear *sum, mpq_t *weights, size_t n);

/**
 * linear_init_parts - the same of weights that are quotients of words
 *
 * Takes   above, below  [n] the weights times one; below > 0
 *         one           > 0
 * Gives   *sum  as linear_init
 * Thread  any
 * Cost    O(n), in machine words where they have room
 * Source  arithmetic
 */
void linear_init_parts(struct linear *sum, const int64_t *above,
    const int64_t *below, int64_t one, size_t n);

/**
 * linear_fini - release what linear_init made
 *
 * Takes   sum  of linear_init
 * Gives   *sum without memory
 * Thread  any
 * Cost    O(n)
 * Source  arithmetic
 */
void linear_fini(struct linear *sum);

/**
 * linear_value - the weighted sum as a fraction
 *
 * Takes   values  [n]
 *         digits  decimals to which each term is rounded half up before it is
 *                 added; -1 not at all
 * Gives   value  the sum
 * Thread  any
 * Cost    O(n), in machine words where they have room
 * Source  arithmetic
 */
void linear_value(
    const struct linear *sum, const int64_t *values, int digits, mpq_t value);

#endif
