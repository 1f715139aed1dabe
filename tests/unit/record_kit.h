/* SPDX-License-Identifier: Apache-2.0
 *
 * record_kit.h - a record of one tender from words, without a database.
 */
#ifndef TESTS_UNIT_RECORD_KIT_H
#define TESTS_UNIT_RECORD_KIT_H

#include "db/store.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct record *record;
static uint64_t revs;

/* Adds an object from words such as "code=OURS price=5"; references are ids
 * of the right kind. */
static inline struct object *add(enum kind kind, const char *line)
{
    struct words words;
    struct words_fault where;
    struct datum_fault fault;
    struct object *o;

    ck_assert_int_eq(
        words_read(line, strlen(line), NULL, 32, &words, &where), ERR_OK);
    object_new(kind, &o);
    o->id = record->n[kind] + 1;
    o->rev = ++revs;
    o->author = mem_text("ann");
    for (size_t i = 0; i < words.n; i++) {
        size_t field = field_find(kind, words.list[i].key);
        struct datum *d = &o->values[field_place(field)];
        uint64_t number;

        ck_assert_int_eq(
            datum_read(field, words.list[i].value, d, &fault), ERR_OK);
        if (fields[field].type != TYPE_REF)
            continue;
        ck_assert_int_eq(id_read(d->text, &d->ref_kind, &number), ERR_OK);
        d->number = (int64_t)number;
    }
    words_free(&words);
    record->list[kind] = realloc(
        record->list[kind], (record->n[kind] + 1) * sizeof *record->list[kind]);
    record->list[kind][record->n[kind]++] = o;
    return o;
}

static inline void record_begin(void)
{
    record = mem_new(sizeof *record);
    revs = 0;
}

static inline void record_end(void)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        for (size_t i = 0; i < record->n[kind]; i++)
            object_free(&record->list[kind][i]);
        free(record->list[kind]);
    }
    free(record);
}

#endif
