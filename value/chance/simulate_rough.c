/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_rough.c - totals in floats, of which simulate_beside.c knows how
 * much they err.  This file alone may multiply and add at once, with one
 * rounding: whether it does changes no figure, as what is close is computed
 * again elsewhere.
 */
#include "value/chance/simulate_beside.h"

#include <string.h>

/* Draws that are added up together: two registers. */
#define ROUGH_DRAWS ((size_t)16)

/* What a bid has at the centres of a tile. */
QUICK void add_tile(const struct simulate_beside *beside, size_t tile,
    size_t bid, const size_t *on, const float *marks, size_t drawn_n,
    float sums[SIMULATE_BESIDE][ROUGH_DRAWS])
{
    const size_t row = tile * SIMULATE_BESIDE;
    const float *sure = beside->sure + bid * beside->rows_n + row;
    const float *weights = beside->weights + row * beside->criteria_n;
    float QUICK_VECTOR sum[SIMULATE_BESIDE][2];

    for (size_t i = 0; i < SIMULATE_BESIDE; i++) {
        float QUICK_VECTOR none = {0};
        sum[i][0] = sum[i][1] = none + sure[i];
    }
    for (size_t d = 0; d < drawn_n; d++) {
        const float *weight = weights + on[d] * SIMULATE_BESIDE;
        float QUICK_VECTOR m0, m1;

        memcpy(&m0, marks + d * QUICK_BLOCK, sizeof m0);
        memcpy(&m1, marks + d * QUICK_BLOCK + 8, sizeof m1);
        for (size_t i = 0; i < SIMULATE_BESIDE; i++) {
            sum[i][0] += m0 * weight[i];
            sum[i][1] += m1 * weight[i];
        }
    }
    memcpy(sums, sum, sizeof sum);
}

/* Whose centre it is has its own, the others are its rivals. */
QUICK void keep_sums(struct simulate_beside *beside, size_t row, size_t bid,
    size_t from, const float *restrict sums)
{
    const size_t at = row * QUICK_BLOCK + from;
    float *restrict best = beside->best + at;

    if (beside->bids[row] == bid) {
        for (size_t s = 0; s < ROUGH_DRAWS; s++)
            beside->own[at + s] = sums[s];
        return;
    }
    for (size_t s = 0; s < ROUGH_DRAWS; s++)
        best[s] = sums[s] > best[s] ? sums[s] : best[s];
}

QUICK void add_all(struct simulate_beside *beside, size_t bid, const size_t *on,
    const float *marks, size_t drawn_n)
{
    const size_t tiles = beside->rows_n / SIMULATE_BESIDE;
    float sums[SIMULATE_BESIDE][ROUGH_DRAWS];

    for (size_t s = 0; s < QUICK_BLOCK; s += ROUGH_DRAWS) {
        for (size_t t = 0; t < tiles; t++) {
            add_tile(beside, t, bid, on, marks + s, drawn_n, sums);
            for (size_t i = 0; i < SIMULATE_BESIDE; i++)
                keep_sums(beside, t * SIMULATE_BESIDE + i, bid, s, sums[i]);
        }
    }
}

static void add_plainly(struct simulate_beside *beside, size_t bid,
    const size_t *on, const float *marks, size_t drawn_n)
{
    add_all(beside, bid, on, marks, drawn_n);
}

QUICK_FUSED static void add_fused(struct simulate_beside *beside, size_t bid,
    const size_t *on, const float *marks, size_t drawn_n)
{
    add_all(beside, bid, on, marks, drawn_n);
}

void simulate_beside_add(struct simulate_beside *beside, size_t bid,
    const size_t *on, const float *marks, size_t drawn_n)
{
    if (beside->fused)
        add_fused(beside, bid, on, marks, drawn_n);
    else
        add_plainly(beside, bid, on, marks, drawn_n);
}
