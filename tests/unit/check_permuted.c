/* SPDX-License-Identifier: Apache-2.0
 *
 * check_permuted.c - a tender written down in another order has the same
 * figures, whichever of its bids, criteria, segments, needs and elements stand
 * first: award, what would change it, draws.
 *
 * Where several are equally good "the first" is told, which an order may
 * change; such names are not compared where there is such a tie.
 */
#include "tests/unit/permute.h"

#include "tests/unit/simulate_kit.h"
#include "value/award/award.h"
#include "value/firm/orders.h"
#include "value/firm/stability.h"

/* The leader and the best rival are one bid each. */
static bool stands_alone(const struct award_result *a)
{
    size_t first = 0;
    size_t second = 0;

    for (size_t b = 0; b < a->bids_n; b++) {
        first += a->bids[b].rank == 1;
        second += a->bids[b].rank == 2;
    }
    return first == 1 && second <= 1;
}

static void same_award_bid(
    const struct award_bid *one, const struct award_bid *same)
{
    ck_assert_int_eq(one->admitted, same->admitted);
    ck_assert_int_eq(one->refused, same->refused);
    ck_assert_int_eq(one->price, same->price);
    ck_assert_int_eq(one->points, same->points);
    ck_assert_int_eq(one->lead, same->lead);
    ck_assert_uint_eq(one->rank, same->rank);
    ck_assert_int_eq(one->tie, same->tie);
    ck_assert_int_eq(one->wins, same->wins);
    ck_assert_int_eq(one->within, same->within);
    ck_assert_int_eq(one->decide, same->decide);
}

static void same_paradoxes(const struct pair_of *two,
    const struct award_result *a, const struct award_result *b)
{
    ck_assert_uint_eq(a->paradoxes_n, b->paradoxes_n);
    for (size_t i = 0; i < a->paradoxes_n; i++) {
        size_t at = 0;
        while (at < b->paradoxes_n &&
               b->paradoxes[at].without != two->p.bids[a->paradoxes[i].without])
            at++;
        ck_assert_uint_lt(at, b->paradoxes_n);
        for (size_t k = 0; k < a->bids_n; k++)
            ck_assert_int_eq(a->paradoxes[i].points[k],
                b->paradoxes[at].points[two->p.bids[k]]);
    }
}

static void same_cells(const struct pair_of *two, const struct award_result *a,
    const struct award_result *b)
{
    size_t n = a->criteria_n;

    for (size_t bid = 0; bid < a->bids_n; bid++) {
        for (size_t k = 0; k < n; k++) {
            size_t one = bid * n + k;
            size_t same = two->p.bids[bid] * n + two->p.criteria[k];
            ck_assert_int_eq(a->marks[one], b->marks[same]);
            ck_assert_int_eq(a->shares[one], b->shares[same]);
            ck_assert_int_eq(a->points[one], b->points[same]);
        }
    }
    for (size_t k = 0; k < n; k++) {
        const struct award_criterion *one = &a->criteria[k];
        const struct award_criterion *same = &b->criteria[two->p.criteria[k]];
        ck_assert_int_eq(one->lowest, same->lowest);
        ck_assert_int_eq(one->highest, same->highest);
        if (stands_alone(a)) {
            ck_assert_int_eq(one->flip.change, same->flip.change);
            ck_assert_int_eq(one->flip.possible, same->flip.possible);
        }
    }
}

START_TEST(the_award_is_the_same)
{
    uint64_t seed = 101;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct award_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        enum err err = award_compute(&two.t.model, &a);
        ck_assert_int_eq(award_compute(&two.other.model, &b), err);
        if (err != ERR_OK)
            continue;
        for (size_t i = 0; i < a->bids_n; i++)
            same_award_bid(&a->bids[i], &b->bids[two.p.bids[i]]);
        same_cells(&two, a, b);
        same_paradoxes(&two, a, b);
        ck_assert_int_eq(a->to_win, b->to_win);
        ck_assert_int_eq(a->to_win_price, b->to_win_price);
        ck_assert_int_eq(a->edge, b->edge);
        ck_assert_uint_eq(a->estimates, b->estimates);
        award_free(&a);
        award_free(&b);
    }
}
END_TEST

static void same_firmness(const struct pair_of *two,
    const struct stability_result *a, const struct stability_result *b)
{
    for (size_t k = 0; k < a->criteria_n; k++) {
        const struct stability_criterion *one = &a->criteria[k];
        const struct stability_criterion *same =
            &b->criteria[two->p.criteria[k]];
        ck_assert_int_eq(one->weight, same->weight);
        ck_assert_int_eq(one->low, same->low);
        ck_assert_int_eq(one->high, same->high);
        ck_assert_int_eq(one->mark, same->mark);
    }
    for (size_t i = 0; i < a->bids_n; i++) {
        ck_assert_int_eq(a->rivals[i].gap, b->rivals[two->p.bids[i]].gap);
        ck_assert_int_eq(a->rivals[i].mass, b->rivals[two->p.bids[i]].mass);
    }
    for (size_t r = 0; r < RULE_COUNT; r++) {
        ck_assert_int_eq(a->rules[r].applies, b->rules[r].applies);
        ck_assert_int_eq(a->rules[r].changes, b->rules[r].changes);
    }
}

/* Another bid is level with the leader before rounding and ties are settled. */
static bool has_equal(const struct stability_result *r)
{
    bool found = false;

    for (size_t b = 0; b < r->bids_n; b++)
        found = found || r->rivals[b].gap == 0;
    return found;
}

START_TEST(what_would_change_the_award_is_the_same)
{
    uint64_t seed = 102;
    int compared = 0;

    for (int round = 0; round < 2 * ROUNDS; round++) {
        struct stability_result *a = NULL, *b = NULL;
        struct award_result *award = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        if (award_compute(&two.t.model, &award) != ERR_OK)
            continue;
        ck_assert_int_eq(stability_compute(&two.t.model, &a), ERR_OK);
        ck_assert_int_eq(stability_compute(&two.other.model, &b), ERR_OK);
        ck_assert_int_eq(a->adds_up, b->adds_up);
        if (a->adds_up && stands_alone(award) && !has_equal(a) && ++compared)
            same_firmness(&two, a, b);
        award_free(&award);
        stability_free(&a);
        stability_free(&b);
    }
    ck_assert_int_gt(compared, ROUNDS / 2);
}
END_TEST

static void make_unsure(struct tender *t, uint64_t *seed)
{
    for (size_t b = 0; b < t->model.bids_n; b++) {
        t->bids[b].price = around(
            t->bids[b].price.likely, draw_from(seed, 0, 20) * ONE, 200 * ONE);
        for (size_t k = 0; k < t->model.criteria_n; k++)
            if (mark_at(t, b, k)->low != MODEL_ABSENT)
                *mark_at(t, b, k) =
                    around(mark_at(t, b, k)->likely, 3 * ONE, 10 * ONE);
    }
}

/* Bids draw by their keys: they change places and no figure moves.  Shares
 * that sum to one are rounded up at the first of two. */
static void same_chances(const struct pair_of *two,
    const struct simulate_result *a, const struct simulate_result *b,
    int64_t by)
{
    size_t n = a->bids_n;

    ck_near(a->no_award, b->no_award, by);
    for (size_t i = 0; i < n; i++) {
        size_t to = two->p.bids[i];
        ck_near(a->bids[i].wins, b->bids[to].wins, by);
        ck_near(a->bids[i].missing, b->bids[to].missing, by);
        for (size_t k = 0; k < n; k++) {
            ck_near(a->ranks[i * n + k], b->ranks[to * n + k], by);
            ck_near(a->beats[i * n + k], b->beats[to * n + two->p.bids[k]], by);
        }
    }
}

/* Of each draw one bid wins, and each bid that is there has one rank. */
static void check_sums(const struct simulate_result *r)
{
    int64_t wins = r->no_award;

    for (size_t i = 0; i < r->bids_n; i++) {
        int64_t ranks = r->bids[i].missing;
        wins += r->bids[i].wins;
        for (size_t k = 0; k < r->bids_n; k++) {
            ranks += r->ranks[i * r->bids_n + k];
            ck_assert_int_le(
                r->beats[i * r->bids_n + k] + r->beats[k * r->bids_n + i],
                1000001);
        }
        ck_near(ranks, 1000000, (int64_t)r->bids_n);
    }
    ck_assert_int_eq(wins, 1000000);
}

START_TEST(chances_ranks_and_duels_are_the_same)
{
    uint64_t keys[AT_MOST], other_keys[AT_MOST];
    uint64_t seed = 109;
    int compared = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct simulate_result *a = NULL, *b = NULL;
        struct simulate_ask ask = {.seed = (uint64_t)round,
            .draws = 1280,
            .correlation = 3000,
            .keys = keys};
        struct pair_of two;

        draw_pair(&two, &seed);
        make_unsure(&two.t, &seed);
        for (size_t k = 0; k < two.t.model.criteria_n && _i == 0; k++)
            two.p.criteria[k] = k;
        permute(&two.other, &two.t, &two.p);
        for (size_t i = 0; i < two.t.model.bids_n; i++)
            other_keys[two.p.bids[i]] = keys[i] = 10 * i + 7;
        enum err err = simulate_run(&two.t.model, 0, &ask, &a);
        ask.keys = other_keys;
        ck_assert_int_eq(simulate_run(&two.other.model, 0, &ask, &b), err);
        if (err != ERR_OK)
            continue;
        check_sums(a);
        /* Marks draw by the place of their criterion: there it is chance. */
        same_chances(&two, a, b, _i == 0 ? 2 : 120000);
        compared++;
        simulate_result_free(&a);
        simulate_result_free(&b);
    }
    ck_assert_int_gt(compared, ROUNDS / 2);
}
END_TEST

START_TEST(orders_of_importance_are_won_by_the_same)
{
    const struct orders_ask ask = {.seed = 4, .draws = 1280};
    uint64_t seed = 110;
    int compared = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct orders_result *a = NULL, *b = NULL;
        struct pair_of two;

        draw_pair(&two, &seed);
        for (size_t k = 0; k < two.t.model.criteria_n; k++)
            two.p.criteria[k] = k;
        permute(&two.other, &two.t, &two.p);
        enum err err = orders_compute(&two.t.model, &ask, &a);
        ck_assert_int_eq(orders_compute(&two.other.model, &ask, &b), err);
        if (err != ERR_OK)
            continue;
        size_t n = a->bids_n;
        for (size_t i = 0; i < a->orders_n * n; i++, compared++)
            ck_near(a->wins[i], b->wins[i / n * n + two.p.bids[i % n]], 1);
        for (size_t i = 0; i < a->criteria_n * n; i++)
            ck_near(a->first[i], b->first[i / n * n + two.p.bids[i % n]], 1);
        orders_free(&a);
        orders_free(&b);
    }
    ck_assert_int_gt(compared, ROUNDS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("another order");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, the_award_is_the_same);
    tcase_add_test(all, what_would_change_the_award_is_the_same);
    tcase_add_loop_test(all, chances_ranks_and_duels_are_the_same, 0, 2);
    tcase_add_test(all, orders_of_importance_are_won_by_the_same);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
