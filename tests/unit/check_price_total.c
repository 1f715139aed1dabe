/* SPDX-License-Identifier: Apache-2.0
 *
 * check_price_total.c - rules that give the total itself, with gates, ties,
 * preference points, scales and places, through the whole award.
 */
#include "tests/unit/tender.h"
#include "value/award/award.h"

#include <check.h>
#include <stdlib.h>

enum { BIDS = 4 };

/* One quality criterion marked 0..100 and the price. */
static const struct {
    const char *about;
    struct model_criterion by;
    int64_t quality_weight, price_weight;
    int64_t marks[BIDS], prices[BIDS]; /* units; price 0 ends the list */
    int64_t totals[BIDS];              /* micro */
    size_t first;
} rows[] = {
    {"value for money: quality / price x 100000",
        {.rule = RULE_QUALITY_PER_PRICE, .reference = 100000 * ONE}, 50, 50,
        {80, 70}, {110000, 95000}, {727273, 736842}, 1},
    {"weighted value for money with equal weights",
        {.rule = RULE_QUALITY_POWER, .reference = 100000 * ONE}, 50, 50,
        {80, 70}, {110000, 95000}, {727273, 736842}, 1},
    {"weighted value for money, quality twice the price: squared",
        {.rule = RULE_QUALITY_POWER, .reference = 100 * ONE}, 40, 20, {80, 70},
        {110, 95}, {581818, 515789}, 0},
    {"utility index 40 to 60", {.rule = RULE_UTILITY_INDEX}, 40, 60, {90, 70},
        {120, 100}, {833333, 866667}, 1},
    {"utility index, N = 1.5", {.rule = RULE_UTILITY_INDEX}, 60, 40,
        {90, 80, 60}, {1000, 875, 600}, {600000, 582857, 550000}, 0},
    {"superformula with n = -1: the lower the better",
        {.rule = RULE_SUPERFORMULA,
            .power = -ONE,
            .reference = 100000 * ONE,
            .reference_quality = ONE * 7 / 10},
        50, 50, {100, 70, 70}, {130000, 100000, 99000},
        {2000000, 2000000, 1990000}, 2},
    {"award on value: a criterion worth 2500 judged 60 %",
        {.rule = RULE_VALUE_OFF_PRICE}, 2500, 0, {60}, {80000}, {78500000000},
        0},
    {"Norwegian surcharge 60 to 40", {.rule = RULE_SURCHARGE}, 60, 40,
        {80, 70, 100}, {100, 90, 120}, {130000000, 130500000, 120000000}, 2},
    /* what-when-how.com, table 17-2: 1176471, 1368421, 1600000. */
    {"price over technical fraction", {.rule = RULE_PRICE_PER_QUALITY}, 100, 0,
        {85, 95, 50}, {1000000, 1300000, 800000},
        {1176470588235, 1368421052632, 1600000000000}, 0},
    {"relative value cost: (q + 100) / (lowest q + 100)",
        {.rule = RULE_RELATIVE_COST}, 100, 0, {80, 60}, {1100, 1000},
        {977777778, 1000000000}, 0},
    {"ProZorro: 475000 with 19/16 beats 460000",
        {.rule = RULE_NORMALISED_PRICE}, 20, 80, {75, 0}, {475000, 460000},
        {400000000000, 460000000000}, 0},
    {"ProZorro: all of .3 makes the coefficient 10/7",
        {.rule = RULE_NORMALISED_PRICE}, 30, 70, {100, 0}, {10, 10},
        {7000000, 10000000}, 0},
    {"an expression for the total: the ratio and the quality",
        {.rule = RULE_EXPRESSION_TOTAL, .expression = "q + wp * pmin / p"}, 80,
        20, {85, 92}, {100000, 130000}, {88000000, 88984615}, 1},
    /* Z .009, .009444, .009756: edges .009268 and .008780. */
    {"within 5 % of the best, the most quality wins, not the best index",
        {.rule = RULE_QUALITY_CORRIDOR,
            .reference = 100000 * ONE,
            .corridor = ONE / 20,
            .deciding = DECIDING_QUALITY},
        50, 50, {90, 85, 80}, {100000, 90000, 82000}, {900000, 944444, 975610},
        1},
    {"within 10 % of the best, the most quality of all",
        {.rule = RULE_QUALITY_CORRIDOR,
            .reference = 100000 * ONE,
            .corridor = ONE / 10,
            .deciding = DECIDING_QUALITY},
        50, 50, {90, 85, 80}, {100000, 90000, 82000}, {900000, 944444, 975610},
        0},
    {"within 10 % of the best, the lowest price",
        {.rule = RULE_QUALITY_CORRIDOR,
            .reference = 100000 * ONE,
            .corridor = ONE / 10,
            .deciding = DECIDING_PRICE},
        50, 50, {90, 85, 74}, {100000, 90000, 81900}, {900000, 944444, 903541},
        2},
    {"on the edge is within: .9 is 90 % of 1",
        {.rule = RULE_QUALITY_CORRIDOR,
            .reference = 100000 * ONE,
            .corridor = ONE / 10,
            .deciding = DECIDING_CRITERION},
        50, 50, {90, 80}, {100000, 80000}, {900000, 1000000}, 0},
};

static void set_up(struct tender *t, int row)
{
    tender_empty(t);
    t->model.criteria_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(rows[row].quality_weight * ONE, 100 * ONE);
    t->criteria[1] = rows[row].by;
    t->criteria[1].is_price = true;
    t->criteria[1].weight = exactly(rows[row].price_weight * ONE);
    t->criteria[1].set_max = MODEL_ABSENT;
    for (size_t b = 0; b < BIDS && rows[row].prices[b] > 0; b++) {
        t->bids[b].price = exactly(rows[row].prices[b] * ONE);
        *mark_at(t, b, 0) = exactly(rows[row].marks[b] * ONE);
        t->model.bids_n++;
    }
}

static struct award_result *computed(const struct tender *t)
{
    struct award_result *made = NULL;

    ck_assert_int_eq(award_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(each_rule_gives_the_totals_of_its_vectors)
{
    struct tender t;
    set_up(&t, _i);
    struct award_result *made = computed(&t);

    for (size_t b = 0; b < made->bids_n; b++)
        ck_assert_msg(made->bids[b].points == rows[_i].totals[b],
            "%s: bid %zu has %lld", rows[_i].about, b,
            (long long)made->bids[b].points);
    ck_assert_uint_eq(made->bids[rows[_i].first].rank, 1);
    ck_assert_uint_eq(made->leader, rows[_i].first);
    ck_assert_int_eq(made->points[1], MODEL_ABSENT);
    ck_assert_int_eq(made->criteria[0].flip.change, MODEL_ABSENT);
    award_free(&made);
}
END_TEST

START_TEST(a_lead_is_positive_for_who_stands_better_whichever_way)
{
    struct tender t;
    set_up(&t, 10);
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[0].lead, 60000000000);
    ck_assert_int_eq(made->bids[1].lead, -60000000000);
    /* 460000 x 19 / 16 */
    ck_assert_int_eq(made->to_win, TO_WIN_AT);
    ck_assert_int_eq(made->to_win_price, 546250000000);
    award_free(&made);
}
END_TEST

START_TEST(a_life_cycle_cost_is_added_to_the_normalised_price)
{
    struct tender t;
    set_up(&t, 10);
    t.bids[0].life_cycle = 60001 * ONE;
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[0].points, 460001000000);
    ck_assert_uint_eq(made->bids[0].rank, 2);
    award_free(&made);
}
END_TEST

START_TEST(the_price_deficit_of_a_utility_index_is_the_price_to_win)
{
    struct tender t;
    set_up(&t, 4);
    t.model.ours = 1;
    struct award_result *made = computed(&t);

    /* .85 x 1000 = 850: a deficit of 25 on 875. */
    ck_assert_int_eq(made->to_win_price, 850000000);
    award_free(&made);
    t.model.ours = 2;
    made = computed(&t);
    ck_assert_int_eq(made->to_win_price, 550000000);
    award_free(&made);
}
END_TEST

START_TEST(a_quality_of_nothing_has_no_price_for_each_of_its_points)
{
    struct tender t;
    set_up(&t, 8);
    *mark_at(&t, 2, 0) = exactly(0);
    struct award_result *made = computed(&t);

    ck_assert(!made->bids[2].admitted);
    ck_assert_int_eq(made->bids[2].refused, REFUSED_MARK);
    ck_assert_uint_eq(made->bids[2].gate, 1);
    award_free(&made);
}
END_TEST

START_TEST(a_rule_that_gives_the_total_stands_alone)
{
    struct award_result *made = NULL;
    struct tender t;
    set_up(&t, 10);
    t.criteria[0] = priced(ONE, RULE_LOWEST_RATIO);

    ck_assert_int_eq(award_compute(&t.model, &made), ERR_STATE);
}
END_TEST

/* Alaska RFP 180000022, 6.15(b): 83 74 80 and ten points of preference for
 * the second and third: 83 84 90. */
START_TEST(preference_points_are_added_to_the_total)
{
    static const int64_t marks[] = {83, 74, 80};
    struct tender t;
    tender_empty(&t);
    t.model.criteria_n = 1;
    t.model.bids_n = 3;
    t.model.ours = 0;
    t.criteria[0] = quality(100 * ONE, 100 * ONE);
    for (size_t b = 0; b < 3; b++) {
        t.marks[b] = exactly(marks[b] * ONE);
        t.bids[b].bonus = b > 0 ? 10 * ONE : 0;
    }
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[1].points, 84000000);
    ck_assert_int_eq(made->bids[2].points, 90000000);
    ck_assert_uint_eq(made->leader, 2);
    award_free(&made);
}
END_TEST

START_TEST(too_little_quality_in_all_refuses_a_bid)
{
    struct tender t;
    tender_golden(&t);
    /* OURS 44, RIV1 36.5, RIV2 49.15 points of quality. */
    t.model.min_quality = 44 * ONE;
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[RIV1].refused, REFUSED_QUALITY);
    ck_assert_uint_eq(made->bids[RIV1].gate, MODEL_NOWHERE);
    ck_assert(made->bids[OURS].admitted);
    /* The lowest price is ours now. */
    ck_assert_int_eq(made->bids[OURS].points, 84000000);
    ck_assert_int_eq(made->bids[RIV2].points, 83816667);
    award_free(&made);
}
END_TEST

START_TEST(only_the_best_in_quality_are_compared)
{
    struct tender t;
    tender_golden(&t);
    t.model.max_pass = 2;
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->bids[RIV1].refused, REFUSED_PLACE);
    ck_assert_int_eq(made->bids[OURS].points, 84000000);
    /* Without RIV2 the third takes its place. */
    ck_assert_uint_eq(made->leader, OURS);
    award_free(&made);
    t.model.max_pass = 1;
    made = computed(&t);
    ck_assert_int_eq(made->bids[OURS].refused, REFUSED_PLACE);
    ck_assert_int_eq(made->to_win, TO_WIN_NONE);
    award_free(&made);
}
END_TEST

START_TEST(a_published_rule_settles_ties)
{
    struct tender t;
    tender_empty(&t);
    t.model.criteria_n = 2;
    t.model.bids_n = 2;
    t.model.ours = 0;
    t.criteria[0] = priced(50 * ONE, RULE_LOWEST_RATIO);
    t.criteria[1] = quality(50 * ONE, 100 * ONE);
    /* 50 + 25 and 25 + 50. */
    t.bids[0].price = exactly(100 * ONE);
    t.bids[1].price = exactly(200 * ONE);
    *mark_at(&t, 0, 1) = exactly(50 * ONE);
    *mark_at(&t, 1, 1) = exactly(100 * ONE);
    t.bids[0].date = 2;
    t.bids[1].date = 1;
    static const struct {
        enum tie_rule tie;
        bool first_wins, second_wins;
    } ways[] = {{TIE_STANDS, true, true}, {TIE_QUALITY, false, true},
        {TIE_PRICE, true, false}, {TIE_DATE, false, true}};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        t.model.tie = ways[i].tie;
        struct award_result *made = computed(&t);
        ck_assert_int_eq(made->bids[0].points, made->bids[1].points);
        ck_assert_int_eq(made->bids[0].wins, ways[i].first_wins);
        ck_assert_int_eq(made->bids[1].wins, ways[i].second_wins);
        ck_assert_int_eq(made->bids[0].tie, ways[i].tie == TIE_STANDS);
        ck_assert_uint_eq(made->bids[0].rank, ways[i].first_wins ? 1 : 2);
        award_free(&made);
    }
}
END_TEST

START_TEST(a_table_of_levels_gives_what_its_texts_earn)
{
    static const struct model_level levels[] = {
        {0, 0}, {2 * ONE, ONE / 10}, {4 * ONE, ONE / 2}, {5 * ONE, ONE}};
    static const int64_t halves[] = {0, 1, 4, 6, 8, 9, 10};
    static const int64_t points[] = {
        0, 1000000, 4000000, 12000000, 20000000, 30000000, 40000000};
    struct tender t;
    tender_empty(&t);
    t.model.criteria_n = 1;
    t.model.bids_n = 7;
    t.model.ours = 0;
    t.criteria[0] = quality(40 * ONE, 5 * ONE);
    t.criteria[0].levels = levels;
    t.criteria[0].levels_n = 4;
    for (size_t b = 0; b < 7; b++)
        t.marks[b] = exactly(halves[b] * ONE / 2);
    struct award_result *made = computed(&t);

    for (size_t b = 0; b < 7; b++)
        ck_assert_int_eq(made->bids[b].points, points[b]);
    award_free(&made);
}
END_TEST

START_TEST(an_expression_that_rewards_dear_bids_is_won_however_dear)
{
    struct tender t;
    set_up(&t, 12);
    t.criteria[1].expression = "q + wp * p / pmax";
    struct award_result *made = computed(&t);

    ck_assert_int_eq(made->to_win, TO_WIN_ANY);
    award_free(&made);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/price_total");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, each_rule_gives_the_totals_of_its_vectors, 0, ROWS(rows));
    tcase_add_test(all, a_lead_is_positive_for_who_stands_better_whichever_way);
    tcase_add_test(all, a_life_cycle_cost_is_added_to_the_normalised_price);
    tcase_add_test(
        all, the_price_deficit_of_a_utility_index_is_the_price_to_win);
    tcase_add_test(
        all, a_quality_of_nothing_has_no_price_for_each_of_its_points);
    tcase_add_test(all, a_rule_that_gives_the_total_stands_alone);
    tcase_add_test(all, preference_points_are_added_to_the_total);
    tcase_add_test(all, too_little_quality_in_all_refuses_a_bid);
    tcase_add_test(all, only_the_best_in_quality_are_compared);
    tcase_add_test(all, a_published_rule_settles_ties);
    tcase_add_test(all, a_table_of_levels_gives_what_its_texts_earn);
    tcase_add_test(
        all, an_expression_that_rewards_dear_bids_is_won_however_dear);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
