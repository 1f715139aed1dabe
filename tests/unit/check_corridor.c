/* SPDX-License-Identifier: Apache-2.0
 *
 * check_corridor.c - the two stages of quality-corridor: who wins, by how
 * much, up to which price, in the award and in draws.
 */
#include "tests/unit/simulate_kit.h"
#include "value/award/award.h"

#include <math.h>

/* Quality .9 .85 .8 at 100, 90 and 82: indexes .9, .944444, .975610. */
static void set_three(struct tender *t, int64_t corridor, enum deciding by)
{
    static const int64_t marks[] = {90, 85, 80};
    static const int64_t prices[] = {100, 90, 82};

    tender_empty(t);
    t->model.criteria_n = 2;
    t->model.bids_n = 3;
    t->model.ours = 0;
    t->criteria[0] = quality(50 * ONE, 100 * ONE);
    t->criteria[1] = priced(50 * ONE, RULE_QUALITY_CORRIDOR);
    t->criteria[1].corridor = corridor;
    t->criteria[1].deciding = by;
    t->criteria[1].reference = 100 * ONE;
    for (size_t b = 0; b < 3; b++) {
        t->bids[b].price = exactly(prices[b] * ONE);
        *mark_at(t, b, 0) = exactly(marks[b] * ONE);
    }
}

static struct award_result *computed(const struct tender *t)
{
    struct award_result *made = NULL;

    ck_assert_int_eq(award_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(who_is_within_and_has_most_of_what_decides_wins)
{
    struct tender t;
    set_three(&t, ONE / 20, DECIDING_QUALITY);
    struct award_result *a = computed(&t);

    ck_assert_int_eq(a->edge, 926829); /* .95 x .975610 */
    ck_assert(!a->bids[0].within);
    ck_assert(a->bids[1].within && a->bids[2].within);
    ck_assert_uint_eq(a->bids[1].rank, 1);
    ck_assert_uint_eq(a->bids[2].rank, 2);
    ck_assert_uint_eq(a->bids[0].rank, 3);
    ck_assert_int_eq(a->bids[1].decide, 42500000);
    award_free(&a);
}
END_TEST

START_TEST(the_price_to_win_is_the_lower_of_two_thresholds)
{
    struct tender t;
    set_three(&t, ONE / 20, DECIDING_QUALITY);
    struct award_result *a = computed(&t);

    /* Nobody has more quality: to be within is enough; .9 x 82 / (.95 x .8). */
    ck_assert_int_eq(a->near, 97105263);
    ck_assert_int_eq(a->alone, MODEL_ABSENT);
    ck_assert_int_eq(a->to_win_price, 97105263);
    award_free(&a);
    /* The third has least: it has to leave both others without. */
    t.model.ours = 2;
    a = computed(&t);
    ck_assert_int_eq(a->near, 89164086);  /* .8 x 90 / (.95 x .85) */
    ck_assert_int_eq(a->alone, 80470588); /* .95 x .8 x 90 / .85 */
    ck_assert_int_eq(a->to_win_price, 80470588);
    award_free(&a);
}
END_TEST

START_TEST(the_lead_is_what_the_index_has_to_spare)
{
    struct tender t;
    set_three(&t, ONE / 20, DECIDING_QUALITY);
    struct award_result *a = computed(&t);

    ck_assert_int_eq(a->bids[0].lead, 900000 - 926829);
    ck_assert_int_eq(a->bids[1].lead, 944444 - 926829);
    ck_assert_int_eq(a->bids[2].lead, 975610 - 994152); /* .944444 / .95 */
    award_free(&a);
}
END_TEST

START_TEST(what_is_not_said_of_the_corridor_is_missing)
{
    static const struct {
        int64_t corridor;
        enum deciding by;
        bool fine;
    } rows[] = {{ONE / 20, DECIDING_QUALITY, true},
        {0, DECIDING_QUALITY, false}, {ONE, DECIDING_QUALITY, false},
        {MODEL_ABSENT, DECIDING_PRICE, false}, {ONE / 20, DECIDING_NONE, false},
        {ONE / 20, DECIDING_CRITERION, false}};
    struct award_result *a = NULL;
    struct tender t;

    set_three(&t, rows[_i].corridor, rows[_i].by);
    t.criteria[1].deciding_at = MODEL_NOWHERE;
    ck_assert_int_eq(
        award_compute(&t.model, &a), rows[_i].fine ? ERR_OK : ERR_STATE);
    award_free(&a);
}
END_TEST

/* A tender with a corridor, made up. */
static void set_drawn(struct tender *t, uint64_t *seed)
{
    do {
        tender_drawn(t, seed);
    } while (t->model.criteria_n < 2);
    for (size_t k = 1; k < t->model.criteria_n; k++)
        t->criteria[k].is_price = false;
    for (size_t b = 0; b < t->model.bids_n; b++) {
        for (size_t k = 1; k < t->model.criteria_n; k++)
            *mark_at(t, b, k) = exactly(draw_from(seed, 6, 20) * ONE / 2);
    }
    t->criteria[0].rule = RULE_QUALITY_CORRIDOR;
    t->criteria[0].reference = 100 * ONE;
    t->criteria[0].deciding_at = 1;
    set_rounding(t, ROUND_NONE, 0);
    t->model.elements_n = t->model.effects_n = 0;
}

START_TEST(a_lead_above_0_wins_and_one_below_does_not)
{
    uint64_t seed = (uint64_t)_i;
    struct tender t;

    for (int round = 0; round < 200; round++) {
        set_drawn(&t, &seed);
        struct award_result *a = computed(&t);
        for (size_t b = 0; b < a->bids_n; b++) {
            if (a->bids[b].lead == MODEL_ABSENT)
                continue;
            if (a->bids[b].lead > 0)
                ck_assert(a->bids[b].wins);
            if (a->bids[b].lead < 0)
                ck_assert(!a->bids[b].wins);
        }
        award_free(&a);
    }
}
END_TEST

static bool wins_at(struct tender *t, int64_t decimal)
{
    struct estimate was = t->bids[t->model.ours].price;
    struct award_result *a;

    t->bids[t->model.ours].price = exactly(decimal);
    a = computed(t);
    bool wins = a->bids[a->ours].wins;
    award_free(&a);
    t->bids[t->model.ours].price = was;
    return wins;
}

/* Prices have four decimals here, the answer six. */
START_TEST(we_win_up_to_the_price_to_win_and_not_above)
{
    uint64_t seed = (uint64_t)_i;
    struct tender t;

    for (int round = 0; round < 60; round++) {
        set_drawn(&t, &seed);
        struct award_result *a = computed(&t);
        if (a->to_win == TO_WIN_AT && a->to_win_price >= 100) {
            ck_assert(wins_at(&t, a->to_win_price / 100));
            ck_assert(!wins_at(&t, a->to_win_price / 100 + 1));
        }
        for (int64_t p = 20; p < 200; p += 10) {
            bool should =
                a->to_win == TO_WIN_ANY ||
                (a->to_win == TO_WIN_AT && p * 1000000 <= a->to_win_price);
            ck_assert_int_eq(wins_at(&t, p * ONE), should);
        }
        award_free(&a);
    }
}
END_TEST

START_TEST(sure_draws_are_won_by_who_wins_the_award)
{
    const struct simulate_ask ask = {
        .seed = 3, .draws = 128, .thresholds = true};
    uint64_t seed = (uint64_t)_i;
    struct tender t;

    for (int round = 0; round < 40; round++) {
        set_drawn(&t, &seed);
        struct award_result *a = computed(&t);
        struct simulate_result *r = run(&t, &ask);
        size_t winners = 0;
        for (size_t b = 0; b < a->bids_n; b++)
            winners += a->bids[b].wins;
        for (size_t b = 0; b < a->bids_n; b++)
            ck_near(r->bids[b].wins,
                a->bids[b].wins ? 1000000 / (int64_t)winners : 0, 1);
        if (a->to_win == TO_WIN_AT && a->to_win_price > 0)
            ck_near(r->thresholds[0] * 1e6, a->to_win_price, 2);
        simulate_result_free(&r);
        award_free(&a);
    }
}
END_TEST

/* By the definition, in a loop of its own: the second bid's price is drawn. */
START_TEST(a_chance_is_the_share_of_prices_at_which_we_win)
{
    const struct simulate_ask ask = {.seed = 5, .draws = 200000};
    struct tender t;

    set_three(&t, ONE / 20, DECIDING_QUALITY);
    t.model.bids_n = 2;
    t.model.ours = 0;
    /* Ours .9 at 100 needs .9 >= .95 x 85 / p: p >= 89.722222 */
    t.bids[1].price = (struct estimate){80 * ONE, 90 * ONE, 95 * ONE};
    struct simulate_result *r = run(&t, &ask);
    /* 1 - (9.722222 ^ 2 / (15 x 10)) */
    ck_near(r->bids[0].wins, 369856, 3500);
    simulate_result_free(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/corridor");
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, who_is_within_and_has_most_of_what_decides_wins);
    tcase_add_test(all, the_price_to_win_is_the_lower_of_two_thresholds);
    tcase_add_test(all, the_lead_is_what_the_index_has_to_spare);
    tcase_add_loop_test(all, what_is_not_said_of_the_corridor_is_missing, 0, 6);
    tcase_add_loop_test(all, a_lead_above_0_wins_and_one_below_does_not, 0, 3);
    tcase_add_loop_test(all, we_win_up_to_the_price_to_win_and_not_above, 0, 3);
    tcase_add_loop_test(all, sure_draws_are_won_by_who_wins_the_award, 0, 3);
    tcase_add_test(all, a_chance_is_the_share_of_prices_at_which_we_win);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
