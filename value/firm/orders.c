/* SPDX-License-Identifier: Apache-2.0
 *
 * orders.c - one draw of weights, put into every order.
 */
#include "value/firm/orders.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/award/award.h"
#include "value/award/price.h"
#include "value/chance/simulate_weights.h"
#include "value/quick.h"

/* One draw, in parts that up to twenty bids can share evenly. */
#define UNIT INT64_C(232792560)
/* Totals that differ by less are level. */
#define LEVEL 1e-12
/* Blocks between two looks at whether to go on. */
#define ROUND 64

struct orders {
    struct orders_result *result;
    size_t bids_n, n; /* of those that are compared; criteria */
    size_t *bid;      /* [bids_n] its index in the model */
    double *shares;   /* [bids_n][n] */
    int64_t *first;   /* [n][bids_n] units */
    int64_t *wins;    /* [orders_n][bids_n] units */
    double *totals;   /* [bids_n] */
    double *more;     /* [bids_n] */
    double *weights;  /* [n][QUICK_BLOCK] */
    double *sorted;   /* [n] */
};

static void share_win(const struct orders *o, const double *totals,
    const double *more, int64_t *counts)
{
    double best = -INFINITY;
    int64_t level = 0;

    for (size_t b = 0; b < o->bids_n; b++) {
        double total = totals[b] + (more ? more[b] : 0.0);
        best = total > best ? total : best;
    }
    for (size_t b = 0; b < o->bids_n; b++)
        level += totals[b] + (more ? more[b] : 0.0) >= best - LEVEL;
    for (size_t b = 0; b < o->bids_n; b++)
        if (totals[b] + (more ? more[b] : 0.0) >= best - LEVEL)
            counts[b] += UNIT / level;
}

/* The largest weight changes places with each criterion's. */
static void count_first(struct orders *o, const double *w)
{
    size_t top = 0;

    for (size_t k = 1; k < o->n; k++)
        top = w[k] > w[top] ? k : top;
    for (size_t b = 0; b < o->bids_n; b++) {
        o->totals[b] = 0.0;
        for (size_t k = 0; k < o->n; k++)
            o->totals[b] += w[k] * o->shares[b * o->n + k];
    }
    for (size_t k = 0; k < o->n; k++) {
        for (size_t b = 0; b < o->bids_n; b++)
            o->more[b] = (w[top] - w[k]) *
                         (o->shares[b * o->n + k] - o->shares[b * o->n + top]);
        share_win(o, o->totals, o->more, o->first + k * o->bids_n);
    }
}

static int compare_falling(const void *one, const void *other)
{
    const double *a = one;
    const double *b = other;

    return (*a < *b) - (*a > *b);
}

static void count_orders(struct orders *o, const double *w)
{
    const struct orders_result *r = o->result;

    memcpy(o->sorted, w, o->n * sizeof *w);
    qsort(o->sorted, o->n, sizeof *o->sorted, compare_falling);
    for (size_t i = 0; i < r->orders_n; i++) {
        for (size_t b = 0; b < o->bids_n; b++) {
            o->totals[b] = 0.0;
            for (size_t k = 0; k < o->n; k++)
                o->totals[b] +=
                    o->sorted[k] * o->shares[b * o->n + r->order[i][k]];
        }
        share_win(o, o->totals, NULL, o->wins + i * o->bids_n);
    }
}

static size_t orders_of(size_t n)
{
    size_t orders = 1;

    if (n > ORDERS_CRITERIA)
        return 0;
    while (n > 1)
        orders *= n--;
    return orders;
}

/* All orders, by the criteria's places: the i-th takes, from those that are
 * left, the one that the digits of i in falling bases name. */
static void list_orders(struct orders_result *r)
{
    for (size_t i = 0; i < r->orders_n; i++) {
        uint8_t left[ORDERS_CRITERIA] = {0, 1, 2, 3, 4};
        size_t rest = i;
        size_t span = r->orders_n;

        for (size_t k = 0; k < r->criteria_n; k++) {
            span /= r->criteria_n - k;
            size_t at = rest / span;
            rest %= span;
            r->order[i][k] = left[at];
            memmove(left + at, left + at + 1, sizeof left - at - 1);
        }
    }
}

static bool adds_up(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        if (c->is_price &&
            (price_gives(c) != PRICE_GIVES_SHARE || c->rule == RULE_EXPRESSION))
            return false;
    }
    return true;
}

static void read_shares(struct orders *o, const struct award_result *award)
{
    for (size_t b = 0; b < award->bids_n; b++) {
        if (!award->bids[b].admitted)
            continue;
        for (size_t k = 0; k < o->n; k++)
            o->shares[o->bids_n * o->n + k] =
                (double)award->shares[b * o->n + k] / 1e6;
        o->bid[o->bids_n++] = b;
    }
}

static struct orders_result *result_new(const struct model *model)
{
    struct orders_result *r = mem_new(sizeof *r);
    size_t bids = model->bids_n;

    r->bids_n = bids;
    r->criteria_n = model->criteria_n;
    r->orders_n = orders_of(model->criteria_n);
    r->first = mem_new(bids * r->criteria_n * sizeof *r->first);
    r->order = mem_new((r->orders_n + 1) * sizeof *r->order);
    r->wins = mem_new((bids * r->orders_n + 1) * sizeof *r->wins);
    list_orders(r);
    return r;
}

static void orders_init(struct orders *o, const struct award_result *award,
    struct orders_result *result)
{
    size_t bids = award->bids_n;
    size_t n = award->criteria_n;

    *o = (struct orders){.result = result, .n = n};
    o->bid = mem_new(bids * sizeof *o->bid);
    o->shares = mem_new(bids * n * sizeof *o->shares);
    o->first = mem_new(bids * n * sizeof *o->first);
    o->wins = mem_new((bids * result->orders_n + 1) * sizeof *o->wins);
    o->totals = mem_new(bids * sizeof *o->totals);
    o->more = mem_new(bids * sizeof *o->more);
    o->weights = mem_new(n * QUICK_BLOCK * sizeof *o->weights);
    o->sorted = mem_new(n * sizeof *o->sorted);
    read_shares(o, award);
}

static void orders_fini(struct orders *o)
{
    free(o->bid);
    free(o->shares);
    free(o->first);
    free(o->wins);
    free(o->totals);
    free(o->more);
    free(o->weights);
    free(o->sorted);
}

static enum err plan_free(size_t n, struct weight_plan **plan)
{
    struct weight_node *nodes = mem_new(n * sizeof *nodes);

    for (size_t k = 0; k < n; k++)
        nodes[k] = (struct weight_node){
            .parent = MODEL_NOWHERE, .likely = 1.0, .free = true, .key = k + 1};
    enum err err = weight_plan_new(nodes, n, 1.0, plan);
    free(nodes);
    return err;
}

static void draw_block(struct orders *o, const struct weight_plan *plan,
    uint64_t seed, uint64_t block, double *w)
{
    weight_plan_draw(plan, seed, block, quick_is_wide(false), o->weights);
    for (size_t s = 0; s < QUICK_BLOCK; s++) {
        for (size_t k = 0; k < o->n; k++)
            w[k] = o->weights[k * QUICK_BLOCK + s];
        count_first(o, w);
        count_orders(o, w);
    }
}

static void draw_all(struct orders *o, const struct weight_plan *plan,
    const struct orders_ask *ask)
{
    uint64_t blocks = (ask->draws + QUICK_BLOCK - 1) / QUICK_BLOCK;
    double *w = mem_new(o->n * sizeof *w);
    uint64_t done = 0;

    while (done < blocks && !o->result->stopped) {
        draw_block(o, plan, ask->seed, done++, w);
        if (ask->go_on != NULL && done % ROUND == 0)
            o->result->stopped = !ask->go_on(
                ask->context, done * QUICK_BLOCK, blocks * QUICK_BLOCK);
    }
    o->result->draws = done * QUICK_BLOCK;
    free(w);
}

static int64_t share_of(int64_t units, uint64_t draws)
{
    return (int64_t)floor(
        (double)units / (double)UNIT / (double)draws * 1e6 + 0.5);
}

static void tell(const struct orders *o)
{
    struct orders_result *r = o->result;

    for (size_t b = 0; b < o->bids_n; b++) {
        for (size_t k = 0; k < o->n; k++)
            r->first[k * r->bids_n + o->bid[b]] =
                share_of(o->first[k * o->bids_n + b], r->draws);
        for (size_t i = 0; i < r->orders_n; i++)
            r->wins[i * r->bids_n + o->bid[b]] =
                share_of(o->wins[i * o->bids_n + b], r->draws);
    }
}

enum err orders_compute(const struct model *model, const struct orders_ask *ask,
    struct orders_result **made)
{
    struct award_result *award = NULL;
    struct weight_plan *plan = NULL;
    struct orders o;
    enum err err = award_compute(model, &award);

    if (err == ERR_OK && !adds_up(model))
        err = ERR_UNSUPPORTED;
    if (err == ERR_OK)
        err = plan_free(model->criteria_n, &plan);
    if (err != ERR_OK) {
        award_free(&award);
        return err;
    }
    struct orders_result *result = result_new(model);
    orders_init(&o, award, result);
    award_free(&award);
    draw_all(&o, plan, ask);
    tell(&o);
    orders_fini(&o);
    weight_plan_free(&plan);
    *made = result;
    return ERR_OK;
}

void orders_free(struct orders_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->first);
    free((*result)->order);
    free((*result)->wins);
    free(*result);
    *result = NULL;
}
