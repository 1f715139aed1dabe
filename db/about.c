/* SPDX-License-Identifier: Apache-2.0
 *
 * about.c - all that is recorded about an object, found by the table of
 * references; what was deleted is found in the tables of the past.
 */
#include "db/about.h"

#include "db/inside.h"
#include "protocol/base_mem.h"

#include <stdlib.h>

static const struct {
    enum field_id field;
    enum about what;
} rules[] = {
#define ABOUT(kind, field, what) {FIELD_##kind##_##field, ABOUT_##what},
#include "db/about.def"
#undef ABOUT
};

#define RULES (sizeof rules / sizeof *rules)

struct search {
    struct store *store;
    const struct viewer *viewer;
    bool gone;
    struct abouts *got;
};

/* Who refers, before it is looked at. */
struct pointer {
    enum kind kind;
    uint64_t id;
    enum about what;
};

struct pointers {
    struct pointer *list;
    size_t n, room;
};

enum about about_of(size_t field)
{
    for (size_t i = 0; i < RULES; i++)
        if (rules[i].field == field)
            return rules[i].what;
    return ABOUT_OTHER;
}

static void add_pointer(
    struct pointers *to, enum kind kind, uint64_t id, enum about what)
{
    to->list = mem_grow(to->list, &to->room, to->n + 1, sizeof *to->list);
    to->list[to->n++] = (struct pointer){kind, id, what};
}

/* Found once; what is about it outdoes what only names it. */
static struct about_row *find_row(
    const struct abouts *got, enum kind kind, uint64_t id)
{
    for (size_t i = 0; i < got->n; i++)
        if (got->list[i].kind == kind && got->list[i].id == id)
            return &got->list[i];
    return NULL;
}

static struct about_row *new_row(
    struct abouts *got, enum about what, enum kind kind, uint64_t id)
{
    got->list = mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
    got->list[got->n] = (struct about_row){what, kind, id, NULL};
    return &got->list[got->n++];
}

static enum err add_row(struct search *s, const struct pointer *from)
{
    struct about_row *known = find_row(s->got, from->kind, from->id);
    struct object *object = NULL;

    if (known) {
        if (from->what > known->what)
            known->what = from->what;
        return ERR_OK;
    }
    enum err err =
        store_get(s->store, s->viewer, from->kind, from->id, 0, &object);
    if (err == ERR_NONE) {
        s->got->hidden = true;
        return ERR_OK;
    }
    if (err == ERR_OK)
        new_row(s->got, from->what, from->kind, from->id)->object = object;
    return err;
}

static enum err read_pointers(
    struct search *s, enum kind kind, uint64_t id, struct pointers *to)
{
    sqlite3_stmt *rows = store_fixed(s->store, STATEMENT_REF_TO);
    enum err err;
    bool row;

    sql_bind(rows, "iti", s->viewer->team, kind_row(kind)->word, id);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        enum kind from = kind_find(sql_peek(rows, 0));
        size_t field = field_find(from, sql_peek(rows, 2));

        INSIST(from != KIND_NONE && field != FIELD_COUNT);
        if (about_of(field) != ABOUT_OTHER)
            add_pointer(to, from, sql_id(rows, 1), about_of(field));
    }
    return err;
}

/* What refers to an object; the statement is done before others are asked. */
static enum err follow(struct search *s, enum kind kind, uint64_t id)
{
    struct pointers from = {0};
    enum err err = read_pointers(s, kind, id, &from);

    for (size_t i = 0; i < from.n && err == ERR_OK; i++)
        err = add_row(s, &from.list[i]);
    free(from.list);
    return err;
}

/* The past. */

static void print_past(struct text *sql, size_t field)
{
    const struct kind_row *kind = kind_row(fields[field].kind);

    text_printf(sql,
        "SELECT DISTINCT id, tender FROM %s_past WHERE team=?1 "
        "AND deleted=1 AND ",
        kind->word);
    if (field_takes_kinds(&fields[field])) {
        column_print(sql, field, 1);
        text_puts(sql, "=?3 AND ");
    }
    column_print(sql, field, 0);
    text_puts(sql, "=?2 ORDER BY id");
}

static enum err read_past(struct search *s, size_t field, enum kind kind,
    uint64_t id, struct pointers *to)
{
    struct text sql = {0};
    sqlite3_stmt *rows;
    bool row;

    print_past(&sql, field);
    enum err err = sql_prepare(s->store->sql, sql.bytes, &rows);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    if (field_takes_kinds(&fields[field]))
        sql_bind(rows, "iit", s->viewer->team, id, kind_row(kind)->word);
    else
        sql_bind(rows, "ii", s->viewer->team, id);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        bool sees = false;

        err = tender_sees(s->store, s->viewer, sql_id(rows, 1), &sees);
        if (err != ERR_OK)
            break;
        s->got->hidden |= !sees;
        if (sees)
            add_pointer(to, fields[field].kind, sql_id(rows, 0), ABOUT_OWN);
    }
    sqlite3_finalize(rows);
    return err;
}

/* What was deleted while it referred, unless it has come back. */
static enum err follow_past(struct search *s, enum kind kind, uint64_t id)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < RULES && err == ERR_OK; i++) {
        struct pointers from = {0};

        if (rules[i].what != ABOUT_OWN ||
            !field_takes_kind(&fields[rules[i].field], kind))
            continue;
        err = read_past(s, rules[i].field, kind, id, &from);
        for (size_t j = 0; j < from.n && err == ERR_OK; j++) {
            struct object *there = NULL;

            err = store_get(s->store, s->viewer, from.list[j].kind,
                from.list[j].id, 0, &there);
            object_free(&there);
            if (err == ERR_NONE &&
                !find_row(s->got, from.list[j].kind, from.list[j].id))
                (void)new_row(
                    s->got, ABOUT_OWN, from.list[j].kind, from.list[j].id);
            err = err == ERR_NONE ? ERR_OK : err;
        }
        free(from.list);
    }
    return err;
}

enum err store_about(struct store *store, const struct viewer *viewer,
    enum kind kind, uint64_t id, bool gone, struct abouts *got)
{
    struct search s = {store, viewer, gone, got};
    struct object *object = NULL;
    enum err err = store_get(store, viewer, kind, id, 0, &object);

    if (err == ERR_NONE && gone)
        err = ERR_OK;
    if (err == ERR_OK)
        new_row(got, ABOUT_OWN, kind, id)->object = object;
    for (size_t i = 0; i < got->n && err == ERR_OK; i++) {
        struct about_row row = got->list[i];

        if (row.what != ABOUT_OWN)
            continue;
        if (row.object)
            err = follow(&s, row.kind, row.id);
        if (err == ERR_OK && gone)
            err = follow_past(&s, row.kind, row.id);
    }
    return err;
}

void abouts_fini(struct abouts *got)
{
    for (size_t i = 0; i < got->n; i++)
        object_free(&got->list[i].object);
    free(got->list);
    *got = (struct abouts){0};
}
