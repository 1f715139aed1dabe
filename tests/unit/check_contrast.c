/* SPDX-License-Identifier: Apache-2.0
 *
 * check_contrast.c - regrets, overlaps, fidelity.
 */
#include "value/gap/contrast.h"

#include "tests/unit/tender.h"
#include "value/fraction.h"
#include "value/gap/gap.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

struct both {
    struct award_result *award;
    struct users_result *users;
};

static struct both computed(const struct tender *t)
{
    struct both both = {NULL, NULL};

    ck_assert_int_eq(award_compute(&t->model, &both.award), ERR_OK);
    ck_assert_int_eq(users_compute(&t->model, &both.users), ERR_OK);
    return both;
}

static void discard(struct both *both)
{
    award_free(&both->award);
    users_free(&both->users);
}

static const struct {
    enum contrast_of of;
    size_t best;
    int64_t users, points;
} golden[] = {{CONTRAST_MEAN, RIV2, 0, 0}, {CONTRAST_WORST, RIV2, 0, 0},
    {CONTRAST_CAPTIVES, OURS, 52000, 534615}};

START_TEST(the_golden_captives_would_choose_another_one)
{
    struct contrast_regret made;
    struct tender t;
    tender_golden(&t);
    struct both both = computed(&t);

    ck_assert(contrast_regret(both.award, both.users, golden[_i].of, &made));
    ck_assert_uint_eq(made.winner, RIV2);
    ck_assert_uint_eq(made.best, golden[_i].best);
    ck_assert_int_eq(made.users, golden[_i].users);
    ck_assert_int_eq(made.points, golden[_i].points);
    discard(&both);
}
END_TEST

START_TEST(what_users_would_choose_may_not_be_admitted)
{
    struct contrast_regret made;
    struct tender t;
    tender_golden(&t);
    t.criteria[C3].min_score = 7 * ONE; /* excludes RIV2 */
    struct both both = computed(&t);

    ck_assert(contrast_regret(both.award, both.users, CONTRAST_MEAN, &made));
    ck_assert_uint_eq(made.winner, OURS);
    ck_assert_uint_eq(made.best, RIV2);
    ck_assert_int_eq(made.users, 93625);
    ck_assert_int_eq(made.points, MODEL_ABSENT);
    discard(&both);
}
END_TEST

START_TEST(without_a_value_of_the_winner_there_is_no_regret)
{
    struct contrast_regret made;
    struct tender t;
    tender_golden(&t);
    for (size_t n = 0; n < 4; n++)
        *cover_at(&t, RIV2, n) = not_recorded();
    struct both both = computed(&t);

    ck_assert(!contrast_regret(both.award, both.users, CONTRAST_MEAN, &made));
    ck_assert(!contrast_regret(both.award, both.users, CONTRAST_WORST, &made));
    discard(&both);
    t.segments[NIGHT].heads = MODEL_ABSENT;
    *cover_at(&t, RIV2, N1) = exactly(ONE);
    both = computed(&t);
    ck_assert(!contrast_regret(both.award, both.users, CONTRAST_MEAN, &made));
    ck_assert(contrast_regret(both.award, both.users, CONTRAST_WORST, &made));
    discard(&both);
}
END_TEST

START_TEST(no_regret_is_below_0_and_the_best_has_none)
{
    uint64_t seed = 61;

    for (int round = 0; round < 200; round++) {
        struct contrast_regret made;
        struct tender t;
        tender_drawn(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_FRONT))
            continue;
        struct both both = computed(&t);
        if (contrast_regret(both.award, both.users, CONTRAST_MEAN, &made)) {
            int64_t most = 0;
            for (size_t b = 0; b < t.model.bids_n; b++) {
                if (both.users->bids[b].known &&
                    both.users->bids[b].mean > most)
                    most = both.users->bids[b].mean;
            }
            ck_assert_int_eq(
                made.users, most - both.users->bids[made.winner].mean);
            ck_assert(made.points == MODEL_ABSENT || made.points >= 0);
            ck_assert(made.users > 0 || made.best == made.winner);
        }
        discard(&both);
    }
}
END_TEST

static const struct {
    int64_t a[4], b[4];
    size_t n, k, same;
} lists[] = {
    {{3, 2, 1}, {1, 2, 3}, 3, 1, 0},
    {{3, 2, 1}, {1, 2, 3}, 3, 2, 1},
    {{3, 2, 1}, {1, 2, 3}, 3, 3, 3},
    {{5, 5, 5, 5}, {1, 2, 3, 4}, 4, 2, 0}, /* of level ones the first two */
    {{5, 5, 5, 5}, {9, 9, 9, 9}, 4, 2, 2},
    {{7}, {7}, 1, 1, 1},
};

START_TEST(the_first_few_of_two_lists_overlap)
{
    ck_assert_uint_eq(
        contrast_overlap(lists[_i].a, lists[_i].b, lists[_i].n, lists[_i].k),
        lists[_i].same);
}
END_TEST

START_TEST(fidelity_is_what_the_divergence_leaves)
{
    static const int64_t wanted[] = {647115, 629487, 572115};
    struct tender t;
    tender_golden(&t);

    for (size_t s = 0; s < 3; s++) {
        bool only[3] = {false, false, false};
        only[s] = true;
        ck_assert_int_eq(contrast_fidelity(&t.model, only), wanted[s]);
    }
    ck_assert_int_eq(contrast_fidelity(&t.model, NULL), 642428);
}
END_TEST

START_TEST(of_several_segments_heads_decide_and_must_be_known)
{
    bool only[3] = {true, false, true};
    struct tender t;
    struct gap_result *gap = NULL;
    tender_golden(&t);
    int64_t fidelity = contrast_fidelity(&t.model, only);
    for (size_t n = 0; n < 4; n++)
        *importance_at(&t, CHAIR, n) = MODEL_ABSENT;

    ck_assert_int_eq(gap_compute(&t.model, &gap), ERR_OK);
    ck_assert_int_eq(fidelity, MICRO_ONE - gap->divergence);
    gap_free(&gap);
    t.segments[STUD].heads = MODEL_ABSENT;
    ck_assert_int_eq(contrast_fidelity(&t.model, only), MODEL_ABSENT);
    only[NIGHT] = false;
    ck_assert_int_ne(contrast_fidelity(&t.model, only), MODEL_ABSENT);
    only[STUD] = false;
    ck_assert_int_eq(contrast_fidelity(&t.model, only), MODEL_ABSENT);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/contrast");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, the_golden_captives_would_choose_another_one, 0, ROWS(golden));
    tcase_add_test(all, what_users_would_choose_may_not_be_admitted);
    tcase_add_test(all, without_a_value_of_the_winner_there_is_no_regret);
    tcase_add_test(all, no_regret_is_below_0_and_the_best_has_none);
    tcase_add_loop_test(
        all, the_first_few_of_two_lists_overlap, 0, ROWS(lists));
    tcase_add_test(all, fidelity_is_what_the_divergence_leaves);
    tcase_add_test(all, of_several_segments_heads_decide_and_must_be_known);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
