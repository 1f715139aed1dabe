/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_tile.h - the points of marks that are sure, some bids and some
 * draws at a time, so that their sums stay in registers.  For simulate_block.c
 * alone, which compiles it for registers of two sizes.
 */
#ifndef VALUE_SIMULATE_TILE_H
#define VALUE_SIMULATE_TILE_H

#include "value/simulate_inside.h"

#include <string.h>

/* Adds the points of four bids for eight draws, criterion by criterion: the
 * order in which add_sure_points would, with the sums in registers. */
QUICK void simulate_earn_tile(const struct simulate *sim,
    struct simulate_counts *c, size_t first, size_t s)
{
    double *q = c->quality + first * QUICK_BLOCK + s;
    double QUICK_VECTOR sum[SIMULATE_TILE][2];
    double QUICK_VECTOR a0, a1, b0, b1, c0, c1, d0, d1, w0, w1;

    for (size_t b = 0; b < SIMULATE_TILE; b++)
        memcpy(sum[b], q + b * QUICK_BLOCK, sizeof sum[b]);
    a0 = sum[0][0], a1 = sum[0][1], b0 = sum[1][0], b1 = sum[1][1];
    c0 = sum[2][0], c1 = sum[2][1], d0 = sum[3][0], d1 = sum[3][1];
    for (size_t i = 0; i < sim->plain_n; i++) {
        const double *share = sim->plain_share + i * sim->tiled_n + first;
        const double *weights = weights_on(sim, c, sim->plain[i]) + s;

        memcpy(&w0, weights, sizeof w0);
        memcpy(&w1, weights + 4, sizeof w1);
        a0 += w0 * share[0], a1 += w1 * share[0];
        b0 += w0 * share[1], b1 += w1 * share[1];
        c0 += w0 * share[2], c1 += w1 * share[2];
        d0 += w0 * share[3], d1 += w1 * share[3];
    }
    sum[0][0] = a0, sum[0][1] = a1, sum[1][0] = b0, sum[1][1] = b1;
    sum[2][0] = c0, sum[2][1] = c1, sum[3][0] = d0, sum[3][1] = d1;
    for (size_t b = 0; b < SIMULATE_TILE; b++)
        memcpy(q + b * QUICK_BLOCK, sum[b], sizeof sum[b]);
}

/* The points of all bids for a block, where plain_share says what they earn. */
QUICK void simulate_earn_sure(
    const struct simulate *sim, struct simulate_counts *c)
{
    for (size_t b = 0; b < sim->tiled_n; b += SIMULATE_TILE)
        for (size_t s = 0; s < QUICK_BLOCK; s += QUICK_LANES)
            simulate_earn_tile(sim, c, b, s);
}

#endif
