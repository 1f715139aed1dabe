/* SPDX-License-Identifier: Apache-2.0
 *
 * do_advise.c - advise: what the profile of an organisation changes in what we
 * do, the number of people who are likely to approve, and the distance to the
 * ideal client.
 */
#include "protocol/base_mem.h"
#include "server/people/person.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"
#include "value/people/likeness.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum field_id field;
    const char *when, *text[2];
} advices[] = {
#define ADVICE(field, when, en, fr) {FIELD_PARTY_##field, when, {en, fr}},
#include "server/people/profile_advice.def"
#undef ADVICE
};

#define AXES (FIELD_PARTY_ORIENTATION - FIELD_PARTY_MARKET + 1)

struct advising {
    int64_t approvers;
};

static void clean_advising(struct task *t)
{
    free(t->state);
}

static const struct datum *axis_of(const struct object *party, size_t axis)
{
    return &party->values[field_place(FIELD_PARTY_MARKET + axis)];
}

/* Above the middle of a level; a rhythm of a year or more. */
static bool is_high(size_t field, const struct datum *d)
{
    int64_t middle = field == FIELD_PARTY_EXCHANGE_RHYTHM
                         ? 12 * (int64_t)DECIMAL_ONE - 1
                         : 5 * (int64_t)DECIMAL_ONE;

    return d->number > middle;
}

static bool is_middle(size_t field, const struct datum *d)
{
    return fields[field].type == TYPE_LEVEL &&
           d->number == 5 * (int64_t)DECIMAL_ONE;
}

static bool is_meant(size_t i, const struct datum *d)
{
    size_t field = advices[i].field;

    if (!d->set)
        return false;
    if (fields[field].type == TYPE_ENUM)
        return strcmp(advices[i].when, d->text) == 0;
    if (fields[field].type == TYPE_SET)
        return list_holds(d->text, advices[i].when, strlen(advices[i].when));
    return !is_middle(field, d) &&
           strcmp(advices[i].when, is_high(field, d) ? "high" : "low") == 0;
}

static void put_value(
    struct reply *r, const char *key, size_t field, const struct datum *d)
{
    struct text value = {0};

    datum_print(&value, field, d);
    reply_word(r, key, text_peek(&value));
    text_fini(&value);
}

static void rows_advice(struct person *p)
{
    int french = p->task->language == LANGUAGE_FRENCH ? 1 : 0;

    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        const struct datum *d =
            &person_party(p)->values[field_place(advices[i].field)];

        if (!is_meant(i, d))
            continue;
        reply_data(&p->r, "advice", NULL);
        reply_word(&p->r, "axis", fields[advices[i].field].word);
        put_value(&p->r, "is", advices[i].field, d);
        reply_word(&p->r, "advice", advices[i].text[french]);
        reply_end(&p->r);
    }
}

/* Two, one more for each step of its reach, one for headquarters, and up to
 * two as many have a say. */
static int64_t count_approvers(const struct object *party)
{
    const struct datum *scope = VALUE(party, PARTY, SCOPE);
    const struct datum *centre = VALUE(party, PARTY, CENTRALISATION);
    const struct datum *say = VALUE(party, PARTY, CULTURE_PARTICIPATION);
    int64_t n = 2;

    if (!scope->set && !centre->set && !say->set)
        return 0;
    if (scope->set)
        n += field_word_place(FIELD_PARTY_SCOPE, scope->text);
    if (centre->set && is_high(FIELD_PARTY_CENTRALISATION, centre))
        n++;
    if (say->set)
        n += (say->number + 5 * DECIMAL_ONE / 2) / (5 * DECIMAL_ONE);
    return n;
}

/* The ideal client. */

static int64_t side(size_t field, const struct datum *a, const struct datum *b)
{
    if (!a->set || !b->set)
        return MODEL_ABSENT;
    if (fields[field].type == TYPE_LEVEL)
        return likeness_level(a->number, b->number);
    if (fields[field].type == TYPE_NUM)
        return likeness_number(a->number, b->number);
    return likeness_words(a->text, b->text);
}

static int64_t distance(const struct object *a, const struct object *b,
    int64_t *sides, size_t *known)
{
    for (size_t i = 0; i < AXES; i++)
        sides[i] = side(FIELD_PARTY_MARKET + i, axis_of(a, i), axis_of(b, i));
    return likeness_mean(sides, AXES, known);
}

static void rows_axes(
    struct person *p, const struct object *ideal, const int64_t *sides)
{
    for (size_t i = 0; i < AXES; i++) {
        size_t field = FIELD_PARTY_MARKET + i;

        if (sides[i] == MODEL_ABSENT || sides[i] == 0)
            continue;
        reply_data(&p->r, "axis", NULL);
        reply_word(&p->r, "axis", fields[field].word);
        put_value(&p->r, "is", field, axis_of(person_party(p), i));
        put_value(&p->r, "ideal", field, axis_of(ideal, i));
        reply_micro(&p->r, "distance", sides[i]);
        reply_end(&p->r);
    }
}

static void rows_ideal(struct person *p, const struct objects *parties)
{
    const struct object *nearest = NULL;
    int64_t sides[AXES], least = INT64_MAX;
    size_t known;

    for (size_t i = 0; i < parties->n; i++) {
        const struct object *ideal = parties->list[i];
        const struct datum *is = VALUE(ideal, PARTY, IDEAL);

        if (!is->set || is->number == 0 || ideal->id == person_party(p)->id)
            continue;
        int64_t far = distance(person_party(p), ideal, sides, &known);
        if (far == MODEL_ABSENT)
            continue;
        reply_data(&p->r, "ideal", NULL);
        person_put_name(p, &p->r, "ideal", KIND_PARTY, ideal->id);
        reply_micro(&p->r, "distance", far);
        reply_int(&p->r, "known", (int64_t)known);
        reply_end(&p->r);
        if (far < least) {
            least = far;
            nearest = ideal;
        }
    }
    if (nearest) {
        (void)distance(person_party(p), nearest, sides, &known);
        rows_axes(p, nearest, sides);
    }
}

static enum err run_advise(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct advising *a = t->state;
    struct objects parties = {0};
    struct person p;
    enum err err = person_open(&p, store, t, "party", t->request.args[0]);

    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_PARTY, 0, &parties);
    if (err == ERR_OK) {
        rows_advice(&p);
        rows_ideal(&p, &parties);
        a->approvers = count_approvers(person_party(&p));
    }
    objects_fini(&parties);
    person_close(&p);
    return err;
}

static void finish_advise(struct session *s, struct task *t)
{
    const struct advising *a = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    if (a->approvers)
        reply_int(&r, "approvers", a->approvers);
    reply_end(&r);
}

void do_advise(struct session *s, struct request *q)
{
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct advising));
    t->clean = clean_advising;
    task_start(t, db_read, run_advise, finish_advise);
}
