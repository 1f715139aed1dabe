/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate.c - reads a model for drawing, and runs a simulation.
 */
#include "value/chance/simulate_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/price.h"
#include "value/front/offer.h"
#include "value/missing.h"

static double unit_of(int64_t decimal)
{
    return (double)decimal / DECIMAL_ONE;
}

static struct simulate_cell read_cell(const struct estimate *estimate)
{
    struct simulate_cell cell = {.sure = estimate->low == estimate->high,
        .low = unit_of(estimate->low),
        .likely = unit_of(estimate->likely),
        .high = unit_of(estimate->high)};
    double span = cell.high - cell.low;

    if (cell.sure)
        return cell;
    cell.turn = (cell.likely - cell.low) / span;
    cell.rise = span * (cell.likely - cell.low);
    cell.fall = span * (cell.high - cell.likely);
    return cell;
}

/* Whether all draws of a mark lie on the scale by more than roundings may
 * move them: 2^-22 for the root, the sum and what it is made of. */
static bool mark_stays(const struct simulate_mark *mark)
{
    double up = mark->low + sqrt((double)mark->turn * mark->rise);
    double down = mark->high - sqrt((1.0 - mark->turn) * mark->fall);

    return mark->low >= 0.0F && mark->high <= 1.0F && up < 1.0 - 1e-6 &&
           down > 1e-6;
}

/* A mark as a share of the scale, with what elements add to it. */
static struct simulate_mark read_mark(
    const struct estimate *recorded, double now, double top)
{
    double low = unit_of(recorded->low);
    double likely = unit_of(recorded->likely);
    double high = unit_of(recorded->high);
    double shift = now - likely;
    struct simulate_mark mark = {
        .sure = recorded->low == recorded->high, .share = now / top};

    if (mark.sure)
        return mark;
    mark.low = (float)((low + shift) / top);
    mark.high = (float)((high + shift) / top);
    mark.turn = (float)((likely - low) / (high - low));
    mark.rise = (float)((high - low) / top * ((likely - low) / top));
    mark.fall = (float)((high - low) / top * ((high - likely) / top));
    mark.stays = mark_stays(&mark);
    return mark;
}

/* Moves a cell by what elements of ours add to what is recorded. */
static void shift_cell(
    struct simulate_cell *cell, const struct estimate *recorded, double now)
{
    double shift = now - unit_of(recorded->likely);

    if (cell->sure)
        cell->likely = cell->low = cell->high = now;
    else
        cell->shift = shift;
}

static void read_bids(struct simulate *sim, const struct offer *offer)
{
    const struct model *m = sim->model;

    for (size_t b = 0; b < m->bids_n; b++) {
        sim->drawn_from[b] = sim->drawn_n;
        if (m->bids[b].price.low != MODEL_ABSENT)
            sim->prices[b] = read_cell(&m->bids[b].price);
        else
            sim->prices[b].sure = true;
        for (size_t k = 0; k < m->criteria_n; k++) {
            size_t at = b * m->criteria_n + k;
            if (m->criteria[k].is_price)
                continue;
            int64_t now = b == m->ours ? mpz_get_si(offer->marks[k])
                                       : m->marks[at].likely;
            sim->marks[at] = read_mark(
                &m->marks[at], unit_of(now), unit_of(m->criteria[k].scale_max));
            sim->marks[at].name =
                simulate_name(SIMULATE_MARK, sim->keys[b], k + 1);
            sim->marks[at].at = sim->drawn_n;
            sim->drawn_on[sim->drawn_n] = k;
            sim->drawn_n += !sim->marks[at].sure;
        }
    }
    sim->drawn_from[m->bids_n] = sim->drawn_n;
    if (offer->has_price)
        shift_cell(&sim->prices[m->ours], &m->bids[m->ours].price,
            mpq_get_d(offer->price));
}

static void read_rules(struct simulate *sim)
{
    const struct model *m = sim->model;

    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        if (!c->is_price)
            continue;
        quick_rule_read(&sim->rules[k], c);
        sim->has_prices = true;
        sim->has_expression =
            sim->has_expression || sim->rules[k].program != NULL;
        sim->needs_median = sim->needs_median || sim->rules[k].needs_median;
        if (price_gives(c) == PRICE_GIVES_SHARE)
            continue;
        sim->by_total = c;
        sim->sign = price_gives(c) == PRICE_GIVES_LOW ? -1.0 : 1.0;
    }
}

/* Whether draws differ by weights and marks alone, and refuse none. */
static bool all_are_compared(const struct simulate *sim)
{
    const struct model *m = sim->model;
    bool compared =
        m->min_quality <= 0 && m->max_pass == 0 && !simulate_has_corridor(sim);

    for (size_t b = 0; b < m->bids_n; b++) {
        const struct simulate_cell *price = &sim->prices[b];
        compared = compared && price->sure &&
                   (!sim->has_prices || price->likely > 0.0);
        if (sim->ask->presence != NULL)
            compared = compared && sim->ask->presence[b] >= DECIMAL_ONE;
    }
    return compared;
}

static bool all_are_sure(const struct simulate *sim)
{
    const struct model *m = sim->model;
    bool sure = true;

    for (size_t b = 0; b < m->bids_n; b++)
        sure = sure && sim->prices[b].likely > 0.0;
    for (size_t k = 0; k < m->criteria_n; k++)
        sure = sure && (m->criteria[k].is_price ||
                           m->criteria[k].min_score == MODEL_ABSENT);
    return sure && sim->gated_n == 0 && all_are_compared(sim);
}

/* Where every draw compares the same prices their shares are the same. */
static void share_prices(struct simulate *sim)
{
    const struct model *m = sim->model;
    struct quick_field field = {.all_quality = 0.0};
    double price[SIMULATE_BIDS], none[SIMULATE_BIDS], one[SIMULATE_BIDS];

    sim->totals_by_draw = sim->by_total != NULL || sim->has_expression ||
                          !all_are_sure(sim) || m->round_total > 0 ||
                          model_rounds_points(m);
    if (!sim->has_prices && m->round_total == 0)
        sim->totals_by_draw = false;
    if (sim->totals_by_draw)
        return;
    for (size_t b = 0; b < m->bids_n; b++) {
        price[b] = sim->prices[b].likely;
        none[b] = 0.0;
        one[b] = 1.0;
    }
    quick_field_set(&field, price, none, one, m->bids_n, 1, sim->needs_median);
    for (size_t b = 0; b < m->bids_n; b++) {
        for (size_t k = 0; k < m->criteria_n; k++) {
            if (m->criteria[k].is_price)
                sim->price_share[b * m->criteria_n + k] =
                    quick_share(&sim->rules[k], &field, price[b]);
        }
    }
}

/* Whether nothing stands between marks and points. */
static bool marks_are_plain(const struct simulate *sim)
{
    if (model_rounds_points(sim->model) || sim->gated_n > 0)
        return false;
    for (size_t k = 0; k < sim->criteria_n; k++) {
        const struct model_criterion *by = &sim->model->criteria[k];
        if (!by->is_price &&
            (by->levels_n > 0 || by->min_score != MODEL_ABSENT))
            return false;
    }
    return true;
}

/* What is sure is the same in every draw. */
static void share_marks(struct simulate *sim)
{
    sim->is_plain = marks_are_plain(sim);
    sim->is_bare =
        sim->is_plain && !sim->totals_by_draw && all_are_compared(sim);
    sim->plain = mem_new(sim->criteria_n * sizeof *sim->plain);
    sim->plain_share =
        mem_new((sim->criteria_n * sim->tiled_n + 1) * sizeof(double));
    for (size_t k = 0; k < sim->criteria_n; k++) {
        double *share = sim->plain_share + sim->plain_n * sim->tiled_n;
        bool any = false;
        if (sim->model->criteria[k].is_price)
            continue;
        for (size_t b = 0; b < sim->bids_n; b++) {
            const struct simulate_mark *m =
                &sim->marks[b * sim->criteria_n + k];
            share[b] = m->sure ? m->share : 0.0;
            any = any || m->sure;
        }
        sim->plain[sim->plain_n] = k;
        sim->plain_n += any;
    }
}

static struct weight_node node_of(const struct estimate *weight, int place)
{
    return (struct weight_node){.parent = MODEL_NOWHERE,
        .low = unit_of(weight->low),
        .likely = unit_of(weight->likely),
        .high = unit_of(weight->high),
        .place = place};
}

/* Siblings are drawn by their places where all of them have one. */
static void order_nodes(struct weight_node *nodes, size_t n, size_t groups_n)
{
    bool *lacks = mem_new((groups_n + 1) * sizeof *lacks);

    for (size_t i = 0; i < n; i++) {
        size_t parent = nodes[i].parent;
        size_t set = parent == MODEL_NOWHERE ? groups_n : parent;
        lacks[set] = lacks[set] || nodes[i].place == 0;
    }
    for (size_t i = 0; i < n; i++) {
        size_t parent = nodes[i].parent;
        if (lacks[parent == MODEL_NOWHERE ? groups_n : parent])
            nodes[i].place = 0;
    }
    free(lacks);
}

/* Where every weight is exact the tree above the criteria changes none. */
static size_t count_groups(const struct model *m)
{
    bool exact = true;

    for (size_t k = 0; k < m->criteria_n; k++)
        exact = exact && m->criteria[k].place == 0 &&
                m->criteria[k].weight.low == m->criteria[k].weight.high;
    for (size_t g = 0; g < m->groups_n; g++)
        exact = exact && m->groups[g].place == 0 &&
                m->groups[g].weight.low == m->groups[g].weight.high;
    return exact ? 0 : m->groups_n;
}

/* The weights as each criterion tells them: siblings by place, or
 * estimates; the groups first. */
static enum err plan_criteria(struct simulate *sim)
{
    const struct model *m = sim->model;
    size_t groups_n = count_groups(m);
    size_t n = groups_n + m->criteria_n;
    struct weight_node *nodes = mem_new(n * sizeof *nodes);

    for (size_t g = 0; g < groups_n; g++) {
        nodes[g] = node_of(&m->groups[g].weight, m->groups[g].place);
        nodes[g].parent = m->groups[g].parent;
        nodes[g].key = m->criteria_n + g + 1;
    }
    for (size_t k = 0; k < m->criteria_n; k++) {
        struct weight_node *node = &nodes[groups_n + k];

        sim->own_node_of[k] = groups_n + k;
        *node = node_of(&m->criteria[k].weight, m->criteria[k].place);
        node->key = k + 1;
        if (groups_n > 0)
            node->parent = m->group_of[k];
    }
    order_nodes(nodes, n, groups_n);
    sim->node_of = sim->own_node_of;
    sim->nodes_n = n;
    enum err err = weight_plan_new(nodes, n, 0.0, &sim->plan);
    free(nodes);
    return err;
}

static enum err plan_weights(struct simulate *sim)
{
    const struct simulate_ask *ask = sim->ask;

    if (ask->nodes == NULL)
        return plan_criteria(sim);
    sim->node_of = ask->node_of;
    sim->nodes_n = ask->nodes_n;
    return weight_plan_new(ask->nodes, ask->nodes_n, 0.0, &sim->plan);
}

static struct simulate *allocate(
    const struct model *model, const struct simulate_ask *ask)
{
    struct simulate *sim = mem_new(sizeof *sim);
    size_t cells = model->bids_n * model->criteria_n;

    *sim = (struct simulate){.model = model,
        .ask = ask,
        .bids_n = model->bids_n,
        .criteria_n = model->criteria_n,
        .sign = 1.0};
    sim->own_node_of = mem_new(model->criteria_n * sizeof *sim->own_node_of);
    sim->marks = mem_new(cells * sizeof *sim->marks);
    sim->drawn_on = mem_new((cells + 1) * sizeof *sim->drawn_on);
    sim->drawn_from = mem_new((model->bids_n + 1) * sizeof *sim->drawn_from);
    sim->prices = mem_new(model->bids_n * sizeof *sim->prices);
    sim->rules = mem_new(model->criteria_n * sizeof *sim->rules);
    sim->keys = mem_new(model->bids_n * sizeof *sim->keys);
    sim->price_share = mem_new(cells * sizeof *sim->price_share);
    for (size_t b = 0; b < model->bids_n; b++)
        sim->keys[b] = ask->keys ? ask->keys[b] : b + 1;
    sim->shock = sqrt(unit_of(ask->correlation));
    sim->blocks = (ask->draws + QUICK_BLOCK - 1) / QUICK_BLOCK;
    sim->wide = quick_is_wide(ask->plain);
    sim->tiled_n =
        (model->bids_n + SIMULATE_TILE - 1) / SIMULATE_TILE * SIMULATE_TILE;
    if (ask->thresholds)
        sim->thresholds =
            mem_new(sim->blocks * QUICK_BLOCK * sizeof *sim->thresholds);
    return sim;
}

enum err simulate_new(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, struct simulate **made)
{
    struct offer offer;

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    if (model->bids_n > SIMULATE_BIDS || ask->draws > SIMULATE_DRAWS)
        return ERR_LIMIT;
    if (ask->draws == 0 || ask->correlation < 0 ||
        ask->correlation > DECIMAL_ONE || ask->no_award < 0 ||
        ask->no_award > DECIMAL_ONE)
        return ERR_ARG;
    enum err err = offer_init_with(&offer, model, set);
    if (err != ERR_OK)
        return err;
    struct simulate *sim = allocate(model, ask);
    read_bids(sim, &offer);
    offer_fini(&offer);
    read_rules(sim);
    err = plan_weights(sim);
    if (err != ERR_OK) {
        simulate_free(&sim);
        return err;
    }
    simulate_gates_new(sim);
    simulate_tree_new(sim);
    share_prices(sim);
    share_marks(sim);
    if (sim->has_expression)
        simulate_spans_new(sim);
    *made = sim;
    return ERR_OK;
}

void simulate_free(struct simulate **simulate)
{
    struct simulate *sim = *simulate;

    if (sim == NULL)
        return;
    weight_plan_free(&sim->plan);
    free(sim->own_node_of);
    free(sim->marks);
    free(sim->drawn_on);
    free(sim->drawn_from);
    free(sim->prices);
    for (size_t k = 0; k < sim->criteria_n; k++)
        quick_rule_fini(&sim->rules[k]);
    free(sim->rules);
    free(sim->keys);
    free(sim->price_share);
    free(sim->plain_share);
    free(sim->plain);
    free(sim->gated);
    free(sim->waits);
    free(sim->thresholds);
    free(sim->grid);
    free(sim->spans);
    free(sim);
    *simulate = NULL;
}

uint64_t simulate_blocks(const struct simulate *simulate)
{
    return simulate->blocks;
}

enum err simulate_run(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, struct simulate_result **made)
{
    struct simulate *sim = NULL;
    enum err err = simulate_new(model, set, ask, &sim);
    bool stopped = false;
    uint64_t done = 0;

    if (err != ERR_OK)
        return err;
    struct simulate_counts *counts = simulate_counts_new(sim);
    while (done < sim->blocks && !stopped) {
        simulate_block(sim, done++, counts);
        if (done % SIMULATE_ROUND == 0 && simulate_is_close(sim, counts))
            break;
        if (done % SIMULATE_ASK == 0 && ask->go_on != NULL)
            stopped = !ask->go_on(
                ask->context, done * QUICK_BLOCK, sim->blocks * QUICK_BLOCK);
    }
    *made = simulate_tell(sim, counts, done);
    (*made)->stopped = stopped;
    simulate_counts_free(&counts);
    simulate_free(&sim);
    return ERR_OK;
}
