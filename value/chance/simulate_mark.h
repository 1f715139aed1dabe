/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_mark.h - the marks that are drawn, as shares of the scale.  For the
 * files that compute blocks, which compile it for registers of two sizes.
 */
#ifndef VALUE_CHANCE_SIMULATE_MARK_H
#define VALUE_CHANCE_SIMULATE_MARK_H

#include "value/chance/simulate_inside.h"

/* With the chance of the shock a number is the jury's, else its own. */
QUICK void simulate_follow_jury(
    float *restrict u, const float *restrict jury, double shock)
{
    const float limit = (float)shock;
    const float rest = 1.0F / (1.0F - limit);

    for (int s = 0; s < QUICK_BLOCK; s++)
        u[s] = u[s] < limit ? jury[s] : (u[s] - limit) * rest;
}

/* Turns uniform numbers into draws of a triangle, and keeps them on the
 * scale. */
QUICK void simulate_bend(
    float *restrict u, const struct simulate_mark *restrict mark)
{
    const struct simulate_mark m = *mark;

    for (int s = 0; s < QUICK_BLOCK; s++) {
        float v = u[s];
        bool before = v < m.turn;
        float root =
            sqrtf((before ? v : 1.0F - v) * (before ? m.rise : m.fall));
        float share = before ? m.low + root : m.high - root;
        share = share < 0.0F ? 0.0F : share;
        u[s] = share > 1.0F ? 1.0F : share;
    }
}

/* The shares of one bid on one criterion; jury NULL where there is none. */
QUICK void simulate_draw_mark(const struct simulate *sim, uint64_t block,
    const struct simulate_mark *mark, const float *jury, float *shares)
{
    quick_fill_halves(sim->ask->seed, block, mark->name, shares);
    if (jury != NULL)
        simulate_follow_jury(shares, jury, sim->shock);
    simulate_bend(shares, mark);
}

/* What the jury thinks of a criterion; NULL where there is no such thing. */
QUICK const float *simulate_draw_jury(
    const struct simulate *sim, uint64_t block, size_t k, float *room)
{
    if (!(sim->shock > 0.0))
        return NULL;
    quick_fill_halves(
        sim->ask->seed, block, simulate_name(SIMULATE_JURY, 0, k + 1), room);
    return room;
}

#endif
