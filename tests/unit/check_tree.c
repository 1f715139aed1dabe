/* SPDX-License-Identifier: Apache-2.0
 *
 * check_tree.c - weights, points and gates of criteria that are made of others.
 */
#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/award/tree.h"
#include "value/chance/simulate.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

/* A group and its parts, all leaves, weights as published. */
struct row {
    const char *name;
    bool shares;
    int64_t weight; /* ABSENT: not recorded */
    int64_t parts[4];
    size_t n;
    bool fits;
    int64_t gives[4]; /* points of the parts */
    int64_t group;    /* points of the group */
};

#define T(x) ((int64_t)((x)*10000 + 0.5))

static const struct row rows[] = {
    {"points that sum", false, T(60), {T(42), T(18)}, 2, true, {T(42), T(18)},
        T(60)},
    {"points that do not", false, T(60), {T(40), T(18)}, 2, false,
        {T(40), T(18)}, T(60)},
    {"points of a group without a weight", false, MODEL_ABSENT, {T(40), T(18)},
        2, true, {T(40), T(18)}, T(58)},
    {"percent", true, T(40), {T(33), T(33), T(34)}, 3, true,
        {T(13.2), T(13.2), T(13.6)}, T(40)},
    {"shares of one", true, T(40), {T(.25), T(.75)}, 2, true, {T(10), T(30)},
        T(40)},
    {"what is left goes to who lost most", true, T(1),
        {T(33.3333), T(33.3333), T(33.3334)}, 3, true,
        {T(.3333), T(.3333), T(.3334)}, T(1)},
    {"ten parts of a hundredth lose nothing", true, T(.0001), {T(50), T(50)}, 2,
        true, {T(.0001), T(0)}, T(.0001)},
    {"percent that do not sum", true, T(40), {T(33), T(33), T(33)}, 3, false,
        {0}, T(40)},
    {"the largest weight there is", true, DECIMAL_LIMIT *DECIMAL_ONE,
        {T(50), T(50)}, 2, true,
        {DECIMAL_LIMIT * DECIMAL_ONE / 2, DECIMAL_LIMIT *DECIMAL_ONE / 2},
        DECIMAL_LIMIT *DECIMAL_ONE},
    {"shares of what is not known", true, MODEL_ABSENT, {T(50), T(50)}, 2, true,
        {MODEL_ABSENT, MODEL_ABSENT}, MODEL_ABSENT},
};

START_TEST(weights_of_parts_become_points)
{
    static const size_t all_of_it[4] = {0};
    const struct row *row = &rows[_i];
    struct model_criterion criteria[4];
    struct model_group group = {.parent = MODEL_NOWHERE,
        .weight = exactly(row->weight),
        .parts_are_shares = row->shares};

    for (size_t k = 0; k < row->n; k++)
        criteria[k] = quality(row->parts[k], 10 * ONE);
    tree_weigh(&group, 1, criteria, all_of_it, row->n);
    ck_assert_msg(group.parts_fit == row->fits, "%s", row->name);
    ck_assert_int_eq(group.weight.likely, row->group);
    for (size_t k = 0; k < row->n && row->gives[0] != 0; k++) {
        ck_assert_msg(criteria[k].weight.likely == row->gives[k],
            "%s: part %zu is %ld", row->name, k,
            (long)criteria[k].weight.likely);
        ck_assert_int_eq(criteria[k].weight.low, row->gives[k]);
        ck_assert_int_eq(criteria[k].weight.high, row->gives[k]);
    }
}
END_TEST

START_TEST(a_range_of_shares_is_laid_out_at_the_likely_weight_above)
{
    static const size_t all_of_it[2] = {0};
    struct model_criterion criteria[2];
    struct model_group group = {.parent = MODEL_NOWHERE,
        .weight = {T(30), T(40), T(50)},
        .parts_are_shares = true};

    criteria[0] = quality(0, 10 * ONE);
    criteria[1] = quality(0, 10 * ONE);
    criteria[0].weight = (struct estimate){T(20), T(25), T(30)};
    criteria[1].weight = (struct estimate){T(60), T(75), T(80)};
    tree_weigh(&group, 1, criteria, all_of_it, 2);
    ck_assert(group.parts_fit);
    ck_assert_int_eq(criteria[0].weight.low, T(8));
    ck_assert_int_eq(criteria[0].weight.likely, T(10));
    ck_assert_int_eq(criteria[1].weight.likely, T(30));
    ck_assert_int_eq(criteria[1].weight.high, T(32));
}
END_TEST

/* The golden tender with quality, environment and service below one group,
 * the last two of them below another one. */
static struct model_group groups[2];
static const size_t group_of[4] = {MODEL_NOWHERE, 0, 1, 1};

static void make_tree(struct tender *t)
{
    tender_golden(t);
    groups[0] = (struct model_group){.parent = MODEL_NOWHERE,
        .weight = exactly(60 * ONE),
        .parts_fit = true,
        .scale_max = MODEL_ABSENT,
        .min_score = MODEL_ABSENT};
    groups[1] = groups[0];
    groups[1].parent = 0;
    groups[1].weight = exactly(25 * ONE);
    t->model.groups = groups;
    t->model.groups_n = 2;
    t->model.group_of = group_of;
}

START_TEST(a_group_earns_what_stands_below_it)
{
    static const int64_t sums[3][2] = {
        {44000000, 16000000}, {36500000, 15500000}, {49150000, 18000000}};
    struct award_result *a = NULL;
    struct tender t;

    make_tree(&t);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    for (size_t b = 0; b < 3; b++)
        for (size_t g = 0; g < 2; g++)
            ck_assert_int_eq(a->group_points[b * 2 + g], sums[b][g]);
    ck_assert_int_eq(a->bids[OURS].points, 78615385);
    award_free(&a);
}
END_TEST

/* The gate of the group of environment and service: 16, 15.5 and 18 points of
 * 25. */
static const struct {
    int64_t least, scale;
    bool passes[3];
} gates[] = {
    {T(15.5), MODEL_ABSENT, {true, true, true}},
    {T(15.5001), MODEL_ABSENT, {true, false, true}},
    {T(16.0001), MODEL_ABSENT, {false, false, true}},
    {T(6.4), T(10), {true, false, true}},
    {T(6.4001), T(10), {false, false, true}},
};

START_TEST(a_gate_stands_on_a_group)
{
    struct award_result *a = NULL;
    struct tender t;

    make_tree(&t);
    groups[1].min_score = gates[_i].least;
    groups[1].scale_max = gates[_i].scale;
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    for (size_t b = 0; b < 3; b++) {
        bool passes = gates[_i].passes[b];
        ck_assert_int_eq(a->bids[b].admitted, passes);
        ck_assert_int_eq(
            a->bids[b].refused, passes ? REFUSED_NOT : REFUSED_GROUP);
        ck_assert_uint_eq(a->bids[b].gate, passes ? MODEL_NOWHERE : 1);
        ck_assert(passes == (a->group_points[b * 2] != MODEL_ABSENT));
    }
    award_free(&a);
}
END_TEST

START_TEST(a_draw_of_what_is_sure_is_refused_by_the_same_gates)
{
    const struct simulate_ask ask = {.seed = 1, .draws = 64};
    struct award_result *a = NULL;
    struct simulate_result *r = NULL;
    struct tender t;

    make_tree(&t);
    groups[1].min_score = gates[_i].least;
    groups[1].scale_max = gates[_i].scale;
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_OK);
    for (size_t b = 0; b < 3; b++)
        ck_assert_int_eq(r->bids[b].wins, a->leader == b ? 1000000 : 0);
    simulate_result_free(&r);
    award_free(&a);
}
END_TEST

/* The group weighs 15 to 35 and its two parts whatever they like of it: no
 * part ever weighs more than the group can, and the parts sum to 100. */
START_TEST(parts_of_a_range_are_drawn_within_their_group)
{
    const struct simulate_ask ask = {.seed = 1, .draws = 4096};
    struct simulate_result *r = NULL;
    struct tender t;

    make_tree(&t);
    groups[1].weight = (struct estimate){T(15), T(25), T(35)};
    t.criteria[C2].weight = (struct estimate){T(25), T(35), T(45)};
    t.criteria[C3].weight = (struct estimate){T(0), T(10), T(25)};
    t.criteria[C4].weight = (struct estimate){T(0), T(15), T(25)};
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_OK);
    for (size_t b = 0; b < 3; b++) {
        const int64_t *central = r->central + b * 4;

        if (r->bids[b].wins == 0)
            continue;
        ck_assert_int_eq(central[C1], 400000);
        ck_assert_int_ge(central[C3] + central[C4], 149999);
        ck_assert_int_le(central[C3] + central[C4], 350001);
        ck_assert_int_ge(central[C2] + central[C3] + central[C4], 599998);
    }
    simulate_result_free(&r);
}
END_TEST

/* Ten thousand criteria in a tree, and a thousand bids that are all level,
 * each of which is compared with each. */
START_TEST(many_criteria_and_many_bids_are_computed)
{
    enum { MANY = 10000, LEVEL = 1000 };
    struct award_result *a = NULL;
    struct tender t;
    struct model_criterion *criteria = calloc(MANY, sizeof *criteria);
    struct model_bid *bids = calloc(MANY, sizeof *bids);
    struct estimate *marks = calloc((size_t)2 * MANY, sizeof *marks);
    size_t *above = calloc(MANY, sizeof *above);

    tender_empty(&t);
    for (size_t i = 0; i < MANY; i++) {
        criteria[i] = quality(ONE, 10 * ONE);
        bids[i].price = exactly(ONE);
        marks[i] = marks[MANY + i] = exactly(5 * ONE);
        above[i] = i / 5000;
    }
    make_tree(&t);
    t.model.elements_n = t.model.effects_n = t.model.needs_n = 0;
    t.model.criteria = criteria;
    t.model.marks = marks;
    t.model.group_of = above;
    t.model.criteria_n = MANY;
    t.model.bids_n = 2;
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_int_eq(a->bids[0].points, INT64_C(5000000000));
    ck_assert_int_eq(a->group_points[1], INT64_C(2500000000));
    ck_assert(a->bids[1].tie && a->bids[1].rank == 1);
    award_free(&a);
    t.model.groups_n = 0;
    t.model.criteria_n = 1;
    t.model.bids_n = LEVEL;
    t.model.bids = bids;
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert(a->bids[LEVEL - 1].tie && a->bids[LEVEL - 1].rank == 1);
    award_free(&a);
    free(criteria);
    free(bids);
    free(marks);
    free(above);
}
END_TEST

static size_t count_rows(const struct model *model, enum missing_what what)
{
    struct missing *list = NULL;
    size_t n = 0;
    size_t found = 0;

    missing_list(model, &list, &n);
    for (size_t i = 0; i < n; i++)
        found += list[i].what == what;
    free(list);
    return found;
}

START_TEST(what_a_tree_lacks_is_told_at_its_group)
{
    struct tender t;

    make_tree(&t);
    ck_assert(!missing_blocks(&t.model, FIGURE_DECIDER));
    groups[1].parts_fit = false;
    ck_assert_uint_eq(count_rows(&t.model, MISSING_PARTS), 1);
    ck_assert(missing_blocks(&t.model, FIGURE_DECIDER));
    make_tree(&t);
    groups[0].weight = not_recorded();
    groups[0].parts_are_shares = true;
    for (size_t k = 1; k < 4; k++)
        t.criteria[k].weight = not_recorded();
    ck_assert_uint_eq(count_rows(&t.model, MISSING_WEIGHT), 1);
    make_tree(&t);
    t.criteria[C3] = priced(10 * ONE, RULE_MIN_MAX);
    groups[1].min_score = ONE;
    ck_assert_uint_eq(count_rows(&t.model, MISSING_GATE_PRICE), 1);
}
END_TEST

START_TEST(percentages_that_do_not_sum_to_100_are_told_and_block_nothing)
{
    struct tender t;

    make_tree(&t);
    t.criteria[C1].is_percent = groups[0].is_percent = true;
    ck_assert_uint_eq(count_rows(&t.model, MISSING_PERCENT), 0);
    t.criteria[C1].weight = exactly(41 * ONE);
    ck_assert_uint_eq(count_rows(&t.model, MISSING_PERCENT), 1);
    ck_assert(!missing_blocks(&t.model, FIGURE_DECIDER));
    groups[0].is_percent = false;
    ck_assert_uint_eq(count_rows(&t.model, MISSING_PERCENT), 0);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

/* Places of up to four criteria at the root, and their mean weights. */
static const struct {
    int places[4];
    size_t n;
    bool any;
    int64_t means[4];
} ordered[] = {
    {{1, 2, 3}, 3, true, {T(61.1111), T(27.7778), T(11.1111)}},
    {{4, 2, 1, 3}, 4, true, {T(6.25), T(27.0833), T(52.0833), T(14.5834)}},
    {{1, 2, 2}, 3, true, {T(66.6667), T(16.6667), T(16.6666)}},
    {{1, 1}, 2, true, {T(50), T(50)}},
    {{10, 30, 20}, 3, true, {T(61.1111), T(11.1111), T(27.7778)}},
    {{1, 0, 2}, 3, false, {MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT}},
};

START_TEST(an_order_of_importance_has_mean_weights)
{
    struct model_criterion criteria[4];
    int64_t sum = 0;

    for (size_t k = 0; k < ordered[_i].n; k++) {
        criteria[k] = quality(MODEL_ABSENT, ONE);
        criteria[k].place = ordered[_i].places[k];
    }
    ck_assert_int_eq(
        tree_order(NULL, 0, criteria, NULL, ordered[_i].n), ordered[_i].any);
    for (size_t k = 0; k < ordered[_i].n; k++) {
        /* Of two that lose alike either may take what is left. */
        ck_assert_int_le(
            llabs(criteria[k].weight.likely - ordered[_i].means[k]), 1);
        sum += ordered[_i].any ? criteria[k].weight.likely : 0;
    }
    ck_assert_int_eq(sum, ordered[_i].any ? T(100) : 0);
}
END_TEST

START_TEST(an_order_below_an_order_has_shares_of_it)
{
    static const size_t above[] = {0, 0, MODEL_NOWHERE};
    static const int places[] = {1, 2, 2};
    struct model_group group = {
        .parent = MODEL_NOWHERE, .weight = exactly(MODEL_ABSENT), .place = 1};
    struct model_criterion criteria[3];

    for (size_t k = 0; k < 3; k++) {
        criteria[k] = quality(MODEL_ABSENT, ONE);
        criteria[k].place = places[k];
    }
    ck_assert(tree_order(&group, 1, criteria, above, 3));
    tree_weigh(&group, 1, criteria, above, 3);
    ck_assert(group.parts_fit);
    ck_assert_int_eq(group.weight.likely, T(75));
    ck_assert_int_eq(criteria[0].weight.likely, T(56.25));
    ck_assert_int_eq(criteria[1].weight.likely, T(18.75));
    ck_assert_int_eq(criteria[2].weight.likely, T(25));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tree");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, weights_of_parts_become_points, 0, ROWS(rows));
    tcase_add_test(
        all, a_range_of_shares_is_laid_out_at_the_likely_weight_above);
    tcase_add_loop_test(
        all, an_order_of_importance_has_mean_weights, 0, ROWS(ordered));
    tcase_add_test(all, an_order_below_an_order_has_shares_of_it);
    tcase_add_test(all, a_group_earns_what_stands_below_it);
    tcase_add_loop_test(all, a_gate_stands_on_a_group, 0, ROWS(gates));
    tcase_add_loop_test(all,
        a_draw_of_what_is_sure_is_refused_by_the_same_gates, 0, ROWS(gates));
    tcase_add_test(all, parts_of_a_range_are_drawn_within_their_group);
    tcase_add_test(all, many_criteria_and_many_bids_are_computed);
    tcase_set_timeout(all, 120);
    tcase_add_test(all, what_a_tree_lacks_is_told_at_its_group);
    tcase_add_test(
        all, percentages_that_do_not_sum_to_100_are_told_and_block_nothing);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
