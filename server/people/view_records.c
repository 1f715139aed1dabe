/* SPDX-License-Identifier: Apache-2.0
 *
 * view_records.c - rows of view for what is recorded, kind by kind.
 */
#include "server/people/view.h"

#include "protocol/base_mem.h"
#include "server/people/stake.h"
#include "value/people/power.h"

#include <stdlib.h>
#include <string.h>

/* A community is hard to enter above this. */
#define CLOSED (5 * DECIMAL_ONE)

static bool is_past(const struct person *p, const struct datum *day)
{
    return day->set && day_number(day->text) < p->today;
}

static uint64_t party_id(const struct person *p)
{
    return p->about.list[0].id;
}

static bool names(const struct datum *ref, uint64_t id)
{
    return ref->set && (uint64_t)ref->number == id;
}

static const char *tag_of(const struct datum *effect)
{
    if (!effect->set || effect->number == 0)
        return "neutral";
    return effect->number < 0 ? "threat" : "opportunity";
}

/* Rows of one kind of object. */

/* Why a contact must not be used; NULL when it may be. */
static const char *contact_fault(
    const struct person *p, const struct object *contact)
{
    const struct datum *consent = VALUE(contact, CONTACT, CONSENT);

    if (is_past(p, VALUE(contact, CONTACT, VALID_UNTIL)))
        return "expired";
    if (!consent->set || strcmp(consent->text, "not-asked") == 0)
        return "no-consent";
    if (strcmp(consent->text, "refused") == 0)
        return "refused";
    return VALUE(contact, CONTACT, SOURCE)->set ? NULL : "no-source";
}

static void end_contact(struct person *p, const struct object *o)
{
    const char *fault = contact_fault(p, o);

    reply_yes(&p->r, "usable", fault == NULL);
    if (fault)
        reply_word(&p->r, "because", fault);
}

static void end_stake(struct person *p, const struct object *o)
{
    unsigned salience = stake_salience(o);

    reply_word(&p->r, "salience", power_class(salience));
    reply_int(&p->r, "attributes", power_attributes(salience));
    stake_put_attention(&p->r, o);
}

/* A link as seen from the party. */
static void end_link(struct person *p, const struct object *o)
{
    const struct datum *from = VALUE(o, LINK, FROM);
    const struct datum *to = VALUE(o, LINK, TO);
    bool out = names(from, party_id(p));

    reply_word(&p->r, "way", out ? "out" : "in");
    person_put_name(
        p, &p->r, "with", KIND_PARTY, (uint64_t)(out ? to : from)->number);
    if (is_past(p, VALUE(o, LINK, UNTIL)))
        reply_yes(&p->r, "ended", true);
}

static void end_habit(struct person *p, const struct object *o)
{
    reply_word(&p->r, "tag", tag_of(VALUE(o, HABIT, EFFECT)));
}

static void end_fact(struct person *p, const struct object *o)
{
    reply_yes(&p->r, "stale", is_past(p, VALUE(o, FACT, VALID_UNTIL)));
}

static void end_task(struct person *p, const struct object *o)
{
    if (maker_is_word(VALUE(o, TASK, STATE), "open"))
        reply_yes(&p->r, "overdue", is_past(p, VALUE(o, TASK, DUE)));
}

static void end_note(struct person *p, const struct object *o)
{
    struct text day = {0};

    day_print(&day, day_of_time(o->time));
    reply_word(&p->r, "by", o->author);
    reply_word(&p->r, "day", day.bytes);
    text_fini(&day);
}

static void end_nothing(struct person *p, const struct object *o)
{
    (void)p;
    (void)o;
}

static const struct {
    enum kind kind;
    size_t but[3]; /* what is left out, since it is the party itself */
    void (*end)(struct person *p, const struct object *o);
} sections[] = {
    {KIND_CONTACT, {FIELD_CONTACT_PARTY, FIELD_COUNT}, end_contact},
    {KIND_STAKE, {FIELD_STAKE_PARTY, FIELD_COUNT}, end_stake},
    {KIND_MESSAGE, {FIELD_COUNT}, end_nothing},
    {KIND_LINK, {FIELD_LINK_FROM, FIELD_LINK_TO, FIELD_COUNT}, end_link},
    {KIND_KNOWS, {FIELD_KNOWS_PARTY, FIELD_COUNT}, end_nothing},
    {KIND_HABIT, {FIELD_HABIT_PARTY, FIELD_COUNT}, end_habit},
    {KIND_TOUCH, {FIELD_TOUCH_PARTY, FIELD_COUNT}, end_nothing},
    {KIND_PURCHASE, {FIELD_PURCHASE_PARTY, FIELD_COUNT}, end_nothing},
    {KIND_NONCLIENT, {FIELD_NONCLIENT_PARTY, FIELD_COUNT}, end_nothing},
    {KIND_TASK, {FIELD_COUNT}, end_task},
    {KIND_FACT, {FIELD_COUNT}, end_fact},
    {KIND_NOTE, {FIELD_COUNT}, end_note},
};

/* Who employs it stands in its own field, whom it employs in theirs. */
static void row_employed(struct person *p, bool out, uint64_t with)
{
    reply_data(&p->r, "link", NULL);
    reply_word(&p->r, "sort", "employs");
    reply_word(&p->r, "way", out ? "out" : "in");
    person_put_name(p, &p->r, "with", KIND_PARTY, with);
    reply_end(&p->r);
}

static void rows_employed(struct person *p)
{
    const struct datum *org = VALUE(person_party(p), PARTY, ORG);

    if (org->set)
        row_employed(p, false, (uint64_t)org->number);
    for (size_t i = 1; i < p->about.n; i++) {
        const struct about_row *row = &p->about.list[i];

        if (row->kind == KIND_PARTY &&
            names(VALUE(row->object, PARTY, ORG), party_id(p)))
            row_employed(p, true, row->id);
    }
}

/* What a network or community is to it: from links to communities. */
static void row_community(struct person *p, const struct object *link)
{
    const struct datum *to = VALUE(link, LINK, TO);
    const struct object *other =
        person_other(p, KIND_PARTY, (uint64_t)to->number);
    const struct datum *imposed = VALUE(link, LINK, IMPOSED);

    if (!names(VALUE(link, LINK, FROM), party_id(p)) || other == NULL ||
        !maker_is_word(VALUE(other, PARTY, SORT), "community"))
        return;
    const struct datum *closed = VALUE(other, PARTY, CLOSED);
    reply_data(&p->r, "community", NULL);
    person_put_name(p, &p->r, "community", KIND_PARTY, other->id);
    reply_word(&p->r, "is",
        maker_is_word(VALUE(link, LINK, SORT), "leads") ? "led" : "joined");
    if (closed->set)
        reply_word(
            &p->r, "entry", closed->number > CLOSED ? "closed" : "porous");
    if (imposed->set)
        reply_word(&p->r, "entered", imposed->number ? "imposed" : "chosen");
    reply_word(&p->r, "tag", tag_of(VALUE(link, LINK, EFFECT)));
    reply_end(&p->r);
}

void view_records(struct person *p)
{
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
        size_t n;
        const struct object **list = person_list(p, sections[s].kind, &n);

        if (sections[s].kind == KIND_LINK)
            rows_employed(p);
        for (size_t i = 0; i < n; i++) {
            person_begin_row(p, list[i], sections[s].but);
            sections[s].end(p, list[i]);
            reply_end(&p->r);
        }
        for (size_t i = 0; sections[s].kind == KIND_LINK && i < n; i++)
            row_community(p, list[i]);
        free(list);
    }
}
