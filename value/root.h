/* SPDX-License-Identifier: Apache-2.0
 *
 * root.h - square roots, logarithms and powers, to eighteen decimals.
 *
 * Some published rules leave the fractions.  Their irrational parts are taken
 * here, in integers of any size, and rounded half up to the eighteenth decimal
 * of the true value: the same digits with every compiler and on every machine,
 * as no binary floating point takes part.  Rounding keeps order, so a rule that
 * falls with the price still does.
 */
#ifndef VALUE_ROOT_H
#define VALUE_ROOT_H

#include <stdbool.h>

#include "value/fraction.h"

/* Decimals that irrational results keep. */
#define ROOT_DIGITS 18
/* Powers are taken for exponents within plus and minus so much. */
#define ROOT_EXPONENT_MAX 64

/**
 * fraction_sqrt - the square root of a fraction
 *
 * Takes   value  at least 0
 * Gives   value  its root, rounded half up to ROOT_DIGITS decimals
 * Thread  any
 * Cost    one integer square root
 * Source  GMP manual, mpz_sqrt; correctly rounded, as no square root of a
 *         fraction lies half way between two decimals unless it is exact
 * Vector  0.25 -> 0.5; 2 -> 1.414213562373095049
 */
void fraction_sqrt(mpq_t value);

/**
 * fraction_log - the natural logarithm of a fraction
 *
 * Takes   value  above 0
 * Gives   value  its logarithm, rounded half up to ROOT_DIGITS decimals
 * Thread  any
 * Cost    about 100 divisions of 160 bits
 * Source  ln m = 2 artanh((m - 1) / (m + 1)) after m is brought near 1 by
 *         powers of 2; computed again with twice the bits while the error
 *         bound leaves the last decimal open
 * Vector  1 -> 0; 2 -> 0.693147180559945309; 1.2 -> 0.182321556793954626
 */
void fraction_log(mpq_t value);

/**
 * fraction_power - a fraction to the power of another
 *
 * Takes   value     at least 0; above 0 where exponent is not above 0
 *         exponent  within plus and minus ROOT_EXPONENT_MAX
 * Gives   value  exact where the exponent is whole, else rounded half up to
 *                ROOT_DIGITS decimals
 * Thread  any
 * Cost    as fraction_log, and an exponential series of about 40 terms
 * Source  exp(exponent x ln value), halved eight times and squared back
 * Vector  0.8 ^ 2 -> 0.64; 2 ^ 0.5 -> 1.414213562373095049
 */
void fraction_power(mpq_t value, const mpq_t exponent);

#endif
