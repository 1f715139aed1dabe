/* SPDX-License-Identifier: Apache-2.0
 *
 * fraction.c - exact rational numbers over GMP.
 */
#include "value/fraction.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "protocol/types.h"

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

int64_t fraction_micro(const mpq_t value, enum fraction_way way)
{
    mpz_t whole;
    int64_t micro;

    mpz_init(whole);
    scale_and_round(
        whole, mpq_numref(value), mpq_denref(value), MICRO_ONE, way);
    if (mpz_cmp_si(whole, MICRO_LIMIT) > 0)
        micro = MICRO_LIMIT;
    else if (mpz_cmp_si(whole, -MICRO_LIMIT) < 0)
        micro = -MICRO_LIMIT;
    else
        micro = mpz_get_si(whole);
    mpz_clear(whole);
    return micro;
}

/* The share that lost most by being rounded down to its millionths. */
static size_t find_loser(mpq_t *shares, size_t n, const int64_t *micro)
{
    size_t loser = 0;
    mpq_t lost, most;

    mpq_inits(lost, most, NULL);
    for (size_t i = 0; i < n; i++) {
        fraction_set_micro(lost, micro[i]);
        mpq_sub(lost, shares[i], lost);
        if (i == 0 || mpq_cmp(lost, most) > 0) {
            mpq_set(most, lost);
            loser = i;
        }
    }
    mpq_clears(lost, most, NULL);
    return loser;
}

void fractions_micro(mpq_t *shares, size_t n, int64_t *micro)
{
    int64_t left = MICRO_ONE;

    for (size_t i = 0; i < n; i++) {
        micro[i] = fraction_micro(shares[i], FRACTION_FLOOR);
        left -= micro[i];
    }
    INSIST(left >= 0 && (uint64_t)left <= n);
    for (; left > 0; left--)
        micro[find_loser(shares, n, micro)]++;
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
