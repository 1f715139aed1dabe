/* SPDX-License-Identifier: Apache-2.0
 *
 * keys.c - merging the keys of many rows into one order.
 */
#include "client/show/keys.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static bool same_kind(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static size_t find_key(const struct keys *keys, const char *key)
{
    size_t at = 0;

    while (at < keys->n && strcmp(keys->list[at], key) != 0)
        at++;
    return at;
}

static void insert_key(struct keys *keys, const char *key, size_t at)
{
    keys->list =
        mem_grow(keys->list, &keys->room, keys->n + 1, sizeof *keys->list);
    memmove(keys->list + at + 1, keys->list + at,
        (keys->n - at) * sizeof *keys->list);
    keys->list[at] = key;
    keys->n++;
}

static void merge_row(struct keys *keys, const struct row *row)
{
    size_t after = 0;

    keys->ids = keys->ids || row->id;
    for (size_t i = 0; i < row->n; i++) {
        const char *key = row->list[i].key ? row->list[i].key : "text";
        size_t at = find_key(keys, key);

        if (at == keys->n) {
            at = after;
            insert_key(keys, key, at);
        }
        after = at + 1;
    }
}

void keys_find(const struct rows *rows, const char *kind, struct keys *got)
{
    struct keys made = {0};

    for (size_t i = 0; i < rows->n; i++)
        if (same_kind(rows->list[i].kind, kind))
            merge_row(&made, &rows->list[i]);
    *got = made;
}

bool keys_first(const struct rows *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_kind(rows->list[i].kind, rows->list[at].kind))
            return false;
    return true;
}

void keys_fini(struct keys *keys)
{
    free(keys->list);
    *keys = (struct keys){0};
}
