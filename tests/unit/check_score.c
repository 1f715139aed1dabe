/* SPDX-License-Identifier: Apache-2.0
 *
 * check_score.c - what must hold of every award, on tenders made up from a
 * fixed seed: prices, order of the bids, price to win, flips, paradox.
 */
#include "value/award/score.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 200 };

static struct award_result *computed(const struct tender *t)
{
    struct award_result *made = NULL;

    ck_assert_int_eq(award_compute(&t->model, &made), ERR_OK);
    return made;
}

/* Total rules stand alone: all other criteria are marked. */
static void set_rule(struct tender *t, enum price_rule rule)
{
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k].rule = rule;
    if (price_gives(&t->criteria[0]) == PRICE_GIVES_SHARE)
        return;
    t->criteria[0].is_price = true;
    for (size_t k = 1; k < t->model.criteria_n; k++) {
        t->criteria[k].is_price = false;
        for (size_t b = 0; b < t->model.bids_n; b++)
            if (mark_at(t, b, k)->low == MODEL_ABSENT)
                *mark_at(t, b, k) = exactly((int64_t)(b + k) * ONE);
    }
}

/* Points where the highest total wins; their opposite where the lowest does. */
static int64_t standing(const struct tender *t, int64_t points)
{
    if (points == MODEL_ABSENT)
        return points;
    return price_gives(&t->criteria[0]) == PRICE_GIVES_LOW ? -points : points;
}

START_TEST(own_total_never_gains_by_the_own_price)
{
    uint64_t seed = 11;

    for (int round = 0; round < ROUNDS / 5; round++) {
        struct tender t;
        int64_t before = INT64_MAX;
        tender_drawn(&t, &seed);
        set_rule(&t, (enum price_rule)_i);
        for (int64_t price = 30; price < 130; price += 7) {
            t.bids[t.model.ours].price = exactly(price * ONE);
            struct award_result *made = computed(&t);
            int64_t points = standing(&t, made->bids[t.model.ours].points);
            ck_assert_int_le(points, before);
            before = points == MODEL_ABSENT ? before : points;
            award_free(&made);
        }
    }
}
END_TEST

/* Moves bid b to place (b + 1) modulo the number of bids. */
static void turn_bids(struct tender *to, const struct tender *from)
{
    size_t n = from->model.bids_n;
    size_t width = from->model.criteria_n;

    *to = *from;
    to->model.criteria = to->criteria;
    to->model.bids = to->bids;
    to->model.elements = to->elements;
    to->model.effects = to->effects;
    to->model.marks = to->marks;
    to->model.covers = to->covers;
    to->model.ours = (from->model.ours + 1) % n;
    for (size_t b = 0; b < n; b++) {
        size_t at = (b + 1) % n;
        to->bids[at] = from->bids[b];
        for (size_t k = 0; k < width; k++)
            to->marks[at * width + k] = from->marks[b * width + k];
        for (size_t i = 0; i < from->model.needs_n; i++)
            to->covers[at * from->model.needs_n + i] =
                from->covers[b * from->model.needs_n + i];
    }
}

START_TEST(the_order_of_the_bids_changes_no_figure)
{
    uint64_t seed = 12;

    for (int round = 0; round < ROUNDS; round++) {
        struct tender t, turned;
        tender_drawn(&t, &seed);
        turn_bids(&turned, &t);
        struct award_result *a = computed(&t);
        struct award_result *b = computed(&turned);
        for (size_t i = 0; i < a->bids_n; i++) {
            const struct award_bid *one = &a->bids[i];
            const struct award_bid *same = &b->bids[(i + 1) % a->bids_n];
            ck_assert_int_eq(one->points, same->points);
            ck_assert_int_eq(one->lead, same->lead);
            ck_assert_uint_eq(one->rank, same->rank);
            ck_assert_int_eq(one->tie, same->tie);
            ck_assert_uint_eq(one->gate, same->gate);
        }
        ck_assert_int_eq(a->to_win, b->to_win);
        ck_assert_int_eq(a->to_win_price, b->to_win_price);
        ck_assert_uint_eq(a->paradoxes_n, b->paradoxes_n);
        award_free(&a);
        award_free(&b);
    }
}
END_TEST

/* The exact workspace tells whether we win at a price in millionths. */
static bool wins_at(const struct tender *t, int64_t micro)
{
    struct offer offer;
    struct score score;

    offer_init(&offer, &t->model);
    fraction_set_micro(offer.price, micro);
    score_init(&score, &t->model, &offer);
    bool wins = score_wins(&score, t->model.ours);
    score_fini(&score);
    offer_fini(&offer);
    return wins;
}

START_TEST(we_win_at_the_price_to_win_and_not_a_millionth_above)
{
    uint64_t seed = 13;
    int found = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        struct award_result *made = computed(&t);
        if (made->to_win == TO_WIN_AT) {
            found++;
            ck_assert(wins_at(&t, made->to_win_price));
            ck_assert(!wins_at(&t, made->to_win_price + 1));
        } else if (made->bids[t.model.ours].admitted) {
            ck_assert_int_eq(wins_at(&t, 1), made->to_win == TO_WIN_ANY);
            ck_assert_int_eq(wins_at(&t, DECIMAL_LIMIT * MICRO_ONE),
                made->to_win == TO_WIN_ANY);
        }
        award_free(&made);
    }
    ck_assert_int_gt(found, ROUNDS / 10);
}
END_TEST

START_TEST(every_price_up_to_the_price_to_win_wins)
{
    uint64_t seed = 17;

    for (int round = 0; round < ROUNDS / 4; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        set_rule(&t, (enum price_rule)_i);
        t.criteria[0].expression =
            _i == RULE_EXPRESSION_TOTAL ? "q + wp * pmin / p" : "wp * pmin / p";
        struct award_result *made = computed(&t);
        if (made->to_win == TO_WIN_AT) {
            ck_assert(wins_at(&t, made->to_win_price));
            ck_assert(wins_at(&t, made->to_win_price / 2 + 1));
            ck_assert(wins_at(&t, made->to_win_price / 7 * 6 + 1));
            ck_assert(!wins_at(&t, made->to_win_price + 1));
            ck_assert(!wins_at(&t, made->to_win_price * 2));
        }
        ck_assert_int_ne(made->to_win, TO_WIN_UNSURE);
        award_free(&made);
    }
}
END_TEST

/* Removes a bid that is not ours. */
static void remove_bid(struct tender *t, size_t bid)
{
    struct model *m = &t->model;

    for (size_t b = bid; b + 1 < m->bids_n; b++) {
        t->bids[b] = t->bids[b + 1];
        for (size_t k = 0; k < m->criteria_n; k++)
            *mark_at(t, b, k) = *mark_at(t, b + 1, k);
        for (size_t n = 0; n < m->needs_n; n++)
            *cover_at(t, b, n) = *cover_at(t, b + 1, n);
    }
    m->bids_n--;
    if (m->ours > bid)
        m->ours--;
}

START_TEST(a_paradox_is_what_a_tender_without_the_rival_shows)
{
    uint64_t seed = 14;
    int found = 0;

    for (int round = 0; round < 10 * ROUNDS; round++) {
        struct tender t, copy;
        tender_drawn(&t, &seed);
        struct award_result *made = computed(&t);
        for (size_t p = 0; p < made->paradoxes_n; p++) {
            const struct award_paradox *paradox = &made->paradoxes[p];
            turn_bids(&copy, &t);
            remove_bid(&copy, (paradox->without + 1) % t.model.bids_n);
            struct award_result *less = computed(&copy);
            /* Where each bid went when bids were turned and one taken out. */
            size_t out = (paradox->without + 1) % t.model.bids_n;
            size_t winner = (paradox->winner + 1) % t.model.bids_n;
            size_t was = (paradox->was + 1) % t.model.bids_n;
            winner -= winner > out;
            was -= was > out;
            ck_assert(less->bids[winner].wins);
            ck_assert_int_eq(
                less->bids[winner].points, paradox->points[paradox->winner]);
            ck_assert(made->bids[paradox->was].wins);
            ck_assert(
                !made->bids[paradox->winner].wins || !less->bids[was].wins);
            award_free(&less);
            found++;
        }
        award_free(&made);
    }
    ck_assert_int_gt(found, 3);
}
END_TEST

START_TEST(a_flip_closes_the_gap_to_the_rival)
{
    uint64_t seed = 15;

    for (int round = 0; round < ROUNDS; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        set_rounding(&t, ROUND_NONE, 0);
        struct award_result *made = computed(&t);
        size_t n = made->criteria_n;
        for (size_t k = 0; k < n; k++) {
            const struct award_flip *flip = &made->criteria[k].flip;
            if (flip->change == MODEL_ABSENT)
                continue;
            double gain = (double)(made->shares[made->ours * n + k] -
                                   made->shares[made->rival * n + k]) /
                          1e6;
            double behind = (double)(made->bids[made->rival].points -
                                     made->bids[made->ours].points) /
                            1e6;
            double change = (double)flip->change / 1e6;
            ck_assert_double_eq_tol(
                gain * change, behind, 1e-5 + 2e-6 * fabs(change));
        }
        award_free(&made);
    }
}
END_TEST

START_TEST(the_parts_add_up_to_the_total)
{
    uint64_t seed = 16;

    for (int round = 0; round < ROUNDS; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        struct award_result *made = computed(&t);
        for (size_t b = 0; b < made->bids_n; b++) {
            int64_t sum = 0;
            if (!made->bids[b].admitted)
                continue;
            for (size_t k = 0; k < made->criteria_n; k++)
                sum += made->points[b * made->criteria_n + k];
            if (t.model.round_total > 0)
                continue;
            bool rounded = true;
            for (size_t k = 0; k < made->criteria_n; k++)
                rounded = rounded && t.criteria[k].round > 0;
            if (rounded)
                ck_assert_int_eq(sum, made->bids[b].points);
            else
                ck_assert_int_le(llabs(sum - made->bids[b].points), 4);
        }
        award_free(&made);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/score");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, own_total_never_gains_by_the_own_price, RULE_NONE + 1, RULE_COUNT);
    tcase_add_loop_test(all, every_price_up_to_the_price_to_win_wins,
        RULE_NONE + 1, RULE_COUNT);
    tcase_add_test(all, the_order_of_the_bids_changes_no_figure);
    tcase_add_test(all, we_win_at_the_price_to_win_and_not_a_millionth_above);
    tcase_add_test(all, a_paradox_is_what_a_tender_without_the_rival_shows);
    tcase_add_test(all, a_flip_closes_the_gap_to_the_rival);
    tcase_add_test(all, the_parts_add_up_to_the_total);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
