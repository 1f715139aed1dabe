/* SPDX-License-Identifier: Apache-2.0
 *
 * heads.h - how many people several groups count together, none twice.
 */
#ifndef VALUE_PEOPLE_HEADS_H
#define VALUE_PEOPLE_HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heads_group {
    int64_t size;    /* whole heads; MODEL_ABSENT: not known, counts 0 */
    int64_t overlap; /* 1/10000, share that other groups count too */
};

struct heads_sum {
    int64_t least;  /* heads that are certainly different ones */
    int64_t most;   /* if what is said to overlap did not */
    size_t unknown; /* groups whose size is not recorded */
};

/**
 * heads_is_held - whether another group that is counted holds this one already
 *
 * Takes   groups, n, inside, in  as heads_union
 *         i  counted, its size known
 * Gives   true where it adds nothing
 * Thread  any
 * Cost    O(n)
 * Source  docs/market.md
 */
bool heads_is_held(const struct heads_group *groups, size_t n,
    const bool *inside, const bool *in, size_t i);

/**
 * heads_union - heads of some groups, those within others counted once
 *
 * A group that lies within another one of those counted adds nothing where the
 * other is as large; of what overlaps only the rest is sure.
 *
 * Takes   inside  [n][n] whether one lies within another, or is the same; of
 *                 two that are the same the larger, else the first, counts
 *         in      [n] which are counted
 * Gives   *sum
 * Thread  any
 * Cost    O(n x n)
 * Source  docs/market.md
 * Vector  1000; 400 of which .25 overlap; 200 within the first -> 1300, 1400
 */
void heads_union(const struct heads_group *groups, size_t n, const bool *inside,
    const bool *in, struct heads_sum *sum);

#endif
