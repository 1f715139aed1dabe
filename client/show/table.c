/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c - widths of columns.
 */
#include "client/show/table.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

#define GAP       2
#define BAR_LEAST 4
#define BAR_MOST  32
/* Shorter, a bar tells little: a long name is cut to so much before it. */
#define BAR_READABLE    12
#define CUT_COMFORTABLE 32
/* A column that is cut keeps so much while others can be left out instead,
 * and so much at the least. */
#define CUT_READABLE 16
#define CUT_LEAST    8
/* A longer word of a column that goes on in further lines may be broken. */
#define WORD_MOST 20

void table_column(struct table *table, const char *heading, unsigned flags)
{
    INSIST(table->cells_n == 0);
    table->columns = mem_grow(table->columns, &table->columns_room,
        table->columns_n + 1, sizeof *table->columns);
    table->columns[table->columns_n++] =
        (struct table_column){.heading = mem_text(heading), .flags = flags};
}

static struct table_cell *new_cell(struct table *table, enum style style)
{
    INSIST(table->columns_n);
    table->cells = mem_grow(table->cells, &table->cells_room,
        table->cells_n + 1, sizeof *table->cells);
    struct table_cell *cell = &table->cells[table->cells_n++];
    *cell = (struct table_cell){.style = style};
    return cell;
}

void table_cell(struct table *table, enum style style, const char *text)
{
    new_cell(table, style)->text = mem_text(text);
}

void table_bar(struct table *table, enum style style, int64_t value)
{
    struct table_column *column =
        &table->columns[table->cells_n % table->columns_n];

    INSIST(column->flags & COLUMN_BAR);
    if (value > column->top)
        column->top = value;
    new_cell(table, style)->value = value;
}

/* Columns behind the whole part of a number.  English has commas between its
 * thousands; French has the comma as its mark, and the wire a point. */
static size_t tail_width(const char *number, enum language language)
{
    const char *comma = strrchr(number, ',');
    const char *tail = strrchr(number, '.');

    if (language == LANGUAGE_FRENCH && comma)
        tail = comma;
    return tail ? strlen(tail) : 0;
}

/* Numbers with fewer decimals get blanks behind them. */
static void align_column(struct table *table, size_t c, enum language language)
{
    size_t most = 0;

    for (size_t i = c; i < table->cells_n; i += table->columns_n) {
        size_t tail = tail_width(table->cells[i].text, language);

        most = tail > most ? tail : most;
    }
    for (size_t i = c; i < table->cells_n; i += table->columns_n) {
        struct table_cell *cell = &table->cells[i];
        size_t tail = tail_width(cell->text, language);
        struct text padded = {0};

        if (*cell->text == '\0' || tail == most)
            continue;
        text_puts(&padded, cell->text);
        for (; tail < most; tail++)
            text_putc(&padded, ' ');
        free(cell->text);
        cell->text = text_take(&padded);
    }
}

static void align(struct table *table, const struct look *look)
{
    for (size_t c = 0; c < table->columns_n; c++)
        if (table->columns[c].flags & COLUMN_POINT)
            align_column(table, c, look->language);
}

static size_t word_width(const char *heading)
{
    size_t most = 0;

    while (*heading) {
        size_t len = strcspn(heading, " ");
        char *word = mem_copy(heading, len);
        size_t width = cell_width(word);

        most = width > most ? width : most;
        free(word);
        heading += len + strspn(heading + len, " ");
    }
    return most;
}

static void measure(struct table *table)
{
    for (size_t c = 0; c < table->columns_n; c++) {
        struct table_column *column = &table->columns[c];
        size_t heading = cell_width(column->heading);
        size_t most = 0;
        size_t longest = 0;

        for (size_t i = c; i < table->cells_n; i += table->columns_n) {
            const char *text = table->cells[i].text;
            size_t width = text ? cell_width(text) : 0;
            size_t word =
                text && column->flags & COLUMN_WRAP ? word_width(text) : 0;

            most = width > most ? width : most;
            longest = word > longest ? word : longest;
        }
        if (column->flags & COLUMN_BAR && most < BAR_MOST)
            most = BAR_MOST;
        column->width = heading > most ? heading : most;
        column->word = longest;
        heading = column->flags & (COLUMN_WRAP | COLUMN_FOLD)
                      ? word_width(column->heading)
                      : heading;
        column->least = heading > most ? heading : most;
    }
}

static size_t total_width(const struct table *table)
{
    size_t total = table->indent;
    size_t shown = 0;

    for (size_t c = 0; c < table->columns_n; c++) {
        total += table->columns[c].width;
        shown += table->columns[c].width > 0;
    }
    return total + (shown ? (shown - 1) * GAP : 0);
}

/* How far a column can shrink. */
static size_t least_width(
    const struct table_column *column, size_t cut, bool tight)
{
    size_t heading = cell_width(column->heading);

    if (column->flags & COLUMN_BAR)
        return heading > BAR_LEAST ? heading : BAR_LEAST;
    if (column->flags & COLUMN_WRAP) {
        size_t word = column->word < WORD_MOST ? column->word : WORD_MOST;

        heading = word_width(column->heading);
        cut = tight ? CUT_LEAST : word;
        cut = cut > heading ? cut : heading;
        return column->least < cut ? column->least : cut;
    }
    if (column->flags & COLUMN_CUT)
        return column->width < cut ? column->width : cut;
    return column->flags & COLUMN_FOLD ? column->least : column->width;
}

static bool has_spare(const struct table *table)
{
    for (size_t c = 0; c < table->columns_n; c++)
        if (table->columns[c].flags & COLUMN_SPARE && table->columns[c].width)
            return true;
    return false;
}

static bool has_names(const struct table *table)
{
    for (size_t c = 0; c < table->columns_n; c++)
        if (table->columns[c].flags & COLUMN_CUT)
            return true;
    return false;
}

/* What gives room before others: a bar that is longer than need be, a name
 * that is, any bar, headings beside names, all else. */
static int readiness(const struct table_column *column, bool names)
{
    if (column->flags & COLUMN_BAR)
        return column->width > BAR_READABLE ? 4 : 2;
    if (column->flags & COLUMN_CUT)
        return column->width > CUT_COMFORTABLE ? 3 : 0;
    return names && column->flags & COLUMN_FOLD ? 1 : 0;
}

/* One column less wide by one: of those that give room first the widest. */
static bool shrink(struct table *table)
{
    struct table_column *found = NULL;
    size_t cut = has_spare(table) ? CUT_READABLE : CUT_LEAST;
    bool names = has_names(table);
    int most = 0;

    for (size_t c = 0; c < table->columns_n; c++) {
        struct table_column *column = &table->columns[c];

        if (column->width <= least_width(column, cut, table->tight))
            continue;
        int ready = readiness(column, names);
        if (found &&
            (ready < most || (ready == most && column->width <= found->width)))
            continue;
        found = column;
        most = ready;
    }
    if (found)
        found->width--;
    return found != NULL;
}

static bool leave_out(struct table *table)
{
    for (size_t c = table->columns_n; c-- > 0;) {
        struct table_column *column = &table->columns[c];

        if (column->flags & COLUMN_SPARE && column->width) {
            column->width = 0;
            table->left_out++;
            return true;
        }
    }
    return false;
}

/* Columns as wide as they can be with so many of them left out; false when
 * so many can not be. */
static bool fit_without(struct table *table, size_t out, size_t width)
{
    table->left_out = 0;
    measure(table);
    for (size_t i = 0; i < out; i++)
        if (!leave_out(table))
            return false;
    while (total_width(table) > width && shrink(table))
        ;
    return true;
}

/* First columns are left out, and only then words are broken.  Leaving a column out gives room back to those that were shrunk for it, so
 * widths are measured anew each time.  What can not fit is cut. */
static void fit(struct table *table, size_t width)
{
    size_t out = 0;

    do {
        if (!fit_without(table, out, width)) {
            table->tight = true;
            (void)fit_without(table, out - 1, width);
            return;
        }
        out++;
    } while (total_width(table) > width);
}

static void add_cell(struct text *line, const struct look *look,
    const struct table_column *column, const struct table_cell *cell)
{
    struct text bar = {0};
    struct text padded = {0};
    const char *text = cell->text;

    if (column->flags & COLUMN_BAR && text == NULL) {
        cell_bar(&bar, cell->value, column->top, column->width);
        text = text_peek(&bar);
    }
    cell_pad(&padded, text, column->width, column->flags & COLUMN_RIGHT);
    look_put(line, look, cell->style, text_peek(&padded));
    text_fini(&bar);
    text_fini(&padded);
}

static void add_line(const struct table *table, const struct look *look,
    size_t width, const struct table_cell *row, struct page *page)
{
    struct text line = {0};
    struct text cut = {0};
    bool first = true;

    for (size_t i = 0; i < table->indent; i++)
        text_putc(&line, ' ');
    for (size_t c = 0; c < table->columns_n; c++) {
        if (table->columns[c].width == 0)
            continue;
        if (!first)
            text_puts(&line, "  ");
        first = false;
        add_cell(&line, look, &table->columns[c], &row[c]);
    }
    cell_cut(&cut, text_peek(&line), width);
    page_add(page, text_peek(&cut));
    text_fini(&line);
    text_fini(&cut);
}

/* A row takes as many lines as the longest of its cells that may go on: those
 * of columns with one of the flags. */
static void add_row(const struct table *table, const struct look *look,
    size_t width, unsigned flags, const struct table_cell *row,
    struct page *page)
{
    struct page *wrapped = mem_new(table->columns_n * sizeof *wrapped);
    struct table_cell *line = mem_new(table->columns_n * sizeof *line);
    char none[] = "";
    size_t lines = 1;

    for (size_t c = 0; c < table->columns_n; c++) {
        const struct table_column *column = &table->columns[c];

        if (column->width && column->flags & flags && row[c].text)
            page_wrap(&wrapped[c], "", row[c].text, column->width);
        lines = wrapped[c].n > lines ? wrapped[c].n : lines;
    }
    for (size_t i = 0; i < lines; i++) {
        for (size_t c = 0; c < table->columns_n; c++) {
            line[c] = row[c];
            if (i < wrapped[c].n)
                line[c].text = wrapped[c].list[i];
            else if (i || wrapped[c].n)
                line[c].text = none;
        }
        add_line(table, look, width, line, page);
    }
    for (size_t c = 0; c < table->columns_n; c++)
        page_fini(&wrapped[c]);
    free(wrapped);
    free(line);
}

static void add_headings(const struct table *table, const struct look *look,
    size_t width, struct page *page)
{
    struct table_cell *row = mem_new(table->columns_n * sizeof *row);

    for (size_t c = 0; c < table->columns_n; c++)
        row[c] = (struct table_cell){
            .text = table->columns[c].heading, .style = STYLE_FAINT};
    add_row(table, look, width, COLUMN_WRAP | COLUMN_FOLD, row, page);
    free(row);
}

static bool has_headings(const struct table *table)
{
    for (size_t c = 0; c < table->columns_n; c++)
        if (*table->columns[c].heading)
            return true;
    return false;
}

void table_lay_out(struct table *table, const struct look *look, size_t width,
    struct page *page)
{
    INSIST(table->columns_n && table->cells_n % table->columns_n == 0);
    align(table, look);
    fit(table, width);
    if (has_headings(table))
        add_headings(table, look, width, page);
    for (size_t i = 0; i < table->cells_n; i += table->columns_n)
        add_row(table, look, width, COLUMN_WRAP, &table->cells[i], page);
}

void table_fini(struct table *table)
{
    for (size_t c = 0; c < table->columns_n; c++)
        free(table->columns[c].heading);
    for (size_t i = 0; i < table->cells_n; i++)
        free(table->cells[i].text);
    free(table->columns);
    free(table->cells);
    *table = (struct table){0};
}
