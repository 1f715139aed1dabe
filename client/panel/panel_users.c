/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_users.c - needs met, by segment, and who has no choice.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/number.h"

#include <stdlib.h>
#include <string.h>

/* A share of needs is of all needs. */
#define WHOLE INT64_C(1000000)

static const char *bid_of(const struct row *total)
{
    const char *bid = row_get(total, "bid");

    return bid ? bid : "";
}

static void draw_bids(
    const struct panel *panel, const struct row **totals, size_t n)
{
    struct table table = {0};
    struct text name = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_BID), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_MET), COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table.columns[2].top = WHOLE;
    for (size_t i = 0; i < n; i++) {
        enum style style = panel_style(totals[i]);
        int64_t mean = 0;

        text_fini(&name);
        if (panel->width < 60)
            cell_safe(&name, bid_of(totals[i]));
        else
            labels_put_both(&name, panel->labels, "bid", bid_of(totals[i]));
        table_cell(&table, style, text_peek(&name));
        if (row_has(totals[i], "known", "no"))
            table_cell(&table, STYLE_FAINT, panel_heading(panel, TEXT_UNKNOWN));
        else
            panel_percent(panel, &table, style, totals[i], "mean");
        (void)panel_micro(totals[i], "mean", &mean);
        table_bar(&table, style, mean);
    }
    text_fini(&name);
    panel_table(panel, &table);
}

static void add_segment(const struct panel *panel, const struct row *choice,
    const struct row **totals, size_t n, struct table *table)
{
    const char *segment = row_get(choice, "segment");
    const char *captive = row_get(choice, "captive");
    struct text name = {0};
    const char *mark = "";

    if (captive && strcmp(captive, "yes") == 0)
        mark = "●";
    else if (captive && strcmp(captive, "unknown") == 0)
        mark = "?";
    labels_put(&name, panel->labels, "party", segment ? segment : "?");
    table_cell(table, STYLE_PLAIN, text_peek(&name));
    table_cell(table, STYLE_MARK, mark);
    for (size_t i = 0; i < n; i++)
        panel_percent(panel, table, panel_style(totals[i]),
            segment ? block_find(panel->block, "value", "bid",
                          bid_of(totals[i]), "segment", segment)
                    : NULL,
            "level");
    text_fini(&name);
}

static bool has_figure(const struct row **totals, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (row_get(totals[i], key))
            return true;
    return false;
}

static void draw_matrix(
    const struct panel *panel, const struct row **totals, size_t n)
{
    static const struct {
        enum text_id heading;
        const char *key;
    } sums[] = {{TEXT_HEAD_MEAN, "mean"}, {TEXT_HEAD_WORST, "min"},
        {TEXT_HEAD_CAPTIVES, "captives"}};
    struct table table = {0};
    struct text heading = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_SEGMENT), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_CAPTIVE), 0);
    for (size_t i = 0; i < n; i++) {
        bool keep = i == 0 || row_has(totals[i], "ours", "yes");

        cell_safe(&heading, bid_of(totals[i]));
        table_column(&table, text_peek(&heading),
            COLUMN_RIGHT | (keep ? 0 : COLUMN_SPARE));
        text_fini(&heading);
    }
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "choice"))
            add_segment(panel, panel->block->rows[i], totals, n, &table);
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++) {
        if (!has_figure(totals, n, sums[k].key))
            continue;
        table_cell(&table, STYLE_STRONG, panel_heading(panel, sums[k].heading));
        table_cell(&table, STYLE_PLAIN, "");
        for (size_t i = 0; i < n; i++)
            panel_percent(panel, &table, STYLE_STRONG, totals[i], sums[k].key);
    }
    panel_table(panel, &table);
}

/* "Night-shift workers, Students" of those that are captive, or of whom that
 * is not known; "Night-shift workers 2.63, ..." of all, with their degree of
 * choice, when captive is NULL. */
static void list_segments(
    const struct panel *panel, const char *captive, struct text *to)
{
    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *segment = row_get(row, "segment");
        int64_t degree;

        if (!row_is(row, "choice") || segment == NULL ||
            (captive && !row_has(row, "captive", captive)))
            continue;
        if (!captive && !panel_micro(row, "degree", &degree))
            continue;
        if (to->len)
            text_puts(to, captive ? ", " : panel_comma(panel));
        labels_put(to, panel->labels, "party", segment);
        if (captive)
            continue;
        text_putc(to, ' ');
        number_put(to, degree, 2, panel->look->language);
    }
}

static void say_best(
    const struct panel *panel, const char *key, enum text_id sentence)
{
    const struct row *best = NULL;
    struct text name = {0};
    struct text figure = {0};
    int64_t most = INT64_MIN;
    int64_t value;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];

        if (row_is(row, "total") && panel_micro(row, key, &value) &&
            value > most) {
            most = value;
            best = row;
        }
    }
    if (best == NULL)
        return;
    cell_safe(&name, bid_of(best));
    number_percent(&figure, most, panel->look->language);
    panel_sentence(panel, sentence, text_peek(&name), text_peek(&figure));
    text_fini(&name);
    text_fini(&figure);
}

/* Needs that must be met and hold some value down, each once. */
static void say_capped(const struct panel *panel)
{
    struct text list = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const char *need = row_get(panel->block->rows[i], "capped-by");

        if (need == NULL || block_find(panel->block, "value", "capped-by", need,
                                NULL, NULL) != panel->block->rows[i])
            continue;
        if (list.len)
            text_puts(&list, ", ");
        labels_put_both(&list, panel->labels, "need", need);
    }
    if (list.len)
        panel_sentence(panel, TEXT_CAPPED, text_peek(&list));
    text_fini(&list);
}

void panel_users(const struct panel *panel)
{
    struct text captives = {0};
    struct text unknown = {0};
    struct text degrees = {0};
    size_t n;
    const struct row **totals = panel_bids(panel, "total", &n);

    draw_bids(panel, totals, n);
    draw_matrix(panel, totals, n);
    say_best(panel, "mean", TEXT_USERS_BEST);
    list_segments(panel, "yes", &captives);
    list_segments(panel, "unknown", &unknown);
    list_segments(panel, NULL, &degrees);
    if (captives.len) {
        panel_sentence(panel, TEXT_CAPTIVE, captives.bytes);
        say_best(panel, "captives", TEXT_CAPTIVES_BEST);
    }
    if (unknown.len)
        panel_sentence(panel, TEXT_CAPTIVE_UNKNOWN, unknown.bytes);
    else if (captives.len == 0)
        panel_sentence(panel, TEXT_CAPTIVE_NOBODY);
    if (degrees.len)
        panel_sentence(panel, TEXT_DEGREE, degrees.bytes);
    say_capped(panel);
    panel_estimates(panel);
    panel_more(panel, "users");
    text_fini(&captives);
    text_fini(&unknown);
    text_fini(&degrees);
    free(totals);
}
