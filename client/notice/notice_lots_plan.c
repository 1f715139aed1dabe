/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_lots_plan.c - lots and groups of a notice as lots of the record.
 */
#include "client/notice/notice_check.h"
#include "client/notice/notice_draft.h"

#include <string.h>

/* A lot is found by its code, which stays whatever else changes; one that
 * could have no code, by its title. */
static const char *key_of_lot(struct draft *d, const struct known_row *row)
{
    const char *code = key_of_code(d, row);

    return code ? code : draft_text(d, "\n%s", known_get(row, "title"));
}

static const char *code_of(struct draft *d, size_t at, const char *label)
{
    const struct notice_lot *lot = &d->notice->lots[at];

    if (lot->id == NULL)
        return NULL;
    if (code_is_valid(lot->id))
        return lot->id;
    draft_remark(d, REMARK_CODE_BAD, lot->line, label, lot->id, NULL);
    return NULL;
}

/* The wanted title of a lot without a code, as key_of_lot makes it. */
static const char *key_of_title(struct draft *d, const struct want *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->fields[i].field == FIELD_LOT_TITLE)
            return draft_text(d, "\n%s", w->fields[i].value);
    return "\n";
}

static void add_paragraph(struct draft *d, struct text *t, const char *english,
    const char *french, const struct notice_words *words)
{
    const char *language = d->notice->language;
    bool other;
    const char *picked = notice_pick(words, language, &other);
    bool in_french = language && strcmp(language, "FRA") == 0;

    if (picked)
        text_printf(t, "%s%s%s", t->len ? "\n" : "",
            in_french ? french : english, picked);
}

/* The description, with what the notice says of the criteria as a whole. */
static void want_description(
    struct draft *d, struct want *w, const struct notice_lot *lot)
{
    struct text t = {0};
    bool other;
    const char *picked =
        notice_pick(&lot->description, d->notice->language, &other);

    if (other)
        draft_remark(d, REMARK_OTHER_LANGUAGE, w->line, w->label,
            fields[FIELD_LOT_DESCRIPTION].word, d->notice->language);
    if (picked)
        text_puts(&t, picked);
    add_paragraph(d, &t, "Formula: ", "Formule : ", &lot->formula);
    add_paragraph(
        d, &t, "Order of the criteria: ", "Ordre des critères : ", &lot->order);
    if (t.len)
        want_text(d, w, FIELD_LOT_DESCRIPTION, t.bytes);
    text_fini(&t);
}

/* A lot has a deadline of its own when it is not the tender's. */
static void want_due(struct draft *d, struct want *w, size_t at)
{
    struct text due = {0};

    if (d->dues[at] == DUE_NONE)
        return;
    if (d->dues[at] != d->due)
        time_print(&due, d->dues[at], false);
    want_value(d, w, FIELD_LOT_DUE, text_peek(&due));
    text_fini(&due);
}

static void want_members(
    struct draft *d, struct want *w, const struct notice_lot *lot)
{
    struct text set = {0};

    for (size_t i = 0; i < lot->members.n; i++) {
        size_t at = word_map_find(&d->lot_ids, lot->members.all[i]);
        const char *name = at == WORD_MAP_NONE ? NULL : d->lots[at];

        if (at == WORD_MAP_NONE)
            draft_remark(d, REMARK_LOT_UNKNOWN, w->line, w->label,
                lot->members.all[i], NULL);
        if (name && !list_holds(text_peek(&set), name, strlen(name)))
            text_printf(&set, "%s%s", set.len ? "," : "", name);
    }
    if (set.len)
        want_value(d, w, FIELD_LOT_MEMBERS, set.bytes);
    text_fini(&set);
}

static void plan_lot(struct draft *d, const struct view *view, size_t at)
{
    const struct notice_lot *lot = &d->notice->lots[at];
    struct text label = {0};
    struct want w;

    lot_label(d->notice, at, &label);
    want_start(&w, KIND_LOT, lot->line, draft_text(d, "%s", label.bytes));
    text_fini(&label);
    w.prefix = 'l';
    const char *code = code_of(d, at, w.label);
    want_value(d, &w, FIELD_LOT_CODE, code);
    want_words(d, &w, FIELD_LOT_TITLE, &lot->title);
    want_value(d, &w, FIELD_LOT_SORT, lot->is_group ? "group" : "lot");
    want_members(d, &w, lot);
    want_amount(d, &w, FIELD_LOT_ESTIMATED_VALUE, &lot->estimate, d->currency);
    want_due(d, &w, at);
    want_text(d, &w, FIELD_LOT_CPV, lot->cpv);
    want_description(d, &w, lot);
    (void)view_find(view, code ? code : key_of_title(d, &w), &w);
    d->lots[at] = want_send(d, &w);
}

/* What the last notice brought and this one does not name any more.  Award
 * notices need not name every lot. */
static void warn_of_missing(struct draft *d, const struct view *view)
{
    if (d->fill || notice_is_award(d->notice))
        return;
    for (size_t i = 0; i < view->then->n; i++) {
        const struct known_row *row = &view->then->all[i];
        const char *code = known_get(row, "code");

        if (*code && word_map_find(&d->lot_ids, code) == WORD_MAP_NONE &&
            word_map_find(&view->by_id, row->id) != WORD_MAP_NONE)
            draft_remark(d, REMARK_NO_LONGER, 0, row->id, code, NULL);
    }
}

void lots_plan(struct draft *d)
{
    const struct notice *n = d->notice;
    struct view view;

    d->lots = pool_new(&d->pool, (n->lots_n + 1) * sizeof *d->lots);
    view_init(d, &view, KIND_LOT, key_of_lot);
    for (size_t i = 0; i < n->lots_n; i++)
        if (n->lots[i].id && !word_map_put(&d->lot_ids, n->lots[i].id, i))
            draft_remark(
                d, REMARK_TWICE, n->lots[i].line, n->lots[i].id, NULL, NULL);
    for (int groups = 0; groups < 2; groups++) {
        for (size_t i = 0; i < n->lots_n; i++) {
            const char *id = n->lots[i].id;

            if (n->lots[i].is_group == groups &&
                (id == NULL || word_map_find(&d->lot_ids, id) == i))
                plan_lot(d, &view, i);
        }
    }
    warn_of_missing(d, &view);
    view_fini(&view);
}
