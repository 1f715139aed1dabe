/* SPDX-License-Identifier: Apache-2.0
 *
 * check_complete.c - what may stand next on a line that is being typed.
 */
#include "client/complete.h"
#include "protocol/base_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *before, *word, *want;
} rows[] = {
    {"", "des", "describe "},
    {"", "dec", "decider "},
    {"", "rep", "report "},
    {"@a ", "pin", "ping "},
    {"", "zz", ""},
    {"add ", "cri", "criterion "},
    {"describe ", "alt", "alternative "},
    {"help ", "al", "alternative "},
    {"add criterion ", "price", "price-rule= "},
    {"add criterion ", "sort=", "sort=price sort=cost sort=quality "},
    {"add criterion sort=price ", "price-rule=mi", "price-rule=min-max "},
    {"set B-1 ", "ou", "ours= "},
    {"set B-1 ", "ours=", "ours=yes ours=no "},
    {"list bid ", "or", "order-by= "},
    {"list bid ", "price=", ""},
    {"set XX-1 ", "pri", ""},
    {"use ", "te", "tender= "},
    {"decider NB ", "w", "with= "},
    {"commit ", "o", "once= "},
    {"show \"half", "x", ""},
    {"nonsense ", "a", ""},
};

START_TEST(a_word_is_completed_from_the_tables)
{
    struct choices got;
    struct text list = {0};

    complete_find(
        rows[_i].before, strlen(rows[_i].before), rows[_i].word, &got);
    for (size_t i = 0; i < got.n; i++) {
        text_puts(&list, got.list[i]);
        text_putc(&list, ' ');
    }

    ck_assert_str_eq(text_peek(&list), rows[_i].want);
    text_fini(&list);
    complete_free(&got);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("complete");
    TCase *tests = tcase_create("complete");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, a_word_is_completed_from_the_tables, 0,
        (int)(sizeof rows / sizeof *rows));
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
