/* SPDX-License-Identifier: Apache-2.0
 *
 * root.c - irrational functions in fixed point of as many bits as they need.
 *
 * A number stands as an integer times 2^-bits.  Each step loses less than one
 * unit of the last bit; SPARE bits are far more than all steps together lose.
 */
#include "value/root.h"

#include "protocol/base_mem.h"

/* Bits to begin with, those given up to errors, and the most ever tried:
 * past them the value can only be a decimal that stands exactly half way. */
#define FIRST_BITS 160
#define SPARE      48
#define LAST_BITS  2560

void fraction_sqrt(mpq_t value)
{
    mpz_t scale, whole;

    INSIST(mpq_sgn(value) >= 0);
    /* floor(sqrt(4 x scale^2)) is the doubled root; half up from there. */
    mpz_inits(scale, whole, NULL);
    mpz_ui_pow_ui(scale, 10, 2UL * ROOT_DIGITS);
    mpz_mul(whole, mpq_numref(value), scale);
    mpz_mul_2exp(whole, whole, 2);
    mpz_fdiv_q(whole, whole, mpq_denref(value));
    mpz_sqrt(whole, whole);
    mpz_add_ui(whole, whole, 1);
    mpz_fdiv_q_2exp(whole, whole, 1);
    mpz_ui_pow_ui(scale, 10, ROOT_DIGITS);
    fraction_set_integers(value, whole, scale);
    mpz_clears(scale, whole, NULL);
}

/* sum = 2 artanh(z) for fixed-point z, |z| <= 1/3. */
static void add_artanh(mpz_t sum, const mpz_t z, unsigned long bits)
{
    mpz_t square, power, term;

    mpz_inits(square, term, NULL);
    mpz_init_set(power, z);
    mpz_mul(square, z, z);
    mpz_tdiv_q_2exp(square, square, bits);
    mpz_set_ui(sum, 0);
    for (unsigned long odd = 1; mpz_sgn(power) != 0; odd += 2) {
        mpz_tdiv_q_ui(term, power, odd);
        mpz_add(sum, sum, term);
        mpz_mul(power, power, square);
        mpz_tdiv_q_2exp(power, power, bits);
    }
    mpz_mul_2exp(sum, sum, 1);
    mpz_clears(square, power, term, NULL);
}

/* ln 2 = 2 artanh(1/3). */
static void set_log_two(mpz_t log, unsigned long bits)
{
    mpz_t third;

    mpz_init_set_ui(third, 1);
    mpz_mul_2exp(third, third, bits);
    mpz_tdiv_q_ui(third, third, 3);
    add_artanh(log, third, bits);
    mpz_clear(third);
}

/* The power of 2 that brings a fraction into 1/2 .. 2. */
static long find_scale(const mpq_t value)
{
    return (long)mpz_sizeinbase(mpq_numref(value), 2) -
           (long)mpz_sizeinbase(mpq_denref(value), 2);
}

/* log = ln(value), fixed point. */
static void set_log(mpz_t log, const mpq_t value, unsigned long bits)
{
    long scale = find_scale(value);
    mpz_t above, below, two;

    mpz_init_set(above, mpq_numref(value));
    mpz_init_set(below, mpq_denref(value));
    mpz_init(two);
    if (scale > 0)
        mpz_mul_2exp(below, below, (unsigned long)scale);
    else
        mpz_mul_2exp(above, above, (unsigned long)-scale);
    /* z = (m - 1) / (m + 1) = (above - below) / (above + below) */
    mpz_sub(two, above, below);
    mpz_add(below, above, below);
    mpz_mul_2exp(two, two, bits);
    mpz_tdiv_q(above, two, below);
    add_artanh(log, above, bits);
    set_log_two(two, bits);
    mpz_mul_si(two, two, scale);
    mpz_add(log, log, two);
    mpz_clears(above, below, two, NULL);
}

/* Fixed point to ROOT_DIGITS decimals; false while the error leaves open
 * which decimal is the nearest. */
static bool settle(mpq_t value, const mpz_t fixed, unsigned long bits)
{
    mpz_t low, high, scale;
    mpq_t one;
    bool settled;

    mpz_inits(low, high, NULL);
    mpz_init(scale);
    mpz_set_ui(scale, 1);
    mpz_mul_2exp(scale, scale, SPARE);
    mpz_sub(low, fixed, scale);
    mpz_add(high, fixed, scale);
    mpq_init(one);
    mpz_set_ui(mpq_denref(one), 1);
    mpz_mul_2exp(mpq_denref(one), mpq_denref(one), bits);
    fraction_round_parts(low, low, mpq_denref(one), ROOT_DIGITS);
    fraction_round_parts(high, high, mpq_denref(one), ROOT_DIGITS);
    settled = mpz_cmp(low, high) == 0 || bits >= LAST_BITS;
    if (settled) {
        mpz_ui_pow_ui(scale, 10, ROOT_DIGITS);
        fraction_set_integers(value, high, scale);
    }
    mpq_clear(one);
    mpz_clears(low, high, scale, NULL);
    return settled;
}

void fraction_log(mpq_t value)
{
    mpz_t log;

    INSIST(mpq_sgn(value) > 0);
    if (mpq_cmp_ui(value, 1, 1) == 0) {
        mpq_set_ui(value, 0, 1);
        return;
    }
    mpz_init(log);
    unsigned long bits = FIRST_BITS;
    do {
        set_log(log, value, bits);
        bits *= 2;
    } while (!settle(value, log, bits / 2));
    mpz_clear(log);
}

/* power = exp(x), fixed point: x less a multiple of ln 2, halved eight times,
 * through the series, squared eight times. */
static void set_exp(mpz_t power, const mpz_t x, unsigned long bits)
{
    mpz_t two, rest, term;
    const unsigned long halvings = 8;

    mpz_inits(two, rest, term, NULL);
    set_log_two(two, bits);
    mpz_fdiv_qr(two, rest, x, two);
    long scale = mpz_get_si(two);
    mpz_fdiv_q_2exp(rest, rest, halvings);
    mpz_set_ui(term, 1);
    mpz_mul_2exp(term, term, bits);
    mpz_set(power, term);
    for (unsigned long k = 1; mpz_sgn(term) != 0; k++) {
        mpz_mul(term, term, rest);
        mpz_fdiv_q_2exp(term, term, bits);
        mpz_fdiv_q_ui(term, term, k);
        mpz_add(power, power, term);
    }
    for (unsigned long k = 0; k < halvings; k++) {
        mpz_mul(power, power, power);
        mpz_fdiv_q_2exp(power, power, bits);
    }
    if (scale >= 0)
        mpz_mul_2exp(power, power, (unsigned long)scale);
    else
        mpz_fdiv_q_2exp(power, power, (unsigned long)-scale);
    mpz_clears(two, rest, term, NULL);
}

static void raise_to_whole(mpq_t value, long exponent)
{
    unsigned long times = (unsigned long)(exponent < 0 ? -exponent : exponent);

    mpz_pow_ui(mpq_numref(value), mpq_numref(value), times);
    mpz_pow_ui(mpq_denref(value), mpq_denref(value), times);
    if (exponent < 0)
        mpq_inv(value, value);
}

/* The bits that a result of 2^size leaves to be wrong: its integer part. */
static unsigned long bits_before_point(const mpq_t value, const mpq_t exponent)
{
    long size = find_scale(value);
    long most =
        mpz_get_si(mpq_numref(exponent)) / mpz_get_si(mpq_denref(exponent)) + 2;

    size = (size < 0 ? -size : size) + 2;
    return (unsigned long)(size * (most < 0 ? -most + 4 : most));
}

void fraction_power(mpq_t value, const mpq_t exponent)
{
    mpz_t power;

    INSIST(
        mpq_sgn(value) > 0 || (mpq_sgn(value) == 0 && mpq_sgn(exponent) > 0));
    INSIST(mpq_cmp_si(exponent, ROOT_EXPONENT_MAX, 1) <= 0 &&
           mpq_cmp_si(exponent, -ROOT_EXPONENT_MAX, 1) >= 0);
    if (mpz_cmp_ui(mpq_denref(exponent), 1) == 0) {
        raise_to_whole(value, mpz_get_si(mpq_numref(exponent)));
        return;
    }
    if (mpq_sgn(value) == 0)
        return;
    mpz_init(power);
    unsigned long extra = bits_before_point(value, exponent);
    unsigned long bits = FIRST_BITS + 2 * extra;
    bool settled = false;
    while (!settled) {
        set_log(power, value, bits);
        mpz_mul(power, power, mpq_numref(exponent));
        mpz_fdiv_q(power, power, mpq_denref(exponent));
        set_exp(power, power, bits);
        /* What the integer part magnified is below the spare bits again. */
        mpz_fdiv_q_2exp(power, power, extra);
        settled = settle(value, power, bits - extra);
        bits *= 2;
    }
    mpz_clear(power);
}
