/* SPDX-License-Identifier: Apache-2.0
 *
 * linear.c - weighted sums over one denominator.
 */
#include "value/linear.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/wide.h"

static void copy_words(struct linear *sum)
{
    sum->words = mem_new((sum->n ? sum->n : 1) * sizeof *sum->words);
    for (size_t i = 0; i < sum->n && sum->words != NULL; i++) {
        if (mpz_fits_slong_p(sum->above[i])) {
            sum->words[i] = mpz_get_si(sum->above[i]);
            continue;
        }
        free(sum->words);
        sum->words = NULL;
    }
}

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
    copy_words(sum);
}

void linear_fini(struct linear *sum)
{
    integers_free(&sum->above, sum->n);
    mpz_clear(sum->below);
    free(sum->words);
}

/* One term rounded, times 10 to the power of digits. */
static void round_term(
    const struct linear *sum, size_t i, int64_t value, int digits, mpz_t term)
{
    wide whole;

    if (sum->words != NULL && mpz_fits_slong_p(sum->below) &&
        wide_half_up((wide)sum->words[i] * value,
            (int64_t)fraction_scale(digits), mpz_get_si(sum->below), &whole) &&
        whole == (int64_t)whole) {
        mpz_set_si(term, (int64_t)whole);
        return;
    }
    mpz_mul_si(term, sum->above[i], value);
    fraction_round_parts(term, term, sum->below, digits);
}

/* The sum of the rounded terms, times fraction_scale(digits). */
static void sum_rounded(
    const struct linear *sum, const int64_t *values, int digits, mpz_t above)
{
    mpz_t term;

    mpz_init(term);
    mpz_set_ui(above, 0);
    for (size_t i = 0; i < sum->n; i++) {
        round_term(sum, i, values[i], digits, term);
        mpz_add(above, above, term);
    }
    mpz_clear(term);
}

static void sum_exactly(
    const struct linear *sum, const int64_t *values, mpz_t above)
{
    mpz_t term;

    if (sum->words != NULL) {
        integer_dot(above, sum->words, values, sum->n);
        return;
    }
    mpz_init(term);
    mpz_set_ui(above, 0);
    for (size_t i = 0; i < sum->n; i++) {
        mpz_mul_si(term, sum->above[i], values[i]);
        mpz_add(above, above, term);
    }
    mpz_clear(term);
}

void linear_value(
    const struct linear *sum, const int64_t *values, int digits, mpq_t value)
{
    if (digits < 0) {
        sum_exactly(sum, values, mpq_numref(value));
        mpz_set(mpq_denref(value), sum->below);
    } else {
        sum_rounded(sum, values, digits, mpq_numref(value));
        mpz_set_ui(mpq_denref(value), fraction_scale(digits));
    }
    mpq_canonicalize(value);
}
