/* SPDX-License-Identifier: Apache-2.0
 *
 * record.c - all that the figures of one tender need, read at once.
 *
 * The caller holds a snapshot, so that all lists are of one seq.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

static enum err read_list(struct store *store, uint64_t team, uint64_t tender,
    uint64_t at, enum kind kind, struct record *record)
{
    sqlite3_stmt *rows =
        store_table(store, kind, at == 0 ? TABLE_TENDER : TABLE_TENDER_AT);
    size_t room = record->n[kind];
    bool row;
    enum err err;

    if (at == 0)
        sql_bind(rows, "ii", team, tender);
    else
        sql_bind(rows, "iii", team, tender, at);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        size_t n = record->n[kind]++;

        record->list[kind] =
            mem_grow(record->list[kind], &room, n + 1, sizeof(struct object *));
        row_read(rows, kind, &record->list[kind][n]);
    }
    return err;
}

bool record_wants(enum kind kind)
{
    return kind != KIND_NOTE;
}

static int compare_ids(const void *a, const void *b)
{
    const struct object *one = *(struct object *const *)a;
    const struct object *other = *(struct object *const *)b;

    return (one->id > other->id) - (one->id < other->id);
}

/* What stands in the tender, or in the team, or in both: lists rise by id. */
static enum err read_kind(struct store *store, uint64_t team, uint64_t at,
    enum kind kind, struct record *record)
{
    enum scope scope = kind_row(kind)->scope;
    bool of_team = scope == SCOPE_TEAM && kind != KIND_TENDER;
    enum err err =
        read_list(store, team, of_team ? 0 : record->tender, at, kind, record);

    if (err != ERR_OK || scope == SCOPE_TEAM || scope == SCOPE_TENDER)
        return err;
    err = read_list(store, team, 0, at, kind, record);
    if (record->n[kind] > 1)
        qsort(record->list[kind], record->n[kind], sizeof(struct object *),
            compare_ids);
    return err;
}

/* From now on others may have the list too. */
static void share_lists(struct record *record)
{
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (record->n[kind])
            record->shares[kind] = mem_new(sizeof *record->shares[kind]);
}

static enum err read_all(
    struct store *store, uint64_t team, uint64_t at, struct record *record)
{
    enum err err = ERR_OK;

    for (int i = 0; i < KIND_COUNT && err == ERR_OK; i++)
        if (record_wants((enum kind)i))
            err = read_kind(store, team, at, (enum kind)i, record);
    return err;
}

enum err store_notes(struct store *store, const struct viewer *viewer,
    uint64_t tender, uint64_t at, struct record **made)
{
    bool sees;
    enum err err = tender_sees(store, viewer, tender, &sees);

    if (err != ERR_OK)
        return err;
    if (!sees)
        return ERR_NONE;
    struct record *record = mem_new(sizeof *record);
    record->tender = tender;
    err = read_kind(store, viewer->team, at, KIND_NOTE, record);
    if (err == ERR_OK)
        *made = record;
    else
        record_free(&record);
    return err;
}

enum err store_record(struct store *store, const struct viewer *viewer,
    uint64_t tender, uint64_t at, struct record **made)
{
    struct record *record;
    uint64_t head;
    bool sees;
    enum err err = tender_sees(store, viewer, tender, &sees);

    if (err == ERR_OK)
        err = store_head(store, viewer->team, &head);
    if (err != ERR_OK)
        return err;
    if (!sees)
        return ERR_NONE;
    record = mem_new(sizeof *record);
    record->seq = at == 0 || at > head ? head : at;
    record->tender = tender;
    err = read_all(store, viewer->team, at, record);
    if (err == ERR_OK && record->n[KIND_TENDER] == 0)
        err = ERR_NONE;
    share_lists(record);
    if (err == ERR_OK)
        *made = record;
    else
        record_free(&record);
    return err;
}

static void free_list(struct record *r, enum kind kind)
{
    if (r->shares[kind] && atomic_fetch_sub_explicit(
                               r->shares[kind], 1, memory_order_acq_rel) != 0)
        return;
    for (size_t i = 0; i < r->n[kind]; i++)
        object_free(&r->list[kind][i]);
    free(r->list[kind]);
    free(r->shares[kind]);
}

void record_free(struct record **record)
{
    struct record *r = *record;

    *record = NULL;
    if (r == NULL)
        return;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        free_list(r, (enum kind)kind);
    free(r);
}
