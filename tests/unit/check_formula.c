/* SPDX-License-Identifier: Apache-2.0
 *
 * check_formula.c - small formulas, each over its whole table.
 */
#include "value/formula.h"

#include <check.h>
#include <stdlib.h>

START_TEST(kano_reads_its_table)
{
    /* Rows and columns: like, must-be, neutral, live with, dislike. */
    static const char table[5][6] = {
        "QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"};
    static const char letters[] = "MOAIRQ";

    for (int there = 0; there < 5; there++)
        for (int missing = 0; missing < 5; missing++)
            ck_assert_int_eq(letters[formula_kano((enum kano_answer)there,
                                 (enum kano_answer)missing)],
                table[there][missing]);
}
END_TEST

START_TEST(ranks_sum_to_weights)
{
    static const int64_t third[] = {500000, 333333, 166667};

    for (size_t place = 1; place <= 3; place++)
        ck_assert_int_eq(formula_rank_sum(place, 3), third[place - 1]);
}
END_TEST

START_TEST(a_bin_sets_what_was_foreseen_beside_what_happened)
{
    static const int64_t foreseen[] = {7000, 7500, 2000, 10000};
    static const bool happened[] = {true, false, false, true};
    struct formula_bin bin = {0};

    ck_assert(formula_bin_of(foreseen, happened, 4, 3, &bin));
    ck_assert_uint_eq(bin.n, 2);
    ck_assert_uint_eq(bin.won, 1);
    ck_assert_int_eq(bin.chance, 725000);
    ck_assert_int_eq(bin.share, 500000);
    ck_assert(formula_bin_of(foreseen, happened, 4, 1, &bin));
    ck_assert_int_eq(bin.share, 0);
    ck_assert(formula_bin_of(foreseen, happened, 4, 4, &bin));
    ck_assert_int_eq(bin.chance, 1000000);
    ck_assert(!formula_bin_of(foreseen, happened, 4, 0, &bin));
    ck_assert_int_eq(bin.chance, 1000000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/formula");
    TCase *all = tcase_create("all");
    tcase_add_test(all, kano_reads_its_table);
    tcase_add_test(all, ranks_sum_to_weights);
    tcase_add_test(all, a_bin_sets_what_was_foreseen_beside_what_happened);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
