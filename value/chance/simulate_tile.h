/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_tile.h - the points of marks that are sure, some bids and some
 * draws at a time, so that their sums stay in registers.  For simulate_block.c
 * alone, which compiles it for registers of two sizes.
 */
#ifndef VALUE_CHANCE_SIMULATE_TILE_H
#define VALUE_CHANCE_SIMULATE_TILE_H

#include "value/chance/simulate_inside.h"

#include <string.h>

/* Adds the points of four bids for eight draws, criterion by criterion: the
 * order in which add_sure_points would, with the sums in registers. */
QUICK void simulate_earn_tile(const struct simulate *sim,
    struct simulate_counts *c, size_t first, size_t s)
{
    double *q = c->quality + first * QUICK_BLOCK + s;
    double QUICK_VECTOR sum[SIMULATE_TILE][2];

    for (size_t b = 0; b < SIMULATE_TILE; b++) {
        sum[b][0] = QUICK_DOUBLES(q + b * QUICK_BLOCK);
        sum[b][1] = QUICK_DOUBLES(q + b * QUICK_BLOCK + 4);
    }
    for (size_t i = 0; i < sim->plain_n; i++) {
        const double *share = sim->plain_share + i * sim->tiled_n + first;
        const double *weights = weights_on(c, sim->plain[i]) + s;
        const double QUICK_VECTOR w0 = QUICK_DOUBLES(weights);
        const double QUICK_VECTOR w1 = QUICK_DOUBLES(weights + 4);

        for (size_t b = 0; b < SIMULATE_TILE; b++) {
            sum[b][0] += w0 * share[b];
            sum[b][1] += w1 * share[b];
        }
    }
    for (size_t b = 0; b < SIMULATE_TILE; b++) {
        QUICK_DOUBLES(q + b * QUICK_BLOCK) = sum[b][0];
        QUICK_DOUBLES(q + b * QUICK_BLOCK + 4) = sum[b][1];
    }
}

/* The points of all bids for a block that plain_share says. */
QUICK void simulate_earn_sure(
    const struct simulate *sim, struct simulate_counts *c)
{
    for (size_t b = 0; b < sim->tiled_n; b += SIMULATE_TILE)
        for (size_t s = 0; s < QUICK_BLOCK; s += 8)
            simulate_earn_tile(sim, c, b, s);
}

struct simulate_four {
    float __attribute__((vector_size(16))) v;
} __attribute__((packed, may_alias));

/* Four marks in doubles. */
QUICK void simulate_widen(const float *marks, double QUICK_VECTOR *wide)
{
    *wide = __builtin_convertvector(
        ((const struct simulate_four *)(uintptr_t)marks)->v,
        double QUICK_VECTOR);
}

/* The quality of one bid at four centres for eight draws, from marks that were
 * kept. */
QUICK void simulate_earn_beside(const struct simulate *sim,
    const struct simulate_counts *c, size_t bid, size_t s, const double *sure)
{
    size_t room = sim->tiled_n * QUICK_BLOCK;
    const double *weights = c->side + SIMULATE_TILE * room;
    double *quality = c->side + bid * QUICK_BLOCK + s;
    double QUICK_VECTOR sum[SIMULATE_TILE][2];

    for (size_t i = 0; i < SIMULATE_TILE; i++) {
        double QUICK_VECTOR none = {0};
        sum[i][0] = sum[i][1] = none + sure[i];
    }
    for (size_t d = sim->drawn_from[bid]; d < sim->drawn_from[bid + 1]; d++) {
        const float *marks = c->kept + d * QUICK_BLOCK + s;
        const double *weight = weights + sim->drawn_on[d] * SIMULATE_TILE;
        double QUICK_VECTOR m0, m1;

        simulate_widen(marks, &m0);
        simulate_widen(marks + 4, &m1);
        for (size_t i = 0; i < SIMULATE_TILE; i++) {
            sum[i][0] += m0 * weight[i];
            sum[i][1] += m1 * weight[i];
        }
    }
    for (size_t i = 0; i < SIMULATE_TILE; i++) {
        QUICK_DOUBLES(quality + i * room) = sum[i][0];
        QUICK_DOUBLES(quality + i * room + 4) = sum[i][1];
    }
}

#endif
