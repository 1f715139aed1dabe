/* SPDX-License-Identifier: Apache-2.0
 *
 * check_table.c - what the client draws with: widths, cuts, bars, numbers,
 * tables, pages, CSV.
 */
#include "client/show/cell.h"
#include "client/show/table.h"
#include "protocol/number.h"

#include <check.h>
#include <locale.h>
#include <stdlib.h>

static const struct look plain = {.columns = 80};

static void use_utf8(void)
{
    ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
}

static const struct {
    const char *string;
    size_t width;
} widths[] = {
    {"", 0},
    {"plain", 5},
    {"déjà", 4},
    {"e\u0301", 1},  /* a combining accent */
    {"日本", 4},     /* wide */
    {"a\u200bb", 2}, /* no width at all */
    {"█▌", 2},
    {"\033[1mbold\033[0m", 4},
};

START_TEST(width_is_counted_in_columns)
{
    ck_assert_uint_eq(cell_width(widths[_i].string), widths[_i].width);
}
END_TEST

static const struct {
    const char *string;
    size_t width;
    const char *want;
} cuts[] = {
    {"short", 5, "short"},
    {"longer", 5, "long…"},
    {"日本語", 5, "日本…"},
    {"日本語", 4, "日…"}, /* half a character is none */
    {"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
    {"any", 0, ""},
    {"\033[1mbold\033[0m", 3, "\033[1mbo…\033[0m"},
};

START_TEST(a_cut_string_never_exceeds_its_columns)
{
    struct text got = {0};

    cell_cut(&got, cuts[_i].string, cuts[_i].width);

    ck_assert_str_eq(text_peek(&got), cuts[_i].want);
    ck_assert_uint_le(cell_width(text_peek(&got)), cuts[_i].width);
    text_fini(&got);
}
END_TEST

static const struct {
    const char *value, *want;
} harms[] = {
    {"plain é", "plain é"},
    {"\033[31mred", "\\u{1B}[31mred"},
    {"bell\a", "bell\\u{7}"},
    {"\xc2\x9b"
     "2J",
        "\\u{9B}2J"}, /* the C1 form of ESC [ */
    {"a\u202eb\u202c", "a\\u{202E}b\\u{202C}"},
    {"a\u2066b\u2069", "a\\u{2066}b\\u{2069}"},
    {"two\nlines", "two lines"},
    {"broken \xff", "broken ?"},
};

START_TEST(nothing_shown_can_steer_the_terminal)
{
    struct text got = {0};

    cell_safe(&got, harms[_i].value);

    ck_assert_str_eq(text_peek(&got), harms[_i].want);
    text_fini(&got);
}
END_TEST

static const struct {
    int64_t value, top;
    size_t width;
    const char *want;
} bars[] = {
    {100, 100, 4, "████"},
    {50, 100, 4, "██"},
    {0, 100, 4, ""},
    {-5, 100, 4, ""},
    {200, 100, 4, "████"},
    {1, 1000, 4, "▏"}, /* more than nothing is seen */
    {45, 100, 4, "█▊"},
    {1, 0, 4, ""},
};

START_TEST(a_bar_is_as_long_as_its_share)
{
    struct text got = {0};

    cell_bar(&got, bars[_i].value, bars[_i].top, bars[_i].width);

    ck_assert_str_eq(text_peek(&got), bars[_i].want);
    text_fini(&got);
}
END_TEST

START_TEST(without_utf8_every_character_becomes_one_of_ascii)
{
    struct text got = {0};

    cell_fold(&got, "critère █▌▎ – « 日 »…");

    ck_assert_str_eq(text_peek(&got), "critere ##  - \" ? \"~");
    text_fini(&got);
}
END_TEST

static const struct {
    const char *word;
    int digits;
    enum language language;
    const char *want;
} numbers[] = {
    {"78.615385", 2, LANGUAGE_ENGLISH, "78.62"},
    {"78.615385", 2, LANGUAGE_FRENCH, "78,62"},
    {"-0.534615", 2, LANGUAGE_ENGLISH, "-0.53"},
    {"0.005", 2, LANGUAGE_ENGLISH, "0.01"},   /* half goes away from zero */
    {"-0.005", 2, LANGUAGE_ENGLISH, "-0.01"}, /* on both sides */
    {"-0.004", 2, LANGUAGE_ENGLISH, "0.00"},
    {"1250000", 0, LANGUAGE_ENGLISH, "1,250,000"},
    {"1250000", 0, LANGUAGE_FRENCH, "1\u00a0250\u00a0000"},
    {"9999", 0, LANGUAGE_ENGLISH, "9999"},
    {"999.999", 2, LANGUAGE_ENGLISH, "1000.00"},
};

START_TEST(numbers_are_rounded_in_decimals)
{
    struct text got = {0};
    int64_t micro = 0;

    ck_assert(number_read(numbers[_i].word, &micro));
    number_put(&got, micro, numbers[_i].digits, numbers[_i].language);

    ck_assert_str_eq(text_peek(&got), numbers[_i].want);
    text_fini(&got);
}
END_TEST

static const char *const no_numbers[] = {
    "", "-", "1.", ".5", "1.2345678", "8..9", "1e3", "12 ", "1234567890123"};

START_TEST(other_words_are_no_numbers)
{
    int64_t micro = 7;

    ck_assert(!number_read(no_numbers[_i], &micro));
    ck_assert_int_eq(micro, 7);
}
END_TEST

START_TEST(a_price_to_win_is_rounded_to_the_side_that_wins)
{
    struct text down = {0};
    struct text up = {0};

    number_towards(&down, 512098999, 2, false, LANGUAGE_ENGLISH);
    number_towards(&up, 1958001, 2, true, LANGUAGE_ENGLISH);

    ck_assert_str_eq(down.bytes, "512.09");
    ck_assert_str_eq(up.bytes, "1.96");
    text_fini(&down);
    text_fini(&up);
}
END_TEST

START_TEST(shares_are_percents_in_both_languages)
{
    struct text english = {0};
    struct text french = {0};

    number_percent(&english, 700125, LANGUAGE_ENGLISH);
    number_percent(&french, 700125, LANGUAGE_FRENCH);

    ck_assert_str_eq(english.bytes, "70.0%");
    ck_assert_str_eq(french.bytes, "70,0\u00a0%");
    text_fini(&english);
    text_fini(&french);
}
END_TEST

/* A table with a name, a number and a bar. */
static void draw(size_t width, struct page *page)
{
    struct table table = {0};

    table_column(&table, "name", COLUMN_CUT);
    table_column(&table, "n", COLUMN_RIGHT);
    table_column(&table, "spare", COLUMN_SPARE);
    table_column(&table, "", COLUMN_BAR);
    table_cell(&table, STYLE_PLAIN, "Night-shift workers");
    table_cell(&table, STYLE_PLAIN, "6000");
    table_cell(&table, STYLE_PLAIN, "x");
    table_bar(&table, STYLE_PLAIN, 100);
    table_cell(&table, STYLE_PLAIN, "日本");
    table_cell(&table, STYLE_PLAIN, "50");
    table_cell(&table, STYLE_PLAIN, "y");
    table_bar(&table, STYLE_PLAIN, 50);
    table_lay_out(&table, &plain, width, page);
    table_fini(&table);
}

static const struct {
    size_t width;
    const char *first, *last;
} tables[] = {
    {40, "Night-shift workers  6000  x      ██████",
        "日本                   50  y      ███   "},
    {38, "Night-shift workers  6000  x      ████",
        "日本                   50  y      ██  "},
    {36, "Night-shift work…  6000  x      ████",
        "日本                 50  y      ██  "},
    {32, "Night-shift workers  6000  █████",
        "日本                   50  ██▌  "},
    {20, "Night-s…  6000  ████", "日本        50  ██  "},
};

START_TEST(a_table_fits_into_its_width)
{
    struct page page = {0};

    draw(tables[_i].width, &page);

    ck_assert_uint_eq(page.n, 3);
    ck_assert_str_eq(page.list[1], tables[_i].first);
    ck_assert_str_eq(page.list[2], tables[_i].last);
    for (size_t i = 0; i < page.n; i++)
        ck_assert_uint_le(cell_width(page.list[i]), tables[_i].width);
    page_fini(&page);
}
END_TEST

START_TEST(a_column_that_wraps_goes_on_and_breaks_no_word)
{
    static const char *const want[] = {"name      heads of",
        "               all", "Night-          10", "workers           ",
        "Students         5"};
    struct table table = {0};
    struct page page = {0};

    table_column(&table, "name", COLUMN_WRAP);
    table_column(&table, "heads of all", COLUMN_RIGHT | COLUMN_FOLD);
    table_cell(&table, STYLE_PLAIN, "Night- workers");
    table_cell(&table, STYLE_PLAIN, "10");
    table_cell(&table, STYLE_PLAIN, "Students");
    table_cell(&table, STYLE_PLAIN, "5");
    table_lay_out(&table, &plain, 18, &page);

    ck_assert_uint_eq(page.n, sizeof want / sizeof *want);
    for (size_t i = 0; i < page.n; i++)
        ck_assert_str_eq(page.list[i], want[i]);
    table_fini(&table);
    page_fini(&page);
}
END_TEST

START_TEST(no_line_begins_with_the_marks_that_french_parts)
{
    struct page page = {0};

    page_wrap(&page, "", "trop tard : « oui »", 10);

    ck_assert_uint_eq(page.n, 3);
    ck_assert_str_eq(page.list[0], "trop");
    ck_assert_str_eq(page.list[1], "tard :");
    ck_assert_str_eq(page.list[2], "« oui »");
    page_fini(&page);
}
END_TEST

START_TEST(text_is_wrapped_at_blanks_and_hangs)
{
    struct page page = {0};

    page_wrap(&page, "- ", "one two three\nfour incomprehensible", 12);

    ck_assert_uint_eq(page.n, 5);
    ck_assert_str_eq(page.list[0], "- one two");
    ck_assert_str_eq(page.list[1], "  three");
    ck_assert_str_eq(page.list[2], "  four");
    ck_assert_str_eq(page.list[3], "  incomprehe");
    ck_assert_str_eq(page.list[4], "  nsible");
    page_fini(&page);
}
END_TEST

START_TEST(pages_stand_side_by_side)
{
    struct page left = {0};
    struct page right = {0};
    struct page both = {0};

    page_add(&left, "左");
    page_add(&right, "right");
    page_add(&right, "more");
    page_beside(&both, &left, &right, 6);

    ck_assert_uint_eq(both.n, 2);
    ck_assert_str_eq(both.list[0], "左     │ right");
    ck_assert_str_eq(both.list[1], "       │ more");
    page_fini(&left);
    page_fini(&right);
    page_fini(&both);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, use_utf8, NULL);
    tcase_add_loop_test(tests, width_is_counted_in_columns, 0, COUNT(widths));
    tcase_add_loop_test(
        tests, a_cut_string_never_exceeds_its_columns, 0, COUNT(cuts));
    tcase_add_loop_test(
        tests, nothing_shown_can_steer_the_terminal, 0, COUNT(harms));
    tcase_add_loop_test(tests, a_bar_is_as_long_as_its_share, 0, COUNT(bars));
    tcase_add_test(tests, without_utf8_every_character_becomes_one_of_ascii);
    tcase_add_loop_test(
        tests, numbers_are_rounded_in_decimals, 0, COUNT(numbers));
    tcase_add_loop_test(
        tests, other_words_are_no_numbers, 0, COUNT(no_numbers));
    tcase_add_test(tests, a_price_to_win_is_rounded_to_the_side_that_wins);
    tcase_add_test(tests, shares_are_percents_in_both_languages);
    tcase_add_loop_test(tests, a_table_fits_into_its_width, 0, COUNT(tables));
    tcase_add_test(tests, a_column_that_wraps_goes_on_and_breaks_no_word);
    tcase_add_test(tests, no_line_begins_with_the_marks_that_french_parts);
    tcase_add_test(tests, text_is_wrapped_at_blanks_and_hangs);
    tcase_add_test(tests, pages_stand_side_by_side);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
