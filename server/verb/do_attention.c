/* SPDX-License-Identifier: Apache-2.0
 *
 * do_attention.c - attention: who and what asks for it first, in one tender or
 * in all that are open and seen.  Each score is a weight times days, so that
 * whoever has the row can follow it by hand.
 */
#include "protocol/base_mem.h"
#include "server/people/crowd.h"
#include "server/people/person.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

/* What a person never met counts as, in days, unless never= says. */
#define NEVER_DAYS 90
/* An empty role weighs as much as who has power, legitimacy and urgency. */
#define ROLE_WEIGHT 3
/* A hundred years. */
#define NEVER_MOST 36500

enum what {
#define QUEUE(id, word, en, fr) WHAT_##id,
#include "server/people/attention.def"
#undef QUEUE
};

static const struct {
    const char *word, *why[2];
} whats[] = {
#define QUEUE(id, word, en, fr) [WHAT_##id] = {word, {en, fr}},
#include "server/people/attention.def"
#undef QUEUE
};

struct item {
    enum what what;
    uint64_t of;          /* whom or what it is about, to know it again */
    char *tender, *party; /* names, or NULL */
    char *line;
    const char *role; /* of an empty one */
    unsigned weight;
    int64_t since; /* a day, or DAY_NONE */
    int64_t days, score;
};

#define DAY_NONE INT64_MIN

struct contacted {
    uint64_t party;
    int64_t day;
};

struct queue {
    struct task *t;
    uint64_t never, limit;
    int64_t today;
    struct item *list;
    size_t n, room;
    struct contacted *met;
    size_t met_n, met_room;
    struct crowd crowd; /* of the tender at hand */
    const struct object *tender;
};

static void clean_queue(struct task *t)
{
    struct queue *q = t->state;

    for (size_t i = 0; i < q->n; i++) {
        free(q->list[i].tender);
        free(q->list[i].party);
        free(q->list[i].line);
    }
    free(q->list);
    free(q->met);
    free(q);
}

static char *name_of(const struct object *object)
{
    struct text name = {0};

    object_name(&name, object);
    return text_take(&name);
}

/* Items. */

/* The same person or fact in another tender: the heavier one stays. */
static struct item *find_item(struct queue *q, enum what what, uint64_t of)
{
    for (size_t i = 0; what != WHAT_ROLE && i < q->n; i++)
        if (q->list[i].what == what && q->list[i].of == of)
            return &q->list[i];
    return NULL;
}

static void add_item(struct queue *q, struct item item,
    const struct object *party, struct text *line)
{
    struct item *known = find_item(q, item.what, item.of);

    if (known && known->weight >= item.weight) {
        text_fini(line);
        return;
    }
    if (known) {
        free(known->tender);
        free(known->party);
        free(known->line);
    } else {
        q->list = mem_grow(q->list, &q->room, q->n + 1, sizeof *q->list);
        known = &q->list[q->n++];
    }
    if (item.since != DAY_NONE)
        item.days = q->today > item.since ? q->today - item.since : 0;
    item.score = power_wait(item.weight, item.days);
    item.tender = name_of(q->tender);
    item.party = party ? name_of(party) : NULL;
    item.line = text_take(line);
    *known = item;
}

static unsigned weight_of(const struct queue *q, size_t stake)
{
    unsigned weight = power_attributes(stake_salience(q->crowd.stakes[stake]));

    return weight ? weight : 1;
}

static struct contacted *find_met(const struct queue *q, uint64_t party)
{
    for (size_t i = 0; i < q->met_n; i++)
        if (q->met[i].party == party)
            return &q->met[i];
    return NULL;
}

static void add_contact(struct queue *q, size_t i)
{
    const struct object *party = q->crowd.people[i];
    const struct contacted *met = find_met(q, party->id);
    struct text line = {0};

    text_puts(&line, "add touch party=");
    object_name(&line, party);
    text_puts(&line, " tender=");
    object_name(&line, q->tender);
    text_puts(&line, " channel= held=");
    add_item(q,
        (struct item){.what = met ? WHAT_CONTACT : WHAT_NEVER,
            .of = party->id,
            .weight = power_attributes(stake_salience(q->crowd.stakes[i])),
            .since = met ? met->day : DAY_NONE,
            .days = (int64_t)q->never},
        party, &line);
}

static void add_role(struct queue *q, enum power_role role)
{
    static const char *const fills[POWER_ROLES] = {"roles=decides",
        "roles=represents", "roles=prescribes", "support=2 roles="};
    struct text line = {0};

    text_puts(&line, "add stake tender=");
    object_name(&line, q->tender);
    text_printf(&line, " %s party=", fills[role]);
    add_item(q,
        (struct item){.what = WHAT_ROLE,
            .role = crowd_role_word(role),
            .weight = ROLE_WEIGHT,
            .since = DAY_NONE,
            .days = (int64_t)q->never},
        NULL, &line);
}

static void set_line(
    struct text *line, const struct object *object, const char *field)
{
    text_puts(line, "set ");
    id_print(line, object->kind, object->id);
    text_printf(line, " %s=", field);
}

static void add_fact(struct queue *q, const struct object *fact)
{
    const struct datum *until = VALUE(fact, FACT, VALID_UNTIL);
    size_t at = crowd_of_fact(&q->crowd, fact);
    struct text line = {0};

    if (at == MODEL_NOWHERE || !until->set ||
        day_number(until->text) >= q->today)
        return;
    set_line(&line, fact, "valid-until");
    add_item(q,
        (struct item){.what = WHAT_FACT,
            .of = fact->id,
            .weight = weight_of(q, at),
            .since = day_number(until->text)},
        q->crowd.people[at], &line);
}

/* Whom a task was promised to, of those of the tender: by what it is on, or
 * with whom the touch was. */
static size_t find_promised(
    const struct queue *q, const struct record *record, const struct datum *on)
{
    if (on->ref_kind == KIND_PARTY)
        return crowd_place(&q->crowd, (uint64_t)on->number);
    for (size_t i = 0; on->ref_kind == KIND_TOUCH && i < record->n[KIND_TOUCH];
         i++) {
        const struct object *o = record->list[KIND_TOUCH][i];

        if (o->id == (uint64_t)on->number)
            return crowd_place(
                &q->crowd, (uint64_t)VALUE(o, TOUCH, PARTY)->number);
    }
    for (size_t i = 0; on->ref_kind == KIND_STAKE && i < q->crowd.n; i++)
        if (q->crowd.stakes[i]->id == (uint64_t)on->number)
            return i;
    return MODEL_NOWHERE;
}

/* One of the team is asked for in the tenders where its person has a part. */
static void add_task(
    struct queue *q, const struct record *record, const struct object *task)
{
    const struct datum *due = VALUE(task, TASK, DUE);
    size_t at = find_promised(q, record, VALUE(task, TASK, ON));
    struct text line = {0};

    if (!maker_is_word(VALUE(task, TASK, STATE), "open") || !due->set ||
        day_number(due->text) >= q->today ||
        (at == MODEL_NOWHERE && task->tender == 0))
        return;
    set_line(&line, task, "state");
    text_puts(&line, "done");
    add_item(q,
        (struct item){.what = WHAT_TASK,
            .of = task->id,
            .weight = at == MODEL_NOWHERE ? 1 : weight_of(q, at),
            .since = day_number(due->text)},
        at == MODEL_NOWHERE ? NULL : q->crowd.people[at], &line);
}

static void add_reach(struct queue *q, const struct object *contact)
{
    const struct datum *party = VALUE(contact, CONTACT, PARTY);
    const struct datum *until = VALUE(contact, CONTACT, VALID_UNTIL);
    const struct datum *consent = VALUE(contact, CONTACT, CONSENT);
    size_t at = crowd_place(&q->crowd, (uint64_t)party->number);
    bool expired = until->set && day_number(until->text) < q->today;
    struct text line = {0};

    if (at == MODEL_NOWHERE ||
        (!expired && consent->set && !maker_is_word(consent, "not-asked")))
        return;
    set_line(&line, contact, expired ? "valid-until" : "consent");
    add_item(q,
        (struct item){.what = expired ? WHAT_EXPIRED : WHAT_CONSENT,
            .of = contact->id,
            .weight = weight_of(q, at),
            .since =
                expired ? day_number(until->text) : day_of_time(contact->time)},
        q->crowd.people[at], &line);
}

static void add_tender(struct queue *q, const struct record *record)
{
    q->tender = record->list[KIND_TENDER][0];
    crowd_init(&q->crowd, record, 0);
    for (int role = 0; role < POWER_ROLES && q->crowd.n > 0; role++)
        if (crowd_fills(&q->crowd, (enum power_role)role) == NULL)
            add_role(q, (enum power_role)role);
    for (size_t i = 0; i < q->crowd.n; i++)
        if (crowd_can_meet(q->crowd.people[i]))
            add_contact(q, i);
    for (size_t i = 0; i < record->n[KIND_FACT]; i++)
        add_fact(q, record->list[KIND_FACT][i]);
    for (size_t i = 0; i < record->n[KIND_TASK]; i++)
        add_task(q, record, record->list[KIND_TASK][i]);
    for (size_t i = 0; i < record->n[KIND_CONTACT]; i++)
        add_reach(q, record->list[KIND_CONTACT][i]);
    crowd_fini(&q->crowd);
}

/* Reading. */

static void note_touch(struct queue *q, const struct object *touch)
{
    const struct datum *held = VALUE(touch, TOUCH, HELD);
    uint64_t party = (uint64_t)VALUE(touch, TOUCH, PARTY)->number;
    int64_t day = day_of_time(held->set ? held->number : touch->time);
    struct contacted *known = find_met(q, party);

    if (known == NULL) {
        q->met = mem_grow(q->met, &q->met_room, q->met_n + 1, sizeof *q->met);
        known = &q->met[q->met_n++];
        *known = (struct contacted){party, day};
    }
    if (day > known->day)
        known->day = day;
}

static bool is_open(const struct object *tender)
{
    static const char *const open[] = {
        "watch", "qualify", "prepare", "submitted", "negotiation", "defended"};
    const struct datum *state = VALUE(tender, TENDER, STATE);

    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (maker_is_word(state, open[i]))
            return true;
    return !state->set;
}

static enum err read_tender(
    struct queue *q, struct store *store, uint64_t tender)
{
    struct record *record = NULL;
    enum err err = store_record(store, &q->t->viewer, tender, 0, &record);

    if (err == ERR_OK)
        add_tender(q, record);
    record_free(&record);
    return err == ERR_NONE ? ERR_OK : err;
}

static enum err read_tenders(
    struct queue *q, struct store *store, const char *word)
{
    struct objects tenders = {0};
    uint64_t id = 0;
    enum err err;

    if (word) {
        err = page_find_tender(store, q->t, q->t->scope, word, &id);
        return err == ERR_OK ? read_tender(q, store, id) : err;
    }
    err = page_read_all(store, q->t, KIND_TENDER, 0, &tenders);
    for (size_t i = 0; i < tenders.n && err == ERR_OK; i++)
        if (is_open(tenders.list[i]))
            err = read_tender(q, store, tenders.list[i]->id);
    objects_fini(&tenders);
    return err;
}

/* Rows. */

static int compare_items(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return (x->of > y->of) - (x->of < y->of);
}

static void row_item(struct queue *q, struct reply *r, size_t rank)
{
    const struct item *item = &q->list[rank];

    reply_data(r, "queue", NULL);
    reply_int(r, "rank", (int64_t)rank + 1);
    reply_word(r, "what", whats[item->what].word);
    if (item->party)
        reply_word(r, "party", item->party);
    if (item->role)
        reply_word(r, "role", item->role);
    reply_word(r, "tender", item->tender);
    reply_int(r, "weight", item->weight);
    if (item->since != DAY_NONE) {
        struct text day = {0};

        day_print(&day, item->since);
        reply_word(r, "since", day.bytes);
        text_fini(&day);
    }
    reply_int(r, "days", item->days);
    reply_int(r, "score", item->score);
    reply_word(r, "line", item->line);
    reply_word(r, "why",
        whats[item->what].why[q->t->language == LANGUAGE_FRENCH ? 1 : 0]);
    reply_end(r);
}

static enum err run_attention(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct queue *q = t->state;
    struct objects touches = {0};
    struct reply r = task_reply(t);
    enum err err = person_today(t, &q->today);

    if (err == ERR_OK)
        err = store_head(store, t->viewer.team, &t->head);
    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_TOUCH, 0, &touches);
    for (size_t i = 0; i < touches.n; i++)
        note_touch(q, touches.list[i]);
    objects_fini(&touches);
    if (err == ERR_OK)
        err = read_tenders(
            q, store, t->request.args_n ? t->request.args[0] : NULL);
    if (err != ERR_OK)
        return err;
    if (q->n > 1)
        qsort(q->list, q->n, sizeof *q->list, compare_items);
    for (size_t i = 0; i < q->n && i < q->limit; i++)
        row_item(q, &r, i);
    t->rows = r.rows;
    return ERR_OK;
}

static void finish_attention(struct session *s, struct task *t)
{
    const struct queue *q = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_int(&r, "asks", (int64_t)q->n);
    reply_end(&r);
}

void do_attention(struct session *s, struct request *q)
{
    struct queue *queue = mem_new(sizeof *queue);
    struct fault fault = {0};
    enum err err = request_int(q, "never", NEVER_DAYS, &queue->never, &fault);

    if (err == ERR_OK)
        err = request_int(q, "limit", UINT64_MAX, &queue->limit, &fault);
    if (err == ERR_OK && queue->never > NEVER_MOST)
        err = fault_set(&fault, ERR_ARG, "never", request_key(q, "never"),
            "0 to 36500 days");
    struct task *t = task_new(s, q);
    t->state = queue;
    t->clean = clean_queue;
    queue->t = t;
    if (err == ERR_OK) {
        task_start(t, db_read, run_attention, finish_attention);
        return;
    }
    session_fail(s, &t->request, &fault);
    fault_fini(&fault);
    task_drop(t);
}
