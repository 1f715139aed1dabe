/* SPDX-License-Identifier: Apache-2.0
 *
 * check_offer.c - which sets may be offered, and how effects combine.
 */
#include "value/front/offer.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

enum { E0, E1, E2, E3, ELEMENTS };

/* Four possible elements that cost nothing and do nothing. */
static void four_elements(struct tender *t)
{
    tender_golden(t);
    t->model.elements_n = t->model.effects_n = 0;
    for (size_t i = 0; i < ELEMENTS; i++)
        add_element(t, 0);
}

static void relate(struct tender *t, size_t from, size_t to, bool excludes)
{
    struct model_element *e = &t->elements[from];

    t->named[from][excludes] = to;
    if (excludes) {
        e->excludes = &t->named[from][1];
        e->excludes_n = 1;
    } else {
        e->needs = &t->named[from][0];
        e->needs_n = 1;
    }
}

static bool is_valid(const struct tender *t, uint32_t set)
{
    struct subsets subsets;

    subsets_init(&subsets, &t->model);
    return subset_is_valid(&subsets, set);
}

START_TEST(an_exclusion_holds_both_ways)
{
    struct tender t;
    four_elements(&t);
    relate(&t, E2, E0, true);

    ck_assert(!is_valid(&t, 1 << E0 | 1 << E2));
    ck_assert(is_valid(&t, 1 << E0) && is_valid(&t, 1 << E2));
    ck_assert(is_valid(&t, 0));
}
END_TEST

START_TEST(a_requirement_holds_one_way)
{
    struct tender t;
    four_elements(&t);
    relate(&t, E2, E0, false);

    ck_assert(!is_valid(&t, 1 << E2));
    ck_assert(is_valid(&t, 1 << E0));
    ck_assert(is_valid(&t, 1 << E0 | 1 << E2));
}
END_TEST

START_TEST(a_requirement_that_is_out_can_never_be_met)
{
    struct tender t;
    four_elements(&t);
    relate(&t, E2, MODEL_NOWHERE, false);

    ck_assert(!is_valid(&t, 1 << E2));
    ck_assert(!is_valid(&t, 15));
    ck_assert(is_valid(&t, 15 - (1 << E2)));
}
END_TEST

START_TEST(at_most_one_of_a_group_is_taken)
{
    struct tender t;
    four_elements(&t);
    t.elements[E0].group = t.elements[E1].group = t.elements[E3].group = 5;

    ck_assert(!is_valid(&t, 1 << E0 | 1 << E3));
    ck_assert(!is_valid(&t, 1 << E1 | 1 << E3));
    ck_assert(is_valid(&t, 1 << E2 | 1 << E3));
}
END_TEST

START_TEST(what_is_always_in_forbids_and_requires_too)
{
    struct tender t;
    four_elements(&t);
    t.elements[E1].always = true; /* bits: E0, E2, E3 */
    t.elements[E1].group = t.elements[E0].group = 1;
    relate(&t, E1, E3, false);
    relate(&t, E2, E1, false);

    ck_assert(!is_valid(&t, 0)); /* E3 is required */
    ck_assert(is_valid(&t, 4));
    ck_assert(is_valid(&t, 6));
    ck_assert(!is_valid(&t, 5)); /* E0 is of the group of E1 */
    ck_assert(!is_valid(&t, 8)); /* no such bit */
}
END_TEST

START_TEST(what_is_always_in_may_contradict_itself)
{
    struct tender t;
    four_elements(&t);
    t.elements[E0].always = t.elements[E1].always = true;
    ck_assert(elements_allow(&t.model));

    relate(&t, E0, E1, true);
    ck_assert(!elements_allow(&t.model));

    four_elements(&t);
    t.elements[E0].always = true;
    relate(&t, E0, E2, false);
    relate(&t, E2, E3, false);
    relate(&t, E3, E2, true);
    ck_assert(!elements_allow(&t.model));
}
END_TEST

START_TEST(sixteen_choices_are_taken_and_seventeen_are_too_many)
{
    struct subsets subsets;
    struct tender t;
    tender_golden(&t);
    t.model.elements_n = t.model.effects_n = 0;
    for (size_t i = 0; i < 16; i++)
        add_element(&t, ONE);
    subsets_init(&subsets, &t.model);
    ck_assert(!subsets.too_many);
    ck_assert(subset_is_valid(&subsets, 0xffff));

    add_element(&t, ONE);
    subsets_init(&subsets, &t.model);
    ck_assert(subsets.too_many);
    t.elements[3].always = true;
    subsets_init(&subsets, &t.model);
    ck_assert(!subsets.too_many);
    ck_assert_uint_eq(subsets.element[3], 4);
    ck_assert_uint_eq(subset_bit(&subsets, 3), 0);
    ck_assert_uint_eq(subset_bit(&subsets, 4), 8);
}
END_TEST

enum { A = COMBINE_ADD, K = COMBINE_CAP, C = COMBINE_COMPLEMENT };

/* All of them chosen: what a coverage of tenths and a mark of tenths become. */
static const struct {
    int64_t base, by[3]; /* tenths */
    int combine[3];
    int64_t cover; /* micro */
    int64_t mark;  /* micro, of 10 */
} combines[] = {
    {5, {2, 2, 0}, {A, A, A}, 900000, 900000},
    {5, {3, 3, 0}, {A, A, A}, 1000000, 1100000}, /* capped at 1 */
    {5, {-3, -3, 0}, {A, A, A}, 0, 0},           /* not below 0 */
    {5, {2, 3, 1}, {K, K, K}, 800000, 800000},   /* the largest */
    {5, {-2, 3, -1}, {K, K, K}, 600000, 600000}, /* and the lowest */
    {5, {2, 3, 1}, {A, K, K}, 1000000, 1000000},
    {5, {4, 5, 0}, {C, C, C}, 850000, 1400000}, /* 1 - .5 .6 .5 */
    {5, {10, 5, 0}, {C, C, C}, 1000000, 2000000},
    {5, {20, 0, 0}, {C, C, C}, 1000000, 2500000}, /* no more than all */
    {5, {-5, 0, 0}, {C, C, C}, 250000, 0},        /* 1 - .5 1.5 */
    {2, {3, 5, 0}, {A, C, C}, 750000, 1000000},   /* 1 - .5 .5 */
    {9, {3, 5, 0}, {A, C, C}, 1000000, 1700000},
    {5, {20, -8, 0}, {A, A, A}, 1000000, 1700000}, /* summed, then capped */
};

static int64_t cover_of(const struct offer *offer, size_t need)
{
    mpq_t value;

    mpq_init(value);
    fraction_set_integers(value, offer->covers[need], offer->cover_one[need]);
    int64_t micro = fraction_micro(value, FRACTION_HALF_UP);
    mpq_clear(value);
    return micro;
}

/* Chosen or always in, effects combine to the same. */
START_TEST(effects_combine_as_documented)
{
    for (unsigned always = 0; always < 8; always++) {
        struct tender t;
        struct offer offer;
        four_elements(&t);
        *cover_at(&t, OURS, N2) = exactly(combines[_i].base * ONE / 10);
        *mark_at(&t, OURS, C3) = exactly(combines[_i].base * ONE / 10);
        for (size_t i = 0; i < 3; i++) {
            t.elements[i].always = (always >> i & 1) != 0;
            add_effect(&t, i, MODEL_NOWHERE, N2, combines[_i].by[i] * ONE / 10);
            t.effects[2 * i].combine = (enum combine)combines[_i].combine[i];
            add_effect(&t, i, C3, MODEL_NOWHERE, combines[_i].by[i] * ONE / 10);
            t.effects[2 * i + 1].combine =
                (enum combine)combines[_i].combine[i];
        }
        offer_init(&offer, &t.model);
        offer_set(&offer, (UINT32_C(1) << offer.subsets.n) - 1);

        ck_assert_int_eq(cover_of(&offer, N2), combines[_i].cover);
        ck_assert_int_eq(mpz_get_si(offer.marks[C3]) * 100, combines[_i].mark);
        offer_set(&offer, 0);
        if (always == 0)
            ck_assert_int_eq(cover_of(&offer, N2), combines[_i].base * 100000);
        offer_fini(&offer);
    }
}
END_TEST

START_TEST(a_mark_stays_within_its_scale)
{
    struct tender t;
    struct offer offer;
    four_elements(&t);
    add_effect(&t, E0, C3, MODEL_NOWHERE, 50 * ONE);
    add_effect(&t, E1, C3, MODEL_NOWHERE, -90 * ONE);
    offer_init(&offer, &t.model);

    offer_set(&offer, 1 << E0);
    ck_assert_int_eq(mpz_get_si(offer.marks[C3]), 10 * ONE);
    offer_set(&offer, 1 << E1);
    ck_assert_int_eq(mpz_get_si(offer.marks[C3]), 0);
    offer_fini(&offer);
}
END_TEST

START_TEST(costs_are_added_to_the_price_and_effects_on_it_are_not)
{
    struct tender t;
    struct offer offer;
    tender_golden(&t);
    t.elements[O3].always = true;
    add_effect(&t, O1, C1, MODEL_NOWHERE, ONE);
    add_effect(&t, O1, MODEL_NOWHERE, MODEL_NOWHERE, ONE);
    offer_init(&offer, &t.model);

    ck_assert_int_eq(mpq_cmp_si(offer.price, 560, 1), 0);
    offer_set(&offer, 3);
    ck_assert_int_eq(mpq_cmp_si(offer.price, 597, 1), 0);
    ck_assert_int_eq(mpz_get_si(offer.marks[C1]), 0);
    offer_fini(&offer);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/offer");
    TCase *all = tcase_create("all");
    tcase_add_test(all, an_exclusion_holds_both_ways);
    tcase_add_test(all, a_requirement_holds_one_way);
    tcase_add_test(all, a_requirement_that_is_out_can_never_be_met);
    tcase_add_test(all, at_most_one_of_a_group_is_taken);
    tcase_add_test(all, what_is_always_in_forbids_and_requires_too);
    tcase_add_test(all, what_is_always_in_may_contradict_itself);
    tcase_add_test(all, sixteen_choices_are_taken_and_seventeen_are_too_many);
    tcase_add_loop_test(all, effects_combine_as_documented, 0, ROWS(combines));
    tcase_add_test(all, a_mark_stays_within_its_scale);
    tcase_add_test(all, costs_are_added_to_the_price_and_effects_on_it_are_not);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
