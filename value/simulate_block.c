/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_block.c - one block of draws, and what is counted in it.
 */
#include "value/simulate_tile.h"

#include <string.h>

/* Names of random numbers: what is drawn, of which bid, on which criterion. */
#define NAME_PRICE    UINT64_C(0x70726963)
#define NAME_PRESENCE UINT64_C(0x68657265)
#define NAME_JURY     UINT64_C(0x6a757279)
#define NAME_MARK     UINT64_C(0x6d61726b)

static uint64_t name(uint64_t what, uint64_t bid, uint64_t criterion)
{
    return quick_mix(what ^ quick_mix(bid ^ quick_mix(criterion)));
}

/* Turns uniform numbers into draws of a triangle. */
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

/* With the chance of the shock a number is the jury's, else its own. */
QUICK void follow_jury(
    double *restrict u, const double *restrict jury, double shock)
{
    const double rest = 1.0 / (1.0 - shock);

    for (int s = 0; s < QUICK_BLOCK; s++)
        u[s] = u[s] < shock ? jury[s] : (u[s] - shock) * rest;
}

/* Keeps marks on the scale. */
QUICK void keep_within(double *restrict u, double shift, double top)
{
    for (int s = 0; s < QUICK_BLOCK; s++) {
        double v = u[s] + shift;
        v = v < 0.0 ? 0.0 : v;
        u[s] = v > top ? top : v;
    }
}

QUICK void add_points(double *restrict quality, const double *restrict weights,
    const double *restrict shares, double times)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += weights[s] * (shares[s] * times);
}

QUICK void add_sure_points(
    double *restrict quality, const double *restrict weights, double share)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += weights[s] * share;
}

/* What marks that are drawn add where nothing stands between them and the
 * points: the same operations as quick_fill, bend, keep_within and add_points
 * one after the other, without the way through memory. */
QUICK void add_drawn_points(const struct simulate *sim, uint64_t block,
    uint64_t key, const struct simulate_cell *cell, double top,
    const double *restrict weights, double *restrict quality)
{
    const struct simulate_cell c = *cell;
    const double times = 1.0 / top;
    struct quick_stream stream;

    quick_open(&stream, sim->ask->seed, block, key);
    for (int i = 0; i < QUICK_BLOCK; i += QUICK_LANES) {
        double u[QUICK_LANES];

        quick_step(&stream, u);
        for (int l = 0; l < QUICK_LANES; l++) {
            double v = u[l];
            bool before = v < c.turn;
            double root = sqrt(before ? v * c.rise : (1.0 - v) * c.fall);
            double mark = (before ? c.low + root : c.high - root) + c.shift;
            mark = mark < 0.0 ? 0.0 : mark;
            mark = mark > top ? top : mark;
            quality[i + l] += weights[i + l] * (mark * times);
        }
    }
}

static void refuse_below(double *alive, const double *marks, double least)
{
    for (int s = 0; s < QUICK_BLOCK; s++)
        alive[s] = marks[s] < least ? 0.0 : alive[s];
}

/* The marks of one bid on one criterion, before a table of levels. */
QUICK void draw_marks(const struct simulate *sim, uint64_t block, size_t bid,
    size_t k, const double *jury, double *marks)
{
    const struct simulate_cell *cell = &sim->marks[bid * sim->criteria_n + k];

    if (cell->sure) {
        for (int s = 0; s < QUICK_BLOCK; s++)
            marks[s] = cell->likely;
        return;
    }
    quick_fill(
        sim->ask->seed, block, name(NAME_MARK, sim->keys[bid], k + 1), marks);
    if (jury != NULL)
        follow_jury(marks, jury, sim->shock);
    bend(marks, cell);
    keep_within(marks, cell->shift,
        (double)sim->model->criteria[k].scale_max / DECIMAL_ONE);
}

void simulate_marks(const struct simulate *sim, uint64_t block, size_t bid,
    size_t k, double *marks)
{
    double jury[QUICK_BLOCK];

    if (sim->shock > 0.0)
        quick_fill(sim->ask->seed, block, name(NAME_JURY, 0, k + 1), jury);
    draw_marks(sim, block, bid, k, sim->shock > 0.0 ? jury : NULL, marks);
}

/* What one bid earns on one criterion that is marked. */
QUICK void earn(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t bid, size_t k, const double *jury)
{
    const struct model_criterion *by = &sim->model->criteria[k];
    const struct simulate_cell *cell = &sim->marks[bid * sim->criteria_n + k];
    const double top = (double)by->scale_max / DECIMAL_ONE;
    const double *weights = weights_on(sim, c, k);
    double *quality = c->quality + bid * QUICK_BLOCK;
    double marks[QUICK_BLOCK], points[QUICK_BLOCK];
    bool plain = by->levels_n == 0 && by->min_score == MODEL_ABSENT &&
                 by->round == 0 && sim->gated_n == 0;

    if (cell->sure && plain) {
        add_sure_points(quality, weights, cell->likely / top);
        return;
    }
    if (!cell->sure && plain && jury == NULL) {
        add_drawn_points(sim, block, name(NAME_MARK, sim->keys[bid], k + 1),
            cell, top, weights, quality);
        return;
    }
    draw_marks(sim, block, bid, k, jury, marks);
    if (plain) {
        add_points(quality, weights, marks, 1.0 / top);
        return;
    }
    if (by->min_score != MODEL_ABSENT)
        refuse_below(c->alive + bid * QUICK_BLOCK, marks,
            (double)by->min_score / DECIMAL_ONE - 1e-12);
    if (by->levels_n > 0)
        simulate_levels(by, marks);
    memset(points, 0, sizeof points);
    add_points(points, weights, marks, by->levels_n > 0 ? 1.0 : 1.0 / top);
    if (by->round > 0)
        simulate_round(points, by->round - 1);
    if (sim->gated_n > 0)
        simulate_gates_add(sim, c, bid, k, points, weights);
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += points[s];
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
    quick_fill(
        sim->ask->seed, block, name(NAME_PRICE, sim->keys[bid], 0), price);
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
    quick_fill(
        sim->ask->seed, block, name(NAME_PRESENCE, sim->keys[bid], 0), alive);
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
                add_sure_points(total, weights_on(sim, c, k),
                    sim->price_share[b * sim->criteria_n + k]);
        }
    }
}

/* Counts for one pair who stands better, and the rank that costs the other;
 * true when in some draw neither does. */
QUICK bool meet(
    const struct simulate *sim, struct simulate_counts *c, size_t i, size_t j)
{
    const double *restrict a = c->total + i * QUICK_BLOCK;
    const double *restrict b = c->total + j * QUICK_BLOCK;
    int64_t *restrict rank_a = c->rank + i * QUICK_BLOCK;
    int64_t *restrict rank_b = c->rank + j * QUICK_BLOCK;
    int64_t ahead = 0;
    int64_t behind = 0;

    for (int s = 0; s < QUICK_BLOCK; s++) {
        int64_t more = a[s] > b[s];
        int64_t less = a[s] < b[s];
        ahead += more;
        behind += less;
        rank_a[s] += less;
        rank_b[s] += more;
    }
    c->beats[i * sim->bids_n + j] += ahead;
    c->beats[j * sim->bids_n + i] += behind;
    return ahead + behind != QUICK_BLOCK;
}

static void note_winner(const struct simulate *sim, struct simulate_counts *c,
    size_t s, size_t bid, int64_t units)
{
    double part = (double)units / (double)SIMULATE_UNIT;

    c->first[bid] += units;
    for (size_t k = 0; k < sim->criteria_n && c->sums != NULL; k++)
        c->sums[bid * sim->criteria_n + k] += part * weights_on(sim, c, k)[s];
}

/* Every draw has an order without ties. */
static void count_ranks(const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;

    for (size_t b = 0; b < n; b++) {
        const int64_t *rank = c->rank + b * QUICK_BLOCK;
        int64_t *ranks = c->ranks + b * n;
        c->present[b] += QUICK_BLOCK;
        for (size_t s = 0; s < QUICK_BLOCK; s++) {
            ranks[rank[s]] += SIMULATE_UNIT;
            if (rank[s] == 0)
                note_winner(sim, c, s, b, SIMULATE_UNIT);
        }
    }
    c->draws += QUICK_BLOCK;
}

/* One draw with ties, or with bids that are not compared. */
static void count_slowly(
    const struct simulate *sim, struct simulate_counts *c, size_t s)
{
    size_t n = sim->bids_n;
    double totals[SIMULATE_BIDS];
    bool any = false;

    for (size_t b = 0; b < n; b++)
        totals[b] = c->alive[b * QUICK_BLOCK + s] == 0.0
                        ? -INFINITY
                        : c->total[b * QUICK_BLOCK + s];
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
            note_winner(sim, c, s, b, units);
    }
    c->none += !any;
    c->draws++;
}

QUICK void count_block(const struct simulate *sim, struct simulate_counts *c)
{
    size_t n = sim->bids_n;
    bool ties = false;

    memset(c->rank, 0, n * QUICK_BLOCK * sizeof *c->rank);
    for (size_t b = 0; b < n; b++) {
        double *alive = c->alive + b * QUICK_BLOCK;
        double *total = c->total + b * QUICK_BLOCK;
        for (int s = 0; s < QUICK_BLOCK; s++) {
            ties |= alive[s] == 0.0;
            total[s] = alive[s] == 0.0 ? -INFINITY : total[s];
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++)
            ties |= meet(sim, c, i, j);
    }
    if (!ties) {
        count_ranks(sim, c);
        return;
    }
    for (size_t s = 0; s < QUICK_BLOCK; s++)
        count_slowly(sim, c, s);
}

QUICK void judge_all(
    const struct simulate *sim, struct simulate_counts *c, uint64_t block)
{
    double jury[QUICK_BLOCK];

    memset(c->quality, 0, sim->bids_n * QUICK_BLOCK * sizeof *c->quality);
    for (size_t b = 0; b < sim->bids_n; b++) {
        double *quality = c->quality + b * QUICK_BLOCK;
        draw_presence(sim, c, block, b);
        draw_prices(sim, c, block, b);
        for (int s = 0; s < QUICK_BLOCK; s++)
            quality[s] = (double)sim->model->bids[b].bonus / DECIMAL_ONE;
    }
    if (sim->plain_share != NULL)
        simulate_earn_sure(sim, c);
    for (size_t k = 0; k < sim->criteria_n && sim->plain_share == NULL; k++) {
        if (sim->model->criteria[k].is_price)
            continue;
        if (sim->shock > 0.0)
            quick_fill(sim->ask->seed, block, name(NAME_JURY, 0, k + 1), jury);
        for (size_t b = 0; b < sim->bids_n; b++)
            earn(sim, c, block, b, k, sim->shock > 0.0 ? jury : NULL);
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
        add_sure_points(whole, weights_on(sim, c, k), 1.0);
    judge_all(sim, c, block);
    total_bids(sim, c);
    count_block(sim, c);
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
