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

/* The bits of a number in every lane. */
QUICK void simulate_spread(float value, int32_t QUICK_VECTOR *bits)
{
    const float QUICK_VECTOR none = {0};

    *bits = (int32_t QUICK_VECTOR)(none + value);
}

/* Turns uniform numbers into draws of a triangle, before the turn low +
 * sqrt(v rise), else high - sqrt((1 - v) fall), and keeps them on the scale
 * unless they stay there.  Choices are made among bits, so that compilers draw
 * one root and not both. */
QUICK void simulate_bend(
    float *restrict u, const struct simulate_mark *restrict mark, bool stays)
{
    const float QUICK_VECTOR none = {0};
    const float QUICK_VECTOR one = none + 1.0F;
    const float turn = mark->turn;
    int32_t QUICK_VECTOR low, high, rise, fall;

    simulate_spread(mark->low, &low);
    simulate_spread(mark->high, &high);
    simulate_spread(mark->rise, &rise);
    simulate_spread(mark->fall, &fall);
    low ^= high;
    rise ^= fall;
    QUICK_ROLLED
    for (int s = 0; s < QUICK_BLOCK; s += 8) {
        const float QUICK_VECTOR v = QUICK_FLOATS(u + s);
        const int32_t QUICK_VECTOR before = v < turn;
        const int32_t QUICK_VECTOR rest = (int32_t QUICK_VECTOR)(one - v);
        const int32_t QUICK_VECTOR far =
            rest ^ (((int32_t QUICK_VECTOR)v ^ rest) & before);
        float root[8];

        QUICK_FLOATS(root) = (float QUICK_VECTOR)far *
                             (float QUICK_VECTOR)(fall ^ (rise & before));
        for (int l = 0; l < 8; l++)
            root[l] = sqrtf(root[l]);
        const int32_t QUICK_VECTOR by =
            (int32_t QUICK_VECTOR)QUICK_FLOATS(root) ^ (INT32_MIN & ~before);
        const float QUICK_VECTOR share =
            (float QUICK_VECTOR)(high ^ (low & before)) +
            (float QUICK_VECTOR)by;
        const int32_t QUICK_VECTOR bits =
            (int32_t QUICK_VECTOR)share & ~(share < none);
        if (stays)
            QUICK_FLOATS(u + s) = share;
        else
            QUICK_INTS(u + s) =
                bits ^ ((bits ^ (int32_t QUICK_VECTOR)one) & (share > one));
    }
}

/* The same where registers are narrow, in which compilers choose better. */
QUICK void simulate_bend_plainly(
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

/* Where the shares of one bid on one criterion begin: as this takes long and
 * depends on nothing, whoever draws several opens them all first. */
QUICK void simulate_open_mark(const struct simulate *sim, uint64_t block,
    const struct simulate_mark *mark, struct quick_stream *stream)
{
    quick_open(stream, sim->ask->seed, block, mark->name);
}

/* These shares; jury NULL where there is none. */
QUICK void simulate_draw_mark(const struct simulate *sim,
    const struct quick_stream *stream, const struct simulate_mark *mark,
    const float *jury, float *shares)
{
    quick_flow_halves(stream, shares);
    if (jury != NULL)
        simulate_follow_jury(shares, jury, sim->shock);
    if (!sim->wide)
        simulate_bend_plainly(shares, mark);
    else if (mark->stays)
        simulate_bend(shares, mark, true);
    else
        simulate_bend(shares, mark, false);
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
