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

void linear_value(
    const struct linear *sum, mpz_t *values, int digits, mpq_t value)
{
    mpq_t term;

    mpq_init(term);
    mpq_set_ui(value, 0, 1);
    if (digits < 0) {
        linear_above(sum, values, mpq_numref(term));
        fraction_set_integers(value, mpq_numref(term), sum->below);
    }
    for (size_t i = 0; digits >= 0 && i < sum->n; i++) {
        mpz_mul(mpq_numref(term), sum->above[i], values[i]);
        fraction_set_integers(term, mpq_numref(term), sum->below);
        fraction_round(term, digits);
        mpq_add(value, value, term);
    }
    mpq_clear(term);
}
