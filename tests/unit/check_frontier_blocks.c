/* SPDX-License-Identifier: Apache-2.0
 *
 * check_frontier_blocks.c - the front stays that of all offers where elements
 * share limits and rules, and where gates and needs that must be met look at
 * several of them together.
 */
#include "tests/unit/frontier_kit.h"

/* Groups that share what caps, with rules inside some of them, and elements
 * that stand alone; at either end of the costs, and within a budget.  In the
 * later ones as many effects cap each other or take a share of what is open as
 * add up. */
START_TEST(groups_that_cap_have_the_front_of_all_offers)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_element elements[12];
    struct model_effect effects[24];
    struct every_result *all = NULL;
    uint64_t seed = (uint64_t)_i + 1;

    tender_many(&t, elements, effects, 12, (_i % 3) * ONE,
        (1 + _i % 4) * ONE / 2, _i % 2 == 0 ? 10 : 20);
    for (int i = 0; i < _i % 5; i++) {
        size_t at = (size_t)draw_from(&seed, 1, 11);
        t.named[i][0] = at - 1;
        if (draw_from(&seed, 0, 1) == 0) {
            elements[at].excludes = t.named[i];
            elements[at].excludes_n = 1;
        } else {
            elements[at].needs = t.named[i];
            elements[at].needs_n = 1;
        }
    }
    for (size_t i = 0; i < 24; i++) {
        if (_i >= 60)
            effects[i].combine = (enum combine)draw_from(&seed, 0, 2);
        else if (draw_from(&seed, 0, 7) == 0)
            effects[i].combine = (enum combine)draw_from(&seed, 1, 2);
        if (draw_from(&seed, 0, 9) == 0)
            effects[i].by = -effects[i].by / 2;
    }
    for (size_t i = 0; i < 12; i++)
        elements[i].cost -= draw_from(&seed, 0, 5) == 0 ? 25 * ONE : 0;
    t.bids[OURS].price = exactly((500 + 7 * _i % 60) * ONE);
    ck_assert_int_eq(every_compute(&t.model, &all), ERR_OK);
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    ck_assert(found->exact && !found->all);
    assert_same(
        got, unbeaten_pairs(found, got), want, front_pairs(all, want), _i);
    frontier_free(&found);
    compare_must(&t, all, &seed, _i);
    every_free(&all);
    compare_margin(&t, draw_from(&seed, 20, 90) * ONE, _i);
}
END_TEST

/* Fifty elements in four chains of coverage that is shared: none but the true
 * front is told, whatever is held at once. */
START_TEST(fifty_elements_that_share_what_is_open_have_an_exact_front)
{
    struct tender t;
    struct model_element elements[50];
    struct model_effect effects[100];
    const struct frontier_ask margin = {
        .cost = FRONTIER_MARGIN, .budget = 250 * ONE};

    tender_many(&t, elements, effects, 50, 2 * ONE, ONE, 50);
    for (size_t i = 0; i < 50; i++)
        effects[2 * i + 1].combine =
            _i < 3 ? (enum combine)_i : (enum combine)(i / 4 % 3);
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    ck_assert(found->exact && found->offers_n > 1);
    frontier_free(&found);
    found = found_with(&t.model, &margin);
    ck_assert(found->exact && found->offers_n > 1);
    frontier_free(&found);
}
END_TEST

/* Needs that must be met, and criteria that are part of others with a gate. */
static void draw_watched(struct tender *t, struct model_group *groups,
    size_t *group_of, uint64_t *seed)
{
    struct model *m = &t->model;
    int64_t kind = draw_from(seed, 0, 2);

    for (size_t n = 0; n < m->needs_n && kind != 1; n++) {
        if (n == 0 || draw_from(seed, 0, 1) == 0)
            t->needs[n].must_threshold = draw_from(seed, 1, 9) * ONE / 10;
    }
    if (kind == 0)
        return;
    for (size_t g = 0; g < 2; g++) {
        groups[g] = (struct model_group){.parent = g == 0 ? MODEL_NOWHERE : 0,
            .weight = exactly(0),
            .parts_fit = true,
            .scale_max = MODEL_ABSENT,
            .min_score = draw_from(seed, 1, 25) * ONE};
    }
    for (size_t k = 0; k < m->criteria_n; k++) {
        group_of[k] = t->criteria[k].is_price ? MODEL_NOWHERE
                                              : (size_t)draw_from(seed, 0, 1);
        if (group_of[k] == MODEL_NOWHERE)
            continue;
        groups[0].weight =
            exactly(groups[0].weight.likely + t->criteria[k].weight.likely);
        if (group_of[k] == 1)
            groups[1].weight =
                exactly(groups[1].weight.likely + t->criteria[k].weight.likely);
    }
    m->groups = groups;
    m->groups_n = 2;
    m->group_of = group_of;
}

/* One drawn tender both ways; false when there is nothing to compare. */
static bool compare_watched(uint64_t *seed, int round)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_level levels[3];
    struct model_group groups[2];
    size_t group_of[AT_MOST];
    struct every_result *all = NULL;

    tender_drawn(&t, seed);
    draw_more(&t, levels, seed);
    draw_watched(&t, groups, group_of, seed);
    if (every_compute(&t.model, &all) != ERR_OK)
        return false;
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    bool searched = !found->all;
    if (searched) {
        size_t n = found_pairs(found, got);
        assert_same(got, n, want, front_pairs(all, want), round);
        ck_assert(found->exact);
        assert_alike(found, found->best, all, all->best, round);
        assert_alike(found, found->users_best, all, all->users_best, round);
        compare_must(&t, all, seed, round);
        compare_margin(&t, draw_from(seed, 10, 60) * ONE, round);
    }
    frontier_free(&found);
    every_free(&all);
    return searched;
}

/* The price, and what no element changes, round together now and then. */
static void draw_rounded(struct tender *t, struct model_group *group,
    size_t *group_of, uint64_t *seed)
{
    struct model *m = &t->model;

    *group = (struct model_group){.parent = MODEL_NOWHERE,
        .weight = exactly(0),
        .parts_fit = true,
        .round = ROUND_TO((int)draw_from(seed, 0, 2)),
        .scale_max = MODEL_ABSENT,
        .min_score = MODEL_ABSENT};
    for (size_t k = 0; k < m->criteria_n; k++) {
        group_of[k] = MODEL_NOWHERE;
        if (t->criteria[k].is_price || draw_from(seed, 0, 3) == 0)
            group_of[k] = 0;
        if (group_of[k] == 0)
            group->weight =
                exactly(group->weight.likely + t->criteria[k].weight.likely);
    }
    m->groups = group;
    m->groups_n = 1;
    m->group_of = group_of;
}

/* One drawn tender that rounds both ways; true where it was searched. */
static bool compare_rounded(uint64_t *seed, int round)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_level levels[3];
    struct model_group group;
    size_t group_of[AT_MOST];
    struct every_result *all = NULL;

    tender_drawn(&t, seed);
    draw_more(&t, levels, seed);
    draw_rounded(&t, &group, group_of, seed);
    if (every_compute(&t.model, &all) != ERR_OK)
        return false;
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    bool searched = !found->all;
    if (searched) {
        size_t n = found_pairs(found, got);
        assert_same(got, n, want, front_pairs(all, want), round);
        ck_assert(found->exact);
        assert_alike(found, found->best, all, all->best, round);
    }
    frontier_free(&found);
    every_free(&all);
    return searched;
}

START_TEST(a_price_that_rounds_with_others_has_the_front_of_all_offers)
{
    uint64_t seed = 11;
    int searched = 0;

    for (int round = 0; round < 3000 && searched < 300; round++)
        searched += compare_rounded(&seed, round);
    ck_assert_int_ge(searched, 100);
}
END_TEST

START_TEST(gates_of_parents_and_needs_to_be_met_are_kept_exactly)
{
    uint64_t seed = 91;
    int compared = 0;

    for (int round = 0; round < 4000 && compared < 1000; round++)
        compared += compare_watched(&seed, round);
    ck_assert_int_eq(compared, 1000);
}
END_TEST

/* Twelve elements, so that bounds have something to drop. */
START_TEST(many_elements_and_needs_to_be_met_have_the_front_of_all_offers)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_element elements[12];
    struct model_effect effects[24];
    struct model_group groups[2];
    size_t group_of[AT_MOST];
    struct every_result *all = NULL;
    uint64_t seed = (uint64_t)_i + 1;

    tender_many(&t, elements, effects, 12, ONE, (1 + _i % 3) * ONE / 2,
        _i % 2 == 0 ? 10 : 20);
    draw_watched(&t, groups, group_of, &seed);
    ck_assert_int_eq(every_compute(&t.model, &all), ERR_OK);
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    ck_assert(found->exact && !found->all);
    assert_same(got, found_pairs(found, got), want, front_pairs(all, want), _i);
    frontier_free(&found);
    every_free(&all);
    compare_margin(&t, draw_from(&seed, 20, 90) * ONE, _i);
}
END_TEST

/* Elements in another order are the same elements. */
START_TEST(permuted_elements_have_the_same_front)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender t;
    struct model_element elements[30];
    struct model_element turned[30];
    struct model_effect effects[60];
    tender_many(&t, elements, effects, 30, ONE, ONE, 30);
    struct frontier_found *found = found_with(&t.model, &plain_ask);
    size_t n = found_pairs(found, want);

    ck_assert(found->exact);
    frontier_free(&found);
    for (size_t i = 0; i < 30; i++)
        turned[(i * 7 + 3) % 30] = elements[i];
    for (size_t i = 0; i < 60; i++)
        effects[i].element = (effects[i].element * 7 + 3) % 30;
    t.model.elements = turned;
    found = found_with(&t.model, &plain_ask);
    ck_assert(found->exact);
    assert_same(got, found_pairs(found, got), want, n, 0);
    frontier_free(&found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/frontier_blocks");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 300);
    tcase_add_loop_test(
        all, groups_that_cap_have_the_front_of_all_offers, 0, 120);
    tcase_add_loop_test(
        all, fifty_elements_that_share_what_is_open_have_an_exact_front, 0, 4);
    tcase_add_test(all, gates_of_parents_and_needs_to_be_met_are_kept_exactly);
    tcase_add_test(
        all, a_price_that_rounds_with_others_has_the_front_of_all_offers);
    tcase_add_test(all, permuted_elements_have_the_same_front);
    tcase_add_loop_test(all,
        many_elements_and_needs_to_be_met_have_the_front_of_all_offers, 0, 20);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
