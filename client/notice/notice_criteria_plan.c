/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_criteria_plan.c - award criteria of a notice as criteria.
 *
 * A recorded criterion is found again by lot, type and name, wherever it has
 * moved in the list, so that what a team recorded about it stays with it; one
 * whose name was changed, by its code.
 */
#include "client/notice/notice_check.h"
#include "client/notice/notice_draft.h"
#include "client/notice/notice_value.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* What the planning of criteria shares. */
struct criteria {
    struct draft *d;
    struct view by_code, by_name;
    struct word_map matched; /* ids of those that are spoken for */
};

static const char *key_of_name(struct draft *d, const struct known_row *row)
{
    const char *name = known_get(row, "name");

    if (*name == '\0')
        return NULL;
    return draft_text(
        d, "%s\n%s\n%s", known_get(row, "lot"), known_get(row, "sort"), name);
}

static const char *find_sort(
    struct draft *d, const struct want *w, const struct notice_criterion *c)
{
    const char *list = fields[FIELD_CRITERION_SORT].arg;

    if (c->sort && list_holds(list, c->sort, strlen(c->sort)))
        return c->sort;
    draft_remark(d, REMARK_SORT_UNKNOWN, c->line, w->label,
        c->sort ? c->sort : "-", NULL);
    return "quality";
}

/* The name, or the first sentence of the description. */
static void want_name(
    struct draft *d, struct want *w, const struct notice_criterion *c)
{
    struct text name = {0};
    bool other;
    const char *words =
        notice_pick(&c->description, d->notice->language, &other);

    if (c->name.n) {
        want_words(d, w, FIELD_CRITERION_NAME, &c->name);
        return;
    }
    if (words == NULL)
        return;
    value_sentence(&name, words);
    want_text(d, w, FIELD_CRITERION_NAME, name.bytes);
    text_fini(&name);
}

/* What has no field of its own is said behind the description. */
static const struct {
    const char *code;
    const char *english;
    const char *french;
} asides[] = {
    {"fix-tot", "Fixed value (total): ", "Valeur fixe (totale) : "},
    {"fix-unit", "Fixed value (per unit): ", "Valeur fixe (par unité) : "},
    {"max-pass", "Bids that pass, at most: ", "Offres retenues au plus : "},
};

static void add_asides(
    struct draft *d, struct text *t, const struct notice_criterion *c)
{
    const char *language = d->notice->language;
    bool in_french = language && strcmp(language, "FRA") == 0;

    for (size_t i = 0; i < c->parameters_n; i++) {
        const struct notice_parameter *p = &c->parameters[i];

        for (size_t k = 0; k < sizeof asides / sizeof *asides; k++)
            if (p->code && p->number && strcmp(p->code, asides[k].code) == 0)
                text_printf(t, "%s%s%s", t->len ? "\n" : "",
                    in_french ? asides[k].french : asides[k].english,
                    p->number);
    }
}

static void want_description(
    struct draft *d, struct want *w, const struct notice_criterion *c)
{
    struct text t = {0};
    bool other;
    const char *words =
        notice_pick(&c->description, d->notice->language, &other);

    if (other)
        draft_remark(d, REMARK_OTHER_LANGUAGE, w->line, w->label,
            fields[FIELD_CRITERION_DESCRIPTION].word, d->notice->language);
    if (words)
        text_puts(&t, words);
    add_asides(d, &t, c);
    if (t.len)
        want_text(d, w, FIELD_CRITERION_DESCRIPTION, t.bytes);
    text_fini(&t);
}

/* A number is a weight or, for ord-imp, a place in an order; the field that
 * it is not is cleared, as a later notice may change from one to the other. */
static void want_weight(
    struct draft *d, struct want *w, const struct notice_criterion *c)
{
    const struct notice_parameter *p = criterion_weight(c);
    const char *list = fields[FIELD_CRITERION_WEIGHT_KIND].arg;

    if (p == NULL)
        return;
    bool known = p->code && list_holds(list, p->code, strlen(p->code));
    bool order = known && strcmp(p->code, "ord-imp") == 0;
    if (!known)
        draft_remark(d, REMARK_CODE_UNKNOWN, c->line, w->label,
            p->code ? p->code : "-", fields[FIELD_CRITERION_WEIGHT_KIND].word);
    want_number(d, w, order ? FIELD_CRITERION_ORDER : FIELD_CRITERION_WEIGHT,
        p->number);
    want_value(
        d, w, order ? FIELD_CRITERION_WEIGHT : FIELD_CRITERION_ORDER, "");
    want_value(d, w, FIELD_CRITERION_WEIGHT_KIND, known ? p->code : NULL);
}

static void want_threshold(
    struct draft *d, struct want *w, const struct notice_criterion *c)
{
    for (size_t i = 0; i < c->parameters_n; i++) {
        const struct notice_parameter *p = &c->parameters[i];

        if (p->code && strcmp(p->code, "min-score") == 0) {
            want_number(d, w, FIELD_CRITERION_MIN_SCORE, p->number);
            return;
        }
    }
}

static void want_criterion(
    struct draft *d, struct want *w, size_t lot, size_t at)
{
    const struct notice_criterion *c = &d->notice->lots[lot].criteria[at];
    struct text label = {0};

    criterion_label(d->notice, lot, at, &label);
    want_start(w, KIND_CRITERION, c->line, draft_text(d, "%s", label.bytes));
    text_fini(&label);
    want_name(d, w, c);
    want_value(d, w, FIELD_CRITERION_LOT, d->lots[lot]);
    want_value(d, w, FIELD_CRITERION_SORT, find_sort(d, w, c));
    want_weight(d, w, c);
    want_threshold(d, w, c);
    want_description(d, w, c);
}

/* Whether a row that was found is not yet spoken for; it is from then on. */
static bool match(struct criteria *x, struct want *w)
{
    const struct known_row *row = w->now ? w->now : w->then;

    if (word_map_put(&x->matched, row->id, 0))
        return true;
    w->now = NULL;
    w->then = NULL;
    return false;
}

static bool match_by_name(struct criteria *x, struct want *w)
{
    const char *name = NULL;
    const char *lot = "";
    const char *sort = "";

    for (size_t i = 0; i < w->n; i++) {
        if (w->fields[i].field == FIELD_CRITERION_NAME)
            name = w->fields[i].value;
        if (w->fields[i].field == FIELD_CRITERION_LOT)
            lot = w->fields[i].value;
        if (w->fields[i].field == FIELD_CRITERION_SORT)
            sort = w->fields[i].value;
    }
    if (name == NULL)
        return false;
    const char *key = draft_text(x->d, "%s\n%s\n%s", lot, sort, name);
    return view_find(&x->by_name, key, w) && match(x, w);
}

static bool match_by_code(struct criteria *x, struct want *w)
{
    return view_find(&x->by_code, w->label, w) && match(x, w);
}

/* A new criterion takes the code of its place, or the next that is free. */
static const char *choose_code(
    struct criteria *x, const struct want *w, size_t lot)
{
    struct text code = {0};
    const char *chosen = w->label;

    for (size_t n = x->d->notice->lots[lot].criteria_n;
         word_map_find(&x->by_code.by_now, chosen) != WORD_MAP_NONE ||
         !code_is_free(x->d, KIND_CRITERION, chosen);
         n++) {
        criterion_label(x->d->notice, lot, n, &code);
        chosen = draft_text(x->d, "%s", code.bytes);
        text_fini(&code);
    }
    if (code_is_valid(chosen))
        return chosen;
    draft_remark(x->d, REMARK_CODE_BAD, w->line, w->label, chosen, NULL);
    return NULL;
}

static void send_criterion(struct criteria *x, struct want *w, size_t lot)
{
    if (w->now == NULL && w->then == NULL)
        want_value(x->d, w, FIELD_CRITERION_CODE, choose_code(x, w, lot));
    (void)want_send(x->d, w);
}

static void plan_lot(struct criteria *x, size_t lot)
{
    size_t n = x->d->notice->lots[lot].criteria_n;
    struct want *wants = mem_new((n + 1) * sizeof *wants);
    bool *found = mem_new((n + 1) * sizeof *found);

    for (size_t i = 0; i < n; i++) {
        want_criterion(x->d, &wants[i], lot, i);
        found[i] = match_by_name(x, &wants[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (!found[i])
            (void)match_by_code(x, &wants[i]);
        send_criterion(x, &wants[i], lot);
    }
    free(found);
    free(wants);
}

void criteria_plan(struct draft *d)
{
    struct criteria x = {.d = d};

    view_init(d, &x.by_code, KIND_CRITERION, key_of_code);
    view_init(d, &x.by_name, KIND_CRITERION, key_of_name);
    for (size_t i = 0; i < d->notice->lots_n; i++)
        if (d->lots[i])
            plan_lot(&x, i);
    word_map_fini(&x.matched);
    view_fini(&x.by_name);
    view_fini(&x.by_code);
}
