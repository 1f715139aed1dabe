/* SPDX-License-Identifier: Apache-2.0
 *
 * check_canvas.c - curves of players, and heads that are counted once.
 */
#include "value/people/canvas.h"

#include "value/people/heads.h"

#include <check.h>
#include <stdlib.h>

#define ONE DECIMAL_ONE

enum { US, FIRST, SECOND, PLAYERS, FACTORS = 5 };

static int64_t levels[PLAYERS * FACTORS];

static void levels_of_the_book(void)
{
    static const int64_t book[] = {2, 0, 8, 9, 7, 7, 6, 5, 3, 0, 8, 7, 4, 4, 0};

    for (size_t i = 0; i < (size_t)PLAYERS * FACTORS; i++)
        levels[i] = book[i] * ONE;
}

static struct canvas_result *computed(size_t ours)
{
    struct canvas_result *made = NULL;

    canvas_compute(levels, PLAYERS, FACTORS, ours, 2 * ONE, &made);
    return made;
}

START_TEST(a_curve_parts_from_the_mean_of_the_others)
{
    static const enum canvas_class classes[] = {CANVAS_REDUCE, CANVAS_ELIMINATE,
        CANVAS_RAISE, CANVAS_RAISE, CANVAS_CREATE};
    levels_of_the_book();
    struct canvas_result *made = computed(US);

    ck_assert_int_eq(made->divergence, 1688332);
    ck_assert_int_eq(made->focuses[US], 369231);
    ck_assert_int_eq(made->divergences[US], MODEL_ABSENT);
    for (size_t k = 0; k < FACTORS; k++) {
        ck_assert(made->factors[k].known);
        ck_assert_int_eq(made->factors[k].class, classes[k]);
    }
    ck_assert_int_eq(made->factors[0].mean, 7500000);
    canvas_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(the_same_curve_does_not_part_and_the_opposite_does_by_2)
{
    levels_of_the_book();
    for (size_t k = 0; k < FACTORS; k++) {
        levels[(size_t)FIRST * FACTORS + k] = levels[k];
        levels[(size_t)SECOND * FACTORS + k] = 10 * ONE - levels[k];
    }
    struct canvas_result *made = computed(US);

    ck_assert_int_eq(made->divergences[FIRST], 0);
    ck_assert_int_eq(made->divergences[SECOND], 2000000);
    /* Their mean is flat: 5 everywhere. */
    ck_assert_int_eq(made->divergence, MODEL_ABSENT);
    canvas_free(&made);
}
END_TEST

START_TEST(what_is_not_recorded_is_left_out_and_not_0)
{
    levels_of_the_book();
    levels[4] = MODEL_ABSENT;
    struct canvas_result *made = computed(US);

    ck_assert(!made->factors[4].known);
    ck_assert_int_eq(made->factors[4].mean, 0);
    /* 2 0 8 9: 2 + 6 + 7 + 8 + 9 + 1 apart / (4 x 19). */
    ck_assert_int_eq(made->focuses[US], 434211);
    canvas_free(&made);
    made = computed(MODEL_NOWHERE);
    ck_assert_int_eq(made->divergence, MODEL_ABSENT);
    ck_assert(!made->factors[0].known);
    canvas_free(&made);
}
END_TEST

START_TEST(a_player_of_nothing_has_no_focus)
{
    for (size_t i = 0; i < (size_t)PLAYERS * FACTORS; i++)
        levels[i] = 0;
    struct canvas_result *made = computed(US);

    ck_assert_int_eq(made->focuses[US], MODEL_ABSENT);
    ck_assert_int_eq(made->factors[0].class, CANVAS_KEEP);
    canvas_free(&made);
    canvas_compute(levels, 0, 0, MODEL_NOWHERE, ONE, &made);
    ck_assert_uint_eq(made->factors_n, 0);
    canvas_free(&made);
}
END_TEST

START_TEST(nobody_is_counted_twice)
{
    const struct heads_group groups[] = {
        {1000, 0}, {400, ONE / 4}, {200, 0}, {MODEL_ABSENT, 0}};
    const bool inside[16] = {[8] = true};
    const bool all[4] = {true, true, true, true};
    const bool second[4] = {[1] = true};
    const bool none[4] = {false};
    struct heads_sum sum;

    heads_union(groups, 4, inside, all, &sum);
    ck_assert_int_eq(sum.least, 1300);
    ck_assert_int_eq(sum.most, 1400);
    ck_assert_uint_eq(sum.unknown, 1);
    heads_union(groups, 4, inside, second, &sum);
    ck_assert_int_eq(sum.least, 400);
    ck_assert_int_eq(sum.most, 400);
    heads_union(groups, 4, inside, none, &sum);
    ck_assert_int_eq(sum.least, 0);
}
END_TEST

START_TEST(the_same_people_named_twice_count_as_the_larger)
{
    const struct heads_group groups[] = {{120, 0}, {300, 0}, {300, 0}};
    const bool same[9] = {true, true, true, true, true, true, true, true, true};
    const bool all[3] = {true, true, true};
    struct heads_sum sum;

    heads_union(groups, 3, same, all, &sum);
    ck_assert_int_eq(sum.least, 300);
    ck_assert_int_eq(sum.most, 300);
}
END_TEST

START_TEST(what_overlaps_wholly_still_counts_its_largest)
{
    const struct heads_group groups[] = {{500, ONE}, {400, ONE}};
    const bool apart[4] = {false};
    const bool all[2] = {true, true};
    struct heads_sum sum;

    heads_union(groups, 2, apart, all, &sum);
    ck_assert_int_eq(sum.least, 500);
    ck_assert_int_eq(sum.most, 900);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/canvas");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_curve_parts_from_the_mean_of_the_others);
    tcase_add_test(
        all, the_same_curve_does_not_part_and_the_opposite_does_by_2);
    tcase_add_test(all, what_is_not_recorded_is_left_out_and_not_0);
    tcase_add_test(all, a_player_of_nothing_has_no_focus);
    tcase_add_test(all, nobody_is_counted_twice);
    tcase_add_test(all, the_same_people_named_twice_count_as_the_larger);
    tcase_add_test(all, what_overlaps_wholly_still_counts_its_largest);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
