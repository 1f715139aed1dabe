/* SPDX-License-Identifier: Apache-2.0
 *
 * fraction.h - exact rational numbers, and the three ways out of them.
 *
 * A thin layer over GMP's mpq and mpz, so that no sum, product or quotient of
 * the computations ever overflows or is rounded.  Only the .c files of value/
 * and their tests include it: results are plain integers of 1/1000000.
 * Functions are pure; numbers belong to whoever made them.
 */
#ifndef VALUE_FRACTION_H
#define VALUE_FRACTION_H

#include <gmp.h>
#include <stddef.h>
#include <stdint.h>

/* Micros in one unit: results are integers of 1/1000000. */
#define MICRO_ONE INT64_C(1000000)
/* The largest result, in either direction; beyond it a result stays there. */
#define MICRO_LIMIT INT64_MAX

enum fraction_way {
    FRACTION_HALF_UP, /* to the nearest, a half towards plus infinity */
    FRACTION_FLOOR,
    FRACTION_CEIL
};

/**
 * fractions_new - an array of fractions, all zero
 *
 * Takes   n  how many, 0 allowed
 * Gives   the array, freed with fractions_free
 * Thread  any
 * Cost    O(n)
 * Source  GMP manual, "Rational Number Functions"
 */
mpq_t *fractions_new(size_t n);

/**
 * fractions_free - free an array of fractions
 *
 * Takes   list  of fractions_new, or NULL within
 *         n     as it was made with
 * Gives   *list NULL
 * Thread  any
 * Cost    O(n)
 * Source  GMP manual
 */
void fractions_free(mpq_t **list, size_t n);

/**
 * integers_new - an array of integers of any size, all zero
 *
 * Takes   n  how many, 0 allowed
 * Gives   the array, freed with integers_free
 * Thread  any
 * Cost    O(n)
 * Source  GMP manual, "Integer Functions"
 */
mpz_t *integers_new(size_t n);

/**
 * integers_free - free an array of integers
 *
 * Takes   list  of integers_new, or NULL within
 *         n     as it was made with
 * Gives   *list NULL
 * Thread  any
 * Cost    O(n)
 * Source  GMP manual
 */
void integers_free(mpz_t **list, size_t n);

/**
 * fraction_set - the fraction a decimal of the record stands for
 *
 * Takes   decimal  1/10000
 * Gives   value  decimal / 10000, in lowest terms
 * Thread  any
 * Cost    O(1)
 * Source  protocol/types.h, DECIMAL_ONE
 * Vector  89000 -> 89/10
 */
void fraction_set(mpq_t value, int64_t decimal);

/**
 * fraction_set_big - the same for a decimal of any size
 *
 * Takes   decimal  1/10000
 * Gives   value  decimal / 10000, in lowest terms
 * Thread  any
 * Cost    O(1)
 * Source  protocol/types.h, DECIMAL_ONE
 */
void fraction_set_big(mpq_t value, const mpz_t decimal);

/**
 * fraction_set_micro - the fraction a result stands for
 *
 * Takes   micro  1/1000000
 * Gives   value  micro / 1000000, in lowest terms
 * Thread  any
 * Cost    O(1)
 * Source  value/model.h
 * Vector  2500000 -> 5/2
 */
void fraction_set_micro(mpq_t value, int64_t micro);

/**
 * fraction_set_integers - a fraction from its two parts
 *
 * Takes   above, below  numerator and denominator, below > 0
 * Gives   value  above / below, in lowest terms
 * Thread  any
 * Cost    one greatest common divisor
 * Source  GMP manual
 */
void fraction_set_integers(mpq_t value, const mpz_t above, const mpz_t below);

/**
 * fraction_micro - a fraction as an integer of 1/1000000
 *
 * Takes   value  any fraction
 *         way    where what is between two millionths goes
 * Gives   the millionths, within -MICRO_LIMIT .. MICRO_LIMIT
 * Thread  any
 * Cost    one multiplication and one division
 * Source  docs/value.md 1: no binary number is ever rounded
 * Vector  2/3 half up -> 666667, floor -> 666666; -1/2000000 half up -> 0
 */
int64_t fraction_micro(const mpq_t value, enum fraction_way way);

/**
 * fraction_micro_parts - the same of a numerator and a denominator
 *
 * Takes   above, below  the fraction, not in lowest terms perhaps; below > 0
 *         way           as for fraction_micro
 * Gives   the millionths, within -MICRO_LIMIT .. MICRO_LIMIT
 * Thread  any
 * Cost    one division, of machine words where both parts are such
 * Source  as fraction_micro
 */
int64_t fraction_micro_parts(
    const mpz_t above, const mpz_t below, enum fraction_way way);

/**
 * fractions_micro - shares of 1 as millionths whose sum is exactly one
 *
 * Rounded one by one, .0859375 and .2896875 would both go up and all shares
 * print as 1.000001 together.  Each is rounded down instead, and what is left
 * goes to those that lost most, the first of several.
 *
 * Takes   shares  [n], none below 0, summing to 1
 * Gives   micro  [n], each less than a millionth away, summing to MICRO_ONE
 * Thread  any
 * Cost    O(n log n) beside one common denominator
 * Source  largest remainder method (Hamilton)
 * Vector  .359375 .0859375 .265 .2896875 -> 359375 85938 265000 289687
 */
void fractions_micro(mpq_t *shares, size_t n, int64_t *micro);

/**
 * integers_micro - the same of shares over one denominator
 *
 * Takes   above  [n], none below 0, summing to below
 *         below  > 0
 * Gives   micro  as fractions_micro
 * Thread  any
 * Cost    n divisions, O(n log n)
 * Source  as fractions_micro
 */
void integers_micro(mpz_t *above, const mpz_t below, size_t n, int64_t *micro);

/**
 * integer_dot - the sum of products of two rows of numbers
 *
 * Takes   one, other  [n], any
 * Gives   sum  exact
 * Thread  any
 * Cost    O(n), in machine words while the sum is within 128 bits
 * Source  arithmetic
 */
void integer_dot(mpz_t sum, const int64_t *one, const int64_t *other, size_t n);

/**
 * fraction_round - round half up to so many decimals, as published rules do
 *
 * Takes   value   any fraction
 *         digits  decimals kept, 0..18
 * Gives   value  rounded; a half goes towards plus infinity
 * Thread  any
 * Cost    one multiplication and one division
 * Source  "commercial rounding" as DIN 1333 for what is not negative
 * Vector  2.345 to 2 -> 2.35; -2.345 to 2 -> -2.34
 */
void fraction_round(mpq_t value, int digits);

/**
 * fraction_scale - a power of ten
 *
 * Takes   digits  0..18
 * Gives   10 to that power
 * Thread  any
 * Cost    O(digits)
 * Source  arithmetic
 */
unsigned long fraction_scale(int digits);

/**
 * fraction_round_parts - the same on numerator and denominator
 *
 * Takes   above, below  the fraction, not in lowest terms perhaps; below > 0
 *         digits        decimals kept, 0..18
 * Gives   whole  the rounded fraction times fraction_scale(digits); may be
 *                above itself
 * Thread  any
 * Cost    one multiplication and one division
 * Source  as fraction_round
 */
void fraction_round_parts(
    mpz_t whole, const mpz_t above, const mpz_t below, int digits);

#endif
