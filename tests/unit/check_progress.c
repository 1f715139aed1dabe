/* SPDX-License-Identifier: Apache-2.0
 *
 * check_progress.c - which notices tell how far a computation is, and what is
 * drawn of it.
 */
#include "client/show/progress.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *line;
    int percent; /* -1: it tells nothing */
} lines[] = {
    {"# 0 %", 0},
    {"# 40 %", 40},
    {"# 100 %", 100},
    {"# 7 % of the draws", 7},
    {"# 101 %", -1},
    {"# 4000 %", -1},
    {"# 40%", -1},
    {"# 40 %x", -1},
    {"# forty %", -1},
    {"#40 %", -1},
    {"# ", -1},
    {"40 %", -1},
};

START_TEST(a_notice_is_read_or_left_alone)
{
    unsigned percent = 777;
    bool told = progress_read(lines[_i].line, &percent);

    ck_assert_int_eq(told, lines[_i].percent >= 0);
    ck_assert_uint_eq(
        percent, lines[_i].percent >= 0 ? (unsigned)lines[_i].percent : 777);
}
END_TEST

static const struct {
    size_t columns;
    unsigned percent;
    const char *drawn;
} bars[] = {
    {13, 50, "\r\033[K[##  ]  50 %"},
    {13, 0, "\r\033[K[    ]   0 %"},
    {5, 100, "\r\033[K[####] 100 %"},
    {19, 30, "\r\033[K[###       ]  30 %"},
};

START_TEST(a_bar_fits_the_width_and_is_wiped)
{
    const struct look look = {.columns = bars[_i].columns};
    char *made = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&made, &len);

    ck_assert_ptr_nonnull(out);
    progress_draw(out, &look, bars[_i].percent);
    ck_assert_int_eq(fflush(out), 0);
    ck_assert_str_eq(made, bars[_i].drawn);
    progress_wipe(out);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_str_eq(made + strlen(bars[_i].drawn), "\r\033[K");
    free(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/progress");
    TCase *tcase = tcase_create("progress");

    tcase_add_loop_test(
        tcase, a_notice_is_read_or_left_alone, 0, sizeof lines / sizeof *lines);
    tcase_add_loop_test(tcase, a_bar_fits_the_width_and_is_wiped, 0,
        sizeof bars / sizeof *bars);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
