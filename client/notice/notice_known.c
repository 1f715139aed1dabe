/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_known.c - rows of the record.
 */
#include "client/notice/notice_known.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static const char *keep(struct pool *pool, const char *word)
{
    return word ? pool_text(pool, word, strlen(word)) : "";
}

struct known_row *known_add(
    struct known_rows *rows, const char *kind, const char *id)
{
    rows->all =
        mem_grow(rows->all, &rows->room, rows->n + 1, sizeof *rows->all);
    struct known_row *row = &rows->all[rows->n++];
    *row = (struct known_row){
        .kind = keep(&rows->pool, kind), .id = keep(&rows->pool, id)};
    return row;
}

void known_put(struct known_rows *rows, const char *key, const char *value)
{
    INSIST(rows->n > 0);
    struct known_row *row = &rows->all[rows->n - 1];

    for (size_t i = 0; i < row->n; i++) {
        if (strcmp(row->pairs[i].key, key) == 0) {
            row->pairs[i].value = keep(&rows->pool, value);
            return;
        }
    }
    row->pairs =
        mem_grow(row->pairs, &row->room, row->n + 1, sizeof *row->pairs);
    row->pairs[row->n++] =
        (struct known_pair){keep(&rows->pool, key), keep(&rows->pool, value)};
}

void known_copy(struct known_rows *to, const struct known_row *row)
{
    (void)known_add(to, row->kind, row->id);
    for (size_t i = 0; i < row->n; i++)
        known_put(to, row->pairs[i].key, row->pairs[i].value);
}

const char *known_get(const struct known_row *row, const char *key)
{
    for (size_t i = 0; row && i < row->n; i++)
        if (strcmp(row->pairs[i].key, key) == 0)
            return row->pairs[i].value;
    return "";
}

const struct known_row *known_find(
    const struct known_rows *rows, const char *id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (strcmp(rows->all[i].id, id) == 0)
            return &rows->all[i];
    return NULL;
}

void known_notice_add(
    struct notice_known *known, const struct known_notice *notice)
{
    known->notices = mem_grow(known->notices, &known->notices_room,
        known->notices_n + 1, sizeof *known->notices);
    known->notices[known->notices_n++] = (struct known_notice){
        .tender = keep(&known->pool, notice->tender),
        .seq = notice->seq,
        .id = keep(&known->pool, notice->id),
        .version = keep(&known->pool, notice->version),
        .digest = keep(&known->pool, notice->digest),
    };
}

void known_rows_fini(struct known_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        free(rows->all[i].pairs);
    free(rows->all);
    pool_fini(&rows->pool);
    *rows = (struct known_rows){0};
}

void known_fini(struct notice_known *known)
{
    known_rows_fini(&known->tenders);
    known_rows_fini(&known->parties);
    for (size_t i = 0; i < KIND_COUNT; i++) {
        known_rows_fini(&known->then[i]);
        known_rows_fini(&known->now[i]);
    }
    free(known->notices);
    pool_fini(&known->pool);
    *known = (struct notice_known){0};
}
