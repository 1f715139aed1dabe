/* SPDX-License-Identifier: Apache-2.0
 *
 * records.c - tables of any kind of row.
 *
 * Values stay as the wire has them, so that they can be typed back; only
 * computed figures, which bear six decimals, are rounded.
 */
#include "client/show/records.h"

#include "client/show/cell.h"
#include "client/show/keys.h"
#include "client/show/say.h"
#include "client/show/table.h"
#include "protocol/number.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIGURE_DECIMALS 6
#define FIGURE_SHOWN    3

static void put_value(
    struct text *to, const char *value, const struct look *look)
{
    const char *mark = strchr(value, '.');
    int64_t micro;

    if (mark && strlen(mark + 1) == FIGURE_DECIMALS &&
        number_read(value, &micro))
        number_put(to, micro, FIGURE_SHOWN, look->language);
    else
        cell_safe(to, value);
}

/* "2026-11-21T21:14:03.120Z" as "11-21 21:14:03". */
static void put_time(struct text *to, const char *time)
{
    struct text safe = {0};

    cell_safe(&safe, time);
    if (strlen(text_peek(&safe)) >= 19 && safe.bytes[10] == 'T')
        text_printf(to, "%.5s %.8s", safe.bytes + 5, safe.bytes + 11);
    else
        text_puts(to, text_peek(&safe));
    text_fini(&safe);
}

static bool same_kind(const struct row *a, const struct row *b)
{
    return b->kind ? row_is(a, b->kind) : a->kind == NULL;
}

/* What decides how a column is drawn. */
struct column_facts {
    bool numbers; /* every value is one */
    bool same;    /* all rows have the same value */
};

static struct column_facts look_at(
    const struct rows *rows, const struct row *first, const char *key)
{
    struct column_facts facts = {true, true};
    const char *value = row_get(first, key);
    int64_t micro;

    for (size_t i = 0; i < rows->n; i++) {
        const char *other = row_get(&rows->list[i], key);

        if (!same_kind(&rows->list[i], first))
            continue;
        if (other && !number_read(other, &micro))
            facts.numbers = false;
        if ((other == NULL) != (value == NULL) ||
            (other && strcmp(other, value) != 0))
            facts.same = false;
    }
    return facts;
}

/* Who and when stand last, where columns are left out first. */
static bool is_late(const char *key)
{
    static const char *const late[] = {"rev", "author", "time"};

    for (size_t i = 0; i < sizeof late / sizeof *late; i++)
        if (strcmp(late[i], key) == 0)
            return true;
    return false;
}

static void put_late_last(struct keys *keys)
{
    size_t end = keys->n;

    for (size_t i = 0; i < end;) {
        if (!is_late(keys->list[i])) {
            i++;
            continue;
        }
        const char *key = keys->list[i];
        memmove(keys->list + i, keys->list + i + 1,
            (keys->n - i - 1) * sizeof *keys->list);
        keys->list[keys->n - 1] = key;
        end--;
    }
}

static void drop_key(struct keys *keys, const char *key)
{
    for (size_t i = 0; i < keys->n; i++) {
        if (strcmp(keys->list[i], key) != 0)
            continue;
        memmove(keys->list + i, keys->list + i + 1,
            (keys->n - i - 1) * sizeof *keys->list);
        keys->n--;
        return;
    }
}

static void add_columns(const struct rows *rows, const struct row *first,
    const struct keys *keys, struct table *table)
{
    struct text heading = {0};

    if (keys->ids) {
        cell_safe(&heading, first->kind);
        table_column(table, text_peek(&heading), COLUMN_CUT);
        text_fini(&heading);
    }
    for (size_t i = 0; i < keys->n; i++) {
        struct column_facts facts = look_at(rows, first, keys->list[i]);
        unsigned flags =
            facts.numbers ? COLUMN_RIGHT | COLUMN_POINT : COLUMN_CUT;

        if (i > 0)
            flags |= COLUMN_SPARE;
        cell_safe(&heading, keys->list[i]);
        table_column(table, text_peek(&heading), flags);
        text_fini(&heading);
    }
}

static void add_row(const struct row *row, const struct keys *keys,
    const struct look *look, struct table *table)
{
    struct text cell = {0};

    if (keys->ids) {
        cell_safe(&cell, row->id ? row->id : "");
        table_cell(table, STYLE_STRONG, text_peek(&cell));
        text_fini(&cell);
    }
    for (size_t i = 0; i < keys->n; i++) {
        const char *value = row_get(row, keys->list[i]);

        if (value && strcmp(keys->list[i], "time") == 0)
            put_time(&cell, value);
        else
            put_value(&cell, value ? value : "", look);
        table_cell(table, is_late(keys->list[i]) ? STYLE_FAINT : STYLE_PLAIN,
            text_peek(&cell));
        text_fini(&cell);
    }
}

static void lay_out(
    struct table *table, const struct look *look, struct page *page)
{
    struct text line = {0};
    char number[24];

    table_lay_out(table, look, look->columns, page);
    if (table->left_out) {
        (void)snprintf(number, sizeof number, "%zu", table->left_out);
        say(&line, look->language, TEXT_LEFT_OUT, number);
        page_wrap(page, "", text_peek(&line), look->columns);
        text_fini(&line);
    }
    table_fini(table);
}

static void draw_list(const struct rows *rows, const struct row *first,
    const struct look *look, struct page *page)
{
    struct table table = {0};
    struct keys keys;

    keys_find(rows, first->kind, &keys);
    put_late_last(&keys);
    if (look_at(rows, first, "tender").same)
        drop_key(&keys, "tender");
    if (keys.n || keys.ids) {
        add_columns(rows, first, &keys, &table);
        for (size_t i = 0; i < rows->n; i++)
            if (same_kind(&rows->list[i], first))
                add_row(&rows->list[i], &keys, look, &table);
        lay_out(&table, look, page);
    }
    keys_fini(&keys);
}

static void draw_object(
    const struct row *row, const struct look *look, struct page *page)
{
    struct text line = {0};
    struct text styled = {0};
    size_t widest = 4;

    for (size_t i = 0; i < row->n; i++)
        if (row->list[i].key && cell_width(row->list[i].key) > widest)
            widest = cell_width(row->list[i].key);
    cell_safe(&line, row->kind);
    text_putc(&line, ' ');
    cell_safe(&line, row->id ? row->id : "");
    look_put(&styled, look, STYLE_STRONG, text_peek(&line));
    page_add(page, text_peek(&styled));
    for (size_t i = 0; i < row->n; i++) {
        struct text value = {0};
        const char *from = text_peek(&row->list[i].value);

        text_fini(&line);
        text_puts(&line, "  ");
        cell_pad(
            &line, row->list[i].key ? row->list[i].key : "", widest, false);
        text_puts(&line, "  ");
        /* Lines of a text stay lines; each is cleaned by itself. */
        for (;;) {
            struct text part = {0};
            size_t len = strcspn(from, "\n");

            text_add(&part, from, len);
            put_value(&value, text_peek(&part), look);
            text_fini(&part);
            if (from[len] == '\0')
                break;
            text_putc(&value, '\n');
            from += len + 1;
        }
        page_wrap(page, text_peek(&line), text_peek(&value), look->columns);
        text_fini(&value);
    }
    text_fini(&line);
    text_fini(&styled);
}

/* Where the lines that follow the first begin: behind the blanks in front, or
 * in the second of two columns. */
static size_t hanging(const char *text)
{
    size_t indent = strspn(text, " ");
    const char *gap = strstr(text + indent, "  ");
    size_t second = gap ? (size_t)(gap - text) + strspn(gap, " ") : 0;

    return second && second < 32 && text[second] ? second : indent;
}

static void draw_text(
    const struct row *row, const struct look *look, struct page *page)
{
    struct text safe = {0};
    const char *text = row->n ? text_peek(&row->list[0].value) : "";
    size_t hang = hanging(text);
    struct text first = {0};
    struct text start = {0};

    text_add(&start, text, hang);
    cell_safe(&first, start.bytes);
    cell_safe(&safe, text + hang);
    page_wrap(page, text_peek(&first), text_peek(&safe), look->columns);
    text_fini(&safe);
    text_fini(&first);
    text_fini(&start);
}

/* "price=510 (was 520)" for each field that changed. */
static void put_changes(
    struct text *to, const struct words *words, enum language language)
{
    static const char *const other[] = {
        "author", "time", "seq", "id", "did", "sess", "tx"};

    for (size_t i = 0; i < words->n; i++) {
        const struct word *word = &words->list[i];
        bool skip = word->key == NULL || strncmp(word->key, "was.", 4) == 0;

        for (size_t k = 0; !skip && k < sizeof other / sizeof *other; k++)
            skip = strcmp(word->key, other[k]) == 0;
        if (skip)
            continue;
        struct text line = {0};
        struct text key = {0};
        text_printf(&line, " %s=", word->key);
        word_print(&line, word->value);
        text_printf(&key, "was.%s", word->key);
        const char *was = words_get(words, text_peek(&key));
        if (was && *was) {
            struct text before = {0};

            word_print(&before, was);
            text_putc(&line, ' ');
            say(&line, language, TEXT_WAS, before.bytes);
            text_fini(&before);
        }
        cell_safe(to, text_peek(&line));
        text_fini(&line);
        text_fini(&key);
    }
}

static void draw_change(
    const struct row *row, const struct look *look, struct page *page)
{
    static const struct {
        const char *key;
        enum style style;
    } parts[] = {{"seq", STYLE_FAINT}, {"time", STYLE_FAINT},
        {"author", STYLE_PLAIN}, {"did", STYLE_PLAIN}, {"id", STYLE_STRONG}};
    struct text first = {0};
    struct text rest = {0};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *value = row_get(row, parts[i].key);
        struct text safe = {0};

        if (value == NULL)
            continue;
        if (strcmp(parts[i].key, "time") == 0)
            put_time(&safe, value);
        else
            cell_safe(&safe, value);
        if (first.len)
            text_putc(&first, ' ');
        look_put(&first, look, parts[i].style, text_peek(&safe));
        text_fini(&safe);
    }
    put_changes(&rest, &row->answer.words, look->language);
    page_add(page, text_peek(&first));
    if (rest.len)
        page_wrap(page, "    ", rest.bytes + 1, look->columns);
    text_fini(&first);
    text_fini(&rest);
}

void records_missing(
    const struct row *row, const struct look *look, struct page *page)
{
    const char *line = row_get(row, "line");
    const char *why = row_get(row, "why");
    const char *blocks = row_get(row, "blocks");
    const char *lot = row_get(row, "lot");
    struct text safe = {0};
    struct text styled = {0};

    cell_safe(&safe, line ? line : "?");
    look_put(&styled, look, STYLE_STRONG, text_peek(&safe));
    page_wrap(page, "  ", text_peek(&styled), look->columns);
    text_fini(&safe);
    cell_safe(&safe, why ? why : "");
    text_puts(&safe, " (");
    cell_safe(&safe, blocks ? blocks : "?");
    if (lot) {
        text_puts(&safe, ", ");
        cell_safe(&safe, lot);
    }
    text_putc(&safe, ')');
    page_wrap(page, "      ", text_peek(&safe), look->columns);
    text_fini(&safe);
    text_fini(&styled);
}

void records_draw(const struct rows *rows, bool each, const struct look *look,
    struct page *page)
{
    size_t tables = 0;

    for (size_t i = 0; i < rows->n; i++) {
        const struct row *row = &rows->list[i];

        if (row->kind == NULL) {
            draw_text(row, look, page);
        } else if (row_is(row, "change") && row_get(row, "did")) {
            draw_change(row, look, page);
        } else if (row_is(row, "missing") && row_get(row, "line")) {
            records_missing(row, look, page);
        } else if (each) {
            if (i)
                page_add(page, "");
            draw_object(row, look, page);
        } else if (keys_first(rows, i)) {
            if (tables++)
                page_add(page, "");
            draw_list(rows, row, look, page);
        }
    }
}

void records_final(
    const struct answer *final, const struct look *look, struct page *page)
{
    struct text line = {0};
    struct text safe = {0};
    struct text styled = {0};

    text_puts(&line, "ok");
    for (size_t i = 0; i < final->words.n; i++) {
        const struct word *word = &final->words.list[i];

        /* A token is as good as a password, and somebody may look on. */
        if (word->key == NULL || strcmp(word->key, "token") == 0)
            continue;
        text_printf(&line, " %s%s", word->key, op_word(word->op));
        word_print(&line, word->value);
    }
    if (final->note)
        text_printf(&line, " - %s", final->note);
    cell_safe(&safe, text_peek(&line));
    look_put(&styled, look, STYLE_FAINT, text_peek(&safe));
    page_add(page, text_peek(&styled));
    text_fini(&line);
    text_fini(&safe);
    text_fini(&styled);
}

void records_event(
    struct text *to, const struct answer *event, const struct look *look)
{
    const char *author = words_get(&event->words, "author");
    struct text line = {0};

    text_puts(&line, "* ");
    put_time(&line, event->time ? event->time : "");
    text_putc(&line, ' ');
    if (author) {
        cell_safe(&line, author);
        text_putc(&line, ' ');
    }
    cell_safe(&line, event->code);
    if (event->id) {
        text_putc(&line, ' ');
        cell_safe(&line, event->id);
    }
    look_put(to, look, STYLE_MARK, text_peek(&line));
    put_changes(to, &event->words, look->language);
    text_fini(&line);
}
