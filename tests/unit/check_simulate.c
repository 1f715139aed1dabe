/* SPDX-License-Identifier: Apache-2.0
 *
 * check_simulate.c - closed forms, what is sure, ties, juries, and when it ends.
 */
#include "value/chance/simulate.h"

#include "tests/unit/simulate_kit.h"
#include "value/award/award.h"
#include "value/quick.h"

#include <check.h>
#include <stdlib.h>

enum { DRAWS = 204800 };

/* A share of so many draws strays less than this, but once in 10^6. */
#define NEAR 5500

/* Bids marked 0..1 on criteria of which nothing is published. */
static void set_marks(
    struct tender *t, size_t bids, size_t criteria, const double *marks)
{
    tender_empty(t);
    t->model.bids_n = bids;
    t->model.criteria_n = criteria;
    t->model.ours = 0;
    for (size_t k = 0; k < criteria; k++)
        t->criteria[k] = quality(ONE, ONE);
    for (size_t i = 0; i < bids * criteria; i++)
        t->marks[i] = exactly((int64_t)(marks[i] * ONE + 0.5));
}

static const size_t itself[] = {0, 1, 2, 3, 4, 5, 6, 7};

static void set_free(struct weight_node *nodes, size_t n, bool ordered)
{
    for (size_t k = 0; k < n; k++)
        nodes[k] = (struct weight_node){.parent = MODEL_NOWHERE,
            .likely = 1.0,
            .free = true,
            .place = ordered ? (int)k + 1 : 0,
            .key = k + 1};
}

START_TEST(acceptabilities_have_their_closed_forms)
{
    static const double marks[] = {1, 0, 0, 1, 0.6, 0.6};
    struct weight_node nodes[2];
    struct tender t;
    set_marks(&t, 3, 2, marks);
    struct simulate_ask ask = {.seed = 1,
        .draws = DRAWS,
        .nodes = nodes,
        .nodes_n = 2,
        .node_of = itself};

    set_free(nodes, 2, false);
    struct simulate_result *r = run(&t, &ask);
    ck_near(r->bids[0].wins, 400000, NEAR);
    ck_near(r->bids[1].wins, 400000, NEAR);
    ck_near(r->bids[2].wins, 200000, NEAR);
    ck_near(r->central[0], 800000, NEAR);
    ck_near(r->central[2], 200000, NEAR);
    ck_near(r->central[4], 500000, NEAR);
    ck_assert_int_lt(r->bids[0].low, 400000);
    ck_assert_int_gt(r->bids[0].high, 400000);
    ck_assert_int_lt(r->bids[0].high - r->bids[0].low, 4300);
    simulate_result_free(&r);
    set_free(nodes, 2, true);
    r = run(&t, &ask);
    ck_near(r->bids[0].wins, 800000, NEAR);
    ck_assert_int_eq(r->bids[1].wins, 0);
    ck_near(r->bids[2].wins, 200000, NEAR);
    ck_near(r->central[4], 550000, NEAR);
    ck_assert_int_eq(r->central[2], MODEL_ABSENT);
    simulate_result_free(&r);
}
END_TEST

START_TEST(an_order_of_importance_has_the_share_of_its_area)
{
    static const double marks[] = {0.6, 0.8, 0.5, 0.8, 0.5, 0.6};
    struct weight_node nodes[3];
    struct tender t;
    set_marks(&t, 2, 3, marks);
    set_free(nodes, 3, true);
    struct simulate_ask ask = {.seed = 2,
        .draws = DRAWS,
        .nodes = nodes,
        .nodes_n = 3,
        .node_of = itself};
    struct simulate_result *r = run(&t, &ask);

    ck_near(r->bids[0].wins, 200000, NEAR);
    ck_assert_int_eq(r->bids[0].wins + r->bids[1].wins, 1000000);
    simulate_result_free(&r);
}
END_TEST

/* jsmaa: A (1, 0, 1) is first when w2 < 1/2. */
START_TEST(two_alternatives_split_the_simplex)
{
    static const double marks[] = {1, 0, 1, 0, 1, 0};
    struct weight_node nodes[3];
    struct tender t;
    set_marks(&t, 2, 3, marks);
    set_free(nodes, 3, false);
    struct simulate_ask ask = {.seed = 3,
        .draws = DRAWS,
        .nodes = nodes,
        .nodes_n = 3,
        .node_of = itself};
    struct simulate_result *r = run(&t, &ask);

    ck_near(r->bids[0].wins, 750000, NEAR);
    ck_near(r->central[0], 388889, NEAR);
    ck_near(r->central[1], 222222, NEAR);
    ck_near(r->central[4], 666667, NEAR);
    ck_near(r->ranks[1], 250000, NEAR);
    ck_near(r->beats[1], 750000, NEAR);
    simulate_result_free(&r);
}
END_TEST

/* We have 50 of 60 points and ask 150; rivals 52 and a price of 120, 140 or
 * 180; 40 points fall from 100 to 200. */
static void set_duel(struct tender *t, size_t rivals)
{
    tender_empty(t);
    t->model.bids_n = rivals + 1;
    t->model.criteria_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(60 * ONE, 60 * ONE);
    t->criteria[1] = priced(40 * ONE, RULE_SET_LIMITS);
    t->criteria[1].set_min = 100 * ONE;
    t->criteria[1].set_max = 200 * ONE;
    t->bids[0].price = exactly(150 * ONE);
    t->marks[0] = exactly(50 * ONE);
    for (size_t b = 1; b <= rivals; b++) {
        t->bids[b].price = (struct estimate){120 * ONE, 140 * ONE, 180 * ONE};
        *mark_at(t, b, 0) = exactly(52 * ONE);
    }
}

START_TEST(a_price_to_win_has_its_closed_form)
{
    struct simulate_ask ask = {.seed = 4, .draws = DRAWS, .thresholds = true};
    struct tender t;
    double price, profit;
    set_duel(&t, 1);
    struct simulate_result *r = run(&t, &ask);

    ck_near(r->bids[0].wins, 260417, NEAR);
    ck_assert_int_eq(simulate_win_at(r, 150.0), r->bids[0].wins);
    ck_assert_double_eq_tol(simulate_price_for(r, 500000), 140.358984, 0.12);
    ck_assert_double_eq_tol(simulate_price_for(r, 700000), 133.973666, 0.12);
    ck_assert_int_eq(simulate_win_at(r, simulate_price_for(r, 700000)), 700000);
    simulate_best_offer(r, 120.0, 0.0, 0, &price, &profit);
    ck_assert(profit > 0.0 && price > 120.0);
    ck_assert(profit >=
              (140.0 - 120.0) * (double)simulate_win_at(r, 140.0) / 1e6 - 1e-9);
    simulate_result_free(&r);
    set_duel(&t, 2);
    r = run(&t, &ask);
    ck_near(r->bids[0].wins, 67817, NEAR);
    simulate_result_free(&r);
}
END_TEST

START_TEST(what_is_sure_wins_as_the_award_says)
{
    uint64_t seed = 9;

    for (int round = 0; round < 600; round++) {
        struct simulate_ask ask = {
            .seed = (uint64_t)round, .draws = 128, .thresholds = round % 4 < 2};
        struct award_result *award = NULL;
        struct simulate_result *r = NULL;
        struct tender t;
        tender_drawn(&t, &seed);
        if (round % 2 == 1)
            draw_total_rule(&t, &seed);
        set_rounding(&t, ROUND_NONE, 0);
        t.model.tie = (enum tie_rule)(round % 3);
        t.model.max_pass = round % 5 == 0 ? 2 : 0;
        enum err err = simulate_run(&t.model, 0, &ask, &r);
        if (err == ERR_UNSUPPORTED)
            continue;
        ck_assert_int_eq(err, ERR_OK);
        ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
        int64_t sum = r->no_award;
        for (size_t b = 0; b < r->bids_n; b++) {
            sum += r->bids[b].wins;
            if (!award->bids[b].tie)
                ck_assert_int_eq(
                    r->bids[b].wins == 1000000, award->bids[b].wins);
            ck_assert_int_eq(r->bids[b].missing == 0, award->bids[b].admitted);
        }
        ck_assert_int_eq(sum, 1000000);
        if (r->thresholds && award->to_win == TO_WIN_AT)
            ck_assert_double_eq_tol(
                r->thresholds[0], (double)award->to_win_price / 1e6, 2e-6);
        award_free(&award);
        simulate_result_free(&r);
    }
}
END_TEST

START_TEST(a_tie_is_split_and_a_missing_rival_is_not_there)
{
    static const double marks[] = {0.5, 0.5, 0.5};
    static const int64_t presence[] = {ONE, ONE, ONE / 4};
    static const int64_t nobody[] = {0, 0, 0};
    struct simulate_ask ask = {.seed = 10, .draws = DRAWS};
    struct tender t;
    set_marks(&t, 3, 1, marks);
    struct simulate_result *r = run(&t, &ask);

    ck_near(r->bids[0].wins, 333333, 1);
    ck_near(r->ranks[2], 333333, 1);
    simulate_result_free(&r);
    ask.presence = presence;
    r = run(&t, &ask);
    ck_near(r->bids[2].wins, 83333, NEAR);
    ck_near(r->bids[2].missing, 750000, NEAR);
    simulate_result_free(&r);
    ask.presence = nobody;
    r = run(&t, &ask);
    ck_assert_int_eq(r->no_award, 1000000);
    ck_assert_int_eq(r->bids[0].mean_rank, MODEL_ABSENT);
    simulate_result_free(&r);
}
END_TEST

START_TEST(a_severe_jury_leaves_the_order_and_moves_the_marks_together)
{
    struct simulate_ask ask = {.seed = 11, .draws = DRAWS};
    struct tender t;
    double marks[] = {0.5, 0.5};
    set_marks(&t, 2, 1, marks);
    t.marks[0] = (struct estimate){ONE / 10, ONE / 2, ONE * 9 / 10};
    t.marks[1] = (struct estimate){ONE / 10, ONE / 2, ONE * 9 / 10};
    struct simulate_result *r = run(&t, &ask);

    ck_near(r->bids[0].wins, 500000, NEAR);
    ck_near(r->beats[1] + r->beats[2], 1000000, 1);
    simulate_result_free(&r);
    /* With a correlation of .36 both follow the jury in 36 of 100 draws, and
     * then have the same mark. */
    ask.correlation = 3600;
    r = run(&t, &ask);
    ck_near(r->beats[1] + r->beats[2], 640000, NEAR);
    simulate_result_free(&r);
    ask.correlation = ONE;
    r = run(&t, &ask);
    ck_assert_int_eq(r->beats[1] + r->beats[2], 0);
    simulate_result_free(&r);
}
END_TEST

START_TEST(one_price_changed_moves_the_figures_smoothly)
{
    struct simulate_ask ask = {.seed = 12, .draws = 12800};
    int64_t before = 1000000;
    struct tender t;

    for (int64_t price = 440; price < 560; price += 5) {
        set_unsure(&t);
        t.bids[OURS].price = exactly(price * ONE);
        struct simulate_result *r = run(&t, &ask);
        ck_assert_int_le(r->bids[OURS].wins, before);
        ck_assert_int_lt(before - r->bids[OURS].wins, 160000);
        before = r->bids[OURS].wins;
        simulate_result_free(&r);
    }
}
END_TEST

static bool stop_at_once(void *context, uint64_t done, uint64_t draws)
{
    uint64_t *seen = context;

    ck_assert_uint_lt(done, draws);
    *seen = done;
    return false;
}

START_TEST(a_simulation_stops_when_it_is_close_or_told_to)
{
    uint64_t seen = 0;
    struct simulate_ask ask = {
        .seed = 13, .draws = 1000000, .half_width = 10000};
    struct tender t;
    set_unsure(&t);
    struct simulate_result *r = run(&t, &ask);

    ck_assert_uint_eq(r->draws % ((uint64_t)SIMULATE_ROUND * QUICK_BLOCK), 0);
    ck_assert_uint_lt(r->draws, 20000);
    for (size_t b = 0; b < 3; b++)
        ck_assert_int_le(r->bids[b].high - r->bids[b].low, 20001);
    ck_assert(!r->stopped);
    simulate_result_free(&r);
    ask.half_width = 0;
    ask.go_on = stop_at_once;
    ask.context = &seen;
    r = run(&t, &ask);
    ck_assert(r->stopped);
    ck_assert_uint_eq(r->draws, (uint64_t)SIMULATE_ASK * QUICK_BLOCK);
    ck_assert_uint_eq(seen, r->draws);
    simulate_result_free(&r);
}
END_TEST

START_TEST(what_can_not_be_simulated_is_refused)
{
    struct simulate_result *r = NULL;
    struct simulate_ask ask = {.seed = 1, .draws = 128};
    struct tender t;

    tender_golden(&t);
    ask.draws = 0;
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_ARG);
    ask.draws = SIMULATE_DRAWS + 1;
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_LIMIT);
    ask.draws = 128;
    t.criteria[C1].rule = RULE_NONE;
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_STATE);
    ck_assert_ptr_null(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/simulate");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, acceptabilities_have_their_closed_forms);
    tcase_add_test(all, an_order_of_importance_has_the_share_of_its_area);
    tcase_add_test(all, two_alternatives_split_the_simplex);
    tcase_add_test(all, a_price_to_win_has_its_closed_form);
    tcase_add_test(all, what_is_sure_wins_as_the_award_says);
    tcase_add_test(all, a_tie_is_split_and_a_missing_rival_is_not_there);
    tcase_add_test(
        all, a_severe_jury_leaves_the_order_and_moves_the_marks_together);
    tcase_add_test(all, one_price_changed_moves_the_figures_smoothly);
    tcase_add_test(all, a_simulation_stops_when_it_is_close_or_told_to);
    tcase_add_test(all, what_can_not_be_simulated_is_refused);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
