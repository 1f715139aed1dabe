/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_who.c - to whom one speaks: the party, the role in which it is spoken
 * to, and what it knows.
 */
#include "server/words/pitch_inside.h"

#include <string.h>

/* Roles and the audience that they make, the first that fits. */
static const struct {
    const char *role, *audience;
} by_role[] = {{"decides", "decider"}, {"requests", "decider"},
    {"prescribes", "prescriber"}, {"pays", "payer"},
    {"distributes", "distributor"}, {"buys", "payer"},
    {"supplies", "distributor"}, {"represents", "representative"},
    {"uses", "user"}, {"uses-indirectly", "user"}};

static bool has_role(const struct object *stake, const char *role)
{
    const struct datum *roles = VALUE(stake, STAKE, ROLES);
    const struct datum *chooses = VALUE(stake, STAKE, CHOOSES);

    if (roles->set && list_holds(roles->text, role, strlen(role)))
        return true;
    return strcmp(role, "decides") == 0 && chooses->set &&
           list_holds(chooses->text, "award", strlen("award"));
}

const struct object *pitch_party(
    const struct record *record, const struct datum *ref)
{
    size_t at =
        maker_index((const struct object *const *)record->list[KIND_PARTY],
            record->n[KIND_PARTY], ref);

    return at == MODEL_NOWHERE ? NULL : record->list[KIND_PARTY][at];
}

static const struct object *stake_of(
    const struct maker *m, const struct object *party)
{
    const struct record *r = m->record;

    for (size_t i = 0; party && i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];

        if (maker_is_ref(VALUE(o, STAKE, PARTY), party) &&
            maker_is_of_lot(m, VALUE(o, STAKE, LOT)))
            return o;
    }
    return NULL;
}

/* The strongest stake of a role, by a number of it. */
static const struct object *first_with(
    const struct maker *m, const char *role, size_t by)
{
    const struct record *r = m->record;
    const struct object *best = NULL;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];

        if (has_role(o, role) && maker_is_of_lot(m, VALUE(o, STAKE, LOT)) &&
            (best == NULL ||
                maker_number(&o->values[by]) > maker_number(&best->values[by])))
            best = o;
    }
    return best;
}

/* Who decides is who is recorded to; while nobody is, the first buyer. */
static const struct object *buyer_of(
    const struct record *r, const struct object *tender)
{
    const struct datum *buyers = VALUE(tender, TENDER, BUYER);

    for (size_t i = 0; buyers->set && i < r->n[KIND_PARTY]; i++) {
        struct text id = {0};

        text_printf(
            &id, "%llu", (unsigned long long)r->list[KIND_PARTY][i]->id);
        bool is = list_holds(buyers->text, id.bytes, id.len);
        text_fini(&id);
        if (is)
            return r->list[KIND_PARTY][i];
    }
    return NULL;
}

static const struct object *party_of_word(const struct maker *m,
    const struct object *tender, const char *word, const char **audience)
{
    static const struct {
        const char *word, *role;
        size_t field;
    } rows[] = {{"decider", "decides", FIELD_STAKE_VOTE},
        {"payer", "pays", FIELD_STAKE_PAYS_SHARE},
        {"distributor", "distributes", FIELD_STAKE_POWER}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].word, word) != 0)
            continue;
        const struct object *stake =
            first_with(m, rows[i].role, field_place(rows[i].field));
        *audience = rows[i].word;
        if (stake)
            return pitch_party(m->record, VALUE(stake, STAKE, PARTY));
        return i == 0 ? buyer_of(m->record, tender) : NULL;
    }
    return record_find(m->record, KIND_PARTY, word);
}

bool addressee_has(const struct addressee *to, const char *role)
{
    return to->stake && has_role(to->stake, role);
}

static const char *audience_of(const struct addressee *to,
    const struct record *record, const struct object *tender)
{
    const struct object *of = to->org ? to->org : to->party;

    if (maker_is_word(VALUE(to->party, PARTY, SORT), "segment"))
        return "user";
    for (size_t i = 0; i < sizeof by_role / sizeof *by_role; i++)
        if (addressee_has(to, by_role[i].role))
            return by_role[i].audience;
    if (of == buyer_of(record, tender))
        return "decider";
    return NULL;
}

/* Of several topics the one that is known least, which is the safe one. */
static enum speech_level level_of_topics(
    const struct record *r, const struct object *party)
{
    enum speech_level least = LEVEL_COUNT;

    for (size_t i = 0; i < r->n[KIND_KNOWS]; i++) {
        const struct object *o = r->list[KIND_KNOWS][i];

        if (!maker_is_ref(VALUE(o, KNOWS, PARTY), party))
            continue;
        enum speech_level level = speech_find(VALUE(o, KNOWS, LEVEL)->text);
        if (level < least)
            least = level;
    }
    return least;
}

/* Users are spoken to in plain words while nothing else is known. */
static void find_level(const struct record *record, struct addressee *to)
{
    const struct datum *knows =
        to->stake ? VALUE(to->stake, STAKE, KNOWS) : NULL;
    bool own =
        to->stake && maker_is_ref(VALUE(to->stake, STAKE, PARTY), to->party);

    to->level_by = "stake";
    to->level = LEVEL_COUNT;
    if (own && knows->set)
        to->level = speech_find(knows->text);
    if (to->level == LEVEL_COUNT) {
        to->level = level_of_topics(record, to->party);
        to->level_by = "topic";
    }
    if (to->level == LEVEL_COUNT && knows && knows->set) {
        to->level = speech_find(knows->text);
        to->level_by = "stake";
    }
    if (to->level == LEVEL_COUNT) {
        bool user = to->audience && strcmp(to->audience, "user") == 0;

        to->level = user ? LEVEL_NOVICE : LEVEL_INFORMED;
        to->level_by = "default";
    }
}

void addressee_of(const struct maker *maker, const struct object *tender,
    const struct object *party, struct addressee *to)
{
    *to = (struct addressee){.party = party};
    to->org = pitch_party(maker->record, VALUE(party, PARTY, ORG));
    to->stake = stake_of(maker, party);
    if (to->stake == NULL)
        to->stake = stake_of(maker, to->org);
    to->audience = audience_of(to, maker->record, tender);
    find_level(maker->record, to);
}

static enum err take_level(
    const char *word, struct addressee *to, struct fault *fault)
{
    enum speech_level level = speech_find(word);

    if (level == LEVEL_COUNT)
        return fault_set(
            fault, ERR_ARG, "level", word, "novice, informed, savvy or expert");
    to->level = level;
    to->level_by = "given";
    return ERR_OK;
}

static enum err take_audience(
    const char *word, struct addressee *to, struct fault *fault)
{
    const char *known = fields[FIELD_MESSAGE_AUDIENCE].arg;

    if (!list_holds(known, word, strlen(word)))
        return fault_set(fault, ERR_ARG, "audience", word, known);
    to->audience = word;
    return ERR_OK;
}

enum err addressee_find(const struct maker *maker, const struct object *tender,
    const char *word, const char *audience, const char *level,
    struct addressee *to, struct fault *fault)
{
    const char *as = NULL;
    const struct object *party = party_of_word(maker, tender, word, &as);
    struct addressee found;
    enum err err = ERR_OK;

    if (party == NULL)
        return fault_set(fault, ERR_NONE, "to", word,
            "decider, payer, distributor, or the id or code of a party");
    addressee_of(maker, tender, party, &found);
    if (audience)
        as = audience;
    if (as && (err = take_audience(as, &found, fault)) != ERR_OK)
        return err;
    if (found.audience == NULL)
        return fault_set(fault, ERR_STATE, "to", word,
            "a party with a stake in the tender, or audience=");
    if (level && (err = take_level(level, &found, fault)) != ERR_OK)
        return err;
    *to = found;
    return ERR_OK;
}
