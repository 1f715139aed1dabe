/* SPDX-License-Identifier: Apache-2.0
 *
 * check_lines.c - framing: the same bytes give the same units however they
 * are cut, and limits hold at the limit and one beyond.
 */
#include "protocol/lines.h"

#include "protocol/base_mem.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char script[] = "ping\r\n\nset T text=<<END\none\n\n  END\nEND\n"
                             "refused <<E\r\nx\r\nE\r\nquit\nhalf";
static const char units[] = "[ping][][set T text=<<END|one\n\n  END]"
                            "[refused <<E|x][quit]";

static void take_all(struct lines *lines, struct text *got)
{
    struct unit unit;

    while (lines_next(lines, &unit) == LINES_UNIT) {
        text_printf(got, "[%s", text_peek(&unit.line));
        if (unit.has_body)
            text_printf(got, "|%s", text_peek(&unit.body));
        text_putc(got, ']');
        unit_fini(&unit);
    }
}

START_TEST(any_split_of_the_bytes_gives_the_same_units)
{
    struct lines lines = {.line_most = 100, .body_most = 100};
    struct text got = {0};
    size_t len = strlen(script);

    lines_feed(&lines, script, (size_t)_i);
    take_all(&lines, &got);
    lines_feed(&lines, script + _i, len - (size_t)_i);
    take_all(&lines, &got);
    ck_assert_str_eq(got.bytes, units);
    ck_assert_uint_eq(lines_waiting(&lines), 4);
    text_fini(&got);
    lines_fini(&lines);
}
END_TEST

START_TEST(bytes_one_by_one_give_the_same_units)
{
    struct lines lines = {.line_most = 100, .body_most = 100};
    struct text got = {0};

    for (const char *p = script; *p; p++) {
        lines_feed(&lines, p, 1);
        take_all(&lines, &got);
    }
    ck_assert_str_eq(got.bytes, units);
    text_fini(&got);
    lines_fini(&lines);
}
END_TEST

START_TEST(a_line_is_as_long_as_its_limit_and_no_longer)
{
    static const struct {
        const char *bytes;
        enum lines_got want;
    } rows[] = {{"12345\n", LINES_UNIT}, {"12345\r\n", LINES_UNIT},
        {"123456\n", LINES_TOO_LONG}, {"12345", LINES_MORE},
        {"123456", LINES_MORE}, {"1234567", LINES_TOO_LONG}};
    struct lines lines = {.line_most = 5, .body_most = 5};
    struct unit unit = {0};

    lines_feed(&lines, rows[_i].bytes, strlen(rows[_i].bytes));
    ck_assert_int_eq(lines_next(&lines, &unit), rows[_i].want);
    unit_fini(&unit);
    lines_fini(&lines);
}
END_TEST

START_TEST(a_heredoc_over_its_limit_is_dropped_and_over_four_ends_the_link)
{
    static const struct {
        size_t bytes;
        enum lines_got want;
        bool over;
    } rows[] = {{9, LINES_UNIT, false}, {10, LINES_UNIT, false},
        {11, LINES_UNIT, true}, {40, LINES_UNIT, true},
        {41, LINES_TOO_MUCH, false}};
    struct lines lines = {.line_most = 20, .body_most = 10};
    struct unit unit = {0};
    char body[64];

    lines_feed(&lines, "a <<E\n", 6);
    memset(body, 'x', rows[_i].bytes);
    memcpy(body + rows[_i].bytes, "\nE\n", 3);
    lines_feed(&lines, body, rows[_i].bytes + 3);
    ck_assert_int_eq(lines_next(&lines, &unit), rows[_i].want);
    ck_assert_int_eq(unit.body_over, rows[_i].over);
    unit_fini(&unit);
    lines_fini(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/lines");
    TCase *cases = tcase_create("lines");
    tcase_add_loop_test(cases, any_split_of_the_bytes_gives_the_same_units, 0,
        (int)strlen(script) + 1);
    tcase_add_test(cases, bytes_one_by_one_give_the_same_units);
    tcase_add_loop_test(
        cases, a_line_is_as_long_as_its_limit_and_no_longer, 0, 6);
    tcase_add_loop_test(cases,
        a_heredoc_over_its_limit_is_dropped_and_over_four_ends_the_link, 0, 5);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
