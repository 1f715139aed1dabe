/* SPDX-License-Identifier: Apache-2.0
 *
 * check_match.c - what conversations expect is neither too little nor too
 * much.
 */
#include "tests/talk/match.h"

#include <check.h>
#include <stdlib.h>

#define ANY "\xe2\x80\xa6"

static const struct {
    const char *pattern, *line;
    bool fits;
} rows[] = {
    {"ok", "ok", true},
    {"ok", "ok n=1", false},
    {"ok n=1", "ok", false},
    {"ok " ANY, "ok n=1 at=2", true},
    {"ok " ANY, "ok", false},
    {"ok" ANY, "ok", true},
    {"err " ANY " # " ANY, "err arg # no", true},
    {"err " ANY " # " ANY, "err # no", false},
    {ANY "b" ANY "c", "abxbyc", true},
    {ANY "b" ANY "c", "abxby", false},
    {"ok id=<id> rev=<rev>", "ok id=B-1 rev=3", true},
    {"ok id=<id> rev=<rev>", "ok id=B-1 rev=", false},
    {"ok id=<id>", "ok id=B-1 rev=3", false},
    {"<a> <a>", "x x", true},
    {"<a> <a>", "x y", false},
    {"<_> <_>", "x y", true},
    {"<known>", "7", true},
    {"<known>", "8", false},
    {"<a><b>-1", "xyz-1", true},
    {"price<600", "price<600", true},
    {"<END", "<END", true},
};

START_TEST(a_line_fits_its_pattern_or_not)
{
    struct kept names = {0};

    kept_put(&names, "known", "7");
    ck_assert(
        line_matches(rows[_i].pattern, rows[_i].line, &names) == rows[_i].fits);
    if (!rows[_i].fits)
        ck_assert_uint_eq(names.n, 1);
    kept_fini(&names);
}
END_TEST

START_TEST(what_was_met_is_filled_in_afterwards)
{
    struct kept names = {0};
    struct text line = {0};

    ck_assert(line_matches("ok id=<id> rev=<rev>", "ok id=B-1 rev=3", &names));
    kept_fill(&names, "set <id> if=<rev> a=<<END <other>", &line);
    ck_assert_str_eq(line.bytes, "set B-1 if=3 a=<<END <other>");
    text_fini(&line);
    kept_fini(&names);
}
END_TEST

START_TEST(an_expression_must_fit_the_whole_line)
{
    struct text why = {0};

    ck_assert(line_matches_regex("ok( n=[0-9]+)?", "ok n=12", &why));
    ck_assert(!line_matches_regex("ok", "ok n=12", &why));
    ck_assert_uint_eq(why.len, 0);
    ck_assert(!line_matches_regex("ok(", "ok(", &why));
    ck_assert_uint_gt(why.len, 0);
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("talk/match");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, a_line_fits_its_pattern_or_not, 0, sizeof rows / sizeof *rows);
    tcase_add_test(all, what_was_met_is_filled_in_afterwards);
    tcase_add_test(all, an_expression_must_fit_the_whole_line);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
