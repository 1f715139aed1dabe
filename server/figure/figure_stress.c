/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_stress.c - rows of how sure the award is: chances, what would change
 * the winner, and where the points come from.
 */
#include "server/figure/chance.h"
#include "value/award/award.h"
#include "value/award/price.h"
#include "value/award/winning.h"
#include "value/chance/simulate_confidence.h"
#include "value/firm/attribute.h"
#include "value/firm/orders.h"
#include "value/firm/stability.h"
#include "value/fraction.h"

#include <stdio.h>
#include <string.h>

/* What makes a criterion stand out, unless ahead= and weighs= say: a point of
 * lead where ten can be had. */
#define AHEAD  DECIMAL_ONE
#define WEIGHS (10 * DECIMAL_ONE)
#define MOST   INT64_C(1000000000)

static void row_chance(struct figures *f, const struct simulate_result *s,
    size_t bid, int64_t confidence)
{
    const struct simulate_bid *b = &s->bids[bid];
    struct reply *r = figures_row(f, "bid");

    figures_name(r, "code", f->made->bids[bid]);
    reply_micro(r, "wins", b->wins);
    reply_micro(r, "low", b->low);
    reply_micro(r, "high", b->high);
    if (b->best > 0) {
        reply_int(r, "best", b->best);
        reply_int(r, "worst", b->worst);
    }
    figures_micro(r, "mean-rank", b->mean_rank);
    figures_micro(r, "confidence", confidence);
    if (b->missing > 0)
        reply_micro(r, "missing", b->missing);
    if (bid == f->made->model.ours)
        reply_yes(r, "ours", true);
    reply_end(r);
}

static void rows_ranks(struct figures *f, const struct simulate_result *s)
{
    for (size_t i = 0; i < s->bids_n * s->bids_n; i++) {
        if (s->ranks[i] == 0)
            continue;
        struct reply *r = figures_row(f, "rank");
        figures_name(r, "bid", f->made->bids[i / s->bids_n]);
        reply_int(r, "rank", (int64_t)(i % s->bids_n) + 1);
        reply_micro(r, "share", s->ranks[i]);
        reply_end(r);
    }
}

static void rows_beats(struct figures *f, const struct simulate_result *s)
{
    for (size_t i = 0; i < s->bids_n; i++) {
        for (size_t j = 0; j < s->bids_n; j++) {
            if (i == j)
                continue;
            struct reply *r = figures_row(f, "beats");
            figures_name(r, "bid", f->made->bids[i]);
            figures_name(r, "rival", f->made->bids[j]);
            reply_micro(r, "share", s->beats[i * s->bids_n + j]);
            reply_end(r);
        }
    }
}

static void rows_central(struct figures *f, const struct simulate_result *s)
{
    for (size_t i = 0; i < s->bids_n * s->criteria_n; i++) {
        if (s->central[i] == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "central");
        figures_name(r, "bid", f->made->bids[i / s->criteria_n]);
        figures_name(r, "criterion", f->made->criteria[i % s->criteria_n]);
        reply_micro(r, "weight", s->central[i]);
        reply_end(r);
    }
}

static void rows_simulated(struct figures *f, const struct simulate_result *s,
    const int64_t *confidence)
{
    for (size_t b = 0; b < s->bids_n; b++)
        row_chance(f, s, b, confidence[b]);
    rows_ranks(f, s);
    rows_beats(f, s);
    rows_central(f, s);
}

static void name_bid(
    struct figures *f, struct reply *r, const char *key, size_t bid)
{
    if (bid != MODEL_NOWHERE)
        figures_name(r, key, f->made->bids[bid]);
}

static void rows_weights(struct figures *f, const struct stability_result *s)
{
    for (size_t k = 0; k < s->criteria_n; k++) {
        const struct stability_criterion *c = &s->criteria[k];
        struct reply *r = figures_row(f, "interval");

        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "weight", c->weight);
        reply_micro(r, "low", c->low);
        reply_micro(r, "high", c->high);
        name_bid(f, r, "below", c->below);
        name_bid(f, r, "above", c->above);
        reply_end(r);
    }
    for (size_t b = 0; b < s->bids_n; b++) {
        const struct stability_rival *rival = &s->rivals[b];
        if (rival->gap == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "mass");
        figures_name(r, "rival", f->made->bids[b]);
        reply_micro(r, "gap", rival->gap);
        figures_micro(r, "mass", rival->mass);
        reply_yes(r, "nearest", rival->nearest);
        reply_end(r);
    }
}

static int64_t size_of(int64_t change)
{
    return change < 0 ? -change : change;
}

/* The smallest change of one of our marks, in marks, that makes us tie. */
static size_t smallest_mark(const struct stability_result *s)
{
    size_t at = MODEL_NOWHERE;

    for (size_t k = 0; k < s->criteria_n; k++) {
        int64_t mark = s->criteria[k].mark;
        if (mark != MODEL_ABSENT &&
            (at == MODEL_NOWHERE ||
                size_of(mark) < size_of(s->criteria[at].mark)))
            at = k;
    }
    return at;
}

static void rows_marks(struct figures *f, const struct stability_result *s)
{
    size_t smallest = smallest_mark(s);

    for (size_t k = 0; k < s->criteria_n; k++) {
        if (s->criteria[k].mark == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "mark");
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "change", s->criteria[k].mark);
        reply_yes(r, "smallest", k == smallest);
        reply_end(r);
    }
}

static void row_price(struct figures *f, const struct award_result *a)
{
    int64_t own = a->bids[a->ours].price;
    int64_t near;

    if (own == MODEL_ABSENT || !winning_nearest(&a->winning, own, &near))
        return;
    struct reply *r = figures_row(f, "price");
    figures_name(r, "bid", f->made->bids[a->ours]);
    reply_micro(r, "to-win", near);
    reply_micro(r, "change", near - own);
    reply_end(r);
}

static void rows_rules(struct figures *f, const struct stability_result *s)
{
    for (int i = RULE_NONE + 1; i < RULE_COUNT; i++) {
        const struct stability_rule *rule = &s->rules[i];
        if (!rule->applies || rule->winner == MODEL_NOWHERE)
            continue;
        struct reply *r = figures_row(f, "rule");
        reply_word(r, "name", price_rule_word((enum price_rule)i));
        figures_name(r, "winner", f->made->bids[rule->winner]);
        reply_yes(r, "changes", rule->changes);
        if (rule->assumed)
            reply_yes(r, "assumed", true);
        reply_end(r);
    }
}

static void rows_leads(struct figures *f, const struct attribute_result *a)
{
    for (size_t k = 0; k < a->criteria_n; k++) {
        const struct attribute_criterion *c = &a->criteria[k];
        if (c->lead == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "lead");
        figures_name(r, "criterion", f->made->criteria[k]);
        name_bid(f, r, "rival", c->rival);
        reply_micro(r, "lead", c->lead);
        if (c->discriminator || c->ghost)
            reply_word(r, "is", c->ghost ? "ghost" : "discriminator");
        reply_end(r);
    }
}

static void rows_elements(struct figures *f, const struct attribute_result *a)
{
    for (size_t i = 0; i < a->elements_n; i++) {
        const struct attribute_element *e = &a->elements[i];
        struct reply *r = figures_row(f, "element");

        figures_name(r, "code", f->made->elements[e->element]);
        reply_micro(r, "lost", e->points.lost);
        reply_micro(r, "alone", e->points.alone);
        reply_micro(r, "share", e->points.share);
        figures_micro(r, "users-lost", e->users.lost);
        figures_micro(r, "users-alone", e->users.alone);
        figures_micro(r, "users-share", e->users.share);
        reply_end(r);
    }
}

static enum err rows_attributed(struct chance *c)
{
    struct figures *f = c->figures;
    struct attribute_result *a = NULL;
    struct model model = f->made->model;
    int64_t ahead = AHEAD;
    int64_t weighs = WEIGHS;

    /* Elements of in= are a choice again, so that each can be taken away. */
    model.elements = c->before.elements;
    enum err err = chance_decimal(
        f, "ahead", 0, MOST, "points of lead that count, 0 or more", &ahead);
    if (err == ERR_OK)
        err = chance_decimal(f, "weighs", 0, MOST,
            "points that a criterion must weigh, 0 or more", &weighs);
    if (err != ERR_OK)
        return err;
    if (attribute_compute(&model, c->set, ahead, weighs, &a) != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    rows_leads(f, a);
    rows_elements(f, a);
    attribute_free(&a);
    return ERR_OK;
}

static enum err rows_firm(struct chance *c)
{
    struct figures *f = c->figures;
    struct award_result *a = NULL;
    struct stability_result *s = NULL;
    enum err err = figures_award(f, &a);

    if (err != ERR_OK)
        return err;
    if (stability_compute(&f->made->model, &s) != ERR_OK) {
        award_free(&a);
        return figures_lack(f, FIGURE_DECIDER);
    }
    if (s->adds_up) {
        rows_weights(f, s);
        rows_marks(f, s);
    }
    row_price(f, a);
    for (size_t i = 0; i < a->paradoxes_n; i++)
        figures_paradox(f, &a->paradoxes[i]);
    rows_rules(f, s);
    name_bid(f, f->last, "leader", a->leader);
    stability_free(&s);
    award_free(&a);
    return rows_attributed(c);
}

/* "C1,C3,C2" */
static void name_order(struct figures *f, struct reply *r,
    const struct orders_result *o, size_t at)
{
    struct text names = {0};

    for (size_t k = 0; k < o->criteria_n; k++) {
        if (k)
            text_putc(&names, ',');
        object_name(&names, f->made->criteria[o->order[at][k]]);
    }
    reply_word(r, "criteria", text_peek(&names));
    text_fini(&names);
}

static void rows_orders(
    struct figures *f, const struct orders_result *o, bool whole)
{
    for (size_t i = 0; i < o->criteria_n * o->bids_n; i++) {
        if (o->first[i] == 0)
            continue;
        struct reply *r = figures_row(f, "first");
        figures_name(r, "criterion", f->made->criteria[i / o->bids_n]);
        figures_name(r, "bid", f->made->bids[i % o->bids_n]);
        reply_micro(r, "share", o->first[i]);
        reply_end(r);
    }
    for (size_t i = 0; i < o->orders_n * o->bids_n && whole; i++) {
        if (o->wins[i] == 0)
            continue;
        struct reply *r = figures_row(f, "order");
        name_order(f, r, o, i / o->bids_n);
        figures_name(r, "bid", f->made->bids[i % o->bids_n]);
        reply_micro(r, "share", o->wins[i]);
        reply_end(r);
    }
}

/* By order of importance, whatever weights are published. */
static enum err compute_orders(struct chance *c, bool whole)
{
    struct figures *f = c->figures;
    const struct orders_ask ask = {c->ask.seed, c->ask.draws, chance_go_on, c};
    struct orders_result *o = NULL;
    enum err err = orders_compute(&f->made->model, &ask, &o);
    if (err == ERR_UNSUPPORTED)
        return ERR_OK;
    if (err != ERR_OK)
        return chance_fail(c, err);
    if (o->stopped)
        err = chance_ended(c);
    else
        rows_orders(f, o, whole);
    orders_free(&o);
    return err;
}

static enum err compute_confidence(
    struct chance *c, const struct simulate_result *result, int64_t *confidence)
{
    struct figures *f = c->figures;
    bool stopped = false;

    c->stage++;
    enum err err = simulate_confidence(
        &f->made->model, 0, &c->ask, result, confidence, &stopped);
    if (err != ERR_OK)
        return chance_fail(c, err);
    return stopped ? chance_ended(c) : ERR_OK;
}

static enum err compute_stress(
    struct chance *c, struct simulate_result *result, bool orders)
{
    int64_t confidence[SIMULATE_BIDS];
    enum err err = compute_confidence(c, result, confidence);

    if (err != ERR_OK)
        return err;
    c->stage++;
    rows_simulated(c->figures, result, confidence);
    reply_micro(c->figures->last, "no-award", result->no_award);
    err = compute_orders(c, orders);
    if (err == ERR_OK)
        err = rows_firm(c);
    chance_last(c, result);
    return err;
}

/* Whether whole orders are asked for. */
static enum err read_orders(struct figures *f, bool *orders)
{
    const char *word = request_key(f->request, "orders");
    char most[24];

    *orders = word && strcmp(word, "yes") == 0;
    if (word && !*orders && strcmp(word, "no") != 0)
        return fault_set(f->fault, ERR_ARG, "orders", word, "yes or no");
    if (!*orders || f->made->model.criteria_n <= ORDERS_CRITERIA)
        return ERR_OK;
    (void)snprintf(most, sizeof most, "%d criteria", ORDERS_CRITERIA);
    return fault_set(f->fault, ERR_LIMIT, "orders", "more", most);
}

enum err figure_stress(struct figures *f)
{
    struct chance chance;
    struct simulate_result *result = NULL;
    bool orders;
    enum err err = read_orders(f, &orders);

    if (err == ERR_OK)
        err = chance_init(&chance, f);
    if (err != ERR_OK)
        return err;
    /* The chances, the confidence in them, and the orders. */
    chance.stages = 3;
    err = chance_run(&chance, 0, false, &result);
    if (err == ERR_OK)
        err = compute_stress(&chance, result, orders);
    simulate_result_free(&result);
    chance_fini(&chance);
    return err;
}
