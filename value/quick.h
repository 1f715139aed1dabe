/* SPDX-License-Identifier: Apache-2.0
 *
 * quick.h - random numbers and elementary functions of the simulation.
 *
 * The one place of value/ with doubles, beside the files that include it,
 * wilson.c and mcda.c.  Only + - * / and sqrt are used, which IEEE 754 rounds in one
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

/* Draws that are made at once, and generators side by side. */
#define QUICK_BLOCK 128
#define QUICK_LANES 8

#define QUICK static inline __attribute__((always_inline))

/* A function compiled for registers of 256 bits too.  Both variants give the
 * same bits, as the same operations are rounded in the same way. */
#if defined(__x86_64__)
#define QUICK_WIDE __attribute__((target("avx2")))
#else
#define QUICK_WIDE
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

/* Registers that a machine may have; where it has not, compilers split the
 * operations, which gives the same bits. */
#define QUICK_REGISTERS 2
#define QUICK_VECTOR    __attribute__((vector_size(32)))

/* xoshiro256+ of Blackman and Vigna, in lanes. */
struct quick_stream {
    uint64_t QUICK_VECTOR s0[QUICK_REGISTERS];
    uint64_t QUICK_VECTOR s1[QUICK_REGISTERS];
    uint64_t QUICK_VECTOR s2[QUICK_REGISTERS];
    uint64_t QUICK_VECTOR s3[QUICK_REGISTERS];
};

/* splitmix64 of Steele, Lea and Flood: mixes, and steps. */
QUICK uint64_t quick_mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

QUICK void quick_open(
    struct quick_stream *s, uint64_t seed, uint64_t block, uint64_t key)
{
    uint64_t z = quick_mix(seed ^ quick_mix(block ^ quick_mix(key)));

    for (uint64_t l = 0; l < QUICK_LANES; l++) {
        s->s0[l / 4][l % 4] = quick_mix(z + 4 * l);
        s->s1[l / 4][l % 4] = quick_mix(z + 4 * l + 1);
        s->s2[l / 4][l % 4] = quick_mix(z + 4 * l + 2);
        s->s3[l / 4][l % 4] = quick_mix(z + 4 * l + 3);
    }
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

/* One number from each lane: the 52 upper bits, as a number of 0 .. 1 and
 * neither of them. */
QUICK void quick_step(struct quick_stream *restrict s, double *restrict out)
{
    for (int r = 0; r < QUICK_REGISTERS; r++) {
        uint64_t QUICK_VECTOR result = s->s0[r] + s->s3[r];
        uint64_t QUICK_VECTOR t = s->s1[r] << 17;
        double QUICK_VECTOR unit;

        s->s2[r] ^= s->s0[r];
        s->s3[r] ^= s->s1[r];
        s->s1[r] ^= s->s2[r];
        s->s0[r] ^= s->s3[r];
        s->s2[r] ^= t;
        s->s3[r] = (s->s3[r] << 45) | (s->s3[r] >> 19);
        result = (result >> 12) | UINT64_C(0x3ff0000000000000);
        memcpy(&unit, &result, sizeof unit);
        unit -= 1.0 - 0x1p-53;
        memcpy(out + 4 * r, &unit, sizeof unit);
    }
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
