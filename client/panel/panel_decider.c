/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_decider.c - points, ranks and what would change them.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/number.h"

#include <stdlib.h>
#include <string.h>

/* All that can be won, so that bars show how much of it each bid takes. */
static int64_t all_points(const struct block *block, const struct row *bid)
{
    int64_t sum = 0;
    int64_t weight;

    for (size_t i = 0; i < block->n; i++)
        if (row_is(block->rows[i], "points") &&
            row_has(block->rows[i], "bid", row_name(bid)) &&
            panel_micro(block->rows[i], "weight", &weight))
            sum += weight;
    return sum;
}

static void add_rank(const struct row *bid, struct table *table)
{
    struct text cell = {0};
    const char *rank = row_get(bid, "rank");

    cell_safe(&cell, rank ? rank : "-");
    if (row_has(bid, "tie", "yes"))
        text_putc(&cell, '=');
    table_cell(table, panel_style(bid), text_peek(&cell));
    text_fini(&cell);
}

static void draw_bids(
    const struct panel *panel, const struct row **bids, size_t n)
{
    struct table table = {0};
    struct text name = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_RANK), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_BID), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_POINTS), COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table_column(&table, panel_heading(panel, TEXT_HEAD_LEAD), COLUMN_RIGHT);
    if (n)
        table.columns[3].top = all_points(panel->block, bids[0]);
    for (size_t i = 0; i < n; i++) {
        enum style style = panel_style(bids[i]);
        int64_t points = 0;
        int64_t lead = 0;

        (void)panel_micro(bids[i], "points", &points);
        (void)panel_micro(bids[i], "lead", &lead);
        add_rank(bids[i], &table);
        text_fini(&name);
        if (panel->width < 60)
            cell_safe(&name, row_name(bids[i]));
        else
            labels_put_both(&name, panel->labels, "bid", row_name(bids[i]));
        table_cell(&table, style, text_peek(&name));
        panel_number(panel, &table, style, bids[i], "points", number_put);
        table_bar(&table, style, points);
        panel_number(panel, &table, lead < 0 ? STYLE_BAD : STYLE_GOOD, bids[i],
            "lead", number_signed);
    }
    text_fini(&name);
    panel_table(panel, &table);
}

/* The criteria stand in the rows of the first bid that has points. */
static bool is_first_of(const struct block *block, const struct row *points)
{
    const char *criterion = row_get(points, "criterion");

    return criterion && points == block_find(block, "points", "criterion",
                                      criterion, NULL, NULL);
}

static void add_criterion(const struct panel *panel, const struct row *points,
    const struct row **bids, size_t n, struct table *table)
{
    const char *criterion = row_get(points, "criterion");
    struct text cell = {0};
    int64_t weight;

    labels_put_both(&cell, panel->labels, "criterion", criterion);
    table_cell(table, STYLE_PLAIN, text_peek(&cell));
    text_fini(&cell);
    if (panel_micro(points, "weight", &weight))
        number_put(
            &cell, weight, weight % 1000000 ? 2 : 0, panel->look->language);
    table_cell(table, STYLE_FAINT, text_peek(&cell));
    text_fini(&cell);
    for (size_t i = 0; i < n; i++)
        panel_number(panel, table, panel_style(bids[i]),
            block_find(panel->block, "points", "bid", row_name(bids[i]),
                "criterion", criterion),
            "points", number_put);
}

static void draw_matrix(
    const struct panel *panel, const struct row **bids, size_t n)
{
    struct table table = {0};
    struct text heading = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_CRITERION), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_WEIGHT),
        COLUMN_RIGHT | COLUMN_POINT);
    for (size_t i = 0; i < n; i++) {
        bool keep = i == 0 || row_has(bids[i], "ours", "yes");

        cell_safe(&heading, row_name(bids[i]));
        table_column(&table, text_peek(&heading),
            COLUMN_RIGHT | (keep ? 0 : COLUMN_SPARE));
        text_fini(&heading);
    }
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "points") &&
            is_first_of(panel->block, panel->block->rows[i]))
            add_criterion(panel, panel->block->rows[i], bids, n, &table);
    table_cell(&table, STYLE_STRONG, panel_heading(panel, TEXT_HEAD_TOTAL));
    table_cell(&table, STYLE_PLAIN, "");
    for (size_t i = 0; i < n; i++)
        panel_number(
            panel, &table, STYLE_STRONG, bids[i], "points", number_put);
    panel_table(panel, &table);
}

static void say_outcome(const struct panel *panel, const struct row *ours)
{
    struct text name = {0};
    struct text figure = {0};
    struct text other = {0};
    const char *leader = block_word(panel->block, "leader");
    int64_t lead = 0;
    bool known = panel_micro(ours, "lead", &lead);

    cell_safe(&name, row_name(ours));
    number_put(&figure, lead < 0 ? -lead : lead, 2, panel->look->language);
    if (row_has(ours, "admitted", "no")) {
        const char *gate = row_get(ours, "gate");

        labels_put_both(&other, panel->labels, "criterion", gate ? gate : "?");
        panel_sentence(
            panel, TEXT_WIN_EXCLUDED, text_peek(&name), text_peek(&other));
    } else if (known && lead < 0) {
        cell_safe(&other, leader ? leader : "?");
        panel_sentence(panel, TEXT_WIN_BEHIND, text_peek(&name),
            text_peek(&figure), text_peek(&other));
    } else if (known && lead == 0) {
        panel_sentence(panel, TEXT_WIN_TIE, text_peek(&name));
    } else if (known) {
        panel_sentence(
            panel, TEXT_WIN_AHEAD, text_peek(&name), text_peek(&figure));
    }
    text_fini(&name);
    text_fini(&figure);
    text_fini(&other);
}

static void say_price(const struct panel *panel, const struct row *ours)
{
    enum language language = panel->look->language;
    const char *word = block_word(panel->block, "to-win");
    struct text price = {0};
    struct text step = {0};
    int64_t to_win;
    int64_t now;

    if (word && strcmp(word, "any") == 0)
        panel_sentence(panel, TEXT_TO_WIN_ANY);
    else if (word && strcmp(word, "none") == 0)
        panel_sentence(panel, TEXT_TO_WIN_NONE);
    if (word == NULL || !number_read(word, &to_win))
        return;
    number_towards(&price, to_win, 2, false, language);
    if (!panel_micro(ours, "price", &now)) {
        panel_sentence(panel, TEXT_TO_WIN_PRICE, text_peek(&price));
    } else {
        number_towards(&step, to_win < now ? now - to_win : to_win - now, 2,
            to_win < now, language);
        panel_sentence(panel,
            to_win < now ? TEXT_TO_WIN_LOWER : TEXT_TO_WIN_HIGHER,
            text_peek(&price), text_peek(&step));
    }
    text_fini(&price);
    text_fini(&step);
}

static void put_points(const struct panel *panel, const char *without,
    const char *bid, struct text *to)
{
    const struct row *row = block_find(
        panel->block, "paradox-points", "without", without, "bid", bid);
    int64_t points;

    if (panel_micro(row, "points", &points))
        number_put(to, points, 2, panel->look->language);
}

static void say_paradox(const struct panel *panel, const struct row *row)
{
    const char *keys[] = {"without", "winner", "was"};
    struct text name[3] = {{0}};
    struct text points[3] = {{0}};

    for (int i = 0; i < 3; i++) {
        const char *bid = row_get(row, keys[i]);

        cell_safe(&name[i], bid ? bid : "?");
        if (i && bid && row_get(row, "without"))
            put_points(panel, row_get(row, "without"), bid, &points[i]);
    }
    panel_sentence(panel, TEXT_PARADOX, text_peek(&name[0]),
        text_peek(&name[1]), text_peek(&points[1]), text_peek(&name[2]),
        text_peek(&points[2]));
    for (int i = 0; i < 3; i++) {
        text_fini(&name[i]);
        text_fini(&points[i]);
    }
}

static void say_flip(const struct panel *panel)
{
    const struct row *row =
        block_find(panel->block, "flip", "smallest", "yes", NULL, NULL);
    struct text name = {0};
    struct text change = {0};
    int64_t micro;

    if (panel_micro(row, "change", &micro) && row_get(row, "criterion")) {
        labels_put_both(
            &name, panel->labels, "criterion", row_get(row, "criterion"));
        number_signed(&change, micro, 2, panel->look->language);
        panel_sentence(panel, TEXT_FLIP, text_peek(&name), text_peek(&change));
    } else {
        panel_sentence(panel, TEXT_FLIP_NONE);
    }
    text_fini(&name);
    text_fini(&change);
}

void panel_decider(const struct panel *panel)
{
    size_t n;
    const struct row **bids = panel_bids(panel, "bid", &n);
    const struct row *ours =
        block_find(panel->block, "bid", "ours", "yes", NULL, NULL);

    draw_bids(panel, bids, n);
    draw_matrix(panel, bids, n);
    if (ours) {
        say_outcome(panel, ours);
        say_price(panel, ours);
        panel_winning(panel);
    }
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "paradox"))
            say_paradox(panel, panel->block->rows[i]);
    say_flip(panel);
    panel_estimates(panel);
    panel_more(panel, "decider");
    free(bids);
}
