/* SPDX-License-Identifier: Apache-2.0
 *
 * corridor.c - who comes near the best index, and what decides among them.
 */
#include "value/award/corridor.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

struct corridor *corridor_new(size_t bids_n)
{
    struct corridor *c = mem_new(sizeof *c);

    mpq_init(c->edge);
    c->within = mem_new((bids_n + 1) * sizeof *c->within);
    c->decide = fractions_new(bids_n);
    return c;
}

void corridor_free(struct corridor **corridor, size_t bids_n)
{
    struct corridor *c = *corridor;

    if (c == NULL)
        return;
    mpq_clear(c->edge);
    free(c->within);
    fractions_free(&c->decide, bids_n);
    free(c);
    *corridor = NULL;
}

/* value = 1 - corridor */
static void set_depth(const struct score *score, mpq_t value)
{
    fraction_set(value, DECIMAL_ONE - score->by_total->corridor);
}

static void set_deciding(const struct score *score, size_t bid, mpq_t value)
{
    const struct model *m = score->model;
    size_t at = score->by_total->deciding_at;

    switch (score->by_total->deciding) {
    case DECIDING_PRICE:
        mpq_neg(value, score->price[bid]);
        return;
    case DECIDING_CRITERION:
        if (at >= m->groups_n) {
            score_points(score, bid, at - m->groups_n, value);
        } else {
            mpq_t *sums = fractions_new(m->groups_n);
            score_groups(score, bid, sums);
            mpq_set(value, sums[at]);
            fractions_free(&sums, m->groups_n);
        }
        return;
    case DECIDING_NONE:
    case DECIDING_QUALITY:
        mpq_set(value, score->quality[bid]);
        return;
    }
}

void corridor_find(struct score *score)
{
    struct corridor *c = score->corridor;
    size_t n = score->model->bids_n;
    mpq_t depth;

    mpq_init(depth);
    set_depth(score, depth);
    mpq_set_ui(c->edge, 0, 1);
    for (size_t i = 0; i < n; i++) {
        if (score->admitted[i] && mpq_cmp(score->total[i], c->edge) > 0)
            mpq_set(c->edge, score->total[i]);
    }
    mpq_mul(c->edge, c->edge, depth);
    for (size_t i = 0; i < n; i++) {
        c->within[i] =
            score->admitted[i] && mpq_cmp(score->total[i], c->edge) >= 0;
        if (score->admitted[i])
            set_deciding(score, i, c->decide[i]);
    }
    mpq_clear(depth);
}

int corridor_compare(const struct score *score, size_t one, size_t other)
{
    const struct corridor *c = score->corridor;

    if (c->within[one] != c->within[other])
        return c->within[one] ? 1 : -1;
    return c->within[one] ? mpq_cmp(c->decide[one], c->decide[other]) : 0;
}

/* The edge that all bids but one draw. */
static void set_edge_of_others(
    const struct score *score, size_t bid, const mpq_t depth, mpq_t edge)
{
    mpq_set_ui(edge, 0, 1);
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i != bid && score->admitted[i] &&
            mpq_cmp(score->total[i], edge) > 0)
            mpq_set(edge, score->total[i]);
    }
    mpq_mul(edge, edge, depth);
}

void corridor_lead(const struct score *score, size_t bid, mpq_t lead)
{
    const struct corridor *c = score->corridor;
    mpq_t depth, edge, least, own;

    mpq_inits(depth, edge, least, own, NULL);
    set_depth(score, depth);
    set_edge_of_others(score, bid, depth, edge);
    mpq_set(least, edge);
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == bid || !score->admitted[i] ||
            mpq_cmp(score->total[i], edge) < 0)
            continue;
        int order = mpq_cmp(c->decide[i], c->decide[bid]);
        if (order < 0)
            continue;
        mpq_set(own, score->total[i]);
        if (order > 0)
            mpq_div(own, own, depth);
        if (mpq_cmp(own, least) > 0)
            mpq_set(least, own);
    }
    mpq_sub(lead, score->total[bid], least);
    mpq_clears(depth, edge, least, own, NULL);
}

void corridor_stages(const struct score *score, int64_t *near, int64_t *alone)
{
    const struct corridor *c = score->corridor;
    size_t ours = score->model->ours;
    mpq_t depth, edge, worth, price;

    mpq_inits(depth, edge, worth, price, NULL);
    set_depth(score, depth);
    set_edge_of_others(score, ours, depth, edge);
    *near = *alone = MODEL_ABSENT;
    /* What our index would be at a price of 1. */
    mpq_mul(worth, score->total[ours], score->price[ours]);
    if (mpq_sgn(edge) > 0) {
        mpq_div(price, worth, edge);
        *near = fraction_micro(price, FRACTION_FLOOR);
    }
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == ours || !score->admitted[i] || mpq_sgn(edge) == 0 ||
            mpq_cmp(score->total[i], edge) < 0 ||
            mpq_cmp(c->decide[i], c->decide[ours]) <= 0)
            continue;
        mpq_mul(price, worth, depth);
        mpq_div(price, price, score->total[i]);
        int64_t micro = fraction_micro(price, FRACTION_FLOOR);
        if (*alone == MODEL_ABSENT || micro < *alone)
            *alone = micro;
    }
    mpq_clears(depth, edge, worth, price, NULL);
}
