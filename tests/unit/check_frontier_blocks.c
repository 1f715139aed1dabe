/* SPDX-License-Identifier: Apache-2.0
 *
 * check_frontier_blocks.c - the front stays that of all offers where elements
 * share limits and rules, and where gates and needs that must be met look at
 * several of them together.
 */
#include "tests/unit/frontier_kit.h"

/* Groups that share what caps, with rules inside some of them, and elements
 * that stand alone; at either end of the costs, and within a budget. */
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
        if (draw_from(&seed, 0, 7) == 0)
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
    assert_same(got, found_pairs(found, got), want, front_pairs(all, want), _i);
    frontier_free(&found);
    compare_must(&t, all, &seed, _i);
    every_free(&all);
    compare_margin(&t, draw_from(&seed, 20, 90) * ONE, _i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/frontier_blocks");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 300);
    tcase_add_loop_test(
        all, groups_that_cap_have_the_front_of_all_offers, 0, 60);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
