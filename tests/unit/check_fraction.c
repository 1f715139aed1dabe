/* SPDX-License-Identifier: Apache-2.0
 *
 * check_fraction.c - exact numbers, and the way from them to millionths.
 */
#include "value/fraction.h"

#include "value/linear.h"

#include <check.h>
#include <stdlib.h>

static const struct {
    long above;
    unsigned long below;
    int64_t half_up, floor, ceil;
} micros[] = {
    {2, 3, 666667, 666666, 666667},
    {-2, 3, -666667, -666667, -666666},
    {1, 2000000, 1, 0, 1},
    {-1, 2000000, 0, -1, 0},
    {-3, 2000000, -1, -2, -1},
    {0, 1, 0, 0, 0},
    {7, 1, 7000000, 7000000, 7000000},
    {1022, 13, 78615385, 78615384, 78615385},
    {4000000000000000000, 1, MICRO_LIMIT, MICRO_LIMIT, MICRO_LIMIT},
    {-4000000000000000000, 1, -MICRO_LIMIT, -MICRO_LIMIT, -MICRO_LIMIT},
};

START_TEST(a_fraction_goes_to_millionths_in_three_ways)
{
    mpq_t value;

    mpq_init(value);
    mpq_set_si(value, micros[_i].above, micros[_i].below);
    mpq_canonicalize(value);

    ck_assert_int_eq(
        fraction_micro(value, FRACTION_HALF_UP), micros[_i].half_up);
    ck_assert_int_eq(fraction_micro(value, FRACTION_FLOOR), micros[_i].floor);
    ck_assert_int_eq(fraction_micro(value, FRACTION_CEIL), micros[_i].ceil);
    mpq_clear(value);
}
END_TEST

static const struct {
    int64_t decimal;
    int digits;
    int64_t micro;
} rounds[] = {
    {23450, 2, 2350000},   /* 2.345 -> 2.35 */
    {-23450, 2, -2340000}, /* a half goes up */
    {23449, 2, 2340000},
    {23449, 0, 2000000},
    {25000, 0, 3000000},
    {23449, 4, 2344900},
    {23449, 6, 2344900},
};

START_TEST(published_rounding_sends_a_half_up)
{
    mpq_t value;

    mpq_init(value);
    fraction_set(value, rounds[_i].decimal);
    fraction_round(value, rounds[_i].digits);

    ck_assert_int_eq(fraction_micro(value, FRACTION_FLOOR), rounds[_i].micro);
    mpq_clear(value);
}
END_TEST

START_TEST(decimals_and_millionths_are_read_exactly)
{
    mpq_t value, same;
    mpz_t big;

    mpq_inits(value, same, NULL);
    mpz_init_set_si(big, 89000);
    fraction_set(value, 89000);
    mpq_set_si(same, 89, 10);
    ck_assert(mpq_equal(value, same));
    fraction_set_big(value, big);
    ck_assert(mpq_equal(value, same));
    fraction_set_micro(value, 8900000);
    ck_assert(mpq_equal(value, same));
    fraction_set(value, INT64_MAX);
    ck_assert_int_eq(mpz_get_si(mpq_numref(value)), INT64_MAX);
    mpz_clear(big);
    mpq_clears(value, same, NULL);
}
END_TEST

START_TEST(shares_of_one_sum_to_one_in_millionths)
{
    static const struct {
        long above[4];
        unsigned long below;
        int64_t micro[4];
    } rows[] = {
        {{115, 0, 0, 205}, 320, {359375, 0, 0, 640625}},
        {{3593750, 859375, 2650000, 2896875}, 10000000,
            {359375, 85938, 265000, 289687}},
        {{1, 1, 1, 0}, 3, {333334, 333333, 333333, 0}},
        {{1, 1, 1, 4}, 7, {142857, 142857, 142857, 571429}},
        {{1, 0, 0, 0}, 1, {1000000, 0, 0, 0}},
    };
    mpq_t *shares = fractions_new(4);

    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        int64_t micro[4];
        for (size_t i = 0; i < 4; i++) {
            mpq_set_si(shares[i], rows[row].above[i], rows[row].below);
            mpq_canonicalize(shares[i]);
        }
        fractions_micro(shares, 4, micro);
        ck_assert_mem_eq(micro, rows[row].micro, sizeof micro);
    }
    fractions_free(&shares, 4);
}
END_TEST

START_TEST(empty_lists_are_made_and_freed)
{
    mpq_t *fractions = fractions_new(0);
    mpz_t *integers = integers_new(0);

    fractions_free(&fractions, 0);
    integers_free(&integers, 0);
    ck_assert_ptr_null(fractions);
    ck_assert_ptr_null(integers);
    fractions_free(&fractions, 0);
    integers_free(&integers, 0);
}
END_TEST

START_TEST(a_weighted_sum_is_exact_and_rounds_each_term_when_asked)
{
    mpq_t *weights = fractions_new(2);
    const int64_t values[] = {2, 1};
    struct linear sum;
    mpq_t value;

    mpq_init(value);
    mpq_set_si(weights[0], 1, 3);
    mpq_set_si(weights[1], -1, 7);
    linear_init(&sum, weights, 2);

    linear_value(&sum, values, -1, value);
    ck_assert_int_eq(mpq_cmp_si(value, 11, 21), 0); /* 2/3 - 1/7 */
    linear_value(&sum, values, 1, value);
    ck_assert_int_eq(mpq_cmp_si(value, 3, 5), 0); /* 0.7 - 0.1 */

    linear_fini(&sum);
    fractions_free(&weights, 2);
    mpq_clear(value);
}
END_TEST

START_TEST(sums_are_exact_where_machine_words_have_no_room)
{
    const int64_t most[] = {INT64_MIN, INT64_MIN, INT64_MIN, 3};
    const int64_t other[] = {INT64_MIN, INT64_MIN, INT64_MAX, -5};
    mpz_t sum, expected;

    mpz_inits(sum, expected, NULL);
    /* 2^126 + 2^126 - 2^63 x (2^63 - 1) - 15 */
    mpz_ui_pow_ui(expected, 2, 126);
    mpz_add_ui(expected, expected, UINT64_C(1) << 63);
    mpz_sub_ui(expected, expected, 15);
    integer_dot(sum, most, other, 4);
    ck_assert_int_eq(mpz_cmp(sum, expected), 0);
    integer_dot(sum, most, other, 0);
    ck_assert_int_eq(mpz_sgn(sum), 0);
    mpz_clears(sum, expected, NULL);
}
END_TEST

START_TEST(a_weighted_sum_is_the_same_with_weights_beyond_a_word)
{
    const int64_t values[] = {INT64_MAX, -1};
    mpq_t *weights = fractions_new(2);
    struct linear sum;
    mpq_t value, expected;

    mpq_inits(value, expected, NULL);
    mpz_ui_pow_ui(mpq_numref(weights[0]), 10, 30);
    mpq_set_si(weights[1], 1, 3);
    linear_init(&sum, weights, 2);
    linear_value(&sum, values, -1, value);
    mpq_set_si(expected, INT64_MAX, 1);
    mpq_mul(expected, expected, weights[0]);
    mpq_sub(expected, expected, weights[1]);
    ck_assert(mpq_equal(value, expected));
    linear_value(&sum, values, 2, value);
    fraction_round(expected, 2);
    ck_assert(mpq_equal(value, expected));
    linear_fini(&sum);
    fractions_free(&weights, 2);
    mpq_clears(value, expected, NULL);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/fraction");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, a_fraction_goes_to_millionths_in_three_ways, 0, ROWS(micros));
    tcase_add_loop_test(
        all, published_rounding_sends_a_half_up, 0, ROWS(rounds));
    tcase_add_test(all, decimals_and_millionths_are_read_exactly);
    tcase_add_test(all, shares_of_one_sum_to_one_in_millionths);
    tcase_add_test(all, empty_lists_are_made_and_freed);
    tcase_add_test(
        all, a_weighted_sum_is_exact_and_rounds_each_term_when_asked);
    tcase_add_test(all, sums_are_exact_where_machine_words_have_no_room);
    tcase_add_test(all, a_weighted_sum_is_the_same_with_weights_beyond_a_word);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
