/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_offer.c - what our offer is before any figure is made of it: its
 * price, marks and coverage with the elements that are always in.
 */
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/offer.h"

#include <string.h>

struct number explain_cover(const struct offer *offer, size_t bid, size_t need)
{
    struct number made;
    mpq_t cover, exact;

    mpq_inits(cover, exact, NULL);
    offer_cover(offer, bid, need, cover);
    int64_t micro = fraction_micro(cover, FRACTION_HALF_UP);
    int64_t part = MICRO_ONE / DECIMAL_ONE;
    fraction_set(exact, micro / part);
    made = mpq_equal(cover, exact) ? explain_decimal(micro / part)
                                   : explain_micro(micro);
    mpq_clears(cover, exact, NULL);
    return made;
}

void explain_importance(
    struct figures *f, const struct object *party, const struct object *need)
{
    for (size_t i = 0; i < f->record->n[KIND_WEIGHS]; i++) {
        const struct object *o = f->record->list[KIND_WEIGHS][i];

        if (maker_is_ref(VALUE(o, WEIGHS, PARTY), party) &&
            maker_is_ref(VALUE(o, WEIGHS, NEED), need))
            explain_input(f, o, FIELD_WEIGHS_IMPORTANCE);
    }
}

void explain_levels(
    struct figures *f, const struct object *offer, const struct object *need)
{
    for (size_t i = 0; i < f->record->n[KIND_COVER]; i++) {
        const struct object *o = f->record->list[KIND_COVER][i];

        if (maker_is_ref(offer->kind == KIND_BID ? VALUE(o, COVER, BID)
                                                 : VALUE(o, COVER, ALTERNATIVE),
                offer) &&
            maker_is_ref(VALUE(o, COVER, NEED), need))
            explain_input(f, o, FIELD_COVER_LEVEL);
    }
}

/* Effects of elements that are always in, on a criterion or a need. */
struct effects {
    struct text added; /* " + (0.2)" each */
    struct text caps;  /* ", 0.2" each */
    struct text open;  /* " x (1 - 0.2)" each */
};

static void read_effects(
    const struct model *m, size_t criterion, size_t need, struct effects *e)
{
    for (size_t i = 0; i < m->effects_n; i++) {
        const struct model_effect *one = &m->effects[i];
        struct number by = explain_decimal(one->by);
        bool adds =
            one->combine == COMBINE_ADD ||
            (one->combine == COMBINE_COMPLEMENT && need == MODEL_NOWHERE);

        if (one->criterion != criterion || one->need != need ||
            !m->elements[one->element].always)
            continue;
        if (adds)
            text_printf(&e->added, one->by < 0 ? " + (%s)" : " + %s", by.text);
        else if (one->combine == COMBINE_CAP)
            text_printf(&e->caps, ", %s", by.text);
        else
            text_printf(&e->open, " x (1 - min(1, %s))", by.text);
    }
}

/* The arithmetic of a recorded value with effects, up to most; false where no
 * element changes it. */
static bool put_effects(const struct model *m, size_t criterion, size_t need,
    int64_t recorded, int64_t most, struct text *to)
{
    struct effects e = {0};

    read_effects(m, criterion, need, &e);
    bool any = e.added.len + e.caps.len + e.open.len > 0;
    if (e.open.len)
        text_puts(to, "1 - (1 - ");
    text_printf(to, "min(%s, max(0, %s%s", explain_decimal(most).text,
        explain_decimal(recorded).text, text_peek(&e.added));
    if (e.caps.len)
        text_printf(to, " + max(0%s) + min(0%s)", text_peek(&e.caps),
            text_peek(&e.caps));
    text_printf(to, "))%s%s", e.open.len ? ")" : "", text_peek(&e.open));
    text_fini(&e.added);
    text_fini(&e.caps);
    text_fini(&e.open);
    return any;
}

/* The inputs of what elements do to a criterion or a need. */
static void input_effects(struct figures *f, const struct object *of)
{
    for (size_t i = 0; i < f->record->n[KIND_EFFECT]; i++) {
        const struct object *o = f->record->list[KIND_EFFECT][i];
        const struct datum *on = VALUE(o, EFFECT, ON);
        size_t e = maker_index(f->made->elements, f->made->model.elements_n,
            VALUE(o, EFFECT, ELEMENT));

        if (e == MODEL_NOWHERE || !f->made->model.elements[e].always ||
            on->ref_kind != of->kind || (uint64_t)on->number != of->id)
            continue;
        explain_input(f, o, FIELD_EFFECT_BY);
        explain_input(f, o, FIELD_EFFECT_COMBINE);
    }
}

void explain_covers(struct figures *f, size_t bid, size_t need)
{
    const struct model *m = &f->made->model;
    const struct estimate *cover = &m->covers[bid * m->needs_n + need];
    struct text how = {0};
    struct text name = {0};
    struct offer offer;

    explain_levels(f, f->made->bids[bid], f->made->needs[need]);
    if (bid != m->ours)
        return;
    offer_init(&offer, m);
    object_name(&name, f->made->needs[need]);
    if (put_effects(m, MODEL_NOWHERE, need,
            cover->low == MODEL_ABSENT ? 0 : cover->likely, DECIMAL_ONE, &how))
        explain_say(f, "coverage of %s with the elements = %s = %s",
            text_peek(&name), text_peek(&how),
            explain_cover(&offer, bid, need).text);
    offer_fini(&offer);
    input_effects(f, f->made->needs[need]);
    text_fini(&how);
    text_fini(&name);
}

/* The mark that several gave, before any element. */
static void say_panel_mark(
    struct figures *f, const struct estimate *mark, size_t bid, size_t k)
{
    const struct tender_panel *p = NULL;
    struct text all = {0};

    for (size_t i = 0; i < f->made->panels_n; i++)
        if (f->made->panels[i].bid == bid &&
            f->made->panels[i].criterion == k && f->made->panels[i].round == 0)
            p = &f->made->panels[i];
    if (p == NULL)
        return;
    for (size_t i = 0; i < p->n; i++)
        text_printf(
            &all, "%s%s", i ? ", " : "", explain_decimal(p->values[i]).text);
    if (p->moderated != MODEL_ABSENT)
        explain_say(f, "the mark was moderated to %s, whatever each gave: %s",
            explain_micro(p->moderated).text, text_peek(&all));
    else
        explain_say(f,
            "mark = mean of the newest mark of each = round(mean(%s), 4) = %s",
            text_peek(&all), explain_decimal(mark->likely).text);
    text_fini(&all);
}

void explain_mark(struct figures *f, int64_t used, size_t bid, size_t k)
{
    const struct model *m = &f->made->model;
    const struct estimate *mark = &m->marks[bid * m->criteria_n + k];
    struct text how = {0};

    if (mark->low != mark->high)
        explain_say(f,
            "the mark is an estimate, %s to %s: the likeliest, %s, "
            "is taken",
            explain_decimal(mark->low).text, explain_decimal(mark->high).text,
            explain_decimal(mark->likely).text);
    say_panel_mark(f, mark, bid, k);
    if (bid != m->ours)
        return;
    if (put_effects(m, k, MODEL_NOWHERE,
            mark->low == MODEL_ABSENT ? 0 : mark->likely,
            m->criteria[k].scale_max, &how))
        explain_say(f, "mark with the elements = %s = %s", text_peek(&how),
            explain_micro(used).text);
    input_effects(f, f->made->criteria[k]);
    text_fini(&how);
}

void explain_our_price(struct figures *f, int64_t price)
{
    const struct model *m = &f->made->model;
    struct text sum = {0};
    size_t n = 0;

    if (m->bids[m->ours].price.low == MODEL_ABSENT)
        return;
    text_puts(&sum, explain_decimal(m->bids[m->ours].price.likely).text);
    for (size_t e = 0; e < m->elements_n; e++) {
        if (!m->elements[e].always)
            continue;
        text_printf(&sum, " + (%s)", explain_decimal(m->elements[e].cost).text);
        n++;
    }
    if (n > 0)
        explain_say(f,
            "price = recorded price + costs of the elements = %s = %s",
            text_peek(&sum), explain_micro(price).text);
    text_fini(&sum);
    for (size_t e = 0; e < m->elements_n; e++)
        if (m->elements[e].always)
            explain_input(f, f->made->elements[e], FIELD_ELEMENT_COST);
}
