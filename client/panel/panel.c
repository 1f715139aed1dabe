/* SPDX-License-Identifier: Apache-2.0
 *
 * panel.c - what all panels share.
 */
#include "client/panel/panel.h"

#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

panel_fn *panel_find(const char *verb)
{
    static const struct {
        const char *verb;
        panel_fn *panel;
    } rows[] = {
#define PANEL(verb, function, title, whole) {verb, function},
#include "client/panel/panels.def"
#undef PANEL
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].verb, verb) == 0)
            return rows[i].panel;
    return NULL;
}

static bool same_lot(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static struct block *find_block(
    struct block **list, size_t *n, size_t *room, const char *lot)
{
    for (size_t i = 0; i < *n; i++)
        if (same_lot((*list)[i].lot, lot))
            return &(*list)[i];
    *list = mem_grow(*list, room, *n + 1, sizeof **list);
    (*list)[*n] = (struct block){.lot = lot};
    return &(*list)[(*n)++];
}

void blocks_cut(const struct rows *rows, const struct answer *final, bool whole,
    struct block **list, size_t *n)
{
    struct block *made = NULL;
    size_t made_n = 0;
    size_t room = 0;

    for (size_t i = 0; i < rows->n; i++) {
        const struct row *row = &rows->list[i];
        bool is_lot = !whole && row_is(row, "lot");
        const char *lot = whole    ? NULL
                          : is_lot ? row_name(row)
                                   : row_get(row, "lot");
        struct block *block = find_block(&made, &made_n, &room, lot);

        if (is_lot) {
            block->lot_row = row;
            continue;
        }
        block->rows = mem_grow(block->rows, &block->room, block->n + 1,
            sizeof(const struct row *));
        block->rows[block->n++] = row;
    }
    if (made_n == 0)
        (void)find_block(&made, &made_n, &room, NULL);
    for (size_t i = 0; i < made_n; i++)
        made[i].final = final;
    *list = made;
    *n = made_n;
}

void blocks_free(struct block **list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(*(void **)&(*list)[i].rows);
    free(*list);
    *list = NULL;
}

const char *block_word(const struct block *block, const char *key)
{
    if (block->lot_row)
        return row_get(block->lot_row, key);
    return block->final ? words_get(&block->final->words, key) : NULL;
}

const struct row *block_find(const struct block *block, const char *kind,
    const char *key, const char *value, const char *key2, const char *value2)
{
    for (size_t i = 0; i < block->n; i++) {
        const struct row *row = block->rows[i];

        if (row_is(row, kind) && (key == NULL || row_has(row, key, value)) &&
            (key2 == NULL || row_has(row, key2, value2)))
            return row;
    }
    return NULL;
}

bool panel_micro(const struct row *row, const char *key, int64_t *micro)
{
    const char *word = row ? row_get(row, key) : NULL;

    return word && number_read(word, micro);
}

void panel_sentence(const struct panel *panel, enum text_id id, ...)
{
    struct text line = {0};
    va_list gaps;

    va_start(gaps, id);
    say_list(&line, panel->look->language, id, gaps);
    va_end(gaps);
    page_wrap(panel->page, "  ", text_peek(&line), panel->width);
    text_fini(&line);
}

const char *panel_heading(const struct panel *panel, enum text_id id)
{
    return text_of(id, panel->look->language);
}

void panel_table(const struct panel *panel, struct table *table)
{
    char number[24];

    table->indent = 2;
    table_lay_out(table, panel->look, panel->width, panel->page);
    if (table->left_out) {
        (void)snprintf(number, sizeof number, "%zu", table->left_out);
        panel_sentence(panel, TEXT_LEFT_OUT, number);
    }
    table_fini(table);
    page_add(panel->page, "");
}

const char *panel_comma(const struct panel *panel)
{
    return panel->look->language == LANGUAGE_FRENCH ? " ; " : ", ";
}

enum style panel_style(const struct row *row)
{
    return row_has(row, "ours", "yes") ? STYLE_STRONG : STYLE_PLAIN;
}

void panel_estimates(const struct panel *panel)
{
    const char *count = block_word(panel->block, "estimates");
    struct text safe = {0};

    if (count == NULL)
        return;
    cell_safe(&safe, count);
    panel_sentence(panel, TEXT_ESTIMATES, text_peek(&safe));
    text_fini(&safe);
}

void panel_number(const struct panel *panel, struct table *table,
    enum style style, const struct row *row, const char *key,
    void (*put)(struct text *, int64_t, int, enum language))
{
    struct text cell = {0};
    int64_t micro;

    if (panel_micro(row, key, &micro))
        put(&cell, micro, 2, panel->look->language);
    table_cell(table, style, text_peek(&cell));
    text_fini(&cell);
}

void panel_percent(const struct panel *panel, struct table *table,
    enum style style, const struct row *row, const char *key)
{
    struct text cell = {0};
    int64_t micro;

    if (panel_micro(row, key, &micro))
        number_percent(&cell, micro, panel->look->language);
    table_cell(table, style, text_peek(&cell));
    text_fini(&cell);
}

static int64_t rank_of(const struct row *row)
{
    int64_t rank;

    return panel_micro(row, "rank", &rank) ? rank : INT64_MAX;
}

const struct row **panel_bids(
    const struct panel *panel, const char *kind, size_t *n)
{
    const struct block *block = panel->block;
    const struct row **list = mem_new(block->n * sizeof(const struct row *));
    size_t made = 0;

    /* Insertion keeps the server's order among bids of one rank. */
    for (size_t i = 0; i < block->n; i++) {
        const struct row *row = block->rows[i];
        size_t at = made;

        if (!row_is(row, kind))
            continue;
        for (; at > 0 && rank_of(list[at - 1]) > rank_of(row); at--)
            list[at] = list[at - 1];
        list[at] = row;
        made++;
    }
    *n = made;
    return list;
}
