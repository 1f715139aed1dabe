/* SPDX-License-Identifier: Apache-2.0
 *
 * linear.c - weighted sums over one denominator.
 */
#include "value/linear.h"

void linear_init(struct linear *sum, mpq_t *weights, size_t n)
{
    sum->n = n;
    sum->above = integers_new(n);
    mpz_init_set_ui(sum->below, 1);
    for (size_t i = 0; i < n; i++)
        mpz_lcm(sum->below, sum->below, mpq_denref(weights[i]));
    for (size_t i = 0; i < n; i++) {
        mpz_divexact(sum->above[i], sum->below, mpq_denref(weights[i]));
        mpz_mul(sum->above[i], sum->above[i], mpq_numref(weights[i]));
    }
}

void linear_fini(struct linear *sum)
{
    integers_free(&sum->above, sum->n);
    mpz_clear(sum->below);
}

void linear_above(const struct linear *sum, mpz_t *values, mpz_t above)
{
    mpz_set_ui(above, 0);
    for (size_t i = 0; i < sum->n; i++)
        mpz_addmul(above, sum->above[i], values[i]);
}

/* The sum of the rounded terms, times fraction_scale(digits). */
static void sum_rounded(
    const struct linear *sum, mpz_t *values, int digits, mpz_t above)
{
    mpz_t term;

    mpz_init(term);
    mpz_set_ui(above, 0);
    for (size_t i = 0; i < sum->n; i++) {
        mpz_mul(term, sum->above[i], values[i]);
        fraction_round_parts(term, term, sum->below, digits);
        mpz_add(above, above, term);
    }
    mpz_clear(term);
}

void linear_value(
    const struct linear *sum, mpz_t *values, int digits, mpq_t value)
{
    if (digits < 0) {
        linear_above(sum, values, mpq_numref(value));
        mpz_set(mpq_denref(value), sum->below);
    } else {
        sum_rounded(sum, values, digits, mpq_numref(value));
        mpz_set_ui(mpq_denref(value), fraction_scale(digits));
    }
    mpq_canonicalize(value);
}
