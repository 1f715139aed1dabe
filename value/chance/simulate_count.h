/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_count.h - who stands where in a block of draws.  For
 * simulate_block.c alone, which compiles it for registers of two sizes.
 */
#ifndef VALUE_CHANCE_SIMULATE_COUNT_H
#define VALUE_CHANCE_SIMULATE_COUNT_H

#include "value/chance/simulate_inside.h"

#include <string.h>

/* How often one bid stands better than another in a block, and how often as
 * good. */
struct simulate_met {
    int64_t ahead, level;
};

/* Counts who of two stands better, and the rank that this costs the other; in
 * floats, which put none before another that totals put behind it, but call
 * some level that are not.  What is true is -1 in a register. */
QUICK struct simulate_met simulate_meet(
    struct simulate_counts *c, size_t i, size_t j)
{
    const float *a = c->rough + i * QUICK_BLOCK;
    const float *b = c->rough + j * QUICK_BLOCK;
    int32_t *rank_a = c->rank + i * QUICK_BLOCK;
    int32_t *rank_b = c->rank + j * QUICK_BLOCK;
    int32_t QUICK_VECTOR ahead = {0};
    int32_t QUICK_VECTOR level = {0};
    struct simulate_met met = {0, 0};

    for (int s = 0; s < QUICK_BLOCK; s += 8) {
        float QUICK_VECTOR one = QUICK_FLOATS(a + s);
        float QUICK_VECTOR other = QUICK_FLOATS(b + s);
        int32_t QUICK_VECTOR more = one > other;

        ahead -= more;
        level -= one == other;
        QUICK_INTS(rank_a + s) += more;
        QUICK_INTS(rank_b + s) -= more;
    }
    for (int l = 0; l < 8; l++) {
        met.ahead += ahead[l];
        met.level += level[l];
    }
    return met;
}

/* The same for a pair where floats do not tell; draws in which they do not are
 * marked. */
static void simulate_meet_closely(const struct simulate *sim,
    struct simulate_counts *c, size_t i, size_t j, bool *tied)
{
    const double *a = c->total + i * QUICK_BLOCK;
    const double *b = c->total + j * QUICK_BLOCK;
    int64_t ahead = 0;
    int64_t behind = 0;

    for (int s = 0; s < QUICK_BLOCK; s++) {
        ahead += a[s] > b[s];
        behind += a[s] < b[s];
        tied[s] = tied[s] || (float)a[s] == (float)b[s];
    }
    c->beats[i * sim->bids_n + j] += ahead;
    c->beats[j * sim->bids_n + i] += behind;
}

/* units of a draw that a bid wins, for its central weights. */
QUICK void simulate_note_winner(const struct simulate *sim,
    struct simulate_counts *c, size_t s, size_t bid, int64_t units)
{
    const double *const *rows = c->rows;
    double part = (double)units / (double)SIMULATE_UNIT;

    c->first[bid] += units;
    if (c->sums == NULL)
        return;
    double *restrict sums = c->sums + bid * sim->criteria_n;
    for (size_t k = 0; k < sim->criteria_n; k++)
        sums[k] += part * rows[k][s];
}

/* Rows of four become columns. */
QUICK void simulate_turn(
    const double QUICK_VECTOR *row, double QUICK_VECTOR *turned)
{
    const double QUICK_VECTOR a =
        __builtin_shufflevector(row[0], row[1], 0, 4, 2, 6);
    const double QUICK_VECTOR b =
        __builtin_shufflevector(row[0], row[1], 1, 5, 3, 7);
    const double QUICK_VECTOR c =
        __builtin_shufflevector(row[2], row[3], 0, 4, 2, 6);
    const double QUICK_VECTOR d =
        __builtin_shufflevector(row[2], row[3], 1, 5, 3, 7);

    turned[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    turned[1] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
    turned[2] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    turned[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/* One draw in which all bids stand in an order without ties. */
QUICK void simulate_count_quickly(
    const struct simulate *sim, struct simulate_counts *c, size_t s)
{
    size_t n = sim->bids_n;
    size_t first = 0;

    for (size_t b = 0; b < n; b++) {
        size_t place = c->place[b * QUICK_BLOCK + s];
        c->ranks[b * n + place] += SIMULATE_UNIT;
        first = place == 0 ? b : first;
    }
    simulate_note_winner(sim, c, s, first, SIMULATE_UNIT);
}

/* Adds the weights of a draw to those of its winner, four criteria of four
 * draws at a time: for each of these sums the draws stay in their order. */
QUICK void simulate_sum_four(const struct simulate *sim,
    struct simulate_counts *c, size_t s, const uint8_t *winner)
{
    size_t k = 0;

    for (; k + 4 <= sim->criteria_n; k += 4) {
        double QUICK_VECTOR row[4], turned[4];
        for (size_t i = 0; i < 4; i++)
            row[i] = QUICK_DOUBLES(c->rows[k + i] + s);
        simulate_turn(row, turned);
        for (size_t i = 0; i < 4; i++) {
            double *sums = c->sums + winner[i] * sim->criteria_n + k;
            QUICK_DOUBLES(sums) += turned[i];
        }
    }
    for (; k < sim->criteria_n; k++) {
        for (size_t i = 0; i < 4; i++)
            c->sums[winner[i] * sim->criteria_n + k] += c->rows[k][s + i];
    }
}

/* A block in which all bids stand in an order without ties in each draw. */
QUICK void simulate_count_block(
    const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;
    uint8_t winner[QUICK_BLOCK] = {0};

    for (size_t b = 0; b < n; b++) {
        const uint8_t *place = c->place + b * QUICK_BLOCK;
        uint32_t often[4][SIMULATE_BIDS] = {{0}};

        for (size_t s = 0; s < QUICK_BLOCK; s++)
            winner[s] = place[s] == 0 ? (uint8_t)b : winner[s];
        for (size_t s = 0; s < QUICK_BLOCK; s += 4) {
            often[0][place[s]]++;
            often[1][place[s + 1]]++;
            often[2][place[s + 2]]++;
            often[3][place[s + 3]]++;
        }
        for (size_t r = 0; r < n; r++)
            c->ranks[b * n + r] +=
                SIMULATE_UNIT * (int64_t)(often[0][r] + often[1][r] +
                                          often[2][r] + often[3][r]);
        c->first[b] += SIMULATE_UNIT * (int64_t)(often[0][0] + often[1][0] +
                                                 often[2][0] + often[3][0]);
    }
    for (size_t s = 0; s < QUICK_BLOCK && c->sums != NULL; s += 4)
        simulate_sum_four(sim, c, s, winner + s);
    c->full += QUICK_BLOCK;
}

/* One draw with ties, or with bids that are not compared. */
static void simulate_count_slowly(
    const struct simulate *sim, struct simulate_counts *c, size_t s)
{
    size_t n = sim->bids_n;
    double totals[SIMULATE_BIDS];
    bool any = false;

    for (size_t b = 0; b < n; b++)
        totals[b] = c->total[b * QUICK_BLOCK + s];
    for (size_t b = 0; b < n; b++) {
        size_t better = 0;
        size_t level = 1; /* itself */
        if (c->alive[b * QUICK_BLOCK + s] == 0.0)
            continue;
        any = true;
        c->present[b]++;
        for (size_t i = 0; i < n; i++) {
            if (i == b || c->alive[i * QUICK_BLOCK + s] == 0.0)
                continue;
            int order = simulate_order(sim, c, totals, s, i, b);
            better += order > 0;
            level += order == 0;
        }
        int64_t units = SIMULATE_UNIT / (int64_t)level;
        for (size_t r = better; r < better + level; r++)
            c->ranks[b * n + r] += units;
        if (better == 0)
            simulate_note_winner(sim, c, s, b, units);
    }
    c->none += !any;
}

/* Whether a bid is compared in every draw of the block. */
QUICK bool simulate_is_there(const double *alive)
{
    const double QUICK_VECTOR none = {0};
    int64_t QUICK_VECTOR out = {0};

    for (size_t s = 0; s < QUICK_BLOCK; s += 4)
        out |= QUICK_DOUBLES(alive + s) == none;
    return (out[0] | out[1] | out[2] | out[3]) == 0;
}

/* A bid that is not compared stands below all; marks the draws with one. */
QUICK void simulate_sink_absent(
    const struct simulate *sim, struct simulate_counts *c, bool *out)
{
    for (size_t b = 0; b < sim->bids_n; b++) {
        const double *alive = c->alive + b * QUICK_BLOCK;
        double *total = c->total + b * QUICK_BLOCK;
        float *rough = c->rough + b * QUICK_BLOCK;
        const bool there = simulate_is_there(alive);

        for (size_t s = 0; s < QUICK_BLOCK && !there; s++) {
            out[s] |= alive[s] == 0.0;
            total[s] = alive[s] == 0.0 ? -INFINITY : total[s];
        }
        for (size_t s = 0; s < QUICK_BLOCK; s++)
            rough[s] = (float)total[s];
    }
}

/* All pairs; true when floats tell each of them apart in each draw. */
QUICK bool simulate_meet_all(
    const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;
    int64_t level = 0;
    size_t pair = 0;

    for (size_t b = 0; b < n; b++) {
        for (size_t s = 0; s < QUICK_BLOCK; s++)
            c->rank[b * QUICK_BLOCK + s] = (int32_t)(n - 1 - b);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            struct simulate_met met = simulate_meet(c, i, j);
            level += met.level;
            c->met[pair++] = met.ahead;
        }
    }
    for (size_t i = 0; i < n * QUICK_BLOCK; i++)
        c->place[i] = (uint8_t)c->rank[i];
    return level == 0;
}

QUICK void simulate_count(const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;
    bool tied[QUICK_BLOCK] = {false};
    size_t pair = 0;

    simulate_sink_absent(sim, c, tied);
    bool apart = simulate_meet_all(sim, c);
    bool plain = apart && n > 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++, pair++) {
            if (!apart) {
                simulate_meet_closely(sim, c, i, j, tied);
                continue;
            }
            c->beats[i * n + j] += c->met[pair];
            c->beats[j * n + i] += QUICK_BLOCK - c->met[pair];
        }
    }
    for (size_t s = 0; s < QUICK_BLOCK; s++)
        plain = plain && !tied[s];
    if (plain)
        simulate_count_block(sim, c);
    for (size_t s = 0; s < QUICK_BLOCK && !plain; s++) {
        if (tied[s] || n == 0) {
            simulate_count_slowly(sim, c, s);
            continue;
        }
        simulate_count_quickly(sim, c, s);
        c->full++;
    }
    c->draws += QUICK_BLOCK;
}

#endif
