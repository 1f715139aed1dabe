/* SPDX-License-Identifier: Apache-2.0
 *
 * check_penalty.c - waits that double, by address and by name, in a table that
 * does not grow without end.
 */
#include "protocol/limit.h"
#include "server/session/penalty.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct penalties *all;

static void set_up(void)
{
    penalties_new(&all);
}

static void tear_down(void)
{
    penalties_free(&all);
    ck_assert_ptr_null(all);
    ck_assert_int_eq(
        limit_set(LIMIT_ROW_PENALTY_SECONDS, LIMIT_PENALTY_SECONDS), ERR_OK);
    ck_assert_int_eq(
        limit_set(LIMIT_ROW_PENALTY_MOST, LIMIT_PENALTY_MOST), ERR_OK);
}

static const char here[] = "192.0.2.7:4711";
static const char there[] = "198.51.100.1:4711";

START_TEST(waits_double_up_to_ten_minutes)
{
    static const int64_t seconds[] = {5, 10, 20, 40, 80, 160, 320, 600, 600};
    int64_t now = 1000000;

    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        ck_assert_int_eq(penalty_wait(all, here, "ann", now), 0);
        penalty_fail(all, here, "ann", now);
        ck_assert_int_eq(
            penalty_wait(all, here, "ann", now), seconds[i] * 1000);
        now += seconds[i] * 1000 - 1;
        ck_assert_int_eq(penalty_wait(all, here, "ann", now), 1);
        now++;
    }
}
END_TEST

/* The third wait is what is allowed at most, or a second more than that. */
static const struct {
    size_t most;
    int64_t third, fourth;
} tops[] = {{16, 16, 16}, {15, 15, 15}, {17, 16, 17}};

START_TEST(waits_double_up_to_the_limit_and_not_a_second_beyond)
{
    ck_assert_int_eq(limit_set(LIMIT_ROW_PENALTY_SECONDS, 4), ERR_OK);
    ck_assert_int_eq(limit_set(LIMIT_ROW_PENALTY_MOST, tops[_i].most), ERR_OK);
    for (int i = 0; i < 3; i++)
        penalty_fail(all, here, NULL, 0);
    ck_assert_int_eq(penalty_wait(all, here, NULL, 0), tops[_i].third * 1000);
    penalty_fail(all, here, NULL, 0);
    ck_assert_int_eq(penalty_wait(all, here, NULL, 0), tops[_i].fourth * 1000);
}
END_TEST

START_TEST(an_address_and_a_name_wait_each_for_themselves)
{
    penalty_fail(all, here, "ann", 0);
    ck_assert_int_eq(penalty_wait(all, "192.0.2.7:1", "bob", 0), 5000);
    ck_assert_int_eq(penalty_wait(all, there, "ann", 0), 5000);
    ck_assert_int_eq(penalty_wait(all, there, "bob", 0), 0);
    ck_assert_int_eq(penalty_wait(all, there, NULL, 0), 0);
    ck_assert_int_eq(penalty_wait(all, here, NULL, 0), 5000);
    penalty_fail(all, there, NULL, 0);
    ck_assert_int_eq(penalty_wait(all, there, "bob", 0), 5000);
}
END_TEST

START_TEST(success_clears_the_name_and_not_the_address)
{
    penalty_fail(all, here, "ann", 0);
    penalty_clear(all, "ann");
    penalty_clear(all, "nobody");
    ck_assert_int_eq(penalty_wait(all, there, "ann", 0), 0);
    ck_assert_int_eq(penalty_wait(all, here, "ann", 0), 5000);
}
END_TEST

START_TEST(what_was_long_ago_counts_no_more)
{
    int64_t later = INT64_C(3) * LIMIT_PENALTY_MOST * 1000;

    penalty_fail(all, here, "ann", 0);
    penalty_fail(all, here, "ann", 0);
    penalty_fail(all, here, "ann", later);
    ck_assert_int_eq(penalty_wait(all, here, "ann", later), 5000);
}
END_TEST

/* A name is no address, whatever it looks like. */
static const struct {
    const char *address, *other;
    int64_t wait;
} places[] = {
    {"192.0.2.7:1", "192.0.2.8:1", 0},
    {"[2001:db8:1:2::1]:1", "[2001:db8:1:2:ffff::9]:2", 5000},
    {"[2001:db8:1:2::1]:1", "[2001:db8:1:3::1]:1", 0},
    {"127.0.0.1:1", "127.0.0.1:1", 0},
    {"[::1]:1", "[::1]:2", 0},
    {"unknown", "unknown", 5000},
};

START_TEST(a_place_is_an_address_or_a_network)
{
    penalty_fail(all, places[_i].address, NULL, 0);
    ck_assert_int_eq(
        penalty_wait(all, places[_i].other, NULL, 0), places[_i].wait);
    ck_assert_int_eq(penalty_wait(all, there, "192.0.2.7", 0), 0);
}
END_TEST

START_TEST(the_table_is_bounded)
{
    char name[32];

    penalty_fail(all, here, "first", 0);
    for (int i = 0; i < 70000; i++) {
        (void)snprintf(name, sizeof name, "user%d", i);
        penalty_fail(all, here, name, 0);
    }
    ck_assert_int_eq(penalty_wait(all, there, "first", 0), 0);
    ck_assert_int_eq(penalty_wait(all, there, "user69999", 0), 5000);
    ck_assert_int_eq(penalty_wait(all, here, NULL, 0), 600000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/penalty");
    TCase *tcase = tcase_create("penalties");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, waits_double_up_to_ten_minutes);
    tcase_add_loop_test(tcase,
        waits_double_up_to_the_limit_and_not_a_second_beyond, 0,
        sizeof tops / sizeof *tops);
    tcase_add_test(tcase, an_address_and_a_name_wait_each_for_themselves);
    tcase_add_test(tcase, success_clears_the_name_and_not_the_address);
    tcase_add_test(tcase, what_was_long_ago_counts_no_more);
    tcase_add_loop_test(tcase, a_place_is_an_address_or_a_network, 0,
        sizeof places / sizeof *places);
    tcase_add_test(tcase, the_table_is_bounded);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
