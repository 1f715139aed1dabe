/* SPDX-License-Identifier: Apache-2.0
 *
 * diff.c - two states of an object, or of all in a tender, side by side.
 *
 * The journal names what was touched between them, and who touched it; the
 * values come from the tables of the past.  A cursor is the object of the page
 * before: "d" KIND "." ID.
 */
#include "db/diff.h"

#include "db/inside.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

struct touched {
    enum kind kind;
    uint64_t id;
};

struct touches {
    struct touched *list;
    size_t n, room;
};

struct comparing {
    struct store *store;
    const struct viewer *viewer;
    const struct diff_query *query;
    struct fault *fault;
    struct differences *got;
};

static void free_difference(struct difference *d)
{
    object_free(&d->was);
    object_free(&d->is);
    free(d->last.author);
    for (size_t i = 0; d->strokes && i < kind_row(d->kind)->count; i++)
        free(d->strokes[i].author);
    free(d->strokes);
}

void differences_fini(struct differences *differences)
{
    for (size_t i = 0; i < differences->n; i++)
        free_difference(&differences->list[i]);
    free(differences->list);
    free(differences->next);
    *differences = (struct differences){0};
}

static int compare_touched(const void *a, const void *b)
{
    const struct touched *x = a, *y = b;

    if (x->kind != y->kind)
        return strcmp(kind_row(x->kind)->word, kind_row(y->kind)->word);
    return (x->id > y->id) - (x->id < y->id);
}

static void sort_touches(struct touches *touches)
{
    size_t kept = 0;

    if (touches->n > 1)
        qsort(
            touches->list, touches->n, sizeof *touches->list, compare_touched);
    for (size_t i = 0; i < touches->n; i++)
        if (kept == 0 ||
            compare_touched(&touches->list[kept - 1], &touches->list[i]))
            touches->list[kept++] = touches->list[i];
    touches->n = kept;
}

/* All that the journal of a tender names between the two. */
static enum err find_touched(struct comparing *c, struct touches *touches)
{
    sqlite3_stmt *rows = store_fixed(c->store, STATEMENT_JOURNAL_TOUCHES);
    bool row;
    enum err err;

    sql_bind(rows, "iiii", c->viewer->team, c->query->id, c->query->from,
        c->query->to);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        enum kind kind = kind_find(sql_peek(rows, 0));

        if (!limit_allows(LIMIT_ROW_SCAN, touches->n + 1)) {
            sqlite3_reset(rows);
            return fault_limit(c->fault, "changes", LIMIT_ROW_SCAN);
        }
        touches->list = mem_grow(touches->list, &touches->room, touches->n + 1,
            sizeof *touches->list);
        if (kind != KIND_NONE)
            touches->list[touches->n++] =
                (struct touched){kind, sql_id(rows, 1)};
    }
    sort_touches(touches);
    return err;
}

static enum err load_at(struct comparing *c, const struct touched *what,
    uint64_t at, struct object **made)
{
    enum err err = at == 0 ? ERR_NONE
                           : object_load(c->store, c->viewer->team, what->kind,
                                 what->id, at, made, NULL);

    return err == ERR_NONE ? ERR_OK : err;
}

static void put_stroke(struct stroke *stroke, sqlite3_stmt *row)
{
    free(stroke->author);
    *stroke = (struct stroke){
        sql_id(row, 0), sqlite3_column_int64(row, 1), sql_take(row, 2)};
}

/* Rising by seq, so that the last one stays. */
static enum err read_strokes(struct comparing *c, struct difference *d)
{
    const struct kind_row *row = kind_row(d->kind);
    sqlite3_stmt *rows = store_fixed(c->store, STATEMENT_JOURNAL_STROKES);
    bool found;
    enum err err;

    d->strokes = mem_new(row->count * sizeof *d->strokes);
    sql_bind(rows, "itiii", c->viewer->team, row->word, d->id, c->query->from,
        c->query->to);
    while ((err = sql_step(rows, &found)) == ERR_OK && found) {
        const char *words = sql_peek(rows, 3);

        put_stroke(&d->last, rows);
        for (size_t i = 0; i < row->count; i++) {
            const char *word = fields[row->first + i].word;

            if (list_holds(words, word, strlen(word)))
                put_stroke(&d->strokes[i], rows);
        }
    }
    return err;
}

static bool are_same(const struct object *was, const struct object *is)
{
    if (was == NULL || is == NULL)
        return was == is;
    for (size_t i = 0; i < kind_row(was->kind)->count; i++)
        if (!datum_equal(kind_row(was->kind)->first + i, &was->values[i],
                &is->values[i]))
            return false;
    return true;
}

/* *was_there says whether there was such an object at either seq. */
static enum err compare(
    struct comparing *c, const struct touched *what, bool *was_there)
{
    struct difference d = {.kind = what->kind, .id = what->id};
    enum err err = load_at(c, what, c->query->from, &d.was);

    if (err == ERR_OK)
        err = load_at(c, what, c->query->to, &d.is);
    *was_there = d.was || d.is;
    if (err == ERR_OK && !are_same(d.was, d.is)) {
        err = read_strokes(c, &d);
        if (err == ERR_OK) {
            struct differences *got = c->got;

            got->list =
                mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
            got->list[got->n++] = d;
            return ERR_OK;
        }
    }
    free_difference(&d);
    return err;
}

static bool read_cursor(const char *word, struct touched *got)
{
    char kind[33];
    size_t len = strcspn(word, ".");

    if (word[0] != 'd' || word[len] != '.' || len > sizeof kind)
        return false;
    memcpy(kind, word + 1, len - 1);
    kind[len - 1] = '\0';
    got->kind = kind_find(kind);
    size_t digits = strspn(word + len + 1, "0123456789");
    if (digits == 0 || digits > 18 || word[len + 1 + digits])
        return false;
    got->id = strtoull(word + len + 1, NULL, 10);
    return got->kind != KIND_NONE;
}

static void end_page(struct comparing *c)
{
    struct differences *got = c->got;
    struct text next = {0};

    if (got->n <= c->query->limit)
        return;
    free_difference(&got->list[--got->n]);
    const struct difference *last = &got->list[got->n - 1];
    text_printf(&next, "d%s.%llu", kind_row(last->kind)->word,
        (unsigned long long)last->id);
    got->next = text_take(&next);
}

static enum err compare_tender(struct comparing *c)
{
    struct touches touches = {0};
    struct touched behind = {KIND_NONE, 0};
    const char *after = c->query->after;
    bool was_there;
    enum err err = ERR_OK;

    if (after && !read_cursor(after, &behind))
        return fault_set(
            c->fault, ERR_ARG, "after", after, "the next= of the same diff");
    err = find_touched(c, &touches);
    for (size_t i = 0; err == ERR_OK && i < touches.n; i++)
        if (behind.kind == KIND_NONE ||
            compare_touched(&touches.list[i], &behind) > 0) {
            err = compare(c, &touches.list[i], &was_there);
            if (c->got->n > c->query->limit)
                break;
        }
    free(touches.list);
    if (err == ERR_OK)
        end_page(c);
    return err;
}

/* The tender in which the object stands, or stood. */
static enum err check_sight(struct comparing *c)
{
    struct touched what = {c->query->kind, c->query->id};
    struct object *object = NULL;
    bool sees;
    enum err err = load_at(c, &what, c->query->to, &object);

    if (err == ERR_OK && object == NULL)
        err = load_at(c, &what, c->query->from, &object);
    if (err == ERR_OK && object == NULL)
        err = ERR_NONE;
    if (err == ERR_OK)
        err = tender_sees(c->store, c->viewer, object->tender, &sees);
    if (err == ERR_OK && !sees)
        err = ERR_NONE;
    object_free(&object);
    return err;
}

enum err store_diff(struct store *store, const struct viewer *viewer,
    const struct diff_query *query, struct differences *got,
    struct fault *fault)
{
    struct differences made = {0};
    struct comparing c = {store, viewer, query, fault, &made};
    struct touched what = {query->kind, query->id};
    bool was_there;

    INSIST(query->from < query->to && query->limit > 0);
    enum err err = check_sight(&c);
    if (err == ERR_OK)
        err = query->kind == KIND_TENDER ? compare_tender(&c)
                                         : compare(&c, &what, &was_there);
    if (err == ERR_OK)
        *got = made;
    else
        differences_fini(&made);
    return err;
}
