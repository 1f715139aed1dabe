/* SPDX-License-Identifier: Apache-2.0
 *
 * check_root.c - irrational functions, digit by digit, and expressions.
 */
#include "value/award/expression.h"
#include "value/root.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *function, *value, *exponent;
    const char *result; /* times 10^18 */
} rows[] = {
    {"sqrt", "1/4", "0", "500000000000000000"},
    {"sqrt", "2", "0", "1414213562373095049"},
    {"sqrt", "0", "0", "0"},
    {"sqrt", "1000000000000000000000000", "0",
        "1000000000000000000000000000000"},
    {"log", "1", "0", "0"},
    {"log", "2", "0", "693147180559945309"},
    {"log", "6/5", "0", "182321556793954626"},
    {"log", "10", "0", "2302585092994045684"},
    {"log", "1/10", "0", "-2302585092994045684"},
    {"log", "10000000001/10000000000", "0", "100000000"},
    {"log", "100000000000000000000", "0", "46051701859880913680"},
    {"power", "4/5", "2", "640000000000000000"},
    {"power", "2", "1/2", "1414213562373095049"},
    {"power", "4", "1/2", "2000000000000000000"},
    {"power", "4", "-1/2", "500000000000000000"},
    {"power", "2", "-2", "250000000000000000"},
    {"power", "7/10", "3/2", "585662018573852884"},
    {"power", "0", "3/2", "0"},
    {"power", "123456789", "7/10", "461381826548226381401534"},
    {"power", "1/123456789", "7/10", "2167402230559"},
};

START_TEST(irrational_functions_have_their_eighteen_decimals)
{
    mpq_t value, exponent;
    mpz_t scale, whole, want;

    mpq_inits(value, exponent, NULL);
    mpz_inits(scale, whole, want, NULL);
    ck_assert_int_eq(mpq_set_str(value, rows[_i].value, 10), 0);
    ck_assert_int_eq(mpq_set_str(exponent, rows[_i].exponent, 10), 0);
    if (strcmp(rows[_i].function, "sqrt") == 0)
        fraction_sqrt(value);
    else if (strcmp(rows[_i].function, "log") == 0)
        fraction_log(value);
    else
        fraction_power(value, exponent);

    mpz_ui_pow_ui(scale, 10, ROOT_DIGITS);
    mpz_mul(whole, mpq_numref(value), scale);
    mpz_tdiv_q(whole, whole, mpq_denref(value));
    ck_assert_int_eq(mpz_set_str(want, rows[_i].result, 10), 0);
    char *got = mpz_get_str(NULL, 10, whole);
    ck_assert_msg(mpz_cmp(whole, want) == 0, "%s(%s): %s", rows[_i].function,
        rows[_i].value, got);
    free(got);
    mpz_clears(scale, whole, want, NULL);
    mpq_clears(value, exponent, NULL);
}
END_TEST

static const struct {
    const char *text;
    int64_t micro;
    size_t fault; /* of enum expression_fault */
    size_t column;
    bool inexact;
} expressions[] = {
    {"wp * pmin / p", 33333333, EXPRESSION_FINE, 0, false},
    {" 1+2*3 ", 7000000, EXPRESSION_FINE, 0, false},
    {"(1+2)*3", 9000000, EXPRESSION_FINE, 0, false},
    {"8/4/2", 1000000, EXPRESSION_FINE, 0, false},
    {"8-4-2", 2000000, EXPRESSION_FINE, 0, false},
    {"-p + 2*--p", 120000000, EXPRESSION_FINE, 0, false},
    {"0.1+0.2", 300000, EXPRESSION_FINE, 0, false},
    {"min(p, 3, pmin)", 3000000, EXPRESSION_FINE, 0, false},
    {"max(q, qbest) + n", 49000000, EXPRESSION_FINE, 0, false},
    {"pavg - pmed + pmax + wq + ceiling", 415000000, EXPRESSION_FINE, 0, false},
    {"wp * (1 - log(p / pmin) / log(2))", 29478624, EXPRESSION_FINE, 0, true},
    {"sqrt(p * p)", 120000000, EXPRESSION_FINE, 0, true},
    {"", 0, EXPRESSION_SYNTAX, 1, false},
    {"p +", 0, EXPRESSION_SYNTAX, 4, false},
    {"p p", 0, EXPRESSION_SYNTAX, 3, false},
    {"(p", 0, EXPRESSION_SYNTAX, 3, false},
    {"p)", 0, EXPRESSION_SYNTAX, 2, false},
    {"1.", 0, EXPRESSION_SYNTAX, 3, false},
    {"log(p, 2)", 0, EXPRESSION_SYNTAX, 6, false},
    {"2 * price", 0, EXPRESSION_UNKNOWN, 5, false},
    {"exp(p)", 0, EXPRESSION_UNKNOWN, 1, false},
    {"p ^ 2", 0, EXPRESSION_SYNTAX, 3, false},
    {"p / (q - q)", 0, EXPRESSION_BY_ZERO, 3, false},
    {"log(q - qbest)", 0, EXPRESSION_BAD_LOG, 1, true},
    {"sqrt(0 - p)", 0, EXPRESSION_BAD_ROOT, 1, true},
    {"p / 0 +", 0, EXPRESSION_SYNTAX, 8, false},
};

static mpq_t *variables_new(void)
{
    static const unsigned long values[] = {
        120, 44, 100, 150, 125, 120, 5, 44, 60, 40, 200};
    mpq_t *v = fractions_new(EXPRESSION_VARIABLES_N);

    for (size_t i = 0; i < EXPRESSION_VARIABLES_N; i++)
        mpq_set_ui(v[i], values[i], 1);
    return v;
}

START_TEST(expressions_have_their_value_or_name_the_column_at_fault)
{
    mpq_t *v = variables_new();
    mpq_t value;

    mpq_init(value);
    struct expression_told told =
        expression_value(expressions[_i].text, v, value);
    ck_assert_uint_eq(told.fault, expressions[_i].fault);
    ck_assert_uint_eq(told.column, expressions[_i].column);
    ck_assert_int_eq(
        fraction_micro(value, FRACTION_HALF_UP), expressions[_i].micro);
    if (told.fault == EXPRESSION_FINE)
        ck_assert_int_eq(told.exact, !expressions[_i].inexact);
    mpq_clear(value);
    fractions_free(&v, EXPRESSION_VARIABLES_N);
}
END_TEST

START_TEST(deep_and_long_expressions_are_refused)
{
    char deep[200], longish[1200];

    memset(deep, '(', sizeof deep);
    deep[sizeof deep - 1] = '\0';
    ck_assert_int_eq(expression_check(deep).fault, EXPRESSION_TOO_DEEP);
    memset(deep, '-', sizeof deep - 1);
    ck_assert_int_eq(expression_check(deep).fault, EXPRESSION_TOO_DEEP);
    for (size_t i = 0; i + 2 < sizeof longish; i += 2)
        memcpy(longish + i, "p+", 3);
    ck_assert_int_eq(expression_check(longish).fault, EXPRESSION_TOO_LONG);
    memset(longish, '9', sizeof longish - 1);
    longish[sizeof longish - 1] = '\0';
    ck_assert_int_eq(expression_check(longish).fault, EXPRESSION_TOO_LONG);
}
END_TEST

START_TEST(no_text_does_more_than_end_in_a_value_or_a_fault)
{
    static const char letters[] = "pqnw0123.+-*/(), minaxlogsrtbe";
    uint64_t seed = 5;
    mpq_t *v = variables_new();
    mpq_t value;

    mpq_init(value);
    for (int round = 0; round < 20000; round++) {
        char text[40];
        size_t n = 0;
        for (; n < sizeof text - 1; n++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            text[n] = letters[(seed >> 33) % (sizeof letters - 1)];
        }
        text[(seed >> 50) % sizeof text] = '\0';
        text[n] = '\0';
        struct expression_told told = expression_value(text, v, value);
        ck_assert_uint_le(told.column, strlen(text) + 1);
    }
    mpq_clear(value);
    fractions_free(&v, EXPRESSION_VARIABLES_N);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/root");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, irrational_functions_have_their_eighteen_decimals, 0, ROWS(rows));
    tcase_add_loop_test(all,
        expressions_have_their_value_or_name_the_column_at_fault, 0,
        ROWS(expressions));
    tcase_add_test(all, deep_and_long_expressions_are_refused);
    tcase_add_test(all, no_text_does_more_than_end_in_a_value_or_a_fault);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
