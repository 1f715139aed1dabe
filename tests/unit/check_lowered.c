/* SPDX-License-Identifier: Apache-2.0
 *
 * check_lowered.c - bids that leave captive users with less than they have.
 */
#include "value/people/lowered.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

static int64_t satisfaction[AT_MOST * AT_MOST];
static struct model_alternative alternative = {MODEL_NOWHERE, true};
static struct estimate covers[AT_MOST];

/* The night bus; wheelchair users, who are captive, are satisfied 7 8 8 8. */
static void golden_today(struct tender *t)
{
    tender_golden(t);
    t->model.effects_n = 0;
    for (size_t i = 0; i < (size_t)AT_MOST * AT_MOST; i++)
        satisfaction[i] = MODEL_ABSENT;
    for (size_t n = 0; n < t->model.needs_n; n++)
        satisfaction[CHAIR * t->model.needs_n + n] = (n ? 8 : 7) * ONE;
    t->model.satisfaction = satisfaction;
}

static struct lowered_result *computed(const struct tender *t, bool all)
{
    struct lowered_result *made = NULL;

    ck_assert_int_eq(lowered_compute(&t->model, all, &made), ERR_OK);
    return made;
}

START_TEST(who_would_have_less_than_today_is_named_with_how_much)
{
    struct tender t;
    golden_today(&t);
    struct lowered_result *made = computed(&t, true);

    ck_assert_uint_eq(made->rows_n, 3);
    ck_assert_uint_eq(made->rows[2].bid, RIV2);
    ck_assert_uint_eq(made->rows[2].segment, CHAIR);
    ck_assert_int_eq(made->rows[2].net.low, -80000);
    ck_assert_int_eq(made->rows[2].net.high, -80000);
    lowered_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(our_bid_alone_unless_all_are_asked_for)
{
    struct tender t;
    golden_today(&t);
    struct lowered_result *made = computed(&t, false);

    ck_assert_uint_eq(made->rows_n, 1);
    ck_assert_uint_eq(made->rows[0].bid, OURS);
    ck_assert_int_eq(made->rows[0].net.high, -28000);
    lowered_free(&made);
}
END_TEST

START_TEST(who_can_turn_to_something_else_is_not_flagged)
{
    struct tender t;
    golden_today(&t);
    for (size_t i = 0; i < t.model.reaches_n; i++)
        t.reaches[i].reachable = true;
    struct lowered_result *made = computed(&t, true);

    ck_assert_uint_eq(made->rows_n, 0);
    lowered_free(&made);
}
END_TEST

START_TEST(nothing_is_flagged_that_what_is_not_known_could_undo)
{
    struct tender t;
    golden_today(&t);
    /* Of the need that weighs .16 nothing is known: RIV2 covers .9 of it. */
    satisfaction[CHAIR * t.model.needs_n + N4] = MODEL_ABSENT;
    struct lowered_result *made = computed(&t, true);

    for (size_t i = 0; i < made->rows_n; i++)
        ck_assert_uint_ne(made->rows[i].bid, RIV2);
    lowered_free(&made);
}
END_TEST

START_TEST(the_status_quo_stands_for_today_where_nobody_was_asked)
{
    struct tender t;
    golden_today(&t);
    t.model.satisfaction = NULL;
    for (size_t n = 0; n < t.model.needs_n; n++)
        covers[n] = exactly(ONE * 6 / 10);
    t.model.alternatives = &alternative;
    t.model.alternatives_n = 1;
    t.model.alternative_covers = covers;
    for (size_t i = 0; i < t.model.reaches_n; i++)
        t.reaches[i].alternative = t.reaches[i].reachable ? 0 : MODEL_NOWHERE;
    struct lowered_result *made = computed(&t, true);

    ck_assert_uint_eq(made->rows_n, 1);
    ck_assert_uint_eq(made->rows[0].bid, RIV1);
    ck_assert_int_eq(made->rows[0].net.low, -172000);
    lowered_free(&made);
}
END_TEST

START_TEST(without_users_it_is_refused)
{
    struct lowered_result *made = NULL;
    struct tender t;

    golden_today(&t);
    t.model.needs_n = 0;
    ck_assert_int_eq(lowered_compute(&t.model, true, &made), ERR_STATE);
    ck_assert_ptr_null(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/lowered");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);

    tcase_add_test(
        tests, who_would_have_less_than_today_is_named_with_how_much);
    tcase_add_test(tests, our_bid_alone_unless_all_are_asked_for);
    tcase_add_test(tests, who_can_turn_to_something_else_is_not_flagged);
    tcase_add_test(tests, nothing_is_flagged_that_what_is_not_known_could_undo);
    tcase_add_test(
        tests, the_status_quo_stands_for_today_where_nobody_was_asked);
    tcase_add_test(tests, without_users_it_is_refused);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
