/* SPDX-License-Identifier: Apache-2.0
 *
 * row.c - objects to columns and back.
 *
 * Sets stand in columns with a comma at both ends, so that "holds" is one
 * search; in memory only sets of references do.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static bool is_listed(enum type type)
{
    return type == TYPE_SET || type == TYPE_MEMBERS;
}

/* UPDATE leaves columns out, so a parameter may not be there. */
static bool is_parameter(sqlite3_stmt *statement, int at)
{
    return at <= sqlite3_bind_parameter_count(statement);
}

static void bind_number(sqlite3_stmt *statement, int at, int64_t number)
{
    if (is_parameter(statement, at))
        INSIST(sqlite3_bind_int64(statement, at, number) == SQLITE_OK);
}

static void bind_string(sqlite3_stmt *statement, int at, const char *string)
{
    if (is_parameter(statement, at))
        INSIST(sqlite3_bind_text(statement, at, string, -1, SQLITE_STATIC) ==
               SQLITE_OK);
}

static void bind_listed(sqlite3_stmt *statement, int at, const char *list)
{
    struct text commas = {0};

    if (!is_parameter(statement, at))
        return;
    text_printf(&commas, ",%s,", list);
    INSIST(sqlite3_bind_text(statement, at, commas.bytes, (int)commas.len,
               SQLITE_TRANSIENT) == SQLITE_OK);
    text_fini(&commas);
}

static void bind_nothing(sqlite3_stmt *statement, int at, int columns)
{
    for (int i = 0; i < columns; i++)
        if (is_parameter(statement, at + i))
            INSIST(sqlite3_bind_null(statement, at + i) == SQLITE_OK);
}

static void bind_datum(
    sqlite3_stmt *statement, int at, size_t field, const struct datum *d)
{
    enum type type = fields[field].type;

    if (!d->set) {
        bind_nothing(statement, at, columns_of(field));
    } else if (type == TYPE_ESTIMATE) {
        bind_number(statement, at, d->estimate.likely);
        bind_number(statement, at + 1, d->estimate.low);
        bind_number(statement, at + 2, d->estimate.high);
    } else if (type == TYPE_REF) {
        INSIST(d->ref_kind != KIND_NONE);
        bind_number(statement, at, d->number);
        if (columns_of(field) == 2)
            bind_string(statement, at + 1, kind_row(d->ref_kind)->word);
    } else if (is_listed(type)) {
        bind_listed(statement, at, d->text);
    } else if (d->text) {
        bind_string(statement, at, d->text);
    } else {
        bind_number(statement, at, d->number);
    }
}

int row_bind(sqlite3_stmt *statement, uint64_t team,
    const struct object *object, const char *creator)
{
    const struct kind_row *row = kind_row(object->kind);
    int at = sql_bind(statement, "iiitiit", team, object->id, object->rev,
        object->author, object->time, object->tender, creator);

    for (size_t i = 0; i < row->count; i++) {
        bind_datum(statement, at, row->first + i, &object->values[i]);
        at += columns_of(row->first + i);
    }
    return at;
}

void row_bind_past(sqlite3_stmt *statement, uint64_t team,
    const struct object *object, const char *creator, uint64_t until,
    bool deleted)
{
    int at = row_bind(statement, team, object, creator);

    bind_number(statement, at, (int64_t)until);
    bind_number(statement, at + 1, deleted);
}

/* In a key an absent value counts as 0 or as the empty text. */
static void bind_key_datum(
    sqlite3_stmt *statement, int at, size_t field, const struct datum *d)
{
    enum type type = fields[field].type;

    if (d->set) {
        bind_datum(statement, at, field, d);
    } else if (type == TYPE_REF) {
        bind_number(statement, at, 0);
        bind_string(statement, at + 1, "");
    } else {
        bind_string(statement, at, "");
    }
}

void row_bind_key(
    sqlite3_stmt *statement, uint64_t team, const struct object *object)
{
    const struct kind_row *row = kind_row(object->kind);
    int at = sql_bind(statement, "iii", team, object->tender, object->id);

    for (size_t i = 0; i < row->count; i++) {
        if (!(fields[row->first + i].flags & FIELD_KEY))
            continue;
        bind_key_datum(statement, at, row->first + i, &object->values[i]);
        at += columns_of(row->first + i);
    }
}

static char *take_listed(const char *commas)
{
    size_t len = strlen(commas);

    INSIST(len >= 2);
    return mem_copy(commas + 1, len - 2);
}

static enum kind ref_kind_of(
    sqlite3_stmt *statement, int column, const struct field_row *row)
{
    if (field_takes_kinds(row))
        return kind_find(sql_peek(statement, column + 1));
    char word[32];
    size_t len = strcspn(row->arg, ":");

    INSIST(len < sizeof word);
    memcpy(word, row->arg, len);
    word[len] = '\0';
    return kind_find(word);
}

static void read_datum(
    sqlite3_stmt *statement, int column, size_t field, struct datum *d)
{
    const struct field_row *row = &fields[field];

    d->ref_kind = KIND_NONE;
    d->set = sqlite3_column_type(statement, column) != SQLITE_NULL;
    if (!d->set)
        return;
    if (sqlite3_column_type(statement, column) == SQLITE_TEXT) {
        d->text = is_listed(row->type)
                      ? take_listed(sql_peek(statement, column))
                      : sql_take(statement, column);
        return;
    }
    d->number = sqlite3_column_int64(statement, column);
    if (row->type == TYPE_REF)
        d->ref_kind = ref_kind_of(statement, column, row);
    if (row->type == TYPE_ESTIMATE) {
        d->estimate.likely = d->number;
        d->estimate.low = sqlite3_column_int64(statement, column + 1);
        d->estimate.high = sqlite3_column_int64(statement, column + 2);
        d->number = 0;
    }
}

void row_read(sqlite3_stmt *statement, enum kind kind, struct object **made)
{
    const struct kind_row *row = kind_row(kind);
    struct object *object;
    int column = COLUMN_FIRST;

    object_new(kind, &object);
    object->id = sql_id(statement, COLUMN_ID);
    object->rev = sql_id(statement, COLUMN_REV);
    object->author = sql_take(statement, COLUMN_AUTHOR);
    object->time = sqlite3_column_int64(statement, COLUMN_TIME);
    object->tender = sql_id(statement, COLUMN_TENDER);
    for (size_t i = 0; i < row->count; i++) {
        read_datum(statement, column, row->first + i, &object->values[i]);
        column += columns_of(row->first + i);
    }
    *made = object;
}
