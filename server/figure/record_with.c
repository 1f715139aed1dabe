/* SPDX-License-Identifier: Apache-2.0
 *
 * record_with.c - "with=ID.field=value": a change tried without recording it.
 */
#include "protocol/base_mem.h"
#include "server/figure/tender_model.h"

#include <stdlib.h>
#include <string.h>

void object_name(struct text *to, const struct object *object)
{
    const char *code = object_code(object);

    if (code)
        text_puts(to, code);
    else
        id_print(to, object->kind, object->id);
}

static const struct object *find_in_kind(
    const struct record *record, enum kind kind, const char *word)
{
    enum kind of = KIND_NONE;
    uint64_t id = 0;
    bool by_id = id_read(word, &of, &id) == ERR_OK;

    for (size_t i = 0; i < record->n[kind]; i++) {
        const struct object *o = record->list[kind][i];
        const char *code = object_code(o);

        if (by_id ? of == kind && o->id == id : code && strcmp(code, word) == 0)
            return o;
    }
    return NULL;
}

const struct object *record_find(
    const struct record *record, enum kind kind, const char *word)
{
    const struct object *found = NULL;

    if (kind != KIND_NONE)
        return find_in_kind(record, kind, word);
    for (int i = 0; i < KIND_COUNT && found == NULL; i++)
        found = find_in_kind(record, (enum kind)i, word);
    return found;
}

/* The copy of an object that may be changed; made the first time. */
static struct object *own_copy(const struct record *original,
    struct record *record, const struct object *object)
{
    size_t at = 0;

    while (record->list[object->kind][at]->id != object->id)
        at++;
    struct object **place = &record->list[object->kind][at];
    if (*place == original->list[object->kind][at])
        object_copy(object, place);
    return *place;
}

/* Codes may hold dots: the field stands behind the last one. */
static enum err split_word(const char *word, char **id, char **field,
    const char **value, struct fault *fault)
{
    const char *equals = strchr(word, '=');
    const char *dot = equals;

    while (dot && dot > word && *dot != '.')
        dot--;
    if (equals == NULL || dot == word) {
        fault_set(fault, ERR_ARG, "with", word, "ID.field=value");
        return ERR_ARG;
    }
    *id = mem_copy(word, (size_t)(dot - word));
    *field = mem_copy(dot + 1, (size_t)(equals - dot - 1));
    *value = equals + 1;
    return ERR_OK;
}

static enum err put_value(const struct record *original, struct record *record,
    const struct object *object, const char *word, const char *value,
    struct fault *fault)
{
    size_t field = field_find(object->kind, word);
    struct datum_fault why = {0};
    struct datum read = {0};

    if (field == FIELD_COUNT)
        return fault_set(fault, ERR_ARG, "with", word, "a field of the object");
    if (fields[field].type == TYPE_REF || fields[field].type == TYPE_REFSET)
        return fault_set(
            fault, ERR_ARG, "with", word, "a field that is no reference");
    if (*value && datum_read(field, value, &read, &why) != ERR_OK)
        return fault_set(fault, ERR_ARG, word, value, why.allowed);
    struct object *copy = own_copy(original, record, object);
    struct datum *place = &copy->values[field_place(field)];
    datum_fini(place);
    *place = read;
    return ERR_OK;
}

static enum err apply_word(const struct record *original, struct record *record,
    const char *word, struct fault *fault)
{
    char *id = NULL;
    char *field = NULL;
    const char *value = NULL;
    enum err err = split_word(word, &id, &field, &value, fault);

    if (err != ERR_OK)
        return err;
    const struct object *object = record_find(record, KIND_NONE, id);
    if (object == NULL)
        err = fault_set(fault, ERR_NONE, "with", id, "an object of the tender");
    else
        err = put_value(original, record, object, field, value, fault);
    free(id);
    free(field);
    return err;
}

bool record_is_tried(const struct record *record, const char *word,
    const struct object *object, size_t field)
{
    struct fault none = {0};
    char *id = NULL;
    char *name = NULL;
    const char *value = NULL;
    bool tried = split_word(word, &id, &name, &value, &none) == ERR_OK &&
                 strcmp(name, fields[field].word) == 0 &&
                 record_find(record, KIND_NONE, id) == object;

    free(id);
    free(name);
    fault_fini(&none);
    return tried;
}

enum err record_with(const struct record *record, const char *const *words,
    size_t n, struct record **made, struct fault *fault)
{
    struct record *copy = mem_new(sizeof *copy);
    enum err err = ERR_OK;

    *copy = *record;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        copy->list[kind] =
            mem_new((record->n[kind] + 1) * sizeof *copy->list[kind]);
        for (size_t i = 0; i < record->n[kind]; i++)
            copy->list[kind][i] = record->list[kind][i];
    }
    for (size_t i = 0; i < n && err == ERR_OK; i++)
        err = apply_word(record, copy, words[i], fault);
    if (err != ERR_OK)
        record_with_free(record, &copy);
    else
        *made = copy;
    return err;
}

void record_with_free(const struct record *original, struct record **made)
{
    struct record *copy = *made;

    if (copy == NULL)
        return;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        for (size_t i = 0; i < copy->n[kind]; i++)
            if (copy->list[kind][i] != original->list[kind][i])
                object_free(&copy->list[kind][i]);
        free(copy->list[kind]);
    }
    free(copy);
    *made = NULL;
}
