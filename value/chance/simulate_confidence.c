/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_confidence.c - the chances at each bid's central weights.
 */
#include "value/chance/simulate_confidence.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/chance/simulate_beside.h"

static bool is_range(const struct estimate *estimate)
{
    return estimate->low != MODEL_ABSENT && estimate->low != estimate->high;
}

bool simulate_confidence_applies(const struct model *model,
    const struct simulate_ask *ask, const struct simulate_result *result)
{
    bool drawn = false;

    for (size_t b = 0; b < model->bids_n; b++) {
        drawn = drawn || is_range(&model->bids[b].price) ||
                (ask->presence && ask->presence[b] < DECIMAL_ONE);
        for (size_t k = 0; k < model->criteria_n; k++)
            drawn = drawn ||
                    (!model->criteria[k].is_price &&
                        is_range(&model->marks[b * model->criteria_n + k]));
    }
    return drawn && !result->weights_are_exact;
}

/* Central weights are shares of all weight: points of it, as rules may look
 * at the number of points. */
static void read_centre(const struct simulate *sim, const int64_t *central,
    struct simulate_centre *centre)
{
    const struct model *model = sim->model;
    double whole = 0.0;
    double sum = 0.0;

    centre->weights = mem_new(model->criteria_n * sizeof *centre->weights);
    for (size_t k = 0; k < model->criteria_n; k++) {
        whole += (double)model->criteria[k].weight.likely / DECIMAL_ONE;
        sum += (double)central[k];
    }
    for (size_t k = 0; k < model->criteria_n; k++)
        centre->weights[k] = whole * ((double)central[k] / sum);
    centre->sure = mem_new(sim->bids_n * sizeof *centre->sure);
    for (size_t b = 0; b < sim->bids_n; b++) {
        centre->sure[b] = (double)model->bids[b].bonus / DECIMAL_ONE;
        for (size_t i = 0; i < sim->plain_n; i++)
            centre->sure[b] += centre->weights[sim->plain[i]] *
                               sim->plain_share[i * sim->tiled_n + b];
    }
}

/* One for each bid that wins at all. */
static struct simulate_centre *read_centres(const struct simulate *sim,
    const struct simulate_result *result, size_t *centres_n)
{
    struct simulate_centre *centres = mem_new(result->bids_n * sizeof *centres);
    size_t n = 0;

    for (size_t b = 0; b < result->bids_n; b++) {
        if (result->bids[b].wins == 0)
            continue;
        centres[n].bid = b;
        read_centre(
            sim, result->central + b * result->criteria_n, &centres[n++]);
    }
    *centres_n = n;
    return centres;
}

/* True when go_on said so. */
static bool run_blocks(const struct simulate *sim,
    const struct simulate_ask *ask, struct simulate_centre *centres, size_t n)
{
    struct simulate_counts *counts = simulate_counts_new(sim);
    uint64_t blocks = simulate_blocks(sim);
    struct simulate_beside *beside = simulate_beside_new(sim, centres, n);
    bool stopped = false;

    if (beside == NULL)
        simulate_keep_marks(sim, counts);
    for (uint64_t done = 0; done < blocks && !stopped;) {
        if (beside != NULL)
            simulate_beside_block(sim, done++, beside, centres, counts);
        else
            simulate_block_at(sim, done++, centres, n, counts);
        if (done % SIMULATE_ASK == 0 && ask->go_on != NULL)
            stopped = !ask->go_on(
                ask->context, done * QUICK_BLOCK, blocks * QUICK_BLOCK);
    }
    simulate_beside_free(&beside);
    simulate_counts_free(&counts);
    return stopped;
}

enum err simulate_confidence(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, const struct simulate_result *result,
    int64_t *confidence, bool *stopped)
{
    struct simulate_ask again = *ask;
    struct simulate *sim = NULL;
    size_t n = 0;

    *stopped = false;
    for (size_t b = 0; b < result->bids_n; b++)
        confidence[b] = MODEL_ABSENT;
    if (!simulate_confidence_applies(model, ask, result))
        return ERR_OK;
    again.draws = result->draws;
    again.thresholds = false;
    enum err err = simulate_new(model, set, &again, &sim);
    if (err != ERR_OK)
        return err;
    struct simulate_centre *centres = read_centres(sim, result, &n);
    *stopped = run_blocks(sim, ask, centres, n);
    for (size_t i = 0; i < n; i++) {
        confidence[centres[i].bid] = simulate_part_left(result,
            simulate_share(centres[i].units, SIMULATE_UNIT, again.draws));
        free(centres[i].weights);
        free(centres[i].sure);
    }
    free(centres);
    simulate_free(&sim);
    return ERR_OK;
}
