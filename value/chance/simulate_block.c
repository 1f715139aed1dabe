/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_block.c - one block of draws, and what is counted in it.
 */
#include "value/chance/simulate_count.h"
#include "value/chance/simulate_mark.h"
#include "value/chance/simulate_tile.h"

#include <string.h>

#include "protocol/base_mem.h"

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
    struct quick_stream stream;

    if (!mark->sure) {
        simulate_open_mark(sim, block, mark, &stream);
        simulate_draw_mark(
            sim, &stream, mark, simulate_draw_jury(sim, block, k, jury), drawn);
    }
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
    if (sim->rounds_groups && sim->model->group_of[k] != MODEL_NOWHERE)
        quality =
            c->branch + (bid * sim->model->groups_n + sim->model->group_of[k]) *
                            QUICK_BLOCK;
    for (int s = 0; s < QUICK_BLOCK; s++)
        quality[s] += shares[s];
}

void simulate_keep_marks(
    const struct simulate *sim, struct simulate_counts *counts)
{
    size_t room = sim->drawn_n * QUICK_BLOCK * sizeof *counts->kept;

    if (room == 0 || room > SIMULATE_KEPT)
        return;
    counts->kept = mem_new(room);
    if (sim->is_plain)
        counts->side = mem_new(SIMULATE_TILE *
                               (sim->tiled_n * QUICK_BLOCK + sim->criteria_n) *
                               sizeof *counts->side);
}

/* What all bids earn on one criterion. */
QUICK void earn_all(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t k)
{
    float room[QUICK_BLOCK], drawn[QUICK_BLOCK];
    const float *jury =
        c->is_kept ? NULL : simulate_draw_jury(sim, block, k, room);
    struct quick_stream streams[SIMULATE_BIDS];

    for (size_t b = 0; b < sim->bids_n && !c->is_kept; b++) {
        const struct simulate_mark *mark = &sim->marks[b * sim->criteria_n + k];
        if (!mark->sure)
            simulate_open_mark(sim, block, mark, &streams[b]);
    }
    for (size_t b = 0; b < sim->bids_n; b++) {
        const struct simulate_mark *mark = &sim->marks[b * sim->criteria_n + k];
        float *shares = c->kept ? c->kept + mark->at * QUICK_BLOCK : drawn;
        if (!mark->sure && !c->is_kept)
            simulate_draw_mark(sim, &streams[b], mark, jury, shares);
        if (!sim->is_plain)
            earn(sim, c, b, k, shares);
        else if (!mark->sure)
            add_drawn_points(
                c->quality + b * QUICK_BLOCK, weights_on(c, k), shares);
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

/* Who is refused for what all marks together earn. */
QUICK void judge_all(
    const struct simulate *sim, struct simulate_counts *c, uint64_t block)
{
    for (size_t b = 0; b < sim->bids_n; b++) {
        if (sim->rounds_groups)
            simulate_tree_close(sim, c, b);
        if (sim->gated_n > 0)
            simulate_gates_pass(sim, c, b);
        refuse_unusable(sim, c, b);
    }
    pass_gates(sim, c);
    if (c->deciding != NULL)
        simulate_corridor_judge(sim, c, block);
}

QUICK void draw_bids(
    const struct simulate *sim, struct simulate_counts *c, uint64_t block)
{
    for (size_t b = 0; b < sim->bids_n; b++) {
        draw_presence(sim, c, block, b);
        draw_prices(sim, c, block, b);
    }
}

QUICK void mark_all(
    const struct simulate *sim, struct simulate_counts *c, uint64_t block)
{
    if (!sim->is_bare || c->draws == 0)
        draw_bids(sim, c, block);
    for (size_t b = 0; b < sim->bids_n; b++) {
        double *quality = c->quality + b * QUICK_BLOCK;
        for (int s = 0; s < QUICK_BLOCK; s++)
            quality[s] = (double)sim->model->bids[b].bonus / DECIMAL_ONE;
        if (sim->rounds_groups)
            simulate_tree_open(sim, c, b);
    }
    if (sim->is_plain)
        simulate_earn_sure(sim, c);
    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (!sim->model->criteria[k].is_price &&
            (!sim->is_plain || sim->drawn_n > 0))
            earn_all(sim, c, block, k);
    }
}

/* Adds what the block has summed of weights, as integers: their sum does not
 * depend on the order of the blocks. */
static void add_sums(
    const struct simulate *sim, struct simulate_counts *c, const double *whole)
{
    for (size_t i = 0; i < sim->bids_n * sim->criteria_n; i++) {
        if (c->sums[i] == 0.0)
            continue;
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
    mark_all(sim, c, block);
    judge_all(sim, c, block);
    total_bids(sim, c);
    simulate_count(sim, c);
    if (c->sums != NULL)
        add_sums(sim, c, whole);
    for (size_t s = 0; s < QUICK_BLOCK && sim->thresholds != NULL; s++) {
        uint64_t draw = block * QUICK_BLOCK + s;
        sim->thresholds[draw] =
            sim->spans == NULL
                ? simulate_threshold(sim, c, s)
                : simulate_spans(sim, c, s, sim->spans + draw * SIMULATE_SPANS);
    }
}

QUICK int64_t count_wins(
    const struct simulate *sim, const struct simulate_counts *c, size_t bid)
{
    const double *own = c->total + bid * QUICK_BLOCK;
    double best[QUICK_BLOCK];
    int64_t units = 0;

    for (size_t s = 0; s < QUICK_BLOCK; s++)
        best[s] = -INFINITY;
    for (size_t b = 0; b < sim->bids_n; b++) {
        const double *total = c->total + b * QUICK_BLOCK;
        const double *alive = c->alive + b * QUICK_BLOCK;
        for (size_t s = 0; s < QUICK_BLOCK && b != bid; s++) {
            double other = alive[s] == 0.0 ? -INFINITY : total[s];
            best[s] = other > best[s] ? other : best[s];
        }
    }
    for (size_t s = 0; s < QUICK_BLOCK; s++) {
        if (c->alive[bid * QUICK_BLOCK + s] == 0.0 || own[s] < best[s])
            continue;
        units +=
            own[s] > best[s] ? SIMULATE_UNIT : simulate_units(sim, c, s, bid);
    }
    return units;
}

/* The rest of a block once it is marked. */
QUICK void compute_wins(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centre, struct simulate_counts *c)
{
    judge_all(sim, c, block);
    total_bids(sim, c);
    centre->units += count_wins(sim, c, centre->bid);
}

static void fill_weights(const struct simulate *sim,
    const struct simulate_centre *centre, struct simulate_counts *c)
{
    for (size_t k = 0; k < sim->criteria_n; k++) {
        double *row = c->weights + sim->node_of[k] * QUICK_BLOCK;
        for (size_t s = 0; s < QUICK_BLOCK; s++)
            row[s] = centre->weights[k];
    }
}

/* Some centres side by side, with the marks that are kept. */
QUICK void compute_beside(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centres, size_t n, struct simulate_counts *c)
{
    size_t room = sim->tiled_n * QUICK_BLOCK;
    double *weights = c->side + SIMULATE_TILE * room;
    double *quality = c->quality;

    for (size_t k = 0; k < sim->criteria_n; k++) {
        for (size_t i = 0; i < SIMULATE_TILE; i++)
            weights[k * SIMULATE_TILE + i] =
                i < n ? centres[i].weights[k] : 0.0;
    }
    for (size_t b = 0; b < sim->bids_n; b++) {
        double sure[SIMULATE_TILE];
        for (size_t i = 0; i < SIMULATE_TILE; i++)
            sure[i] = i < n ? centres[i].sure[b] : 0.0;
        for (size_t s = 0; s < QUICK_BLOCK; s += 8)
            simulate_earn_beside(sim, c, b, s, sure);
    }
    for (size_t i = 0; i < n; i++) {
        c->quality = c->side + i * room;
        draw_bids(sim, c, block);
        fill_weights(sim, &centres[i], c);
        compute_wins(sim, block, &centres[i], c);
    }
    c->quality = quality;
}

QUICK void compute_block_at(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centres, size_t n, struct simulate_counts *c)
{
    c->is_kept = false;
    for (size_t i = 0; i < n && !(c->is_kept && c->side); i++) {
        fill_weights(sim, &centres[i], c);
        mark_all(sim, c, block);
        c->is_kept = c->kept != NULL;
        if (c->side == NULL)
            compute_wins(sim, block, &centres[i], c);
    }
    for (size_t i = 0; i < n && c->side != NULL; i += SIMULATE_TILE)
        compute_beside(sim, block, centres + i,
            n - i < SIMULATE_TILE ? n - i : SIMULATE_TILE, c);
}

static void compute_at_plainly(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centres, size_t n, struct simulate_counts *c)
{
    compute_block_at(sim, block, centres, n, c);
}

QUICK_WIDE static void compute_at_widely(const struct simulate *sim,
    uint64_t block, struct simulate_centre *centres, size_t n,
    struct simulate_counts *c)
{
    compute_block_at(sim, block, centres, n, c);
}

void simulate_block_at(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centres, size_t n, struct simulate_counts *counts)
{
    if (sim->wide)
        compute_at_widely(sim, block, centres, n, counts);
    else
        compute_at_plainly(sim, block, centres, n, counts);
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
