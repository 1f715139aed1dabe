/* SPDX-License-Identifier: Apache-2.0
 *
 * check_mean.c - needs that must be met cap what an offer is worth to users.
 */
#include "value/mean.h"

#include "tests/unit/plain.h"
#include "value/firm/attribute.h"
#include "value/front/frontier.h"
#include "value/front/offer.h"
#include "value/missing.h"
#include "value/users/users.h"

#include <check.h>
#include <stdlib.h>

static struct users_result *computed(const struct tender *t)
{
    struct users_result *made = NULL;

    ck_assert_int_eq(users_compute(&t->model, &made), ERR_OK);
    return made;
}

static const struct {
    size_t need;
    int64_t threshold;
    int64_t values[3]; /* of OURS, whose coverage is .8 .9 .5 .7 */
    size_t capped;
} musts[] = {
    {N3, 6000, {500000, 500000, 500000}, N3},
    {N3, 5001, {500000, 500000, 500000}, N3},
    {N3, 5000, {700000, 752000, 683333}, MODEL_NOWHERE}, /* it is reached */
    {N3, 0, {700000, 752000, 683333}, MODEL_NOWHERE},
    {N4, 10000, {700000, 700000, 683333}, N4}, /* caps what is above it */
};

static const struct frontier_ask every_offer = {
    .cost = FRONTIER_PRICE, .budget = MODEL_ABSENT, .all = true};

START_TEST(a_need_below_its_threshold_caps_the_value_at_its_coverage)
{
    struct tender t;
    tender_golden(&t);
    t.needs[musts[_i].need].must_threshold = musts[_i].threshold;
    struct users_result *made = computed(&t);

    for (size_t s = 0; s < 3; s++)
        ck_assert_int_eq(
            made->values[(size_t)OURS * 3 + s], musts[_i].values[s]);
    ck_assert_uint_eq(made->capped[OURS * 3 + CHAIR], musts[_i].capped);
    ck_assert_uint_eq(made->capped[RIV2 * 3 + CHAIR], MODEL_NOWHERE);
    users_free(&made);
}
END_TEST

START_TEST(the_lowest_of_several_caps_holds)
{
    struct tender t;
    tender_golden(&t);
    t.needs[N4].must_threshold = t.needs[N3].must_threshold = ONE;
    struct users_result *made = computed(&t);

    ck_assert_int_eq(made->bids[OURS].mean, 500000);
    ck_assert_uint_eq(made->capped[OURS * 3 + NIGHT], N3);
    ck_assert_int_eq(made->bids[RIV1].mean, 200000);
    users_free(&made);
}
END_TEST

START_TEST(a_need_that_does_not_matter_to_a_segment_caps_nothing_there)
{
    struct tender t;
    tender_golden(&t);
    t.needs[N3].must_threshold = ONE;
    *importance_at(&t, CHAIR, N3) = 0;
    struct users_result *made = computed(&t);

    ck_assert_uint_eq(made->capped[OURS * 3 + CHAIR], MODEL_NOWHERE);
    ck_assert_uint_eq(made->capped[OURS * 3 + NIGHT], N3);
    ck_assert_int_gt(made->values[OURS * 3 + CHAIR], 500000);
    users_free(&made);
}
END_TEST

START_TEST(the_front_the_attribution_and_the_value_agree_on_caps)
{
    struct tender t;
    struct frontier_found *front = NULL;
    struct attribute_result *what = NULL;
    tender_golden(&t);
    t.needs[N3].must_threshold = ONE * 9 / 10;

    ck_assert_int_eq(frontier_compute(&t.model, &every_offer, &front), ERR_OK);
    for (uint32_t set = 0; set < 8; set++) {
        struct users_result *users = NULL;
        ck_assert_int_eq(users_compute_offer(&t.model, set, &users), ERR_OK);
        ck_assert_int_eq(front->offers[set].users, users->bids[OURS].mean);
        users_free(&users);
    }
    ck_assert_int_eq(attribute_compute(&t.model, 7, 0, 0, &what), ERR_OK);
    ck_assert_int_eq(
        what->users, front->offers[7].users - front->offers[0].users);
    attribute_free(&what);
    frontier_free(&front);
}
END_TEST

START_TEST(where_a_need_caps_the_front_is_exact)
{
    const struct frontier_ask ask = {.budget = MODEL_ABSENT};
    struct frontier_found *found = NULL;
    struct tender t;
    tender_golden(&t);

    ck_assert(!mean_caps(&t.model));
    t.needs[N3].must_threshold = ONE;
    ck_assert(mean_caps(&t.model));
    ck_assert_int_eq(frontier_compute(&t.model, &ask, &found), ERR_OK);
    ck_assert(found->exact);
    frontier_free(&found);
    for (int i = 0; i < 14; i++)
        add_element(&t, 0);
    ck_assert_int_eq(frontier_compute(&t.model, &ask, &found), ERR_OK);
    ck_assert(found->exact);
    frontier_free(&found);
}
END_TEST

START_TEST(without_heads_of_several_segments_there_is_no_mean)
{
    bool only[3] = {false, true, false};
    struct tender t;
    struct offer offer;
    struct mean mean;
    mpz_t above;
    tender_golden(&t);
    t.segments[CHAIR].heads = MODEL_ABSENT;
    offer_init(&offer, &t.model);

    ck_assert(!mean_init(&mean, &t.model, NULL, offer.cover_one));
    ck_assert(mean_init(&mean, &t.model, only, offer.cover_one));
    mpz_init(above);
    mean_above(&mean, offer.covers, above);
    mpz_mul_ui(above, above, 1000);
    mpz_tdiv_q(above, above, mean.below);
    ck_assert_int_eq(mpz_get_si(above), 752);
    mpz_clear(above);
    mean_fini(&mean);
    offer_fini(&offer);
}
END_TEST

static void draw_musts(struct tender *t, uint64_t *seed)
{
    for (size_t n = 0; n < t->model.needs_n; n++)
        t->needs[n].must_threshold = draw_from(seed, 0, 2) == 0
                                         ? draw_from(seed, 0, 10) * ONE / 10
                                         : MODEL_ABSENT;
}

START_TEST(a_plain_second_computation_finds_the_same_values)
{
    uint64_t seed = 77;
    int compared = 0;

    for (int round = 0; round < 300; round++) {
        struct tender t;
        struct plain plain;
        struct frontier_found *made = NULL;
        tender_drawn(&t, &seed);
        draw_musts(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_FRONT))
            continue;
        ck_assert_int_eq(
            frontier_compute(&t.model, &every_offer, &made), ERR_OK);
        plain_front(&plain, &t);
        ck_assert_uint_eq(made->offers_n, plain.n);
        for (size_t i = 0; i < plain.n; i++) {
            ck_assert(is_near(made->offers[i].users, plain.offers[i].users));
            ck_assert_int_eq(made->offers[i].front, plain.offers[i].front);
        }
        frontier_free(&made);
        compared++;
    }
    ck_assert_int_ge(compared, 150);
}
END_TEST

START_TEST(more_coverage_is_never_worth_less_and_all_stays_within_0_and_1)
{
    uint64_t seed = 78;

    for (int round = 0; round < 300; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        draw_musts(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_USERS))
            continue;
        t.model.effects_n = 0;
        size_t bid = (size_t)draw_from(&seed, 0, (int64_t)t.model.bids_n - 1);
        size_t need = (size_t)draw_from(&seed, 0, (int64_t)t.model.needs_n - 1);
        struct users_result *before = computed(&t);
        struct estimate *cover = cover_at(&t, bid, need);
        *cover = exactly(draw_from(&seed, cover->likely, ONE));
        struct users_result *after = computed(&t);
        size_t n = t.model.bids_n * t.model.segments_n;
        for (size_t i = 0; i < n; i++) {
            ck_assert_int_ge(after->values[i], before->values[i]);
            ck_assert_int_ge(before->values[i], 0);
            ck_assert_int_le(after->values[i], MICRO_ONE);
        }
        users_free(&before);
        users_free(&after);
    }
}
END_TEST

static void swap_rows(void *one, void *other, size_t size)
{
    char kept[AT_MOST * sizeof(struct estimate)];

    memcpy(kept, one, size);
    memcpy(one, other, size);
    memcpy(other, kept, size);
}

START_TEST(another_order_of_segments_and_bids_gives_the_same_values)
{
    uint64_t seed = 79;

    for (int round = 0; round < 200; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        draw_musts(&t, &seed);
        if (missing_blocks(&t.model, FIGURE_USERS))
            continue;
        size_t needs = t.model.needs_n;
        size_t segments = t.model.segments_n;
        size_t last = segments - 1;
        size_t end = t.model.bids_n - 1;
        struct users_result *before = computed(&t);
        swap_rows(importance_at(&t, 0, 0), importance_at(&t, last, 0),
            needs * sizeof *t.importance);
        swap_rows(&t.segments[0], &t.segments[last], sizeof *t.segments);
        swap_rows(
            cover_at(&t, 0, 0), cover_at(&t, end, 0), needs * sizeof *t.covers);
        if (t.model.ours == 0 || t.model.ours == end)
            t.model.ours = end - t.model.ours;
        struct users_result *after = computed(&t);
        ck_assert_int_eq(before->bids[0].mean, after->bids[end].mean);
        ck_assert_int_eq(before->bids[0].min, after->bids[end].min);
        ck_assert_uint_eq(before->bids[0].rank, after->bids[end].rank);
        ck_assert_int_eq(
            before->values[0], after->values[end * segments + last]);
        users_free(&before);
        users_free(&after);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/mean");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all,
        a_need_below_its_threshold_caps_the_value_at_its_coverage, 0,
        ROWS(musts));
    tcase_add_test(all, the_lowest_of_several_caps_holds);
    tcase_add_test(
        all, a_need_that_does_not_matter_to_a_segment_caps_nothing_there);
    tcase_add_test(all, the_front_the_attribution_and_the_value_agree_on_caps);
    tcase_add_test(all, where_a_need_caps_the_front_is_exact);
    tcase_add_test(all, without_heads_of_several_segments_there_is_no_mean);
    tcase_add_test(all, a_plain_second_computation_finds_the_same_values);
    tcase_add_test(
        all, more_coverage_is_never_worth_less_and_all_stays_within_0_and_1);
    tcase_add_test(
        all, another_order_of_segments_and_bids_gives_the_same_values);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
