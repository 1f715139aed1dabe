/* SPDX-License-Identifier: Apache-2.0
 *
 * check_long_work.c - how far a computation is, when it has to end, and what
 * is answered then.
 */
#include "protocol/limit.h"
#include "server/figure/long_work.h"
#include "server/session/counts.h"

#include <check.h>
#include <stdlib.h>

struct news {
    size_t n;
    unsigned last;
    struct long_work *work;
};

static void on_news(void *ctx)
{
    struct news *news = ctx;

    ck_assert_uint_gt(long_work_percent(news->work), news->last);
    news->last = long_work_percent(news->work);
    news->n++;
}

static void set_limit(enum limit limit, size_t value)
{
    ck_assert_int_eq(limit_set(limit, value), ERR_OK);
}

static void tear_down(void)
{
    set_limit(LIMIT_ROW_COMPUTE_TIME, LIMIT_COMPUTE_TIME);
    set_limit(LIMIT_ROW_PROGRESS_TIME, LIMIT_PROGRESS_TIME);
}

/* Until so much time has passed, however fast the machine is. */
static void pass(uint64_t us)
{
    uint64_t from = counts_now_us();

    while (counts_now_us() - from <= us)
        ;
}

START_TEST(it_tells_rising_percents_and_not_too_often)
{
    struct long_work work;
    struct news news = {.work = &work};

    set_limit(LIMIT_ROW_PROGRESS_TIME, 1);
    long_work_init(&work, on_news, &news);
    long_work_begin(&work);
    uint64_t from = counts_now_us();
    for (uint64_t i = 0; i <= 1000; i++)
        ck_assert(long_work_tell(&work, i, 1000));
    ck_assert_uint_le(news.n, (counts_now_us() - from) / 1000);
    pass(1000);
    ck_assert(long_work_tell(&work, 1000, 1000));
    ck_assert_uint_ge(news.n, 1);
    ck_assert_uint_eq(long_work_percent(&work), 100);
    size_t told = news.n;
    pass(1000);
    ck_assert(long_work_tell(&work, 1000, 1000));
    ck_assert_uint_eq(news.n, told);
}
END_TEST

START_TEST(parts_share_the_percents)
{
    struct long_work work;
    struct news news = {.work = &work};

    set_limit(LIMIT_ROW_PROGRESS_TIME, 1);
    long_work_init(&work, on_news, &news);
    long_work_begin(&work);
    long_work_part(&work, 1, 4);
    pass(1000);
    ck_assert(long_work_tell(&work, 5, 10));
    ck_assert_uint_eq(long_work_percent(&work), 37);
    long_work_part(&work, 3, 4);
    pass(1000);
    ck_assert(long_work_tell(&work, 0, 0));
    ck_assert_uint_eq(long_work_percent(&work), 75);
}
END_TEST

START_TEST(it_ends_when_its_time_is_over_and_says_what_to_ask_less_of)
{
    struct long_work work;
    struct fault fault = {0};

    set_limit(LIMIT_ROW_COMPUTE_TIME, 1);
    long_work_init(&work, NULL, NULL);
    long_work_begin(&work);
    pass(1000);
    ck_assert(!long_work_tell(&work, 7, 100));
    ck_assert_int_eq(
        long_work_ended(&work, "draws", LANGUAGE_ENGLISH, &fault), ERR_LIMIT);
    ck_assert_str_eq(fault.field, "draws");
    ck_assert_str_eq(fault.got, "100");
    ck_assert_str_eq(fault.allowed, "7");
    ck_assert_ptr_nonnull(fault.note);
    fault_fini(&fault);
    ck_assert_int_eq(
        long_work_ended(&work, NULL, LANGUAGE_FRENCH, &fault), ERR_LIMIT);
    ck_assert_str_eq(fault.field, "compute-time");
    ck_assert_str_eq(fault.allowed, "1");
    fault_fini(&fault);
}
END_TEST

/* Times are in microseconds, the limits in milliseconds. */
START_TEST(it_goes_on_to_the_end_of_its_time_and_no_longer)
{
    const uint64_t most = LIMIT_COMPUTE_TIME * UINT64_C(1000);
    struct long_work work;

    long_work_init(&work, NULL, NULL);
    long_work_begin_at(&work, 77);
    ck_assert(long_work_tell_at(&work, 77 + most, 1, 2));
    ck_assert(!long_work_tell_at(&work, 77 + most + 1, 1, 2));
    ck_assert(!long_work_tell_at(&work, 77 + most + 2, 2, 2));
}
END_TEST

START_TEST(it_knows_how_much_of_its_time_has_passed)
{
    const uint64_t most = LIMIT_COMPUTE_TIME * UINT64_C(1000);
    struct long_work work;

    long_work_init(&work, NULL, NULL);
    long_work_begin_at(&work, 77);
    ck_assert(!long_work_past_at(&work, 77 + most / 100 * 40, 40));
    ck_assert(long_work_past_at(&work, 78 + most / 100 * 40, 40));
    ck_assert(!long_work_past_at(&work, 78 + most / 100 * 40, 65));
}
END_TEST

START_TEST(it_tells_when_the_time_between_has_passed_and_not_before)
{
    const uint64_t between = LIMIT_PROGRESS_TIME * UINT64_C(1000);
    struct long_work work;
    struct news news = {.work = &work};

    long_work_init(&work, on_news, &news);
    long_work_begin_at(&work, 77);
    ck_assert(long_work_tell_at(&work, 77 + between - 1, 1, 4));
    ck_assert_uint_eq(news.n, 0);
    ck_assert(long_work_tell_at(&work, 77 + between, 1, 4));
    ck_assert_uint_eq(news.n, 1);
    ck_assert(long_work_tell_at(&work, 77 + 2 * between - 1, 2, 4));
    ck_assert_uint_eq(news.n, 1);
    ck_assert(long_work_tell_at(&work, 77 + 2 * between, 2, 4));
    ck_assert_uint_eq(news.n, 2);
    ck_assert_uint_eq(news.last, 50);
}
END_TEST

START_TEST(it_ends_when_nobody_waits)
{
    struct long_work work;
    struct fault fault = {0};

    long_work_init(&work, NULL, NULL);
    long_work_begin(&work);
    ck_assert(long_work_tell(&work, 1, 2));
    long_work_stop(&work);
    ck_assert(!long_work_tell(&work, 1, 2));
    ck_assert_int_eq(long_work_ended(&work, "draws", LANGUAGE_ENGLISH, &fault),
        ERR_UNAVAILABLE);
    fault_fini(&fault);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("long_work");
    TCase *tell = tcase_create("tell");

    tcase_add_checked_fixture(tell, NULL, tear_down);
    tcase_add_test(tell, it_tells_rising_percents_and_not_too_often);
    tcase_add_test(tell, parts_share_the_percents);
    tcase_add_test(
        tell, it_ends_when_its_time_is_over_and_says_what_to_ask_less_of);
    tcase_add_test(tell, it_goes_on_to_the_end_of_its_time_and_no_longer);
    tcase_add_test(tell, it_knows_how_much_of_its_time_has_passed);
    tcase_add_test(
        tell, it_tells_when_the_time_between_has_passed_and_not_before);
    tcase_add_test(tell, it_ends_when_nobody_waits);
    suite_add_tcase(suite, tell);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
