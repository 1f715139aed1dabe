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

/* whole = value x scale, rounded in one of the three ways. */
static void scale_and_round(
    mpz_t whole, const mpq_t value, const mpz_t scale, enum fraction_way way)
{
    mpz_t twice;

    mpz_mul(whole, mpq_numref(value), scale);
    switch (way) {
    case FRACTION_FLOOR:
        mpz_fdiv_q(whole, whole, mpq_denref(value));
        return;
    case FRACTION_CEIL:
        mpz_cdiv_q(whole, whole, mpq_denref(value));
        return;
    case FRACTION_HALF_UP:
        mpz_init(twice);
        mpz_mul_2exp(whole, whole, 1);
        mpz_add(whole, whole, mpq_denref(value));
        mpz_mul_2exp(twice, mpq_denref(value), 1);
        mpz_fdiv_q(whole, whole, twice);
        mpz_clear(twice);
        return;
    }
}

int64_t fraction_micro(const mpq_t value, enum fraction_way way)
{
    mpz_t whole, scale;
    int64_t micro;

    mpz_init(whole);
    mpz_init_set_si(scale, MICRO_ONE);
    scale_and_round(whole, value, scale, way);
    if (mpz_cmp_si(whole, MICRO_LIMIT) > 0)
        micro = MICRO_LIMIT;
    else if (mpz_cmp_si(whole, -MICRO_LIMIT) < 0)
        micro = -MICRO_LIMIT;
    else
        micro = mpz_get_si(whole);
    mpz_clears(whole, scale, NULL);
    return micro;
}

void fraction_round(mpq_t value, int digits)
{
    mpz_t whole, scale;

    INSIST(digits >= 0 && digits <= 18);
    mpz_inits(whole, scale, NULL);
    mpz_ui_pow_ui(scale, 10, (unsigned long)digits);
    scale_and_round(whole, value, scale, FRACTION_HALF_UP);
    fraction_set_integers(value, whole, scale);
    mpz_clears(whole, scale, NULL);
}
