/* SPDX-License-Identifier: Apache-2.0
 *
 * wide.h - integers twice as wide as what is recorded.
 *
 * A product of two recorded numbers is exact in them, which spares GMP where
 * numbers have the size that people write.  Whoever multiplies once more asks
 * whether it still fits, and else takes the way over GMP.  Pure, any thread.
 */
#ifndef VALUE_WIDE_H
#define VALUE_WIDE_H

#include "value/fraction.h"

#include <stdbool.h>

__extension__ typedef __int128 wide;

/* above / below rounded down, below > 0. */
static inline wide wide_down(wide above, wide below)
{
    /* Division of two words is many times as fast. */
    if (above == (int64_t)above && below == (int64_t)below) {
        int64_t whole = (int64_t)above / (int64_t)below;
        return whole - ((int64_t)above % (int64_t)below < 0);
    }
    wide whole = above / below;
    return whole - (above % below < 0);
}

/* The same for words, which is many times as fast. */
static inline bool word_half_up(
    wide above, int64_t scale, wide below, wide *whole)
{
    int64_t doubled;
    int64_t twice;

    if (above != (int64_t)above || below != (int64_t)below ||
        __builtin_mul_overflow((int64_t)above, scale * 2, &doubled) ||
        __builtin_add_overflow(doubled, (int64_t)below, &doubled) ||
        __builtin_add_overflow((int64_t)below, (int64_t)below, &twice))
        return false;
    *whole = doubled / twice - (doubled % twice < 0);
    return true;
}

/* above x scale / below rounded half up, below > 0, scale at most 10^18; false
 * when that does not fit. */
static inline bool wide_half_up(
    wide above, int64_t scale, wide below, wide *whole)
{
    wide doubled;

    if (word_half_up(above, scale, below, whole))
        return true;
    /* floor(x + 1/2) = floor((2 x + 1) / 2) */
    if (__builtin_mul_overflow(above, (wide)scale * 2, &doubled) ||
        __builtin_add_overflow(doubled, below, &doubled) ||
        __builtin_add_overflow(below, below, &below))
        return false;
    *whole = wide_down(doubled, below);
    return true;
}

/* A result as it is told. */
static inline int64_t wide_micro(wide micro)
{
    if (micro > MICRO_LIMIT)
        return MICRO_LIMIT;
    return micro < -MICRO_LIMIT ? -MICRO_LIMIT : (int64_t)micro;
}

#endif
