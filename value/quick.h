/* SPDX-License-Identifier: Apache-2.0
 *
 * quick.h - random numbers and elementary functions of the simulation.
 *
 * The one place of value/ with doubles, beside the files that include it,
 * wilson.c, mcda.c, and stability_words.c and bounds.c, which only pass over
 * what is far off by them.  Only + - * / and sqrt are used, which IEEE 754 rounds in one
 * way, and no library function of the platform: with contraction off the same
 * bits come out of every compiler, with and without wide registers.
 *
 * A stream is named by (seed, block, key) and starts where these three say:
 * which thread draws a block, or what else is drawn, changes nothing in it.
 */
#ifndef VALUE_QUICK_H
#define VALUE_QUICK_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Draws that are made at once; generators side by side, of which each gives
 * one number in doubles or two in floats. */
#define QUICK_BLOCK  128
#define QUICK_LANES  4
#define QUICK_HALVES 8

#define QUICK static inline __attribute__((always_inline))

/* Before a loop whose constants have no room in registers once it is unrolled,
 * which gcc does not see. */
#if defined(__GNUC__) && !defined(__clang__)
#define QUICK_ROLLED _Pragma("GCC unroll 1")
#else
#define QUICK_ROLLED
#endif

/* A function compiled for registers of 256 bits too.  Both variants give the
 * same bits, as the same operations are rounded in the same way. */
#if defined(__x86_64__)
#define QUICK_WIDE __attribute__((target("avx2")))
#else
#define QUICK_WIDE
#endif

/* One that may multiply and add at once, which rounds once instead of twice:
 * only for what is computed again where it is close, in a file that is compiled
 * so. */
#if defined(__x86_64__)
#define QUICK_FUSED __attribute__((target("avx2,fma")))
#else
#define QUICK_FUSED
#endif

/* Whether this machine has such registers and they are wanted. */
QUICK bool quick_is_wide(bool plain)
{
#if defined(__x86_64__)
    return !plain && __builtin_cpu_supports("avx2");
#else
    return false && plain;
#endif
}

/* The same of QUICK_FUSED. */
QUICK bool quick_is_fused(bool plain)
{
#if defined(__x86_64__)
    return quick_is_wide(plain) && __builtin_cpu_supports("fma");
#else
    return quick_is_wide(plain);
#endif
}

/* A register that a machine may have; where it has not, compilers split the
 * operations, which gives the same bits. */
#define QUICK_VECTOR __attribute__((vector_size(32)))

/* Such a register anywhere in memory. */
struct quick_doubles {
    double QUICK_VECTOR v;
} __attribute__((packed, may_alias));
struct quick_floats {
    float QUICK_VECTOR v;
} __attribute__((packed, may_alias));
struct quick_ints {
    int32_t QUICK_VECTOR v;
} __attribute__((packed, may_alias));
#define QUICK_INTS(at)    (((struct quick_ints *)(uintptr_t)(at))->v)
#define QUICK_DOUBLES(at) (((struct quick_doubles *)(uintptr_t)(at))->v)
#define QUICK_FLOATS(at)  (((struct quick_floats *)(uintptr_t)(at))->v)

/* xoshiro256+ of Blackman and Vigna, in lanes. */
struct quick_stream {
    uint64_t QUICK_VECTOR s0, s1, s2, s3;
};

/* splitmix64 of Steele, Lea and Flood: mixes, and steps. */
QUICK uint64_t quick_mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Eight words of 32 bits that (at, z) says, in a register: "lowbias32" of
 * Wellons twice, the halves of z added before and between. */
QUICK void quick_sow(uint32_t at, uint64_t z, uint64_t QUICK_VECTOR *words)
{
    uint32_t QUICK_VECTOR x = {0, 1, 2, 3, 4, 5, 6, 7};

    x = (x + at) * UINT32_C(0x9e3779b9) + (uint32_t)z;
    for (int round = 0; round < 2; round++) {
        x ^= round == 0 ? 0 : (uint32_t)(z >> 32);
        x ^= x >> 16;
        x *= UINT32_C(0x7feb352d);
        x ^= x >> 15;
        x *= UINT32_C(0x846ca68b);
        x ^= x >> 16;
    }
    *words = (uint64_t QUICK_VECTOR)x;
}

QUICK void quick_open(
    struct quick_stream *s, uint64_t seed, uint64_t block, uint64_t key)
{
    uint64_t z = quick_mix(quick_mix(seed ^ quick_mix(block)) ^ key);

    quick_sow(0, z, &s->s0);
    quick_sow(8, z, &s->s1);
    quick_sow(16, z, &s->s2);
    quick_sow(24, z, &s->s3);
}

QUICK double quick_from_bits(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

QUICK uint64_t quick_to_bits(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The next 64 bits of each lane. */
QUICK void quick_turn(struct quick_stream *s, uint64_t QUICK_VECTOR *bits)
{
    uint64_t QUICK_VECTOR t = s->s1 << 17;

    *bits = s->s0 + s->s3;
    s->s2 ^= s->s0;
    s->s3 ^= s->s1;
    s->s1 ^= s->s2;
    s->s0 ^= s->s3;
    s->s2 ^= t;
    s->s3 = (s->s3 << 45) | (s->s3 >> 19);
}

/* One number from each lane: the 52 upper bits, as a number of 0 .. 1 and
 * neither of them. */
QUICK void quick_step(struct quick_stream *s, double *out)
{
    uint64_t QUICK_VECTOR bits;

    quick_turn(s, &bits);
    bits = (bits >> 12) | UINT64_C(0x3ff0000000000000);
    QUICK_DOUBLES(out) = (double QUICK_VECTOR)bits - (1.0 - 0x1p-53);
}

/* Two numbers from each lane: the 23 upper bits of either half, as a number
 * of 0 .. 1 and neither of them. */
QUICK void quick_step_halves(struct quick_stream *s, float *out)
{
    uint64_t QUICK_VECTOR bits;

    quick_turn(s, &bits);
    uint32_t QUICK_VECTOR halves =
        ((uint32_t QUICK_VECTOR)bits >> 9) | UINT32_C(0x3f800000);
    QUICK_FLOATS(out) = (float QUICK_VECTOR)halves - (1.0F - 0x1p-24F);
}

/* QUICK_BLOCK numbers of 0 .. 1 from a stream of their own. */
QUICK void quick_fill(
    uint64_t seed, uint64_t block, uint64_t key, double *restrict out)
{
    struct quick_stream s;

    quick_open(&s, seed, block, key);
    for (int i = 0; i < QUICK_BLOCK; i += QUICK_LANES)
        quick_step(&s, out + i);
}

/* The same in floats, of a stream that is open: other numbers, as they take
 * other bits. */
QUICK void quick_flow_halves(
    const struct quick_stream *open, float *restrict out)
{
    struct quick_stream s = *open;

    for (int i = 0; i < QUICK_BLOCK; i += QUICK_HALVES)
        quick_step_halves(&s, out + i);
}

/* Of one that is not. */
QUICK void quick_fill_halves(
    uint64_t seed, uint64_t block, uint64_t key, float *restrict out)
{
    struct quick_stream s;

    quick_open(&s, seed, block, key);
    quick_flow_halves(&s, out);
}

/* ln x for x above 0 and normal, as fdlibm's e_log.c computes it. */
QUICK double quick_log(double x)
{
    uint64_t bits = quick_to_bits(x);
    double e = quick_from_bits((bits >> 52) | UINT64_C(0x4330000000000000)) -
               (0x1p52 + 1023.0);
    double m = quick_from_bits(
        (bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000));
    double half = m > 1.4142135623730951 ? 1.0 : 0.0;

    m = m - half * (0.5 * m);
    e = e + half;
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double t1 =
        w * (3.999999999940941908e-01 +
                w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double t2 = z * (6.666666666666735130e-01 +
                        w * (2.857142874366239149e-01 +
                                w * (1.818357216161805012e-01 +
                                        w * 1.479819860511658591e-01)));
    double square = 0.5 * f * f;

    return e * 6.93147180369123816490e-01 -
           ((square -
                (s * (square + (t1 + t2)) + e * 1.90821492927058770002e-10)) -
               f);
}

/* The same in floats, as musl's logf.c once did it after fdlibm. */
QUICK float quick_log_half(float x)
{
    uint32_t bits;
    float m;

    memcpy(&bits, &x, sizeof bits);
    bits += UINT32_C(0x3f800000) - UINT32_C(0x3f3504f3);
    float e = (float)((int32_t)(bits >> 23) - 127);
    bits = (bits & UINT32_C(0x007fffff)) + UINT32_C(0x3f3504f3);
    memcpy(&m, &bits, sizeof m);
    float f = m - 1.0F;
    float s = f / (2.0F + f);
    float z = s * s;
    float w = z * z;
    float t1 = w * (0xccce13.0p-25F + w * 0xf89e26.0p-26F);
    float t2 = z * (0xaaaaaa.0p-24F + w * 0x91e9ee.0p-25F);
    float square = 0.5F * f * f;

    return s * (square + (t2 + t1)) + e * 9.0580006145e-06F - square + f +
           e * 6.9313812256e-01F;
}

/* e^x as fdlibm's e_exp.c computes it; beyond 700 it stays at e^700. */
QUICK double quick_exp(double x)
{
    x = x > 700.0 ? 700.0 : x;
    x = x < -700.0 ? -700.0 : x;
    double k = (x * 1.44269504088896338700e+00 + 0x1.8p52) - 0x1.8p52;
    double high = x - k * 6.93147180369123816490e-01;
    double low = k * 1.90821492927058770002e-10;
    double r = high - low;
    double t = r * r;
    double c =
        r - t * (1.66666666666666019037e-01 +
                    t * (-2.77777777770155933842e-03 +
                            t * (6.61375632143793436117e-05 +
                                    t * (-1.65339022054652515390e-06 +
                                            t * 4.13813679705723846039e-08))));
    double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    uint64_t scale = (uint64_t)((int64_t)k + 1023) << 52;

    return y * quick_from_bits(scale);
}

/* x^power for x above 0. */
QUICK double quick_power(double x, double power)
{
    return quick_exp(power * quick_log(x));
}

#endif
