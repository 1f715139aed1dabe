/* SPDX-License-Identifier: Apache-2.0
 *
 * check_distributor.c - supplier or client by relative choices.
 */
#include "value/people/distributor.h"

#include "value/fraction.h"
#include "value/model.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

static const struct {
    struct distributor_facts facts;
    enum distributor_rule rule;
    const char *is;
} cases[] = {
    {{0, MODEL_ABSENT, 2, 2 * MICRO_ONE, true}, DISTRIBUTOR_RULE_NO_BRANDS,
        "unknown"},
    {{0, 0, 2, 2 * MICRO_ONE, true}, DISTRIBUTOR_RULE_ONE_BRAND, "supplier"},
    {{1, MICRO_ONE, 1, MICRO_ONE, true}, DISTRIBUTOR_RULE_ONE_BRAND,
        "supplier"},
    {{2, 2 * MICRO_ONE, 1, MICRO_ONE, false}, DISTRIBUTOR_RULE_NO_OTHER,
        "client"},
    {{2, 2 * MICRO_ONE, 0, MODEL_ABSENT, false}, DISTRIBUTOR_RULE_NO_OTHER,
        "client"},
    {{4, 4 * MICRO_ONE, 2, 2 * MICRO_ONE, false}, DISTRIBUTOR_RULE_MORE_CHOICE,
        "client"},
    {{3, 2631579, 3, 3 * MICRO_ONE, true}, DISTRIBUTOR_RULE_LESS_CHOICE,
        "supplier"},
    {{2, 2 * MICRO_ONE, 2, 2 * MICRO_ONE, true}, DISTRIBUTOR_RULE_POLICY,
        "client"},
    {{2, 2 * MICRO_ONE, 2, 2 * MICRO_ONE, false}, DISTRIBUTOR_RULE_NO_POLICY,
        "supplier"},
};

START_TEST(the_side_with_more_choices_is_the_client)
{
    enum distributor_rule rule = distributor_judge(&cases[_i].facts);

    ck_assert_int_eq(rule, cases[_i].rule);
    ck_assert_str_eq(
        distributor_is_word(distributor_rule_is(rule)), cases[_i].is);
}
END_TEST

START_TEST(a_ratio_is_one_side_over_the_other)
{
    ck_assert_int_eq(distributor_ratio(2631579, 3 * MICRO_ONE), 877193);
    ck_assert_int_eq(distributor_ratio(4 * MICRO_ONE, 2 * MICRO_ONE), 2000000);
    ck_assert_int_eq(distributor_ratio(MODEL_ABSENT, MICRO_ONE), MODEL_ABSENT);
    ck_assert_int_eq(distributor_ratio(MICRO_ONE, MODEL_ABSENT), MODEL_ABSENT);
    ck_assert_int_eq(distributor_ratio(MICRO_ONE, 0), MODEL_ABSENT);
}
END_TEST

START_TEST(each_rule_is_said_in_both_languages)
{
    for (int rule = 0; rule < DISTRIBUTOR_RULE_COUNT; rule++) {
        const char *en = distributor_rule_text((enum distributor_rule)rule, 0);
        const char *fr = distributor_rule_text((enum distributor_rule)rule, 1);

        ck_assert_str_ne(en, fr);
        ck_assert(strlen(distributor_rule_word((enum distributor_rule)rule)));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/distributor");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, the_side_with_more_choices_is_the_client, 0, ROWS(cases));
    tcase_add_test(all, a_ratio_is_one_side_over_the_other);
    tcase_add_test(all, each_rule_is_said_in_both_languages);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
