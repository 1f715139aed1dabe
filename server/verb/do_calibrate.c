/* SPDX-License-Identifier: Apache-2.0
 *
 * do_calibrate.c - calibrate: forecasts against what happened, over all tenders
 * that the user may see.
 */
#include "protocol/base_mem.h"
#include "server/figure/forecast_seal.h"
#include "server/people/outcome.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"
#include "value/formula.h"
#include "value/fraction.h"

#include <stdlib.h>
#include <string.h>

struct calibrating {
    uint64_t at; /* 0: now */
    bool check;  /* make each digest again */
    struct store *store;
    struct task *task;
    struct objects tenders, forecasts;
    /* Of the forecasts whose outcome is known. */
    int64_t *chances;
    bool *happened;
    const char **by;
    size_t n;
};

static void clean_calibrating(struct task *t)
{
    struct calibrating *c = t->state;

    objects_fini(&c->tenders);
    objects_fini(&c->forecasts);
    free(c->chances);
    free(c->happened);
    free(c->by);
    free(c);
}

static const struct datum *value_of(const struct object *o, size_t field)
{
    return &o->values[field_place(field)];
}

/* Whether a forecast and the record that it rests on are what was sealed;
 * NULL where nothing was. */
static const char *intact(
    const struct calibrating *c, const struct object *forecast)
{
    const struct datum *digest = value_of(forecast, FIELD_FORECAST_DIGEST);
    const struct datum *seen = value_of(forecast, FIELD_FORECAST_SEEN);
    struct forecast_made made;
    struct record *record = NULL;
    struct text seal = {0};

    if (!digest->set || !seen->set)
        return NULL;
    forecast_read(forecast, &made);
    if (seen->number < 1 ||
        store_record(c->store, &c->task->viewer, forecast->tender,
            (uint64_t)seen->number, &record) != ERR_OK)
        return "no";
    forecast_seal(record, &made, &seal);
    bool same = strcmp(text_peek(&seal), digest->text) == 0;
    text_fini(&seal);
    record_free(&record);
    return same ? "yes" : "no";
}

static void row_forecast(
    struct calibrating *c, struct reply *r, const struct object *forecast)
{
    int64_t chance = value_of(forecast, FIELD_FORECAST_CHANCE)->number;
    const char *outcome = outcome_of(&c->tenders, forecast);
    const struct object *tender = outcome_tender(&c->tenders, forecast);
    bool won;
    struct text name = {0};

    id_print(&name, forecast->kind, forecast->id);
    reply_data(r, "forecast", text_peek(&name));
    text_fini(&name);
    if (tender != NULL) {
        object_name(&name, tender);
        reply_word(r, "tender", text_peek(&name));
    }
    text_fini(&name);
    reply_word(r, "by", outcome_person(forecast));
    reply_micro(r, "chance", chance * (MICRO_ONE / DECIMAL_ONE));
    reply_word(r, "outcome", outcome);
    if (outcome_known(outcome, &won)) {
        reply_micro(r, "score", formula_brier(&chance, &won, 1));
        c->chances[c->n] = chance;
        c->happened[c->n] = won;
        c->by[c->n++] = outcome_person(forecast);
    }
    const char *sealed = c->check ? intact(c, forecast) : NULL;
    if (sealed != NULL)
        reply_word(r, "intact", sealed);
    reply_end(r);
}

/* By chance, in fifths: what was foreseen on average beside how many were won.
 * Of one person, or of all. */
static void rows_bins(struct reply *r, const char *by, const int64_t *chances,
    const bool *happened, size_t n)
{
    struct formula_bin bin;

    for (int i = 0; i < FORMULA_BINS; i++) {
        if (!formula_bin_of(chances, happened, n, i, &bin))
            continue;
        reply_data(r, "bin", NULL);
        if (by)
            reply_word(r, "by", by);
        reply_micro(r, "from", MICRO_ONE / FORMULA_BINS * i);
        reply_micro(r, "to", MICRO_ONE / FORMULA_BINS * (i + 1));
        reply_int(r, "forecasts", (int64_t)bin.n);
        reply_micro(r, "chance", bin.chance);
        reply_int(r, "won", (int64_t)bin.won);
        reply_micro(r, "share", bin.share);
        reply_end(r);
    }
}

/* The forecasts of one person; those before a place were told. */
static void row_person(
    const struct calibrating *c, struct reply *r, size_t first)
{
    int64_t *chances = mem_new((c->n + 1) * sizeof *chances);
    bool *happened = mem_new((c->n + 1) * sizeof *happened);
    size_t n = 0;
    bool told = false;

    for (size_t i = 0; i < c->n; i++) {
        if (strcmp(c->by[i], c->by[first]) != 0)
            continue;
        told |= i < first;
        chances[n] = c->chances[i];
        happened[n++] = c->happened[i];
    }
    if (!told) {
        reply_data(r, "person", NULL);
        reply_word(r, "by", c->by[first]);
        reply_int(r, "forecasts", (int64_t)n);
        reply_micro(r, "brier", formula_brier(chances, happened, n));
        reply_end(r);
        rows_bins(r, c->by[first], chances, happened, n);
    }
    free(chances);
    free(happened);
}

static enum err run_calibrate(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct calibrating *c = t->state;
    struct reply r = task_reply(t);
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_at(t, "at", c->at);
    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_TENDER, c->at, &c->tenders);
    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_FORECAST, c->at, &c->forecasts);
    if (err != ERR_OK)
        return err;
    c->store = store;
    c->task = t;
    size_t n = c->forecasts.n + 1;
    c->chances = mem_new(n * sizeof *c->chances);
    c->happened = mem_new(n * sizeof *c->happened);
    c->by = mem_new(n * sizeof *c->by);
    for (size_t i = 0; i < c->forecasts.n; i++)
        row_forecast(c, &r, c->forecasts.list[i]);
    for (size_t i = 0; i < c->n; i++)
        row_person(c, &r, i);
    rows_bins(&r, NULL, c->chances, c->happened, c->n);
    t->rows = r.rows;
    return ERR_OK;
}

static void finish_calibrate(struct session *s, struct task *t)
{
    struct calibrating *c = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)(c->at ? c->at : t->head));
    reply_int(&r, "known", (int64_t)c->n);
    if (c->n)
        reply_micro(&r, "brier", formula_brier(c->chances, c->happened, c->n));
    reply_end(&r);
}

void do_calibrate(struct session *s, struct request *q)
{
    struct calibrating *c = mem_new(sizeof *c);
    struct fault fault = {0};
    enum err err = request_int(q, "at", 0, &c->at, &fault);
    const char *check = request_key(q, "check");
    struct task *t = task_new(s, q);

    t->state = c;
    t->clean = clean_calibrating;
    c->check = check && strcmp(check, "yes") == 0;
    if (err == ERR_OK && check && !c->check && strcmp(check, "no") != 0)
        err = fault_set(&fault, ERR_ARG, "check", check, "yes or no");
    if (err == ERR_OK) {
        task_start(t, db_read, run_calibrate, finish_calibrate);
        return;
    }
    session_fail(s, &t->request, &fault);
    fault_fini(&fault);
    task_drop(t);
}
