/* SPDX-License-Identifier: Apache-2.0
 *
 * asks.c - who and what asks for attention in a tender: each score is a
 * weight times days.
 */
#include "server/people/asks.h"

#include "protocol/base_mem.h"
#include "server/people/person.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word, *why[2];
} whats[] = {
#define QUEUE(id, word, en, fr) [ASKS_##id] = {word, {en, fr}},
#include "server/people/attention.def"
#undef QUEUE
};

const char *asks_word(enum asks_what what)
{
    return whats[what].word;
}

const char *asks_why(enum asks_what what, enum language language)
{
    return whats[what].why[language == LANGUAGE_FRENCH ? 1 : 0];
}

enum err asks_never(
    const struct request *q, uint64_t *days, struct fault *fault)
{
    enum err err = request_int(q, "never", ASKS_NEVER_DAYS, days, fault);

    if (err == ERR_OK && *days > ASKS_NEVER_MOST)
        err = fault_set(fault, ERR_ARG, "never", request_key(q, "never"),
            "0 to 36500 days");
    return err;
}

static char *name_of(const struct object *object)
{
    struct text name = {0};

    object_name(&name, object);
    return text_take(&name);
}

/* Items. */

/* The same person or fact in another tender: the heavier one stays. */
static struct asks_item *find_item(
    struct asks *a, enum asks_what what, uint64_t of)
{
    for (size_t i = 0; what != ASKS_ROLE && i < a->n; i++)
        if (a->list[i].what == what && a->list[i].of == of)
            return &a->list[i];
    return NULL;
}

static unsigned weight_of(const struct asks_item *item)
{
    unsigned weight = power_attributes(item->salience);

    if (item->what == ASKS_ROLE)
        return ASKS_ROLE_WEIGHT;
    return weight == 0 && item->at_least_one ? 1 : weight;
}

/* Whose attributes weigh; nobody's where the place is nowhere. */
static void weigh(const struct asks *a, size_t place, struct asks_item *item)
{
    if (place == MODEL_NOWHERE)
        return;
    item->stake = a->crowd.stakes[place]->id;
    item->salience = stake_salience(a->crowd.stakes[place]);
}

/* Of the stake at a place of the crowd, or of nobody's. */
static void add_item(
    struct asks *a, struct asks_item item, size_t place, struct text *line)
{
    const struct object *party =
        place == MODEL_NOWHERE ? NULL : a->crowd.people[place];

    struct asks_item *known = find_item(a, item.what, item.of);

    weigh(a, place, &item);
    item.weight = weight_of(&item);
    if (known && known->weight >= item.weight) {
        text_fini(line);
        return;
    }
    if (known) {
        free(known->tender);
        free(known->party);
        free(known->line);
    } else {
        a->list = mem_grow(a->list, &a->room, a->n + 1, sizeof *a->list);
        known = &a->list[a->n++];
    }
    if (item.since != DAY_NONE)
        item.days = a->today > item.since ? a->today - item.since : 0;
    item.score = power_wait(item.weight, item.days);
    item.tender = name_of(a->tender);
    item.party = party ? name_of(party) : NULL;
    item.line = text_take(line);
    *known = item;
}

static struct asks_contact *find_met(const struct asks *a, uint64_t party)
{
    for (size_t i = 0; i < a->met_n; i++)
        if (a->met[i].party == party)
            return &a->met[i];
    return NULL;
}

static void add_contact(struct asks *a, size_t i)
{
    const struct object *party = a->crowd.people[i];
    const struct asks_contact *met = find_met(a, party->id);
    struct text line = {0};

    text_puts(&line, "add touch party=");
    object_name(&line, party);
    text_puts(&line, " tender=");
    object_name(&line, a->tender);
    text_puts(&line, " channel= held=");
    add_item(a,
        (struct asks_item){.what = met ? ASKS_CONTACT : ASKS_NEVER,
            .kind = KIND_PARTY,
            .of = party->id,
            .since = met ? met->day : DAY_NONE,
            .days = (int64_t)a->never},
        i, &line);
}

static void add_role(struct asks *a, enum power_role role)
{
    static const char *const fills[POWER_ROLES] = {"roles=decides",
        "roles=represents", "roles=prescribes", "support=2 roles="};
    struct text line = {0};

    text_puts(&line, "add stake tender=");
    object_name(&line, a->tender);
    text_printf(&line, " %s party=", fills[role]);
    add_item(a,
        (struct asks_item){.what = ASKS_ROLE,
            .role = crowd_role_word(role),
            .kind = KIND_COUNT,
            .since = DAY_NONE,
            .days = (int64_t)a->never},
        MODEL_NOWHERE, &line);
}

static void set_line(
    struct text *line, const struct object *object, const char *field)
{
    text_puts(line, "set ");
    id_print(line, object->kind, object->id);
    text_printf(line, " %s=", field);
}

static void add_fact(struct asks *a, const struct object *fact)
{
    const struct datum *until = VALUE(fact, FACT, VALID_UNTIL);
    size_t at = crowd_of_fact(&a->crowd, fact);
    struct text line = {0};

    if (at == MODEL_NOWHERE || !until->set ||
        day_number(until->text) >= a->today)
        return;
    set_line(&line, fact, "valid-until");
    add_item(a,
        (struct asks_item){.what = ASKS_FACT,
            .kind = KIND_FACT,
            .of = fact->id,
            .at_least_one = true,
            .since = day_number(until->text)},
        at, &line);
}

/* Whom a task was promised to, of those of the tender: by what it is on, or
 * with whom the touch was. */
static size_t find_promised(
    const struct asks *a, const struct record *record, const struct datum *on)
{
    if (on->ref_kind == KIND_PARTY)
        return crowd_place(&a->crowd, (uint64_t)on->number);
    for (size_t i = 0; on->ref_kind == KIND_TOUCH && i < record->n[KIND_TOUCH];
         i++) {
        const struct object *o = record->list[KIND_TOUCH][i];

        if (o->id == (uint64_t)on->number)
            return crowd_place(
                &a->crowd, (uint64_t)VALUE(o, TOUCH, PARTY)->number);
    }
    for (size_t i = 0; on->ref_kind == KIND_STAKE && i < a->crowd.n; i++)
        if (a->crowd.stakes[i]->id == (uint64_t)on->number)
            return i;
    return MODEL_NOWHERE;
}

/* One of the team is asked for in the tenders where its person has a part. */
static void add_task(
    struct asks *a, const struct record *record, const struct object *task)
{
    const struct datum *due = VALUE(task, TASK, DUE);
    size_t at = find_promised(a, record, VALUE(task, TASK, ON));
    struct text line = {0};

    if (!maker_is_word(VALUE(task, TASK, STATE), "open") || !due->set ||
        day_number(due->text) >= a->today ||
        (at == MODEL_NOWHERE && task->tender == 0))
        return;
    set_line(&line, task, "state");
    text_puts(&line, "done");
    add_item(a,
        (struct asks_item){.what = ASKS_TASK,
            .kind = KIND_TASK,
            .of = task->id,
            .at_least_one = true,
            .since = day_number(due->text)},
        at, &line);
}

static void add_reach(struct asks *a, const struct object *contact)
{
    const struct datum *party = VALUE(contact, CONTACT, PARTY);
    const struct datum *until = VALUE(contact, CONTACT, VALID_UNTIL);
    const struct datum *consent = VALUE(contact, CONTACT, CONSENT);
    size_t at = crowd_place(&a->crowd, (uint64_t)party->number);
    bool expired = until->set && day_number(until->text) < a->today;
    struct text line = {0};

    if (at == MODEL_NOWHERE ||
        (!expired && consent->set && !maker_is_word(consent, "not-asked")))
        return;
    set_line(&line, contact, expired ? "valid-until" : "consent");
    add_item(a,
        (struct asks_item){.what = expired ? ASKS_EXPIRED : ASKS_CONSENT,
            .kind = KIND_CONTACT,
            .of = contact->id,
            .at_least_one = true,
            .since =
                expired ? day_number(until->text) : day_of_time(contact->time)},
        at, &line);
}

void asks_tender(struct asks *a, const struct record *record)
{
    a->tender = record->list[KIND_TENDER][0];
    crowd_init(&a->crowd, record, 0);
    for (int role = 0; role < POWER_ROLES && a->crowd.n > 0; role++)
        if (crowd_fills(&a->crowd, (enum power_role)role) == NULL)
            add_role(a, (enum power_role)role);
    for (size_t i = 0; i < a->crowd.n; i++)
        if (crowd_can_meet(a->crowd.people[i]))
            add_contact(a, i);
    for (size_t i = 0; i < record->n[KIND_FACT]; i++)
        add_fact(a, record->list[KIND_FACT][i]);
    for (size_t i = 0; i < record->n[KIND_TASK]; i++)
        add_task(a, record, record->list[KIND_TASK][i]);
    for (size_t i = 0; i < record->n[KIND_CONTACT]; i++)
        add_reach(a, record->list[KIND_CONTACT][i]);
    crowd_fini(&a->crowd);
}

int64_t asks_day(const struct object *touch)
{
    const struct datum *held = VALUE(touch, TOUCH, HELD);

    return day_of_time(held->set ? held->number : touch->time);
}

void asks_met(struct asks *a, const struct object *touch)
{
    uint64_t party = (uint64_t)VALUE(touch, TOUCH, PARTY)->number;
    int64_t day = asks_day(touch);
    struct asks_contact *known = find_met(a, party);

    if (known == NULL) {
        a->met = mem_grow(a->met, &a->met_room, a->met_n + 1, sizeof *a->met);
        known = &a->met[a->met_n++];
        *known = (struct asks_contact){party, day};
    }
    if (day > known->day)
        known->day = day;
}

static int compare_items(const void *a, const void *b)
{
    const struct asks_item *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return (x->of > y->of) - (x->of < y->of);
}

void asks_sort(struct asks *a)
{
    if (a->n > 1)
        qsort(a->list, a->n, sizeof *a->list, compare_items);
}

void asks_fini(struct asks *a)
{
    for (size_t i = 0; i < a->n; i++) {
        free(a->list[i].tender);
        free(a->list[i].party);
        free(a->list[i].line);
    }
    free(a->list);
    free(a->met);
    *a = (struct asks){0};
}
