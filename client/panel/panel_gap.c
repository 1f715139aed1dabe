/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_gap.c - needs as users and as criteria weigh them.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"

#include <stdlib.h>
#include <string.h>

/* What users miss most comes first. */
static const struct row **sort_needs(const struct panel *panel, size_t *n)
{
    const struct block *block = panel->block;
    const struct row **list = mem_new(block->n * sizeof(const struct row *));
    size_t made = 0;

    for (size_t i = 0; i < block->n; i++) {
        int64_t gap = INT64_MIN;
        int64_t other;
        size_t at = made;

        if (!row_is(block->rows[i], "need"))
            continue;
        (void)panel_micro(block->rows[i], "gap", &gap);
        for (; at > 0 &&
               (!panel_micro(list[at - 1], "gap", &other) || other < gap);
             at--)
            list[at] = list[at - 1];
        list[at] = block->rows[i];
        made++;
    }
    *n = made;
    return list;
}

/* In points of percent, with their sign. */
static void add_gap(
    const struct panel *panel, struct table *table, const struct row *need)
{
    struct text cell = {0};
    int64_t gap = 0;

    if (panel_micro(need, "gap", &gap))
        number_signed(&cell, gap * 100, 1, panel->look->language);
    table_cell(table, gap > 0 ? STYLE_MARK : STYLE_PLAIN, text_peek(&cell));
    text_fini(&cell);
}

static void add_need(
    const struct panel *panel, struct table *table, const struct row *need)
{
    struct text name = {0};
    int64_t users = 0;
    int64_t criteria = 0;
    bool blind = block_find(panel->block, "blind", "need", row_name(need), NULL,
                     NULL) != NULL;

    (void)panel_micro(need, "users", &users);
    (void)panel_micro(need, "criteria", &criteria);
    labels_put_both(&name, panel->labels, "need", row_name(need));
    table_cell(table, STYLE_PLAIN, text_peek(&name));
    panel_percent(panel, table, STYLE_PLAIN, need, "users");
    table_bar(table, STYLE_GOOD, users);
    panel_percent(panel, table, STYLE_PLAIN, need, "criteria");
    table_bar(table, STYLE_PLAIN, criteria);
    add_gap(panel, table, need);
    table_cell(table, STYLE_MARK, blind ? "●" : "");
    text_fini(&name);
}

static void draw_needs(const struct panel *panel)
{
    struct table table = {0};
    size_t n;
    const struct row **needs = sort_needs(panel, &n);

    table_column(&table, panel_heading(panel, TEXT_HEAD_NEED), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_USERS), COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table_column(
        &table, panel_heading(panel, TEXT_HEAD_CRITERIA), COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table_column(&table, panel_heading(panel, TEXT_HEAD_GAP), COLUMN_RIGHT);
    table_column(&table, "", 0);
    for (size_t i = 0; i < n; i++)
        add_need(panel, &table, needs[i]);
    /* Two bars can be compared only when they are drawn to one scale. */
    int64_t top = table.columns[2].top > table.columns[4].top
                      ? table.columns[2].top
                      : table.columns[4].top;
    table.columns[2].top = top;
    table.columns[4].top = top;
    panel_table(panel, &table);
    free(needs);
}

static void say_blind(const struct panel *panel)
{
    struct text list = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *need = row_get(row, "need");

        if (!row_is(row, "blind") || need == NULL)
            continue;
        if (list.len)
            text_puts(&list, ", ");
        labels_put_both(&list, panel->labels, "need", need);
    }
    if (list.len)
        panel_sentence(panel, TEXT_BLIND, text_peek(&list));
    text_fini(&list);
}

static void say_figure(
    const struct panel *panel, const char *key, enum text_id sentence)
{
    const char *word = block_word(panel->block, key);
    struct text figure = {0};
    int64_t micro;

    if (word == NULL || !number_read(word, &micro))
        return;
    number_percent(&figure, micro, panel->look->language);
    panel_sentence(panel, sentence, text_peek(&figure));
    text_fini(&figure);
}

static void put_with(
    const struct panel *panel, const char *with, struct text *to)
{
    if (strcmp(with, "mean") == 0)
        text_puts(to, panel_heading(panel, TEXT_AGREE_MEAN));
    else if (strcmp(with, "captives") == 0)
        text_puts(to, panel_heading(panel, TEXT_AGREE_CAPTIVES));
    else
        labels_put(to, panel->labels, "party", with);
}

static void say_list_of(const struct panel *panel, const char *kind,
    const char *who, const char *key, enum text_id sentence)
{
    struct text list = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *name = row_get(row, who);
        int64_t micro;

        /* The order of elements is another matter than that of bids. */
        if (!row_is(row, kind) || name == NULL ||
            strcmp(name, "elements") == 0 || !panel_micro(row, key, &micro))
            continue;
        if (list.len)
            text_puts(&list, panel_comma(panel));
        put_with(panel, name, &list);
        text_putc(&list, ' ');
        if (sentence == TEXT_AGREE)
            number_put(&list, micro, 2, panel->look->language);
        else
            number_percent(&list, micro, panel->look->language);
    }
    if (list.len)
        panel_sentence(panel, sentence, text_peek(&list));
    text_fini(&list);
}

void panel_gap(const struct panel *panel)
{
    draw_needs(panel);
    say_blind(panel);
    say_figure(panel, "divergence", TEXT_DIVERGENCE);
    say_list_of(panel, "part", "segment", "divergence", TEXT_DIVERGENCE_PART);
    say_figure(panel, "criteria-only", TEXT_CRITERIA_ONLY);
    say_list_of(panel, "agree", "with", "tau", TEXT_AGREE);
    panel_estimates(panel);
    panel_more(panel, "gap");
}
