/* SPDX-License-Identifier: Apache-2.0
 *
 * check_users.c - users' value by bid and segment, captives, choice.
 */
#include "value/users/users.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

static struct users_result *computed(const struct tender *t)
{
    struct users_result *made = NULL;

    ck_assert_int_eq(users_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(the_golden_bids_have_their_value_in_each_segment)
{
    static const int64_t values[3][3] = {{700000, 752000, 683333},
        {575000, 428000, 475000}, {800000, 700000, 800000}};
    static const int64_t means[] = {700125, 547063, 793750};
    static const int64_t mins[] = {683333, 428000, 700000};
    static const size_t worst[] = {STUD, CHAIR, CHAIR};
    static const size_t ranks[] = {2, 3, 1};
    struct tender t;
    tender_golden(&t);
    struct users_result *made = computed(&t);
    size_t b = (size_t)_i;

    for (size_t s = 0; s < 3; s++)
        ck_assert_int_eq(made->values[b * 3 + s], values[b][s]);
    ck_assert_int_eq(made->bids[b].mean, means[b]);
    ck_assert_int_eq(made->bids[b].min, mins[b]);
    ck_assert_uint_eq(made->bids[b].worst, worst[b]);
    ck_assert_int_eq(made->bids[b].captives, values[b][CHAIR]);
    ck_assert_uint_eq(made->bids[b].rank, ranks[b]);
    users_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(golden_captives_prefer_our_bid)
{
    struct tender t;
    tender_golden(&t);
    struct users_result *made = computed(&t);

    ck_assert_uint_eq(made->bids[OURS].captives_rank, 1);
    ck_assert_uint_eq(made->ranks[OURS * 3 + CHAIR], 1);
    ck_assert_uint_eq(made->ranks[OURS * 3 + NIGHT], 2);
    ck_assert_uint_eq(made->ranks[RIV2 * 3 + CHAIR], 2);
    users_free(&made);
}
END_TEST

START_TEST(the_golden_segments_have_their_choice)
{
    static const int64_t degrees[] = {2631579, 1000000, 1219512};
    static const enum captive captive[] = {CAPTIVE_NO, CAPTIVE_YES, CAPTIVE_NO};
    struct tender t;
    tender_golden(&t);
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->segments[_i].choice.degree, degrees[_i]);
    ck_assert_int_eq(made->segments[_i].choice.captive, captive[_i]);
    users_free(&made);
}
END_TEST

enum { NO = -1, SHARES = 4 };

static const struct {
    int64_t shares[SHARES]; /* 1/10000; MODEL_ABSENT; NO: no such row */
    size_t reachable;       /* the first so many are */
    enum captive captive;
    int64_t degree;
} choices[] = {
    {{NO, NO, NO, NO}, 0, CAPTIVE_UNKNOWN, MODEL_ABSENT},
    {{5000, 5000, NO, NO}, 0, CAPTIVE_YES, 0},
    {{5000, 5000, NO, NO}, 1, CAPTIVE_YES, 1000000},
    {{10000, NO, NO, NO}, 1, CAPTIVE_YES, 1000000},
    /* Shares of what is reachable are brought to 1: .5 and .3 of .8. */
    {{5000, 3000, 2000, NO}, 2, CAPTIVE_NO, 1882353},
    {{2000, 2000, NO, NO}, 2, CAPTIVE_NO, 2000000},
    /* No share recorded: equal shares. */
    {{MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT, NO}, 3, CAPTIVE_NO, 3000000},
    {{0, 0, NO, NO}, 2, CAPTIVE_NO, 2000000},
    /* What is left of 1 goes in equal parts to those without: .6 .2 .2 */
    {{6000, MODEL_ABSENT, MODEL_ABSENT, NO}, 3, CAPTIVE_NO, 2272727},
    /* Nothing is left. */
    {{10000, MODEL_ABSENT, NO, NO}, 2, CAPTIVE_NO, 1000000},
    {{10000, 10000, MODEL_ABSENT, NO}, 3, CAPTIVE_NO, 2000000},
    {{5000, 5000, MODEL_ABSENT, 1000}, 4, CAPTIVE_NO, 2372549},
};

START_TEST(the_degree_of_choice_follows_the_shares_that_are_recorded)
{
    struct reach_choice choice;
    struct tender t;
    tender_golden(&t);
    t.model.reaches_n = 0;
    for (size_t i = 0; i < SHARES; i++) {
        if (choices[_i].shares[i] != NO)
            add_reach(
                &t, NIGHT, i < choices[_i].reachable, choices[_i].shares[i]);
    }

    reach_choice_of(&t.model, NIGHT, &choice);

    ck_assert_int_eq(choice.captive, choices[_i].captive);
    ck_assert_int_eq(choice.degree, choices[_i].degree);
    ck_assert_uint_le(choice.reachable, choices[_i].reachable);
}
END_TEST

START_TEST(suppliers_are_counted_once_each)
{
    static const size_t suppliers[] = {7, 7, 9, MODEL_NOWHERE, MODEL_NOWHERE};
    struct reach_choice choice;
    struct tender t;
    tender_golden(&t);
    t.model.reaches_n = 0;
    for (size_t i = 0; i < 5; i++) {
        add_reach(&t, STUD, true, MODEL_ABSENT);
        t.reaches[i].supplier = suppliers[i];
    }
    add_reach(&t, STUD, false, MODEL_ABSENT);
    t.reaches[5].supplier = 11;

    reach_choice_of(&t.model, STUD, &choice);

    ck_assert_uint_eq(choice.suppliers, 2);
    ck_assert_uint_eq(choice.suppliers_unknown, 2);
    ck_assert_uint_eq(choice.recorded, 6);
    ck_assert_uint_eq(choice.reachable, 5);
}
END_TEST

START_TEST(without_a_head_count_the_mean_is_a_range)
{
    struct tender t;
    tender_golden(&t);
    t.segments[STUD].heads = MODEL_ABSENT;
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].mean, MODEL_ABSENT);
    ck_assert_uint_eq(made->bids[OURS].rank, 0);
    ck_assert_int_eq(made->bids[OURS].min, 683333);
    ck_assert_int_eq(made->bids[OURS].max, 752000);
    ck_assert_int_eq(made->bids[OURS].captives, 752000); /* CHAIR alone */
    users_free(&made);
}
END_TEST

START_TEST(captives_without_head_counts_have_no_mean_when_they_are_several)
{
    struct tender t;
    tender_golden(&t);
    t.model.reaches_n = 5; /* STUD: nothing recorded */
    add_reach(&t, STUD, true, MODEL_ABSENT);
    t.segments[CHAIR].heads = MODEL_ABSENT;
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->segments[STUD].choice.captive, CAPTIVE_YES);
    ck_assert_int_eq(made->bids[OURS].captives, MODEL_ABSENT);
    ck_assert_uint_eq(made->bids[OURS].captives_rank, 0);
    users_free(&made);
}
END_TEST

START_TEST(without_captives_their_figure_is_absent)
{
    struct tender t;
    tender_golden(&t);
    t.model.reaches_n = 0;
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->segments[CHAIR].choice.captive, CAPTIVE_UNKNOWN);
    ck_assert_int_eq(made->segments[CHAIR].choice.degree, MODEL_ABSENT);
    ck_assert_int_eq(made->bids[OURS].captives, MODEL_ABSENT);
    users_free(&made);
}
END_TEST

START_TEST(a_segment_that_says_nothing_is_left_out)
{
    struct tender t;
    tender_golden(&t);
    for (size_t n = 0; n < 4; n++)
        *importance_at(&t, NIGHT, n) = n == 0 ? 0 : MODEL_ABSENT;
    struct users_result *made = computed(&t);

    ck_assert(!made->segments[NIGHT].counts);
    ck_assert_int_eq(made->values[OURS * 3 + NIGHT], MODEL_ABSENT);
    ck_assert_uint_eq(made->ranks[OURS * 3 + NIGHT], 0);
    /* (500 x .752 + 1500 x .683333..) / 2000 */
    ck_assert_int_eq(made->bids[OURS].mean, 700500);
    users_free(&made);
}
END_TEST

START_TEST(one_segment_that_counts_needs_no_heads)
{
    struct tender t;
    tender_golden(&t);
    for (size_t n = 0; n < 4; n++)
        *importance_at(&t, NIGHT, n) = *importance_at(&t, STUD, n) =
            MODEL_ABSENT;
    t.segments[CHAIR].heads = MODEL_ABSENT;
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].mean, 752000);
    users_free(&made);
}
END_TEST

START_TEST(
    a_need_without_coverage_is_not_covered_but_a_bid_without_any_is_unknown)
{
    struct tender t;
    tender_golden(&t);
    *cover_at(&t, OURS, N1) = not_recorded();
    for (size_t n = 0; n < 4; n++)
        *cover_at(&t, RIV2, n) = not_recorded();
    struct users_result *made = computed(&t);

    /* Night shift: (14 - 6.4) of 20. */
    ck_assert_int_eq(made->values[OURS * 3 + NIGHT], 380000);
    ck_assert(made->bids[OURS].known && !made->bids[RIV2].known);
    ck_assert_int_eq(made->bids[RIV2].mean, MODEL_ABSENT);
    ck_assert_int_eq(made->bids[RIV2].min, MODEL_ABSENT);
    ck_assert_int_eq(made->values[RIV2 * 3 + NIGHT], MODEL_ABSENT);
    ck_assert_uint_eq(made->bids[RIV2].rank, 0);
    users_free(&made);
}
END_TEST

START_TEST(ranges_of_coverage_are_counted)
{
    struct tender t;
    tender_golden(&t);
    *cover_at(&t, RIV1, N1) = (struct estimate){8000, 9000, 10000};
    struct users_result *made = computed(&t);

    ck_assert_uint_eq(made->estimates, 1);
    ck_assert_int_eq(made->values[RIV1 * 3 + NIGHT], 575000);
    users_free(&made);
}
END_TEST

START_TEST(a_set_of_elements_serves_users_better)
{
    struct tender t;
    struct users_result *made = NULL;
    tender_golden(&t);

    ck_assert_int_eq(users_compute_offer(&t.model, 7, &made), ERR_OK);
    ck_assert_int_eq(made->bids[OURS].mean, 932453);
    users_free(&made);
    ck_assert_int_eq(users_compute_offer(&t.model, 8, &made), ERR_ARG);
    ck_assert_ptr_null(made);
}
END_TEST

/* The plain definition, segment by segment, on tenders made up. */
START_TEST(the_mean_is_the_mean_of_the_segments_by_heads)
{
    uint64_t seed = 21;

    for (int round = 0; round < 200; round++) {
        struct tender t;
        double mean = 0;
        double heads = 0;
        tender_drawn(&t, &seed);
        struct users_result *made = computed(&t);
        size_t ours = t.model.ours;
        for (size_t s = 0; s < made->segments_n; s++) {
            mean += (double)t.segments[s].heads *
                    (double)made->values[ours * made->segments_n + s];
            heads += (double)t.segments[s].heads;
        }
        ck_assert_double_eq_tol(
            (double)made->bids[ours].mean, mean / heads, 1.01);
        ck_assert_int_le(made->bids[ours].min, made->bids[ours].mean);
        ck_assert_int_ge(made->bids[ours].max, made->bids[ours].mean);
        users_free(&made);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/users");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, the_golden_bids_have_their_value_in_each_segment, 0, 3);
    tcase_add_test(all, golden_captives_prefer_our_bid);
    tcase_add_loop_test(all, the_golden_segments_have_their_choice, 0, 3);
    tcase_add_loop_test(all,
        the_degree_of_choice_follows_the_shares_that_are_recorded, 0,
        ROWS(choices));
    tcase_add_test(all, suppliers_are_counted_once_each);
    tcase_add_test(all, without_a_head_count_the_mean_is_a_range);
    tcase_add_test(
        all, captives_without_head_counts_have_no_mean_when_they_are_several);
    tcase_add_test(all, without_captives_their_figure_is_absent);
    tcase_add_test(all, a_segment_that_says_nothing_is_left_out);
    tcase_add_test(all, one_segment_that_counts_needs_no_heads);
    tcase_add_test(all,
        a_need_without_coverage_is_not_covered_but_a_bid_without_any_is_unknown);
    tcase_add_test(all, ranges_of_coverage_are_counted);
    tcase_add_test(all, a_set_of_elements_serves_users_better);
    tcase_add_test(all, the_mean_is_the_mean_of_the_segments_by_heads);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
