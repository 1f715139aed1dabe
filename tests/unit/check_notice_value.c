/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice_value.c - values of a notice as values of the record.
 */
#include "client/notice/notice_value.h"
#include "protocol/types.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    const char *word;
    int64_t unit, got;
    enum err want;
    bool rounded;
} numbers[] = {
    {"375950.00", 1, 3759500000, ERR_OK, false},
    {".00005", 1, 1, ERR_OK, true},
    {".00004999", 1, 0, ERR_OK, true},
    {"-0.5", 1, -5000, ERR_OK, false},
    {"-.00005", 1, -1, ERR_OK, true},
    {"+7", 1, 70000, ERR_OK, false},
    {"12.", 1, 120000, ERR_OK, false},
    {"33.33333", 1, 333333, ERR_OK, true},
    {"14543415.48", 1, 145434154800, ERR_OK, false},
    {"1.000000000000000000000000", 1, 10000, ERR_OK, false},
    {"1.000000000000000000000001", 1, 10000, ERR_OK, true},
    {"1000000000000", 1, INT64_C(10000000000000000), ERR_OK, false},
    {"999999999999.99999", 1, INT64_C(10000000000000000), ERR_OK, true},
    {"1000000000000.1", 1, 7, ERR_ARG, true},
    {"99999999999999999999999", 1, 7, ERR_ARG, true},
    {"520000", 1000, 5200000, ERR_OK, false},
    {"520000.5", 1000, 5200005, ERR_OK, false},
    {"0.05", 1000, 1, ERR_OK, true},
    {"", 1, 7, ERR_ARG, true},
    {".", 1, 7, ERR_ARG, true},
    {"-", 1, 7, ERR_ARG, true},
    {"1e3", 1, 7, ERR_ARG, true},
    {"1,5", 1, 7, ERR_ARG, true},
    {"1.2.3", 1, 7, ERR_ARG, true},
    {"INF", 1, 7, ERR_ARG, true},
};

START_TEST(a_decimal_is_read_exactly_or_refused)
{
    int64_t got = 7;
    bool rounded = true;

    ck_assert_int_eq(
        value_number(numbers[_i].word, numbers[_i].unit, &got, &rounded),
        numbers[_i].want);
    ck_assert_int_eq(got, numbers[_i].got); /* 7: untouched on failure */
    ck_assert_int_eq(rounded, numbers[_i].rounded);
}
END_TEST

static const struct {
    const char *date, *time;
    const char *got; /* NULL: refused */
    enum value_lack lack;
} times[] = {
    {"2020-04-03+01:00", "12:00:00+01:00", "2020-04-03T11:00:00Z", VALUE_WHOLE},
    {"2019-06-24Z", "16:00:00Z", "2019-06-24T16:00:00Z", VALUE_WHOLE},
    {"2020-01-01+01:00", "00:30:00+01:00", "2019-12-31T23:30:00Z", VALUE_WHOLE},
    {"2020-04-03+01:00", "12:00:00", "2020-04-03T11:00:00Z", VALUE_WHOLE},
    {"2020-04-03", "12:00:00-05:00", "2020-04-03T17:00:00Z", VALUE_WHOLE},
    {"2020-04-03Z", "12:00:00.250+01:00", "2020-04-03T11:00:00.250Z",
        VALUE_WHOLE},
    {"2020-04-03", "12:00:00", "2020-04-03T12:00:00Z", VALUE_NO_ZONE},
    {"2020-04-03+02:00", NULL, "2020-04-03T21:59:59Z", VALUE_NO_HOUR},
    {"2020-04-03", NULL, "2020-04-03T23:59:59Z", VALUE_NO_HOUR},
    {"2020-02-30Z", "12:00:00Z", NULL, VALUE_WHOLE},
    {"03/04/2020", "12:00:00Z", NULL, VALUE_WHOLE},
    {"2020-04-03T10:00:00Z", NULL, NULL, VALUE_WHOLE},
    {"2020-04-03Z", "noon", NULL, VALUE_WHOLE},
    {"2020-04-03Z", "24:00:00Z", NULL, VALUE_WHOLE},
    {"", "", NULL, VALUE_WHOLE},
    {"Z", "12:00:00Z", NULL, VALUE_WHOLE},
};

START_TEST(a_date_and_a_time_are_one_moment)
{
    struct text got = {0};
    enum value_lack lack = VALUE_WHOLE;
    int64_t ms = 7;

    ck_assert_int_eq(value_time(times[_i].date, times[_i].time, &ms, &lack),
        times[_i].got ? ERR_OK : ERR_ARG);
    ck_assert_int_eq(lack, times[_i].lack);
    if (times[_i].got) {
        time_print(&got, ms, false);
        ck_assert_str_eq(got.bytes, times[_i].got);
    } else {
        ck_assert_int_eq(ms, 7);
    }
    text_fini(&got);
}
END_TEST

static const struct {
    const char *date;
    const char *got; /* NULL: refused */
} days[] = {{"2023-03-23+02:00", "2023-03-23"}, {"2024-03-04Z", "2024-03-04"},
    {"2024-02-29", "2024-02-29"}, {"2023-02-29", NULL}, {"2024-3-4", NULL},
    {"2024-03-04T10:00:00Z", NULL}, {"", NULL}};

START_TEST(a_day_loses_its_zone)
{
    char day[11] = "x";

    ck_assert_int_eq(
        value_day(days[_i].date, day), days[_i].got ? ERR_OK : ERR_ARG);
    ck_assert_str_eq(day, days[_i].got ? days[_i].got : "x");
}
END_TEST

static const struct {
    const char *words, *got;
} lines[] = {{"one", "one"}, {"one\ntwo", "one / two"}, {"one\none", "one"},
    {"one\none\ntwo\none", "one / two / one"}};

START_TEST(joined_texts_stand_on_one_line)
{
    struct text got = {0};

    value_line(&got, lines[_i].words);
    ck_assert_str_eq(text_peek(&got), lines[_i].got);
    text_fini(&got);
}
END_TEST

#define TEN     "abcdefghi "
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
    const char *words, *got;
} sentences[] = {
    {"All of it", "All of it"},
    {"2. Name: Of it. More.", "2. Name: Of it."},
    {"Quality of the work. Delay. Price", "Quality of the work."},
    {"See 2.1. M.2 and the rest. Then", "See 2.1. M.2 and the rest."},
    {"What is asked in art. 5 of it", "What is asked in art. 5 of it"},
    {"Is it good enough? Yes", "Is it good enough?"},
    {"Qualité de l'été. École", "Qualité de l'été."},
    {"First line here\nsecond", "First line here"},
    {HUNDRED TEN TEN TEN "end",
        "abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi "
        "abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi…"},
};

START_TEST(the_first_sentence_is_a_name)
{
    struct text got = {0};

    value_sentence(&got, sentences[_i].words);
    ck_assert_str_eq(text_peek(&got), sentences[_i].got);
    text_fini(&got);
}
END_TEST

START_TEST(a_cut_never_splits_a_character)
{
    struct text t = {0};

    text_puts(&t, "a€b");
    ck_assert(!value_cut(&t, 5));
    ck_assert(value_cut(&t, 3));
    ck_assert_str_eq(t.bytes, "a");
    text_fini(&t);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("client/notice_value");
    TCase *value = tcase_create("value");
    tcase_add_loop_test(
        value, a_decimal_is_read_exactly_or_refused, 0, COUNT(numbers));
    tcase_add_loop_test(
        value, a_date_and_a_time_are_one_moment, 0, COUNT(times));
    tcase_add_loop_test(value, a_day_loses_its_zone, 0, COUNT(days));
    tcase_add_loop_test(value, joined_texts_stand_on_one_line, 0, COUNT(lines));
    tcase_add_loop_test(
        value, the_first_sentence_is_a_name, 0, COUNT(sentences));
    tcase_add_test(value, a_cut_never_splits_a_character);
    suite_add_tcase(suite, value);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
