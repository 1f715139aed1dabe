/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_block.c - one block of draws, and what is counted in it.
 */
#include "value/simulate_count.h"
#include "value/simulate_mark.h"
#include "value/simulate_tile.h"

#include <string.h>

uint64_t simulate_name(uint64_t what, uint64_t bid, uint64_t criterion)
{
    return quick_mix(what ^ quick_mix(bid ^ quick_mix(criterion)));
}

/* Turns uniform numbers into prices. */
QUICK void bend(double *restrict u, const struct simulate_cell *cell)
{
    const double low = cell->low;
    const double high = cell->high;
    const double turn = cell->turn;
    const double rise = cell->rise;
    const double fall = cell->fall;

    for (int s = 0; s < QUICK_BLOCK; s++) {
        double v = u[s];
        bool before = v < turn;
        double root = sqrt(before ? v * rise : (1.0 - v) * fall);
        u[s] = before ? low + root : high - root;
    }
}

QUICK void add_sure_points(
    double *restrict quality, const double *restrict weights, double share)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += weights[s] * share;
}

QUICK void add_drawn_points(double *restrict quality,
    const double *restrict weights, const float *restrict shares)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += weights[s] * (double)shares[s];
}

static void refuse_below(double *alive, const double *marks, double least)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        alive[s] = marks[s] < least ? 0.0 : alive[s];
}

void simulate_marks(const struct simulate *sim, uint64_t block, size_t bid,
    size_t k, double *marks)
{
    const struct simulate_mark *mark = &sim->marks[bid * sim->criteria_n + k];
    const double top = (double)sim->model->criteria[k].scale_max / DECIMAL_ONE;
    float jury[QUICK_BLOCK], drawn[QUICK_BLOCK];

    if (!mark->sure)
        simulate_draw_mark(
            sim, block, mark, simulate_draw_jury(sim, block, k, jury), drawn);
    for (int s = 0; s < QUICK_BLOCK; s++)
        marks[s] = (mark->sure ? mark->share : (double)drawn[s]) * top;
}

/* What one bid earns on one criterion, whatever stands between. */
QUICK void earn(const struct simulate *sim, struct simulate_counts *c,
    size_t bid, size_t k, const float *drawn)
{
    const struct model_criterion *by = &sim->model->criteria[k];
    const struct simulate_mark *mark = &sim->marks[bid * sim->criteria_n + k];
    const double top = (double)by->scale_max / DECIMAL_ONE;
    const double *weights = weights_on(c, k);
    double *quality = c->quality + bid * QUICK_BLOCK;
    double shares[QUICK_BLOCK];

    for (int s = 0; s < QUICK_BLOCK; s++)
        shares[s] = mark->sure ? mark->share : (double)drawn[s];
    if (by->min_score != MODEL_ABSENT)
        refuse_below(c->alive + bid * QUICK_BLOCK, shares,
            (double)by->min_score / DECIMAL_ONE / top - 1e-12);
    if (by->levels_n > 0) {
        for (int s = 0; s < QUICK_BLOCK; s++)
            shares[s] *= top;
        simulate_levels(by, shares);
    }
    for (int s = 0; s < QUICK_BLOCK; s++)
        shares[s] *= weights[s];
    if (by->round > 0)
        simulate_round(shares, by->round - 1);
    if (sim->gated_n > 0)
        simulate_gates_add(sim, c, bid, k, shares, weights);
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += shares[s];
}

/* What all bids earn on one criterion. */
QUICK void earn_all(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t k)
{
    float room[QUICK_BLOCK], drawn[QUICK_BLOCK];
    const float *jury = simulate_draw_jury(sim, block, k, room);

    for (size_t b = 0; b < sim->bids_n; b++) {
        const struct simulate_mark *mark = &sim->marks[b * sim->criteria_n + k];
        if (!mark->sure)
            simulate_draw_mark(sim, block, mark, jury, drawn);
        if (!sim->is_plain)
            earn(sim, c, b, k, drawn);
        else if (!mark->sure)
            add_drawn_points(
                c->quality + b * QUICK_BLOCK, weights_on(c, k), drawn);
    }
}

QUICK void draw_prices(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t bid)
{
    const struct simulate_cell *cell = &sim->prices[bid];
    double *price = c->price + bid * QUICK_BLOCK;

    if (cell->sure) {
        for (int s = 0; s < QUICK_BLOCK; s++)
            price[s] = cell->likely;
        return;
    }
    quick_fill(sim->ask->seed, block,
        simulate_name(SIMULATE_PRICE, sim->keys[bid], 0), price);
    bend(price, cell);
    for (int s = 0; s < QUICK_BLOCK; s++)
        price[s] += cell->shift;
}

/* Who is there at all. */
static void draw_presence(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t bid)
{
    const int64_t *presence = sim->ask->presence;
    double *alive = c->alive + bid * QUICK_BLOCK;

    if (presence == NULL || presence[bid] >= DECIMAL_ONE) {
        for (int s = 0; s < QUICK_BLOCK; s++)
            alive[s] = 1.0;
        return;
    }
    double chance = (double)presence[bid] / DECIMAL_ONE;
    quick_fill(sim->ask->seed, block,
        simulate_name(SIMULATE_PRESENCE, sim->keys[bid], 0), alive);
    for (int s = 0; s < QUICK_BLOCK; s++)
        alive[s] = alive[s] < chance ? 1.0 : 0.0;
}

/* Gates on the whole quality, and places. */
static void pass_gates(const struct simulate *sim, struct simulate_counts *c)
{
    const struct model *m = sim->model;
    size_t n = sim->bids_n;

    for (size_t b = 0; b < n && m->min_quality > 0; b++)
        refuse_below(c->alive + b * QUICK_BLOCK, c->quality + b * QUICK_BLOCK,
            (double)m->min_quality / DECIMAL_ONE - 1e-9);
    for (size_t s = 0; s < QUICK_BLOCK && m->max_pass > 0; s++) {
        bool out[SIMULATE_BIDS];
        for (size_t b = 0; b < n; b++) {
            size_t better = 0;
            for (size_t i = 0; i < n; i++)
                better += c->alive[i * QUICK_BLOCK + s] != 0.0 &&
                          c->quality[i * QUICK_BLOCK + s] >
                              c->quality[b * QUICK_BLOCK + s];
            out[b] = better >= m->max_pass;
        }
        for (size_t b = 0; b < n; b++) {
            if (out[b])
                c->alive[b * QUICK_BLOCK + s] = 0.0;
        }
    }
}

/* A price or a quality that the rule can not look at refuses the bid. */
static void refuse_unusable(
    const struct simulate *sim, struct simulate_counts *c, size_t bid)
{
    bool divides = sim->by_total != NULL &&
                   (sim->by_total->rule == RULE_PRICE_PER_QUALITY ||
                       sim->by_total->rule == RULE_SUPERFORMULA);
    double *alive = c->alive + bid * QUICK_BLOCK;

    if (sim->has_prices)
        refuse_below(alive, c->price + bid * QUICK_BLOCK, 0x1p-1000);
    if (divides)
        refuse_below(alive, c->quality + bid * QUICK_BLOCK, 0x1p-1000);
}

QUICK void total_bids(const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;
    double totals[SIMULATE_BIDS];

    if (sim->totals_by_draw) {
        for (size_t s = 0; s < QUICK_BLOCK; s++) {
            simulate_totals(sim, c, s, -1.0, totals);
            for (size_t b = 0; b < n; b++)
                c->total[b * QUICK_BLOCK + s] = totals[b];
        }
        return;
    }
    for (size_t b = 0; b < n; b++) {
        double *total = c->total + b * QUICK_BLOCK;
        memcpy(
            total, c->quality + b * QUICK_BLOCK, QUICK_BLOCK * sizeof *total);
        for (size_t k = 0; k < sim->criteria_n; k++) {
            if (sim->model->criteria[k].is_price)
                add_sure_points(total, weights_on(c, k),
                    sim->price_share[b * sim->criteria_n + k]);
        }
    }
}

QUICK void judge_all(
    const struct simulate *sim, struct simulate_counts *c, uint64_t block)
{
    for (size_t b = 0; b < sim->bids_n; b++) {
        double *quality = c->quality + b * QUICK_BLOCK;
        draw_presence(sim, c, block, b);
        draw_prices(sim, c, block, b);
        for (int s = 0; s < QUICK_BLOCK; s++)
            quality[s] = (double)sim->model->bids[b].bonus / DECIMAL_ONE;
    }
    if (sim->is_plain)
        simulate_earn_sure(sim, c);
    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (!sim->model->criteria[k].is_price &&
            (!sim->is_plain || sim->drawn_n > 0))
            earn_all(sim, c, block, k);
    }
    for (size_t b = 0; b < sim->bids_n; b++) {
        if (sim->gated_n > 0)
            simulate_gates_pass(sim, c, b);
        refuse_unusable(sim, c, b);
    }
    pass_gates(sim, c);
    if (c->deciding != NULL)
        simulate_corridor_judge(sim, c, block);
}

/* Adds what the block has summed of weights, as integers: their sum does not
 * depend on the order of the blocks. */
static void add_sums(
    const struct simulate *sim, struct simulate_counts *c, const double *whole)
{
    for (size_t i = 0; i < sim->bids_n * sim->criteria_n; i++) {
        c->central[i] += (int64_t)(c->sums[i] / whole[0] * SIMULATE_ONE + 0.5);
        c->sums[i] = 0.0;
    }
}

QUICK void compute_block(
    const struct simulate *sim, uint64_t block, struct simulate_counts *c)
{
    double whole[QUICK_BLOCK] = {0};

    weight_plan_draw(sim->plan, sim->ask->seed, block, sim->wide, c->weights);
    for (size_t k = 0; k < sim->criteria_n; k++)
        add_sure_points(whole, weights_on(c, k), 1.0);
    judge_all(sim, c, block);
    total_bids(sim, c);
    simulate_count(sim, c);
    if (c->sums != NULL)
        add_sums(sim, c, whole);
    for (size_t s = 0; s < QUICK_BLOCK && sim->thresholds != NULL; s++)
        sim->thresholds[block * QUICK_BLOCK + s] =
            simulate_threshold(sim, c, s);
}

static void compute_plainly(
    const struct simulate *sim, uint64_t block, struct simulate_counts *c)
{
    compute_block(sim, block, c);
}

QUICK_WIDE static void compute_widely(
    const struct simulate *sim, uint64_t block, struct simulate_counts *c)
{
    compute_block(sim, block, c);
}

void simulate_block(const struct simulate *simulate, uint64_t block,
    struct simulate_counts *counts)
{
    if (simulate->wide)
        compute_widely(simulate, block, counts);
    else
        compute_plainly(simulate, block, counts);
}
