/* SPDX-License-Identifier: Apache-2.0
 *
 * check_near - which word somebody may have meant.
 */
#include "protocol/near.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    const char *typed;
    const char *found;
} rows[] = {
    {"listen", "listen"},
    {"lisen", "listen"},
    {"listten", "listen"},
    {"lsiten", "listen"},
    {"lisxxn", "listen"},
    {"lixxxn", NULL},
    {"log-levle", "log-level"},
    {"loglevel", "log-level"},
    {"ids", "ids"},
    {"xy", NULL},
    {"", NULL},
    {"sessions-per-adress", "sessions-per-address"},
    {"sessions-per-address-and-much-more-than-that", NULL},
};

START_TEST(the_nearest_word_is_found)
{
    struct near near = {.word = rows[_i].typed};

    near_look(&near, "log-level");
    near_look(&near, "listen");
    near_look(&near, "ids");
    near_look(&near, "sessions-per-address");
    near_look(&near, "log-levels");
    ck_assert_pstr_eq(near.found, rows[_i].found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/near");
    TCase *at = tcase_create("near");

    tcase_add_loop_test(
        at, the_nearest_word_is_found, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
