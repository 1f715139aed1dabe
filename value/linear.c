/* SPDX-License-Identifier: Apache-2.0
 *
 * linear.c - weighted sums over one denominator.
 */
#include "value/linear.h"

#include <stdbool.h>
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

static int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* The least common multiple of all; false where it has no room. */
static bool find_multiple(const int64_t *list, size_t n, int64_t *multiple)
{
    *multiple = 1;
    for (size_t i = 0; i < n; i++) {
        if (*multiple % list[i] == 0)
            continue;
        if (__builtin_mul_overflow(*multiple,
                list[i] / greatest_divisor(*multiple, list[i]), multiple))
            return false;
    }
    return true;
}

static bool init_words(
    struct linear *sum, const int64_t *above, const int64_t *below, int64_t one)
{
    int64_t multiple;
    int64_t all;

    if (!find_multiple(below, sum->n, &multiple) ||
        __builtin_mul_overflow(multiple, one, &all))
        return false;
    sum->words = mem_new((sum->n ? sum->n : 1) * sizeof *sum->words);
    for (size_t i = 0; i < sum->n; i++) {
        if (__builtin_mul_overflow(
                above[i], multiple / below[i], &sum->words[i])) {
            free(sum->words);
            sum->words = NULL;
            return false;
        }
    }
    mpz_init_set_si(sum->below, all);
    return true;
}

void linear_init_parts(struct linear *sum, const int64_t *above,
    const int64_t *below, int64_t one, size_t n)
{
    *sum = (struct linear){.n = n};
    if (init_words(sum, above, below, one))
        return;
    mpq_t *weights = fractions_new(n);
    for (size_t i = 0; i < n; i++) {
        mpz_set_si(mpq_numref(weights[i]), above[i]);
        mpz_set_si(mpq_denref(weights[i]), below[i]);
        mpz_mul_si(mpq_denref(weights[i]), mpq_denref(weights[i]), one);
        mpq_canonicalize(weights[i]);
    }
    linear_init(sum, weights, n);
    fractions_free(&weights, n);
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
    if (sum->words != NULL)
        mpz_set_si(term, sum->words[i]);
    else
        mpz_set(term, sum->above[i]);
    mpz_mul_si(term, term, value);
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
