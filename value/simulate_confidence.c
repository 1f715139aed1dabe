/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_confidence.c - the chances at each bid's central weights.
 */
#include "value/simulate_confidence.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* What the caller's go_on is told, of one of several simulations. */
struct stage {
    const struct simulate_ask *ask;
    uint64_t at, stages;
};

static bool go_on(void *context, uint64_t done, uint64_t draws)
{
    const struct stage *stage = context;

    /* As if it were one simulation. */
    return stage->ask->go_on(
        stage->ask->context, (stage->at * draws + done) / stage->stages, draws);
}

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
static void fill_nodes(const struct model *model, const int64_t *central,
    struct weight_node *nodes, size_t *node_of)
{
    double whole = 0.0;

    for (size_t k = 0; k < model->criteria_n; k++)
        whole += (double)model->criteria[k].weight.likely / DECIMAL_ONE;
    for (size_t k = 0; k < model->criteria_n; k++) {
        double points = whole * ((double)central[k] / 1e6);

        node_of[k] = k;
        nodes[k] = (struct weight_node){.parent = MODEL_NOWHERE,
            .low = points,
            .likely = points,
            .high = points,
            .key = k + 1};
    }
}

static enum err run_at(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, const int64_t *central,
    struct simulate_result **made)
{
    size_t n = model->criteria_n;
    struct weight_node *nodes = mem_new(n * sizeof *nodes);
    size_t *node_of = mem_new(n * sizeof *node_of);
    struct simulate_ask at = *ask;

    fill_nodes(model, central, nodes, node_of);
    at.nodes = nodes;
    at.node_of = node_of;
    at.nodes_n = n;
    at.half_width = 0;
    at.thresholds = false;
    enum err err = simulate_run(model, set, &at, made);
    free(nodes);
    free(node_of);
    return err;
}

static uint64_t count_winners(const struct simulate_result *result)
{
    uint64_t n = 0;

    for (size_t b = 0; b < result->bids_n; b++)
        n += result->bids[b].wins > 0;
    return n;
}

enum err simulate_confidence(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, const struct simulate_result *result,
    int64_t *confidence, bool *stopped)
{
    struct stage stage = {ask, 0, count_winners(result)};
    struct simulate_ask inner = *ask;
    bool applies = simulate_confidence_applies(model, ask, result);

    *stopped = false;
    if (ask->go_on) {
        inner.go_on = go_on;
        inner.context = &stage;
    }
    for (size_t b = 0; b < result->bids_n; b++)
        confidence[b] = MODEL_ABSENT;
    for (size_t b = 0; b < result->bids_n && applies && !*stopped; b++) {
        const int64_t *central = result->central + b * result->criteria_n;
        struct simulate_result *at = NULL;

        if (result->bids[b].wins == 0)
            continue;
        enum err err = run_at(model, set, &inner, central, &at);
        if (err != ERR_OK)
            return err;
        confidence[b] = at->bids[b].wins;
        *stopped = at->stopped;
        simulate_result_free(&at);
        stage.at++;
    }
    return ERR_OK;
}
