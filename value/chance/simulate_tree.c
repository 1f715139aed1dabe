/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_tree.c - criteria that are made of others and round what these earn
 * together, draw by draw.  Where none does, points are added without a tree.
 */
#include "value/chance/simulate_inside.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"

void simulate_tree_new(struct simulate *sim)
{
    const struct model *m = sim->model;
    bool any = false;

    sim->rounds_groups = model_rounds_groups(m);
    if (!sim->rounds_groups)
        return;
    sim->waits = mem_new(m->groups_n * sizeof *sim->waits);
    tree_mark_prices(m, sim->waits);
    for (size_t g = 0; g < m->groups_n; g++)
        any = any || (sim->waits[g] && m->groups[g].round > 0);
    if (any)
        return;
    free(sim->waits);
    sim->waits = NULL;
}

static double *branch_of(const struct simulate *sim,
    const struct simulate_counts *counts, size_t bid, size_t group)
{
    return counts->branch + (bid * sim->model->groups_n + group) * QUICK_BLOCK;
}

static bool waits(const struct simulate *sim, size_t group)
{
    return sim->waits != NULL && sim->waits[group];
}

void simulate_tree_open(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid)
{
    memset(branch_of(sim, counts, bid, 0), 0,
        sim->model->groups_n * QUICK_BLOCK * sizeof *counts->branch);
}

static void add_block(double *to, const double *from)
{
    for (size_t s = 0; s < QUICK_BLOCK; s++)
        to[s] += from[s];
}

void simulate_tree_close(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid)
{
    const struct model *m = sim->model;
    double *quality = counts->quality + bid * QUICK_BLOCK;
    double *outside = counts->outside + bid * QUICK_BLOCK;

    for (size_t g = m->groups_n; g-- > 0;) {
        size_t above = m->groups[g].parent;
        double *own = branch_of(sim, counts, bid, g);
        if (waits(sim, g))
            continue;
        if (m->groups[g].round > 0)
            simulate_round(own, m->groups[g].round - 1);
        add_block(above == MODEL_NOWHERE ? quality
                                         : branch_of(sim, counts, bid, above),
            own);
    }
    memcpy(outside, quality, QUICK_BLOCK * sizeof *outside);
    for (size_t g = 0; g < m->groups_n; g++) {
        if (waits(sim, g))
            add_block(quality, branch_of(sim, counts, bid, g));
    }
}

void simulate_tree_wait(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, size_t bid)
{
    for (size_t g = 0; g < sim->model->groups_n; g++)
        counts->waiting[g] = branch_of(sim, counts, bid, g)[s];
}

double simulate_tree_rest(
    const struct simulate *sim, const struct simulate_counts *counts)
{
    const struct model_group *groups = sim->model->groups;
    double rest = 0.0;

    for (size_t g = sim->model->groups_n; g-- > 0;) {
        double own = counts->waiting[g];
        if (!waits(sim, g))
            continue;
        if (groups[g].round > 0)
            own = simulate_round_one(own, groups[g].round - 1);
        if (groups[g].parent == MODEL_NOWHERE)
            rest += own;
        else
            counts->waiting[groups[g].parent] += own;
    }
    return rest;
}
