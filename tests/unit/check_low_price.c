/* SPDX-License-Identifier: Apache-2.0
 *
 * check_low_price.c - the published tests of abnormally low prices.
 */
#include "value/award/low_price.h"

#include <check.h>
#include <stdlib.h>

#define T(x) ((int64_t)((x)*10000 + 0.5))
#define NONE (-1)

/* Limits of one bid by each test, micro; NONE: the test says nothing. */
static const struct {
    const char *name;
    int64_t prices[6];
    size_t n, bid;
    int64_t limit[LOW_COUNT];
    const char *fails; /* a letter for each test that does, in their order */
} rows[] = {
    {"ProZorro, 44 % and 41.67 %", {T(280), T(480), T(500), T(520)}, 4, 0,
        {300000000, 336000000, 400500000, NONE, 400500000}, "OND.M"},
    {"one just above", {T(300.0001), T(480), T(500), T(520)}, 4, 0,
        {300000000, 336000000, 405000023, NONE, 405000023}, ".ND.M"},
    {"one just at", {T(300), T(480), T(500), T(520)}, 4, 0,
        {300000000, 336000000, 405000000, NONE, 405000000}, "OND.M"},
    {"the double mean drops the dearest",
        {T(100), T(130), T(140), T(145), T(220)}, 5, 0,
        {95250000, 91000000, 115875000, 79375000, 132300000}, "..D.M"},
    {"not the lowest", {T(100), T(130), T(140), T(145), T(220)}, 5, 1,
        {90750000, NONE, 115875000, NONE, 132300000}, "....M"},
    {"the draft directive", {T(40), T(100), T(100), T(100), T(100)}, 5, 0,
        {60000000, 70000000, 79200000, 50000000, 79200000}, "ONDEM"},
    {"at its bound the draft does not flag",
        {T(50), T(100), T(100), T(100), T(100)}, 5, 0,
        {60000000, 70000000, 81000000, 50000000, 81000000}, "OND.M"},
    {"four bids are too few for the draft", {T(40), T(100), T(100), T(100)}, 4,
        0, {60000000, 70000000, 76500000, NONE, 76500000}, "OND.M"},
    {"equal prices", {T(7), T(7)}, 2, 1,
        {4200000, 4900000, 6300000, NONE, 6300000}, "....."},
    {"a lone bid", {T(7)}, 1, 0, {NONE, NONE, NONE, NONE, NONE}, "....."},
};

START_TEST(a_price_is_held_against_each_published_test)
{
    for (int test = 0; test < LOW_COUNT; test++) {
        int64_t limit = NONE;
        bool fails = false;
        bool found = low_price_limit((enum low_price)test, rows[_i].prices,
            rows[_i].n, rows[_i].bid, &limit, &fails);

        ck_assert_msg(limit == rows[_i].limit[test], "%s: %s is %lld",
            rows[_i].name, low_price_word((enum low_price)test),
            (long long)limit);
        ck_assert(found == (limit != NONE));
        ck_assert_msg(fails == (rows[_i].fails[test] != '.'), "%s: %s",
            rows[_i].name, low_price_word((enum low_price)test));
    }
}
END_TEST

START_TEST(a_test_has_a_sentence_in_both_languages)
{
    for (int test = 0; test < LOW_COUNT; test++)
        ck_assert_str_ne(low_price_text((enum low_price)test, 0),
            low_price_text((enum low_price)test, 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("abnormally low prices");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_price_is_held_against_each_published_test, 0,
        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(all, a_test_has_a_sentence_in_both_languages);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
