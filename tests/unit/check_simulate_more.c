/* SPDX-License-Identifier: Apache-2.0
 *
 * check_simulate_more.c - expressions in draws, confidence factors, intervals.
 */
#include "tests/unit/simulate_kit.h"
#include "value/award/expression_quick.h"
#include "value/chance/simulate_confidence.h"
#include "value/chance/wilson.h"
#include "value/fraction.h"

#include <math.h>

static const char *const expressions[] = {
    "wp * pmin / p",
    "1 - 2 - 3",
    "12 / 4 / 3",
    "2 + 3 * 4 - -1",
    "-(p - pavg) / n",
    "min(p, pmed, 90) + max(wq, 3, qbest)",
    "sqrt(q * q)",
    "wp * (1 - log(p / pmin) / log(2))",
    "1.25 * 0.5 + 0.375",
    "p / (p - p)",
    "max(1, 1 / 0)",
    "log(0 - 1)",
    "sqrt(0 - p)",
    "ceiling - p",
};

static const int64_t values[EXPRESSION_VARIABLES_N] = {1200000, 355000, 1000000,
    1500000, 1233333, 1200000, 30000, 421000, 600000, 400000, 2000000};

START_TEST(doubles_agree_with_fractions)
{
    mpq_t *exact = fractions_new(EXPRESSION_VARIABLES_N);
    double quick[EXPRESSION_VARIABLES_N];
    struct expression_program program;
    mpq_t value;

    mpq_init(value);
    for (size_t i = 0; i < EXPRESSION_VARIABLES_N; i++) {
        fraction_set(exact[i], values[i]);
        quick[i] = (double)values[i] / DECIMAL_ONE;
    }
    if (expression_check(expressions[_i]).fault == EXPRESSION_FINE) {
        (void)expression_value(expressions[_i], exact, value);
        expression_compile(expressions[_i], &program);
        double got = expression_run(&program, quick);
        double want = mpq_get_d(value);
        ck_assert_msg(fabs(got - want) <= 1e-12 * (1.0 + fabs(want)),
            "%s is %.17g, not %.17g", expressions[_i], got, want);
    } else {
        ck_abort_msg("%s is no expression", expressions[_i]);
    }
    mpq_clear(value);
    fractions_free(&exact, EXPRESSION_VARIABLES_N);
}
END_TEST

/* A named rule, and the expression that says the same. */
static const struct {
    enum price_rule rule, by;
    const char *expression;
} same[] = {
    {RULE_LOWEST_RATIO, RULE_EXPRESSION, "wp * pmin / p"},
    {RULE_MIN_MAX, RULE_EXPRESSION, "wp * (pmax - p) / (pmax - pmin)"},
    {RULE_MEDIAN_LINEAR, RULE_EXPRESSION, "wp * (2 - p / pmed) / 2"},
    {RULE_QUALITY_PER_PRICE, RULE_EXPRESSION_TOTAL, "q / wq / p"},
};

START_TEST(an_expression_wins_as_the_rule_that_it_says)
{
    const struct simulate_ask ask = {.seed = 3, .draws = 20000};
    struct simulate_result *named, *said;
    struct tender t;

    set_unsure(&t);
    t.criteria[C1].rule = same[_i].rule;
    named = run(&t, &ask);
    t.criteria[C1].rule = same[_i].by;
    t.criteria[C1].expression = same[_i].expression;
    said = run(&t, &ask);
    for (size_t b = 0; b < 3; b++) {
        ck_near(said->bids[b].wins, named->bids[b].wins, 100);
        ck_assert_int_ge(said->bids[b].wins, 0);
    }
    simulate_result_free(&named);
    simulate_result_free(&said);
}
END_TEST

START_TEST(sure_bids_win_by_an_expression_as_the_award_says)
{
    const struct simulate_ask ask = {.seed = 3, .draws = 128};
    struct tender t;

    tender_golden(&t);
    t.criteria[C1].rule = RULE_EXPRESSION;
    t.criteria[C1].expression = "wp * pmin / p + 0 * q";
    struct simulate_result *r = run(&t, &ask);
    ck_assert_int_eq(r->bids[RIV2].wins, 1000000);
    simulate_result_free(&r);
}
END_TEST

/* By its definition: the weights typed in as exact ones.  Marks are kept from
 * one bid to the next where nothing stands between them and points. */
START_TEST(a_confidence_factor_is_the_chance_at_central_weights)
{
    const struct simulate_ask ask = {
        .seed = 9, .draws = 20000, .plain = _i == 2};
    int64_t confidence[3];
    bool stopped = true;
    struct tender t;

    set_unsure(&t);
    if (_i > 0) {
        set_rounding(&t, ROUND_NONE, 0);
        for (size_t k = 0; k < 4; k++)
            t.criteria[k].min_score = MODEL_ABSENT;
        *mark_at(&t, RIV1, C3) = exactly(6 * ONE);
    }
    struct simulate_result *r = run(&t, &ask);
    ck_assert_int_eq(
        simulate_confidence(&t.model, 0, &ask, r, confidence, &stopped),
        ERR_OK);
    ck_assert(!stopped);
    for (size_t b = 0; b < 3; b++) {
        struct tender at = t;
        if (r->bids[b].wins == 0) {
            ck_assert_int_eq(confidence[b], MODEL_ABSENT);
            continue;
        }
        at.model.criteria = at.criteria;
        for (size_t k = 0; k < 4; k++)
            at.criteria[k].weight = exactly(r->central[b * 4 + k]);
        struct simulate_result *direct = run(&at, &ask);
        ck_near(confidence[b], direct->bids[b].wins, 200);
        ck_assert_int_ge(confidence[b], r->bids[b].wins - 20000);
        simulate_result_free(&direct);
    }
    simulate_result_free(&r);
}
END_TEST

START_TEST(where_they_say_nothing_there_are_no_confidence_factors)
{
    const struct simulate_ask ask = {.seed = 9, .draws = 1280};
    int64_t confidence[3];
    bool stopped;
    struct tender t;

    /* Only weights are drawn. */
    tender_golden(&t);
    t.criteria[C1].weight = (struct estimate){30 * ONE, 40 * ONE, 50 * ONE};
    t.criteria[C2].weight = (struct estimate){30 * ONE, 35 * ONE, 40 * ONE};
    struct simulate_result *r = run(&t, &ask);
    ck_assert(!r->weights_are_exact);
    ck_assert_int_eq(
        simulate_confidence(&t.model, 0, &ask, r, confidence, &stopped),
        ERR_OK);
    for (size_t b = 0; b < 3; b++)
        ck_assert_int_eq(confidence[b], MODEL_ABSENT);
    simulate_result_free(&r);
    /* Only prices are. */
    tender_golden(&t);
    t.bids[RIV1].price = (struct estimate){400 * ONE, 450 * ONE, 500 * ONE};
    r = run(&t, &ask);
    ck_assert(!simulate_confidence_applies(&t.model, &ask, r));
    simulate_result_free(&r);
}
END_TEST

struct seen {
    uint64_t last, draws;
    bool rises;
};

static bool watch(void *context, uint64_t done, uint64_t draws)
{
    struct seen *seen = context;

    seen->rises = seen->rises && done >= seen->last && done <= draws;
    seen->last = done;
    seen->draws = draws;
    return done < draws / 2;
}

START_TEST(confidence_tells_how_far_it_is_and_ends_when_told)
{
    struct seen seen = {.rises = true};
    struct simulate_ask ask = {.seed = 9, .draws = 30000};
    int64_t confidence[3];
    bool stopped = false;
    struct tender t;

    set_unsure(&t);
    struct simulate_result *r = run(&t, &ask);
    ask.go_on = watch;
    ask.context = &seen;
    ck_assert_int_eq(
        simulate_confidence(&t.model, 0, &ask, r, confidence, &stopped),
        ERR_OK);
    ck_assert(stopped && seen.rises);
    ck_assert_uint_ge(seen.last, seen.draws / 2);
    simulate_result_free(&r);
}
END_TEST

static const struct {
    int64_t share;
    uint64_t draws;
    int64_t low, high;
} intervals[] = {
    {500000, 100, 403832, 596168},
    {0, 10, 0, 277533},
    {1000000, 10, 722467, 1000000},
    {250000, 100000, 247325, 252694},
};

START_TEST(a_share_has_its_interval)
{
    int64_t low, high;

    wilson_interval(intervals[_i].share, intervals[_i].draws, &low, &high);
    ck_near(low, intervals[_i].low, 1);
    ck_near(high, intervals[_i].high, 1);
}
END_TEST

/* 0 1 1 2 2 2 with a cost of .5: at 1 five of six win, at 2 three. */
START_TEST(the_best_offer_keeps_its_margin_and_its_chance)
{
    double thresholds[] = {0, 1, 1, 2, 2, 2};
    const struct simulate_result r = {
        .draws = 6, .left = DECIMAL_ONE, .thresholds = thresholds};
    double price, profit;

    simulate_best_offer(&r, 0.5, 0.0, 0, &price, &profit);
    ck_assert(price == 2.0 && fabs(profit - 0.75) < 1e-12);
    simulate_best_offer(&r, 0.5, 0.0, 600000, &price, &profit);
    ck_assert(price == 1.0 && fabs(profit - 5.0 / 12.0) < 1e-12);
    simulate_best_offer(&r, 0.5, 1.5, 0, &price, &profit);
    ck_assert(price == 2.0);
    simulate_best_offer(&r, 0.5, 1.6, 0, &price, &profit);
    ck_assert(price == 0.0 && profit == 0.0);
    simulate_best_offer(&r, 0.5, 1.0, 900000, &price, &profit);
    ck_assert(price == 0.0);
}
END_TEST

#define ROWS(list) (sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("value/simulate, more");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(
        all, doubles_agree_with_fractions, 0, ROWS(expressions));
    tcase_add_loop_test(
        all, an_expression_wins_as_the_rule_that_it_says, 0, ROWS(same));
    tcase_add_test(all, sure_bids_win_by_an_expression_as_the_award_says);
    tcase_add_loop_test(
        all, a_confidence_factor_is_the_chance_at_central_weights, 0, 3);
    tcase_add_test(all, where_they_say_nothing_there_are_no_confidence_factors);
    tcase_add_test(all, confidence_tells_how_far_it_is_and_ends_when_told);
    tcase_add_loop_test(all, a_share_has_its_interval, 0, ROWS(intervals));
    tcase_add_test(all, the_best_offer_keeps_its_margin_and_its_chance);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
