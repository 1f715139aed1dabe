/* SPDX-License-Identifier: Apache-2.0
 *
 * check_award.c - points, ranks, gates, price to win, paradox and flips.
 */
#include "value/award/award.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

static struct award_result *computed(const struct tender *t)
{
    struct award_result *made = NULL;

    ck_assert_int_eq(award_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(the_golden_award_has_its_points_ranks_and_leads)
{
    struct tender t;
    tender_golden(&t);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].points, 78615385);
    ck_assert_int_eq(made->bids[RIV1].points, 76500000);
    ck_assert_int_eq(made->bids[RIV2].points, 79150000);
    ck_assert_int_eq(made->bids[OURS].lead, -534615);
    ck_assert_int_eq(made->bids[RIV1].lead, -2650000);
    ck_assert_int_eq(made->bids[RIV2].lead, 534615);
    ck_assert_uint_eq(made->bids[OURS].rank, 2);
    ck_assert_uint_eq(made->bids[RIV1].rank, 3);
    ck_assert_uint_eq(made->bids[RIV2].rank, 1);
    ck_assert(!made->bids[OURS].wins && made->bids[RIV2].wins);
    ck_assert_uint_eq(made->leader, RIV2);
    ck_assert_uint_eq(made->estimates, 0);
    award_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(the_golden_award_tells_how_its_points_came_about)
{
    struct tender t;
    tender_golden(&t);
    struct award_result *made = computed(&t);
    const size_t at = (size_t)OURS * 4;

    ck_assert_int_eq(made->criteria[C1].lowest, 450000000);
    ck_assert_int_eq(made->criteria[C1].highest, 600000000);
    ck_assert_int_eq(made->criteria[C2].lowest, MODEL_ABSENT);
    ck_assert_int_eq(made->bids[OURS].price, 520000000);
    ck_assert_int_eq(made->shares[at + C1], 865385);
    ck_assert_int_eq(made->points[at + C1], 34615385);
    ck_assert_int_eq(made->marks[at + C1], MODEL_ABSENT);
    ck_assert_int_eq(made->marks[at + C2], 8000000);
    ck_assert_int_eq(made->shares[at + C2], 800000);
    ck_assert_int_eq(made->points[at + C2], 28000000);
    award_free(&made);
}
END_TEST

START_TEST(the_golden_price_to_win_is_exact_and_rounded_down)
{
    struct tender t;
    tender_golden(&t);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->to_win, TO_WIN_AT);
    ck_assert_int_eq(made->to_win_price, 512091038);
    award_free(&made);
}
END_TEST

START_TEST(without_the_first_rival_we_win_the_golden_award)
{
    struct tender t;
    tender_golden(&t);
    struct award_result *made = computed(&t);

    ck_assert_uint_eq(made->paradoxes_n, 1);
    ck_assert_uint_eq(made->paradoxes[0].without, RIV1);
    ck_assert_uint_eq(made->paradoxes[0].was, RIV2);
    ck_assert_uint_eq(made->paradoxes[0].winner, OURS);
    ck_assert_int_eq(made->paradoxes[0].points[OURS], 84000000);
    ck_assert_int_eq(made->paradoxes[0].points[RIV1], MODEL_ABSENT);
    ck_assert_int_eq(made->paradoxes[0].points[RIV2], 83816667);
    award_free(&made);
}
END_TEST

START_TEST(each_golden_weight_has_the_change_that_makes_us_tie)
{
    static const int64_t changes[] = {4633333, -5940171, 5346154, -2673077};
    struct tender t;
    tender_golden(&t);
    struct award_result *made = computed(&t);

    ck_assert_uint_eq(made->rival, RIV2);
    for (size_t k = 0; k < 4; k++) {
        ck_assert_int_eq(made->criteria[k].flip.change, changes[k]);
        ck_assert(made->criteria[k].flip.possible);
        ck_assert_int_eq(made->criteria[k].flip.smallest, k == C4);
    }
    award_free(&made);
}
END_TEST

START_TEST(other_weights_turn_the_golden_award_round)
{
    static const struct {
        int64_t weights[4], points[3];
    } rows[] = {
        {{45, 35, 10, 10}, {79942308, 79000000, 78900000}},
        {{30, 35, 10, 25}, {75961538, 71500000, 79650000}},
    };
    struct tender t;
    tender_golden(&t);
    for (size_t k = 0; k < 4; k++)
        t.criteria[k].weight = exactly(rows[_i].weights[k] * ONE);
    struct award_result *made = computed(&t);

    for (size_t b = 0; b < 3; b++)
        ck_assert_int_eq(made->bids[b].points, rows[_i].points[b]);
    award_free(&made);
}
END_TEST

START_TEST(a_flip_beyond_the_weight_is_not_possible_nor_the_smallest)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].weight = exactly(ONE);
    t.criteria[C2].weight = exactly(10000 * ONE);
    struct award_result *made = computed(&t);

    ck_assert_int_lt(made->criteria[C4].flip.change, -1000000);
    ck_assert(!made->criteria[C4].flip.possible);
    ck_assert(!made->criteria[C4].flip.smallest);
    award_free(&made);
}
END_TEST

START_TEST(equal_marks_leave_no_weight_change_to_find)
{
    struct tender t;
    tender_golden(&t);
    *mark_at(&t, OURS, C3) = *mark_at(&t, RIV2, C3);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->criteria[C3].flip.change, MODEL_ABSENT);
    ck_assert(!made->criteria[C3].flip.smallest);
    award_free(&made);
}
END_TEST

START_TEST(a_bid_below_a_gate_is_not_admitted_and_prices_are_compared_anew)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = ONE * 55 / 10; /* RIV1 has 5 */
    struct award_result *made = computed(&t);

    ck_assert(!made->bids[RIV1].admitted);
    ck_assert_uint_eq(made->bids[RIV1].gate, C4);
    ck_assert_uint_eq(made->bids[RIV1].rank, 0);
    ck_assert_int_eq(made->bids[RIV1].points, MODEL_ABSENT);
    ck_assert_int_eq(made->bids[RIV1].lead, MODEL_ABSENT);
    ck_assert_int_eq(made->points[RIV1 * 4 + C2], MODEL_ABSENT);
    ck_assert_int_eq(made->bids[OURS].points, 84000000);
    ck_assert_int_eq(made->bids[RIV2].points, 83816667);
    ck_assert_int_eq(made->criteria[C1].lowest, 520000000);
    ck_assert_uint_eq(made->paradoxes_n, 0);
    ck_assert_uint_eq(made->leader, OURS);
    award_free(&made);
}
END_TEST

START_TEST(a_mark_on_the_gate_passes_it)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = 5 * ONE;
    struct award_result *made = computed(&t);

    ck_assert(made->bids[RIV1].admitted);
    ck_assert_uint_eq(made->bids[RIV1].gate, MODEL_NOWHERE);
    award_free(&made);
}
END_TEST

START_TEST(when_all_fail_a_gate_nobody_leads)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = 10 * ONE;
    struct award_result *made = computed(&t);

    for (size_t b = 0; b < 3; b++)
        ck_assert(!made->bids[b].admitted && !made->bids[b].wins);
    ck_assert_uint_eq(made->leader, MODEL_NOWHERE);
    ck_assert_uint_eq(made->rival, MODEL_NOWHERE);
    ck_assert_int_eq(made->to_win, TO_WIN_NONE);
    ck_assert_int_eq(made->to_win_price, MODEL_ABSENT);
    ck_assert_int_eq(made->criteria[C1].lowest, MODEL_ABSENT);
    ck_assert_int_eq(made->criteria[C2].flip.change, MODEL_ABSENT);
    award_free(&made);
}
END_TEST

START_TEST(a_lone_bid_wins_at_any_price_and_leads_nobody)
{
    struct tender t;
    tender_golden(&t);
    t.model.bids_n = 1;
    struct award_result *made = computed(&t);

    ck_assert(made->bids[OURS].wins && !made->bids[OURS].tie);
    ck_assert_int_eq(made->bids[OURS].lead, MODEL_ABSENT);
    ck_assert_uint_eq(made->bids[OURS].rank, 1);
    ck_assert_int_eq(made->to_win, TO_WIN_ANY);
    ck_assert_int_eq(made->criteria[C2].flip.change, MODEL_ABSENT);
    award_free(&made);
}
END_TEST

START_TEST(a_tie_wins_for_both_and_is_told)
{
    struct tender t;
    tender_golden(&t);
    t.bids[RIV2] = t.bids[OURS];
    memcpy(mark_at(&t, RIV2, 0), mark_at(&t, OURS, 0), 4 * sizeof *t.marks);
    struct award_result *made = computed(&t);

    ck_assert(made->bids[OURS].tie && made->bids[RIV2].tie);
    ck_assert(made->bids[OURS].wins && made->bids[RIV2].wins);
    ck_assert(!made->bids[RIV1].tie);
    ck_assert_int_eq(made->bids[OURS].lead, 0);
    ck_assert_uint_eq(made->bids[RIV2].rank, 1);
    ck_assert_uint_eq(made->bids[RIV1].rank, 3);
    ck_assert_int_eq(made->to_win_price, 520000000);
    award_free(&made);
}
END_TEST

START_TEST(published_rounding_decides_before_the_lead)
{
    static const struct {
        enum rounding rounding;
        int digits;
        int64_t ours, rival;
        bool wins;
    } rows[] = {
        {ROUND_TOTAL, 0, 79000000, 79000000, true},
        {ROUND_TOTAL, 1, 78600000, 79200000, false},
        {ROUND_POINTS, 2, 78620000, 79150000, false},
        {ROUND_POINTS, 0, 79000000, 79000000, true}, /* 35+28+7+9, 30+31+6+12 */
        {ROUND_NONE, 0, 78615385, 79150000, false},
    };
    struct tender t;
    tender_golden(&t);
    set_rounding(&t, rows[_i].rounding, rows[_i].digits);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].points, rows[_i].ours);
    ck_assert_int_eq(made->bids[RIV2].points, rows[_i].rival);
    ck_assert_int_eq(made->bids[OURS].wins, rows[_i].wins);
    ck_assert_int_eq(made->bids[OURS].tie, rows[_i].wins);
    /* Flips are of the points before rounding. */
    ck_assert_int_eq(made->criteria[C4].flip.change, -2673077);
    award_free(&made);
}
END_TEST

START_TEST(price_to_win_tells_any_price_from_none)
{
    struct tender t;

    tender_golden(&t);
    *mark_at(&t, OURS, C2) = exactly(0);
    *mark_at(&t, RIV2, C2) = exactly(10 * ONE);
    *mark_at(&t, OURS, C4) = exactly(0);
    t.criteria[C4].weight = exactly(60 * ONE);
    struct award_result *made = computed(&t);
    ck_assert_int_eq(made->to_win, TO_WIN_NONE);
    ck_assert_int_eq(made->to_win_price, MODEL_ABSENT);
    award_free(&made);

    tender_golden(&t);
    t.criteria[C1].weight = exactly(0);
    *mark_at(&t, OURS, C2) = exactly(10 * ONE);
    *mark_at(&t, OURS, C4) = exactly(10 * ONE);
    made = computed(&t);
    ck_assert_int_eq(made->to_win, TO_WIN_ANY);
    award_free(&made);
}
END_TEST

START_TEST(without_a_price_criterion_no_price_is_needed)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C1] = quality(40 * ONE, 10 * ONE);
    for (size_t b = 0; b < 3; b++) {
        *mark_at(&t, b, C1) = exactly(5 * ONE);
        t.bids[b].price = not_recorded();
    }
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].price, MODEL_ABSENT);
    ck_assert_int_eq(made->to_win, TO_WIN_NONE);
    award_free(&made);
}
END_TEST

/* A discontinuity: at equal prices both have all points, below we alone. */
START_TEST(min_max_against_one_equal_rival_is_won_just_below_its_price)
{
    static const int64_t marks_and_prices[][2] = {
        {50, 100000000}, {40, 99999999}};
    struct tender t;
    tender_golden(&t);
    t.model.bids_n = 2;
    t.model.criteria_n = 2;
    t.model.elements_n = t.model.effects_n = 0;
    t.criteria[C1].rule = RULE_MIN_MAX;
    t.bids[RIV1].price = exactly(100 * ONE);
    *mark_at(&t, OURS, 1) = exactly(marks_and_prices[_i][0] * ONE / 10);
    *mark_at(&t, RIV1, 1) = exactly(5 * ONE);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->to_win, TO_WIN_AT);
    ck_assert_int_eq(made->to_win_price, marks_and_prices[_i][1]);
    award_free(&made);
}
END_TEST

/* Own quality 45, rivals (50, 100) and (38, 80), weight 40: 3200/37. */
START_TEST(the_published_price_to_win_vector_holds)
{
    struct tender t;
    tender_golden(&t);
    t.model.criteria_n = 2;
    t.model.elements_n = t.model.effects_n = 0;
    t.criteria[C2] = quality(60 * ONE, 60 * ONE);
    t.bids[RIV1].price = exactly(100 * ONE);
    t.bids[RIV2].price = exactly(80 * ONE);
    *mark_at(&t, OURS, 1) = exactly(45 * ONE);
    *mark_at(&t, RIV1, 1) = exactly(50 * ONE);
    *mark_at(&t, RIV2, 1) = exactly(38 * ONE);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[RIV1].points, 82000000);
    ck_assert_int_eq(made->bids[RIV2].points, 78000000);
    ck_assert_int_eq(made->to_win_price, 86486486);
    award_free(&made);
}
END_TEST

/* 50/50, (50, 50) (75, 75) (100, 100): the balanced bid always loses. */
START_TEST(the_goldilocks_vector_holds)
{
    static const int64_t points[] = {75000000, 70833333, 75000000};
    struct tender t;
    tender_golden(&t);
    t.model.criteria_n = 2;
    t.model.elements_n = t.model.effects_n = 0;
    t.criteria[C1].weight = exactly(50 * ONE);
    t.criteria[C2] = quality(50 * ONE, 100 * ONE);
    for (size_t b = 0; b < 3; b++) {
        t.bids[b].price = exactly((50 + 25 * (int64_t)b) * ONE);
        *mark_at(&t, b, 1) = t.bids[b].price;
    }
    struct award_result *made = computed(&t);

    for (size_t b = 0; b < 3; b++)
        ck_assert_int_eq(made->bids[b].points, points[b]);
    award_free(&made);
}
END_TEST

START_TEST(ranges_are_computed_by_their_likely_value_and_counted)
{
    struct tender t;
    tender_golden(&t);
    t.bids[RIV1].price = (struct estimate){440 * ONE, 450 * ONE, 470 * ONE};
    *mark_at(&t, RIV1, C2) = (struct estimate){5 * ONE, 6 * ONE, 7 * ONE};
    t.criteria[C3].weight = (struct estimate){5 * ONE, 10 * ONE, 15 * ONE};
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].points, 78615385);
    ck_assert_uint_eq(made->estimates, 3);
    award_free(&made);
}
END_TEST

START_TEST(what_is_always_in_is_in_the_award_and_a_set_joins_it)
{
    struct tender t;
    struct award_result *made;
    tender_golden(&t);
    t.elements[O2].always = true;

    made = computed(&t);
    ck_assert_int_eq(made->bids[OURS].price, 532000000);
    ck_assert_int_eq(made->bids[OURS].points, 78884586);
    ck_assert_int_eq(made->marks[OURS * 4 + C2], 8300000);
    award_free(&made);

    /* Bit 1 is now the third element: O2 is no choice any more. */
    ck_assert_int_eq(award_compute_offer(&t.model, 2, &made), ERR_OK);
    ck_assert_int_eq(made->bids[OURS].points, 79618531);
    ck_assert_int_eq(made->bids[OURS].lead, 468531);
    award_free(&made);
    ck_assert_int_eq(award_compute_offer(&t.model, 4, &made), ERR_ARG);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(a_price_its_rule_can_not_look_at_is_refused_like_a_gate)
{
    struct tender t;
    tender_golden(&t);
    t.elements[O1].always = true;
    t.elements[O1].cost = -600 * ONE;
    struct award_result *made = computed(&t);

    ck_assert(!made->bids[OURS].admitted);
    ck_assert_uint_eq(made->bids[OURS].gate, C1);
    ck_assert_int_eq(made->bids[OURS].price, -80000000);
    award_free(&made);
}
END_TEST

START_TEST(huge_numbers_stay_at_the_limit_instead_of_overflowing)
{
    const int64_t most = DECIMAL_LIMIT * ONE;
    struct tender t;
    tender_golden(&t);
    for (size_t k = 0; k < 4; k++)
        t.criteria[k].weight = exactly(most);
    t.criteria[C1].rule = RULE_SET_LIMITS;
    t.criteria[C1].clamp = false;
    t.criteria[C1].set_min = 0;
    t.criteria[C1].set_max = 1;
    t.bids[OURS].price = exactly(most);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].points, -INT64_MAX);
    ck_assert_int_eq(made->bids[OURS].price, DECIMAL_LIMIT * 1000000);
    ck_assert_uint_eq(made->bids[OURS].rank, 3);
    award_free(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/award");
    TCase *all = tcase_create("all");
    tcase_add_test(all, the_golden_award_has_its_points_ranks_and_leads);
    tcase_add_test(all, the_golden_award_tells_how_its_points_came_about);
    tcase_add_test(all, the_golden_price_to_win_is_exact_and_rounded_down);
    tcase_add_test(all, without_the_first_rival_we_win_the_golden_award);
    tcase_add_test(all, each_golden_weight_has_the_change_that_makes_us_tie);
    tcase_add_loop_test(all, other_weights_turn_the_golden_award_round, 0, 2);
    tcase_add_test(
        all, a_flip_beyond_the_weight_is_not_possible_nor_the_smallest);
    tcase_add_test(all, equal_marks_leave_no_weight_change_to_find);
    tcase_add_test(
        all, a_bid_below_a_gate_is_not_admitted_and_prices_are_compared_anew);
    tcase_add_test(all, a_mark_on_the_gate_passes_it);
    tcase_add_test(all, when_all_fail_a_gate_nobody_leads);
    tcase_add_test(all, a_lone_bid_wins_at_any_price_and_leads_nobody);
    tcase_add_test(all, a_tie_wins_for_both_and_is_told);
    tcase_add_loop_test(all, published_rounding_decides_before_the_lead, 0, 5);
    tcase_add_test(all, price_to_win_tells_any_price_from_none);
    tcase_add_test(all, without_a_price_criterion_no_price_is_needed);
    tcase_add_loop_test(
        all, min_max_against_one_equal_rival_is_won_just_below_its_price, 0, 2);
    tcase_add_test(all, the_published_price_to_win_vector_holds);
    tcase_add_test(all, the_goldilocks_vector_holds);
    tcase_add_test(all, ranges_are_computed_by_their_likely_value_and_counted);
    tcase_add_test(all, what_is_always_in_is_in_the_award_and_a_set_joins_it);
    tcase_add_test(
        all, a_price_its_rule_can_not_look_at_is_refused_like_a_gate);
    tcase_add_test(all, huge_numbers_stay_at_the_limit_instead_of_overflowing);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
