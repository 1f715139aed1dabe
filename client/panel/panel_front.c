/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_front.c - the offers that could be made, and the discount.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/number.h"

#include <string.h>

#define WHOLE INT64_C(1000000)

/* Where names would have to be cut, offers could not be told apart: there
 * they are listed by codes, with a legend. */
#define NAMES_FROM 110

/* Below it a table of nine columns has none for bars. */
#define BARS_FROM 72

/* The elements of an offer, by their names or by their codes. */
static void put_elements(const struct panel *panel, const struct row *offer,
    bool names, struct text *to)
{
    static const struct labels none = {0};
    const char *set = row_get(offer, "set");

    if (set == NULL || strcmp(set, "none") == 0)
        text_puts(to, panel_heading(panel, TEXT_OFFER_NONE));
    else
        labels_put_set(to, names ? panel->labels : &none, "element", set);
}

static void put_set(
    const struct panel *panel, const struct row *offer, struct text *to)
{
    put_elements(panel, offer, true, to);
}

static bool has_code(const char *codes, const char *code)
{
    size_t len = strlen(code);

    for (const char *at = codes; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, code, len) == 0 && (at[len] == ',' || !at[len]))
            return true;
    }
    return false;
}

/* Code and name of each element that stands in an offer. */
static void say_legend(const struct panel *panel)
{
    const struct rows *all = &panel->labels->rows;
    struct text list = {0};

    for (size_t i = 0; i < all->n; i++) {
        const char *code = row_name(&all->list[i]);
        bool used = false;

        if (!row_is(&all->list[i], "element"))
            continue;
        for (size_t k = 0; k < panel->block->n && !used; k++) {
            const char *set = row_get(panel->block->rows[k], "set");

            used = set && has_code(set, code);
        }
        if (!used)
            continue;
        if (list.len)
            text_puts(&list, ", ");
        labels_put_both(&list, panel->labels, "element", code);
    }
    if (list.len)
        panel_sentence(panel, TEXT_LEGEND, text_peek(&list));
    text_fini(&list);
}

static void add_mark(
    struct table *table, const struct row *offer, const char *key)
{
    table_cell(table, STYLE_GOOD, row_has(offer, key, "yes") ? "●" : "");
}

/* Where columns would find no room the figures say it alone. */
static bool has_bars(const struct panel *panel)
{
    return panel->width >= BARS_FROM;
}

static void add_offer(
    const struct panel *panel, struct table *table, const struct row *offer)
{
    struct text set = {0};
    int64_t users = 0;
    int64_t lead = 0;
    enum style style =
        row_has(offer, "best", "yes") ? STYLE_STRONG : STYLE_PLAIN;

    (void)panel_micro(offer, "users", &users);
    (void)panel_micro(offer, "lead", &lead);
    put_elements(panel, offer, panel->width >= NAMES_FROM, &set);
    table_cell(table, style, text_peek(&set));
    panel_number(panel, table, style, offer, "price", number_put);
    panel_number(panel, table, style, offer, "points", number_put);
    panel_number(panel, table, lead < 0 ? STYLE_BAD : STYLE_GOOD, offer, "lead",
        number_signed);
    panel_percent(panel, table, style, offer, "users");
    if (has_bars(panel))
        table_bar(table, style, users);
    add_mark(table, offer, "wins");
    add_mark(table, offer, "best");
    add_mark(table, offer, "front");
    text_fini(&set);
}

static void draw_offers(const struct panel *panel)
{
    struct table table = {0};

    table_column(&table, panel_heading(panel, TEXT_HEAD_OFFER), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_PRICE), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_POINTS),
        COLUMN_RIGHT | COLUMN_SPARE);
    table_column(&table, panel_heading(panel, TEXT_HEAD_LEAD), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_USERS), COLUMN_RIGHT);
    if (has_bars(panel)) {
        table_column(&table, "", COLUMN_BAR);
        table.columns[5].top = WHOLE;
    }
    table_column(&table, panel_heading(panel, TEXT_HEAD_WINS), 0);
    table_column(&table, panel_heading(panel, TEXT_HEAD_BEST), 0);
    table_column(&table, panel_heading(panel, TEXT_HEAD_FRONT), 0);
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "offer"))
            add_offer(panel, &table, panel->block->rows[i]);
    panel_table(panel, &table);
}

/* "98.2–100.0%" */
static void add_span(
    const struct panel *panel, struct table *table, const struct row *row)
{
    struct text cell = {0};
    int64_t low, high;

    if (panel_micro(row, "low", &low) && panel_micro(row, "high", &high)) {
        number_put(&cell, low * 100, 1, panel->look->language);
        text_puts(&cell, "–");
        number_percent(&cell, high, panel->look->language);
    }
    table_cell(table, STYLE_FAINT, text_peek(&cell));
    text_fini(&cell);
}

/* Without a cost of our bid there is none. */
static bool has_margin(const struct panel *panel)
{
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "offer") &&
            row_get(panel->block->rows[i], "margin"))
            return true;
    return false;
}

static void add_likely(
    const struct panel *panel, struct table *table, const struct row *offer)
{
    enum style style =
        row_has(offer, "best", "yes") ? STYLE_STRONG : STYLE_PLAIN;
    struct text set = {0};

    put_elements(panel, offer, panel->width >= NAMES_FROM, &set);
    table_cell(table, style, text_peek(&set));
    panel_percent(panel, table, style, offer, "pwin");
    add_span(panel, table, offer);
    if (has_margin(panel))
        panel_number(panel, table, style, offer, "margin", number_put);
    panel_percent(panel, table, style, offer, "users");
    panel_percent(panel, table, style, offer, "worst");
    panel_percent(panel, table, style, offer, "captives");
    text_fini(&set);
}

/* Of offers on the front the server tells more. */
static bool is_likely(const struct row *row)
{
    return row_is(row, "offer") &&
           (row_get(row, "pwin") || row_get(row, "margin") ||
               row_get(row, "worst"));
}

static void draw_likely(const struct panel *panel)
{
    struct table table = {0};
    bool any = false;

    table_column(&table, panel_heading(panel, TEXT_HEAD_ON_FRONT), COLUMN_CUT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_CHANCE), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_BETWEEN), COLUMN_RIGHT);
    if (has_margin(panel))
        table_column(
            &table, panel_heading(panel, TEXT_HEAD_MARGIN), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_USERS), COLUMN_RIGHT);
    table_column(&table, panel_heading(panel, TEXT_HEAD_WORST),
        COLUMN_RIGHT | COLUMN_SPARE | COLUMN_FOLD);
    table_column(&table, panel_heading(panel, TEXT_HEAD_CAPTIVES),
        COLUMN_RIGHT | COLUMN_SPARE | COLUMN_FOLD);
    for (size_t i = 0; i < panel->block->n; i++) {
        if (!is_likely(panel->block->rows[i]))
            continue;
        add_likely(panel, &table, panel->block->rows[i]);
        any = true;
    }
    if (any)
        panel_table(panel, &table);
    else
        table_fini(&table);
}

/* One figure of a row, as text. */
static void put_figure(const struct panel *panel, const struct row *row,
    const char *key, struct text *to)
{
    int64_t micro;

    if (!panel_micro(row, key, &micro))
        text_putc(to, '?');
    else if (strstr(key, "users"))
        number_percent(to, micro, panel->look->language);
    else
        number_put(to, micro, 2, panel->look->language);
}

void panel_front(const struct panel *panel)
{
    const struct row *best =
        block_find(panel->block, "offer", "best", "yes", NULL, NULL);
    struct text set = {0};
    struct text price = {0};
    struct text users = {0};

    draw_offers(panel);
    draw_likely(panel);
    if (panel->width < NAMES_FROM)
        say_legend(panel);
    if (best) {
        put_set(panel, best, &set);
        put_figure(panel, best, "price", &price);
        put_figure(panel, best, "users", &users);
        panel_sentence(panel, TEXT_FRONT_BEST, text_peek(&set),
            text_peek(&price), text_peek(&users));
    } else {
        panel_sentence(panel, TEXT_FRONT_NONE);
    }
    panel_estimates(panel);
    text_fini(&set);
    text_fini(&price);
    text_fini(&users);
}

/* Rounded so that the offer still wins at the price that is shown. */
static void say_cut(const struct panel *panel, const struct row *offer,
    const char *set, int64_t cut)
{
    enum language language = panel->look->language;
    struct text step = {0};
    struct text full = {0};
    struct text price = {0};
    int64_t micro = 0;

    number_towards(&step, cut, 2, true, language);
    put_figure(panel, offer, "full-price", &full);
    (void)panel_micro(offer, "price", &micro);
    number_towards(&price, micro, 2, false, language);
    panel_sentence(panel, TEXT_DISCOUNT, text_peek(&step), text_peek(&full),
        text_peek(&price), set);
    text_fini(&step);
    text_fini(&full);
    text_fini(&price);
}

static void say_users(const struct panel *panel, const struct row *offer)
{
    struct text users = {0};
    struct text best = {0};

    if (row_get(offer, "users") && row_get(offer, "best-users")) {
        put_figure(panel, offer, "users", &users);
        put_figure(panel, offer, "best-users", &best);
        panel_sentence(
            panel, TEXT_DISCOUNT_USERS, text_peek(&users), text_peek(&best));
    }
    text_fini(&users);
    text_fini(&best);
}

void panel_discount(const struct panel *panel)
{
    const struct row *offer =
        block_find(panel->block, "offer", NULL, NULL, NULL, NULL);
    struct text set = {0};
    struct text price = {0};
    int64_t cut = 0;

    if (offer == NULL)
        return;
    put_set(panel, offer, &set);
    put_figure(panel, offer, "full-price", &price);
    bool known = panel_micro(offer, "cut", &cut);
    if (row_has(offer, "to-win", "none")) {
        panel_sentence(panel, TEXT_DISCOUNT_NONE, text_peek(&set));
    } else if (known && cut > 0) {
        say_cut(panel, offer, text_peek(&set), cut);
        say_users(panel, offer);
    } else {
        panel_sentence(
            panel, TEXT_DISCOUNT_ZERO, text_peek(&set), text_peek(&price));
    }
    text_fini(&set);
    text_fini(&price);
}
