/* SPDX-License-Identifier: Apache-2.0
 *
 * object.c - an object as a whole: made, copied, printed.
 */
#include "protocol/base_mem.h"
#include "protocol/datum.h"

#include <stdlib.h>
#include <string.h>

void object_new(enum kind kind, struct object **made)
{
    struct object *object = mem_new(sizeof *object);

    object->kind = kind;
    object->values = mem_new(kind_row(kind)->count * sizeof *object->values);
    *made = object;
}

struct object *object_share(struct object *object)
{
    atomic_fetch_add_explicit(&object->shares, 1, memory_order_relaxed);
    return object;
}

/* Whoever frees must have seen what the other owners read. */
static bool has_other_owner(struct object *object)
{
    return atomic_load_explicit(&object->shares, memory_order_acquire) != 0 &&
           atomic_fetch_sub_explicit(
               &object->shares, 1, memory_order_acq_rel) != 0;
}

void object_free(struct object **object)
{
    struct object *o = *object;

    *object = NULL;
    if (o == NULL || has_other_owner(o))
        return;
    for (size_t i = 0; i < kind_row(o->kind)->count; i++)
        datum_fini(&o->values[i]);
    free(o->values);
    free(o->author);
    free(o);
}

void object_copy(const struct object *object, struct object **made)
{
    struct object *copy;

    object_new(object->kind, &copy);
    copy->id = object->id;
    copy->rev = object->rev;
    copy->tender = object->tender;
    copy->time = object->time;
    copy->author = mem_text(object->author);
    for (size_t i = 0; i < kind_row(object->kind)->count; i++)
        datum_copy(&copy->values[i], &object->values[i]);
    *made = copy;
}

const char *object_code(const struct object *object)
{
    size_t place = kind_code_place(object->kind);

    if (place == kind_row(object->kind)->count || !object->values[place].set)
        return NULL;
    return object->values[place].text;
}

static bool is_asked(char *const *only, const char *word)
{
    if (only == NULL)
        return true;
    for (; *only; only++)
        if (strcmp(*only, word) == 0)
            return true;
    return false;
}

void id_reply(struct reply *r, const char *key, enum kind kind, uint64_t number)
{
    struct text id = {0};

    id_print(&id, kind, number);
    reply_word(r, key, id.bytes);
    text_fini(&id);
}

void object_reply(
    struct reply *r, const struct object *object, char *const *only)
{
    const struct kind_row *row = kind_row(object->kind);
    struct text id = {0};

    id_print(&id, object->kind, object->id);
    reply_data(r, row->word, id.bytes);
    text_fini(&id);
    if (is_asked(only, "rev"))
        reply_int(r, "rev", (int64_t)object->rev);
    if (object->tender && object->kind != KIND_TENDER &&
        is_asked(only, "tender"))
        id_reply(r, "tender", KIND_TENDER, object->tender);
    for (size_t i = 0; i < row->count; i++)
        if (is_asked(only, fields[row->first + i].word))
            datum_reply(r, row->first + i, &object->values[i]);
    if (is_asked(only, "author") && object->author)
        reply_word(r, "author", object->author);
    if (is_asked(only, "time")) {
        struct text time = {0};

        time_print(&time, object->time, true);
        reply_word(r, "time", time.bytes);
        text_fini(&time);
    }
    reply_end(r);
}
