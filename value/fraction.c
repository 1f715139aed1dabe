/* SPDX-License-Identifier: Apache-2.0
 *
 * fraction.c - exact rational numbers over GMP.
 */
#include "value/fraction.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "protocol/types.h"
#include "value/wide.h"

/* GMP's "si" functions take a long: every int64_t must fit. */
_Static_assert(sizeof(long) == sizeof(int64_t), "a long has 64 bits");

mpq_t *fractions_new(size_t n)
{
    mpq_t *list = mem_new(n * sizeof *list);

    for (size_t i = 0; i < n; i++)
        mpq_init(list[i]);
    return list;
}

void fractions_free(mpq_t **list, size_t n)
{
    if (*list == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        mpq_clear((*list)[i]);
    free(*list);
    *list = NULL;
}

mpz_t *integers_new(size_t n)
{
    mpz_t *list = mem_new(n * sizeof *list);

    for (size_t i = 0; i < n; i++)
        mpz_init(list[i]);
    return list;
}

void integers_free(mpz_t **list, size_t n)
{
    if (*list == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        mpz_clear((*list)[i]);
    free(*list);
    *list = NULL;
}

void fraction_set(mpq_t value, int64_t decimal)
{
    mpq_set_si(value, decimal, DECIMAL_ONE);
    mpq_canonicalize(value);
}

void fraction_set_big(mpq_t value, const mpz_t decimal)
{
    mpq_set_z(value, decimal);
    mpz_set_si(mpq_denref(value), DECIMAL_ONE);
    mpq_canonicalize(value);
}

void fraction_set_micro(mpq_t value, int64_t micro)
{
    mpq_set_si(value, micro, MICRO_ONE);
    mpq_canonicalize(value);
}

void fraction_set_integers(mpq_t value, const mpz_t above, const mpz_t below)
{
    mpz_set(mpq_numref(value), above);
    mpz_set(mpq_denref(value), below);
    mpq_canonicalize(value);
}

/* whole = above x scale / below, rounded in one of the three ways. */
static void scale_and_round(mpz_t whole, const mpz_t above, const mpz_t below,
    unsigned long scale, enum fraction_way way)
{
    mpz_mul_ui(whole, above, scale);
    switch (way) {
    case FRACTION_FLOOR:
        mpz_fdiv_q(whole, whole, below);
        return;
    case FRACTION_CEIL:
        mpz_cdiv_q(whole, whole, below);
        return;
    case FRACTION_HALF_UP:
        /* floor(x + 1/2) = floor(floor(2 x + 1) / 2) */
        mpz_mul_2exp(whole, whole, 1);
        mpz_add(whole, whole, below);
        mpz_fdiv_q(whole, whole, below);
        mpz_fdiv_q_2exp(whole, whole, 1);
        return;
    }
}

/* The same in machine words, which hold all that is computed of two of 64
 * bits. */
static wide round_words(int64_t above, int64_t below, enum fraction_way way)
{
    wide scaled = (wide)above * MICRO_ONE;

    switch (way) {
    case FRACTION_FLOOR:
        return wide_down(scaled, below);
    case FRACTION_CEIL:
        return -wide_down(-scaled, below);
    case FRACTION_HALF_UP:
        return wide_down(scaled * 2 + below, (wide)below * 2);
    }
    return 0;
}

int64_t fraction_micro_parts(
    const mpz_t above, const mpz_t below, enum fraction_way way)
{
    mpz_t whole;
    int64_t micro;

    if (mpz_fits_slong_p(above) && mpz_fits_slong_p(below))
        return wide_micro(
            round_words(mpz_get_si(above), mpz_get_si(below), way));
    mpz_init(whole);
    scale_and_round(whole, above, below, MICRO_ONE, way);
    if (mpz_cmp_si(whole, MICRO_LIMIT) > 0)
        micro = MICRO_LIMIT;
    else if (mpz_cmp_si(whole, -MICRO_LIMIT) < 0)
        micro = -MICRO_LIMIT;
    else
        micro = mpz_get_si(whole);
    mpz_clear(whole);
    return micro;
}

int64_t fraction_micro(const mpq_t value, enum fraction_way way)
{
    return fraction_micro_parts(mpq_numref(value), mpq_denref(value), way);
}

/* What a share loses by being rounded down; over the same denominator all. */
struct loss {
    mpz_ptr lost;
    size_t at;
};

/* The largest first, the first of several. */
static int order_losses(const void *one, const void *other)
{
    const struct loss *a = one;
    const struct loss *b = other;
    int order = mpz_cmp(b->lost, a->lost);

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

void integers_micro(mpz_t *above, const mpz_t below, size_t n, int64_t *micro)
{
    mpz_t *lost = integers_new(n);
    struct loss *losses = mem_new((n ? n : 1) * sizeof *losses);
    int64_t left = MICRO_ONE;
    mpz_t whole;

    mpz_init(whole);
    for (size_t i = 0; i < n; i++) {
        mpz_mul_ui(lost[i], above[i], (unsigned long)MICRO_ONE);
        mpz_fdiv_qr(whole, lost[i], lost[i], below);
        micro[i] = mpz_get_si(whole);
        left -= micro[i];
        losses[i] = (struct loss){lost[i], i};
    }
    INSIST(left >= 0 && (uint64_t)left <= n);
    qsort(losses, n, sizeof *losses, order_losses);
    for (size_t i = 0; i < (size_t)left; i++)
        micro[losses[i].at]++;
    mpz_clear(whole);
    free(losses);
    integers_free(&lost, n);
}

void fractions_micro(mpq_t *shares, size_t n, int64_t *micro)
{
    mpz_t *above = integers_new(n);
    mpz_t below;

    mpz_init_set_ui(below, 1);
    for (size_t i = 0; i < n; i++)
        mpz_lcm(below, below, mpq_denref(shares[i]));
    for (size_t i = 0; i < n; i++) {
        mpz_divexact(above[i], below, mpq_denref(shares[i]));
        mpz_mul(above[i], above[i], mpq_numref(shares[i]));
    }
    integers_micro(above, below, n, micro);
    mpz_clear(below);
    integers_free(&above, n);
}

/* sum += part */
static void add_wide(mpz_t sum, wide part)
{
    mpz_t high;

    mpz_init_set_si(high, (int64_t)(part >> 64));
    mpz_mul_2exp(high, high, 64);
    mpz_add_ui(high, high, (unsigned long)part);
    mpz_add(sum, sum, high);
    mpz_clear(high);
}

void integer_dot(mpz_t sum, const int64_t *one, const int64_t *other, size_t n)
{
    wide part = 0;

    mpz_set_ui(sum, 0);
    for (size_t i = 0; i < n; i++) {
        wide product = (wide)one[i] * other[i];
        wide next;

        if (__builtin_add_overflow(part, product, &next)) {
            add_wide(sum, part);
            next = product;
        }
        part = next;
    }
    if (part == (int64_t)part && mpz_sgn(sum) == 0)
        mpz_set_si(sum, (int64_t)part);
    else
        add_wide(sum, part);
}

unsigned long fraction_scale(int digits)
{
    unsigned long scale = 1;

    INSIST(digits >= 0 && digits <= 18);
    for (; digits > 0; digits--)
        scale *= 10;
    return scale;
}

void fraction_round_parts(
    mpz_t whole, const mpz_t above, const mpz_t below, int digits)
{
    scale_and_round(
        whole, above, below, fraction_scale(digits), FRACTION_HALF_UP);
}

void fraction_round(mpq_t value, int digits)
{
    fraction_round_parts(
        mpq_numref(value), mpq_numref(value), mpq_denref(value), digits);
    mpz_set_ui(mpq_denref(value), fraction_scale(digits));
    mpq_canonicalize(value);
}
