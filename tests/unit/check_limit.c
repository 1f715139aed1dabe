/* SPDX-License-Identifier: Apache-2.0
 *
 * check_limit - the table of limits and what is in force.
 */
#include "protocol/limit.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(a_row_is_whole_and_its_preset_within_its_range)
{
    const struct limit_row *row = &limits[_i];
    static const char *const units[] = {
        "count", "bytes", "milliseconds", "seconds", "hours", "days"};
    size_t known = 0;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        known += strcmp(row->unit, units[i]) == 0;
    ck_assert_uint_eq(known, 1);
    ck_assert_uint_ge(row->low, 1);
    ck_assert_uint_le(row->low, row->preset);
    ck_assert_uint_le(row->preset, row->high);
    ck_assert_str_ne(row->help[0], "");
    ck_assert_str_ne(row->help[1], "");
    ck_assert_int_eq(limit_find(row->word), _i);
    ck_assert_uint_eq(limit_now((enum limit)_i), row->preset);
}
END_TEST

START_TEST(a_limit_can_be_set_to_both_ends_of_its_range_and_not_beyond)
{
    const struct limit_row *row = &limits[_i];
    enum limit limit = (enum limit)_i;

    ck_assert_int_eq(limit_set(limit, row->low), ERR_OK);
    ck_assert_uint_eq(limit_now(limit), row->low);
    ck_assert_int_eq(limit_set(limit, row->low - 1), ERR_ARG);
    ck_assert_uint_eq(limit_now(limit), row->low);
    ck_assert_int_eq(limit_set(limit, row->high), ERR_OK);
    ck_assert_int_eq(limit_set(limit, row->high + 1), ERR_ARG);
    ck_assert_uint_eq(limit_now(limit), row->high);
    ck_assert_int_eq(limit_set(limit, row->preset), ERR_OK);
}
END_TEST

START_TEST(a_word_that_is_no_limit_is_not_found)
{
    ck_assert_int_eq(limit_find("colour"), LIMIT_COUNT);
    ck_assert_int_eq(limit_find(""), LIMIT_COUNT);
}
END_TEST

START_TEST(time_is_counted_in_milliseconds)
{
    ck_assert_int_eq(LIMIT_MS(LINGER_SECONDS), 2000);
    ck_assert_int_eq(LIMIT_MS(TOKEN_HOURS), INT64_C(12) * 3600 * 1000);
    ck_assert_int_eq(LIMIT_MS(ONCE_DAYS), INT64_C(30) * 24 * 3600 * 1000);
}
END_TEST

START_TEST(limits_that_belong_together_are_compared)
{
    size_t value[LIMIT_COUNT];
    enum limit low = LIMIT_COUNT, high = LIMIT_COUNT;

    for (enum limit i = 0; i < LIMIT_COUNT; i++)
        value[i] = limits[i].preset;
    ck_assert(!limit_above(value, &low, &high));
    ck_assert_int_eq(low, LIMIT_COUNT);
    value[LIMIT_ROW_OUTPUT_LOW] = value[LIMIT_ROW_OUTPUT_HIGH];
    ck_assert(!limit_above(value, &low, &high));
    value[LIMIT_ROW_OUTPUT_LOW]++;
    ck_assert(limit_above(value, &low, &high));
    ck_assert_int_eq(low, LIMIT_ROW_OUTPUT_LOW);
    ck_assert_int_eq(high, LIMIT_ROW_OUTPUT_HIGH);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/limit");
    TCase *at = tcase_create("limit");

    tcase_add_loop_test(
        at, a_row_is_whole_and_its_preset_within_its_range, 0, LIMIT_COUNT);
    tcase_add_loop_test(at,
        a_limit_can_be_set_to_both_ends_of_its_range_and_not_beyond, 0,
        LIMIT_COUNT);
    tcase_add_test(at, a_word_that_is_no_limit_is_not_found);
    tcase_add_test(at, time_is_counted_in_milliseconds);
    tcase_add_test(at, limits_that_belong_together_are_compared);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
