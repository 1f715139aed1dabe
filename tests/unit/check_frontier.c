/* SPDX-License-Identifier: Apache-2.0
 *
 * check_frontier.c - the front found by growing partial offers is the front of
 * all offers weighed one by one; what it costs, and what it says when it has
 * to be approximate.
 */
#include "value/front/frontier.h"

#include "tests/unit/frontier_kit.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

/* How many are on the front: they stand first but for the one without
 * elements and the one that is refused. */
static size_t count_front(const struct frontier_found *found)
{
    size_t n = 0;

    for (size_t i = 0; i < found->offers_n; i++)
        n += found->offers[i].front;
    return n;
}

START_TEST(the_golden_front_is_found)
{
    struct tender t;
    tender_golden(&t);
    struct frontier_found *found = found_with(&t.model, &plain_ask);

    ck_assert_uint_eq(found->choices_n, 3);
    ck_assert_uint_eq(found->choices[2], O3);
    ck_assert(found->exact && !found->all);
    ck_assert_int_eq(found->gap_lead, 0);
    ck_assert_int_eq(found->gap_users, 0);
    ck_assert_uint_eq(found->offers_n, 3);
    ck_assert_uint_eq(count_front(found), 2);
    ck_assert_uint_eq(found->best, 0);
    ck_assert_uint_eq(found->users_best, 1);
    ck_assert_uint_eq(found->least, 2);
    ck_assert_uint_eq(found->offers[0].set.word[0], 6);
    ck_assert_int_eq(found->offers[0].lead, 468531);
    ck_assert_int_eq(found->offers[0].users, 826453);
    ck_assert_int_eq(found->offers[0].price, 572000000);
    ck_assert_int_eq(found->offers[0].cost, 52000000);
    ck_assert(found->offers[0].wins);
    ck_assert_uint_eq(found->offers[1].set.word[0], 7);
    ck_assert_int_eq(found->offers[1].lead, -99246);
    ck_assert(!found->offers[1].wins);
    ck_assert_uint_eq(found->offers[2].set.word[0], 0);
    frontier_free(&found);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(a_cost_that_the_margin_pays_leaves_the_price)
{
    struct tender t;
    tender_golden(&t);
    struct frontier_ask ask = {.cost = FRONTIER_MARGIN, .budget = 60 * ONE};
    struct frontier_found *found = found_with(&t.model, &ask);

    /* All three cost 77; O2 and O3 cost 52, O1 and O2 37. */
    ck_assert_uint_eq(count_front(found), 2);
    ck_assert_uint_eq(found->offers[1].set.word[0], 3);
    for (size_t i = 0; i < found->offers_n; i++) {
        ck_assert_int_eq(found->offers[i].price, 520000000);
        ck_assert_int_le(found->offers[i].cost, 60000000);
    }
    ck_assert_uint_eq(found->offers[0].set.word[0], 6);
    frontier_free(&found);

    ask.budget = MODEL_ABSENT;
    found = found_with(&t.model, &ask);
    ck_assert_uint_eq(count_front(found), 1);
    ck_assert_uint_eq(found->offers[0].set.word[0], 7);
    frontier_free(&found);
}
END_TEST

/* One drawn tender both ways; false when there is nothing to compare. */
static bool compare_round(uint64_t *seed, int round)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_level levels[3];
    struct every_result *all = NULL;
    struct frontier_found *found = NULL;

    tender_drawn(&t, seed);
    draw_more(&t, levels, seed);
    if (every_compute(&t.model, &all) != ERR_OK)
        return false;
    ck_assert_int_eq(frontier_compute(&t.model, &plain_ask, &found), ERR_OK);
    bool searched = !found->all;
    if (searched) {
        size_t n = found_pairs(found, got);
        assert_same(got, n, want, front_pairs(all, want), round);
        ck_assert_int_eq(found->gap_lead, 0);
        assert_alike(found, found->best, all, all->best, round);
        assert_alike(found, found->users_best, all, all->users_best, round);
        frontier_free(&found);
        struct frontier_ask ask = {
            .cost = FRONTIER_PRICE, .budget = draw_from(seed, 10, 60) * ONE};
        found = found_with(&t.model, &ask);
        n = found_pairs(found, got);
        assert_same(
            got, n, want, budget_pairs(&t, all, ask.budget, want), round);
        compare_must(&t, all, seed, round);
        compare_margin(&t, ask.budget, round);
    }
    frontier_free(&found);
    every_free(&all);
    return searched;
}

START_TEST(a_thousand_small_fronts_are_those_of_all_offers)
{
    uint64_t seed = 57;
    int compared = 0;

    for (int round = 0; round < 4000 && compared < 1000; round++)
        compared += compare_round(&seed, round);
    ck_assert_int_eq(compared, 1000);
}
END_TEST

/* Enough elements that bounds have something to drop. */
START_TEST(twelve_elements_have_the_front_of_all_offers)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_element elements[12];
    struct model_effect effects[24];
    struct every_result *all = NULL;
    tender_many(
        &t, elements, effects, 12, ONE, ONE / 200 * (1 + _i % 4) * 100, 100);
    t.bids[OURS].price = exactly((460 + 7 * _i) * ONE);
    if (_i % 3 == 1)
        t.criteria[C1].rule = RULE_ZERO_AT;
    t.criteria[C1].zero_at = (13 + _i) * ONE / 10;
    t.criteria[C1].clamp = _i % 2 == 0;
    ck_assert_int_eq(every_compute(&t.model, &all), ERR_OK);
    struct frontier_found *found = found_with(&t.model, &plain_ask);

    ck_assert(found->exact && !found->all);
    assert_same(got, found_pairs(found, got), want, front_pairs(all, want), _i);
    assert_alike(found, found->best, all, all->best, _i);
    assert_alike(found, found->users_best, all, all->users_best, _i);
    frontier_free(&found);
    every_free(&all);
}
END_TEST

START_TEST(fifty_elements_that_add_up_have_an_exact_front)
{
    struct tender t;
    struct model_element elements[50];
    struct model_effect effects[100];
    tender_many(&t, elements, effects, 50, ONE, ONE / 10, 100);
    struct frontier_found *found = found_with(&t.model, &plain_ask);

    ck_assert_int_eq(found->gap_lead, 0);
    ck_assert_uint_gt(found->offers_n, 10);
    for (size_t i = 1; i < count_front(found); i++) {
        ck_assert_int_le(found->offers[i].lead, found->offers[i - 1].lead);
        ck_assert_int_ge(found->offers[i].users, found->offers[i - 1].users);
    }
    frontier_free(&found);
}
END_TEST

/* Whether some offer of the front is as good as another but for the gap. */
static bool is_near_one(
    const struct frontier_found *near, const struct frontier_offer *offer)
{
    for (size_t i = 0; i < near->offers_n; i++) {
        if (near->offers[i].lead + near->gap_lead >= offer->lead &&
            near->offers[i].users + near->gap_users >= offer->users)
            return true;
    }
    return false;
}

START_TEST(with_few_states_the_front_is_within_the_gap_it_tells)
{
    struct tender t;
    struct model_element elements[40];
    struct model_effect effects[80];
    tender_many(&t, elements, effects, 40, ONE, ONE / 10, 100);
    struct frontier_ask ask = plain_ask;
    ask.states_max = 50;
    struct frontier_found *exact = found_with(&t.model, &plain_ask);
    struct frontier_found *near = found_with(&t.model, &ask);

    ck_assert_int_eq(exact->gap_lead, 0);
    ck_assert_int_gt(near->gap_lead, 0);
    ck_assert_int_gt(near->gap_users, 0);
    for (size_t i = 0; i < count_front(exact); i++)
        ck_assert(is_near_one(near, &exact->offers[i]));
    frontier_free(&exact);
    frontier_free(&near);
}
END_TEST

/* The same where a budget holds, and where elements share what caps: in the
 * one half all are linked with all. */
START_TEST(whatever_is_thinned_the_gap_is_true)
{
    struct tender t;
    struct model_element elements[24];
    struct model_effect effects[48];
    struct frontier_ask ask = plain_ask;

    if (_i % 2 == 1)
        ask =
            (struct frontier_ask){.cost = FRONTIER_MARGIN, .budget = 120 * ONE};
    tender_many(&t, elements, effects, 24, _i / 2 % 2 == 0 ? 2 * ONE : 6 * ONE,
        ONE, 24);
    for (size_t i = 0; i < 24; i++)
        effects[2 * i + 1].combine =
            _i / 4 < 3 ? (enum combine)(_i / 4) : (enum combine)(i / 4 % 3);
    struct frontier_found *exact = found_with(&t.model, &ask);
    ck_assert(exact->exact);
    ask.states_max = 6;
    struct frontier_found *near = found_with(&t.model, &ask);

    for (size_t i = 0; i < count_front(exact); i++)
        ck_assert_msg(is_near_one(near, &exact->offers[i]),
            "case %d: offer %zu is further off", _i, i);
    frontier_free(&exact);
    frontier_free(&near);
}
END_TEST

/* As many partial offers as are needed are enough, one less is not. */
START_TEST(the_front_is_exact_up_to_its_states)
{
    struct tender t;
    struct model_element elements[40];
    struct model_effect effects[80];
    tender_many(&t, elements, effects, 40, ONE, ONE / 10, 100);
    struct frontier_ask ask = plain_ask;
    struct frontier_found *found = found_with(&t.model, &ask);

    ask.states_max = found->states;
    frontier_free(&found);
    found = found_with(&t.model, &ask);
    ck_assert(found->exact);
    ck_assert_uint_eq(found->states, ask.states_max);
    frontier_free(&found);
    ask.states_max--;
    found = found_with(&t.model, &ask);
    ck_assert(!found->exact);
    ck_assert_int_gt(found->gap_lead, 0);
    frontier_free(&found);
}
END_TEST

static bool stop_at_third(void *context)
{
    return ++*(int *)context == 3;
}

START_TEST(a_frontier_that_is_stopped_leaves_nothing)
{
    struct tender t;
    struct frontier_found *found = NULL;
    int asked = 0;
    tender_golden(&t);
    struct frontier_ask ask = plain_ask;
    ask.stop = stop_at_third;
    ask.context = &asked;

    ck_assert_int_eq(frontier_compute(&t.model, &ask, &found), ERR_ABORTED);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(what_can_not_be_searched_is_looked_at_whole)
{
    struct tender t;
    struct frontier_found *found = NULL;

    tender_golden(&t);
    t.model.max_pass = 2;
    found = found_with(&t.model, &plain_ask);
    ck_assert(found->all && found->exact);
    ck_assert_uint_eq(found->offers_n, 8);
    frontier_free(&found);
    for (size_t i = 0; i < 14; i++)
        add_element(&t, ONE);
    ck_assert_int_eq(frontier_compute(&t.model, &plain_ask, &found), ERR_LIMIT);
    t.model.max_pass = 0;
    t.elements[O1].cost = -600 * ONE;
    ck_assert_int_eq(frontier_compute(&t.model, &plain_ask, &found), ERR_LIMIT);
    t.elements[O1].cost = 0;
    found = found_with(&t.model, &plain_ask);
    ck_assert(!found->all);
    frontier_free(&found);
}
END_TEST

START_TEST(what_contradicts_itself_or_is_too_much_is_refused)
{
    struct tender t;
    struct frontier_found *found = NULL;
    static struct model_element many[FRONTIER_MAX + 1];

    tender_golden(&t);
    t.elements[O1].always = t.elements[O2].always = true;
    t.elements[O1].group = t.elements[O2].group = 1;
    ck_assert_int_eq(frontier_compute(&t.model, &plain_ask, &found), ERR_STATE);
    tender_golden(&t);
    t.model.elements = many;
    t.model.effects_n = 0;
    t.model.elements_n = FRONTIER_MAX + 1;
    ck_assert_int_eq(frontier_compute(&t.model, &plain_ask, &found), ERR_LIMIT);
    ck_assert_ptr_null(found);
}
END_TEST

/* All that is beyond the best mark or a whole coverage is lost. */
START_TEST(effects_far_beyond_their_limits_are_those_up_to_them)
{
    struct tender near, far;
    const int64_t most = 4000000000 * ONE;

    tender_golden(&near);
    for (size_t e = 0; e < near.model.effects_n; e++) {
        size_t k = near.effects[e].criterion;
        near.effects[e].by =
            k == MODEL_NOWHERE ? ONE : near.criteria[k].scale_max;
    }
    tender_golden(&far);
    for (size_t e = 0; e < far.model.effects_n; e++)
        far.effects[e].by = most;
    struct frontier_found *one = found_with(&near.model, &plain_ask);
    struct frontier_found *other = found_with(&far.model, &plain_ask);

    ck_assert(one->exact && other->exact);
    ck_assert_uint_eq(one->offers_n, other->offers_n);
    for (size_t i = 0; i < one->offers_n; i++) {
        ck_assert_uint_eq(
            one->offers[i].set.word[0], other->offers[i].set.word[0]);
        ck_assert_int_eq(one->offers[i].lead, other->offers[i].lead);
        ck_assert_int_eq(one->offers[i].users, other->offers[i].users);
    }
    frontier_free(&one);
    frontier_free(&other);
}
END_TEST

/* Of what must be in and may not stand together no offer can be made. */
START_TEST(musts_that_contradict_leave_no_offer)
{
    struct tender t;
    const bool must[] = {true, true, false};
    struct frontier_ask ask = plain_ask;

    tender_golden(&t);
    t.elements[O1].group = t.elements[O2].group = 1;
    ask.must = must;
    struct frontier_found *found = found_with(&t.model, &ask);
    ck_assert_uint_eq(found->offers_n, 0);
    ck_assert_uint_eq(found->best, MODEL_NOWHERE);
    frontier_free(&found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/frontier");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 300);
    tcase_add_test(all, the_golden_front_is_found);
    tcase_add_test(all, a_cost_that_the_margin_pays_leaves_the_price);
    tcase_add_test(all, a_thousand_small_fronts_are_those_of_all_offers);
    tcase_add_loop_test(
        all, twelve_elements_have_the_front_of_all_offers, 0, 24);
    tcase_add_test(all, fifty_elements_that_add_up_have_an_exact_front);
    tcase_add_test(all, with_few_states_the_front_is_within_the_gap_it_tells);
    tcase_add_loop_test(all, whatever_is_thinned_the_gap_is_true, 0, 16);
    tcase_add_test(all, the_front_is_exact_up_to_its_states);
    tcase_add_test(all, a_frontier_that_is_stopped_leaves_nothing);
    tcase_add_test(all, what_can_not_be_searched_is_looked_at_whole);
    tcase_add_test(all, what_contradicts_itself_or_is_too_much_is_refused);
    tcase_add_test(all, effects_far_beyond_their_limits_are_those_up_to_them);
    tcase_add_test(all, musts_that_contradict_leave_no_offer);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
