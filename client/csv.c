/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.c - RFC 4180.
 */
#include "client/csv.h"

#include "client/keys.h"

#include <string.h>

void csv_value(struct text *to, const char *value)
{
    if (strpbrk(value, ",\"\r\n") == NULL) {
        text_puts(to, value);
        return;
    }
    text_putc(to, '"');
    for (; *value; value++) {
        if (*value == '"')
            text_putc(to, '"');
        text_putc(to, *value);
    }
    text_putc(to, '"');
}

static void print_head(struct text *to, const struct keys *keys, bool records)
{
    text_puts(to, records ? "kind" : "");
    if (keys->ids)
        text_puts(to, ",id");
    for (size_t i = 0; i < keys->n; i++) {
        if (records || i)
            text_putc(to, ',');
        csv_value(to, keys->list[i]);
    }
    text_puts(to, "\r\n");
}

/* A value without a key stands in the column "text". */
static const char *find_value(const struct row *row, const char *key)
{
    const char *value = row_get(row, key);

    for (size_t i = 0; value == NULL && i < row->n; i++)
        if (row->list[i].key == NULL && strcmp(key, "text") == 0)
            value = text_peek(&row->list[i].value);
    return value ? value : "";
}

static void print_row(
    struct text *to, const struct keys *keys, const struct row *row)
{
    if (row->kind)
        csv_value(to, row->kind);
    if (keys->ids) {
        text_putc(to, ',');
        csv_value(to, row->id ? row->id : "");
    }
    for (size_t i = 0; i < keys->n; i++) {
        if (row->kind || i)
            text_putc(to, ',');
        csv_value(to, find_value(row, keys->list[i]));
    }
    text_puts(to, "\r\n");
}

void csv_print(struct text *to, const struct rows *rows)
{
    for (size_t first = 0; first < rows->n; first++) {
        struct keys keys;

        if (!keys_first(rows, first))
            continue;
        const char *kind = rows->list[first].kind;
        keys_find(rows, kind, &keys);
        print_head(to, &keys, kind != NULL);
        for (size_t i = first; i < rows->n; i++) {
            const struct row *row = &rows->list[i];
            bool same = kind ? row_is(row, kind) : row->kind == NULL;

            if (same)
                print_row(to, &keys, row);
        }
        keys_fini(&keys);
    }
}
