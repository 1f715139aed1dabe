/* SPDX-License-Identifier: Apache-2.0
 *
 * check_price.c - the price rules against published and recomputed vectors.
 */
#include "tests/unit/tender.h"
#include "value/award/price.h"

#include <check.h>
#include <stdlib.h>

enum { BIDS = 3 };

static const struct row {
    enum price_rule rule;
    bool free;                        /* set limits do not clamp */
    int64_t weight, parameter, other; /* zero-at; set-min and set-max */
    int64_t prices[BIDS];             /* units */
    int64_t points[BIDS];             /* micro */
} rows[] = {
    /* Prices 80, 100, 120 and weight 100. */
    {RULE_LOWEST_RATIO, false, 100, 0, 0, {80, 100, 120},
        {100000000, 80000000, 66666667}},
    {RULE_MIN_MAX, false, 100, 0, 0, {80, 100, 120}, {100000000, 50000000, 0}},
    {RULE_ZERO_AT, false, 100, 20000, 0, {80, 100, 120},
        {100000000, 75000000, 50000000}},
    {RULE_ZERO_AT, false, 100, 15000, 0, {80, 100, 120},
        {100000000, 50000000, 0}},
    {RULE_SET_LIMITS, false, 100, 600000, 1400000, {80, 100, 120},
        {75000000, 50000000, 25000000}},
    /* Weight 40, prices 100, 120, 150. */
    {RULE_LOWEST_RATIO, false, 40, 0, 0, {100, 120, 150},
        {40000000, 33333333, 26666667}},
    {RULE_MIN_MAX, false, 40, 0, 0, {100, 120, 150}, {40000000, 24000000, 0}},
    {RULE_ZERO_AT, false, 40, 20000, 0, {100, 120, 150},
        {40000000, 32000000, 20000000}},
    {RULE_ZERO_AT, false, 40, 30000, 0, {100, 120, 150},
        {40000000, 36000000, 30000000}},
    {RULE_SET_LIMITS, false, 40, 800000, 1600000, {100, 120, 150},
        {30000000, 20000000, 5000000}},
    /* A buyer's published example: 37.4 and 33.7 after rounding. */
    {RULE_LOWEST_RATIO, false, 40, 0, 0, {40000, 42750, 47500},
        {40000000, 37426901, 33684211}},
    /* Another: 200 and 235 are 17.5 % apart, so 7 of 40 points are lost. */
    {RULE_ZERO_AT, false, 40, 20000, 0, {200, 235, 500},
        {40000000, 33000000, 0}},
    /* Outside the set limits, clamped and not. */
    {RULE_SET_LIMITS, false, 40, 1000000, 2000000, {50, 150, 300},
        {40000000, 20000000, 0}},
    {RULE_SET_LIMITS, true, 40, 1000000, 2000000, {50, 150, 300},
        {60000000, 20000000, -40000000}},
    /* Zero at twice the lowest, not clamped: below 0 beyond it. */
    {RULE_ZERO_AT, true, 40, 20000, 0, {100, 150, 300},
        {40000000, 20000000, -40000000}},
    {RULE_LOWEST_LOG, false, 100, 20000, 0, {80, 100, 120},
        {100000000, 67807191, 41503750}},
    {RULE_LOWEST_LOG, false, 40, 20000, 0, {100, 120, 150},
        {40000000, 29478624, 16601500}},
    {RULE_LOWEST_LOG, true, 40, 20000, 0, {100, 200, 400},
        {40000000, 0, -40000000}},
    {RULE_LOWEST_LOG, false, 40, 20000, 0, {100, 200, 400}, {40000000, 0, 0}},
    {RULE_MEAN_LINEAR, false, 100, 0, 0, {80, 100, 120},
        {60000000, 50000000, 40000000}},
    {RULE_MEDIAN_LINEAR, false, 100, 0, 0, {80, 100, 150},
        {60000000, 50000000, 25000000}},
    /* All prices equal: full points in every relative rule. */
    {RULE_LOWEST_RATIO, false, 40, 0, 0, {7, 7, 7},
        {40000000, 40000000, 40000000}},
    {RULE_MIN_MAX, false, 40, 0, 0, {7, 7, 7}, {40000000, 40000000, 40000000}},
    {RULE_ZERO_AT, false, 40, 15000, 0, {7, 7, 7},
        {40000000, 40000000, 40000000}},
    /* A price of 0 where the rule allows it. */
    {RULE_MIN_MAX, false, 40, 0, 0, {0, 50, 100}, {40000000, 20000000, 0}},
    {RULE_SET_LIMITS, false, 40, 0, 1000000, {0, 50, 100},
        {40000000, 20000000, 0}},
    /* The largest prices and weight that can be recorded. */
    {RULE_LOWEST_RATIO, false, 1000000000000, 0, 0,
        {1000000000000, 1000000000000, 500000000000},
        {500000000000000000, 500000000000000000, 1000000000000000000}},
};

static struct model_criterion rule_of(const struct row *row)
{
    struct model_criterion c = priced(row->weight * ONE, row->rule);

    c.zero_at = c.set_min = row->parameter;
    c.set_max = row->other;
    c.clamp = !row->free;
    return c;
}

START_TEST(each_rule_gives_the_points_of_its_vectors)
{
    const struct row *row = &rows[_i];
    struct model_criterion c = rule_of(row);
    struct price_used used;
    int64_t prices[BIDS];
    int64_t points[BIDS];

    for (size_t i = 0; i < BIDS; i++)
        prices[i] = row->prices[i] * ONE;
    ck_assert_int_eq(
        price_points(&c, prices, NULL, BIDS, points, &used), ERR_OK);

    for (size_t i = 0; i < BIDS; i++)
        ck_assert_int_eq(points[i], row->points[i]);
    ck_assert_int_eq(used.fault, PRICE_FINE);
}
END_TEST

START_TEST(one_bid_alone_takes_all_points_of_a_relative_rule)
{
    static const enum price_rule relative[] = {
        RULE_LOWEST_RATIO, RULE_MIN_MAX, RULE_ZERO_AT};
    struct model_criterion c = priced(40 * ONE, relative[_i]);
    struct price_used used;
    int64_t price = 120 * ONE;
    int64_t points = 0;

    c.zero_at = 2 * ONE;
    ck_assert_int_eq(price_points(&c, &price, NULL, 1, &points, &used), ERR_OK);

    ck_assert_int_eq(points, 40000000);
}
END_TEST

START_TEST(only_admitted_bids_are_looked_at)
{
    struct model_criterion c = priced(40 * ONE, RULE_LOWEST_RATIO);
    static const int64_t prices[] = {
        10 * ONE, 100 * ONE, 120 * ONE, 0, MODEL_ABSENT};
    static const bool admitted[] = {false, true, true, false, false};
    struct price_used used;
    int64_t points[5];

    ck_assert_int_eq(
        price_points(&c, prices, admitted, 5, points, &used), ERR_OK);

    ck_assert_int_eq(points[0], MODEL_ABSENT);
    ck_assert_int_eq(points[1], 40000000);
    ck_assert_int_eq(points[2], 33333333);
    ck_assert_int_eq(points[3], MODEL_ABSENT);
    ck_assert_int_eq(used.lowest, 100000000);
    ck_assert_int_eq(used.highest, 120000000);
}
END_TEST

START_TEST(without_admitted_bids_there_is_nothing_to_give)
{
    struct model_criterion c = priced(40 * ONE, RULE_MIN_MAX);
    static const int64_t prices[] = {ONE};
    static const bool admitted[] = {false};
    struct price_used used;
    int64_t points = 7;

    ck_assert_int_eq(
        price_points(&c, prices, admitted, 1, &points, &used), ERR_OK);
    ck_assert_int_eq(points, MODEL_ABSENT);
    ck_assert_int_eq(used.lowest, MODEL_ABSENT);
    ck_assert_int_eq(price_points(&c, NULL, NULL, 0, NULL, &used), ERR_OK);
}
END_TEST

/* Rules with parameters of their own; prices 80, 100, 120 and weight 100
 * where nothing else is said. */
static const struct {
    const char *about;
    struct model_criterion by;
    int64_t weight;
    int64_t prices[BIDS], points[BIDS];
} more[] = {
    {"the square of the ratio", {.rule = RULE_LOWEST_POWER, .power = 2 * ONE},
        100, {80, 100, 120}, {100000000, 64000000, 44444444}},
    {"the square root of the discount on a ceiling of 150",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE / 2, .set_max = 150 * ONE},
        100, {80, 100, 120}, {100000000, 84515425, 65465367}},
    {"the discount on a ceiling of 150",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE, .set_max = 150 * ONE}, 100,
        {80, 100, 120}, {100000000, 71428571, 42857143}},
    {"linear to a budget that one bid exceeds",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE, .set_max = 110 * ONE}, 100,
        {80, 100, 120}, {100000000, 33333333, 0}},
    {"nobody below the ceiling",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE, .set_max = 80 * ONE}, 100,
        {80, 100, 120}, {0, 0, 0}},
    /* Discounts 70 50 30, their mean 50: .85 there, 1 at 70. */
    {"a knee of .85 at the mean discount",
        {.rule = RULE_DISCOUNT_KNEE, .knee = 8500, .set_max = 150 * ONE}, 100,
        {80, 100, 120}, {100000000, 85000000, 51000000}},
    {"equal discounts earn all",
        {.rule = RULE_DISCOUNT_KNEE, .knee = 8500, .set_max = 150 * ONE}, 100,
        {80, 80, 80}, {100000000, 100000000, 100000000}},
    /* what-when-how.com, table 17-4: 33, 32, 36 in whole points. */
    {"a reference price of 1000000",
        {.rule = RULE_SET_RATIO, .reference = 1000000 * ONE}, 40,
        {1200000, 1250000, 1100000}, {33333333, 32000000, 36363636}},
    /* A discount floor of 5 %, Aragon: 100 x B / max(5, best B). */
    {"an expression with a floor",
        {.rule = RULE_EXPRESSION,
            .set_max = 125 * ONE,
            .expression = "wp * (ceiling - p) / max(ceiling * 0.05, "
                          "ceiling - pmin)"},
        100, {80, 100, 120}, {100000000, 55555556, 11111111}},
    {"CERN: linear on the excess over the lowest, in whole words",
        {.rule = RULE_EXPRESSION, .expression = "wp * (1 - (p - pmin) / pmin)"},
        100, {80, 100, 120}, {100000000, 75000000, 50000000}},
};

START_TEST(rules_with_parameters_give_the_points_of_their_vectors)
{
    struct model_criterion c = more[_i].by;
    struct price_used used;
    int64_t prices[BIDS];
    int64_t points[BIDS];

    c.is_price = true;
    c.weight = exactly(more[_i].weight * ONE);
    for (size_t i = 0; i < BIDS; i++)
        prices[i] = more[_i].prices[i] * ONE;
    ck_assert_int_eq(
        price_points(&c, prices, NULL, BIDS, points, &used), ERR_OK);

    for (size_t i = 0; i < BIDS; i++)
        ck_assert_msg(points[i] == more[_i].points[i], "%s: bid %zu has %lld",
            more[_i].about, i, (long long)points[i]);
}
END_TEST

static const struct {
    enum price_rule rule;
    enum price_fault fault;
    int64_t zero_at, set_min, set_max, price;
    size_t bid;
} faults[] = {
    {RULE_NONE, PRICE_NO_RULE, 0, 0, 0, ONE, MODEL_NOWHERE},
    {RULE_ZERO_AT, PRICE_NO_ZERO_AT, MODEL_ABSENT, 0, 0, ONE, MODEL_NOWHERE},
    {RULE_ZERO_AT, PRICE_NO_ZERO_AT, ONE, 0, 0, ONE, MODEL_NOWHERE},
    {RULE_SET_LIMITS, PRICE_NO_LIMITS, 0, MODEL_ABSENT, ONE, ONE,
        MODEL_NOWHERE},
    {RULE_SET_LIMITS, PRICE_NO_LIMITS, 0, ONE, MODEL_ABSENT, ONE,
        MODEL_NOWHERE},
    {RULE_SET_LIMITS, PRICE_NO_LIMITS, 0, ONE, ONE, ONE, MODEL_NOWHERE},
    {RULE_LOWEST_RATIO, PRICE_ZERO, 0, 0, 0, 0, 1},
    {RULE_ZERO_AT, PRICE_ZERO, 2 * ONE, 0, 0, 0, 1},
    {RULE_LOWEST_RATIO, PRICE_ABSENT, 0, 0, 0, MODEL_ABSENT, 1},
    {RULE_MIN_MAX, PRICE_NEGATIVE, 0, 0, 0, -1, 1},
    {RULE_SET_LIMITS, PRICE_NEGATIVE, 0, ONE, 2 * ONE, -1, 1},
};

START_TEST(a_rule_that_can_not_be_applied_says_why_and_on_which_bid)
{
    struct model_criterion c = priced(40 * ONE, faults[_i].rule);
    int64_t prices[] = {ONE, faults[_i].price};
    int64_t points[] = {7, 7};
    struct price_used used;

    c.zero_at = faults[_i].zero_at;
    c.set_min = faults[_i].set_min;
    c.set_max = faults[_i].set_max;

    ck_assert_int_eq(price_points(&c, prices, NULL, 2, points, &used), ERR_ARG);
    ck_assert_int_eq(used.fault, faults[_i].fault);
    ck_assert_uint_eq(used.bid, faults[_i].bid);
    ck_assert_int_eq(points[0], 7); /* untouched on failure */
    ck_assert_int_eq(points[1], 7);
}
END_TEST

START_TEST(own_points_never_rise_with_the_own_price_and_rivals_never_fall)
{
    uint64_t seed = 1;

    for (int round = 0; round < 300; round++) {
        struct model_criterion c = priced(40 * ONE, RULE_NONE);
        int64_t prices[4];
        int64_t before[4] = {0};
        struct price_used used;

        draw_needs(&c, &seed);
        c.rule = (enum price_rule)_i;
        for (size_t i = 0; i < 4; i++)
            prices[i] = draw_from(&seed, 50, 150) * ONE;
        for (prices[0] = 40 * ONE; prices[0] < 160 * ONE;
             prices[0] += ONE * 25 / 10) {
            int64_t points[4];
            ck_assert_int_eq(
                price_points(&c, prices, NULL, 4, points, &used), ERR_OK);
            for (size_t i = 0; i < 4 && prices[0] > 40 * ONE; i++)
                ck_assert(
                    i == 0 ? points[i] <= before[i] : points[i] >= before[i]);
            memcpy(before, points, sizeof before);
        }
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/price");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, each_rule_gives_the_points_of_its_vectors, 0, ROWS(rows));
    tcase_add_loop_test(all,
        rules_with_parameters_give_the_points_of_their_vectors, 0, ROWS(more));
    tcase_add_loop_test(
        all, one_bid_alone_takes_all_points_of_a_relative_rule, 0, 3);
    tcase_add_test(all, only_admitted_bids_are_looked_at);
    tcase_add_test(all, without_admitted_bids_there_is_nothing_to_give);
    tcase_add_loop_test(all,
        a_rule_that_can_not_be_applied_says_why_and_on_which_bid, 0,
        ROWS(faults));
    tcase_add_loop_test(all,
        own_points_never_rise_with_the_own_price_and_rivals_never_fall,
        RULE_LOWEST_RATIO, RULE_EXPRESSION);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
