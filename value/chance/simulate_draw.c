/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_draw.c - one draw: its totals, its order, its price to win.
 */
#include "value/chance/simulate_inside.h"

#include <string.h>

#include "protocol/base_mem.h"

/* What an expression gives are points, of which no more than the weight can
 * be had where that is published. */
static double points_by_expression(const struct quick_rule *rule,
    const struct quick_field *field, double weight, double price,
    double quality)
{
    double points = quick_expression(rule, field, weight, price, quality);

    if (weight <= 0.0)
        return 0.0;
    if (!rule->clamp)
        return points;
    return points < 0.0 ? 0.0 : points > weight ? weight : points;
}

static double points_of(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, size_t k,
    const struct quick_field *field, double price, double quality)
{
    const struct quick_rule *rule = &sim->rules[k];
    double weight = weights_on(c, k)[s];
    double points = rule->program ? points_by_expression(
                                        rule, field, weight, price, quality)
                                  : weight * quick_share(rule, field, price);

    if (sim->model->criteria[k].round > 0)
        points = simulate_round_one(points, sim->model->criteria[k].round - 1);
    return points;
}

/* The points of a bid at a price; what stands in groups that wait for them
 * comes with theirs. */
static double sum_points(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, size_t bid,
    const struct quick_field *field, double price)
{
    const struct model *m = sim->model;
    const double *known = sim->waits ? c->outside : c->quality;
    double quality = c->quality[bid * QUICK_BLOCK + s];
    double total = known[bid * QUICK_BLOCK + s];

    if (sim->waits != NULL)
        simulate_tree_wait(sim, c, s, bid);
    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            continue;
        double points = points_of(sim, c, s, k, field, price, quality);
        if (sim->waits != NULL && m->group_of[k] != MODEL_NOWHERE)
            c->waiting[m->group_of[k]] += points;
        else
            total += points;
    }
    return sim->waits ? total + simulate_tree_rest(sim, c) : total;
}

static double total_of(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, size_t bid,
    const struct quick_field *field, double price)
{
    const struct model *m = sim->model;
    double total = c->quality[bid * QUICK_BLOCK + s];

    if (sim->by_total != NULL) {
        size_t k = (size_t)(sim->by_total - m->criteria);
        total = sim->sign * quick_total(&sim->rules[k], field,
                                weights_on(c, k)[s], price, total,
                                (double)m->bids[bid].life_cycle / 1e4);
    } else {
        total = sum_points(sim, c, s, bid, field, price);
    }
    if (m->round_total > 0)
        total = sim->sign *
                simulate_round_one(sim->sign * total, m->round_total - 1);
    return total;
}

static double quality_of_all(
    const struct simulate *sim, const struct simulate_counts *c, size_t s)
{
    double all = 0.0;

    for (size_t k = 0; k < sim->criteria_n; k++) {
        if (!sim->model->criteria[k].is_price)
            all += weights_on(c, k)[s];
    }
    return all;
}

void simulate_indexes(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double *totals)
{
    size_t n = sim->bids_n;
    struct quick_field field = {.all_quality = 0.0};

    if (sim->by_total != NULL || sim->has_expression)
        field.all_quality = quality_of_all(sim, counts, s);
    quick_field_set(&field, counts->price + s, counts->quality + s,
        counts->alive + s, n, QUICK_BLOCK, sim->needs_median);
    for (size_t b = 0; b < n; b++)
        totals[b] = counts->alive[b * QUICK_BLOCK + s] == 0.0
                        ? -INFINITY
                        : total_of(sim, counts, s, b, &field,
                              counts->price[b * QUICK_BLOCK + s]);
}

void simulate_totals(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double own, double *totals)
{
    double *price = &counts->price[sim->model->ours * QUICK_BLOCK + s];
    double drawn = *price;

    if (own >= 0.0)
        *price = own;
    simulate_indexes(sim, counts, s, totals);
    if (simulate_has_corridor(sim))
        simulate_corridor_place(sim, counts, s, totals);
    *price = drawn;
}

static int compare(double one, double two)
{
    return (one > two) - (one < two);
}

int simulate_order(const struct simulate *sim,
    const struct simulate_counts *counts, const double *totals, size_t s,
    size_t one, size_t two)
{
    int order = compare(totals[one], totals[two]);
    const struct model_bid *bids = sim->model->bids;
    size_t a = one * QUICK_BLOCK + s;
    size_t b = two * QUICK_BLOCK + s;

    if (order != 0)
        return order;
    switch (sim->model->tie) {
    case TIE_STANDS:
        return 0;
    case TIE_QUALITY:
        return compare(counts->quality[a], counts->quality[b]);
    case TIE_PRICE:
        return compare(counts->price[b], counts->price[a]);
    case TIE_DATE:
        if (bids[one].date == 0 || bids[two].date == 0)
            return 0;
        return (bids[two].date > bids[one].date) -
               (bids[two].date < bids[one].date);
    }
    return 0;
}

int64_t simulate_units(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, size_t bid)
{
    double totals[SIMULATE_BIDS];
    int64_t level = 1;

    for (size_t b = 0; b < sim->bids_n; b++)
        totals[b] = counts->total[b * QUICK_BLOCK + s];
    for (size_t b = 0; b < sim->bids_n; b++) {
        if (b == bid || counts->alive[b * QUICK_BLOCK + s] == 0.0)
            continue;
        int order = simulate_order(sim, counts, totals, s, b, bid);
        if (order > 0)
            return 0;
        level += order == 0;
    }
    return SIMULATE_UNIT / level;
}

static bool wins_at(const struct simulate *sim, const struct simulate_counts *c,
    size_t s, double price)
{
    double totals[SIMULATE_BIDS];
    size_t ours = sim->model->ours;

    simulate_totals(sim, c, s, price, totals);
    for (size_t b = 0; b < sim->bids_n; b++) {
        if (b != ours && c->alive[b * QUICK_BLOCK + s] != 0.0 &&
            simulate_order(sim, c, totals, s, b, ours) > 0)
            return false;
    }
    return true;
}

/* Between a price that wins and one that does not, the last that wins: bits of
 * doubles above 0 stand in the order of the numbers. */
static double find_end(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, double in, double out)
{
    uint64_t wins = quick_to_bits(in);
    uint64_t loses = quick_to_bits(out);

    while (wins + 1 < loses || loses + 1 < wins) {
        uint64_t middle = wins < loses ? wins + (loses - wins) / 2
                                       : loses + (wins - loses) / 2;
        if (wins_at(sim, c, s, quick_from_bits(middle)))
            wins = middle;
        else
            loses = middle;
    }
    return quick_from_bits(wins);
}

void simulate_spans_new(struct simulate *sim)
{
    const struct model *m = sim->model;
    int64_t low = INT64_MAX;
    int64_t high = 1;

    for (size_t b = 0; b < m->bids_n; b++) {
        struct estimate price = m->bids[b].price;
        low = price.low > 0 && price.low < low ? price.low : low;
        high = price.high > high ? price.high : high;
    }
    double from = (double)(low < high ? low : high) / DECIMAL_ONE / 2.0;
    double to = (double)high / DECIMAL_ONE * 2.0;
    sim->grid = mem_new(SIMULATE_GRID * sizeof *sim->grid);
    for (int i = 1; i < SIMULATE_GRID - 1; i++)
        sim->grid[i] = from + (to - from) * (i - 1) / (SIMULATE_GRID - 3);
    sim->grid[0] = from < 1e-5 ? from / 2.0 : 1e-6;
    sim->grid[SIMULATE_GRID - 1] = to < 1e12 ? 1e12 : to * 2.0;
    if (sim->thresholds != NULL)
        sim->spans = mem_new(
            sim->blocks * QUICK_BLOCK * SIMULATE_SPANS * sizeof *sim->spans);
}

double simulate_spans(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, struct simulate_span *spans)
{
    const double *grid = sim->grid;
    bool won = false;
    size_t n = 0;

    memset(spans, 0, SIMULATE_SPANS * sizeof *spans);
    if (counts->alive[sim->model->ours * QUICK_BLOCK + s] == 0.0)
        return 0.0;
    for (size_t i = 0; i < SIMULATE_GRID; i++) {
        bool wins = wins_at(sim, counts, s, grid[i]);
        if (wins && !won && n == SIMULATE_SPANS)
            memmove(spans, spans + 1, --n * sizeof *spans);
        if (wins && !won)
            spans[n++].low =
                i == 0 ? 0.0 : find_end(sim, counts, s, grid[i], grid[i - 1]);
        if (won && !wins)
            spans[n - 1].high = find_end(sim, counts, s, grid[i - 1], grid[i]);
        won = wins;
    }
    if (won)
        spans[n - 1].high = INFINITY;
    return n > 0 ? spans[n - 1].high : 0.0;
}

double simulate_threshold(
    const struct simulate *sim, const struct simulate_counts *counts, size_t s)
{
    size_t ours = sim->model->ours;
    uint64_t wins = quick_to_bits(1e-6);
    uint64_t loses = quick_to_bits(1e12);

    if (counts->alive[ours * QUICK_BLOCK + s] == 0.0 ||
        !wins_at(sim, counts, s, 1e-6))
        return 0.0;
    if (wins_at(sim, counts, s, 1e12))
        return INFINITY;
    /* Bits of doubles above 0 stand in the order of the numbers. */
    while (loses - wins > 1) {
        uint64_t middle = wins + (loses - wins) / 2;
        if (wins_at(sim, counts, s, quick_from_bits(middle)))
            wins = middle;
        else
            loses = middle;
    }
    return quick_from_bits(wins);
}
