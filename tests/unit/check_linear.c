/* SPDX-License-Identifier: Apache-2.0
 *
 * check_linear.c - sums in machine words are those over GMP, and a word that
 * has no room gives way.
 */
#include "value/linear.h"

#include <check.h>
#include <stdlib.h>

#include "value/gap/weigh.h"
#include "value/wide.h"

enum { TERMS = 5 };

static uint64_t state;

static int64_t draw(int64_t below)
{
    state =
        state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(state >> 1) % below;
}

static void expect_same_sums(
    const int64_t *above, const int64_t *below, int64_t one, bool in_words)
{
    mpq_t *weights = fractions_new(TERMS);
    int64_t values[TERMS];
    struct linear parts, exact;
    mpq_t a, b;

    for (size_t i = 0; i < TERMS; i++) {
        values[i] = draw(200000) - 100000;
        mpz_set_si(mpq_numref(weights[i]), above[i]);
        mpz_set_si(mpq_denref(weights[i]), below[i]);
        mpz_mul_si(mpq_denref(weights[i]), mpq_denref(weights[i]), one);
        mpq_canonicalize(weights[i]);
    }
    linear_init_parts(&parts, above, below, one, TERMS);
    linear_init(&exact, weights, TERMS);
    ck_assert_int_eq(parts.words != NULL && parts.above == NULL, in_words);
    mpq_inits(a, b, NULL);
    for (int digits = -1; digits < 4; digits++) {
        linear_value(&parts, values, digits, a);
        linear_value(&exact, values, digits, b);
        ck_assert(mpq_equal(a, b));
    }
    mpq_clears(a, b, NULL);
    linear_fini(&parts);
    linear_fini(&exact);
    fractions_free(&weights, TERMS);
}

START_TEST(weights_of_words_sum_as_fractions_do)
{
    static const int64_t scales[] = {100000, 200000, 50000, 70001, 37};

    for (int turn = 0; turn < 200; turn++) {
        int64_t above[TERMS];
        int64_t below[TERMS];

        for (size_t i = 0; i < TERMS; i++) {
            above[i] = draw(600000) - 1000;
            below[i] = scales[draw(5)];
        }
        expect_same_sums(above, below, 10000, true);
    }
}
END_TEST

START_TEST(weights_without_room_sum_as_fractions_do)
{
    const int64_t large = INT64_C(1000000000000000);

    for (int turn = 0; turn < 200; turn++) {
        int64_t above[TERMS];
        int64_t below[TERMS];

        for (size_t i = 0; i < TERMS; i++) {
            above[i] = large + draw(large);
            below[i] = large + 2 * draw(large) + 1;
        }
        expect_same_sums(above, below, 10000, false);
    }
}
END_TEST

/* floor(above x scale / below + 1/2), over GMP. */
static void expect_half_up(int64_t above, int64_t scale, int64_t below)
{
    wide whole;
    mpz_t exact, twice;

    ck_assert(wide_half_up(above, scale, below, &whole));
    mpz_init_set_si(exact, above);
    mpz_init_set_si(twice, below);
    mpz_mul_si(exact, exact, scale);
    mpz_mul_2exp(exact, exact, 1);
    mpz_add(exact, exact, twice);
    mpz_mul_2exp(twice, twice, 1);
    mpz_fdiv_q(exact, exact, twice);
    ck_assert_int_eq(mpz_cmp_si(exact, (int64_t)whole), 0);
    mpz_clears(exact, twice, NULL);
}

START_TEST(a_quotient_is_rounded_half_up_with_and_without_room_in_a_word)
{
    static const int64_t numbers[] = {0, 1, 5, 37, 70001, 99999999,
        INT64_C(4611686018427387), INT64_C(4611686018428)};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        for (size_t k = 1; k < sizeof numbers / sizeof *numbers; k++) {
            expect_half_up(numbers[i], 1000, numbers[k]);
            expect_half_up(-numbers[i], 1000, numbers[k]);
        }
    }
    expect_half_up(INT64_MAX / 4, 2, INT64_MAX);
    expect_half_up(-INT64_MAX, 1, INT64_MAX - 1);
}
END_TEST

/* Heads and importances of three segments, each absent, none or some. */
START_TEST(heads_are_known_where_shares_are)
{
    static const int64_t heads[] = {MODEL_ABSENT, 0, 700};
    static const int64_t matters[] = {MODEL_ABSENT, 0, 30000};
    int known = 0;

    for (int code = 0; code < 729; code++) {
        struct model_segment segments[3];
        int64_t importance[3];
        mpq_t *shares = fractions_new(3);
        int rest = code;

        for (size_t s = 0; s < 3; s++, rest /= 9) {
            segments[s] = (struct model_segment){.heads = heads[rest % 9 / 3]};
            importance[s] = matters[rest % 3];
        }
        const struct model model = {.segments_n = 3,
            .needs_n = 1,
            .segments = segments,
            .importance = importance};
        bool is = weigh_segments(&model, NULL, shares);
        ck_assert_int_eq(weigh_is_known(&model), is);
        known += is;
        fractions_free(&shares, 3);
    }
    ck_assert_int_gt(known, 100);
    ck_assert_int_lt(known, 700);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/linear");
    TCase *all = tcase_create("all");

    tcase_add_test(all, weights_of_words_sum_as_fractions_do);
    tcase_add_test(all, weights_without_room_sum_as_fractions_do);
    tcase_add_test(
        all, a_quotient_is_rounded_half_up_with_and_without_room_in_a_word);
    tcase_add_test(all, heads_are_known_where_shares_are);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
