/* SPDX-License-Identifier: Apache-2.0
 *
 * check_front.c - all offers, the front, the best that wins, the discount;
 * and the same figures computed a second time, plainly, from the definitions.
 */
#include "value/front/front.h"

#include "tests/unit/plain.h"
#include "tests/unit/tender.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>
#include <time.h>

static const struct frontier_ask every_offer = {
    .cost = FRONTIER_PRICE, .budget = MODEL_ABSENT, .all = true};

static struct frontier_found *computed(const struct tender *t)
{
    struct frontier_found *made = NULL;

    ck_assert_int_eq(frontier_compute(&t->model, &every_offer, &made), ERR_OK);
    ck_assert(made->exact && made->all);
    return made;
}

/* What would make the users' best offer win. */
static struct front_discount discount_of(
    const struct tender *t, const struct frontier_found *made)
{
    struct front_discount discount;

    front_discount_of(
        &t->model, FRONTIER_PRICE, made, made->users_best, &discount);
    return discount;
}

static const struct {
    uint64_t set;
    bool admitted;
    int64_t price, points, lead, users;
    bool wins, front;
} golden[] = {
    {0, true, 520000000, 78615385, -534615, 700125, false, false},
    {1, true, 545000000, 77777523, -1372477, 806125, false, false},
    {2, true, 532000000, 78884586, -265414, 772547, false, false},
    {3, true, 557000000, 78115978, -1034022, 878547, false, false},
    {4, true, 560000000, 79242857, 92857, 754031, true, false},
    {5, true, 585000000, 78619231, -530769, 860031, false, false},
    {6, true, 572000000, 79618531, 468531, 826453, true, true},
    {7, true, 597000000, 79050754, -99246, 932453, false, true},
};

START_TEST(the_golden_offers_have_their_figures)
{
    struct tender t;
    tender_golden(&t);
    struct frontier_found *made = computed(&t);
    const struct frontier_offer *got = &made->offers[_i];

    ck_assert_uint_eq(made->offers_n, 8);
    ck_assert_uint_eq(got->set.word[0], golden[_i].set);
    ck_assert_int_eq(got->price, golden[_i].price);
    ck_assert_int_eq(got->points, golden[_i].points);
    ck_assert_int_eq(got->lead, golden[_i].lead);
    ck_assert_int_eq(got->users, golden[_i].users);
    ck_assert_int_eq(got->wins, golden[_i].wins);
    ck_assert_int_eq(got->front, golden[_i].front);
    frontier_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(the_golden_best_offer_and_discount_are_found)
{
    struct tender t;
    tender_golden(&t);
    struct frontier_found *made = computed(&t);

    ck_assert_uint_eq(made->choices_n, 3);
    ck_assert_uint_eq(made->choices[2], O3);
    ck_assert_uint_eq(made->best, 6);
    ck_assert_uint_eq(made->users_best, 7);
    ck_assert_int_eq(discount_of(&t, made).to_win, TO_WIN_AT);
    ck_assert_int_eq(discount_of(&t, made).price, 595041322);
    ck_assert_int_eq(discount_of(&t, made).cut, 1958678);
    frontier_free(&made);
}
END_TEST

START_TEST(without_possible_elements_the_bid_itself_is_the_front)
{
    struct tender t;
    tender_golden(&t);
    t.model.elements_n = t.model.effects_n = 0;
    struct frontier_found *made = computed(&t);

    ck_assert_uint_eq(made->offers_n, 1);
    ck_assert(made->offers[0].front);
    ck_assert_uint_eq(made->best, MODEL_NOWHERE);
    ck_assert_int_eq(discount_of(&t, made).price, 512091038);
    ck_assert_int_eq(discount_of(&t, made).cut, 520000000 - 512091038);
    frontier_free(&made);
}
END_TEST

START_TEST(an_offer_that_wins_already_needs_no_cut)
{
    struct tender t;
    tender_golden(&t);
    t.bids[OURS].price = exactly(500 * ONE);
    struct frontier_found *made = computed(&t);

    ck_assert_uint_eq(made->best, made->users_best);
    ck_assert_int_gt(discount_of(&t, made).price, 577000000);
    ck_assert_int_eq(discount_of(&t, made).cut, 0);
    frontier_free(&made);
}
END_TEST

START_TEST(an_offer_that_wins_at_no_price_has_no_cut)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = 7 * ONE; /* none of our elements reaches it */
    struct frontier_found *made = computed(&t);

    ck_assert_uint_eq(made->best, MODEL_NOWHERE);
    ck_assert_int_eq(discount_of(&t, made).to_win, TO_WIN_NONE);
    ck_assert_int_eq(discount_of(&t, made).price, MODEL_ABSENT);
    ck_assert_int_eq(discount_of(&t, made).cut, MODEL_ABSENT);
    for (size_t i = 0; i < made->offers_n; i++) {
        ck_assert(!made->offers[i].admitted && !made->offers[i].front);
        ck_assert_int_eq(made->offers[i].points, MODEL_ABSENT);
        ck_assert_int_eq(made->offers[i].lead, MODEL_ABSENT);
    }
    frontier_free(&made);
}
END_TEST

START_TEST(an_element_can_carry_the_offer_over_a_gate)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = ONE * 65 / 10;
    struct frontier_found *made = computed(&t);

    for (size_t i = 0; i < made->offers_n; i++)
        ck_assert_int_eq(
            made->offers[i].admitted, made->offers[i].set.word[0] & 1);
    frontier_free(&made);
}
END_TEST

START_TEST(alone_the_best_for_users_is_the_front)
{
    struct tender t;
    tender_golden(&t);
    t.model.bids_n = 1;
    struct frontier_found *made = computed(&t);

    for (size_t i = 0; i < made->offers_n; i++) {
        ck_assert_int_eq(
            made->offers[i].front, made->offers[i].set.word[0] == 7);
        ck_assert_int_eq(made->offers[i].lead, MODEL_ABSENT);
        ck_assert(made->offers[i].wins);
    }
    ck_assert_int_eq(discount_of(&t, made).to_win, TO_WIN_ANY);
    ck_assert_int_eq(discount_of(&t, made).cut, 0);
    frontier_free(&made);
}
END_TEST

START_TEST(among_equals_the_cheaper_then_the_smaller_set_is_best)
{
    struct tender t;
    tender_golden(&t);
    t.model.effects_n = 0;
    t.criteria[C1].weight = exactly(0);
    *mark_at(&t, OURS, C2) = exactly(10 * ONE);
    *mark_at(&t, OURS, C3) = exactly(10 * ONE);
    t.elements[O1].cost = t.elements[O2].cost = t.elements[O3].cost = 0;
    struct frontier_found *made = computed(&t);
    ck_assert_uint_eq(made->offers[made->best].set.word[0], 0);
    for (size_t i = 0; i < 8; i++)
        ck_assert(made->offers[i].front); /* none is better than another */
    frontier_free(&made);

    t.bids[OURS].price = exactly(0);
    t.criteria[C1] = quality(0, ONE);
    for (size_t b = 0; b < 3; b++)
        *mark_at(&t, b, C1) = exactly(0);
    t.elements[O1].cost = -ONE;
    made = computed(&t);
    ck_assert_uint_eq(made->offers[made->best].set.word[0], 1);
    frontier_free(&made);
}
END_TEST

START_TEST(sets_that_may_not_be_offered_are_not_there)
{
    struct tender t;
    tender_golden(&t);
    t.elements[O1].group = t.elements[O3].group = 9;
    struct frontier_found *made = computed(&t);

    ck_assert_uint_eq(made->offers_n, 6);
    for (size_t i = 0; i < made->offers_n; i++)
        ck_assert((made->offers[i].set.word[0] & 5) != 5);
    frontier_free(&made);
}
END_TEST

START_TEST(more_than_sixteen_choices_are_refused)
{
    struct frontier_found *made = NULL;
    struct tender t;
    tender_golden(&t);
    for (int i = 0; i < 14; i++)
        add_element(&t, 0);

    ck_assert_int_eq(
        frontier_compute(&t.model, &every_offer, &made), ERR_LIMIT);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(elements_that_contradict_each_other_are_refused)
{
    struct frontier_found *made = NULL;
    struct tender t;
    tender_golden(&t);
    t.elements[O1].always = t.elements[O2].always = true;
    t.elements[O1].group = t.elements[O2].group = 1;

    ck_assert_int_eq(
        frontier_compute(&t.model, &every_offer, &made), ERR_STATE);
    ck_assert_ptr_null(made);
}
END_TEST

/* Every figure of every offer against plain.h, on tenders made up. */
START_TEST(a_plain_second_computation_finds_the_same_front)
{
    uint64_t seed = 41;
    int compared = 0;

    for (int round = 0; round < 400; round++) {
        struct tender t;
        struct plain plain;
        struct frontier_found *made = NULL;
        tender_drawn(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_FRONT))
            continue;
        made = computed(&t);
        plain_front(&plain, &t);
        ck_assert_uint_eq(made->offers_n, plain.n);
        for (size_t i = 0; i < plain.n; i++) {
            const struct frontier_offer *got = &made->offers[i];
            const struct plain_offer *want = &plain.offers[i];
            ck_assert_uint_eq(got->set.word[0], want->set);
            ck_assert_int_eq(got->admitted, want->admitted);
            ck_assert_int_eq(got->wins, want->wins);
            ck_assert_int_eq(got->front, want->front);
            ck_assert(is_near(got->users, want->users));
            ck_assert(is_near(got->price, want->price));
            if (!want->admitted)
                continue;
            ck_assert(is_near(got->points, want->points));
            if (want->has_lead)
                ck_assert(is_near(got->lead, want->lead));
        }
        ck_assert_uint_eq(made->best, plain.best);
        frontier_free(&made);
        compared++;
    }
    ck_assert_int_ge(compared, 200);
}
END_TEST

START_TEST(sixteen_elements_against_five_bids_are_weighed_at_once)
{
    struct tender t;
    tender_golden(&t);
    t.model.elements_n = t.model.effects_n = 0;
    t.model.bids_n = 5;
    for (size_t b = 3; b < 5; b++) {
        t.bids[b] = t.bids[b - 1];
        t.bids[b].price = exactly((400 + 10 * (int64_t)b) * ONE);
        memcpy(mark_at(&t, b, 0), mark_at(&t, RIV1, 0), 4 * sizeof *t.marks);
        memcpy(cover_at(&t, b, 0), cover_at(&t, RIV1, 0), 4 * sizeof *t.covers);
    }
    for (size_t e = 0; e < MODEL_CHOICES; e++) {
        add_element(&t, (int64_t)(e + 1) * ONE);
        add_effect(&t, e, C2 + e % 3, MODEL_NOWHERE, ONE / 10);
        add_effect(&t, e, MODEL_NOWHERE, e % 4, ONE / 20);
        t.effects[2 * e + 1].combine = (enum combine)(e % 3);
    }
    clock_t start = clock();
    struct frontier_found *made = computed(&t);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;

    ck_assert_uint_eq(made->offers_n, 65536);
    /* Far from the half second it takes: sanitizers make it slower. */
    ck_assert_double_lt(seconds, 20);
    frontier_free(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/front");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, the_golden_offers_have_their_figures, 0, 8);
    tcase_add_test(all, the_golden_best_offer_and_discount_are_found);
    tcase_add_test(all, without_possible_elements_the_bid_itself_is_the_front);
    tcase_add_test(all, an_offer_that_wins_already_needs_no_cut);
    tcase_add_test(all, an_offer_that_wins_at_no_price_has_no_cut);
    tcase_add_test(all, an_element_can_carry_the_offer_over_a_gate);
    tcase_add_test(all, alone_the_best_for_users_is_the_front);
    tcase_add_test(all, among_equals_the_cheaper_then_the_smaller_set_is_best);
    tcase_add_test(all, sets_that_may_not_be_offered_are_not_there);
    tcase_add_test(all, more_than_sixteen_choices_are_refused);
    tcase_add_test(all, elements_that_contradict_each_other_are_refused);
    tcase_add_test(all, a_plain_second_computation_finds_the_same_front);
    tcase_add_test(all, sixteen_elements_against_five_bids_are_weighed_at_once);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
