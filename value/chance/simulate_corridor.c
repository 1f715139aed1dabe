/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_corridor.c - the two stages of quality-corridor, draw by draw.
 */
#include "value/chance/simulate_inside.h"

#include <string.h>

#include "value/award/tree.h"

/* Hits the edge from a hair's breadth below, as binary numbers do. */
#define HAIR 1e-12

bool simulate_has_corridor(const struct simulate *sim)
{
    return sim->by_total != NULL &&
           sim->by_total->rule == RULE_QUALITY_CORRIDOR;
}

/* Whether the points of a criterion are what decides, or a part of it. */
static bool decides(const struct simulate *sim, size_t criterion)
{
    const struct model *m = sim->model;
    size_t at = sim->by_total->deciding_at;

    if (m->criteria[criterion].is_price)
        return false;
    return at >= m->groups_n ? at - m->groups_n == criterion
                             : tree_holds(m, at, criterion);
}

static void add_points(const struct simulate *sim, struct simulate_counts *c,
    uint64_t block, size_t bid, size_t k)
{
    const struct model_criterion *by = &sim->model->criteria[k];
    const double *weights = weights_on(c, k);
    const double top = (double)by->scale_max / DECIMAL_ONE;
    double *deciding = c->deciding + bid * QUICK_BLOCK;
    double points[QUICK_BLOCK];

    simulate_marks(sim, block, bid, k, points);
    if (by->levels_n > 0)
        simulate_levels(by, points);
    for (size_t s = 0; s < QUICK_BLOCK; s++)
        points[s] *= weights[s] / (by->levels_n > 0 ? 1.0 : top);
    if (by->round > 0)
        simulate_round(points, by->round - 1);
    for (size_t s = 0; s < QUICK_BLOCK; s++)
        deciding[s] += points[s];
}

void simulate_corridor_judge(
    const struct simulate *sim, struct simulate_counts *counts, uint64_t block)
{
    const size_t groups_n = sim->model->groups_n;

    if (sim->by_total->deciding != DECIDING_CRITERION)
        return;
    if (sim->rounds_groups && sim->by_total->deciding_at < groups_n) {
        for (size_t b = 0; b < sim->bids_n; b++)
            memcpy(counts->deciding + b * QUICK_BLOCK,
                counts->branch +
                    (b * groups_n + sim->by_total->deciding_at) * QUICK_BLOCK,
                QUICK_BLOCK * sizeof *counts->deciding);
        return;
    }
    memset(counts->deciding, 0,
        sim->bids_n * QUICK_BLOCK * sizeof *counts->deciding);
    for (size_t k = 0; k < sim->criteria_n; k++) {
        for (size_t b = 0; b < sim->bids_n && decides(sim, k); b++)
            add_points(sim, counts, block, b, k);
    }
}

static double deciding_of(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, size_t bid)
{
    size_t at = bid * QUICK_BLOCK + s;

    switch (sim->by_total->deciding) {
    case DECIDING_PRICE:
        return -c->price[at];
    case DECIDING_CRITERION:
        return c->deciding[at];
    default:
        return c->quality[at];
    }
}

struct stage {
    bool within;
    double deciding, total;
};

static bool is_worse(const struct stage *one, const struct stage *other)
{
    if (one->within != other->within)
        return other->within;
    if (one->within && one->deciding != other->deciding)
        return one->deciding < other->deciding;
    return one->total < other->total;
}

void simulate_corridor_place(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double *totals)
{
    struct stage stages[SIMULATE_BIDS];
    size_t n = sim->bids_n;
    double depth = (double)(DECIMAL_ONE - sim->by_total->corridor) / 1e4;
    double best = 0.0;

    for (size_t b = 0; b < n; b++)
        best = totals[b] > best ? totals[b] : best;
    for (size_t b = 0; b < n; b++)
        stages[b] = (struct stage){totals[b] >= best * depth * (1.0 - HAIR),
            deciding_of(sim, counts, s, b), totals[b]};
    for (size_t b = 0; b < n; b++) {
        size_t worse = 0;

        if (counts->alive[b * QUICK_BLOCK + s] == 0.0)
            continue;
        for (size_t i = 0; i < n; i++)
            worse += i != b && counts->alive[i * QUICK_BLOCK + s] != 0.0 &&
                     is_worse(&stages[i], &stages[b]);
        totals[b] = (double)worse;
    }
}
