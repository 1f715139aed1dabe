/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_beside.c - draws for several centres at once; what floats leave open
 * is said by doubles, in the order of simulate_block.c.
 */
#include "value/chance/simulate_beside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/chance/simulate_mark.h"

/* By how much a total in floats may differ from the one in doubles.  No mark
 * is above 1, so that none of the roundings a term goes through (its weight,
 * the product, at most one for each further sum) moves the total by more than
 * 2^-24 of all weights and points together, but for what these have grown by
 * (1.01 covers it; Higham, Accuracy and Stability of Numerical Algorithms,
 * 2002, section 3.1), or by 2^-149 where numbers are that small; all those in
 * doubles together move it by less than one of them. */
static double error_of(double whole, size_t terms)
{
    double steps = (double)terms + 16.0;

    return steps < 100000.0 ? 1.01 * steps * (0x1p-24 * whole + 0x1p-149)
                            : INFINITY;
}

/* What a bid has at a centre whatever is drawn, and by how much its total in
 * floats may err. */
static double read_sure(const struct simulate *sim,
    const struct simulate_centre *centre, size_t bid, double *error)
{
    const size_t first = sim->drawn_from[bid];
    const size_t last = sim->drawn_from[bid + 1];
    double sure = centre->sure[bid];
    double whole = fabs(sure);

    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (!sim->model->criteria[k].is_price)
            continue;
        double points =
            centre->weights[k] * sim->price_share[bid * sim->criteria_n + k];
        sure += points;
        whole += fabs(points);
    }
    for (size_t d = first; d < last; d++)
        whole += fabs(centre->weights[sim->drawn_on[d]]);
    *error = error_of(whole, sim->criteria_n);
    return sure;
}

static void read_centre(const struct simulate *sim,
    const struct simulate_centre *centre, size_t row,
    struct simulate_beside *beside)
{
    float *weights = beside->weights +
                     row / SIMULATE_BESIDE * SIMULATE_BESIDE * sim->criteria_n +
                     row % SIMULATE_BESIDE;
    double most = 0.0;

    for (size_t k = 0; k < sim->criteria_n; k++)
        weights[k * SIMULATE_BESIDE] = (float)centre->weights[k];
    for (size_t b = 0; b < sim->bids_n; b++) {
        double error = 0.0;
        beside->sure[b * beside->rows_n + row] =
            (float)read_sure(sim, centre, b, &error);
        most = error <= most ? most : isfinite(error) ? error : INFINITY;
    }
    /* Both totals may err, and their difference by its last digit. */
    beside->margin[row] = (float)(2.001 * most);
    beside->bids[row] = centre->bid;
}

struct simulate_beside *simulate_beside_new(
    const struct simulate *sim, const struct simulate_centre *centres, size_t n)
{
    const size_t rows =
        (n + SIMULATE_BESIDE - 1) / SIMULATE_BESIDE * SIMULATE_BESIDE;
    const size_t kept = sim->drawn_n * QUICK_BLOCK * sizeof(float);

    if (!sim->is_bare || kept > SIMULATE_KEPT)
        return NULL;
    struct simulate_beside *beside = mem_new(sizeof *beside);
    *beside = (struct simulate_beside){.centres_n = n,
        .rows_n = rows,
        .criteria_n = sim->criteria_n,
        .bids_n = sim->bids_n,
        .kept = mem_new(kept),
        .weights = mem_new(rows * sim->criteria_n * sizeof(float)),
        .sure = mem_new(rows * sim->bids_n * sizeof(float)),
        .bids = mem_new(rows * sizeof(size_t)),
        .margin = mem_new(rows * sizeof(float)),
        .own = mem_new(rows * QUICK_BLOCK * sizeof(float)),
        .best = mem_new(rows * QUICK_BLOCK * sizeof(float)),
        .juries = sim->shock > 0.0
                      ? mem_new(sim->criteria_n * QUICK_BLOCK * sizeof(float))
                      : NULL,
        .fused = quick_is_fused(sim->ask->plain)};
    for (size_t i = 0; i < rows; i++)
        beside->bids[i] = sim->bids_n;
    for (size_t i = 0; i < n; i++)
        read_centre(sim, &centres[i], i, beside);
    return beside;
}

void simulate_beside_free(struct simulate_beside **beside)
{
    struct simulate_beside *old = *beside;

    if (old == NULL)
        return;
    free(old->kept);
    free(old->juries);
    free(old->weights);
    free(old->sure);
    free(old->bids);
    free(old->margin);
    free(old->own);
    free(old->best);
    free(old);
    *beside = NULL;
}

/* What one bid has in a draw, in doubles: the sum of simulate_earn_beside and
 * of total_bids. */
static void compute_bid(const struct simulate *sim,
    const struct simulate_beside *beside, const struct simulate_centre *centre,
    struct simulate_counts *c, size_t bid, size_t s)
{
    const size_t at = bid * QUICK_BLOCK + s;
    double sum = centre->sure[bid];

    for (size_t d = sim->drawn_from[bid]; d < sim->drawn_from[bid + 1]; d++)
        sum += (double)beside->kept[d * QUICK_BLOCK + s] *
               centre->weights[sim->drawn_on[d]];
    c->quality[at] = sum;
    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (sim->model->criteria[k].is_price)
            sum += centre->weights[k] *
                   sim->price_share[bid * sim->criteria_n + k];
    }
    c->total[at] = sum;
    c->alive[at] = 1.0;
    c->price[at] = sim->prices[bid].likely;
}

static int64_t decide_closely(const struct simulate *sim,
    const struct simulate_beside *beside, const struct simulate_centre *centre,
    struct simulate_counts *c, size_t s)
{
    for (size_t b = 0; b < sim->bids_n; b++)
        compute_bid(sim, beside, centre, c, b, s);
    return simulate_units(sim, c, s, centre->bid);
}

static void count_wins(const struct simulate *sim,
    const struct simulate_beside *beside, size_t row,
    struct simulate_centre *centre, struct simulate_counts *c)
{
    const float *own = beside->own + row * QUICK_BLOCK;
    const float *best = beside->best + row * QUICK_BLOCK;
    const float margin = beside->margin[row];

    for (size_t s = 0; s < QUICK_BLOCK; s++) {
        float ahead = own[s] - best[s];
        if (ahead > margin)
            centre->units += SIMULATE_UNIT;
        else if (!(ahead < -margin))
            centre->units += decide_closely(sim, beside, centre, c, s);
    }
}

/* Marks that are opened at once. */
#define OPENED ((size_t)32)

/* Some marks of one bid. */
QUICK void draw_marks(const struct simulate *sim, uint64_t block, size_t bid,
    size_t first, size_t last, struct simulate_beside *beside)
{
    const struct simulate_mark *marks = sim->marks + bid * sim->criteria_n;
    struct quick_stream streams[OPENED];

    for (size_t d = first; d < last; d++)
        simulate_open_mark(
            sim, block, &marks[sim->drawn_on[d]], &streams[d - first]);
    for (size_t d = first; d < last; d++) {
        size_t k = sim->drawn_on[d];
        simulate_draw_mark(sim, &streams[d - first], &marks[k],
            beside->juries ? beside->juries + k * QUICK_BLOCK : NULL,
            beside->kept + d * QUICK_BLOCK);
    }
}

/* Each bid is drawn and looked at while its marks are near. */
QUICK void draw_all(
    const struct simulate *sim, uint64_t block, struct simulate_beside *beside)
{
    for (size_t k = 0; k < sim->criteria_n && beside->juries; k++)
        (void)simulate_draw_jury(
            sim, block, k, beside->juries + k * QUICK_BLOCK);
    for (size_t b = 0; b < sim->bids_n; b++) {
        const size_t first = sim->drawn_from[b];
        const size_t last = sim->drawn_from[b + 1];
        for (size_t d = first; d < last; d += OPENED)
            draw_marks(sim, block, b, d, last - d < OPENED ? last : d + OPENED,
                beside);
        simulate_beside_add(beside, b, sim->drawn_on + first,
            beside->kept + first * QUICK_BLOCK, last - first);
    }
}

static void draw_plainly(
    const struct simulate *sim, uint64_t block, struct simulate_beside *beside)
{
    draw_all(sim, block, beside);
}

QUICK_WIDE static void draw_widely(
    const struct simulate *sim, uint64_t block, struct simulate_beside *beside)
{
    draw_all(sim, block, beside);
}

void simulate_beside_block(const struct simulate *sim, uint64_t block,
    struct simulate_beside *beside, struct simulate_centre *centres,
    struct simulate_counts *counts)
{
    for (size_t i = 0; i < beside->rows_n * QUICK_BLOCK; i++)
        beside->best[i] = -INFINITY;
    if (sim->wide)
        draw_widely(sim, block, beside);
    else
        draw_plainly(sim, block, beside);
    for (size_t i = 0; i < beside->centres_n; i++)
        count_wins(sim, beside, i, &centres[i], counts);
}
