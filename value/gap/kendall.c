/* SPDX-License-Identifier: Apache-2.0
 *
 * kendall.c - tau-b with an exact square root.
 */
#include "value/gap/kendall.h"

#include "value/fraction.h"

static int compare(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

/* |above| / sqrt(below) in micro: the square root of 4 x its square, halved
 * upwards, is the nearest integer without any rounding before. */
static int64_t root_quotient(int64_t above, const mpz_t below)
{
    mpz_t square;

    mpz_init_set_si(square, above);
    mpz_mul_si(square, square, 2 * MICRO_ONE);
    mpz_mul(square, square, square);
    mpz_fdiv_q(square, square, below);
    mpz_sqrt(square, square);
    int64_t micro = (mpz_get_si(square) + 1) / 2;
    mpz_clear(square);
    return micro;
}

bool kendall_tau(const int64_t *a, const int64_t *b, size_t n, int64_t *tau)
{
    int64_t agree = 0; /* pairs in the same order less those in the opposite */
    unsigned long differ_a = 0;
    unsigned long differ_b = 0;
    mpz_t below;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            int by_a = compare(a[i], a[j]);
            int by_b = compare(b[i], b[j]);
            agree += (int64_t)by_a * by_b;
            differ_a += by_a != 0;
            differ_b += by_b != 0;
        }
    }
    if (differ_a == 0 || differ_b == 0)
        return false;
    mpz_init_set_ui(below, differ_a);
    mpz_mul_ui(below, below, differ_b);
    int64_t micro = root_quotient(agree, below);
    *tau = agree < 0 ? -micro : micro;
    mpz_clear(below);
    return true;
}
