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

int main(void)
{
    Suite *suite = suite_create("value/formula");
    TCase *all = tcase_create("all");
    tcase_add_test(all, kano_reads_its_table);
    tcase_add_test(all, ranks_sum_to_weights);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
