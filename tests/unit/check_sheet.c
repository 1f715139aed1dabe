/* SPDX-License-Identifier: Apache-2.0
 *
 * check_sheet.c - answers as tables of values, written here and read back by
 * a reader that knows the two formats and not the writer.
 */
#include "client/show/sheet.h"

#include "protocol/base_mem.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A table that was read: values line after line. */
struct grid {
    char *values[4096];
    size_t n;
    size_t width; /* of the first line */
    size_t lines;
};

static void free_grid(struct grid *grid)
{
    for (size_t i = 0; i < grid->n; i++)
        free(grid->values[i]);
}

static void end_value(struct grid *grid, struct text *value)
{
    ck_assert_uint_lt(grid->n, sizeof grid->values / sizeof *grid->values);
    grid->values[grid->n++] = text_take(value);
}

/* A line must have as many values as the first. */
static void end_of_line(struct grid *grid)
{
    grid->lines++;
    if (grid->lines == 1)
        grid->width = grid->n;
    ck_assert_uint_eq(grid->n, grid->lines * grid->width);
}

/* RFC 4180, section 2. */
static void read_csv(const char *at, struct grid *grid)
{
    while (*at) {
        struct text value = {0};

        if (*at == '"') {
            for (at++; *at != '"' || at[1] == '"'; at++) {
                ck_assert_int_ne(*at, '\0');
                at += *at == '"';
                text_putc(&value, *at);
            }
            at++;
        } else {
            size_t len = strcspn(at, ",\r");

            ck_assert_ptr_null(memchr(at, '"', len));
            text_add(&value, at, len);
            at += len;
        }
        end_value(grid, &value);
        if (*at == ',') {
            at++;
            continue;
        }
        ck_assert_int_eq(strncmp(at, "\r\n", 2), 0);
        at += 2;
        end_of_line(grid);
    }
}

static void read_tsv(const char *at, struct grid *grid)
{
    while (*at) {
        struct text value = {0};

        for (; *at != '\t' && *at != '\n'; at++) {
            static const char letters[] = "tnr\\";
            static const char stands[] = "\t\n\r\\";

            ck_assert_int_ne(*at, '\0');
            if (*at != '\\') {
                text_putc(&value, *at);
                continue;
            }
            at++;
            ck_assert(*at != '\0' && strchr(letters, *at) != NULL);
            text_putc(&value, stands[strchr(letters, *at) - letters]);
        }
        end_value(grid, &value);
        if (*at++ == '\n')
            end_of_line(grid);
    }
}

/* The value in a column of a line; the headings are line 0. */
static const char *cell(const struct grid *grid, size_t line, const char *key)
{
    for (size_t i = 0; i < grid->width; i++)
        if (strcmp(grid->values[i], key) == 0)
            return grid->values[line * grid->width + i];
    ck_abort_msg("no column %s", key);
    return NULL;
}

static const char *const nasty[] = {"plain", "a,b", "say \"so\"", "\"", ",",
    "tab\there", "\\", "\\t", "C:\\new", " ends ", "=1+1", "été, 日本",
    "two\nlines", "\n", "cr\rlf\r\n", "'"};

/* Each value in a field of its own row, of one line or of several. */
static void add_nasty(struct rows *rows)
{
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
        struct text line = {0};

        text_printf(&line, "  party P-%zu name=", i + 1);
        word_quote(&line, strpbrk(nasty[i], "\r") ? "x" : nasty[i]);
        rows_add(rows, line.bytes);
        if (strpbrk(nasty[i], "\r")) {
            /* No wire carries these; a value may still hold them. */
            text_fini(&rows->list[i].list[0].value);
            text_puts(&rows->list[i].list[0].value, nasty[i]);
        }
        text_fini(&line);
    }
}

START_TEST(what_is_written_is_read_back)
{
    const struct sheet_ask ask = {"list", "party", NULL};
    struct rows rows = {0};
    struct text sheet = {0};
    struct grid grid = {0};

    add_nasty(&rows);
    sheet_print(&sheet, &ask, &rows, NULL, _i);
    if (_i)
        read_tsv(sheet.bytes, &grid);
    else
        read_csv(sheet.bytes, &grid);
    ck_assert_uint_eq(grid.lines, sizeof nasty / sizeof *nasty + 1);
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
        ck_assert_str_eq(cell(&grid, i + 1, "name"), nasty[i]);
    text_fini(&sheet);
    rows_fini(&rows);
    free_grid(&grid);
}
END_TEST

static const struct {
    struct sheet_ask ask;
    const char *lines[6];
    const char *final;
    const char *want; /* with "|" for tabs */
} sheets[] = {
    /* Headings stand there whatever came. */
    {{"list", "need", "code,name"}, {NULL}, "ok n=0", "kind|id|code|name\n"},
    {{"list", "need", "code,id"}, {"  need N-1 code=A"}, "ok n=1",
        "kind|id|code\nneed|N-1|A\n"},
    {{"list", "weighs", NULL},
        {"  weighs W-1 rev=3 tender=T-1 need=N-1 party=P-1 importance=5"},
        "ok n=1",
        "kind|id|rev|tender|need|party|importance|satisfaction|target|sales-"
        "point|author|time\n"
        "weighs|W-1|3|T-1|N-1|P-1|5|||||\n"},
    /* A field that this version does not know comes last. */
    {{"LIST", "weighs", "need"}, {"  weighs W-1 need=N-1 colour=red"}, "ok n=1",
        "kind|id|need|colour\nweighs|W-1|N-1|red\n"},
    {{"show", "N-1", "code,evidence"},
        {"  need N-1 code=A", "  text field=evidence lines=2 bytes=7", "  | a",
            "  | b"},
        "ok n=1", "kind|id|code|evidence\nneed|N-1|A|a\\nb\n"},
    {{"log", "", NULL},
        {"  change seq=2 id=B-1 did=bid.set author=ann time=T price=5 "
         "was.price=\"\""},
        "ok n=1",
        "kind|id|seq|did|author|time|changes\n"
        "change|B-1|2|bid.set|ann|T|price=5 was.price=\"\"\n"},
    {{"help", "", NULL}, {"  | a line", "  | another"}, "ok",
        "kind|id|text\ntext||a line\ntext||another\n"},
    {{"what", "", NULL}, {"  a x=1", "  b y=2"}, "ok n=2 at=3",
        "kind|id|x|y\na||1|\nb|||2\n"},
    /* A computation has figures in its final line. */
    {{"missing", "NB", NULL}, {NULL}, "ok n=0 at=1",
        "kind|id|lot|what|criterion|bid|segment|need|blocks|line|why\n"},
    {{"discount", "NB", NULL}, {NULL}, "ok n=0 at=1 estimates=2",
        "kind|id|lot|set|price|cut|full-price|to-win|users|best-users"
        "|margin|exact|gap|gap-users|seed|draws|estimates\n"
        "ok||||||||||||||||2\n"},
};

START_TEST(columns_are_those_of_the_question)
{
    struct rows rows = {0};
    struct answer final;
    struct text sheet = {0};

    for (const char *const *line = sheets[_i].lines; *line; line++)
        rows_add(&rows, *line);
    ck_assert_int_eq(
        answer_read(sheets[_i].final, strlen(sheets[_i].final), &final),
        ERR_OK);
    sheet_print(&sheet, &sheets[_i].ask, &rows, &final, true);
    for (char *c = sheet.bytes; *c; c++)
        if (*c == '\t')
            *c = '|';
    ck_assert_str_eq(sheet.bytes, sheets[_i].want);
    text_fini(&sheet);
    rows_fini(&rows);
    answer_free(&final);
}
END_TEST

/* A recorded conversation with every computation: what the server prints has
 * its column in the table, so that headings do not depend on the answer. */
START_TEST(computations_have_a_column_for_all_they_print)
{
    static const char *const verbs[] = {
        "decider", "users", "gap", "front", "discount"};
    const struct sheet_ask ask = {verbs[_i], "NB", NULL};
    FILE *file = fopen("tests/view/night-bus.rows", "r");
    const struct rows none = {0};
    struct rows rows = {0};
    struct text full = {0};
    struct text empty = {0};
    char line[4096];
    bool inside = false;

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '>')
            inside = strncmp(line + 2, verbs[_i], strlen(verbs[_i])) == 0;
        else if (inside && strncmp(line, "  ", 2) == 0)
            rows_add(&rows, line);
    }
    (void)fclose(file);
    ck_assert_uint_gt(rows.n, 0);
    sheet_print(&full, &ask, &rows, NULL, false);
    sheet_print(&empty, &ask, &none, NULL, false);
    ck_assert_int_eq(strncmp(full.bytes, empty.bytes, empty.len), 0);
    text_fini(&full);
    text_fini(&empty);
    rows_fini(&rows);
}
END_TEST

/* Keys of a line of the table of computations: "word=" within backquotes,
 * except what is asked for, which is said with its value. */
static void add_documented(struct rows *rows, const char *line)
{
    struct text row = {0};

    text_puts(&row, "  documented");
    for (const char *at = strchr(line, '='); at; at = strchr(at + 1, '=')) {
        const char *from = at;

        while (from > line &&
               (from[-1] == '-' || isalpha((unsigned char)from[-1])))
            from--;
        if (from < at && !isalpha((unsigned char)at[1]))
            text_printf(&row, " %.*s=1", (int)(at - from), from);
    }
    rows_add(rows, text_peek(&row));
    text_fini(&row);
}

START_TEST(documented_keys_have_a_column)
{
    static const char *const verbs[] = {"decider", "users", "gap", "amend",
        "front", "discount", "stress", "price", "qualify", "calibrate",
        "missing", "aid"};
    const struct sheet_ask ask = {verbs[_i], "NB", NULL};
    FILE *file = fopen("docs/protocol.md", "r");
    const struct rows none = {0};
    struct rows rows = {0};
    struct text full = {0};
    struct text empty = {0};
    struct text start = {0};
    char line[8192];

    ck_assert_ptr_nonnull(file);
    text_printf(&start, "| `%s`", verbs[_i]);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, start.bytes, start.len) == 0)
            add_documented(&rows, line);
    (void)fclose(file);
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_uint_gt(rows.list[0].n, 0);
    sheet_print(&full, &ask, &rows, NULL, false);
    sheet_print(&empty, &ask, &none, NULL, false);
    ck_assert_msg(
        strncmp(full.bytes, empty.bytes, empty.len) == 0, "%s", full.bytes);
    text_fini(&start);
    text_fini(&full);
    text_fini(&empty);
    rows_fini(&rows);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tests = tcase_create("sheet");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, what_is_written_is_read_back, 0, 2);
    tcase_add_loop_test(
        tests, columns_are_those_of_the_question, 0, COUNT(sheets));
    tcase_add_loop_test(
        tests, computations_have_a_column_for_all_they_print, 0, 5);
    tcase_add_loop_test(tests, documented_keys_have_a_column, 0, 12);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
