/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_needs.c - what they need, how far our offer meets it, and what proves
 * it.
 */
#include "protocol/base_mem.h"
#include "server/words/pitch_inside.h"

#include <string.h>

/* How far, in a word, for who is not to be bothered with figures. */
static enum text_id degree_of(int64_t micro)
{
    static const struct {
        int64_t from;
        enum text_id word;
    } rows[] = {{995000, TEXT_DEGREE_FULL}, {850000, TEXT_DEGREE_ALMOST},
        {650000, TEXT_DEGREE_MOSTLY}, {500000, TEXT_DEGREE_HALF}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (micro >= rows[i].from)
            return rows[i].word;
    return TEXT_DEGREE_PARTLY;
}

void pitch_degree(struct pitching *p, int64_t micro)
{
    text_puts(pitch_gap(p, "degree"), text_of(degree_of(micro), p->language));
}

void pitch_share(struct pitching *p, const char *gap, int64_t micro)
{
    spell_share(pitch_gap(p, gap), micro, 0, p->language);
}

static void say_problem(struct pitching *p)
{
    const struct object *tender = p->f->made->tender;
    const struct datum *own =
        p->lot ? VALUE(p->lot, LOT, PROBLEM) : VALUE(tender, TENDER, PROBLEM);
    const struct datum *usage =
        p->lot ? VALUE(p->lot, LOT, USAGE) : VALUE(tender, TENDER, USAGE);
    const struct datum *purpose = VALUE(tender, TENDER, PURPOSE);

    if (!own->set)
        own = VALUE(tender, TENDER, PROBLEM);
    if (!usage->set)
        usage = VALUE(tender, TENDER, USAGE);
    if (own->set) {
        pitch_plain(p, "text", own->text);
        (void)pitch_say(p, MOVE_PROBLEM);
    }
    if (usage->set && p->shed < SHED_USAGE) {
        pitch_plain(p, "text", usage->text);
        (void)pitch_say(p, MOVE_USAGE);
    }
    if (purpose->set && p->shed < SHED_PURPOSE) {
        pitch_plain(p, "text", purpose->text);
        (void)pitch_say(p, MOVE_PURPOSE);
    }
    if (!own->set && pitch_speaks(p, MOVE_PROBLEM))
        pitch_lack(
            p, "problem", "set * problem=", tender, TEXT_PITCH_NO_PROBLEM);
}

static void say_policy(struct pitching *p)
{
    const struct object *of = p->to.org ? p->to.org : p->to.party;
    const struct datum *policy = VALUE(of, PARTY, POLICY);

    if (!policy->set)
        return;
    pitch_plain(p, "text", policy->text);
    (void)pitch_say(p, MOVE_POLICY);
}

/* Facts about an object, each with its source. */
static bool say_facts(struct pitching *p, const struct object *object)
{
    const struct record *r = p->f->record;
    bool any = false;

    for (size_t i = 0; i < r->n[KIND_FACT]; i++) {
        const struct object *o = r->list[KIND_FACT][i];
        const struct datum *date = VALUE(o, FACT, DATE);

        if (!maker_is_ref(VALUE(o, FACT, ON), object))
            continue;
        pitch_about(p, NULL, o);
        pitch_plain(p, "text", VALUE(o, FACT, STATEMENT)->text);
        pitch_plain(p, "source", VALUE(o, FACT, SOURCE)->text);
        if (date->set)
            spell_day(pitch_gap(p, "date"), date->text, p->language);
        any |= pitch_say(p, date->set ? MOVE_FACT : MOVE_FACT_UNDATED);
    }
    return any;
}

static bool say_proof(struct pitching *p, const struct datum *proof)
{
    if (!proof->set)
        return false;
    pitch_behind_colon(p, "text", proof->text);
    return pitch_say(p, MOVE_PROOF);
}

/* The evidence of our coverage of a need. */
static const struct datum *evidence_of(
    const struct pitching *p, const struct object *need)
{
    static const struct datum none;
    const struct record *r = p->f->record;
    const struct object *ours = p->f->made->bids[p->f->made->model.ours];

    for (size_t i = 0; i < r->n[KIND_COVER]; i++) {
        const struct object *o = r->list[KIND_COVER][i];

        if (maker_is_ref(VALUE(o, COVER, NEED), need) &&
            maker_is_ref(VALUE(o, COVER, BID), ours))
            return VALUE(o, COVER, EVIDENCE);
    }
    return &none;
}

/* What serves two needs is proved once; true where it has been before. */
static bool is_proved(struct pitching *p, const struct object *element)
{
    for (size_t i = 0; i < p->proved_n; i++)
        if (p->proved[i] == element)
            return true;
    INSIST(p->proved_n < NEEDS_MOST);
    p->proved[p->proved_n++] = element;
    return false;
}

static bool prove(
    struct pitching *p, const struct object *need, const struct object *element)
{
    bool any = false;

    if (element && is_proved(p, element)) {
        any = true;
    } else if (element) {
        any = say_proof(p, VALUE(element, ELEMENT, PROOF));
        any |= say_facts(p, element);
    } else {
        any = say_proof(p, evidence_of(p, need));
    }
    any |= say_facts(p, need);
    return any;
}

/* One need, by what it is served, and what shows it. */
static void say_need(struct pitching *p, const struct pitch_need *n)
{
    const struct tender_model *made = p->f->made;
    const struct object *need = made->needs[n->need];
    const struct object *element =
        n->element == MODEL_NOWHERE ? NULL : made->elements[n->element];

    pitch_about(p, "need", need);
    pitch_share(p, "cover", n->covered);
    pitch_degree(p, n->covered);
    if (element) {
        pitch_about(p, "element", element);
        pitch_share(p, "without", n->without);
    }
    (void)pitch_say(p, element ? MOVE_NEED_BY : MOVE_NEED);
    if (prove(p, need, element))
        return;
    if (element)
        pitch_lack(p, "proof", "set * proof=", element, TEXT_PITCH_NO_PROOF);
    else
        pitch_lack(p, "proof", "add fact on=* statement= source=", need,
            TEXT_PITCH_NO_PROOF);
}

static bool speaks_of_needs(const struct pitching *p)
{
    return strcmp(p->to.audience, "representative") != 0;
}

size_t pitch_named(const struct pitching *p)
{
    size_t all = speech_of(p->to.level)->needs;
    size_t less = p->shed > SHED_DETAILS ? p->shed - SHED_DETAILS : 0;

    return less < all ? all - less : 1;
}

void pitch_needs(struct pitching *p)
{
    size_t n = p->plan ? p->plan->served_n : 0;

    say_problem(p);
    say_policy(p);
    if (!speaks_of_needs(p))
        return;
    if (n == 0) {
        pitch_lack(p, "need",
            "add weighs party=* need= importance=", pitch_needing(p),
            TEXT_PITCH_NO_NEED);
        return;
    }
    (void)pitch_say(p, MOVE_NEEDS);
    for (size_t i = 0; i < n && i < pitch_named(p); i++)
        say_need(p, &p->plan->served[i]);
}
