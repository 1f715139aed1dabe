/* SPDX-License-Identifier: Apache-2.0
 *
 * check_types.c - decimals, estimates, times, codes: read, printed, refused.
 */
#include "protocol/types.h"

#include <check.h>
#include <stdlib.h>

static const struct decimal_row {
    const char *word;
    enum err want;
    int64_t got; /* 7: untouched on failure */
    const char *print;
} decimals[] = {
    {"520", ERR_OK, 5200000, "520"},
    {"8.9", ERR_OK, 89000, "8.9"},
    {"-0.0005", ERR_OK, -5, "-0.0005"},
    {"1.2300", ERR_OK, 12300, "1.23"},
    {"1000000000000", ERR_OK, 10000000000000000, "1000000000000"},
    {"1000000000000.0001", ERR_ARG, 7, NULL},
    {"1000000000001", ERR_ARG, 7, NULL},
    {"1.23456", ERR_ARG, 7, NULL},
    {"1e3", ERR_ARG, 7, NULL},
    {"1.", ERR_ARG, 7, NULL},
    {".5", ERR_ARG, 7, NULL},
    {"+5", ERR_ARG, 7, NULL},
    {"", ERR_ARG, 7, NULL},
    {"5 ", ERR_ARG, 7, NULL},
    {"99999999999999999999999", ERR_ARG, 7, NULL},
};

START_TEST(a_decimal_is_read_or_refused)
{
    const struct decimal_row *row = &decimals[_i];
    int64_t got = 7;

    ck_assert_int_eq(decimal_read(row->word, &got), row->want);
    ck_assert_int_eq(got, row->got);
}
END_TEST

START_TEST(a_decimal_prints_without_trailing_zeros)
{
    const struct decimal_row *row = &decimals[_i];
    struct text word = {0};

    if (row->print == NULL)
        return;
    decimal_print(&word, row->got);
    ck_assert_str_eq(word.bytes, row->print);
    text_fini(&word);
}
END_TEST

static const struct estimate_row {
    const char *word;
    enum err want;
    int64_t low, likely, high;
    const char *print;
} estimates[] = {
    {"8", ERR_OK, 80000, 80000, 80000, "8"},
    {"6..9", ERR_OK, 60000, 75000, 90000, "6..9"},
    {"6..8..9", ERR_OK, 60000, 80000, 90000, "6..8..9"},
    {"0.0001..0.0002", ERR_OK, 1, 2, 2, "0.0001..0.0002"},
    {"9..6", ERR_ARG, 7, 7, 7, NULL},
    {"6..9..8", ERR_ARG, 7, 7, 7, NULL},
    {"6..", ERR_ARG, 7, 7, 7, NULL},
    {"6...9", ERR_ARG, 7, 7, 7, NULL},
    {"6..7..8..9", ERR_ARG, 7, 7, 7, NULL},
    {"six", ERR_ARG, 7, 7, 7, NULL},
};

START_TEST(an_estimate_is_read_and_prints_as_it_was)
{
    const struct estimate_row *row = &estimates[_i];
    struct estimate got = {7, 7, 7};
    struct text word = {0};

    ck_assert_int_eq(estimate_read(row->word, &got), row->want);
    ck_assert_int_eq(got.low, row->low);
    ck_assert_int_eq(got.likely, row->likely);
    ck_assert_int_eq(got.high, row->high);
    if (row->print == NULL)
        return;
    estimate_print(&word, got);
    ck_assert_str_eq(word.bytes, row->print);
    text_fini(&word);
}
END_TEST

static const struct time_row {
    const char *word;
    enum err want;
    int64_t ms;
    const char *print;
} times[] = {
    {"1970-01-01T00:00:00Z", ERR_OK, 0, "1970-01-01T00:00:00Z"},
    {"2027-03-12T12:00:00+01:00", ERR_OK, 1804849200000,
        "2027-03-12T11:00:00Z"},
    {"2024-02-29T23:59:59.5Z", ERR_OK, 1709251199500,
        "2024-02-29T23:59:59.500Z"},
    {"1969-12-31T23:59:59Z", ERR_OK, -1000, "1969-12-31T23:59:59Z"},
    {"2023-02-29T00:00:00Z", ERR_ARG, 7, NULL},
    {"2027-03-12", ERR_ARG, 7, NULL},
    {"2027-03-12T12:00:00", ERR_ARG, 7, NULL},
    {"2027-03-12 12:00:00Z", ERR_ARG, 7, NULL},
    {"2027-03-12T24:00:00Z", ERR_ARG, 7, NULL},
    {"2027-03-12T12:00:00.Z", ERR_ARG, 7, NULL},
};

START_TEST(a_time_is_read_with_its_offset)
{
    const struct time_row *row = &times[_i];
    int64_t ms = 7;
    struct text word = {0};

    ck_assert_int_eq(time_read(row->word, &ms), row->want);
    ck_assert_int_eq(ms, row->ms);
    if (row->print == NULL)
        return;
    time_print(&word, ms, false);
    ck_assert_str_eq(word.bytes, row->print);
    text_fini(&word);
}
END_TEST

START_TEST(a_figure_prints_six_decimals)
{
    static const struct {
        int64_t value;
        const char *word;
    } rows[] = {{78615385, "78.615385"}, {-534615, "-0.534615"},
        {0, "0.000000"}, {INT64_MIN, "-9223372036854.775808"}};
    struct text word = {0};

    micro_print(&word, rows[_i].value);
    ck_assert_str_eq(word.bytes, rows[_i].word);
    text_fini(&word);
}
END_TEST

START_TEST(a_code_does_not_look_like_an_id)
{
    static const struct {
        const char *word;
        bool valid;
    } rows[] = {{"OURS", true}, {"LOT-0001", true}, {"C1", true},
        {"B-3", false}, {"XY-12", false}, {"XYZ-12", true}, {"B-3x", true},
        {"", false}, {"a b", false}, {"a,b", false}, {"$x", false},
        {"#x", false}, {"é", true}, {"a=b", false}};

    ck_assert_int_eq(code_is_valid(rows[_i].word), rows[_i].valid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/types");
    TCase *cases = tcase_create("types");
    tcase_add_loop_test(cases, a_decimal_is_read_or_refused, 0,
        sizeof decimals / sizeof *decimals);
    tcase_add_loop_test(cases, a_decimal_prints_without_trailing_zeros, 0,
        sizeof decimals / sizeof *decimals);
    tcase_add_loop_test(cases, an_estimate_is_read_and_prints_as_it_was, 0,
        sizeof estimates / sizeof *estimates);
    tcase_add_loop_test(
        cases, a_time_is_read_with_its_offset, 0, sizeof times / sizeof *times);
    tcase_add_loop_test(cases, a_figure_prints_six_decimals, 0, 4);
    tcase_add_loop_test(cases, a_code_does_not_look_like_an_id, 0, 14);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
