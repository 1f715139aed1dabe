/* SPDX-License-Identifier: Apache-2.0
 *
 * record_since.c - a record made of an earlier one: what the journal names as
 * touched since is read, all else is shared.
 *
 * Nothing that is shared is ever changed: a list in which one object differs is
 * a list of its own, of the same objects but for that one.  So whoever computes
 * on the earlier record is not disturbed.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Reading one object costs about three times what it costs in a list. */
#define TOUCHES_SHARE 4
#define TOUCHES_LEAST 64

struct touch {
    enum kind kind;
    uint64_t id;
    struct object *now; /* NULL: it is gone */
};

struct touches {
    struct touch *list;
    size_t n, room, most;
    bool many; /* more than are worth it */
};

static void free_touches(struct touches *touches)
{
    for (size_t i = 0; i < touches->n; i++)
        object_free(&touches->list[i].now);
    free(touches->list);
}

static size_t count_objects(const struct record *record)
{
    size_t n = 0;

    for (int kind = 0; kind < KIND_COUNT; kind++)
        n += record->n[kind];
    return n;
}

static enum err find_touches(struct store *store, uint64_t team,
    uint64_t tender, uint64_t since, struct touches *touches)
{
    sqlite3_stmt *rows = store_fixed(store, STATEMENT_JOURNAL_TOUCHES);
    enum err err;
    bool row;

    sql_bind(rows, "iiii", team, tender, since, INT64_MAX);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        enum kind kind = kind_find(sql_peek(rows, 0));

        if (kind == KIND_NONE || !record_wants(kind))
            continue;
        if (touches->n == touches->most) {
            sqlite3_reset(rows);
            touches->many = true;
            return ERR_OK;
        }
        touches->list = mem_grow(touches->list, &touches->room, touches->n + 1,
            sizeof *touches->list);
        touches->list[touches->n++] = (struct touch){kind, sql_id(rows, 1), 0};
    }
    return err;
}

static int compare_touches(const void *a, const void *b)
{
    const struct touch *x = a;
    const struct touch *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* By kind and id, each once. */
static void sort_touches(struct touches *touches)
{
    size_t kept = 0;

    if (touches->n > 1)
        qsort(
            touches->list, touches->n, sizeof *touches->list, compare_touches);
    for (size_t i = 0; i < touches->n; i++)
        if (kept == 0 ||
            compare_touches(&touches->list[kept - 1], &touches->list[i]) != 0)
            touches->list[kept++] = touches->list[i];
    touches->n = kept;
}

static enum err read_touched(
    struct store *store, uint64_t team, struct touches *touches)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < touches->n && err == ERR_OK; i++) {
        struct touch *t = &touches->list[i];

        err = object_load(store, team, t->kind, t->id, 0, &t->now, NULL);
        if (err == ERR_NONE)
            err = ERR_OK;
    }
    return err;
}

static void share_list(
    const struct record *base, enum kind kind, struct record *made)
{
    made->list[kind] = base->list[kind];
    made->n[kind] = base->n[kind];
    made->shares[kind] = base->shares[kind];
    if (made->shares[kind])
        atomic_fetch_add_explicit(made->shares[kind], 1, memory_order_relaxed);
}

/* Both rise by id.  The objects that were read are taken. */
static void merge_list(const struct record *base, enum kind kind,
    struct touch *touches, size_t n, struct record *made)
{
    size_t was_n = base->n[kind];
    struct object **list = mem_new((was_n + n) * sizeof *list);
    size_t at = 0;
    size_t i = 0;

    for (size_t k = 0; k < n; k++) {
        while (i < was_n && base->list[kind][i]->id < touches[k].id)
            list[at++] = object_share(base->list[kind][i++]);
        if (i < was_n && base->list[kind][i]->id == touches[k].id)
            i++;
        if (touches[k].now)
            list[at++] = touches[k].now;
        touches[k].now = NULL;
    }
    while (i < was_n)
        list[at++] = object_share(base->list[kind][i++]);
    made->list[kind] = list;
    made->n[kind] = at;
    made->shares[kind] = mem_new(sizeof *made->shares[kind]);
}

static void merge(const struct record *base, struct touches *touches,
    uint64_t head, struct record **made)
{
    struct record *record = mem_new(sizeof *record);
    size_t at = 0;

    record->seq = head;
    record->tender = base->tender;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        size_t first = at;

        while (at < touches->n && (int)touches->list[at].kind == kind)
            at++;
        if (at == first)
            share_list(base, (enum kind)kind, record);
        else
            merge_list(base, (enum kind)kind, touches->list + first, at - first,
                record);
    }
    *made = record;
}

/* *whole says that the journal does not tell what was touched, or too much of
 * it. */
static enum err collect(struct store *store, uint64_t team,
    const struct record *base, uint64_t since, struct touches *touches,
    bool *whole)
{
    uint64_t cut = 0;
    enum err err = journal_anchor(store, team, &cut, NULL);

    *whole = cut > since;
    if (err == ERR_OK && !*whole)
        err = find_touches(store, team, base->tender, since, touches);
    if (err == ERR_OK && !*whole)
        err = find_touches(store, team, 0, since, touches);
    *whole |= touches->many;
    if (err != ERR_OK || *whole)
        return err;
    sort_touches(touches);
    return read_touched(store, team, touches);
}

enum err store_record_since(struct store *store, const struct viewer *viewer,
    const struct record *base, uint64_t since, struct record **made)
{
    struct touches touches = {
        .most = count_objects(base) / TOUCHES_SHARE + TOUCHES_LEAST};
    uint64_t head;
    bool sees;
    bool whole = false;
    enum err err = tender_sees(store, viewer, base->tender, &sees);

    if (err == ERR_OK && !sees)
        err = ERR_NONE;
    if (err == ERR_OK)
        err = store_head(store, viewer->team, &head);
    if (err == ERR_OK)
        err = collect(store, viewer->team, base, since, &touches, &whole);
    if (err == ERR_OK && whole)
        err = store_record(store, viewer, base->tender, 0, made);
    else if (err == ERR_OK && touches.n == 0)
        *made = NULL;
    else if (err == ERR_OK)
        merge(base, &touches, head, made);
    if (err == ERR_OK && *made && (*made)->n[KIND_TENDER] == 0) {
        record_free(made);
        err = ERR_NONE;
    }
    free_touches(&touches);
    return err;
}
