/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_close.c - what to remember, what to ask, what comes next, and through
 * whom to say it.
 */
#include "server/words/pitch_inside.h"

#include <string.h>

/* Of what was named, the first that an element serves. */
static const struct pitch_need *find_one(const struct pitching *p)
{
    size_t named = pitch_named(p);

    for (size_t i = 0; i < p->plan->served_n && i < named; i++)
        if (p->plan->served[i].element != MODEL_NOWHERE)
            return &p->plan->served[i];
    return p->plan->served;
}

static void say_recommendation(struct pitching *p)
{
    const struct tender_model *made = p->f->made;

    if (p->plan == NULL || p->plan->served_n == 0 ||
        strcmp(p->to.audience, "representative") == 0)
        return;
    const struct pitch_need *n = find_one(p);
    pitch_about(p, "need", made->needs[n->need]);
    if (n->element != MODEL_NOWHERE)
        pitch_about(p, "element", made->elements[n->element]);
    (void)pitch_say(
        p, n->element == MODEL_NOWHERE ? MOVE_REMEMBER : MOVE_REMEMBER_BY);
}

static void ask(struct pitching *p, size_t i)
{
    const struct tender_model *made = p->f->made;
    const struct pitch_need *n = &p->plan->open[i];
    const struct pitch_offer *offer = &p->plan->offers[i];

    pitch_about(p, "need", made->needs[n->need]);
    if (n->covered > 0)
        pitch_share(p, "cover", n->covered);
    (void)pitch_say(p, n->covered > 0 ? MOVE_OPEN : MOVE_OPEN_NOT);
    if (offer->element == MODEL_NOWHERE)
        return;
    pitch_about(p, "element", made->elements[offer->element]);
    pitch_about(p, NULL, made->needs[n->need]);
    pitch_share(p, "cover", offer->covered);
    (void)pitch_say(p, MOVE_COULD);
}

/* Those whom they trust: "trusts" says it from their end, "influences" from
 * the other. */
static void say_trusted(struct pitching *p)
{
    const struct record *r = p->f->record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];
        const struct object *whom = pitch_party(r, VALUE(o, LINK, TO));

        if (!maker_is_word(VALUE(o, LINK, SORT), "trusts") ||
            !maker_is_ref(VALUE(o, LINK, FROM), p->to.party) || whom == NULL)
            continue;
        if (p->to.level == LEVEL_NOVICE)
            pitch_advise(p, "through", whom, TEXT_PITCH_THROUGH);
        pitch_about(p, "person", whom);
        (void)pitch_say(p, MOVE_TRUST);
    }
}

/* Who speaks for these users; the first of several. */
static bool say_voice(struct pitching *p)
{
    const struct record *r = p->f->record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];
        const struct object *who = pitch_party(r, VALUE(o, LINK, FROM));

        if (maker_is_word(VALUE(o, LINK, SORT), "represents") && who &&
            maker_is_ref(VALUE(o, LINK, TO), p->to.party)) {
            pitch_about(p, "person", who);
            return pitch_say(p, MOVE_VOICE);
        }
    }
    return false;
}

static void gap_minutes(struct pitching *p)
{
    spell_count(pitch_gap(p, "minutes"),
        speech_of(p->to.level)->minutes * INT64_C(1000000), 0, UNIT_MINUTES,
        p->language);
}

/* An expert is asked for a pilot; users speak through who represents them. */
static void say_next(struct pitching *p)
{
    gap_minutes(p);
    if (pitch_say(p, MOVE_PILOT) || say_voice(p))
        return;
    gap_minutes(p);
    (void)pitch_say(p, MOVE_NEXT);
}

static void say_silence(struct pitching *p)
{
    const struct datum *from = VALUE(p->f->made->tender, TENDER, SILENCE_FROM);
    struct text day = {0};

    if (!from->set)
        return;
    time_print(&day, from->number, false);
    spell_day(pitch_gap(p, "date"), text_peek(&day), p->language);
    (void)pitch_say(p, MOVE_SILENCE);
    text_fini(&day);
}

void pitch_close(struct pitching *p)
{
    const struct speech *speech = speech_of(p->to.level);

    say_recommendation(p);
    for (size_t i = 0; p->plan && i < p->plan->open_n && i < speech->open; i++)
        ask(p, i);
    say_next(p);
    say_trusted(p);
    say_silence(p);
    if (strcmp(p->to.level_by, "default") == 0)
        pitch_advise(p, "level", p->to.party, TEXT_PITCH_LEVEL);
}
