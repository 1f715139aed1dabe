/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_gates.c - gates on criteria that are made of others, draw by draw.
 */
#include "value/chance/simulate_inside.h"

#include <string.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"

void simulate_gates_new(struct simulate *sim)
{
    const struct model *m = sim->model;

    sim->gated = mem_new(m->groups_n * sizeof *sim->gated);
    for (size_t g = 0; g < m->groups_n; g++) {
        if (m->groups[g].min_score != MODEL_ABSENT)
            sim->gated[sim->gated_n++] = g;
    }
}

static double *gated_of(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid)
{
    return counts->gated + bid * 2 * sim->gated_n * QUICK_BLOCK;
}

void simulate_gates_add(const struct simulate *sim,
    struct simulate_counts *counts, size_t bid, size_t criterion,
    const double *points, const double *weights)
{
    double *sums = gated_of(sim, counts, bid);

    for (size_t i = 0; i < sim->gated_n; i++) {
        double *sum = sums + 2 * i * QUICK_BLOCK;

        if (!tree_holds(sim->model, sim->gated[i], criterion))
            continue;
        for (size_t s = 0; s < QUICK_BLOCK; s++) {
            sum[s] += points[s];
            sum[QUICK_BLOCK + s] += weights[s];
        }
    }
}

void simulate_gates_pass(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid)
{
    double *sums = gated_of(sim, counts, bid);
    double *alive = counts->alive + bid * QUICK_BLOCK;

    for (size_t i = 0; i < sim->gated_n; i++) {
        const struct model_group *g = &sim->model->groups[sim->gated[i]];
        const double *all = sums + (2 * i + 1) * QUICK_BLOCK;
        const double *sum = counts->branch == NULL
                                ? all - QUICK_BLOCK
                                : counts->branch + (bid * sim->model->groups_n +
                                                       sim->gated[i]) *
                                                       QUICK_BLOCK;
        const double least = (double)g->min_score / DECIMAL_ONE - 1e-9;
        const bool scaled = g->scale_max != MODEL_ABSENT;
        const double top = (double)g->scale_max / DECIMAL_ONE;

        for (size_t s = 0; s < QUICK_BLOCK; s++) {
            double most = all[s];
            double mark = scaled ? sum[s] * top : sum[s];

            if (most > 0.0 && mark < (scaled ? least * most : least))
                alive[s] = 0.0;
        }
    }
    memset(sums, 0, 2 * sim->gated_n * QUICK_BLOCK * sizeof *sums);
}
