/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_record.c - rules of conduct in the record: contacts in the time of
 * silence, heads counted twice, rivals without a source.
 */
#include "server/words/lint_inside.h"

#include <string.h>

/* A contact of this tender, or of nobody's tender with who has a stake. */
static bool is_of_tender(const struct linting *l, const struct object *touch)
{
    const struct record *r = l->f->record;

    if (touch->tender)
        return true;
    for (size_t i = 0; i < r->n[KIND_STAKE]; i++)
        if (VALUE(r->list[KIND_STAKE][i], STAKE, PARTY)->number ==
            VALUE(touch, TOUCH, PARTY)->number)
            return true;
    return false;
}

static void check_silence(struct linting *l)
{
    const struct record *r = l->f->record;
    const struct object *tender = l->f->made->tender;
    const struct datum *from = VALUE(tender, TENDER, SILENCE_FROM);
    const struct datum *until = VALUE(tender, TENDER, DECISION_AT);

    for (size_t i = 0; from->set && i < r->n[KIND_TOUCH]; i++) {
        const struct object *o = r->list[KIND_TOUCH][i];
        const struct datum *held = VALUE(o, TOUCH, HELD);
        struct text got = {0};
        struct text may = {0};

        if (!held->set || held->number < from->number ||
            (until->set && held->number >= until->number) ||
            !is_of_tender(l, o))
            continue;
        time_print(&got, held->number, false);
        text_puts(&may, "<");
        time_print(&may, from->number, false);
        lint_find(l, LINT_SILENCE, o, "held", text_peek(&got), text_peek(&may));
        text_fini(&got);
        text_fini(&may);
    }
}

static bool is_segment_here(const struct linting *l, const struct datum *party)
{
    const struct tender_model *made = l->f->made;

    return maker_index(made->segments, made->model.segments_n, party) !=
           MODEL_NOWHERE;
}

/* A segment within another one that counts too, or that shares heads. */
static void check_overlap(struct linting *l)
{
    const struct tender_model *made = l->f->made;

    for (size_t s = 0; s < made->model.segments_n; s++) {
        const struct object *o = made->segments[s];
        const struct datum *within = VALUE(o, PARTY, WITHIN);
        const struct datum *overlap = VALUE(o, PARTY, OVERLAP);
        struct text got = {0};

        if (within->set && is_segment_here(l, within)) {
            datum_print(&got, FIELD_PARTY_WITHIN, within);
            lint_find(l, LINT_OVERLAP, o, "within", text_peek(&got), NULL);
        } else if (overlap->set && overlap->number > 0) {
            datum_print(&got, FIELD_PARTY_OVERLAP, overlap);
            lint_find(l, LINT_OVERLAP, o, "overlap", text_peek(&got), "0");
        }
        text_fini(&got);
    }
}

/* Rivals. */

static bool is_rival_bid(const struct linting *l, const struct datum *bid)
{
    const struct record *r = l->f->record;
    size_t at = maker_index(
        (const struct object *const *)r->list[KIND_BID], r->n[KIND_BID], bid);

    if (at == MODEL_NOWHERE)
        return false;
    const struct datum *ours = VALUE(r->list[KIND_BID][at], BID, OURS);
    return !ours->set || !ours->number;
}

static bool is_rival(const struct linting *l, const struct datum *on)
{
    const struct record *r = l->f->record;

    if (on->ref_kind == KIND_BID)
        return is_rival_bid(l, on);
    for (size_t i = 0; on->ref_kind == KIND_PARTY && i < r->n[KIND_BID]; i++) {
        const struct object *bid = r->list[KIND_BID][i];
        const struct datum *ours = VALUE(bid, BID, OURS);

        if ((!ours->set || !ours->number) &&
            VALUE(bid, BID, PARTY)->number == on->number)
            return true;
    }
    return false;
}

static void check_source(struct linting *l, const struct object *o,
    const struct datum *source, const struct datum *date)
{
    if (!source->set)
        lint_find(l, LINT_RIVAL, o, "source", "", NULL);
    else if (!date->set)
        lint_find(l, LINT_RIVAL, o, "date", "", NULL);
}

static void check_rivals(struct linting *l)
{
    const struct record *r = l->f->record;

    for (size_t i = 0; i < r->n[KIND_FACT]; i++) {
        const struct object *o = r->list[KIND_FACT][i];

        if (is_rival(l, VALUE(o, FACT, ON)))
            check_source(l, o, VALUE(o, FACT, SOURCE), VALUE(o, FACT, DATE));
    }
    for (size_t i = 0; i < r->n[KIND_MARK]; i++) {
        const struct object *o = r->list[KIND_MARK][i];

        if (is_rival_bid(l, VALUE(o, MARK, BID)))
            check_source(l, o, VALUE(o, MARK, SOURCE), VALUE(o, MARK, DATE));
    }
}

/* A figure of a rival in a note is one without a source. */
static void check_notes(struct linting *l)
{
    const struct record *notes = l->f->notes;

    for (size_t i = 0; i < notes->n[KIND_NOTE]; i++) {
        const struct object *o = notes->list[KIND_NOTE][i];
        const char *text = VALUE(o, NOTE, TEXT)->text;
        struct lint_figure figure;
        struct text got = {0};

        if (!is_rival(l, VALUE(o, NOTE, ON)))
            continue;
        while (got.len == 0 && lint_figure(&text, l->language, &figure))
            if (*figure.unit)
                lint_put_figure(&got, &figure);
        if (got.len)
            lint_find(l, LINT_RIVAL, o, "text", got.bytes, "fact");
        text_fini(&got);
    }
}

void lint_record(struct linting *l)
{
    check_silence(l);
    check_overlap(l);
    check_rivals(l);
    check_notes(l);
}
