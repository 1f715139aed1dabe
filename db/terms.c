/* SPDX-License-Identifier: Apache-2.0
 *
 * terms.c - writing the words of texts into the table in which find looks.
 *
 * An index of our own rather than that of the engine: its rows are wiped at
 * once when a value is, other teams' rows cost nothing, and any engine can
 * keep it.
 */
#include "db/terms.h"

#include "db/walk.h"
#include "protocol/base_mem.h"
#include "protocol/fold.h"

#include <stdlib.h>
#include <string.h>

/* The words of a text, sorted, each once. */
struct bag {
    struct text bytes; /* NUL-ended, one behind the other */
    const char **list;
    size_t n, room;
};

bool terms_is_text(size_t field)
{
    enum type type = fields[field].type;

    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_bag(struct bag *bag)
{
    size_t kept = 0;

    qsort(bag->list, bag->n, sizeof *bag->list, compare_words);
    for (size_t i = 0; i < bag->n; i++)
        if (kept == 0 || strcmp(bag->list[kept - 1], bag->list[i]) != 0)
            bag->list[kept++] = bag->list[i];
    bag->n = kept;
}

static void fill_bag(struct bag *bag, const char *text)
{
    struct folded word;
    size_t n = 0;

    for (const char *p = text; n < TERMS_MOST && fold_next(&p, &word); n++)
        text_add(&bag->bytes, word.word, strlen(word.word) + 1);
    bag->list = mem_new((n + 1) * sizeof *bag->list);
    for (const char *p = text_peek(&bag->bytes); bag->n < n; p++) {
        bag->list[bag->n++] = p;
        p += strlen(p);
    }
    if (n > 1)
        sort_bag(bag);
}

static void empty_bag(struct bag *bag)
{
    text_fini(&bag->bytes);
    free(bag->list);
}

static enum err write_term(struct store *store, enum statement which,
    uint64_t team, const struct object *one, size_t field, const char *term)
{
    sqlite3_stmt *write = store_fixed(store, which);

    sql_bind(write, "ititit", team, term, one->tender,
        kind_row(one->kind)->word, one->id, fields[field].word);
    return sql_run(write);
}

/* Both bags are sorted, so what only one of them holds is found by walking
 * along them together. */
static enum err write_difference(struct store *store, uint64_t team,
    const struct object *one, size_t field, const struct bag *old,
    const struct bag *now)
{
    size_t i = 0, j = 0;
    enum err err = ERR_OK;

    while (err == ERR_OK && (i < old->n || j < now->n)) {
        int order = i == old->n   ? 1
                    : j == now->n ? -1
                                  : strcmp(old->list[i], now->list[j]);

        if (order < 0)
            err = write_term(
                store, STATEMENT_TERM_DROP, team, one, field, old->list[i++]);
        else if (order > 0)
            err = write_term(
                store, STATEMENT_TERM_ADD, team, one, field, now->list[j++]);
        else
            i++, j++;
    }
    return err;
}

static const char *text_of(const struct object *object, size_t place)
{
    return object && object->values[place].set ? object->values[place].text
                                               : "";
}

static enum err write_field(struct store *store, uint64_t team,
    const struct object *one, size_t place, const char *old, const char *now)
{
    struct bag before = {0}, after = {0};

    fill_bag(&before, old);
    fill_bag(&after, now);
    enum err err = write_difference(
        store, team, one, kind_row(one->kind)->first + place, &before, &after);
    empty_bag(&before);
    empty_bag(&after);
    return err;
}

enum err terms_write(struct store *store, uint64_t team,
    const struct object *one, const struct object *old,
    const struct object *now)
{
    const struct kind_row *row = kind_row(one->kind);
    enum err err = ERR_OK;

    for (size_t i = 0; i < row->count && err == ERR_OK; i++) {
        const char *before = text_of(old, i), *after = text_of(now, i);

        if (terms_is_text(row->first + i) && strcmp(before, after) != 0)
            err = write_field(store, team, one, i, before, after);
    }
    return err;
}

enum err terms_each(const char *text, terms_fn *visit, void *ctx)
{
    struct bag bag = {0};
    enum err err = ERR_OK;

    fill_bag(&bag, text);
    for (size_t i = 0; i < bag.n && err == ERR_OK; i++)
        err = visit(ctx, bag.list[i]);
    empty_bag(&bag);
    return err;
}

static enum err refill_object(
    void *ctx, uint64_t team, const struct object *object)
{
    return terms_write(ctx, team, object, NULL, object);
}

static enum err refill(struct store *store)
{
    struct text version = {0};
    enum err err = sql_exec(store->sql, "DELETE FROM terms");

    for (int i = 0; i < KIND_COUNT && err == ERR_OK; i++)
        err = walk_objects(store, (enum kind)i, refill_object, store);
    if (err != ERR_OK)
        return err;
    text_printf(&version,
        "INSERT INTO meta(name, value) VALUES('terms', %d) "
        "ON CONFLICT(name) DO UPDATE SET value=excluded.value",
        TERMS_VERSION);
    err = sql_exec(store->sql, version.bytes);
    text_fini(&version);
    return err;
}

enum err terms_current(struct store *store, bool *current)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_META_GET);
    uint64_t version = 0;

    sql_bind(find, "t", "terms");
    enum err err = sql_number(find, &version);
    if (err != ERR_OK && err != ERR_NONE)
        return err;
    *current = version == TERMS_VERSION;
    return ERR_OK;
}

enum err terms_refresh(struct store *store)
{
    bool current;
    enum err err = terms_current(store, &current);

    if (err != ERR_OK || current)
        return err;
    err = store_begin(store);
    if (err != ERR_OK)
        return err;
    err = refill(store);
    if (err == ERR_OK)
        return store_commit(store);
    store_rollback(store);
    return err;
}
