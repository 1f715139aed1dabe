/* SPDX-License-Identifier: Apache-2.0
 *
 * check_permuted_users.c - a tender written down in another order has the same
 * figures: users, gap, advantage, what elements bring and earn, front.
 */
#include "tests/unit/permute.h"

#include "tests/unit/frontier_kit.h"
#include "tests/unit/simulate_kit.h"
#include "value/firm/attribute.h"
#include "value/front/brings.h"
#include "value/gap/gap.h"
#include "value/users/advantage.h"
#include "value/users/users.h"

START_TEST(users_value_is_the_same)
{
    uint64_t seed = 103;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct users_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = users_compute(&two.t.model, &a);
        ck_assert_int_eq(users_compute(&two.other.model, &b), err);
        for (size_t i = 0; err == ERR_OK && i < a->bids_n; i++) {
            const struct users_bid *one = &a->bids[i];
            const struct users_bid *same = &b->bids[two.p.bids[i]];
            ck_assert_int_eq(one->mean, same->mean);
            ck_assert_int_eq(one->min, same->min);
            ck_assert_int_eq(one->max, same->max);
            ck_assert_int_eq(one->captives, same->captives);
            ck_assert_uint_eq(one->rank, same->rank);
            ck_assert_uint_eq(one->captives_rank, same->captives_rank);
            for (size_t s = 0; s < a->segments_n; s++)
                ck_assert_int_eq(a->values[i * a->segments_n + s],
                    b->values[two.p.bids[i] * a->segments_n +
                              two.p.segments[s]]);
        }
        for (size_t s = 0; err == ERR_OK && s < a->segments_n; s++) {
            struct reach_choice one = a->segments[s].choice;
            struct reach_choice same = b->segments[two.p.segments[s]].choice;
            ck_assert_int_eq(one.captive, same.captive);
            ck_assert_int_eq(one.degree, same.degree);
        }
        users_free(&a);
        users_free(&b);
    }
}
END_TEST

/* Weights sum to exactly 1: of two cut off at the same place the first is
 * rounded up. */
START_TEST(the_gap_is_the_same)
{
    uint64_t seed = 104;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct gap_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = gap_compute(&two.t.model, &a);
        ck_assert_int_eq(gap_compute(&two.other.model, &b), err);
        if (err != ERR_OK)
            continue;
        for (size_t n = 0; n < a->needs_n; n++) {
            ck_near(a->needs[n].users, b->needs[two.p.needs[n]].users, 1);
            ck_near(a->needs[n].criteria, b->needs[two.p.needs[n]].criteria, 1);
            ck_near(a->needs[n].gap, b->needs[two.p.needs[n]].gap, 2);
        }
        for (size_t s = 0; s < a->segments_n; s++) {
            size_t same = two.p.segments[s];
            ck_assert_int_eq(
                a->segments[s].divergence, b->segments[same].divergence);
            ck_assert_int_eq(a->segments[s].tau, b->segments[same].tau);
        }
        ck_assert_int_eq(a->divergence, b->divergence);
        ck_assert_int_eq(a->criteria_only, b->criteria_only);
        ck_assert_int_eq(a->tau, b->tau);
        ck_assert_int_eq(a->tau_captives, b->tau_captives);
        ck_assert_uint_eq(a->blind_n, b->blind_n);
        gap_free(&a);
        gap_free(&b);
    }
}
END_TEST

/* The sum of gains of a bid for a segment over today. */
static struct advantage_range gain_of(
    const struct advantage_result *r, size_t bid, size_t segment)
{
    for (size_t i = 0; i < r->rows_n; i++) {
        if (r->rows[i].bid == bid && r->rows[i].segment == segment &&
            r->rows[i].over == MODEL_NOWHERE)
            return r->rows[i].net;
    }
    return (struct advantage_range){MODEL_ABSENT, MODEL_ABSENT};
}

START_TEST(the_advantage_over_today_is_the_same)
{
    uint64_t seed = 105;

    for (int round = 0; round < ROUNDS; round++) {
        struct advantage_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = advantage_compute(&two.t.model, 0, true, &a);
        ck_assert_int_eq(advantage_compute(&two.other.model, 0, true, &b), err);
        if (err != ERR_OK)
            continue;
        ck_assert_uint_eq(a->rows_n, b->rows_n);
        for (size_t i = 0; i < two.t.model.bids_n; i++) {
            for (size_t s = 0; s < two.t.model.segments_n; s++) {
                struct advantage_range one = gain_of(a, i, s);
                struct advantage_range same =
                    gain_of(b, two.p.bids[i], two.p.segments[s]);
                ck_assert_int_eq(one.low, same.low);
                ck_assert_int_eq(one.high, same.high);
            }
        }
        advantage_free(&a);
        advantage_free(&b);
    }
}
END_TEST

static void same_brought(const struct pair_of *two,
    const struct brings_result *a, const struct brings_result *b)
{
    for (size_t i = 0; i < a->elements_n; i++) {
        size_t at = 0;
        while (
            b->elements[at].element != two->p.elements[a->elements[i].element])
            ck_assert_uint_lt(++at, b->elements_n);
        ck_assert_int_eq(a->elements[i].possible, b->elements[at].possible);
        if (!a->elements[i].possible)
            continue;
        ck_assert_int_eq(a->elements[i].lead, b->elements[at].lead);
        ck_assert_int_eq(a->elements[i].users, b->elements[at].users);
        ck_assert_int_eq(a->elements[i].to, b->elements[at].to);
    }
    for (size_t n = 0; n < a->needs_n; n++)
        ck_assert_int_eq(a->needs[n].price, b->needs[two->p.needs[n]].price);
    ck_assert_int_eq(a->tau, b->tau);
}

START_TEST(what_elements_bring_is_the_same)
{
    uint64_t seed = 106;
    int compared = 0;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct brings_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = brings_compute(&two.t.model, &a);
        ck_assert_int_eq(brings_compute(&two.other.model, &b), err);
        if (err != ERR_OK)
            continue;
        ck_assert_uint_eq(a->elements_n, b->elements_n);
        same_brought(&two, a, b);
        compared += a->elements_n > 1;
        brings_free(&a);
        brings_free(&b);
    }
    ck_assert_int_gt(compared, ROUNDS / 4);
}
END_TEST

/* Each share is rounded by itself. */
static void check_shares(const struct attribute_result *r)
{
    int64_t points = 0;
    int64_t users = 0;

    for (size_t i = 0; i < r->elements_n; i++) {
        points += r->elements[i].points.share;
        users += r->users == MODEL_ABSENT ? 0 : r->elements[i].users.share;
    }
    ck_near(points, r->points, (int64_t)r->elements_n);
    if (r->users != MODEL_ABSENT)
        ck_near(users, r->users, (int64_t)r->elements_n);
}

/* All possible elements at once, where none rules another out. */
START_TEST(what_elements_earn_is_the_same)
{
    uint64_t seed = 107;
    int compared = 0;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct attribute_result *a = NULL, *b = NULL;
        struct pair_of two;
        uint32_t all = 0;

        draw_pair(&two, &seed);
        for (size_t e = 0, at = 0; e < two.t.model.elements_n; e++)
            all |= two.t.elements[e].always ? 0 : 1u << at++;
        enum err err = attribute_compute(&two.t.model, all, 0, 0, &a);
        ck_assert_int_eq(
            attribute_compute(&two.other.model, all, 0, 0, &b), err);
        if (err != ERR_OK)
            continue;
        check_shares(a);
        ck_assert_int_eq(a->points, b->points);
        ck_assert_int_eq(a->users, b->users);
        for (size_t k = 0; k < a->criteria_n; k++)
            ck_assert_int_eq(
                a->criteria[k].lead, b->criteria[two.p.criteria[k]].lead);
        for (size_t i = 0; i < a->elements_n; i++, compared++) {
            size_t at = 0;
            while (b->elements[at].element !=
                   two.p.elements[a->elements[i].element])
                ck_assert_uint_lt(++at, b->elements_n);
            ck_assert_mem_eq(&a->elements[i].points, &b->elements[at].points,
                sizeof a->elements[i].points);
            ck_assert_mem_eq(&a->elements[i].users, &b->elements[at].users,
                sizeof a->elements[i].users);
        }
        attribute_free(&a);
        attribute_free(&b);
    }
    ck_assert_int_gt(compared, ROUNDS / 4);
}
END_TEST

START_TEST(the_front_is_the_same)
{
    uint64_t seed = 108;
    int compared = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct frontier_found *a = NULL, *b = NULL;
        static struct pair one[OFFERS_MAX], same[OFFERS_MAX];
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = frontier_compute(&two.t.model, &plain_ask, &a);
        ck_assert_int_eq(
            frontier_compute(&two.other.model, &plain_ask, &b), err);
        if (err != ERR_OK)
            continue;
        size_t n = found_pairs(a, one);
        assert_same(same, found_pairs(b, same), one, n, round);
        ck_assert_int_eq(a->best == MODEL_NOWHERE, b->best == MODEL_NOWHERE);
        if (a->best != MODEL_NOWHERE) {
            ck_assert_int_eq(
                a->offers[a->best].users, b->offers[b->best].users);
            ck_assert_int_eq(a->offers[a->best].lead, b->offers[b->best].lead);
        }
        compared += n > 1;
        frontier_free(&a);
        frontier_free(&b);
    }
    ck_assert_int_gt(compared, 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("another order, users and elements");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, users_value_is_the_same);
    tcase_add_test(all, the_gap_is_the_same);
    tcase_add_test(all, the_advantage_over_today_is_the_same);
    tcase_add_test(all, what_elements_bring_is_the_same);
    tcase_add_test(all, what_elements_earn_is_the_same);
    tcase_add_test(all, the_front_is_the_same);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
