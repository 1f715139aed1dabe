/* SPDX-License-Identifier: Apache-2.0
 *
 * check_qualify.c - the verdict of questions, what would change it, and what
 * elements earn.
 */
#include "value/qualify.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

static struct qualify_ask ask_of(struct qualify_question *questions, size_t n)
{
    return (struct qualify_ask){.questions = questions,
        .n = n,
        .bid = QUALIFY_BID,
        .maybe = QUALIFY_MAYBE,
        .expected = MODEL_ABSENT};
}

static struct qualify_question question(int64_t weight, int64_t score)
{
    return (struct qualify_question){
        .weight = weight, .score = score, .floor = MODEL_ABSENT};
}

static struct qualify_result judged(const struct qualify_ask *ask)
{
    struct qualify_result result;

    qualify_judge(ask, &result);
    return result;
}

START_TEST(four_weighted_answers_have_their_mean)
{
    struct qualify_question q[] = {question(40 * ONE, 55 * ONE / 10),
        question(30 * ONE, 8 * ONE), question(20 * ONE, 7 * ONE),
        question(10 * ONE, 4 * ONE)};
    struct qualify_ask ask = ask_of(q, 4);

    ck_assert_int_eq(judged(&ask).share, 640000);
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_CONDITIONAL);
    ck_assert_int_eq(qualify_change(&ask, 0), 7 * ONE);
    ask.bid = ONE * 64 / 100;
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_BID);
    ck_assert_int_eq(qualify_change(&ask, 0), MODEL_ABSENT);
}
END_TEST

/* Twelve questions of ten points: 84 bid, 60 to 83 on conditions. */
static const struct {
    int64_t points;
    enum verdict verdict;
} bands[] = {{120, VERDICT_BID}, {84, VERDICT_BID}, {83, VERDICT_CONDITIONAL},
    {60, VERDICT_CONDITIONAL}, {59, VERDICT_NO}, {0, VERDICT_NO}};

START_TEST(twelve_questions_fall_into_their_bands)
{
    struct qualify_question q[12];
    int64_t left = bands[_i].points;

    for (size_t i = 0; i < 12; i++) {
        int64_t score = left < 10 ? left : 10;
        q[i] = question(ONE, score * ONE);
        left -= score;
    }
    struct qualify_ask ask = ask_of(q, 12);
    ck_assert_int_eq(judged(&ask).verdict, bands[_i].verdict);
}
END_TEST

START_TEST(a_floor_says_no_and_what_is_open_holds_back)
{
    struct qualify_question q[] = {
        question(ONE, 10 * ONE), question(ONE, 9 * ONE)};
    struct qualify_ask ask = ask_of(q, 2);

    q[1].floor = 95 * ONE / 10;
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_NO);
    ck_assert_int_eq(judged(&ask).by, BY_FLOOR);
    ck_assert_int_eq(qualify_change(&ask, 1), 95 * ONE / 10);
    ck_assert_int_eq(qualify_change(&ask, 0), MODEL_ABSENT);
    q[1].overridden = true;
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_BID);
    q[0].score = MODEL_ABSENT;
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_CONDITIONAL);
    ck_assert_int_eq(judged(&ask).by, BY_UNANSWERED);
    ck_assert_int_eq(qualify_change(&ask, 0), 5 * ONE);
    q[0].score = 10 * ONE;
    ask.expected = -1;
    ck_assert_int_eq(judged(&ask).by, BY_WORTH);
}
END_TEST

START_TEST(without_answers_or_weights_nothing_is_known)
{
    struct qualify_question q[] = {
        question(0, 10 * ONE), question(ONE, MODEL_ABSENT)};
    struct qualify_ask ask = ask_of(q, 0);

    ck_assert_int_eq(judged(&ask).verdict, VERDICT_UNKNOWN);
    ck_assert_int_eq(judged(&ask).share, MODEL_ABSENT);
    ask.n = 2;
    ck_assert_int_eq(judged(&ask).verdict, VERDICT_UNKNOWN);
    ck_assert_int_eq(qualify_change(&ask, 1), 0);
}
END_TEST

START_TEST(the_chance_that_pays_for_the_bid_is_cost_over_margin)
{
    ck_assert_int_eq(qualify_even(400 * ONE, 60 * ONE), 150000);
    ck_assert_int_eq(qualify_even(0, 60 * ONE), MODEL_ABSENT);
    ck_assert_int_eq(qualify_even(-ONE, 60 * ONE), MODEL_ABSENT);
}
END_TEST

START_TEST(an_element_is_kept_when_its_points_exceed_its_cost_in_points)
{
    struct qualify_element list[3];
    struct tender t;
    tender_golden(&t);

    ck_assert_int_eq(qualify_elements(&t.model, list), ERR_OK);
    ck_assert_int_eq(list[O1].gain, 77777523 - 78615385);
    ck_assert_int_eq(list[O2].points, 1050000);
    ck_assert_int_eq(list[O2].gain, 269202); /* 78.884586 - 78.615385 */
    ck_assert_int_eq(list[O3].points - list[O3].lost, list[O3].gain);
    t.elements[O3].cost = 0;
    ck_assert_int_eq(qualify_elements(&t.model, list), ERR_OK);
    ck_assert_int_eq(list[O3].rate, MODEL_ABSENT);
    ck_assert_int_eq(list[O3].gain, 3100000);
    t.model.bids_n = 0;
    t.model.ours = MODEL_NOWHERE;
    ck_assert_int_eq(qualify_elements(&t.model, list), ERR_STATE);
}
END_TEST

START_TEST(where_points_do_not_add_up_elements_are_not_told)
{
    struct qualify_element list[3];
    struct tender t;
    tender_golden(&t);
    t.criteria[C1].rule = RULE_QUALITY_PER_PRICE;

    ck_assert_int_eq(qualify_elements(&t.model, list), ERR_LIMIT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/qualify");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, four_weighted_answers_have_their_mean);
    tcase_add_loop_test(all, twelve_questions_fall_into_their_bands, 0,
        sizeof bands / sizeof *bands);
    tcase_add_test(all, a_floor_says_no_and_what_is_open_holds_back);
    tcase_add_test(all, without_answers_or_weights_nothing_is_known);
    tcase_add_test(all, the_chance_that_pays_for_the_bid_is_cost_over_margin);
    tcase_add_test(
        all, an_element_is_kept_when_its_points_exceed_its_cost_in_points);
    tcase_add_test(all, where_points_do_not_add_up_elements_are_not_told);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
