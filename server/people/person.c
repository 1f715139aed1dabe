/* SPDX-License-Identifier: Apache-2.0
 *
 * person.c - all that is recorded about one party, and how its rows are made.
 */
#include "server/people/person.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

/* Days. */

int64_t day_of_time(int64_t ms)
{
    return ms >= 0 ? ms / DAY_MS : -((DAY_MS - 1 - ms) / DAY_MS);
}

int64_t day_number(const char *day)
{
    struct text word = {0};
    int64_t ms = 0;

    text_printf(&word, "%.10sT00:00:00Z", day);
    enum err err = time_read(word.bytes, &ms);
    INSIST(err == ERR_OK);
    text_fini(&word);
    return day_of_time(ms);
}

void day_print(struct text *to, int64_t day)
{
    struct text time = {0};

    time_print(&time, day * DAY_MS, false);
    text_add(to, time.bytes, strlen("yyyy-mm-dd"));
    text_fini(&time);
}

enum err person_today(struct task *t, int64_t *day)
{
    const char *word = request_key(&t->request, "on");

    if (word && !date_is_valid(word))
        return fault_set(
            &t->fault, ERR_ARG, "on", word, "a day such as 2027-03-12");
    *day = word ? day_number(word) : day_of_time(t->now_ms);
    return ERR_OK;
}

/* Objects. */

static enum err find_party(
    struct person *p, const char *key, const char *word, uint64_t *id)
{
    enum kind kind = KIND_NONE;
    enum err err =
        store_find(p->store, p->viewer, p->task->scope, word, &kind, id);

    if (err == ERR_OK && kind != KIND_PARTY)
        err = ERR_NONE;
    if (err == ERR_NONE)
        fault_set(&p->task->fault, err, key, word, "the id or code of a party");
    return err;
}

enum err person_open(struct person *p, struct store *store, struct task *t,
    const char *key, const char *word)
{
    uint64_t id = 0;

    *p = (struct person){
        .store = store, .viewer = &t->viewer, .task = t, .r = task_reply(t)};
    enum err err = person_today(t, &p->today);
    if (err == ERR_OK)
        err = store_head(store, t->viewer.team, &t->head);
    if (err == ERR_OK)
        err = find_party(p, key, word, &id);
    if (err == ERR_OK)
        err = store_about(store, &t->viewer, KIND_PARTY, id, false, &p->about);
    return err;
}

void person_close(struct person *p)
{
    p->task->rows = p->r.rows;
    abouts_fini(&p->about);
    objects_fini(&p->others);
}

const struct object *person_party(const struct person *p)
{
    return p->about.list[0].object;
}

/* When a touch was held, else when it was recorded. */
static int64_t time_of(const struct object *o)
{
    if (o->kind == KIND_TOUCH && VALUE(o, TOUCH, HELD)->set)
        return VALUE(o, TOUCH, HELD)->number;
    return o->time;
}

static int compare_times(const void *a, const void *b)
{
    const struct object *one = *(const struct object *const *)a;
    const struct object *other = *(const struct object *const *)b;
    int64_t x = time_of(one), y = time_of(other);

    if (x != y && one->kind == KIND_TOUCH)
        return (x > y) - (x < y);
    return (one->id > other->id) - (one->id < other->id);
}

void person_sort(const struct object **list, size_t n)
{
    if (n > 1)
        qsort(list, n, sizeof(const struct object *), compare_times);
}

const struct object **person_list(
    const struct person *p, enum kind kind, size_t *n)
{
    const struct object **list =
        mem_new((p->about.n + 1) * sizeof(const struct object *));
    size_t made = 0;

    for (size_t i = 1; i < p->about.n; i++) {
        const struct about_row *row = &p->about.list[i];

        if (row->kind == kind && row->what == ABOUT_OWN)
            list[made++] = row->object;
    }
    person_sort(list, made);
    *n = made;
    return list;
}

static const struct object *find_known(
    const struct person *p, enum kind kind, uint64_t id)
{
    for (size_t i = 0; i < p->about.n; i++)
        if (p->about.list[i].kind == kind && p->about.list[i].id == id)
            return p->about.list[i].object;
    for (size_t i = 0; i < p->others.n; i++)
        if (p->others.list[i]->kind == kind && p->others.list[i]->id == id)
            return p->others.list[i];
    return NULL;
}

const struct object *person_other(struct person *p, enum kind kind, uint64_t id)
{
    const struct object *known = find_known(p, kind, id);
    struct object *object = NULL;

    if (known || store_get(p->store, p->viewer, kind, id, 0, &object) != ERR_OK)
        return known;
    p->others.list = mem_grow(
        p->others.list, &p->others.room, p->others.n + 1, sizeof object);
    p->others.list[p->others.n++] = object;
    return object;
}

/* Rows. */

static void add_name(
    struct person *p, struct text *to, enum kind kind, uint64_t id)
{
    const struct object *object = person_other(p, kind, id);

    if (object)
        object_name(to, object);
    else
        id_print(to, kind, id);
}

void person_put_name(struct person *p, struct reply *r, const char *key,
    enum kind kind, uint64_t id)
{
    struct text name = {0};

    add_name(p, &name, kind, id);
    reply_word(r, key, name.bytes);
    text_fini(&name);
}

static void put_names(
    struct person *p, const struct field_row *row, const struct datum *d)
{
    struct text names = {0};
    size_t len = strcspn(row->arg, ":|");
    char *word = mem_copy(row->arg, len);

    for (const char *at = d->text + 1; *at; at = strchr(at, ',') + 1) {
        text_puts(&names, names.len ? "," : "");
        add_name(p, &names, kind_find(word), strtoull(at, NULL, 10));
    }
    reply_word(&p->r, row->word, text_peek(&names));
    free(word);
    text_fini(&names);
}

static void put_field(struct person *p, size_t field, const struct datum *d)
{
    const struct field_row *row = &fields[field];

    if (!d->set)
        return;
    if (row->type == TYPE_REF)
        person_put_name(p, &p->r, row->word, d->ref_kind, (uint64_t)d->number);
    else if (row->type == TYPE_REFSET)
        put_names(p, row, d);
    else if (row->type == TYPE_TEXT)
        reply_word(&p->r, row->word, d->text);
    else
        datum_reply(&p->r, field, d);
}

static bool is_left_out(const size_t *but, size_t field)
{
    for (; *but != FIELD_COUNT; but++)
        if (*but == field)
            return true;
    return false;
}

void person_begin_row(
    struct person *p, const struct object *object, const size_t *but)
{
    const struct kind_row *kind = kind_row(object->kind);
    struct text id = {0};

    id_print(&id, object->kind, object->id);
    reply_data(&p->r, kind->word, id.bytes);
    text_fini(&id);
    if (object->tender && object->kind != KIND_TENDER)
        person_put_name(p, &p->r, "tender", KIND_TENDER, object->tender);
    for (size_t i = 0; i < kind->count; i++)
        if (!is_left_out(but, kind->first + i))
            put_field(p, kind->first + i, &object->values[i]);
}
