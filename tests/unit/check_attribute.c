/* SPDX-License-Identifier: Apache-2.0
 *
 * check_attribute.c - Shapley values against published games, and what wins in
 * the golden tender.
 */
#include "value/firm/attribute.h"

#include "tests/unit/tender.h"
#include "value/firm/shapley.h"
#include "value/users/users.h"

#include <check.h>
#include <stdlib.h>

/* Sets by bits: 1, 2, 12, 3, 13, 23, 123. */
static const struct {
    const char *source;
    size_t players;
    int64_t values[16];
    int64_t shares[4]; /* micro */
} games[] = {
    {"CoopGame", 3, {0, 0, 0, 10, 0, 20, 30, 75},
        {20000000, 25000000, 30000000}},
    {"coopProductGame: 1 2 3 4 12 13 14 23 24 34 123 124 134 234 1234", 4,
        {0, 1200, 600, 1200, 400, 1200, 600, 1200, 300, 1200, 600, 1200, 400,
            1200, 600, 1200},
        {808333333, 208333333, 108333333, 75000000}},
    {"GameTheory", 3, {0, 680, 1020, 1700, 0, 7100, 7620, 9920},
        {2290000000, 2720000000, 4910000000}},
    {"Lemaire 1991", 3,
        {0, 461250, 174375, 691875, 58125, 538125, 307500, 900000},
        {517500000000, 258750000000, 123750000000}},
    {"InventorymodelPackage", 3, {0, 10, 10, 10, 10, 20, 10, 20},
        {8333333, 3333333, 8333333}},
    {"min(10, 6 + 5 + 3)", 3, {0, 60, 50, 100, 30, 90, 80, 100},
        {45000000, 35000000, 20000000}},
};

START_TEST(published_games_have_their_shapley_values)
{
    size_t k = games[_i].players;
    mpq_t *shares = fractions_new(k);

    shapley_of(games[_i].values, k, shares);
    for (size_t e = 0; e < k; e++) {
        int64_t got = fraction_micro(shares[e], FRACTION_HALF_UP);
        ck_assert_msg(got == games[_i].shares[e], "%s: player %zu has %lld",
            games[_i].source, e, (long long)got);
    }
    fractions_free(&shares, k);
}
END_TEST

START_TEST(shares_sum_to_the_whole_whatever_the_game)
{
    int64_t *values = calloc((size_t)1 << SHAPLEY_PLAYERS, sizeof *values);
    mpq_t sum, whole;
    uint64_t seed = 3;

    ck_assert_ptr_nonnull(values);
    mpq_inits(sum, whole, NULL);
    for (size_t k = 1; k <= SHAPLEY_PLAYERS; k += 3) {
        size_t sets = (size_t)1 << k;
        mpq_t *shares = fractions_new(k);
        for (size_t i = 0; i < sets; i++)
            values[i] = (int64_t)draw(&seed);
        shapley_of(values, k, shares);
        mpq_set_ui(sum, 0, 1);
        for (size_t e = 0; e < k; e++)
            mpq_add(sum, sum, shares[e]);
        mpq_set_si(whole, values[0], 1);
        mpq_neg(whole, whole);
        mpz_set_si(mpq_denref(whole), 1);
        mpz_t last;
        mpz_init_set_si(last, values[sets - 1]);
        mpz_add(mpq_numref(whole), mpq_numref(whole), last);
        mpz_clear(last);
        ck_assert(mpq_equal(sum, whole));
        fractions_free(&shares, k);
    }
    mpq_clears(sum, whole, NULL);
    free(values);
}
END_TEST

static struct attribute_result *computed(const struct tender *t, uint32_t set)
{
    struct attribute_result *made = NULL;

    ck_assert_int_eq(
        attribute_compute(&t->model, set, 3 * ONE, 10 * ONE, &made), ERR_OK);
    return made;
}

START_TEST(criteria_tell_where_we_lead_and_lag)
{
    struct tender t;
    tender_golden(&t);
    struct attribute_result *r = computed(&t, 0);

    ck_assert_int_eq(r->criteria[C1].lead, -5384615);
    ck_assert_uint_eq(r->criteria[C1].rival, RIV1);
    ck_assert(r->criteria[C1].ghost && !r->criteria[C1].discriminator);
    ck_assert_int_eq(r->criteria[C2].lead, -3150000);
    ck_assert_uint_eq(r->criteria[C2].rival, RIV2);
    ck_assert(!r->criteria[C3].ghost); /* one point behind */
    ck_assert_uint_eq(r->elements_n, 0);
    attribute_free(&r);
    *mark_at(&t, OURS, C2) = exactly(10 * ONE);
    r = computed(&t, 0);
    ck_assert_int_eq(r->criteria[C2].lead, 3850000);
    ck_assert(r->criteria[C2].discriminator);
    attribute_free(&r);
}
END_TEST

START_TEST(elements_share_what_they_bring_together)
{
    struct tender t;
    tender_golden(&t);
    struct attribute_result *r = computed(&t, 6);

    ck_assert_uint_eq(r->elements_n, 2);
    ck_assert_uint_eq(r->elements[0].element, O2);
    /* 78.615385 with none, 78.884586 with O2, 79.242857 with O3, 79.618531. */
    ck_assert_int_eq(r->points, 1003146);
    ck_assert_int_eq(r->elements[0].points.alone, 269201);
    ck_assert_int_eq(r->elements[0].points.lost, 375674);
    ck_assert_int_le(
        llabs((long long)(r->elements[0].points.share +
                          r->elements[1].points.share - r->points)),
        1);
    ck_assert_int_eq(r->elements[0].points.share, 322438);
    ck_assert_int_eq(r->users, 826453 - 700125);
    ck_assert_int_eq(r->elements[0].users.alone, 772547 - 700125);
    attribute_free(&r);
}
END_TEST

START_TEST(without_users_only_points_are_shared)
{
    struct tender t;
    tender_golden(&t);
    t.model.segments_n = 0;
    struct attribute_result *r = computed(&t, 1);

    ck_assert_int_eq(r->users, MODEL_ABSENT);
    ck_assert_int_eq(r->elements[0].users.share, MODEL_ABSENT);
    ck_assert_int_eq(r->points, 77777523 - 78615385);
    attribute_free(&r);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/attribute");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, published_games_have_their_shapley_values, 0, ROWS(games));
    tcase_add_test(all, shares_sum_to_the_whole_whatever_the_game);
    tcase_add_test(all, criteria_tell_where_we_lead_and_lag);
    tcase_add_test(all, elements_share_what_they_bring_together);
    tcase_add_test(all, without_users_only_points_are_shared);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
