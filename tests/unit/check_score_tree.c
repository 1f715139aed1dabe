/* SPDX-License-Identifier: Apache-2.0
 *
 * check_score_tree.c - published rounding of criteria that are made of others:
 * what is marked, what its parts earn together, the total, each to its own.
 */
#include "protocol/base_mem.h"
#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/award/tree.h"
#include "value/chance/simulate_show.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

#define T(x)  ((int64_t)((x)*10000 + 0.5))
#define OUT   MODEL_NOWHERE
#define KEEP  (-1) /* not rounded */
#define PARTS 4

enum { PRICE, PLAN, RISKS, TEAM };

/* Of the price and three marked criteria what each is part of. */
struct shape {
    size_t above[2]; /* of each group */
    size_t of[PARTS];
};

/* Two levels, three, and groups that hold the price. */
static const struct shape deep = {{OUT, 0}, {OUT, 1, 1, 0}};
static const struct shape flat = {{OUT, OUT}, {OUT, 1, 1, 0}};
static const struct shape beside = {{OUT, OUT}, {0, 1, 1, 0}};
static const struct shape below = {{OUT, 0}, {0, 1, 1, OUT}};
static const struct shape within = {{OUT, 0}, {1, 1, 0, OUT}};

/* 60 x 100 / 110 is 54.545454...; 7.5 x .63 is 4.725, 12.5 x .713 is 8.9125,
 * 20 x .827 is 16.54.  By hand, in that order: leaf, inner, outer, total. */
static const struct row {
    const char *name;
    const struct shape *shape;
    int leaf, inner, outer, total;
    int64_t gives[3]; /* points of the inner, of the outer, of all */
} rows[] = {
    {"nothing is rounded", &deep, KEEP, KEEP, KEEP, KEEP,
        {13637500, 30177500, 84722955}},
    {"leaves alone", &deep, 1, KEEP, KEEP, KEEP,
        {13600000, 30100000, 84645455}},
    {"the inner alone", &deep, KEEP, 1, KEEP, KEEP,
        {13600000, 30140000, 84685455}},
    {"the inner, then the outer", &deep, KEEP, 1, 1, KEEP,
        {13600000, 30100000, 84645455}},
    {"the outer alone", &deep, KEEP, KEEP, 2, KEEP,
        {13637500, 30180000, 84725455}},
    {"a half goes up", &deep, 2, KEEP, KEEP, KEEP,
        {13640000, 30180000, 84725455}},
    {"all four places", &deep, 2, 1, 1, 1, {13600000, 30100000, 84600000}},
    {"three roundings upwards", &deep, KEEP, 0, 0, 0,
        {14000000, 31000000, 86000000}},
    {"the same without the inner one", &deep, KEEP, KEEP, 0, 0,
        {13637500, 30000000, 85000000}},
    {"whole points throughout", &deep, 0, 0, 0, 0,
        {14000000, 31000000, 86000000}},
    {"two levels", &flat, KEEP, 1, 0, KEEP, {13600000, 17000000, 85145455}},
    {"two levels, leaves first", &flat, 1, 0, 0, 1,
        {14000000, 17000000, 85500000}},
    {"with a price beside", &beside, KEEP, KEEP, 1, KEEP,
        {13637500, 71100000, 84737500}},
    {"with a price above", &below, KEEP, 1, 1, KEEP,
        {13600000, 68100000, 84640000}},
    {"with a price below two", &within, KEEP, 1, 0, KEEP,
        {59300000, 68000000, 84540000}},
    {"with a price, and the total", &within, KEEP, 1, 0, 0,
        {59300000, 68000000, 85000000}},
    {"with a price that only the total rounds", &within, KEEP, KEEP, KEEP, 1,
        {59270455, 68182955, 84700000}},
};

static struct model_group groups[2];

static int round_to(int digits)
{
    return digits == KEEP ? 0 : ROUND_TO(digits);
}

/* The tender of a row; as shares the parts weigh percent of what is above. */
static void make(struct tender *t, const struct row *row, bool shares)
{
    static const int64_t weights[PARTS] = {T(60), T(7.5), T(12.5), T(20)};
    static const int64_t percent[PARTS] = {T(60), T(37.5), T(62.5), T(50)};
    static const int64_t marks[2][PARTS] = {
        {0, T(6.3), T(7.13), T(8.27)}, {0, T(6), T(5), T(4)}};

    tender_empty(t);
    t->model.criteria_n = PARTS;
    t->model.bids_n = 2;
    t->model.ours = 0;
    for (size_t k = 0; k < PARTS; k++) {
        t->criteria[k] = k == PRICE
                             ? priced(weights[k], RULE_LOWEST_RATIO)
                             : quality(shares ? percent[k] : weights[k], T(10));
        t->criteria[k].round = k == PRICE ? 0 : round_to(row->leaf);
        for (size_t b = 0; b < 2; b++)
            *mark_at(t, b, k) = exactly(marks[b][k]);
    }
    for (size_t g = 0; g < 2; g++)
        groups[g] = (struct model_group){.parent = row->shape->above[g],
            .weight = exactly(!shares  ? MODEL_ABSENT
                              : g == 0 ? T(40)
                                       : T(50)),
            .parts_are_shares = shares,
            .round = round_to(g == 0 ? row->outer : row->inner),
            .scale_max = MODEL_ABSENT,
            .min_score = MODEL_ABSENT};
    t->bids[0] =
        (struct model_bid){.price = exactly(T(110)), .cost = MODEL_ABSENT};
    t->bids[1] =
        (struct model_bid){.price = exactly(T(100)), .cost = MODEL_ABSENT};
    t->model.groups = groups;
    t->model.groups_n = 2;
    t->model.group_of = row->shape->of;
    t->model.round_total = round_to(row->total);
    tree_weigh(groups, 2, t->criteria, t->model.group_of, PARTS);
}

static void compare(const struct row *row, bool shares)
{
    struct award_result *a = NULL;
    struct tender t;

    make(&t, row, shares);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_msg(a->group_points[1] == row->gives[0], "%s: the inner is %ld",
        row->name, (long)a->group_points[1]);
    ck_assert_msg(a->group_points[0] == row->gives[1], "%s: the outer is %ld",
        row->name, (long)a->group_points[0]);
    ck_assert_msg(a->bids[0].points == row->gives[2], "%s: the total is %ld",
        row->name, (long)a->bids[0].points);
    award_free(&a);
}

START_TEST(each_place_rounds_as_published)
{
    compare(&rows[_i], false);
}
END_TEST

/* Twenty points of forty, 37.5 and 62.5 percent of them. */
START_TEST(parts_that_are_shares_round_alike)
{
    if (rows[_i].shape == &deep)
        compare(&rows[_i], true);
}
END_TEST

START_TEST(a_draw_of_what_is_sure_rounds_alike)
{
    const struct simulate_ask ask = {.seed = 1, .draws = 1};
    struct simulate *sim = NULL;
    struct award_result *a = NULL;
    struct tender t;

    make(&t, &rows[_i], false);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_int_eq(simulate_new(&t.model, 0, &ask, &sim), ERR_OK);
    struct simulate_shown *shown = simulate_show(sim, 0);
    for (size_t b = 0; b < 2; b++)
        ck_assert_msg(llabs(shown->totals[b] - a->bids[b].points) <= 1,
            "%s: %ld, drawn %ld", rows[_i].name, (long)a->bids[b].points,
            (long)shown->totals[b]);
    simulate_shown_free(&shown);
    simulate_free(&sim);
    award_free(&a);
}
END_TEST

static int64_t points_at(struct tender *t, int64_t price, bool *wins)
{
    struct award_result *a = NULL;

    t->bids[0].price = exactly(price);
    ck_assert_int_eq(award_compute(&t->model, &a), ERR_OK);
    int64_t points = a->bids[0].points;
    *wins = a->bids[0].wins;
    award_free(&a);
    return points;
}

/* What falls short of whole points is given back by no higher price. */
START_TEST(a_higher_price_never_earns_more_and_the_price_to_win_is_the_last)
{
    struct award_result *a = NULL;
    struct tender t;
    int64_t before = INT64_MAX;
    bool wins;

    make(&t, &rows[_i], false);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_int_eq(a->to_win, TO_WIN_AT);
    int64_t last = a->to_win_price / (MICRO_ONE / DECIMAL_ONE);
    award_free(&a);
    (void)points_at(&t, last, &wins);
    ck_assert_msg(wins, "%s: at %ld", rows[_i].name, (long)last);
    (void)points_at(&t, last + 1, &wins);
    ck_assert_msg(!wins, "%s: above %ld", rows[_i].name, (long)last);
    for (int64_t price = T(60); price < T(300); price += T(.37)) {
        int64_t points = points_at(&t, price, &wins);
        ck_assert_msg(
            points <= before, "%s: at %ld", rows[_i].name, (long)price);
        ck_assert_int_eq(wins, price <= last);
        before = points;
    }
}
END_TEST

/* The same rule as an expression wins at the same prices. */
START_TEST(an_expression_has_the_same_price_to_win)
{
    struct award_result *a = NULL;
    struct award_result *b = NULL;
    struct tender t;

    make(&t, &rows[_i], false);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    t.criteria[PRICE].rule = RULE_EXPRESSION;
    t.criteria[PRICE].expression = "wp * pmin / p";
    ck_assert_int_eq(award_compute(&t.model, &b), ERR_OK);
    ck_assert_int_eq(b->to_win, TO_WIN_AT);
    ck_assert_msg(a->to_win_price == b->to_win_price, "%s: %ld is not %ld",
        rows[_i].name, (long)a->to_win_price, (long)b->to_win_price);
    ck_assert_int_eq(a->bids[0].points, b->bids[0].points);
    award_free(&a);
    award_free(&b);
}
END_TEST

/* A gate looks at what is rounded: 13.6375 is 13.6 below a round of one. */
START_TEST(a_gate_looks_at_what_is_rounded)
{
    const struct row row = {"", &deep, KEEP, 1, KEEP, KEEP, {0}};
    const struct simulate_ask ask = {.seed = 1, .draws = 64};
    static const int64_t least[] = {T(13.6), T(13.61)};

    for (size_t i = 0; i < 2; i++) {
        struct simulate_result *drawn = NULL;
        struct award_result *a = NULL;
        struct tender t;

        make(&t, &row, false);
        groups[1].min_score = least[i];
        t.bids[0].price = exactly(T(80));
        ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
        ck_assert_int_eq(a->bids[0].admitted, i == 0);
        ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &drawn), ERR_OK);
        ck_assert_int_eq(drawn->bids[0].wins, i == 0 ? MICRO_ONE : 0);
        simulate_result_free(&drawn);
        award_free(&a);
    }
}
END_TEST

static bool lacks(const struct model *model, enum missing_what what)
{
    struct missing *list = NULL;
    size_t n = 0;
    bool found = false;

    missing_list(model, &list, &n);
    for (size_t i = 0; i < n; i++)
        found = found || list[i].what == what;
    free(list);
    return found;
}

START_TEST(a_price_that_gives_the_total_can_not_be_rounded_with_others)
{
    struct tender t;

    make(&t, &rows[12], false);
    ck_assert(!lacks(&t.model, MISSING_ROUND_GROUP));
    t.criteria[PRICE].rule = RULE_QUALITY_PER_PRICE;
    ck_assert(lacks(&t.model, MISSING_ROUND_GROUP));
    groups[0].round = 0;
    groups[1].round = ROUND_TO(1);
    ck_assert(!lacks(&t.model, MISSING_ROUND_GROUP));
    groups[1].round = ROUND_TO(7);
    ck_assert(lacks(&t.model, MISSING_DIGITS));
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("score_tree");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, each_place_rounds_as_published, 0, ROWS(rows));
    tcase_add_loop_test(all, parts_that_are_shares_round_alike, 0, ROWS(rows));
    tcase_add_loop_test(
        all, a_draw_of_what_is_sure_rounds_alike, 0, ROWS(rows));
    tcase_add_loop_test(all,
        a_higher_price_never_earns_more_and_the_price_to_win_is_the_last, 0,
        ROWS(rows));
    tcase_add_loop_test(
        all, an_expression_has_the_same_price_to_win, 0, ROWS(rows));
    tcase_add_test(all, a_gate_looks_at_what_is_rounded);
    tcase_add_test(
        all, a_price_that_gives_the_total_can_not_be_rounded_with_others);
    tcase_set_timeout(all, 120);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
