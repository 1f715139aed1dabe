/* SPDX-License-Identifier: Apache-2.0
 *
 * check_winning.c - the set of winning prices, against every price of a grid.
 */
#include "tests/unit/tender.h"
#include "value/award/bounds.h"
#include "value/award/expression.h"
#include "value/award/score.h"
#include "value/award/winning.h"
#include "value/chance/simulate.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 80
/* Prices 3/4, 6/4 .. 180. */
#define GRID 240

struct trial {
    struct tender tender;
    struct offer offer;
    struct score score;
    struct winning winning;
};

static void trial_init(struct trial *t)
{
    offer_init(&t->offer, &t->tender.model);
    score_init(&t->score, &t->tender.model, &t->offer);
    winning_find(&t->score, &t->winning);
}

static void trial_fini(struct trial *t)
{
    winning_fini(&t->winning);
    score_fini(&t->score);
    offer_fini(&t->offer);
}

/* The slow way: all totals at one price. */
static bool wins_at(struct trial *t, int64_t micro)
{
    size_t ours = t->tender.model.ours;

    fraction_set_micro(t->score.price[ours], micro);
    score_total(&t->score);
    return score_wins(&t->score, ours);
}

static bool is_open(const struct winning *w, int64_t micro)
{
    for (size_t i = 0; i < w->open_n; i++) {
        if (w->open[i].low <= micro && micro <= w->open[i].high)
            return true;
    }
    return false;
}

static void expect_at(struct trial *t, int64_t micro, const char *what)
{
    if (is_open(&t->winning, micro))
        return;
    ck_assert_msg(winning_at(&t->winning, micro) == wins_at(t, micro),
        "%s: %lld micro", what, (long long)micro);
}

/* Each end wins and the price beyond it does not; spans rise and stand apart;
 * and every price of the grid is where it belongs. */
static void expect_the_set(struct trial *t, const char *what)
{
    const struct winning *w = &t->winning;

    for (size_t i = 0; i < w->spans_n; i++) {
        struct winning_span span = w->spans[i];
        ck_assert_int_le(span.low, span.high);
        if (i > 0)
            ck_assert_int_gt(span.low, w->spans[i - 1].high + 1);
        expect_at(t, span.low, what);
        expect_at(t, span.high, what);
        if (span.low > w->all.low)
            expect_at(t, span.low - 1, what);
        if (span.high < w->all.high)
            expect_at(t, span.high + 1, what);
    }
    for (int64_t i = 1; i <= GRID; i++)
        expect_at(t, i * 750000, what);
    expect_at(t, w->all.low, what);
    expect_at(t, w->all.high, what);
}

static void one_price(struct tender *t, const char *expression, bool total)
{
    static const int64_t marks[] = {60, 60, 50};

    tender_empty(t);
    t->model.criteria_n = 2;
    t->model.bids_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(60 * ONE, 100 * ONE);
    t->criteria[1] =
        priced(40 * ONE, total ? RULE_EXPRESSION_TOTAL : RULE_EXPRESSION);
    t->criteria[1].expression = expression;
    for (size_t b = 0; b < 2; b++) {
        t->bids[b].price = exactly((b == 0 ? 120 : 100) * ONE);
        t->marks[b * 2] = exactly(marks[b] * ONE);
        t->marks[b * 2 + 1] = not_recorded();
    }
}

static const struct vector {
    const char *name, *expression;
    bool total;
    struct winning_span spans[3]; /* micro; high 0 ends them, -1 any */
} vectors[] = {
    {"a hill", "60 - (p - 100) * (p - 140)", true, {{100000000, 140000000}}},
    {"nearest to a price", "0 - max(p - 150, 150 - p)", true,
        {{100000000, 200000000}}},
    {"plain", "wp * pmin / p", false, {{1, 100000000}}},
    {"all alike", "wp / 2", false, {{1, -1}}},
    {"a gap", "0 - min(max(p - 90, 90 - p), max(p - 160, 160 - p))", true,
        {{80000000, 100000000}, {150000000, 170000000}}},
    {"a pole", "1 / (p - 100)", true, {{100000000, -1}}},
    {"touching from below", "0 - (p - 150) * (p - 150) * max(0, p - 100)", true,
        {{1, 100000000}, {150000000, 150000000}}},
    {"no value in the middle", "sqrt((p - 100) * (p - 200))", true, {{1, -1}}},
};

START_TEST(the_set_is_what_can_be_found_by_hand)
{
    const struct vector *v = &vectors[_i];
    struct trial t;
    size_t n = 0;

    one_price(&t.tender, v->expression, v->total);
    trial_init(&t);
    ck_assert_msg(t.winning.open_n == 0, "%s: open from %lld to %lld", v->name,
        (long long)t.winning.open[0].low, (long long)t.winning.open[0].high);
    for (; n < 3 && v->spans[n].high != 0; n++) {
        int64_t high =
            v->spans[n].high == -1 ? t.winning.all.high : v->spans[n].high;
        ck_assert_msg(n < t.winning.spans_n, "%s", v->name);
        ck_assert_msg(t.winning.spans[n].low == v->spans[n].low &&
                          t.winning.spans[n].high == high,
            "%s: %lld to %lld", v->name, (long long)t.winning.spans[n].low,
            (long long)t.winning.spans[n].high);
    }
    ck_assert_msg(
        t.winning.spans_n == n, "%s: %zu", v->name, t.winning.spans_n);
    expect_the_set(&t, v->name);
    trial_fini(&t);
}
END_TEST

START_TEST(by_named_rules_all_prices_up_to_one_win)
{
    uint64_t seed = 77;

    for (int round = 0; round < ROUNDS; round++) {
        struct trial t;
        tender_drawn(&t.tender, &seed);
        for (size_t k = 0; k < t.tender.model.criteria_n; k++) {
            struct model_criterion *c = &t.tender.criteria[k];
            if (c->rule == RULE_EXPRESSION)
                c->rule = (enum price_rule)(1 + round % (RULE_EXPRESSION - 1));
        }
        t.tender.model.tie = (enum tie_rule)draw_from(&seed, 0, 2);
        trial_init(&t);
        ck_assert_uint_le(t.winning.spans_n, 1);
        ck_assert_uint_eq(t.winning.open_n, 0);
        if (t.winning.spans_n == 1)
            ck_assert_int_eq(t.winning.spans[0].low, t.winning.all.low);
        expect_the_set(&t, "named");
        trial_fini(&t);
    }
}
END_TEST

START_TEST(by_rules_that_give_the_total_all_prices_up_to_one_win)
{
    uint64_t seed = 5;

    for (int round = 0; round < ROUNDS; round++) {
        struct trial t;
        tender_drawn(&t.tender, &seed);
        for (size_t k = 0; k < t.tender.model.criteria_n; k++) {
            struct model_criterion *c = &t.tender.criteria[k];
            c->is_price = k == 0;
            for (size_t b = 0; k > 0 && b < t.tender.model.bids_n; b++)
                *mark_at(&t.tender, b, k) =
                    exactly(draw_from(&seed, 6, 20) * ONE / 2);
        }
        t.tender.criteria[0].rule = (enum price_rule)draw_from(
            &seed, RULE_QUALITY_PER_PRICE, RULE_COUNT - 1);
        if (t.tender.criteria[0].rule == RULE_EXPRESSION_TOTAL)
            t.tender.criteria[0].rule = RULE_SURCHARGE;
        trial_init(&t);
        ck_assert_uint_le(t.winning.spans_n, 1);
        expect_the_set(&t, price_rule_word(t.tender.criteria[0].rule));
        trial_fini(&t);
    }
}
END_TEST

/* An expression of so many levels, of everything that one may hold. */
static void draw_expression(char *to, size_t room, uint64_t *seed, int levels)
{
    static const char *const names[] = {"p", "p", "p", "q", "pmin", "pmax",
        "pavg", "pmed", "n", "qbest", "wq", "wp", "2", "100", "0.5", "37.25"};
    static const char *const shapes[] = {"(%s + %s)", "(%s - %s)", "%s * %s",
        "%s / %s", "min(%s, %s)", "max(%s, %s)", "sqrt(%s) + %s",
        "log(%s) * %s", "max(%s - 80, 80 - %s)", "sqrt(max(0, %s)) - %s"};
    char one[600], other[600];

    if (levels == 0) {
        (void)snprintf(to, room, "%s",
            names[draw_from(seed, 0, sizeof names / sizeof *names - 1)]);
        return;
    }
    draw_expression(one, sizeof one, seed, levels - 1);
    draw_expression(other, sizeof other, seed, levels - 1);
    const char *shape =
        shapes[draw_from(seed, 0, sizeof shapes / sizeof *shapes - 1)];
    const char *hole = strstr(shape, "%s");
    const char *second = strstr(hole + 2, "%s");
    (void)snprintf(to, room, "%.*s(%s)%.*s(%s)%s", (int)(hole - shape), shape,
        one, (int)(second - hole - 2), hole + 2, other, second + 2);
}

START_TEST(by_any_expression_the_set_is_that_of_every_price)
{
    uint64_t seed = (uint64_t)_i * 1000 + 3;
    int settled = 0;

    for (int round = 0; round < ROUNDS / 4; round++) {
        struct trial t;
        char expression[1300];

        tender_drawn(&t.tender, &seed);
        draw_expression(
            expression, sizeof expression, &seed, (int)draw_from(&seed, 1, 3));
        struct model_criterion *c = &t.tender.criteria[0];
        c->expression = expression;
        c->rule = RULE_EXPRESSION;
        if (t.tender.model.criteria_n == 1 || round % 3 == 0) {
            t.tender.model.criteria_n = 1;
            t.tender.model.elements_n = t.tender.model.effects_n = 0;
            c->rule = RULE_EXPRESSION_TOTAL;
            for (size_t b = 0; b < t.tender.model.bids_n; b++)
                t.tender.marks[b] = not_recorded();
        }
        t.tender.model.tie = (enum tie_rule)draw_from(&seed, 0, 3);
        trial_init(&t);
        settled += t.winning.open_n == 0;
        expect_the_set(&t, expression);
        trial_fini(&t);
    }
    /* Most are nonsense, and few of these rounded into many steps. */
    ck_assert_int_ge(settled, ROUNDS / 4 * 3 / 4);
}
END_TEST

/* With nothing to draw each draw has the spans that are found exactly. */
START_TEST(draws_have_the_spans_of_the_set)
{
    static const char *const expressions[] = {"60 - (p - 100) * (p - 140)",
        "0 - min(max(p - 90, 90 - p), max(p - 160, 160 - p))"};
    static const double ends[2][4] = {{100, 140, 0, 0}, {80, 100, 150, 170}};
    struct simulate_ask ask = {.seed = 1, .draws = 128, .thresholds = true};
    struct simulate_result *r = NULL;
    struct tender t;

    one_price(&t, expressions[_i], true);
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_OK);
    for (int step = 0; step < 60; step++) {
        double price = 55.5 + 3.0 * step;
        bool wins = (price > ends[_i][0] && price < ends[_i][1]) ||
                    (price > ends[_i][2] && price < ends[_i][3]);
        ck_assert_int_eq(simulate_win_at(r, price), wins ? MICRO_ONE : 0);
    }
    double most = _i == 0 ? 140 : 170;
    ck_assert_double_eq_tol(simulate_price_for(r, MICRO_ONE), most, 1e-6);
    ck_assert_double_eq_tol(
        simulate_price_below(r, MICRO_ONE, 120), _i == 0 ? 120 : 100, 1e-6);
    ck_assert_double_eq(simulate_price_below(r, MICRO_ONE, 75), 0.0);
    double price, profit;
    simulate_best_offer(r, 50, 0, 1, &price, &profit);
    ck_assert_double_eq_tol(price, most, 1e-6);
    ck_assert_double_eq_tol(profit, most - 50, 1e-6);
    simulate_result_free(&r);
}
END_TEST

START_TEST(what_takes_too_long_is_told_as_not_settled)
{
    struct trial t;

    /* The lead moves up and down with each hundredth. */
    one_price(&t.tender,
        "(p - 100 - 0.00001) * sqrt(p * p + 1) / p - sqrt(p * p + 1) + 0",
        true);
    t.tender.model.round_total = ROUND_TO(2);
    t.tender.bids[1].price = exactly(1000000 * ONE);
    trial_init(&t);
    expect_the_set(&t, "steps");
    trial_fini(&t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("winning prices");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, the_set_is_what_can_be_found_by_hand, 0,
        (int)(sizeof vectors / sizeof *vectors));
    tcase_add_test(all, by_named_rules_all_prices_up_to_one_win);
    tcase_add_test(all, by_rules_that_give_the_total_all_prices_up_to_one_win);
    tcase_add_loop_test(
        all, by_any_expression_the_set_is_that_of_every_price, 0, 8);
    tcase_add_loop_test(all, draws_have_the_spans_of_the_set, 0, 2);
    tcase_add_test(all, what_takes_too_long_is_told_as_not_settled);
    tcase_set_timeout(all, 120);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
