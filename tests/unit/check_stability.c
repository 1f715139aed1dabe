/* SPDX-License-Identifier: Apache-2.0
 *
 * check_stability.c - weights, marks and rules that would change the award.
 */
#include "value/firm/stability.h"

#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/firm/stability_inside.h"

#include <check.h>
#include <stdlib.h>

static struct stability_result *computed(const struct tender *t)
{
    struct stability_result *made = NULL;

    ck_assert_int_eq(stability_compute(&t->model, &made), ERR_OK);
    return made;
}

static void set_three(struct tender *t)
{
    static const int64_t marks[] = {8, 6, 5, 7, 9, 4, 5, 7, 9};
    static const int64_t weights[] = {50, 30, 20};

    tender_empty(t);
    t->model.bids_n = t->model.criteria_n = 3;
    t->model.ours = 0;
    for (size_t k = 0; k < 3; k++)
        t->criteria[k] = quality(weights[k] * ONE, 10 * ONE);
    for (size_t i = 0; i < 9; i++)
        t->marks[i] = exactly(marks[i] * ONE);
}

START_TEST(the_leader_stays_while_a_weight_is_within_its_interval)
{
    struct tender t;
    set_three(&t);
    struct stability_result *r = computed(&t);

    ck_assert_uint_eq(r->leader, 1);
    ck_assert_int_eq(r->criteria[0].low, 285715);  /* 2/7 */
    ck_assert_int_eq(r->criteria[0].high, 583333); /* 7/12 */
    ck_assert_uint_eq(r->criteria[0].below, 2);
    ck_assert_uint_eq(r->criteria[0].above, 0);
    ck_assert_int_eq(r->criteria[1].low, 250000);
    ck_assert_int_eq(r->criteria[1].high, 1000000);
    ck_assert_uint_eq(r->criteria[1].above, MODEL_NOWHERE);
    ck_assert_int_eq(r->criteria[2].low, 0);
    ck_assert_int_eq(r->criteria[2].high, 285714);
    stability_free(&r);
}
END_TEST

START_TEST(so_much_weight_has_to_move)
{
    struct tender t;
    set_three(&t);
    struct stability_result *r = computed(&t);

    ck_assert_int_eq(r->rivals[0].gap, 2000000);
    ck_assert_int_eq(r->rivals[0].mass, 5000000); /* .05 of 100 */
    ck_assert(r->rivals[0].nearest);
    ck_assert_int_eq(r->rivals[2].mass, 8571429); /* .085714 */
    ck_assert_int_eq(r->rivals[1].gap, MODEL_ABSENT);
    /* We lack two points: .4 marks of the first, a mark of the third. */
    ck_assert_int_eq(r->criteria[0].mark, 400000);
    ck_assert_int_eq(r->criteria[2].mark, 1000000);
    stability_free(&r);
}
END_TEST

START_TEST(nothing_moves_a_bid_that_is_behind_on_everything)
{
    struct tender t;
    set_three(&t);
    for (size_t k = 0; k < 3; k++)
        *mark_at(&t, 2, k) = exactly(0);
    struct stability_result *r = computed(&t);

    ck_assert_int_eq(r->rivals[2].mass, MODEL_ABSENT);
    stability_free(&r);
}
END_TEST

START_TEST(other_rules_would_have_given_the_golden_tender_to_others)
{
    struct tender t;
    tender_golden(&t);
    struct stability_result *r = computed(&t);

    ck_assert(r->rules[RULE_LOWEST_RATIO].applies);
    ck_assert(!r->rules[RULE_LOWEST_RATIO].changes);
    /* 40 x 80/150 + 44, 40 + 36.5, 49.15. */
    ck_assert_uint_eq(r->rules[RULE_MIN_MAX].winner, RIV1);
    ck_assert(r->rules[RULE_MIN_MAX].changes);
    ck_assert(r->rules[RULE_ZERO_AT].assumed);
    ck_assert(!r->rules[RULE_SET_LIMITS].applies);
    ck_assert(!r->rules[RULE_EXPRESSION].applies);
    ck_assert_uint_eq(r->rules[RULE_NORMALISED_PRICE].winner, RIV1);
    stability_free(&r);
}
END_TEST

/* Gives criterion k the share t of all weight, the others keeping theirs. */
static void set_share(struct tender *t, size_t k, double share)
{
    double others = 0;

    for (size_t i = 0; i < t->model.criteria_n; i++)
        others += i == k ? 0.0 : (double)t->criteria[i].weight.likely;
    for (size_t i = 0; i < t->model.criteria_n; i++) {
        double weight = (double)t->criteria[i].weight.likely / others;
        weight = i == k ? share : weight * (1.0 - share);
        t->criteria[i].weight = exactly((int64_t)(weight * 1e13 + 0.5));
    }
}

START_TEST(just_beyond_an_interval_another_bid_wins)
{
    uint64_t seed = 31;
    int found = 0;

    for (int round = 0; round < 400; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        set_rounding(&t, ROUND_NONE, 0);
        for (size_t k = 0; k < t.model.criteria_n; k++)
            if (t.criteria[k].rule == RULE_EXPRESSION)
                t.criteria[k].rule = RULE_LOWEST_RATIO;
        struct stability_result *r = computed(&t);
        for (size_t k = 0; k < t.model.criteria_n &&
                           r->leader != MODEL_NOWHERE && r->criteria_n > 1;
             k++) {
            struct award_result *award = NULL;
            struct tender other = t;
            size_t over = r->criteria[k].above;
            if (over == MODEL_NOWHERE || r->criteria[k].high > 999000)
                continue;
            other.model.criteria = other.criteria;
            other.model.elements = other.elements;
            set_share(&other, k, (double)r->criteria[k].high / 1e6 + 2e-6);
            ck_assert_int_eq(award_compute(&other.model, &award), ERR_OK);
            ck_assert(!award->bids[r->leader].wins);
            award_free(&award);
            found++;
        }
        stability_free(&r);
    }
    ck_assert_int_gt(found, 100);
}
END_TEST

static void check_same(
    const struct stability_result *a, const struct stability_result *b)
{
    ck_assert_uint_eq(a->leader, b->leader);
    ck_assert_int_eq(a->adds_up, b->adds_up);
    ck_assert_mem_eq(
        a->criteria, b->criteria, a->criteria_n * sizeof *a->criteria);
    for (size_t i = 0; i < a->bids_n; i++) {
        ck_assert_int_eq(a->rivals[i].gap, b->rivals[i].gap);
        ck_assert_int_eq(a->rivals[i].mass, b->rivals[i].mass);
        ck_assert_int_eq(a->rivals[i].nearest, b->rivals[i].nearest);
    }
    for (size_t i = 0; i < RULE_COUNT; i++) {
        ck_assert_uint_eq(a->rules[i].winner, b->rules[i].winner);
        ck_assert_int_eq(a->rules[i].applies, b->rules[i].applies);
        ck_assert_int_eq(a->rules[i].changes, b->rules[i].changes);
    }
}

/* 0 .. n - 1 */
static int64_t pick(uint64_t *seed, int64_t n)
{
    return (int64_t)(draw(seed) % (uint64_t)n);
}

/* Only marks, few different ones so that there are ties. */
static void draw_marks_only(struct tender *t, uint64_t *seed)
{
    size_t n = 2 + (size_t)pick(seed, 6);

    tender_empty(t);
    t->model.bids_n = n;
    t->model.criteria_n = 1 + (size_t)pick(seed, 7);
    t->model.ours = (size_t)pick(seed, (int64_t)n);
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k] =
            quality(pick(seed, 5) * ONE / 2, (1 + pick(seed, 10)) * ONE);
    t->criteria[0].weight = exactly(ONE);
    for (size_t b = 0; b < n; b++) {
        t->bids[b].bonus = pick(seed, 4) == 0 ? pick(seed, 3) * ONE / 10 : 0;
        for (size_t k = 0; k < t->model.criteria_n; k++)
            *mark_at(t, b, k) =
                exactly(pick(seed, 5) * t->criteria[k].scale_max / 4);
    }
}

START_TEST(words_give_what_fractions_give)
{
    uint64_t seed = 77;

    for (int round = 0; round < 3000; round++) {
        struct stability_result *slow = NULL;
        struct stability_criterion criteria[AT_MOST] = {{0}};
        struct stability_rival rivals[AT_MOST] = {{0}};
        struct stability_result words = {
            .criteria = criteria, .rivals = rivals};
        struct tender t;

        if (round % 3 == 0) {
            tender_drawn(&t, &seed);
        } else {
            draw_marks_only(&t, &seed);
            ck_assert(stability_of_marks(&t.model, &words));
        }
        struct stability_result *quick = computed(&t);
        ck_assert_int_eq(stability_by_fractions(&t.model, &slow), ERR_OK);
        check_same(quick, slow);
        stability_free(&quick);
        stability_free(&slow);
    }
}
END_TEST

START_TEST(a_rule_that_gives_the_total_has_no_weights_to_move)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C1].rule = RULE_NORMALISED_PRICE;
    struct stability_result *r = computed(&t);

    ck_assert(!r->adds_up);
    ck_assert_uint_eq(r->leader, RIV1);
    ck_assert(!r->rules[RULE_MIN_MAX].changes);
    ck_assert(r->rules[RULE_LOWEST_RATIO].changes);
    stability_free(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/stability");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, the_leader_stays_while_a_weight_is_within_its_interval);
    tcase_add_test(all, so_much_weight_has_to_move);
    tcase_add_test(all, nothing_moves_a_bid_that_is_behind_on_everything);
    tcase_add_test(
        all, other_rules_would_have_given_the_golden_tender_to_others);
    tcase_add_test(all, just_beyond_an_interval_another_bid_wins);
    tcase_add_test(all, words_give_what_fractions_give);
    tcase_add_test(all, a_rule_that_gives_the_total_has_no_weights_to_move);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
