/* SPDX-License-Identifier: Apache-2.0
 *
 * view_figures.c - what is computed of one party: whether it is a client of
 * each tender, what it remembers of us, from whom it bought.
 */
#include "protocol/base_mem.h"
#include "server/figure/client_case.h"
#include "server/people/journey.h"
#include "server/people/view.h"
#include "value/formula.h"

#include <stdlib.h>
#include <string.h>

/* Tenders for which it is computed who is a client; the newest ones. */
#define TENDERS_SHOWN 16

/* The status as a client. */

/* The word for what somebody is by a rule. */
static const char *status_word(enum client_rule rule)
{
    if (rule == CLIENT_RULE_CAPTIVE || rule == CLIENT_RULE_NEAR_CAPTIVE)
        return client_rule_word(rule);
    if (rule == CLIENT_RULE_BENEFICIARY || rule == CLIENT_RULE_BLOCK)
        return "beneficiary";
    switch (client_rule_answer(rule)) {
    case CLIENT_YES:
        return "client";
    case CLIENT_PARTLY:
        return "partly";
    case CLIENT_UNKNOWN:
        return "unknown";
    case CLIENT_NO:
        break;
    }
    return "other";
}

struct status {
    struct person *p;
    struct client_case c;
    const struct tender_model *made;
};

static void row_status(
    struct status *s, const struct object *usage, enum client_rule rule)
{
    struct reply *r = &s->p->r;

    reply_data(r, "status", NULL);
    person_put_name(s->p, r, "tender", KIND_TENDER, s->made->tender->id);
    if (s->made->lot)
        person_put_name(s->p, r, "lot", KIND_LOT, s->made->lot->id);
    if (usage)
        person_put_name(s->p, r, "usage", KIND_NEED, usage->id);
    reply_word(r, "client", client_answer_word(client_rule_answer(rule)));
    reply_word(r, "is", status_word(rule));
    reply_word(r, "rule", client_rule_word(rule));
    reply_word(r, "why",
        client_rule_text(
            rule, s->p->task->language == LANGUAGE_FRENCH ? 1 : 0));
    reply_end(r);
}

static void answer(struct status *s, const struct object *usage)
{
    struct client_ways ways;
    struct client_result result;

    client_case_answer(&s->c, usage, NULL, false, &ways, &result);
    row_status(s, usage, usage ? result.use : result.whole);
    client_ways_fini(&ways);
}

static void rows_lot(struct person *p, const struct record *record,
    const struct object *party, uint64_t lot)
{
    struct tender_model *made = NULL;

    tender_model_new(record, lot, &made);
    struct status s = {.p = p, .made = made};
    client_case_init(&s.c, record, made, party);
    answer(&s, NULL);
    for (size_t n = 0; n < made->model.needs_n; n++)
        if (client_case_has_usage(&s.c, made->needs[n]))
            answer(&s, made->needs[n]);
    tender_model_free(&made);
}

static bool is_lot(const struct object *lot)
{
    return !maker_is_word(VALUE(lot, LOT, SORT), "group");
}

static enum err rows_tender(struct person *p, uint64_t tender)
{
    struct record *record = NULL;
    struct text id = {0};
    size_t lots = 0;
    enum err err = store_record(p->store, p->viewer, tender, 0, &record);

    if (err != ERR_OK)
        return err == ERR_NONE ? ERR_OK : err;
    id_print(&id, KIND_PARTY, person_party(p)->id);
    const struct object *party = record_find(record, KIND_PARTY, id.bytes);
    text_fini(&id);
    INSIST(party != NULL);
    for (size_t i = 0; i < record->n[KIND_LOT]; i++)
        lots += is_lot(record->list[KIND_LOT][i]);
    for (size_t i = 0; lots > 1 && i < record->n[KIND_LOT]; i++)
        if (is_lot(record->list[KIND_LOT][i]))
            rows_lot(p, record, party, record->list[KIND_LOT][i]->id);
    if (lots <= 1)
        rows_lot(p, record, party, 0);
    record_free(&record);
    return ERR_OK;
}

static int compare_falling(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x < y) - (x > y);
}

/* Where it has a part, or something within reach. */
static size_t list_tenders(const struct person *p, uint64_t *list)
{
    size_t n = 0, kept = 0;

    for (size_t i = 1; i < p->about.n; i++) {
        const struct about_row *row = &p->about.list[i];

        if (row->kind == KIND_STAKE || row->kind == KIND_REACH)
            list[n++] = row->object->tender;
        else if (row->kind == KIND_TENDER)
            list[n++] = row->id;
    }
    if (n > 1)
        qsort(list, n, sizeof *list, compare_falling);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

enum err view_status(struct person *p, size_t *shown, size_t *tenders)
{
    uint64_t *list = mem_new((p->about.n + 1) * sizeof *list);
    enum err err = ERR_OK;

    *tenders = list_tenders(p, list);
    *shown = *tenders < TENDERS_SHOWN ? *tenders : TENDERS_SHOWN;
    for (size_t i = 0; i < *shown && err == ERR_OK; i++)
        err = rows_tender(p, list[i]);
    free(list);
    return err;
}

/* What it lived. */

static void row_experience(
    struct person *p, const char *phase, const struct journey *j)
{
    if (j->n == 0)
        return;
    int64_t mean = formula_mean(j->emotions, j->weights, j->n);
    int64_t remembered = formula_peak_end(j->emotions, j->n);

    reply_data(&p->r, "experience", NULL);
    reply_word(&p->r, "phase", phase);
    reply_int(&p->r, "touches", (int64_t)j->n);
    reply_micro(&p->r, "mean", mean);
    reply_micro(&p->r, "remembered", remembered);
    reply_int(&p->r, "peak", j->peak);
    reply_int(&p->r, "end", j->emotions[j->n - 1] / DECIMAL_ONE);
    reply_micro(&p->r, "gap", remembered - mean);
    reply_end(&p->r);
}

void view_experience(struct person *p)
{
    size_t n;
    const struct object **list = person_list(p, KIND_TOUCH, &n);

    for (size_t phase = 0; phase < JOURNEY_PHASES; phase++) {
        struct journey j;

        journey_init(&j, list, n, phase);
        row_experience(p, journey_phases[phase], &j);
        journey_fini(&j);
    }
    free(list);
}

/* Clients by purchase. */

static bool is_first_from(
    const struct object *const *list, size_t i, int64_t from)
{
    for (size_t k = 0; k < i; k++)
        if (VALUE(list[k], PURCHASE, FROM)->number == from)
            return false;
    return true;
}

static void row_client(
    struct person *p, const struct object *const *list, size_t n, int64_t from)
{
    const char *last = NULL;
    size_t times = 0;

    for (size_t i = 0; i < n; i++) {
        const struct datum *day = VALUE(list[i], PURCHASE, BOUGHT);

        if (VALUE(list[i], PURCHASE, FROM)->number != from)
            continue;
        times++;
        if (day->set && (last == NULL || strcmp(day->text, last) > 0))
            last = day->text;
    }
    reply_data(&p->r, "client", NULL);
    person_put_name(p, &p->r, "of", KIND_PARTY, (uint64_t)from);
    reply_word(&p->r, "by", "purchase");
    reply_int(&p->r, "purchases", (int64_t)times);
    if (last)
        reply_word(&p->r, "last", last);
    reply_end(&p->r);
}

void view_purchases(struct person *p)
{
    size_t n;
    const struct object **list = person_list(p, KIND_PURCHASE, &n);

    for (size_t i = 0; i < n; i++) {
        int64_t from = VALUE(list[i], PURCHASE, FROM)->number;

        if (is_first_from(list, i, from))
            row_client(p, list, n, from);
    }
    free(list);
}
