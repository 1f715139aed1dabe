/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound.h - what bounds of partial offers are made of; for the files
 * frontier_bound*.c alone.
 *
 * Coarse figures are scaled ones without their last bits, so that weighings of
 * both sides fit: rounded up where they bound, down where they are known.
 */
#ifndef VALUE_FRONTIER_BOUND_H
#define VALUE_FRONTIER_BOUND_H

#include "value/frontier_inside.h"

#define BOUND_WAYS  32 /* weighings of the two sides */
#define BOUND_LINES 16 /* chords of a price, or prices of a budget */
#define KNOWN_MOST  1024
/* Weights are whole numbers up to that. */
#define WEIGHT 16384
/* Slopes and fees have so many bits behind the point. */
#define FINE 16
/* Partial offers of one length that are completed. */
#define TRIES 128

struct way {
    int64_t points, users; /* weights */
};

/* Over costs from `from` on, points less slope x cost lies above what the
 * price earns. */
struct line {
    int64_t from, points, slope;
};

struct known {
    int64_t lead; /* scaled, but for what rivals have */
    struct frontier_state state;
};

struct corner {
    size_t first; /* the way that is most likely to close it */
    int64_t at[BOUND_WAYS];
};

/* The lines that a state can still reach, or the budget it has left. */
struct span {
    size_t first, last;
    int64_t left;
};

struct frontier_bound {
    struct frontier_table *table;
    bool by_price;
    int points_shift, users_shift;
    int64_t doubt_points, doubt_users;
    size_t ways_n, lines_n;
    struct way ways[BOUND_WAYS];
    struct line lines[BOUND_LINES];
    int64_t fees[BOUND_WAYS][BOUND_LINES];
    int64_t root[BOUND_WAYS]; /* the most of all offers */
    /* What the places from one on add at most. */
    int64_t (*rest)[BOUND_WAYS][BOUND_LINES]; /* [n + 1] */
    int64_t rest_most[FRONTIER_MAX + 1];      /* of cost */
    size_t known_n;
    struct known known[KNOWN_MOST]; /* falling lead, rising users */
    struct corner corners[KNOWN_MOST + 1];
};

/* Coarser by so many bits, rounded up. */
static inline int64_t ceil_shift(wide value, int shift)
{
    return (int64_t)((value + (((wide)1 << shift) - 1)) >> shift);
}

/**
 * bound_span - points of a state with all that its price can earn
 *
 * Takes   decided  places that are
 * Gives   *span    the lines in reach
 *         points   coarse, along each of them
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_span(const struct frontier_bound *b, size_t decided,
    const struct frontier_state *state, struct span *span, int64_t *points);

/**
 * bound_most - the most that is known of a weighing of all completions
 *
 * Takes   span, points  of bound_span
 *         users         coarse, of the state
 * Gives   a coarse figure that no completion exceeds
 * Thread  the one that owns the bounds
 * Source  a sum of what is worth taking by itself
 */
int64_t bound_most(const struct frontier_bound *b, size_t decided, size_t way,
    const struct span *span, const int64_t *points, int64_t users);

/**
 * bound_try - complete a state every way, and learn the offers
 *
 * Takes   from  a state with `decided` places decided
 * Gives   *b  with what is new
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_try(struct frontier_bound *b, size_t decided,
    const struct frontier_state *from);

#endif
