/* SPDX-License-Identifier: Apache-2.0
 *
 * check_vectors.c - printed results of textbooks, guides and packages that no
 * neighbour holds: small formulas over several arguments, awards, knapsacks,
 * acceptabilities, moments of estimates.  docs/vectors.md lists them all.
 */
#include "tests/unit/frontier_kit.h"
#include "tests/unit/simulate_kit.h"
#include "value/award/award.h"
#include "value/award/mcda.h"
#include "value/award/tree.h"
#include "value/formula.h"
#include "value/gap/kendall.h"

#include <math.h>

struct told {
    const char *what;
    int64_t got, want;
};

static void check_told(const struct told *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(rows[i].got == rows[i].want, "%s is %lld, not %lld",
            rows[i].what, (long long)rows[i].got, (long long)rows[i].want);
}

START_TEST(weights_of_an_order_are_as_printed)
{
    static const int64_t three[] = {611111, 277778, 111111};
    static const int64_t four[] = {520833, 270833, 145833, 62500};
    static const int64_t five[] = {456667, 256667, 156667, 90000, 40000};
    static const int64_t *const printed[] = {three, four, five};

    for (size_t n = 3; n <= 5; n++) {
        for (size_t place = 1; place <= n; place++)
            ck_assert_int_eq(
                formula_centroid(place, n), printed[n - 3][place - 1]);
    }
}
END_TEST

START_TEST(small_formulas_give_what_is_printed)
{
    static const int64_t first[] = {ONE, -4 * ONE, 2 * ONE, 3 * ONE};
    static const int64_t second[] = {2 * ONE, 3 * ONE, -ONE};
    const struct told rows[] = {
        {"four points, 6 k, .4 a k", formula_option(4 * ONE, 6 * ONE, 4000),
            1600000},
        {"1.5 points, 5 k, .4 a k", formula_option(15000, 5 * ONE, 4000),
            -500000},
        {"chance .35, margin 400, cost 60",
            formula_expected(3500, 400 * ONE, 60 * ONE), 80000000},
        {"from 3 to 5, sales point 1.5",
            formula_qfd(5 * ONE, 5 * ONE, 3 * ONE, 15000), 12500000},
        {"from 4 to 4", formula_qfd(3 * ONE, 4 * ONE, 4 * ONE, ONE), 3000000},
        {"1 -4 2 3 remembered", formula_peak_end(first, 4), -500000},
        {"2 3 -1 remembered", formula_peak_end(second, 3), 1000000},
        {"readable, 20 words and 1.6", formula_readability(20 * ONE, 16000),
            68940000},
        {"the heaviest decision", formula_load(ONE, ONE, 1024, ONE, ONE),
            1000000},
        {"the lightest", formula_load(0, 0, 1, 0, 0), 0},
        {"one between", formula_load(ONE, ONE / 2, 4, 8000, 2000), 540000},
        {"high and high", (int64_t)formula_attention(8 * ONE, 8 * ONE),
            ATTENTION_MANAGE},
        {"high and low", (int64_t)formula_attention(8 * ONE, 2 * ONE),
            ATTENTION_SATISFY},
        {"low and high", (int64_t)formula_attention(2 * ONE, 8 * ONE),
            ATTENTION_INFORM},
        {"low and low", (int64_t)formula_attention(2 * ONE, 2 * ONE),
            ATTENTION_MONITOR},
        {"importance 9, satisfaction 3", formula_opportunity(90000, 30000),
            15000000},
        {"9 and 9", formula_opportunity(90000, 90000), 9000000},
        {"7 and 8", formula_opportunity(70000, 80000), 7000000},
        {"8.5 and 4.2", formula_opportunity(85000, 42000), 12800000},
    };

    check_told(rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(rankings_agree_as_printed)
{
    static const int64_t up[] = {1, 2, 3}, down[] = {3, 2, 1};
    static const int64_t level[] = {4, 4, 4};
    static const int64_t x[] = {1, 2, 2, 3}, y[] = {1, 3, 2, 2};
    int64_t tau = 7;

    ck_assert(kendall_tau(up, down, 3, &tau));
    ck_assert_int_eq(tau, -1000000);
    ck_assert(!kendall_tau(up, level, 3, &tau));
    ck_assert_int_eq(tau, -1000000);
    ck_assert(kendall_tau(x, y, 4, &tau));
    ck_assert_int_eq(tau, 400000);
}
END_TEST

/* The eigenvector; scikit-criteria prints what the means of the columns give:
 * .588889 .251852 .159259 and an index of .026952. */
START_TEST(three_comparisons_have_their_eigenvector)
{
    static const double pairs[] = {1, 3, 3, 1. / 3, 1, 2, 1. / 3, 1. / 2, 1};
    static const double want[] = {.59363369, .24931053, .15705579};
    struct mcda_consistency told;
    double weights[3];

    ck_assert_int_eq(mcda_ahp(pairs, 3, weights, &told), ERR_OK);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_double_eq_tol(weights[i], want[i], 1e-8);
        /* Of three the eigenvector is the geometric mean of the rows. */
        double mean = cbrt(pairs[3 * i] * pairs[3 * i + 1] * pairs[3 * i + 2]);
        ck_assert_double_eq_tol(weights[i] / weights[0], mean / cbrt(9), 1e-12);
    }
    ck_assert_double_eq_tol(told.index, .02681079, 1e-8);
}
END_TEST

/* One criterion of quality with its own marks, and the price. */
static const struct award_row {
    const char *what;
    int64_t quality_weight, scale, price_weight;
    struct model_criterion by;
    int64_t prices[4], marks[4]; /* units; price 0 ends them */
    int digits;                  /* of the price points, below 0 none */
    int64_t totals[4];           /* micro */
} awards[] = {
    {"World Bank: 80 for quality, 100 x lowest / price x .2", 80, 100, 20,
        {.rule = RULE_LOWEST_RATIO}, {100000, 130000}, {85, 92}, -1,
        {88000000, 88984615}},
    {"Swiss: 5 points, a span of 50 %", 0, 1, 5,
        {.rule = RULE_ZERO_AT, .zero_at = 15000, .clamp = true},
        {1000000, 1200000, 1300000, 1600000}, {0}, -1,
        {5000000, 3000000, 2000000, 0}},
    {"United Kingdom: 15 k, 10 k, 30 k", 0, 1, 1, {.rule = RULE_LOWEST_RATIO},
        {15000, 10000, 30000}, {0}, -1, {666667, 1000000, 333333}},
    {"40 points, in whole ones", 0, 1, 40, {.rule = RULE_LOWEST_RATIO},
        {100, 105, 108}, {0}, 0, {40000000, 38000000, 37000000}},
    {"Alaska: 40 points, to a tenth", 0, 1, 40, {.rule = RULE_LOWEST_RATIO},
        {40000, 42750, 47500}, {0}, 1, {40000000, 37400000, 33700000}},
    {"ProZorro: 1/5 of at most 3/10 is 9/7", 30, 30, 70,
        {.rule = RULE_NORMALISED_PRICE}, {9, 9}, {20, 0}, -1,
        {7000000, 9000000}},
    {"a reversal: before the hopeless bid", 60, 60, 40,
        {.rule = RULE_LOWEST_RATIO}, {100, 150}, {40, 52}, -1,
        {80000000, 78666667}},
    {"and after it", 60, 60, 40, {.rule = RULE_LOWEST_RATIO}, {100, 150, 55},
        {40, 52, 5}, -1, {62000000, 66666667, 45000000}},
    {"Negometrix: 146 to 144", 130, 130, 70, {.rule = RULE_LOWEST_RATIO},
        {10000, 8000}, {90, 74}, -1, {146000000, 144000000}},
};

static void set_award(struct tender *t, const struct award_row *row)
{
    tender_empty(t);
    t->model.criteria_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(row->quality_weight * ONE, row->scale * ONE);
    t->criteria[1] = row->by;
    t->criteria[1].is_price = true;
    t->criteria[1].weight = exactly(row->price_weight * ONE);
    t->criteria[1].round = row->digits < 0 ? 0 : ROUND_TO(row->digits);
    for (size_t b = 0; b < 4 && row->prices[b] > 0; b++) {
        t->bids[b].price = exactly(row->prices[b] * ONE);
        *mark_at(t, b, 0) = exactly(row->marks[b] * ONE);
        t->model.bids_n++;
    }
}

START_TEST(awards_have_their_printed_totals)
{
    const struct award_row *row = &awards[_i];
    struct award_result *made = NULL;
    struct tender t;

    set_award(&t, row);
    ck_assert_int_eq(award_compute(&t.model, &made), ERR_OK);
    for (size_t b = 0; b < made->bids_n; b++)
        ck_assert_msg(made->bids[b].points == row->totals[b],
            "%s: bid %zu has %lld", row->what, b,
            (long long)made->bids[b].points);
    award_free(&made);
}
END_TEST

/* a (.6 .8 .5) and b (.8 .5 .6) by the mean weights of an order of three. */
START_TEST(an_order_gives_its_printed_totals)
{
    static const int64_t marks[] = {6000, 8000, 5000, 8000, 5000, 6000};
    struct award_result *made = NULL;
    struct tender t;

    tender_empty(&t);
    t.model.bids_n = 2;
    t.model.criteria_n = 3;
    t.model.ours = 0;
    for (size_t k = 0; k < 3; k++) {
        t.criteria[k] = quality(MODEL_ABSENT, ONE);
        t.criteria[k].place = (int)k + 1;
    }
    for (size_t i = 0; i < 6; i++)
        t.marks[i] = exactly(marks[i]);
    ck_assert(tree_order(NULL, 0, t.criteria, NULL, 3));
    ck_assert_int_eq(award_compute(&t.model, &made), ERR_OK);
    /* Weights are of 100, to four decimals. */
    ck_near(made->bids[0].points, 64444400, 100);
    ck_near(made->bids[1].points, 69444400, 100);
    award_free(&made);
}
END_TEST

/* Knapsacks as offers: profits in hundredths of our mark and of a coverage,
 * weights as costs within a budget. */
static const struct {
    const char *source;
    size_t n;
    int64_t lead[7], users[7], cost[7], budget;
    size_t front_n;
    int64_t front[5][2];
} knapsacks[] = {
    {"Ehrgott 2005, example 10.2", 5, {10, 3, 6, 8, 2}, {12, 9, 11, 5, 6},
        {4, 5, 2, 5, 6}, 17, 2, {{27, 37}, {21, 38}}},
    {"three items", 3, {3, 9, 7}, {16, 15, 6}, {2, 3, 4}, 8, 2,
        {{16, 21}, {12, 31}}},
    {"seven items", 7, {10, 3, 6, 8, 2, 7, 4}, {2, 9, 4, 5, 6, 3, 8},
        {4, 5, 2, 5, 6, 3, 4}, 14, 5,
        {{31, 14}, {27, 17}, {26, 18}, {25, 20}, {20, 24}}},
};

static void set_knapsack(struct tender *t, int row)
{
    tender_empty(t);
    t->model.criteria_n = t->model.needs_n = t->model.segments_n = 1;
    t->model.bids_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(100 * ONE, 100 * ONE);
    t->segments[0].heads = 1;
    t->needs[0].must_threshold = MODEL_ABSENT;
    *importance_at(t, 0, 0) = 10 * ONE;
    for (size_t b = 0; b < 2; b++) {
        t->bids[b].price = exactly(1000 * ONE);
        t->marks[b] = t->covers[b] = exactly(0);
    }
    for (size_t i = 0; i < knapsacks[row].n; i++) {
        add_element(t, knapsacks[row].cost[i] * ONE);
        add_effect(t, i, 0, MODEL_NOWHERE, knapsacks[row].lead[i] * ONE);
        add_effect(t, i, MODEL_NOWHERE, 0, knapsacks[row].users[i] * ONE / 100);
    }
}

START_TEST(published_knapsacks_have_their_fronts)
{
    const struct frontier_ask ask = {
        .cost = FRONTIER_MARGIN, .budget = knapsacks[_i].budget * ONE};
    struct pair got[16] = {{0, 0}};
    struct tender t;

    set_knapsack(&t, _i);
    struct frontier_found *found = found_with(&t.model, &ask);
    ck_assert(found->exact);
    size_t n = found_pairs(found, got);
    ck_assert_uint_eq(n, knapsacks[_i].front_n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(got[i].lead, knapsacks[_i].front[i][0] * 1000000);
        ck_assert_int_eq(got[i].users, knapsacks[_i].front[i][1] * 10000);
    }
    frontier_free(&found);
}
END_TEST

/* Each of three best on one of three criteria of which nothing is known. */
START_TEST(three_specialists_share_the_simplex)
{
    static const size_t itself[] = {0, 1, 2};
    struct weight_node nodes[3];
    struct tender t;

    tender_empty(&t);
    t.model.bids_n = t.model.criteria_n = 3;
    t.model.ours = 0;
    for (size_t k = 0; k < 3; k++) {
        t.criteria[k] = quality(ONE, ONE);
        nodes[k] = (struct weight_node){
            .parent = MODEL_NOWHERE, .likely = 1, .free = true, .key = k + 1};
        for (size_t b = 0; b < 3; b++)
            *mark_at(&t, b, k) = exactly(b == k ? ONE : 0);
    }
    const struct simulate_ask ask = {.seed = 5,
        .draws = 204800,
        .nodes = nodes,
        .node_of = itself,
        .nodes_n = 3};
    struct simulate_result *r = run(&t, &ask);
    for (size_t b = 0; b < 3; b++) {
        ck_near(r->bids[b].wins, 333333, 5000);
        for (size_t k = 0; k < 3; k++)
            ck_near(r->central[b * 3 + k], b == k ? 611111 : 194444, 3000);
    }
    simulate_result_free(&r);
}
END_TEST

/* Against a rival of our quality we win up to its price: its draws are our
 * thresholds. */
static const struct {
    const char *what;
    struct estimate price;
} prices[] = {
    {"low, likely, high", {120 * ONE, 140 * ONE, 180 * ONE}},
    {"likely is low", {100 * ONE, 100 * ONE, 160 * ONE}},
    {"likely is high", {100 * ONE, 160 * ONE, 160 * ONE}},
    {"sure", {150 * ONE, 150 * ONE, 150 * ONE}},
};

START_TEST(an_estimate_has_the_moments_of_its_triangle)
{
    const struct simulate_ask ask = {
        .seed = 6, .draws = 204800, .thresholds = true};
    double a = (double)prices[_i].price.low / ONE;
    double c = (double)prices[_i].price.likely / ONE;
    double b = (double)prices[_i].price.high / ONE;
    double mean = 0, square = 0;
    struct tender t;

    tender_empty(&t);
    t.model.bids_n = 2;
    t.model.criteria_n = 1;
    t.model.ours = 0;
    t.criteria[0] = priced(40 * ONE, RULE_SET_LIMITS);
    t.criteria[0].set_min = 50 * ONE;
    t.criteria[0].set_max = 250 * ONE;
    t.bids[0].price = exactly(100 * ONE);
    t.bids[1].price = prices[_i].price;
    struct simulate_result *r = run(&t, &ask);
    for (size_t i = 0; i < r->draws; i++) {
        double count = (double)r->draws;
        mean += r->thresholds[i] / count;
        square += r->thresholds[i] * r->thresholds[i] / count;
    }
    ck_assert_double_eq_tol(mean, (a + b + c) / 3, .15);
    ck_assert_double_eq_tol(square - mean * mean,
        (a * a + b * b + c * c - a * b - a * c - b * c) / 18, 1.5);
    simulate_result_free(&r);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("printed results");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, weights_of_an_order_are_as_printed);
    tcase_add_test(all, small_formulas_give_what_is_printed);
    tcase_add_test(all, rankings_agree_as_printed);
    tcase_add_test(all, three_comparisons_have_their_eigenvector);
    tcase_add_loop_test(all, awards_have_their_printed_totals, 0, ROWS(awards));
    tcase_add_test(all, an_order_gives_its_printed_totals);
    tcase_add_loop_test(
        all, published_knapsacks_have_their_fronts, 0, ROWS(knapsacks));
    tcase_add_test(all, three_specialists_share_the_simplex);
    tcase_add_loop_test(
        all, an_estimate_has_the_moments_of_its_triangle, 0, ROWS(prices));
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
