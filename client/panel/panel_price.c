/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_price.c - from price to chance, and back.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/number.h"

#include <string.h>

#define ONE INT64_C(1000000)
/* Spans of prices that are told; the answer holds all. */
#define SPANS_TOLD 8

/* A price is rounded down: up, it would be one that wins less. */
static void put_price(
    const struct panel *panel, const struct row *row, struct text *to)
{
    const char *word = row_get(row, "price");
    int64_t price;

    if (panel_micro(row, "price", &price))
        number_towards(to, price, 2, false, panel->look->language);
    else if (word && strcmp(word, "any") == 0)
        text_puts(to, panel_heading(panel, TEXT_PRICE_ANY));
    else
        text_puts(to, panel_heading(panel, TEXT_PRICE_NONE));
}

static void add_chance(
    const struct panel *panel, struct table *table, const struct row *row)
{
    enum language language = panel->look->language;
    struct text cell = {0};
    int64_t wins = 0;
    int64_t low, high;

    put_price(panel, row, &cell);
    table_cell(table, panel_style(row), text_peek(&cell));
    text_fini(&cell);
    (void)panel_micro(row, "wins", &wins);
    panel_percent(panel, table, panel_style(row), row, "wins");
    table_bar(table, panel_style(row), wins);
    if (panel_micro(row, "low", &low) && panel_micro(row, "high", &high)) {
        number_put(&cell, low * 100, 1, language);
        text_puts(&cell, "–");
        number_percent(&cell, high, language);
    }
    table_cell(table, STYLE_FAINT, text_peek(&cell));
    text_fini(&cell);
}

static void draw_chances(const struct panel *panel)
{
    struct table table = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_PRICE), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_WINS), COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table.columns[2].top = ONE;
    table_column(&table, panel_heading(panel, TEXT_HEAD_BETWEEN),
        COLUMN_RIGHT | COLUMN_SPARE);
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "chance"))
            add_chance(panel, &table, panel->block->rows[i]);
    panel_table(panel, &table);
}

static void draw_prices(const struct panel *panel)
{
    struct table table = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_CHANCE), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_TO_WIN), COLUMN_RIGHT);
    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        struct text cell = {0};

        if (!row_is(row, "to-win"))
            continue;
        panel_percent(panel, &table, STYLE_PLAIN, row, "wins");
        put_price(panel, row, &cell);
        table_cell(&table, STYLE_STRONG, text_peek(&cell));
        text_fini(&cell);
    }
    panel_table(panel, &table);
}

/* One end of a span, to the cent where that leaves something of it. */
static void put_end(const struct panel *panel, struct text *to, int64_t micro,
    bool up, bool fine)
{
    number_towards(to, micro, fine ? 6 : 2, up, panel->look->language);
}

/* "100.00 to 120.00": rounded inwards, so that all that is told holds. */
static void put_span(
    const struct panel *panel, const struct row *row, struct text *to)
{
    int64_t low = 0;
    int64_t high = 0;
    bool is_low = panel_micro(row, "low", &low);
    bool is_high = panel_micro(row, "high", &high);
    bool fine = is_low && is_high && high - low < ONE / 50;
    struct text from = {0};
    struct text until = {0};

    put_end(panel, &from, low, true, fine);
    put_end(panel, &until, high, false, fine);
    if (is_low && is_high)
        say(to, panel->look->language, TEXT_SPAN_BETWEEN, text_peek(&from),
            text_peek(&until));
    else if (is_high)
        say(to, panel->look->language, TEXT_SPAN_UP_TO, text_peek(&until));
    else if (is_low)
        say(to, panel->look->language, TEXT_SPAN_FROM, text_peek(&from));
    else
        say(to, panel->look->language, TEXT_SPAN_ALL);
    text_fini(&from);
    text_fini(&until);
}

static void say_spans(
    const struct panel *panel, const char *kind, enum text_id sentence)
{
    struct text list = {0};
    size_t n = 0;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        if (!row_is(row, kind) || ++n > SPANS_TOLD + 1)
            continue;
        text_puts(&list, n > 1 ? "; " : "");
        if (n > SPANS_TOLD)
            text_puts(&list, "…");
        else
            put_span(panel, row, &list);
    }
    if (n > 0)
        panel_sentence(panel, sentence, text_peek(&list));
    text_fini(&list);
}

void panel_winning(const struct panel *panel)
{
    say_spans(panel, "winning", TEXT_WINNING);
    say_spans(panel, "unsettled", TEXT_UNSETTLED);
}

static void say_profit(const struct panel *panel)
{
    enum language language = panel->look->language;
    const struct row *row =
        block_find(panel->block, "profit", NULL, NULL, NULL, NULL);
    struct text price = {0};
    struct text profit = {0};
    struct text wins = {0};
    int64_t micro, chance;

    if (row == NULL)
        return;
    put_price(panel, row, &price);
    if (panel_micro(row, "profit", &micro) &&
        panel_micro(row, "wins", &chance)) {
        number_put(&profit, micro, 2, language);
        number_percent(&wins, chance, language);
        panel_sentence(panel, TEXT_PROFIT, text_peek(&price),
            text_peek(&profit), text_peek(&wins));
    } else {
        panel_sentence(panel, TEXT_PROFIT_NONE);
    }
    text_fini(&price);
    text_fini(&profit);
    text_fini(&wins);
}

static void say_references(const struct panel *panel)
{
    enum language language = panel->look->language;
    const char *friedman = block_word(panel->block, "friedman");
    const char *gates = block_word(panel->block, "gates");
    struct text words[2] = {{0}};
    int64_t micro[2];

    if (friedman && gates && number_read(friedman, &micro[0]) &&
        number_read(gates, &micro[1])) {
        number_percent(&words[0], micro[0], language);
        number_percent(&words[1], micro[1], language);
        panel_sentence(
            panel, TEXT_REFERENCES, text_peek(&words[0]), text_peek(&words[1]));
    }
    text_fini(&words[0]);
    text_fini(&words[1]);
}

void panel_price(const struct panel *panel)
{
    draw_chances(panel);
    draw_prices(panel);
    panel_winning(panel);
    say_profit(panel);
    say_references(panel);
    panel_drawn(panel);
}
