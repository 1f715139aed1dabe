/* SPDX-License-Identifier: Apache-2.0
 *
 * verify_terms.c - whether the words in which find looks are exactly those of
 * the objects.
 *
 * Each word of an object must have its row, and there must be as many rows as
 * there are words: then no row is too many either.  Only when the counts differ
 * are the rows read one by one, to name those that belong to nothing.
 */
#include "db/verify.h"

#include "db/terms.h"
#include "protocol/base_mem.h"

#include <inttypes.h>
#include <string.h>

/* The words of one field of one object, looked for. */
struct looking {
    struct verify *v;
    uint64_t team;
    const struct object *object;
    size_t field;
    bool lacks;
};

static enum err look_for_row(void *ctx, const char *term)
{
    struct looking *l = ctx;
    sqlite3_stmt *find = l->v->find_term;
    uint64_t one;

    l->v->terms++;
    sql_bind(find, "ititit", l->team, term, l->object->tender,
        kind_row(l->object->kind)->word, l->object->id, fields[l->field].word);
    enum err err = sql_number(find, &one);
    if (err == ERR_NONE)
        l->lacks = true;
    return err == ERR_NONE ? ERR_OK : err;
}

enum err verify_terms_of(struct verify *v, uint64_t team,
    const struct object *object, const char *id)
{
    const struct kind_row *row = kind_row(object->kind);
    enum err err = ERR_OK;

    if (v->find_term == NULL)
        return ERR_OK;
    for (size_t i = 0; i < row->count && err == ERR_OK; i++) {
        struct looking l = {
            .v = v, .team = team, .object = object, .field = row->first + i};

        if (!terms_is_text(l.field) || !object->values[i].set)
            continue;
        err = terms_each(object->values[i].text, look_for_row, &l);
        if (l.lacks)
            verify_find(v,
                "object: team=%" PRIu64 " %s has words that find lacks: %s",
                team, id, fields[l.field].word);
    }
    return err;
}

struct searched {
    const char *term;
    bool found;
};

static enum err compare_term(void *ctx, const char *term)
{
    struct searched *s = ctx;

    s->found = s->found || strcmp(term, s->term) == 0;
    return ERR_OK;
}

/* Whether the object of a row of terms says the word, in that field. */
static enum err has_word(
    const struct object *object, size_t field, const char *term, bool *has)
{
    const struct datum *d = &object->values[field_place(field)];
    struct searched s = {.term = term};
    enum err err = ERR_OK;

    if (d->set)
        err = terms_each(d->text, compare_term, &s);
    *has = s.found;
    return err;
}

/* Columns: team, kind, id, field, tender, term. */
static enum err check_row(struct verify *v, sqlite3_stmt *rows)
{
    enum kind kind = kind_find(sql_peek(rows, 1));
    size_t field =
        kind == KIND_NONE ? FIELD_COUNT : field_find(kind, sql_peek(rows, 3));
    struct object *object = NULL;
    bool has = false;
    enum err err = ERR_NONE;

    if (field != FIELD_COUNT && terms_is_text(field))
        err = object_load(
            v->store, sql_id(rows, 0), kind, sql_id(rows, 2), 0, &object, NULL);
    if (err == ERR_OK && object->tender == sql_id(rows, 4))
        err = has_word(object, field, sql_peek(rows, 5), &has);
    object_free(&object);
    if (err != ERR_OK && err != ERR_NONE)
        return err;
    if (!has)
        verify_find(v,
            "orphan: team=%" PRIu64 " terms: no %s %" PRIu64
            " says such a word in its %s",
            sql_id(rows, 0), sql_peek(rows, 1), sql_id(rows, 2),
            sql_peek(rows, 3));
    return ERR_OK;
}

static enum err name_rows(struct verify *v)
{
    sqlite3_stmt *rows;
    bool row;
    enum err err = sql_prepare(v->store->sql,
        "SELECT team, kind, id, field, tender, term FROM terms", &rows);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        err = check_row(v, rows);
        if (err != ERR_OK)
            break;
    }
    sqlite3_finalize(rows);
    return err;
}

enum err verify_terms_rows(struct verify *v)
{
    uint64_t n;

    if (v->find_term == NULL)
        return ERR_OK;
    enum err err = verify_number(v, "SELECT count(*) FROM terms", &n);
    if (err != ERR_OK || n == v->terms)
        return err;
    verify_find(
        v, "terms: %" PRIu64 " rows for %" PRIu64 " words", n, v->terms);
    return name_rows(v);
}

enum err verify_terms_open(struct verify *v)
{
    bool current;
    enum err err = terms_current(v->store, &current);

    if (err != ERR_OK || !current)
        return err;
    return sql_prepare(v->store->sql,
        "SELECT 1 FROM terms WHERE team=?1 AND term=?2 AND tender=?3 AND "
        "kind=?4 AND id=?5 AND field=?6",
        &v->find_term);
}
