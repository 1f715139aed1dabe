/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c - SQL of the tables of kinds, made from kinds.def.
 *
 * Each kind has a table named as its word and a twin, word_past.  No text of a
 * user ever becomes SQL: what is put together here are words of kinds.def.
 */
#include "db/table.h"

#include "db/dialect.h"
#include "protocol/base_mem.h"

#include <string.h>

static const char common[] = "id, rev, author, time, tender, creator";

bool table_writes(enum table_statement which)
{
    return which >= TABLE_KEY;
}

bool table_has_key(enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    for (size_t i = 0; i < row->count; i++)
        if (fields[row->first + i].flags & FIELD_KEY)
            return true;
    return false;
}

bool field_takes_kinds(const struct field_row *row)
{
    return row->type == TYPE_REF &&
           (strcmp(row->arg, "*") == 0 || strchr(row->arg, '|') != NULL);
}

int columns_of(size_t field)
{
    if (fields[field].type == TYPE_ESTIMATE)
        return 3;
    return field_takes_kinds(&fields[field]) ? 2 : 1;
}

void column_print(struct text *to, size_t field, int i)
{
    text_puts(to, "f_");
    for (const char *p = fields[field].word; *p; p++)
        text_putc(to, *p == '-' ? '_' : *p);
    if (i == 0)
        return;
    if (fields[field].type == TYPE_ESTIMATE)
        text_puts(to, i == 1 ? "_from" : "_to");
    else
        text_puts(to, "_kind");
}

static const char *column_type(size_t field, int i)
{
    return dialect_type(fields[field].type, i);
}

typedef void column_fn(struct text *to, size_t field, int i);

/* ", " and what the function prints, for every column of the fields. */
static void each_column(struct text *to, enum kind kind, column_fn *print)
{
    const struct kind_row *row = kind_row(kind);

    for (size_t i = row->first; i < row->first + row->count; i++)
        for (int j = 0; j < columns_of(i); j++) {
            text_puts(to, ", ");
            print(to, i, j);
        }
}

void table_columns(struct text *to, enum kind kind)
{
    text_puts(to, common);
    each_column(to, kind, column_print);
}

static void print_declared(struct text *to, size_t field, int i)
{
    column_print(to, field, i);
    text_printf(to, " %s", column_type(field, i));
}

/* What an absent value of a key counts as; the same words stand in the index
 * and in the statement that looks into it. */
static void print_key_column(struct text *to, size_t field, int i)
{
    bool number = strcmp(column_type(field, i), "INTEGER") == 0;

    text_puts(to, "coalesce(");
    column_print(to, field, i);
    text_puts(to, number ? ", 0)" : ", '')");
}

static void create_key(struct text *to, enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    text_printf(to, "CREATE UNIQUE INDEX %s_key ON %s(team, tender", row->word,
        row->word);
    for (size_t i = row->first; i < row->first + row->count; i++)
        for (int j = 0; fields[i].flags & FIELD_KEY && j < columns_of(i); j++) {
            text_puts(to, ", ");
            print_key_column(to, i, j);
        }
    text_puts(to, ");\n");
}

void table_create(struct text *to, enum kind kind)
{
    const char *word = kind_row(kind)->word;
    static const char declared[] =
        "author TEXT NOT NULL, time INTEGER NOT NULL, "
        "tender INTEGER NOT NULL, creator TEXT NOT NULL";

    text_printf(to,
        "CREATE TABLE %s(team INTEGER NOT NULL, id INTEGER NOT NULL, "
        "rev INTEGER NOT NULL, %s",
        word, declared);
    each_column(to, kind, print_declared);
    text_printf(to,
        ", PRIMARY KEY(team, id)) " DIALECT_KEYED ";\n"
        "CREATE INDEX %s_tender ON %s(team, tender, id);\n"
        "CREATE TABLE %s_past(team INTEGER NOT NULL, id INTEGER NOT NULL, "
        "rev INTEGER NOT NULL, until INTEGER NOT NULL, "
        "deleted INTEGER NOT NULL, %s",
        word, word, word, declared);
    each_column(to, kind, print_declared);
    text_printf(to,
        ", PRIMARY KEY(team, id, rev)) " DIALECT_KEYED ";\n"
        "CREATE INDEX %s_past_tender ON %s_past(team, tender, until);\n",
        word, word);
    if (table_has_key(kind))
        create_key(to, kind);
}

/* The rows as they stood at a seq: those still current and those of the
 * past, the same condition for both. */
static void select_at(struct text *to, enum kind kind, const char *condition)
{
    const char *word = kind_row(kind)->word;

    text_puts(to, "SELECT ");
    table_columns(to, kind);
    text_printf(
        to, " FROM %s WHERE %s AND rev<=?3 UNION ALL SELECT ", word, condition);
    table_columns(to, kind);
    text_printf(
        to, " FROM %s_past WHERE %s AND rev<=?3 AND until>?3", word, condition);
}

static void select_now(struct text *to, enum kind kind, const char *condition)
{
    text_puts(to, "SELECT ");
    table_columns(to, kind);
    text_printf(to, " FROM %s WHERE %s", kind_row(kind)->word, condition);
}

static void select_key(struct text *to, enum kind kind)
{
    const struct kind_row *row = kind_row(kind);
    int number = 4;

    text_printf(to, "SELECT id FROM %s WHERE team=?1 AND tender=?2 AND id<>?3",
        row->word);
    for (size_t i = row->first; i < row->first + row->count; i++)
        for (int j = 0; fields[i].flags & FIELD_KEY && j < columns_of(i); j++) {
            text_puts(to, " AND ");
            print_key_column(to, i, j);
            text_printf(to, "=?%d", number++);
        }
}

/* Those that table_columns prints. */
static int column_count(enum kind kind)
{
    const struct kind_row *row = kind_row(kind);
    int n = COLUMN_FIRST;

    for (size_t i = row->first; i < row->first + row->count; i++)
        n += columns_of(i);
    return n;
}

static void placeholders(struct text *to, int n)
{
    for (int i = 1; i <= n; i++)
        text_printf(to, "%s?%d", i == 1 ? "(" : ", ", i);
    text_putc(to, ')');
}

/* The numbers of parameters are those of TABLE_INSERT: team 1, the common
 * columns from 2, the fields behind them. */
static void insert(struct text *to, enum kind kind)
{
    text_printf(to, "INSERT INTO %s(team, ", kind_row(kind)->word);
    table_columns(to, kind);
    text_puts(to, ") VALUES");
    placeholders(to, 1 + column_count(kind));
}

/* An UPDATE writes every index of the columns that it names, so the columns of
 * the key are named only when one of them changes. */
static void update(struct text *to, enum kind kind, bool key)
{
    const struct kind_row *row = kind_row(kind);
    int number = 2 + COLUMN_FIRST;

    text_printf(to, "UPDATE %s SET rev=?%d, author=?%d, time=?%d", row->word,
        2 + COLUMN_REV, 2 + COLUMN_AUTHOR, 2 + COLUMN_TIME);
    for (size_t i = row->first; i < row->first + row->count; i++)
        for (int j = 0; j < columns_of(i); j++, number++) {
            if (fields[i].flags & FIELD_KEY && !key)
                continue;
            text_puts(to, ", ");
            column_print(to, i, j);
            text_printf(to, "=?%d", number);
        }
    text_puts(to, " WHERE team=?1 AND id=?2");
}

static void keep(struct text *to, enum kind kind)
{
    text_printf(to, "INSERT INTO %s_past(team, ", kind_row(kind)->word);
    table_columns(to, kind);
    text_puts(to, ", until, deleted) VALUES");
    placeholders(to, 1 + column_count(kind) + 2);
}

void table_statement(
    struct text *to, enum kind kind, enum table_statement which)
{
    const char *word = kind_row(kind)->word;

    switch (which) {
    case TABLE_GET:
        select_now(to, kind, "team=?1 AND id=?2");
        break;
    case TABLE_GET_AT:
        select_at(to, kind, "team=?1 AND id=?2");
        break;
    case TABLE_WHERE:
        text_printf(to, "SELECT tender FROM %s WHERE team=?1 AND id=?2", word);
        break;
    case TABLE_TENDER:
        select_now(to, kind, "team=?1 AND tender=?2 ORDER BY id");
        break;
    case TABLE_TENDER_AT:
        select_at(to, kind, "team=?1 AND tender=?2");
        text_puts(to, " ORDER BY id");
        break;
    case TABLE_IDS:
        text_printf(to,
            "SELECT id FROM %s WHERE team=?1 AND tender=?2 ORDER BY id", word);
        break;
    case TABLE_KEY:
        select_key(to, kind);
        break;
    case TABLE_INSERT:
        insert(to, kind);
        break;
    case TABLE_UPDATE:
    case TABLE_UPDATE_KEY:
        update(to, kind, which == TABLE_UPDATE_KEY);
        break;
    case TABLE_KEEP:
        keep(to, kind);
        break;
    case TABLE_DELETE:
        text_printf(to, "DELETE FROM %s WHERE team=?1 AND id=?2", word);
        break;
    case TABLE_REVIVE:
        text_printf(to,
            "UPDATE %s_past SET deleted=2 WHERE team=?1 AND id=?2 AND "
            "deleted=1",
            word);
        break;
    case TABLE_COUNT:
        INSIST(which < TABLE_COUNT);
    }
}
