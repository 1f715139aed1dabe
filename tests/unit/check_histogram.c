/* SPDX-License-Identifier: Apache-2.0
 *
 * check_histogram - shares of numbers that were counted.
 */
#include "protocol/base_histogram.h"

#include <check.h>
#include <stdlib.h>

static struct histogram histogram;

static void set_up(void)
{
    histogram = (struct histogram){0};
}

START_TEST(of_nothing_every_share_is_zero)
{
    ck_assert_uint_eq(histogram_share(&histogram, 0), 0);
    ck_assert_uint_eq(histogram_share(&histogram, 1000), 0);
}
END_TEST

START_TEST(one_number_is_every_share_of_itself)
{
    static const uint64_t numbers[] = {0, 1, 15, 16, 17, 31, 32, 100, 1000000,
        (UINT64_C(1) << 36) - 1, UINT64_C(1) << 36, UINT64_MAX};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        set_up();
        histogram_add(&histogram, numbers[i]);
        ck_assert_uint_eq(histogram_share(&histogram, 1), numbers[i]);
        ck_assert_uint_eq(histogram_share(&histogram, 500), numbers[i]);
        ck_assert_uint_eq(histogram_share(&histogram, 1000), numbers[i]);
        ck_assert_uint_eq(histogram.most, numbers[i]);
    }
}
END_TEST

/* Every number near the ends of buckets, against the definition. */
START_TEST(a_share_is_at_most_an_eighth_too_high_and_never_too_low)
{
    for (uint64_t value = 1; value < UINT64_C(1) << 35;
         value += value / 61 + 1) {
        set_up();
        histogram_add(&histogram, value);
        histogram_add(&histogram, UINT64_C(1) << 36);
        uint64_t got = histogram_share(&histogram, 500);
        ck_assert_uint_ge(got, value);
        ck_assert_uint_le(got, value + value / 8);
    }
}
END_TEST

START_TEST(shares_of_a_known_row_are_where_they_belong)
{
    for (uint64_t i = 1; i <= 1000; i++)
        histogram_add(&histogram, i);
    ck_assert_uint_eq(histogram.n, 1000);
    ck_assert_uint_eq(histogram.sum, 500500);
    ck_assert_uint_eq(histogram_share(&histogram, 10), 10);
    ck_assert_uint_ge(histogram_share(&histogram, 500), 500);
    ck_assert_uint_le(histogram_share(&histogram, 500), 563);
    ck_assert_uint_ge(histogram_share(&histogram, 990), 990);
    ck_assert_uint_eq(histogram_share(&histogram, 1000), 1000);
}
END_TEST

START_TEST(two_together_are_as_one_that_counted_both)
{
    struct histogram other = {0}, both = {0};

    for (uint64_t i = 0; i < 5000; i += 7) {
        histogram_add(i % 2 ? &histogram : &other, i * i);
        histogram_add(&both, i * i);
    }
    histogram_merge(&histogram, &other);
    ck_assert_mem_eq(&histogram, &both, sizeof both);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/histogram");
    TCase *at = tcase_create("histogram");

    tcase_add_checked_fixture(at, set_up, NULL);
    tcase_add_test(at, of_nothing_every_share_is_zero);
    tcase_add_test(at, one_number_is_every_share_of_itself);
    tcase_add_test(at, a_share_is_at_most_an_eighth_too_high_and_never_too_low);
    tcase_add_test(at, shares_of_a_known_row_are_where_they_belong);
    tcase_add_test(at, two_together_are_as_one_that_counted_both);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
