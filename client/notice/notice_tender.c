/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_tender.c - the procedure of a notice as a tender.
 */
#include "client/notice/notice_check.h"
#include "client/notice/notice_draft.h"
#include "client/notice/notice_value.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* The procedures of the standard (BT-105) as those of the record.  What has
 * no counterpart there is "adapted": the buyer set its own steps. */
static const struct {
    const char *code;
    const char *word;
} procedures[] = {
    {"open", "open"},
    {"restricted", "restricted"},
    {"neg-w-call", "negotiated"},
    {"neg-wo-call", "negotiated"},
    {"innovation", "negotiated"},
    {"comp-dial", "dialogue"},
    {"comp-tend", "adapted"},
    {"exp-int-rail", "adapted"},
    {"oth-single", "adapted"},
    {"oth-mult", "adapted"},
};

/* The directive on concessions. */
#define CONCESSIONS "32014L0023"

static const char *find_procedure(struct draft *d, const char *label)
{
    const struct notice *n = d->notice;

    if (n->legal_basis && strcmp(n->legal_basis, CONCESSIONS) == 0)
        return "concession";
    if (n->type && strstr(n->type, "-desg"))
        return "contest";
    if (n->procedure == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof procedures / sizeof *procedures; i++)
        if (strcmp(procedures[i].code, n->procedure) == 0)
            return procedures[i].word;
    draft_remark(d, REMARK_CODE_UNKNOWN, n->project_line, label, n->procedure,
        fields[FIELD_TENDER_PROCEDURE].word);
    return NULL;
}

/* Every currency that the notice uses, in the order in which one is taken for
 * that of the tender. */
struct currencies {
    const char *all[64];
    size_t n;
};

static void add_currency(struct currencies *c, const struct notice_amount *a)
{
    if (a->number == NULL || a->currency == NULL ||
        c->n == sizeof c->all / sizeof *c->all)
        return;
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->all[i], a->currency) == 0)
            return;
    c->all[c->n++] = a->currency;
}

static struct currencies find_currencies(const struct notice *n)
{
    struct currencies c = {0};

    add_currency(&c, &n->estimate);
    for (size_t i = 0; i < n->lots_n; i++)
        add_currency(&c, &n->lots[i].estimate);
    if (n->result == NULL)
        return c;
    add_currency(&c, &n->result->total);
    for (size_t i = 0; i < n->result->tenders_n; i++)
        add_currency(&c, &n->result->tenders[i].value);
    for (size_t i = 0; i < n->result->lots_n; i++) {
        add_currency(&c, &n->result->lots[i].lowest);
        add_currency(&c, &n->result->lots[i].highest);
    }
    return c;
}

/* The currency in which the tender will count.  One that is recorded stays
 * when the notice uses it too, and when a person chose it. */
static const char *choose_currency(struct draft *d)
{
    struct currencies c = find_currencies(d->notice);
    const char *now = known_get(d->now, "currency");

    for (size_t i = 0; *now && i < c.n; i++)
        if (strcmp(c.all[i], now) == 0)
            return now;
    if (*now && (c.n == 0 || d->fill ||
                    strcmp(now, known_get(d->then, "currency")) != 0))
        return now;
    return c.n ? c.all[0] : "";
}

static void find_unit(struct draft *d)
{
    const char *unit = known_get(d->now, "money-unit");

    d->unit = *unit ? strtol(unit, NULL, 10) : 1;
    if (d->unit < 1)
        d->unit = 1;
}

static void find_due(struct draft *d, size_t lot)
{
    const struct notice_lot *l = &d->notice->lots[lot];
    struct text label = {0};
    enum value_lack lack;
    int64_t ms;

    d->dues[lot] = DUE_NONE;
    if (l->due_date == NULL)
        return;
    lot_label(d->notice, lot, &label);
    if (value_time(l->due_date, l->due_time, &ms, &lack) != ERR_OK) {
        draft_remark(
            d, REMARK_TIME_BAD, l->line, label.bytes, l->due_date, NULL);
    } else {
        if (lack != VALUE_WHOLE)
            draft_remark(d,
                lack == VALUE_NO_HOUR ? REMARK_TIME_NO_HOUR
                                      : REMARK_TIME_NO_ZONE,
                l->line, label.bytes, l->due_date, NULL);
        d->dues[lot] = ms;
        if (d->due == DUE_NONE || ms < d->due)
            d->due = ms;
    }
    text_fini(&label);
}

static void find_dues(struct draft *d)
{
    d->dues = pool_new(&d->pool, (d->notice->lots_n + 1) * sizeof *d->dues);
    d->due = DUE_NONE;
    for (size_t i = 0; i < d->notice->lots_n; i++)
        find_due(d, i);
}

/* The code of a new tender: the buyer's number when it can be one. */
static const char *choose_code(struct draft *d, const char *label)
{
    const char *code = d->notice->internal_id;

    if (code == NULL)
        return NULL;
    if (!code_is_valid(code)) {
        draft_remark(
            d, REMARK_CODE_BAD, d->notice->project_line, label, code, NULL);
        return NULL;
    }
    for (size_t i = 0; i < d->known->tenders.n; i++) {
        const struct known_row *row = &d->known->tenders.all[i];

        if (strcmp(known_get(row, "code"), code) == 0) {
            draft_remark(d, REMARK_CODE_TAKEN, d->notice->project_line, label,
                code, NULL);
            return NULL;
        }
    }
    return code;
}

static void want_buyers(struct draft *d, struct want *w)
{
    const struct notice_ids *buyers = &d->notice->buyers;
    struct text set = {0};

    for (size_t i = 0; i < buyers->n; i++) {
        const char *name =
            party_name(d, buyers->all[i], w->label, d->notice->line);

        if (name == NULL || list_holds(text_peek(&set), name, strlen(name)))
            continue;
        text_printf(&set, "%s%s", set.len ? "," : "", name);
    }
    if (set.len)
        want_value(d, w, FIELD_TENDER_BUYER, set.bytes);
    text_fini(&set);
}

static void want_due(struct draft *d, struct want *w)
{
    struct text due = {0};

    if (d->due == DUE_NONE)
        return;
    time_print(&due, d->due, false);
    want_value(d, w, FIELD_TENDER_DUE, due.bytes);
    text_fini(&due);
}

void tender_plan(struct draft *d)
{
    const struct notice *n = d->notice;
    const char *label = d->now           ? d->now->id
                        : n->internal_id ? n->internal_id
                                         : "tender";
    struct want w;

    d->currency = choose_currency(d);
    find_unit(d);
    find_dues(d);
    want_start(&w, KIND_TENDER, n->project_line, label);
    w.then = d->then;
    w.now = d->now;
    if (w.now == NULL)
        want_value(d, &w, FIELD_TENDER_CODE, choose_code(d, label));
    want_text(d, &w, FIELD_TENDER_REF, n->internal_id);
    want_words(d, &w, FIELD_TENDER_TITLE, &n->title);
    want_buyers(d, &w);
    want_value(d, &w, FIELD_TENDER_PROCEDURE, find_procedure(d, label));
    want_text(d, &w, FIELD_TENDER_NATURE, n->nature);
    want_text(d, &w, FIELD_TENDER_CPV, n->cpv);
    if (*d->currency)
        want_text(d, &w, FIELD_TENDER_CURRENCY, d->currency);
    want_amount(d, &w, FIELD_TENDER_ESTIMATED_VALUE, &n->estimate, d->currency);
    want_due(d, &w);
    want_value(d, &w, FIELD_TENDER_FUNDING, "institution");
    want_text(d, &w, FIELD_TENDER_PROCEDURE_ID, n->procedure_id);
    want_text(d, &w, FIELD_TENDER_LANGUAGE, n->language);
    want_words(d, &w, FIELD_TENDER_DESCRIPTION, &n->description);
    d->tender = want_send(d, &w);
}
