/* SPDX-License-Identifier: Apache-2.0
 *
 * check_amend.c - what amended criteria change, and the moves that help most.
 */
#include "value/firm/amend.h"

#include "tests/unit/tender.h"
#include "value/gap/gap.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    int64_t weights[4];
    size_t winner;
    int64_t points, lead;
    enum amend_verdict verdict;
} golden[] = {
    {{40, 35, 10, 15}, RIV2, 78615385, -534615, AMEND_NOBODY},
    {{45, 35, 10, 10}, OURS, 79942308, 942308, AMEND_US},
    {{30, 35, 10, 25}, RIV2, 75961538, -3688462, AMEND_USERS},
    {{45, 35, 5, 15}, RIV2, 79442308, -457692, AMEND_BOTH},
};

START_TEST(amended_weights_change_the_golden_award)
{
    enum amend_verdict verdict;
    struct amend_side before, after;
    struct tender t;
    tender_golden(&t);

    amend_measure(&t.model, &before);
    ck_assert_int_eq(before.divergence, 357572);
    ck_assert_int_eq(before.mean, 793750);
    ck_assert_int_eq(before.captives, 700000);
    for (size_t k = 0; k < 4; k++)
        t.criteria[k].weight = exactly(golden[_i].weights[k] * ONE);
    amend_measure(&t.model, &after);
    ck_assert_uint_eq(after.winner, golden[_i].winner);
    ck_assert_int_eq(after.points, golden[_i].points);
    ck_assert_int_eq(after.lead, golden[_i].lead);
    ck_assert(amend_judge(&before, &after, &verdict));
    ck_assert_int_eq(verdict, golden[_i].verdict);
}
END_TEST

START_TEST(what_is_not_known_is_not_judged)
{
    enum amend_verdict verdict = AMEND_BOTH;
    struct amend_side before, after;
    struct tender t;
    tender_golden(&t);

    amend_measure(&t.model, &before);
    t.segments[NIGHT].heads = MODEL_ABSENT;
    amend_measure(&t.model, &after);
    ck_assert_int_eq(after.mean, MODEL_ABSENT);
    ck_assert_int_eq(after.min, 700000);
    ck_assert_int_eq(after.divergence, MODEL_ABSENT);
    ck_assert(!amend_judge(&before, &after, &verdict));
    t.bids[RIV1].price = not_recorded();
    amend_measure(&t.model, &after);
    ck_assert(!after.award_is_known);
    ck_assert_uint_eq(after.winner, MODEL_NOWHERE);
    ck_assert(!amend_judge(&before, &after, &verdict));
    ck_assert_int_eq(verdict, AMEND_BOTH);
}
END_TEST

START_TEST(to_be_admitted_is_good_for_us)
{
    enum amend_verdict verdict;
    struct amend_side before, after;
    struct tender t;
    tender_golden(&t);

    amend_measure(&t.model, &after);
    t.criteria[C4].min_score = 7 * ONE; /* only RIV2 passes */
    amend_measure(&t.model, &before);
    ck_assert(!before.admitted);
    ck_assert(amend_judge(&before, &after, &verdict));
    ck_assert_int_eq(verdict, AMEND_US);
    ck_assert(amend_judge(&after, &before, &verdict));
    ck_assert_int_eq(verdict, AMEND_NOBODY);
}
END_TEST

START_TEST(a_move_takes_weight_from_groups_as_well)
{
    static const size_t group_of[] = {MODEL_NOWHERE, 1, 1, 0};
    const struct amend_move move = {C2, C4, 5 * ONE, 0};
    struct model_group groups[2] = {{.parent = MODEL_NOWHERE,
                                        .weight = exactly(60 * ONE),
                                        .scale_max = MODEL_ABSENT,
                                        .min_score = MODEL_ABSENT},
        {.parent = 0,
            .weight = exactly(45 * ONE),
            .scale_max = MODEL_ABSENT,
            .min_score = MODEL_ABSENT}};
    struct amend_model made;
    struct tender t;
    tender_golden(&t);
    t.model.groups = groups;
    t.model.groups_n = 2;
    t.model.group_of = group_of;

    amend_move(&t.model, &move, &made);
    ck_assert_int_eq(made.criteria[C2].weight.likely, 30 * ONE);
    ck_assert_int_eq(made.criteria[C4].weight.likely, 20 * ONE);
    ck_assert_int_eq(made.groups[1].weight.likely, 40 * ONE);
    ck_assert_int_eq(made.groups[0].weight.likely, 60 * ONE);
    ck_assert_int_eq(groups[1].weight.likely, 45 * ONE);
    ck_assert_int_eq(t.criteria[C2].weight.likely, 35 * ONE);
    amend_model_fini(&made);
}
END_TEST

static int64_t divergence_of(const struct model *model)
{
    struct gap_result *gap = NULL;

    if (gap_compute(model, &gap) != ERR_OK)
        return MODEL_ABSENT;
    int64_t divergence = gap->divergence;
    gap_free(&gap);
    return divergence;
}

START_TEST(every_pair_is_tried_and_the_best_come_first)
{
    uint64_t seed = 97;
    int found = 0;

    for (int round = 0; round < 150; round++) {
        struct amend_move moves[20];
        struct tender t;
        size_t n = 0, better = 0;
        tender_drawn(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_GAP))
            continue;
        int64_t before = divergence_of(&t.model);
        int64_t least = before;
        ck_assert(amend_moves(&t.model, 7 * ONE, 20, NULL, NULL, moves, &n));
        for (size_t from = 0; from < t.model.criteria_n; from++) {
            for (size_t to = 0; to < t.model.criteria_n; to++) {
                struct tender moved = t;
                int64_t there = t.criteria[from].weight.likely;
                int64_t points = there < 7 * ONE ? there : 7 * ONE;
                moved.model.criteria = moved.criteria;
                moved.criteria[from].weight = exactly(there - points);
                moved.criteria[to].weight =
                    exactly(moved.criteria[to].weight.likely + points);
                int64_t after = divergence_of(&moved.model);
                if (from == to || after == MODEL_ABSENT || after >= before)
                    continue;
                better++;
                if (after < least)
                    least = after;
            }
        }
        ck_assert_uint_eq(n, better);
        ck_assert(n == 0 || moves[0].divergence == least);
        for (size_t i = 1; i < n; i++)
            ck_assert_int_le(moves[i - 1].divergence, moves[i].divergence);
        found += n > 0;
    }
    ck_assert_int_gt(found, 20);
}
END_TEST

START_TEST(only_so_many_moves_are_kept)
{
    struct amend_move all[20], few[2];
    struct tender t;
    size_t n = 0, kept = 0;
    tender_golden(&t);

    ck_assert(amend_moves(&t.model, 5 * ONE, 20, NULL, NULL, all, &n));
    ck_assert_uint_eq(n, 6);
    ck_assert_uint_eq(all[0].from, C3);
    ck_assert_uint_eq(all[0].to, C4);
    ck_assert_int_eq(all[0].divergence, 336739);
    ck_assert(amend_moves(&t.model, 5 * ONE, 2, NULL, NULL, few, &kept));
    ck_assert_uint_eq(kept, 2);
    ck_assert_mem_eq(few, all, sizeof few);
    /* No more can be moved than is there. */
    ck_assert(amend_moves(&t.model, 90 * ONE, 20, NULL, NULL, all, &n));
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(all[i].points, t.criteria[all[i].from].weight.likely);
}
END_TEST

static bool stop_at_third(void *ctx, size_t done, size_t all)
{
    int *left = ctx;

    ck_assert_uint_lt(done, all);
    return --*left > 0;
}

START_TEST(the_search_ends_when_it_is_told_to)
{
    struct amend_move moves[20];
    struct tender t;
    size_t n = 9;
    int left = 3;
    tender_golden(&t);

    ck_assert(
        !amend_moves(&t.model, 5 * ONE, 20, stop_at_third, &left, moves, &n));
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(left, 0);
    t.model.segments_n = 0;
    ck_assert(!amend_moves(&t.model, 5 * ONE, 20, NULL, NULL, moves, &n));
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/amend");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, amended_weights_change_the_golden_award, 0, ROWS(golden));
    tcase_add_test(all, what_is_not_known_is_not_judged);
    tcase_add_test(all, to_be_admitted_is_good_for_us);
    tcase_add_test(all, a_move_takes_weight_from_groups_as_well);
    tcase_add_test(all, every_pair_is_tried_and_the_best_come_first);
    tcase_add_test(all, only_so_many_moves_are_kept);
    tcase_add_test(all, the_search_ends_when_it_is_told_to);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
