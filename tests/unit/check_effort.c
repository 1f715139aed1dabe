/* SPDX-License-Identifier: Apache-2.0
 *
 * check_effort.c - what an offer makes users do is taken off its value.
 */
#include "value/users/effort.h"

#include "tests/unit/tender.h"
#include "value/users/users.h"

#include <check.h>
#include <stdlib.h>

static struct model_effort efforts[3];

/* The night bus with 25 minutes, fifty times a year, for night workers. */
static void golden_with_effort(struct tender *t)
{
    tender_golden(t);
    efforts[0] = (struct model_effort){.element = O2,
        .segment = NIGHT,
        .minutes = 25 * ONE,
        .times = 50 * ONE,
        .saving = 500 * ONE,
        .reward = 200 * ONE};
    t->model.efforts = efforts;
    t->model.efforts_n = 1;
    t->elements[O2].always = true;
    t->model.effects_n = 0; /* the value stays .7 */
    t->segments[NIGHT].hour_value = 12 * ONE;
    t->segments[NIGHT].full_value = 1000 * ONE;
}

static struct effort_result *computed(const struct tender *t, size_t factor)
{
    struct effort_result *made = NULL;

    ck_assert_int_eq(effort_compute(&t->model, 0, factor, &made), ERR_OK);
    return made;
}

START_TEST(hours_and_reward_are_taken_off_the_value)
{
    struct tender t;
    golden_with_effort(&t);
    struct effort_result *made = computed(&t, 3);

    ck_assert(made->any);
    ck_assert_int_eq(made->segments[NIGHT].hours, 20833333);
    ck_assert_int_eq(made->segments[NIGHT].reward, 200000000);
    ck_assert_int_eq(made->segments[NIGHT].net, 650000);
    /* Of whom nothing is asked the value stays. */
    ck_assert(!made->segments[CHAIR].recorded);
    ck_assert_int_eq(made->segments[CHAIR].net, 752000);
    ck_assert_int_eq(made->mean, 662625);
    ck_assert_int_eq(made->min, 650000);
    ck_assert_int_eq(made->max, 752000);
    ck_assert_uint_eq(made->worst, NIGHT);
    ck_assert_int_eq(made->captives, 752000);
    effort_free(&made);
}
END_TEST

static const struct {
    int64_t saving, reward;
    size_t factor;
    bool unfair;
} deals[] = {{600, 200, 3, false}, {601, 200, 3, true}, {601, 200, 4, false},
    {1, 0, 3, true}, {0, 0, 3, false}, {201, 200, 1, true}};

START_TEST(a_deal_is_unfair_when_we_save_more_than_the_factor_times_the_reward)
{
    struct tender t;
    golden_with_effort(&t);
    efforts[0].saving = deals[_i].saving * ONE;
    efforts[0].reward = deals[_i].reward * ONE;
    struct effort_result *made = computed(&t, deals[_i].factor);

    ck_assert_int_eq(made->segments[NIGHT].unfair, deals[_i].unfair);
    effort_free(&made);
}
END_TEST

START_TEST(efforts_of_a_segment_add_up)
{
    struct tender t;
    golden_with_effort(&t);
    efforts[1] = efforts[2] = efforts[0];
    efforts[2].element = O3; /* which is not in the offer */
    t.model.efforts_n = 3;
    struct effort_result *made = computed(&t, 3);

    ck_assert_int_eq(made->segments[NIGHT].hours, 41666667);
    ck_assert_int_eq(made->segments[NIGHT].net, 600000);
    effort_free(&made);
}
END_TEST

START_TEST(only_what_is_in_the_offer_asks_something)
{
    struct tender t;
    struct effort_result *made = NULL;
    golden_with_effort(&t);
    t.elements[O2].always = false;

    made = computed(&t, 3);
    ck_assert(!made->any);
    ck_assert_int_eq(made->mean, 700125);
    effort_free(&made);
    ck_assert_int_eq(effort_compute(&t.model, 2, 3, &made), ERR_OK);
    ck_assert_int_eq(made->segments[NIGHT].net, 650000);
    effort_free(&made);
    ck_assert_int_eq(effort_compute(&t.model, 8, 3, &made), ERR_ARG);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(without_the_worth_of_an_hour_there_are_hours_and_no_net_value)
{
    struct tender t;
    golden_with_effort(&t);
    t.segments[NIGHT].hour_value = MODEL_ABSENT;
    struct effort_result *made = computed(&t, 3);

    ck_assert_int_eq(made->segments[NIGHT].hours, 20833333);
    ck_assert_int_eq(made->segments[NIGHT].net, MODEL_ABSENT);
    ck_assert_int_eq(made->mean, MODEL_ABSENT);
    ck_assert_int_eq(made->min, MODEL_ABSENT);
    ck_assert_int_eq(made->captives, 752000);
    effort_free(&made);
}
END_TEST

START_TEST(a_reward_above_the_effort_can_lift_the_net_value_above_1)
{
    struct tender t;
    golden_with_effort(&t);
    efforts[0].reward = 1000 * ONE;
    struct effort_result *made = computed(&t, 3);

    ck_assert_int_eq(made->segments[NIGHT].net, 1450000);
    effort_free(&made);
}
END_TEST

START_TEST(a_segment_that_says_nothing_has_no_net_value)
{
    struct tender t;
    golden_with_effort(&t);
    for (size_t n = 0; n < 4; n++)
        *importance_at(&t, NIGHT, n) = MODEL_ABSENT;
    struct effort_result *made = computed(&t, 3);

    ck_assert_int_eq(made->segments[NIGHT].net, MODEL_ABSENT);
    ck_assert_int_eq(made->min, 683333);
    effort_free(&made);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/effort");
    TCase *all = tcase_create("all");
    tcase_add_test(all, hours_and_reward_are_taken_off_the_value);
    tcase_add_loop_test(all,
        a_deal_is_unfair_when_we_save_more_than_the_factor_times_the_reward, 0,
        ROWS(deals));
    tcase_add_test(all, efforts_of_a_segment_add_up);
    tcase_add_test(all, only_what_is_in_the_offer_asks_something);
    tcase_add_test(
        all, without_the_worth_of_an_hour_there_are_hours_and_no_net_value);
    tcase_add_test(
        all, a_reward_above_the_effort_can_lift_the_net_value_above_1);
    tcase_add_test(all, a_segment_that_says_nothing_has_no_net_value);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
