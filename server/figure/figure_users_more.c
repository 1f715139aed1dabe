/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_users_more.c - what stands behind the users' proposition: effort,
 * advantage over what they have, what they ask for, what it costs.
 *
 * Rows follow from what is recorded: where nothing is, nothing is told.
 */
#include "protocol/limit.h"
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "value/users/advantage.h"
#include "value/users/asked.h"
#include "value/users/effort.h"
#include "value/users/worth.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* The core compares exactly, and says what came of it. */
static void note_factor(const struct effort_segment *e)
{
    size_t factor = LIMIT_NOW(UNFAIR);
    bool exact = e->saving == e->reward * (int64_t)factor;

    limit_met(
        LIMIT_ROW_UNFAIR, factor - 1 + exact + (e->unfair ? 2U : 0U), factor);
}

static void row_effort(
    struct figures *f, const struct effort_segment *e, size_t segment)
{
    struct reply *r = figures_row(f, "effort");

    figures_name(r, "segment", f->made->segments[segment]);
    reply_micro(r, "hours", e->hours);
    reply_micro(r, "reward", e->reward);
    reply_micro(r, "saving", e->saving);
    figures_micro(r, "net", e->net);
    if (e->unfair)
        reply_yes(r, "unfair", true);
    reply_end(r);
    note_factor(e);
}

static const struct object *find_party(
    const struct record *r, const struct datum *of)
{
    size_t at = maker_index((const struct object *const *)r->list[KIND_PARTY],
        r->n[KIND_PARTY], of);

    return at == MODEL_NOWHERE ? NULL : r->list[KIND_PARTY][at];
}

static void row_risk(
    struct figures *f, const struct object *effort, size_t element)
{
    const struct datum *risk = VALUE(effort, EFFORT, RISK);
    const struct datum *eases = VALUE(effort, EFFORT, MITIGATION);
    const struct object *bears =
        find_party(f->record, VALUE(effort, EFFORT, BORNE_BY));

    if (!risk->set)
        return;
    struct reply *r = figures_row(f, "risk");
    figures_name(
        r, "segment", find_party(f->record, VALUE(effort, EFFORT, PARTY)));
    figures_name(r, "element", f->made->elements[element]);
    datum_reply(r, FIELD_EFFORT_RISK, risk);
    if (bears)
        figures_name(r, "borne-by", bears);
    if (eases->set)
        reply_word(r, "mitigation", eases->text);
    reply_end(r);
}

/* The risks of what our offer makes users do, and who bears them; nothing of
 * them is in the value. */
static void rows_risk(struct figures *f)
{
    const struct model *m = &f->made->model;
    const struct record *r = f->record;

    for (size_t i = 0; i < r->n[KIND_EFFORT]; i++) {
        const struct object *o = r->list[KIND_EFFORT][i];
        size_t element = maker_index(
            f->made->elements, m->elements_n, VALUE(o, EFFORT, ELEMENT));

        if (element != MODEL_NOWHERE && m->elements[element].always)
            row_risk(f, o, element);
    }
}

/* What our offer makes users do, and what that leaves of its value. */
static void rows_effort(struct figures *f)
{
    const struct model *m = &f->made->model;
    struct effort_result *e = NULL;

    if (m->efforts_n == 0 ||
        effort_compute(m, 0, LIMIT_NOW(UNFAIR), &e) != ERR_OK)
        return;
    for (size_t s = 0; s < e->segments_n; s++)
        if (e->segments[s].recorded)
            row_effort(f, &e->segments[s], s);
    if (e->any && e->min != MODEL_ABSENT) {
        struct reply *r = figures_row(f, "net");

        figures_name(r, "bid", f->made->bids[m->ours]);
        figures_micro(r, "mean", e->mean);
        reply_micro(r, "min", e->min);
        reply_micro(r, "max", e->max);
        figures_name(r, "worst", f->made->segments[e->worst]);
        figures_micro(r, "captives", e->captives);
        reply_end(r);
    }
    effort_free(&e);
}

/* key= where it is known, else key-low= and key-high=. */
static void put_range(struct reply *r, const char *key, const char *low,
    const char *high, struct advantage_range range)
{
    if (range.low == range.high) {
        reply_micro(r, key, range.low);
        return;
    }
    reply_micro(r, low, range.low);
    reply_micro(r, high, range.high);
}

static void put_over(struct figures *f, struct reply *r, size_t over)
{
    if (over == MODEL_NOWHERE)
        reply_word(r, "over", "today");
    else
        figures_name(r, "over", f->made->alternatives[over]);
}

static void row_advantage(struct figures *f, const struct advantage_row *row)
{
    struct reply *r = figures_row(f, "advantage");

    figures_name(r, "bid", f->made->bids[row->bid]);
    figures_name(r, "segment", f->made->segments[row->segment]);
    put_over(f, r, row->over);
    put_range(r, "gain", "gain-low", "gain-high", row->gain);
    put_range(r, "loss", "loss-low", "loss-high", row->loss);
    put_range(r, "net", "net-low", "net-high", row->net);
    reply_end(r);
}

static void row_part(struct figures *f, const struct advantage_result *a,
    const struct advantage_part *part)
{
    const struct advantage_row *row = &a->rows[part->row];
    struct reply *r = figures_row(f, "advantage-need");

    figures_name(r, "segment", f->made->segments[row->segment]);
    put_over(f, r, row->over);
    figures_name(r, "need", f->made->needs[part->need]);
    put_range(r, "net", "net-low", "net-high", part->net);
    reply_end(r);
}

/* Of our bid alone, unless all is asked for. */
static void rows_advantage(struct figures *f)
{
    size_t ours = f->made->model.ours;
    struct advantage_result *a = NULL;

    if (advantage_compute(&f->made->model, 0, f->all, &a) != ERR_OK)
        return;
    for (size_t i = 0; i < a->rows_n; i++)
        if (f->all || a->rows[i].bid == ours)
            row_advantage(f, &a->rows[i]);
    for (size_t i = 0; i < a->parts_n; i++)
        if (a->rows[a->parts[i].row].bid == ours)
            row_part(f, a, &a->parts[i]);
    for (size_t i = 0; i < a->betters_n; i++) {
        if (!f->all && a->betters[i].bid != ours)
            continue;
        struct reply *r = figures_row(f, "better");

        figures_name(r, "bid", f->made->bids[a->betters[i].bid]);
        put_over(f, r, a->betters[i].over);
        put_range(r, "share", "share-low", "share-high", a->betters[i].share);
        reply_end(r);
    }
    advantage_free(&a);
}

static void rows_opportunity(struct figures *f)
{
    static const char *const bands[] = {[OPPORTUNITY_SERVED] = "served",
        [OPPORTUNITY_LOOK] = "look",
        [OPPORTUNITY_RIPE] = "ripe",
        [OPPORTUNITY_EXTREME] = "extreme"};
    const struct model *m = &f->made->model;
    struct asked_opportunity o;

    for (size_t s = 0; s < m->segments_n; s++) {
        for (size_t n = 0; n < m->needs_n; n++) {
            if (!asked_opportunity(m, s, n, &o))
                continue;
            struct reply *r = figures_row(f, "opportunity");

            figures_name(r, "segment", f->made->segments[s]);
            figures_name(r, "need", f->made->needs[n]);
            reply_micro(r, "score", o.score);
            reply_word(r, "band", bands[o.band]);
            reply_end(r);
        }
    }
}

static void row_kano(struct figures *f, size_t need, size_t segment)
{
    static const char *const classes[KANO_COUNT] = {"must", "one-dimensional",
        "attractive", "indifferent", "reverse", "questionable"};
    struct asked_kano k;

    if (!asked_kano(&f->made->model, segment, need, &k))
        return;
    struct reply *r = figures_row(f, "kano");
    figures_name(r, "need", f->made->needs[need]);
    if (segment != MODEL_NOWHERE)
        figures_name(r, "segment", f->made->segments[segment]);
    reply_word(r, "class", classes[k.class]);
    figures_micro(r, "better", k.better);
    figures_micro(r, "worse", k.worse);
    reply_int(r, "answers", (int64_t)k.answers);
    reply_end(r);
}

static void rows_kano(struct figures *f)
{
    const struct model *m = &f->made->model;

    for (size_t n = 0; n < m->needs_n; n++) {
        row_kano(f, n, MODEL_NOWHERE);
        for (size_t s = 0; s < m->segments_n; s++)
            row_kano(f, n, s);
    }
}

static void row_qfd(struct figures *f, size_t segment, const char *key,
    const struct object *of, int64_t weight, int64_t share)
{
    if (share == MODEL_ABSENT)
        return;
    struct reply *r = figures_row(f, "qfd");
    figures_name(r, "segment", f->made->segments[segment]);
    figures_name(r, key, of);
    figures_micro(r, "weight", weight);
    reply_micro(r, "share", share);
    reply_end(r);
}

static void rows_qfd(struct figures *f)
{
    const struct model *m = &f->made->model;
    int64_t *list =
        mem_new((2 * m->needs_n + m->criteria_n + 1) * sizeof *list);
    int64_t *shares = list + m->needs_n;
    int64_t *criteria = shares + m->needs_n;

    for (size_t s = 0; s < m->segments_n; s++) {
        if (!asked_qfd(m, s, list, shares, criteria))
            continue;
        for (size_t n = 0; n < m->needs_n; n++)
            row_qfd(f, s, "need", f->made->needs[n], list[n], shares[n]);
        for (size_t k = 0; k < m->criteria_n; k++)
            row_qfd(f, s, "criterion", f->made->criteria[k], MODEL_ABSENT,
                criteria[k]);
    }
    free(list);
}

static void rows_worth(struct figures *f, const struct users_result *u)
{
    static const char *const classes[] = {"F0", "F1", "F2", "F3"};
    const struct model *m = &f->made->model;

    for (size_t b = 0; b < m->bids_n; b++) {
        int64_t relative;
        int64_t worth = worth_of(m, u, b, &relative);

        if (worth == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "worth");
        figures_name(r, "bid", f->made->bids[b]);
        reply_micro(r, "value", worth);
        reply_micro(r, "relative", relative);
        reply_end(r);
    }
    for (int class = 0; class < WORTH_CLASSES; class ++) {
        struct worth_class w;

        if (!worth_class_of(m, class, &w))
            continue;
        struct reply *r = figures_row(f, "flexibility");
        reply_word(r, "class", classes[class]);
        reply_micro(r, "weight", w.weight);
        reply_micro(r, "coverage", w.coverage);
        reply_end(r);
    }
}

void figures_users_more(struct figures *f, const struct users_result *u)
{
    rows_effort(f);
    rows_risk(f);
    rows_advantage(f);
    if (!f->all)
        return;
    rows_opportunity(f);
    rows_kano(f);
    rows_qfd(f);
    rows_worth(f, u);
}
