/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_stress.c - how sure the award is: chances, and what would change it.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"

#include <stdlib.h>
#include <string.h>

#define ONE INT64_C(1000000)

typedef void row_fn(
    const struct panel *panel, struct table *table, const struct row *row);

/* A table with a row for each of a kind; none when there are no such rows. */
static void draw_rows(const struct panel *panel, const char *kind,
    struct table *table, row_fn *add)
{
    bool any = false;

    for (size_t i = 0; i < panel->block->n; i++) {
        if (!row_is(panel->block->rows[i], kind))
            continue;
        add(panel, table, panel->block->rows[i]);
        any = true;
    }
    if (any)
        panel_table(panel, table);
    else
        table_fini(table);
}

static void head(const struct panel *panel, struct table *table,
    enum text_id id, unsigned flags)
{
    table_column(table, panel_heading(panel, id), flags);
}

/* Code and name of what a key of the row names. */
static void add_name(const struct panel *panel, struct table *table,
    const struct row *row, const char *key, const char *kind)
{
    const char *code = row_get(row, key);
    struct text cell = {0};

    if (code && panel->width < 60)
        cell_safe(&cell, code);
    else if (code)
        labels_put_both(&cell, panel->labels, kind, code);
    table_cell(table, panel_style(row), text_peek(&cell));
    text_fini(&cell);
}

/* "12.3-14.5%" */
static void put_span(
    const struct panel *panel, const struct row *row, struct text *cell)
{
    int64_t low, high;

    if (!panel_micro(row, "low", &low) || !panel_micro(row, "high", &high))
        return;
    number_put(cell, low * 100, 1, panel->look->language);
    text_puts(cell, "–");
    number_percent(cell, high, panel->look->language);
}

static void add_span(
    const struct panel *panel, struct table *table, const struct row *row)
{
    struct text cell = {0};

    put_span(panel, row, &cell);
    table_cell(table, STYLE_FAINT, text_peek(&cell));
    text_fini(&cell);
}

static void add_ranks(struct table *table, const struct row *row)
{
    const char *best = row_get(row, "best");
    const char *worst = row_get(row, "worst");
    struct text cell = {0};

    if (best && worst && strcmp(best, worst) == 0)
        cell_safe(&cell, best);
    else if (best && worst)
        text_printf(&cell, "%s–%s", best, worst);
    else
        text_putc(&cell, '-');
    table_cell(table, STYLE_PLAIN, text_peek(&cell));
    text_fini(&cell);
}

static void add_bid(
    const struct panel *panel, struct table *table, const struct row *row)
{
    int64_t wins = 0;

    (void)panel_micro(row, "wins", &wins);
    add_name(panel, table, row, "code", "bid");
    panel_percent(panel, table, panel_style(row), row, "wins");
    table_bar(table, panel_style(row), wins);
    add_span(panel, table, row);
    add_ranks(table, row);
    panel_number(panel, table, STYLE_PLAIN, row, "mean-rank", number_put);
    panel_percent(panel, table, STYLE_PLAIN, row, "confidence");
}

static void draw_chances(const struct panel *panel)
{
    struct table table = {0};

    head(panel, &table, TEXT_HEAD_BID, COLUMN_CUT);
    head(panel, &table, TEXT_HEAD_WINS, COLUMN_RIGHT);
    table_column(&table, "", COLUMN_BAR);
    table.columns[2].top = ONE;
    head(panel, &table, TEXT_HEAD_BETWEEN, COLUMN_RIGHT);
    head(panel, &table, TEXT_HEAD_RANKS, COLUMN_RIGHT);
    head(panel, &table, TEXT_HEAD_MEAN_RANK,
        COLUMN_RIGHT | COLUMN_SPARE | COLUMN_FOLD);
    head(panel, &table, TEXT_HEAD_CONFIDENCE, COLUMN_RIGHT | COLUMN_SPARE);
    draw_rows(panel, "bid", &table, add_bid);
}

static void add_code(
    struct table *table, const struct row *row, const char *key)
{
    const char *code = row ? row_get(row, key) : NULL;
    struct text cell = {0};

    cell_safe(&cell, code ? code : "-");
    table_cell(table, STYLE_PLAIN, text_peek(&cell));
    text_fini(&cell);
}

/* The same criterion in the rows of marks and leads. */
static void add_interval(
    const struct panel *panel, struct table *table, const struct row *row)
{
    const char *criterion = row_get(row, "criterion");
    const struct row *mark =
        block_find(panel->block, "mark", "criterion", criterion, NULL, NULL);
    const struct row *lead =
        block_find(panel->block, "lead", "criterion", criterion, NULL, NULL);

    add_name(panel, table, row, "criterion", "criterion");
    panel_percent(panel, table, STYLE_PLAIN, row, "weight");
    add_span(panel, table, row);
    add_code(table, row, "below");
    add_code(table, row, "above");
    panel_number(panel, table, STYLE_PLAIN, mark, "change", number_signed);
    panel_number(panel, table, STYLE_PLAIN, lead, "lead", number_signed);
}

static void draw_criteria(const struct panel *panel)
{
    struct table table = {0};

    head(panel, &table, TEXT_HEAD_CRITERION, COLUMN_CUT);
    head(panel, &table, TEXT_HEAD_WEIGHT, COLUMN_RIGHT);
    head(panel, &table, TEXT_HEAD_STAYS, COLUMN_RIGHT | COLUMN_FOLD);
    head(panel, &table, TEXT_HEAD_BELOW, COLUMN_SPARE | COLUMN_FOLD);
    head(panel, &table, TEXT_HEAD_ABOVE, COLUMN_SPARE | COLUMN_FOLD);
    head(panel, &table, TEXT_HEAD_MARK,
        COLUMN_RIGHT | COLUMN_SPARE | COLUMN_FOLD);
    head(panel, &table, TEXT_HEAD_LEAD,
        COLUMN_RIGHT | COLUMN_SPARE | COLUMN_FOLD);
    draw_rows(panel, "interval", &table, add_interval);
}

static void add_element(
    const struct panel *panel, struct table *table, const struct row *row)
{
    add_name(panel, table, row, "code", "element");
    panel_number(panel, table, STYLE_PLAIN, row, "lost", number_put);
    panel_number(panel, table, STYLE_PLAIN, row, "alone", number_signed);
    panel_number(panel, table, STYLE_STRONG, row, "share", number_signed);
    panel_percent(panel, table, STYLE_PLAIN, row, "users-lost");
    panel_percent(panel, table, STYLE_STRONG, row, "users-share");
}

static void draw_elements(const struct panel *panel)
{
    struct table table = {0};

    head(panel, &table, TEXT_HEAD_ELEMENT, COLUMN_CUT);
    head(panel, &table, TEXT_HEAD_LOST, COLUMN_RIGHT);
    head(panel, &table, TEXT_HEAD_ALONE, COLUMN_RIGHT | COLUMN_SPARE);
    head(panel, &table, TEXT_HEAD_SHARE, COLUMN_RIGHT);
    head(panel, &table, TEXT_HEAD_USERS_LOST, COLUMN_RIGHT | COLUMN_SPARE);
    head(panel, &table, TEXT_HEAD_USERS_SHARE, COLUMN_RIGHT);
    draw_rows(panel, "element", &table, add_element);
}

static void say_one(const struct panel *panel, enum text_id id,
    const struct row *row, const char *name, const char *figure, bool marked)
{
    struct text who = {0};
    struct text what = {0};
    int64_t micro;

    if (row && row_get(row, name) && panel_micro(row, figure, &micro)) {
        cell_safe(&who, row_get(row, name));
        if (marked)
            number_signed(&what, micro, 2, panel->look->language);
        else
            number_put(&what, micro, 2, panel->look->language);
        panel_sentence(panel, id, text_peek(&who), text_peek(&what));
    }
    text_fini(&who);
    text_fini(&what);
}

static void say_price(const struct panel *panel)
{
    const struct row *row =
        block_find(panel->block, "price", NULL, NULL, NULL, NULL);
    struct text price = {0};
    struct text change = {0};
    int64_t to_win, by;

    if (panel_micro(row, "to-win", &to_win) &&
        panel_micro(row, "change", &by)) {
        number_towards(&price, to_win, 2, false, panel->look->language);
        if (by > 0)
            text_putc(&change, '+');
        number_towards(&change, by, 2, false, panel->look->language);
        panel_sentence(
            panel, TEXT_STRESS_PRICE, text_peek(&price), text_peek(&change));
    }
    text_fini(&price);
    text_fini(&change);
}

static void say_paradoxes(const struct panel *panel)
{
    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        struct text without = {0};
        struct text winner = {0};

        if (!row_is(row, "paradox") || !row_get(row, "without") ||
            !row_get(row, "winner"))
            continue;
        cell_safe(&without, row_get(row, "without"));
        cell_safe(&winner, row_get(row, "winner"));
        panel_sentence(panel, TEXT_STRESS_PARADOX, text_peek(&without),
            text_peek(&winner));
        text_fini(&without);
        text_fini(&winner);
    }
}

/* "quality over price (RIV1); price over quality (OURS)" */
static void say_rules(const struct panel *panel)
{
    bool french = panel->look->language == LANGUAGE_FRENCH;
    struct text list = {0};
    struct text safe = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *winner = row_get(row, "winner");
        const char *name = row_get(row, "name");

        if (!row_is(row, "rule") || !row_has(row, "changes", "yes") ||
            !winner || !name)
            continue;
        text_puts(&list, list.len == 0 ? "" : french ? " ; " : "; ");
        panel_words_of(panel, &list, "rule", name);
        cell_safe(&safe, winner);
        text_printf(&list, " (%s)", text_peek(&safe));
        text_fini(&safe);
    }
    if (list.len)
        panel_sentence(panel, TEXT_STRESS_RULES, list.bytes);
    text_fini(&list);
    text_fini(&safe);
}

/* Who wins most where one criterion stands above the others. */
static void say_orders(const struct panel *panel)
{
    struct text list = {0};
    struct text safe = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        int64_t share;

        if (!row_is(row, "first") || !panel_micro(row, "share", &share) ||
            share <= ONE / 2 || !row_get(row, "criterion") ||
            !row_get(row, "bid"))
            continue;
        text_puts(&list, list.len ? panel_comma(panel) : "");
        text_printf(
            &list, "%s %s ", row_get(row, "criterion"), row_get(row, "bid"));
        number_percent(&list, share, panel->look->language);
    }
    if (list.len) {
        cell_safe(&safe, list.bytes);
        panel_sentence(panel, TEXT_STRESS_ORDERS, text_peek(&safe));
    }
    text_fini(&list);
    text_fini(&safe);
}

void panel_drawn(const struct panel *panel)
{
    const char *keys[] = {"draws", "seed", "jury"};
    struct text words[3] = {{0}};
    int64_t jury;

    for (size_t i = 0; i < 2; i++) {
        const char *word = block_word(panel->block, keys[i]);
        cell_safe(&words[i], word ? word : "?");
    }
    const char *word = block_word(panel->block, "jury");
    if (word && number_read(word, &jury))
        number_put(&words[2], jury, 2, panel->look->language);
    panel_sentence(panel,
        block_word(panel->block, "assumed") ? TEXT_DRAWN_ASSUMED : TEXT_DRAWN,
        text_peek(&words[0]), text_peek(&words[1]), text_peek(&words[2]));
    if (block_word(panel->block, "middles"))
        panel_sentence(panel, TEXT_MIDDLES);
    for (size_t i = 0; i < 3; i++)
        text_fini(&words[i]);
}

void panel_stress(const struct panel *panel)
{
    draw_chances(panel);
    draw_criteria(panel);
    draw_elements(panel);
    say_one(panel, TEXT_STRESS_MASS,
        block_find(panel->block, "mass", "nearest", "yes", NULL, NULL), "rival",
        "mass", false);
    say_one(panel, TEXT_STRESS_MARK,
        block_find(panel->block, "mark", "smallest", "yes", NULL, NULL),
        "criterion", "change", true);
    say_price(panel);
    say_paradoxes(panel);
    say_rules(panel);
    say_orders(panel);
    panel_drawn(panel);
}
