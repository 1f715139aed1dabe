/* SPDX-License-Identifier: Apache-2.0
 *
 * check_orders.c - who wins by order of importance: closed forms, and the same
 * by plain counting.
 */
#include "tests/unit/simulate_kit.h"
#include "value/firm/orders.h"

#define DRAWS 200000
#define NEAR  4000

static struct orders_result *compute(const struct tender *t, uint64_t draws)
{
    const struct orders_ask ask = {.seed = 1, .draws = draws};
    struct orders_result *made = NULL;

    ck_assert_int_eq(orders_compute(&t->model, &ask, &made), ERR_OK);
    return made;
}

static void set_two(struct tender *t)
{
    static const int64_t marks[] = {6000, 8000, 5000, 8000, 5000, 6000};

    tender_empty(t);
    t->model.bids_n = 2;
    t->model.criteria_n = 3;
    t->model.ours = 0;
    for (size_t k = 0; k < 3; k++)
        t->criteria[k] = quality(ONE, ONE);
    for (size_t i = 0; i < 6; i++)
        t->marks[i] = exactly(marks[i]);
}

static size_t order_of(const struct orders_result *r, const char *digits)
{
    for (size_t i = 0; i < r->orders_n; i++) {
        bool same = true;
        for (size_t k = 0; k < r->criteria_n; k++)
            same = same && r->order[i][k] == digits[k] - '1';
        if (same)
            return i;
    }
    ck_abort_msg("there is no order %s", digits);
    return 0;
}

/* a (.6 .8 .5), b (.8 .5 .6): in the order 1 2 3 the area in which a is first
 * is a fifth. */
START_TEST(an_order_has_the_share_of_its_area)
{
    struct tender t;
    set_two(&t);
    struct orders_result *r = compute(&t, DRAWS);

    ck_assert_uint_eq(r->orders_n, 6);
    const int64_t *wins = r->wins + order_of(r, "123") * 2;
    ck_near(wins[0], 200000, NEAR);
    ck_assert_int_eq(wins[0] + wins[1], 1000000);
    orders_free(&r);
}
END_TEST

/* With one criterion the most important, every order that begins with it is
 * equally likely. */
START_TEST(the_most_important_is_the_mean_of_its_orders)
{
    struct tender t;
    set_two(&t);
    struct orders_result *r = compute(&t, DRAWS);

    for (size_t k = 0; k < 3; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < r->orders_n; i++)
            sum += r->order[i][0] == k ? r->wins[2 * i] : 0;
        ck_near(r->first[2 * k], sum / 2, NEAR);
        ck_assert_int_eq(r->first[2 * k] + r->first[2 * k + 1], 1000000);
    }
    orders_free(&r);
}
END_TEST

/* Nothing published at all is any of the criteria the most important. */
START_TEST(all_orders_together_are_no_order)
{
    struct tender t;
    struct weight_node nodes[3];
    static const size_t itself[] = {0, 1, 2};
    int64_t sum = 0;
    set_two(&t);
    for (size_t k = 0; k < 3; k++)
        nodes[k] = (struct weight_node){
            .parent = MODEL_NOWHERE, .likely = 1, .free = true, .key = k + 1};
    const struct simulate_ask ask = {.seed = 5,
        .draws = DRAWS,
        .nodes = nodes,
        .nodes_n = 3,
        .node_of = itself};
    struct simulate_result *s = run(&t, &ask);
    struct orders_result *r = compute(&t, DRAWS);

    for (size_t k = 0; k < 3; k++)
        sum += r->first[2 * k];
    ck_near(sum / 3, s->bids[0].wins, NEAR);
    orders_free(&r);
    simulate_result_free(&s);
}
END_TEST

START_TEST(level_bids_share_and_refused_ones_have_nothing)
{
    struct tender t;
    set_two(&t);
    for (size_t k = 0; k < 3; k++)
        t.marks[3 + k] = t.marks[k];
    struct orders_result *r = compute(&t, 1000);
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(r->first[i], 500000);
    orders_free(&r);
    t.criteria[2].min_score = 5500;
    t.marks[5] = exactly(6000);
    r = compute(&t, 1000);
    for (size_t i = 0; i < r->orders_n; i++) {
        ck_assert_int_eq(r->wins[2 * i], 0);
        ck_assert_int_eq(r->wins[2 * i + 1], 1000000);
    }
    orders_free(&r);
}
END_TEST

START_TEST(many_criteria_have_no_list_of_orders)
{
    struct tender t;
    set_two(&t);
    t.model.criteria_n = 6;
    for (size_t k = 0; k < 6; k++)
        t.criteria[k] = quality(ONE, ONE);
    for (size_t i = 0; i < 12; i++)
        t.marks[i] = exactly((int64_t)(i * 700 % 9000));
    struct orders_result *r = compute(&t, 1000);

    ck_assert_uint_eq(r->orders_n, 0);
    for (size_t k = 0; k < 6; k++)
        ck_near(r->first[2 * k] + r->first[2 * k + 1], 1000000, 1);
    orders_free(&r);
}
END_TEST

START_TEST(what_is_not_added_up_has_no_orders)
{
    const struct orders_ask ask = {.seed = 1, .draws = 128};
    struct orders_result *r = NULL;
    struct tender t;

    tender_golden(&t);
    t.criteria[C1].rule = RULE_PRICE_PER_QUALITY;
    ck_assert_int_eq(orders_compute(&t.model, &ask, &r), ERR_UNSUPPORTED);
    t.criteria[C1].rule = RULE_NONE;
    ck_assert_int_eq(orders_compute(&t.model, &ask, &r), ERR_STATE);
    ck_assert_ptr_null(r);
}
END_TEST

static bool stop_at_once(void *context, uint64_t done, uint64_t draws)
{
    (void)context;
    ck_assert_uint_lt(done, draws);
    return false;
}

START_TEST(it_ends_when_told)
{
    const struct orders_ask ask = {
        .seed = 1, .draws = 1000000, .go_on = stop_at_once};
    struct orders_result *r = NULL;
    struct tender t;

    set_two(&t);
    ck_assert_int_eq(orders_compute(&t.model, &ask, &r), ERR_OK);
    ck_assert(r->stopped);
    ck_assert_uint_eq(r->draws, UINT64_C(64) * 128);
    orders_free(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/orders");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, an_order_has_the_share_of_its_area);
    tcase_add_test(all, the_most_important_is_the_mean_of_its_orders);
    tcase_add_test(all, all_orders_together_are_no_order);
    tcase_add_test(all, level_bids_share_and_refused_ones_have_nothing);
    tcase_add_test(all, many_criteria_have_no_list_of_orders);
    tcase_add_test(all, what_is_not_added_up_has_no_orders);
    tcase_add_test(all, it_ends_when_told);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
