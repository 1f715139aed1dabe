/* SPDX-License-Identifier: Apache-2.0
 *
 * check_inventory.c - docs/vectors.md: it has a row for every formula, and the
 * tests that it names exist.
 */
#include "tests/unit/read_whole.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE "docs/vectors.md"

START_TEST(every_formula_has_a_row)
{
    static const char *const ids[] = {
#define FORMULA(id, en, fr, source, unit, where) #id,
#include "value/formulas.def"
#undef FORMULA
    };
    struct text page = read_whole(PAGE);

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char row[32];

        (void)snprintf(row, sizeof row, "\n| %s |", ids[i]);
        ck_assert_msg(strstr(page.bytes, row) != NULL,
            PAGE " has no row for formula %s", ids[i]);
    }
    text_fini(&page);
}
END_TEST

/* Cuts `file: test` from a page; gives false where that is not what stands. */
static bool read_named(const char *at, char file[64], char test[160])
{
    return sscanf(at, "`%63[a-z_]: %159[a-z_0-9]`", file, test) == 2;
}

START_TEST(every_test_that_is_named_exists)
{
    struct text page = read_whole(PAGE);
    size_t named = 0;

    for (const char *at = page.bytes; (at = strstr(at, "`check_")) != NULL;
         at++, named++) {
        char file[64], test[160], path[96], start[192];

        ck_assert_msg(read_named(at, file, test), "%.60s", at);
        (void)snprintf(path, sizeof path, "tests/unit/%s.c", file);
        (void)snprintf(start, sizeof start, "START_TEST(%s)", test);
        struct text source = read_whole(path);
        ck_assert_msg(
            strstr(source.bytes, start) != NULL, "%s has no %s", path, test);
        text_fini(&source);
    }
    ck_assert_uint_gt(named, 80);
    text_fini(&page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create(PAGE);
    TCase *all = tcase_create("all");
    tcase_add_test(all, every_formula_has_a_row);
    tcase_add_test(all, every_test_that_is_named_exists);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
