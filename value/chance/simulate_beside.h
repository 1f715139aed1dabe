/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_beside.h - who wins at the central weights of several bids, where
 * all bids are compared in every draw, at prices that are known.
 *
 * Totals are added up in floats, eight draws at a time and some weights side
 * by side.  Where they lie so close that floats may err, the draw is computed
 * again in doubles: what comes out is what doubles alone would have said.
 */
#ifndef VALUE_CHANCE_SIMULATE_BESIDE_H
#define VALUE_CHANCE_SIMULATE_BESIDE_H

#include "value/chance/simulate_inside.h"

/* Centres whose sums stay in registers together. */
#define SIMULATE_BESIDE ((size_t)4)

/* Rows of centres are as many as fill whole tiles of SIMULATE_BESIDE. */
struct simulate_beside {
    size_t centres_n, rows_n, criteria_n, bids_n;
    float *kept;    /* [drawn_n][QUICK_BLOCK] marks of a block, bid by bid */
    float *juries;  /* [criteria_n][QUICK_BLOCK] of a block, or NULL */
    float *weights; /* [tiles][criteria_n][SIMULATE_BESIDE] */
    float *sure;    /* [bids_n][rows_n] points that are not drawn */
    size_t *bids;   /* [rows_n] whose centre it is; bids_n: nobody's */
    float *margin;  /* [rows_n] totals farther apart stand in this order in
                       doubles too */
    float *own;     /* [rows_n][QUICK_BLOCK] what the bid of the centre has */
    float *best;    /* [rows_n][QUICK_BLOCK] and the best of its rivals */
    bool fused;     /* the processor multiplies and adds at once */
};

/**
 * simulate_beside_new - room to look at centres side by side
 *
 * Takes   centres  [n]
 * Gives   freed with simulate_beside_free; NULL where draws differ by more than
 *         marks, or the marks of a block need more than SIMULATE_KEPT
 * Thread  any, one owner
 * Cost    O(n x bids x criteria)
 * Source  none
 */
struct simulate_beside *simulate_beside_new(const struct simulate *sim,
    const struct simulate_centre *centres, size_t n);

/**
 * simulate_beside_free - free it
 *
 * Takes   beside  of simulate_beside_new, or NULL within
 * Gives   *beside NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void simulate_beside_free(struct simulate_beside **beside);

/**
 * simulate_beside_block - one block of draws at all centres
 *
 * Takes   centres  those of simulate_beside_new
 *         counts   of this thread alone; its counts are not touched
 * Gives   centres->units grown, as simulate_block_at would
 * Thread  any, one owner of beside
 * Cost    QUICK_BLOCK x bids x criteria, to draw once, to add up n times
 * Source  docs/value.md 13
 */
void simulate_beside_block(const struct simulate *sim, uint64_t block,
    struct simulate_beside *beside, struct simulate_centre *centres,
    struct simulate_counts *counts);

/**
 * simulate_beside_add - what one bid has at all centres, in floats
 *
 * Takes   on     [drawn_n] criteria, marks  [drawn_n][QUICK_BLOCK] of the bid
 * Gives   beside->own where the centre is its own, else best grown
 * Thread  any, one owner of beside
 * Cost    QUICK_BLOCK x drawn_n x centres
 * Source  none
 */
void simulate_beside_add(struct simulate_beside *beside, size_t bid,
    const size_t *on, const float *marks, size_t drawn_n);

#endif
