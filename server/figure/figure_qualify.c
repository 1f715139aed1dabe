/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_qualify.c - rows of go or no go: questions, worth, elements, and the
 * line that writes down what is foreseen.
 */
#include "protocol/base_mem.h"
#include "server/figure/forecast_seal.h"
#include "server/figure/qualifying.h"
#include "server/version.h"
#include "value/award/award.h"
#include "value/formula.h"
#include "value/fraction.h"
#include "value/users/users.h"

#include <stdlib.h>
#include <string.h>

/* Draws when draws= does not say. */
#define QUALIFY_DRAWS 10000
#define MICRO_OF      (MICRO_ONE / DECIMAL_ONE)

static const struct datum *value_of(const struct object *o, size_t field)
{
    return &o->values[field_place(field)];
}

static int64_t number_of(const struct object *o, size_t field)
{
    const struct datum *d = value_of(o, field);

    return d->set ? d->number : MODEL_ABSENT;
}

static void read_questions(struct qualifying *q)
{
    const struct record *record = q->f->record;
    size_t n = record->n[KIND_QUALIFIER];

    q->asked = (const struct object *const *)record->list[KIND_QUALIFIER];
    q->questions = mem_new((n + 1) * sizeof *q->questions);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = q->asked[i];
        int64_t weight = number_of(o, FIELD_QUALIFIER_WEIGHT);

        q->questions[i] = (struct qualify_question){
            .weight = weight == MODEL_ABSENT ? DECIMAL_ONE
                      : weight < 0           ? 0
                                             : weight,
            .score = number_of(o, FIELD_QUALIFIER_SCORE),
            .floor = number_of(o, FIELD_QUALIFIER_FLOOR),
            .overridden = number_of(o, FIELD_QUALIFIER_OVERRIDE) == 1 &&
                          value_of(o, FIELD_QUALIFIER_REASON)->set};
    }
    q->ask.questions = q->questions;
    q->ask.n = n;
}

static enum err read_bands(struct qualifying *q)
{
    q->ask.bid = QUALIFY_BID;
    q->ask.maybe = QUALIFY_MAYBE;
    enum err err = chance_decimal(q->f, "bid-from", 0, DECIMAL_ONE,
        "a share of the best score, 0 to 1", &q->ask.bid);
    if (err == ERR_OK)
        err = chance_decimal(q->f, "maybe-from", 0, DECIMAL_ONE,
            "a share of the best score, 0 to 1", &q->ask.maybe);
    if (err != ERR_OK || q->ask.maybe <= q->ask.bid)
        return err;
    return fault_set(q->f->fault, ERR_ARG, "maybe-from",
        request_key(q->f->request, "maybe-from"), "at most bid-from");
}

/* The chance by simulation, where all is there that it needs. */
static enum err simulate_chance(struct qualifying *q)
{
    const struct model *model = &q->f->made->model;
    struct simulate_result *result = NULL;
    struct simulate_ask ask = q->chance.ask;

    if (request_key(q->f->request, "draws") == NULL)
        ask.draws = QUALIFY_DRAWS;
    if (model->ours == MODEL_NOWHERE)
        return ERR_OK;
    if (!long_work_tell(q->f->work, 0, 0))
        return long_work_ended(q->f->work, NULL, q->f->language, q->f->fault);
    if (simulate_run(model, 0, &ask, &result) != ERR_OK)
        return ERR_OK;
    q->wins = result->bids[model->ours].wins;
    q->pwin = (q->wins + MICRO_OF / 2) / MICRO_OF;
    q->simulated = true;
    q->draws = result->draws;
    q->no_award = result->no_award;
    simulate_result_free(&result);
    return ERR_OK;
}

/* Price less cost of our bid, each with what is always in. */
static int64_t recorded_margin(const struct qualifying *q)
{
    const struct model *m = &q->f->made->model;

    if (m->ours == MODEL_NOWHERE ||
        m->bids[m->ours].price.low == MODEL_ABSENT ||
        m->bids[m->ours].cost == MODEL_ABSENT)
        return MODEL_ABSENT;
    return m->bids[m->ours].price.likely - m->bids[m->ours].cost;
}

static enum err read_worth(struct qualifying *q)
{
    int64_t most = INT64_C(1000000000000) * DECIMAL_ONE;

    q->pwin = MODEL_ABSENT;
    q->margin = recorded_margin(q);
    q->cost = number_of(q->f->made->tender, FIELD_TENDER_BID_COST);
    enum err err = chance_decimal(
        q->f, "pwin", 0, DECIMAL_ONE, "a chance, 0 to 1", &q->pwin);
    if (err == ERR_OK)
        err = chance_decimal(
            q->f, "margin", -most, most, "an amount", &q->margin);
    if (err == ERR_OK)
        err = chance_decimal(
            q->f, "cost", 0, most, "an amount, 0 or more", &q->cost);
    if (err == ERR_OK && q->pwin == MODEL_ABSENT)
        err = simulate_chance(q);
    return err;
}

static int64_t expected_of(const struct qualifying *q)
{
    if (q->pwin == MODEL_ABSENT || q->margin == MODEL_ABSENT ||
        q->cost == MODEL_ABSENT)
        return MODEL_ABSENT;
    return formula_expected(q->pwin, q->margin, q->cost);
}

static void put_decimal(struct reply *r, const char *key, int64_t decimal)
{
    if (decimal != MODEL_ABSENT)
        reply_micro(r, key, decimal * MICRO_OF);
}

static void row_question(struct qualifying *q, size_t at)
{
    const struct qualify_question *one = &q->questions[at];
    struct reply *r = figures_row(q->f, "question");

    figures_name(r, "code", q->asked[at]);
    put_decimal(r, "weight", one->weight);
    put_decimal(r, "score", one->score);
    put_decimal(r, "floor", one->floor);
    if (one->score != MODEL_ABSENT && one->floor != MODEL_ABSENT &&
        one->score < one->floor)
        reply_word(r, "below", one->overridden ? "overridden" : "yes");
    put_decimal(r, "change", qualify_change(&q->ask, at));
    reply_word(r, "text", value_of(q->asked[at], FIELD_QUALIFIER_TEXT)->text);
    if (value_of(q->asked[at], FIELD_QUALIFIER_REASON)->set)
        reply_word(
            r, "reason", value_of(q->asked[at], FIELD_QUALIFIER_REASON)->text);
    reply_end(r);
}

static void row_worth(struct qualifying *q)
{
    struct reply *r = figures_row(q->f, "worth");

    put_decimal(r, "pwin", q->pwin);
    if (q->pwin != MODEL_ABSENT)
        reply_word(r, "from", q->simulated ? "simulation" : "given");
    if (q->no_award > 0)
        reply_micro(r, "no-award", q->no_award);
    put_decimal(r, "margin", q->margin);
    put_decimal(r, "cost", q->cost);
    figures_micro(r, "expected", q->ask.expected);
    if (q->margin != MODEL_ABSENT && q->cost != MODEL_ABSENT)
        figures_micro(r, "break-even", qualify_even(q->margin, q->cost));
    reply_end(r);
}

static void rows_elements(struct qualifying *q)
{
    const struct model *m = &q->f->made->model;
    struct qualify_element *list = mem_new((m->elements_n + 1) * sizeof *list);
    enum err err = qualify_elements(m, list);

    for (size_t e = 0; err == ERR_OK && e < m->elements_n; e++) {
        if (m->elements[e].always)
            continue;
        struct reply *r = figures_row(q->f, "element");
        figures_name(r, "code", q->f->made->elements[e]);
        reply_micro(r, "points", list[e].points);
        put_decimal(r, "cost", m->elements[e].cost);
        figures_micro(r, "rate", list[e].rate);
        reply_micro(r, "gain", list[e].gain);
        reply_yes(r, "keep", list[e].gain > 0);
        reply_end(r);
    }
    free(list);
}

/* A figure as a field takes it: with four decimals at most. */
static int64_t to_decimal(int64_t micro)
{
    if (micro == MODEL_ABSENT)
        return MODEL_ABSENT;
    return (micro + (micro < 0 ? -MICRO_OF / 2 : MICRO_OF / 2)) / MICRO_OF;
}

static void put_field(struct reply *r, const char *key, int64_t decimal)
{
    struct text word = {0};

    if (decimal == MODEL_ABSENT)
        return;
    decimal_print(&word, decimal);
    reply_number(r, key, text_peek(&word));
    text_fini(&word);
}

/* What is foreseen now, to four decimals. */
static void foresee(const struct qualifying *q, struct forecast_made *made)
{
    const struct model *m = &q->f->made->model;
    struct award_result *award = NULL;
    struct users_result *users = NULL;

    *made =
        (struct forecast_made){.lot = q->f->made->lot ? q->f->made->lot->id : 0,
            .chance = q->pwin,
            .points = MODEL_ABSENT,
            .lead = MODEL_ABSENT,
            .price = MODEL_ABSENT,
            .users = MODEL_ABSENT,
            .seed = q->simulated ? (int64_t)q->chance.ask.seed : MODEL_ABSENT,
            .draws = q->simulated ? (int64_t)q->draws : MODEL_ABSENT,
            .engine = SERVER_VERSION};
    if (award_compute(m, &award) == ERR_OK) {
        made->points = to_decimal(award->bids[m->ours].points);
        made->lead = to_decimal(award->bids[m->ours].lead);
        made->price = to_decimal(award->bids[m->ours].price);
    }
    if (users_compute(m, &users) == ERR_OK)
        made->users = to_decimal(users->bids[m->ours].mean);
    award_free(&award);
    users_free(&users);
}

/* Whether it is of the record as it stands, which alone can be sealed. */
static bool is_of_record(const struct qualifying *q)
{
    static const char *const changes[] = {"with", "in", "rule", "jury"};

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (request_key(q->f->request, changes[i]) != NULL)
            return false;
    return true;
}

/* The line that writes down what is foreseen now, once and for all. */
static void row_forecast(struct qualifying *q)
{
    struct text line = {0}, seal = {0};
    struct reply to = {.to = &line};
    struct forecast_made made;

    if (q->pwin == MODEL_ABSENT || q->f->made->model.ours == MODEL_NOWHERE)
        return;
    text_puts(&line, "add forecast");
    figures_name(&to, "tender", q->f->made->tender);
    if (q->f->made->lot != NULL)
        figures_name(&to, "lot", q->f->made->lot);
    foresee(q, &made);
    put_field(&to, "chance", made.chance);
    put_field(&to, "points", made.points);
    put_field(&to, "lead", made.lead);
    put_field(&to, "price", made.price);
    put_field(&to, "users", made.users);
    reply_int(&to, "seen", (int64_t)q->f->record->seq);
    if (q->simulated) {
        reply_int(&to, "from-seed", made.seed);
        reply_int(&to, "draws", made.draws);
    }
    if (is_of_record(q)) {
        reply_word(&to, "engine", made.engine);
        forecast_seal(q->f->record, &made, &seal);
        reply_word(&to, "digest", text_peek(&seal));
    }
    struct reply *r = figures_row(q->f, "forecast");
    reply_word(r, "line", text_peek(&line));
    reply_end(r);
    text_fini(&line);
    text_fini(&seal);
}

static void row_none(struct qualifying *q)
{
    struct reply *r = figures_row(q->f, "missing");

    reply_word(r, "what", "qualifier");
    reply_word(r, "blocks", "qualify");
    reply_word(r, "line", "add qualifier text=\"...\" weight=1 score=");
    reply_word(r, "why", text_of(TEXT_QUALIFY_NONE, q->f->language));
    reply_end(r);
}

static void last_words(struct qualifying *q)
{
    static const char *const verdicts[] = {[VERDICT_UNKNOWN] = "unknown",
        [VERDICT_NO] = "no",
        [VERDICT_CONDITIONAL] = "conditional",
        [VERDICT_BID] = "bid"};
    static const char *const by[] = {[BY_SCORE] = "score",
        [BY_FLOOR] = "floor",
        [BY_UNANSWERED] = "unanswered",
        [BY_WORTH] = "worth"};
    struct reply *r = q->f->last;

    reply_word(r, "verdict", verdicts[q->result.verdict]);
    reply_word(r, "by", by[q->result.by]);
    figures_micro(r, "score", q->result.share);
    reply_int(r, "answered", (int64_t)q->result.answered);
    reply_int(r, "questions", (int64_t)q->ask.n);
    if (q->result.broken)
        reply_int(r, "below", (int64_t)q->result.broken);
    if (q->simulated) {
        reply_int(r, "seed", (int64_t)q->chance.ask.seed);
        reply_int(r, "draws", (int64_t)q->draws);
    }
}

/* Reads what was asked and recorded, judges, and tells it. */
enum err qualifying_judge(struct figures *f, qualifying_fn *tell)
{
    struct qualifying q = {.f = f};
    enum err err = chance_init(&q.chance, f);

    if (err != ERR_OK)
        return err;
    read_questions(&q);
    err = read_bands(&q);
    if (err == ERR_OK)
        err = read_worth(&q);
    if (err == ERR_OK) {
        q.ask.expected = expected_of(&q);
        qualify_judge(&q.ask, &q.result);
        tell(&q);
    }
    free(q.questions);
    chance_fini(&q.chance);
    return err;
}

static void tell_rows(struct qualifying *q)
{
    for (size_t i = 0; i < q->ask.n; i++)
        row_question(q, i);
    if (q->ask.n == 0)
        row_none(q);
    row_worth(q);
    rows_elements(q);
    row_forecast(q);
    last_words(q);
}

enum err figure_qualify(struct figures *f)
{
    return qualifying_judge(f, tell_rows);
}
