/* SPDX-License-Identifier: Apache-2.0
 *
 * view_lacks.c - what is not known of a party, with the line that would say it.
 */
#include "protocol/base_mem.h"
#include "server/people/view.h"

#include <stdlib.h>
#include <string.h>

enum lack {
#define LACK(id, word, en, fr) LACK_##id,
#include "server/people/view_lacks.def"
#undef LACK
    LACK_COUNT
};

static const struct {
    const char *word, *why[2];
} lacks[LACK_COUNT] = {
#define LACK(id, word, en, fr) [LACK_##id] = {word, {en, fr}},
#include "server/people/view_lacks.def"
#undef LACK
};

static void put_row(struct person *p, enum lack what, const char *line)
{
    reply_data(&p->r, "lack", NULL);
    reply_word(&p->r, "what", lacks[what].word);
    reply_word(&p->r, "line", line);
    reply_word(&p->r, "why",
        lacks[what].why[p->task->language == LANGUAGE_FRENCH ? 1 : 0]);
    reply_end(&p->r);
}

/* "add contact party=EVA channel=" */
static void lack_add(struct person *p, enum lack what, const char *rest)
{
    struct text line = {0};

    text_printf(&line, "add %s party=", lacks[what].word);
    object_name(&line, person_party(p));
    text_printf(&line, " %s=", rest);
    put_row(p, what, line.bytes);
    text_fini(&line);
}

/* "set S-1 power=" */
static void lack_set(struct person *p, enum lack what,
    const struct object *object, const char *field)
{
    struct text line = {0};

    text_puts(&line, "set ");
    id_print(&line, object->kind, object->id);
    text_printf(&line, " %s=", field);
    put_row(p, what, line.bytes);
    text_fini(&line);
}

static void lack_field(
    struct person *p, enum lack what, const struct object *o, size_t field)
{
    if (!o->values[field_place(field)].set)
        lack_set(p, what, o, fields[field].word);
}

static bool has_own(const struct person *p, enum kind kind)
{
    for (size_t i = 1; i < p->about.n; i++)
        if (p->about.list[i].kind == kind && p->about.list[i].what == ABOUT_OWN)
            return true;
    return false;
}

static void lacks_contact(struct person *p, const struct object *o)
{
    const struct datum *consent = VALUE(o, CONTACT, CONSENT);

    if (!consent->set || strcmp(consent->text, "not-asked") == 0)
        lack_set(p, LACK_CONSENT, o, "consent");
    lack_field(p, LACK_SOURCE, o, FIELD_CONTACT_SOURCE);
}

static void lacks_stake(struct person *p, const struct object *o)
{
    lack_field(p, LACK_POWER, o, FIELD_STAKE_POWER);
    lack_field(p, LACK_LEGITIMACY, o, FIELD_STAKE_LEGITIMACY);
    lack_field(p, LACK_URGENCY, o, FIELD_STAKE_URGENCY);
    lack_field(p, LACK_INTEREST, o, FIELD_STAKE_INTEREST);
    lack_field(p, LACK_SUPPORT, o, FIELD_STAKE_SUPPORT);
    lack_field(p, LACK_CONFIRMED, o, FIELD_STAKE_LAST_CONFIRMED);
}

static void lacks_fact(struct person *p, const struct object *o)
{
    const struct datum *until = VALUE(o, FACT, VALID_UNTIL);

    if (until->set && day_number(until->text) < p->today)
        lack_set(p, LACK_STALE, o, "valid-until");
}

static void lacks_person(struct person *p, const struct object *party)
{
    lack_field(p, LACK_ORG, party, FIELD_PARTY_ORG);
    lack_field(p, LACK_JOB, party, FIELD_PARTY_JOB);
    if (!has_own(p, KIND_CONTACT))
        lack_add(p, LACK_CONTACT, "channel");
    if (!has_own(p, KIND_KNOWS))
        lack_add(p, LACK_KNOWS, "topic");
    if (!has_own(p, KIND_TOUCH))
        lack_add(p, LACK_TOUCH, "channel");
}

static void lacks_segment(struct person *p, const struct object *party)
{
    lack_field(p, LACK_SIZE, party, FIELD_PARTY_SIZE);
    lack_field(p, LACK_CONSTRAINTS, party, FIELD_PARTY_CONSTRAINTS);
    if (!has_own(p, KIND_HABIT))
        lack_add(p, LACK_HABIT, "sort");
}

static void lacks_profile(struct person *p, const struct object *party)
{
    for (size_t f = FIELD_PARTY_MARKET; f <= FIELD_PARTY_ORIENTATION; f++)
        lack_field(p, LACK_PROFILE, party, f);
}

void view_lacks(struct person *p)
{
    const struct object *party = person_party(p);
    const struct datum *sort = VALUE(party, PARTY, SORT);

    lack_field(p, LACK_NAME, party, FIELD_PARTY_NAME);
    if (maker_is_word(sort, "person"))
        lacks_person(p, party);
    else if (maker_is_word(sort, "segment"))
        lacks_segment(p, party);
    else if (maker_is_word(sort, "community"))
        lack_field(p, LACK_CLOSED, party, FIELD_PARTY_CLOSED);
    if (!has_own(p, KIND_STAKE))
        lack_add(p, LACK_STAKE, "roles");
    for (size_t i = 1; i < p->about.n; i++) {
        const struct about_row *row = &p->about.list[i];

        if (row->kind == KIND_CONTACT)
            lacks_contact(p, row->object);
        else if (row->kind == KIND_STAKE)
            lacks_stake(p, row->object);
        else if (row->kind == KIND_FACT)
            lacks_fact(p, row->object);
    }
    if (maker_is_word(sort, "organisation"))
        lacks_profile(p, party);
}
