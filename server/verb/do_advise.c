/* SPDX-License-Identifier: Apache-2.0
 *
 * do_advise.c - advise: what the profile of an organisation changes in what we
 * do, the number of people who are likely to approve, and the distance to the
 * ideal client.
 */
#include "protocol/base_mem.h"
#include "server/people/person.h"
#include "server/people/profile.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

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

struct advising {
    struct approvers approvers;
};

static void clean_advising(struct task *t)
{
    free(t->state);
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
           strcmp(advices[i].when,
               profile_is_high(field, d) ? "high" : "low") == 0;
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

/* The ideal client. */

static void rows_axes(
    struct person *p, const struct object *ideal, const int64_t *sides)
{
    for (size_t i = 0; i < PROFILE_AXES; i++) {
        size_t field = profile_field(i);

        if (sides[i] == MODEL_ABSENT || sides[i] == 0)
            continue;
        reply_data(&p->r, "axis", NULL);
        reply_word(&p->r, "axis", fields[field].word);
        put_value(&p->r, "is", field, profile_value(person_party(p), i));
        put_value(&p->r, "ideal", field, profile_value(ideal, i));
        reply_micro(&p->r, "distance", sides[i]);
        reply_end(&p->r);
    }
}

static void rows_ideal(struct person *p, const struct objects *parties)
{
    const struct object *nearest = NULL;
    int64_t sides[PROFILE_AXES], least = INT64_MAX;
    size_t known;

    for (size_t i = 0; i < parties->n; i++) {
        const struct object *ideal = parties->list[i];

        if (!profile_is_ideal(ideal, person_party(p)))
            continue;
        int64_t far = profile_distance(person_party(p), ideal, sides, &known);
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
        (void)profile_distance(person_party(p), nearest, sides, &known);
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
        profile_approvers(person_party(&p), &a->approvers);
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
    if (a->approvers.sum)
        reply_int(&r, "approvers", a->approvers.sum);
    reply_end(&r);
}

void do_advise(struct session *s, struct request *q)
{
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct advising));
    t->clean = clean_advising;
    task_start(t, db_read, run_advise, finish_advise);
}
