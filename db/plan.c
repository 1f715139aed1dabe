/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.c - the difference between a database and an empty one of this version,
 * as statements.
 *
 * Only what is added is done by itself: a column that is new is empty in old
 * rows, also in those of the past, and the journal never spoke of it.  What is
 * gone or means something else would be read wrongly, and is refused.
 */
#include "db/plan.h"

#include "db/schema.h"
#include "db/table.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

struct planning {
    const char *path;
    sqlite3 *sql;   /* the database that is there */
    sqlite3 *fresh; /* an empty one, in memory */
    struct dialect_parts is, shall;
    struct plan plan;
    struct text *why;
};

static enum err refuse(struct planning *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(struct planning *p, const char *format, ...)
{
    va_list list;

    text_printf(p->why, "%s: ", p->path);
    va_start(list, format);
    text_vprintf(p->why, format, list);
    va_end(list);
    return ERR_UNSUPPORTED;
}

static const struct dialect_part *find_part(
    const struct dialect_parts *parts, const struct dialect_part *like)
{
    for (size_t i = 0; i < parts->n; i++) {
        const struct dialect_part *part = &parts->list[i];

        if (part->is_index == like->is_index &&
            strcmp(part->table, like->table) == 0 &&
            strcmp(part->name, like->name) == 0)
            return part;
    }
    return NULL;
}

static bool has_table(const struct dialect_parts *parts, const char *table)
{
    for (size_t i = 0; i < parts->n; i++)
        if (!parts->list[i].is_index &&
            strcmp(parts->list[i].table, table) == 0)
            return true;
    return false;
}

static bool is_past(const char *table)
{
    size_t len = strlen(table);

    return len > 5 && strcmp(table + len - 5, "_past") == 0;
}

/* For people: a field as they know it.  What belongs to a field stands in two
 * tables, and an estimate in three columns; one is enough. */
static void tell(struct planning *p, const char *table, const char *column)
{
    struct text name = {0};

    if (is_past(table))
        return;
    text_puts(&name, table);
    if (column)
        text_putc(&name, '.');
    for (const char *c = column ? column : ""; *c; c++) {
        if (c == column && strncmp(c, "f_", 2) == 0)
            c += 2;
        text_putc(&name, *c == '_' ? '-' : *c);
    }
    text_printf(&p->plan.added, "%s%s", p->plan.added.len ? ", " : "",
        text_peek(&name));
    text_fini(&name);
}

/* Tables and columns. */

static enum err add_table(struct planning *p, const char *table)
{
    enum err err = dialect_table(p->fresh, table, &p->plan.sql);

    text_puts(&p->plan.sql, ";\n");
    tell(p, table, NULL);
    return err;
}

static enum err add_column(struct planning *p, const struct dialect_part *new)
{
    if (new->needed || new->key)
        return refuse(p,
            "the column %s.%s can not be added to rows that are there",
            new->table, new->name);
    text_printf(&p->plan.sql, "ALTER TABLE %s ADD COLUMN \"%s\" %s;\n",
        new->table, new->name, new->type);
    tell(p, new->table, new->name);
    return ERR_OK;
}

/* The words of find follow from the objects: where their table is another one
 * it is made anew, and filled when the database is opened for writing. */
static bool is_derived(const char *table)
{
    return strcmp(table, "terms") == 0;
}

static bool has_other_key(const struct planning *p, const char *table)
{
    for (size_t i = 0; i < p->shall.n; i++) {
        const struct dialect_part *shall = &p->shall.list[i];
        const struct dialect_part *is = find_part(&p->is, shall);

        if (!shall->is_index && strcmp(shall->table, table) == 0 && is &&
            is->key != shall->key)
            return true;
    }
    return false;
}

static enum err remake_table(struct planning *p, const char *table)
{
    text_printf(&p->plan.sql,
        "DROP TABLE %s;\nDELETE FROM meta WHERE name='%s';\n", table, table);
    return add_table(p, table);
}

static enum err compare_column(struct planning *p,
    const struct dialect_part *shall, const struct dialect_part *is)
{
    if (strcmp(shall->type, is->type) != 0 || shall->key != is->key)
        return refuse(p,
            "the column %s.%s is %s there and %s in this version; only "
            "additions are made by themselves",
            is->table, is->name, is->type, shall->type);
    return ERR_OK;
}

static enum err plan_columns(struct planning *p)
{
    const char *made = "";
    enum err err = ERR_OK;

    for (size_t i = 0; i < p->shall.n && err == ERR_OK; i++) {
        const struct dialect_part *shall = &p->shall.list[i];
        const struct dialect_part *is = find_part(&p->is, shall);

        if (shall->is_index || strcmp(made, shall->table) == 0)
            continue;
        if (is_derived(shall->table) && has_other_key(p, shall->table)) {
            made = shall->table;
            err = remake_table(p, shall->table);
        } else if (is) {
            err = compare_column(p, shall, is);
        } else if (has_table(&p->is, shall->table)) {
            err = add_column(p, shall);
        } else {
            made = shall->table;
            err = add_table(p, shall->table);
        }
    }
    return err;
}

static enum err refuse_unknown(struct planning *p)
{
    for (size_t i = 0; i < p->is.n; i++) {
        const struct dialect_part *is = &p->is.list[i];

        if (is->is_index || find_part(&p->shall, is))
            continue;
        return refuse(p,
            "it holds %s%s.%s, which this version does not know; use the "
            "server that wrote it, or a newer one",
            strncmp(is->name, "f_", 2) == 0 ? "the field " : "", is->table,
            strncmp(is->name, "f_", 2) == 0 ? is->name + 2 : is->name);
    }
    return ERR_OK;
}

/* Indexes hold nothing of their own: they are made anew. */

static void plan_drops(struct planning *p)
{
    for (size_t i = 0; i < p->is.n; i++) {
        const struct dialect_part *is = &p->is.list[i];
        const struct dialect_part *shall = find_part(&p->shall, is);

        if (is->is_index && !(shall && strcmp(shall->type, is->type) == 0))
            text_printf(&p->plan.sql, "DROP INDEX %s;\n", is->name);
    }
}

static void plan_indexes(struct planning *p)
{
    for (size_t i = 0; i < p->shall.n; i++) {
        const struct dialect_part *shall = &p->shall.list[i];
        const struct dialect_part *is = find_part(&p->is, shall);

        if (shall->is_index && !(is && strcmp(shall->type, is->type) == 0))
            text_printf(&p->plan.sql, "%s;\n", shall->type);
    }
}

/* What fields mean. */

/* Whether all items of a list with mark between them stand in another one. */
static const char *find_lost(const char *old, const char *new, char mark)
{
    const char stop[] = {mark, '\0'};

    while (*old) {
        size_t len = strcspn(old, stop);
        const char *at = new;

        while (*at && !(strcspn(at, stop) == len && memcmp(at, old, len) == 0))
            at += strcspn(at, stop) + (at[strcspn(at, stop)] == mark);
        if (*at == '\0')
            return old;
        old += len;
        old += *old == mark;
    }
    return NULL;
}

static enum err compare_allowed(
    struct planning *p, const struct field_row *row, const char *old)
{
    const char *kind = kind_row(row->kind)->word;
    bool words = row->type == TYPE_ENUM || row->type == TYPE_SET;
    bool kinds = row->type == TYPE_REF && strchr(old, '|') && *row->arg != '*';

    if (strcmp(old, row->arg) == 0)
        return ERR_OK;
    const char *lost =
        words || kinds ? find_lost(old, row->arg, words ? ',' : '|') : old;
    if (lost == NULL)
        return ERR_OK;
    return refuse(p,
        "the field %s.%s allows \"%.*s\" there, which this version does not "
        "know",
        kind, row->word, (int)strcspn(lost, words ? "," : "|"), lost);
}

static enum err compare_field(
    struct planning *p, const char *kind, const char *word, sqlite3_stmt *rows)
{
    enum kind known = kind_find(kind);
    size_t field =
        known == KIND_NONE ? (size_t)FIELD_COUNT : field_find(known, word);

    if (field == FIELD_COUNT)
        return refuse(p,
            "it holds the field %s.%s, which this version does not know; use "
            "the server that wrote it, or a newer one",
            kind, word);
    const struct field_row *row = &fields[field];
    const char *type = sql_peek(rows, 2);
    if (strcmp(type, type_word(row->type)) != 0)
        return refuse(p,
            "the field %s.%s is of type %s there and %s in this version; only "
            "additions are made by themselves",
            kind, word, type, type_word(row->type));
    return compare_allowed(p, row, sql_peek(rows, 3));
}

/* Databases of version 1 did not say what their fields mean; nothing has
 * changed its meaning since. */
static enum err compare_fields(struct planning *p)
{
    sqlite3_stmt *rows;
    bool row;

    if (!has_table(&p->is, "shape"))
        return ERR_OK;
    enum err err = sql_prepare(p->sql,
        "SELECT kind, field, type, allowed FROM shape ORDER BY kind, field",
        &rows);
    while (err == ERR_OK && (err = sql_step(rows, &row)) == ERR_OK && row)
        err = compare_field(p, sql_peek(rows, 0), sql_peek(rows, 1), rows);
    sqlite3_finalize(rows);
    return err;
}

/* Who works with objects relies on needed fields. */
static enum err refuse_needed(struct planning *p)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const char *kind = kind_row(fields[i].kind)->word;
        struct text column = {0};

        column_print(&column, i, 0);
        const struct dialect_part like = {
            .table = mem_text(kind), .name = column.bytes};
        bool lacks = fields[i].flags & FIELD_NEEDED &&
                     has_table(&p->is, kind) &&
                     find_part(&p->is, &like) == NULL;
        free(like.table);
        text_fini(&column);
        if (lacks)
            return refuse(p,
                "the field %s.%s is needed, and what is there has none", kind,
                fields[i].word);
    }
    return ERR_OK;
}

static enum err make_fresh(struct planning *p)
{
    enum err err = dialect_open(":memory:", true, &p->fresh);

    if (err == ERR_OK)
        err = schema_create(p->fresh);
    if (err == ERR_OK)
        err = dialect_parts(p->fresh, &p->shall);
    if (err == ERR_OK)
        err = dialect_parts(p->sql, &p->is);
    return err;
}

enum err plan_make(
    sqlite3 *sql, const char *path, struct plan *plan, struct text *why)
{
    struct planning p = {.path = path, .sql = sql, .why = why};
    enum err err = make_fresh(&p);

    if (err == ERR_OK)
        err = compare_fields(&p);
    if (err == ERR_OK)
        err = refuse_unknown(&p);
    if (err == ERR_OK)
        err = refuse_needed(&p);
    if (err == ERR_OK) {
        plan_drops(&p);
        err = plan_columns(&p);
    }
    if (err == ERR_OK)
        plan_indexes(&p);
    if (err == ERR_OK)
        *plan = p.plan;
    else
        plan_fini(&p.plan);
    if (err != ERR_OK && why->len == 0)
        text_printf(why, "%s: %s", path, err_text(err, 0));
    dialect_parts_fini(&p.is);
    dialect_parts_fini(&p.shall);
    sqlite3_close(p.fresh);
    return err;
}

void plan_fini(struct plan *plan)
{
    text_fini(&plan->sql);
    text_fini(&plan->added);
}
