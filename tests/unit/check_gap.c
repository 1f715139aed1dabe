/* SPDX-License-Identifier: Apache-2.0
 *
 * check_gap.c - shadow weights, blind spots, divergence, agreement of ranks.
 */
#include "value/gap/gap.h"

#include "tests/unit/tender.h"
#include "value/gap/kendall.h"

#include <check.h>
#include <stdlib.h>

static struct gap_result *computed(const struct tender *t)
{
    struct gap_result *made = NULL;

    ck_assert_int_eq(gap_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(the_golden_needs_weigh_differently_to_users_and_criteria)
{
    static const int64_t users[] = {359375, 85938, 265000, 289687};
    static const int64_t criteria[] = {570513, 232372, 62500, 134615};
    static const int64_t gaps[] = {-211138, -146434, 202500, 155072};
    struct tender t;
    tender_golden(&t);
    struct gap_result *made = computed(&t);

    for (size_t n = 0; n < 4; n++) {
        ck_assert_int_eq(made->needs[n].users, users[n]);
        ck_assert_int_eq(made->needs[n].criteria, criteria[n]);
        ck_assert_int_eq(made->needs[n].gap, gaps[n]);
        ck_assert(made->needs[n].touched);
    }
    gap_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(the_golden_blind_spots_are_the_widest_gaps_first)
{
    struct tender t;
    tender_golden(&t);
    struct gap_result *made = computed(&t);

    ck_assert_uint_eq(made->blind_n, 2);
    ck_assert_uint_eq(made->blind[0], N3);
    ck_assert_uint_eq(made->blind[1], N4);
    gap_free(&made);
}
END_TEST

START_TEST(the_golden_divergence_is_known_whole_and_by_segment)
{
    struct tender t;
    tender_golden(&t);
    struct gap_result *made = computed(&t);

    ck_assert_int_eq(made->divergence, 357572);
    ck_assert_int_eq(made->criteria_only, 400000);
    ck_assert_int_eq(made->segments[NIGHT].divergence, 352885);
    ck_assert_int_eq(made->segments[CHAIR].divergence, 370513);
    ck_assert_int_eq(made->segments[STUD].divergence, 427885);
    gap_free(&made);
}
END_TEST

START_TEST(the_golden_rankings_agree_with_the_mean_and_less_with_captives)
{
    struct tender t;
    tender_golden(&t);
    struct gap_result *made = computed(&t);

    ck_assert_int_eq(made->tau, 1000000);
    ck_assert_int_eq(made->tau_captives, 333333);
    ck_assert_int_eq(made->segments[CHAIR].tau, 333333);
    ck_assert_int_eq(made->segments[NIGHT].tau, 1000000);
    gap_free(&made);
}
END_TEST

START_TEST(divergence_is_known_before_any_bid)
{
    struct tender t;
    tender_golden(&t);
    t.model.bids_n = 0;
    t.model.ours = MODEL_NOWHERE;
    struct gap_result *made = computed(&t);

    ck_assert_int_eq(made->divergence, 357572);
    ck_assert_int_eq(made->tau, MODEL_ABSENT);
    ck_assert_int_eq(made->tau_captives, MODEL_ABSENT);
    ck_assert_int_eq(made->segments[NIGHT].tau, MODEL_ABSENT);
    gap_free(&made);
}
END_TEST

START_TEST(one_bid_has_no_ranking_to_agree_with)
{
    struct tender t;
    tender_golden(&t);
    t.model.bids_n = 1;
    struct gap_result *made = computed(&t);

    ck_assert_int_eq(made->tau, MODEL_ABSENT);
    gap_free(&made);
}
END_TEST

START_TEST(bids_that_are_rejected_or_unknown_take_no_part_in_the_ranking)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C4].min_score = ONE * 55 / 10; /* RIV1 is rejected */
    struct gap_result *made = computed(&t);
    /* Of the two left we lead the award, and users prefer the other. */
    ck_assert_int_eq(made->tau, -1000000);
    gap_free(&made);

    tender_golden(&t);
    for (size_t n = 0; n < 4; n++)
        *cover_at(&t, RIV2, n) = not_recorded();
    made = computed(&t);
    ck_assert_int_eq(made->tau, 1000000);
    gap_free(&made);
}
END_TEST

START_TEST(a_need_no_criterion_looks_at_is_seen)
{
    struct tender t;
    tender_golden(&t);
    *relates_at(&t, N3, C4) = 0;
    struct gap_result *made = computed(&t);

    ck_assert(!made->needs[N3].touched);
    ck_assert_int_eq(made->needs[N3].criteria, 0);
    ck_assert_int_eq(made->needs[N3].gap, made->needs[N3].users);
    gap_free(&made);
}
END_TEST

START_TEST(a_segment_that_says_nothing_has_no_divergence)
{
    struct tender t;
    tender_golden(&t);
    for (size_t n = 0; n < 4; n++)
        *importance_at(&t, STUD, n) = MODEL_ABSENT;
    struct gap_result *made = computed(&t);

    ck_assert_int_eq(made->segments[STUD].divergence, MODEL_ABSENT);
    ck_assert_int_eq(made->segments[STUD].tau, MODEL_ABSENT);
    ck_assert_int_eq(made->segments[CHAIR].divergence, 370513);
    gap_free(&made);
}
END_TEST

START_TEST(weights_sum_to_one_on_both_sides)
{
    uint64_t seed = 31;

    for (int round = 0; round < 200; round++) {
        struct tender t;
        struct gap_result *made = NULL;
        int64_t users = 0;
        int64_t criteria = 0;
        tender_drawn(&t, &seed);
        t.relates[0] = 9;
        ck_assert_int_eq(gap_compute(&t.model, &made), ERR_OK);
        for (size_t n = 0; n < made->needs_n; n++) {
            users += made->needs[n].users;
            criteria += made->needs[n].criteria;
        }
        ck_assert_int_eq(users, 1000000);
        ck_assert_int_eq(criteria, 1000000);
        ck_assert(made->divergence >= 0 && made->divergence <= 1000000);
        gap_free(&made);
    }
}
END_TEST

static const struct {
    size_t n;
    int64_t a[5], b[5];
    bool defined;
    int64_t tau;
} taus[] = {
    {5, {12, 2, 1, 12, 2}, {1, 4, 7, 1, 0}, true, -471405},
    {4, {1, 2, 2, 3}, {1, 3, 2, 2}, true, 400000},
    {3, {1, 2, 3}, {3, 2, 1}, true, -1000000},
    {3, {1, 2, 3}, {INT64_MIN, 0, INT64_MAX}, true, 1000000},
    {3, {1, 2, 3}, {1, 3, 2}, true, 333333},
    {3, {1, 1, 1}, {1, 2, 3}, false, 7},
    {3, {1, 2, 3}, {4, 4, 4}, false, 7},
    {1, {1}, {1}, false, 7},
    {0, {0}, {0}, false, 7},
};

START_TEST(tau_b_has_its_published_values)
{
    int64_t tau = 7;

    ck_assert_int_eq(kendall_tau(taus[_i].a, taus[_i].b, taus[_i].n, &tau),
        taus[_i].defined);
    ck_assert_int_eq(tau, taus[_i].tau); /* 7: untouched */
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/gap");
    TCase *all = tcase_create("all");
    tcase_add_test(
        all, the_golden_needs_weigh_differently_to_users_and_criteria);
    tcase_add_test(all, the_golden_blind_spots_are_the_widest_gaps_first);
    tcase_add_test(all, the_golden_divergence_is_known_whole_and_by_segment);
    tcase_add_test(
        all, the_golden_rankings_agree_with_the_mean_and_less_with_captives);
    tcase_add_test(all, divergence_is_known_before_any_bid);
    tcase_add_test(all, one_bid_has_no_ranking_to_agree_with);
    tcase_add_test(
        all, bids_that_are_rejected_or_unknown_take_no_part_in_the_ranking);
    tcase_add_test(all, a_need_no_criterion_looks_at_is_seen);
    tcase_add_test(all, a_segment_that_says_nothing_has_no_divergence);
    tcase_add_test(all, weights_sum_to_one_on_both_sides);
    tcase_add_loop_test(all, tau_b_has_its_published_values, 0, ROWS(taus));
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
