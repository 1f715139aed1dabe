/* SPDX-License-Identifier: Apache-2.0
 *
 * check_brings.c - what elements bring to either side, what needs cost.
 */
#include "value/front/brings.h"

#include "tests/unit/every.h"
#include "tests/unit/tender.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

static struct brings_result *computed(const struct tender *t)
{
    struct brings_result *made = NULL;

    ck_assert_int_eq(brings_compute(&t->model, &made), ERR_OK);
    return made;
}

START_TEST(the_golden_elements_bring_what_they_do)
{
    static const int64_t leads[] = {-837862, 269202, 627473};
    static const int64_t users[] = {106000, 72422, 53906};
    static const enum brings to[] = {BRINGS_USERS, BRINGS_BOTH, BRINGS_BOTH};
    struct tender t;
    tender_golden(&t);
    struct brings_result *made = computed(&t);

    ck_assert_uint_eq(made->elements_n, 3);
    for (size_t e = 0; e < 3; e++) {
        ck_assert_uint_eq(made->elements[e].element, e);
        ck_assert(made->elements[e].possible);
        ck_assert_int_eq(made->elements[e].lead, leads[e]);
        ck_assert_int_eq(made->elements[e].users, users[e]);
        ck_assert_int_eq(made->elements[e].to, to[e]);
    }
    ck_assert_int_eq(made->tau, -1000000);
    brings_free(&made);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(a_need_costs_what_the_cheapest_element_for_it_does)
{
    struct tender t;
    tender_golden(&t);
    struct brings_result *made = computed(&t);

    ck_assert_uint_eq(made->needs[N3].element, O1);
    ck_assert_int_eq(made->needs[N3].price, 209465); /* .837862 / 4 */
    ck_assert_int_eq(made->needs[N1].price, -418315);
    ck_assert_uint_eq(made->needs[N2].element, MODEL_NOWHERE);
    ck_assert_int_eq(made->needs[N2].price, MODEL_ABSENT);
    brings_free(&made);
    /* Live information covers a little of it, too, and gains points. */
    add_effect(&t, O2, MODEL_NOWHERE, N3, ONE / 10);
    made = computed(&t);
    ck_assert_uint_eq(made->needs[N3].element, O2);
    ck_assert_int_eq(made->needs[N3].price, -269202);
    brings_free(&made);
}
END_TEST

START_TEST(what_an_element_requires_comes_with_it)
{
    static const size_t second[] = {O2};
    struct tender t;
    tender_golden(&t);
    t.elements[O1].needs = second;
    t.elements[O1].needs_n = 1;
    struct brings_result *made = computed(&t);

    ck_assert_int_eq(made->elements[O1].users, 878547 - 700125);
    ck_assert_int_eq(made->elements[O1].lead, -499406);
    brings_free(&made);
    t.elements[O1].excludes = second;
    t.elements[O1].excludes_n = 1;
    made = computed(&t);
    ck_assert(!made->elements[O1].possible);
    ck_assert_int_eq(made->elements[O1].lead, MODEL_ABSENT);
    ck_assert(made->elements[O2].possible);
    brings_free(&made);
}
END_TEST

START_TEST(below_a_gate_an_element_has_no_lead_to_bring)
{
    struct tender t;
    tender_golden(&t);
    t.criteria[C3].min_score = ONE * 15 / 2; /* ours is 7, with O3 8 */
    struct brings_result *made = computed(&t);

    for (size_t e = 0; e < 3; e++)
        ck_assert_int_eq(made->elements[e].lead, MODEL_ABSENT);
    ck_assert_int_eq(made->elements[O1].users, 106000);
    ck_assert_int_eq(made->tau, MODEL_ABSENT);
    ck_assert_uint_eq(made->needs[N3].element, MODEL_NOWHERE);
    brings_free(&made);
}
END_TEST

START_TEST(where_users_are_not_known_the_lead_stands_alone)
{
    struct tender t;
    tender_golden(&t);
    t.segments[NIGHT].heads = MODEL_ABSENT;
    struct brings_result *made = computed(&t);

    ck_assert_int_eq(made->elements[O1].lead, -837862);
    ck_assert_int_eq(made->elements[O1].users, MODEL_ABSENT);
    ck_assert_int_eq(made->needs[N3].price, 209465);
    brings_free(&made);
    t.model.bids_n = 0;
    ck_assert_int_eq(brings_compute(&t.model, &made), ERR_STATE);
    ck_assert_ptr_null(made);
}
END_TEST

/* Against the offers of the front, which are computed another way. */
START_TEST(each_element_brings_what_its_offer_differs_by)
{
    uint64_t seed = 67;
    int compared = 0;

    for (int round = 0; round < 200; round++) {
        struct every_result *front = NULL;
        struct tender t;
        tender_drawn(&t, &seed);
        for (size_t e = 0; e < t.model.elements_n; e++) {
            t.elements[e].needs_n = 0;
            t.elements[e].always = false;
        }
        if (missing_blocks(&t.model, FIGURE_FRONT))
            continue;
        struct brings_result *made = computed(&t);
        ck_assert_int_eq(every_compute(&t.model, &front), ERR_OK);
        const struct every_offer *none = &front->offers[0];
        for (size_t i = 0; i < front->offers_n; i++) {
            const struct every_offer *one = &front->offers[i];
            size_t e = 0;
            if (one->set == 0 || (one->set & (one->set - 1)) != 0)
                continue;
            while (one->set >> e != 1)
                e++;
            const struct brings_element *got = &made->elements[e];
            ck_assert_int_le(llabs(got->users - (one->users - none->users)), 1);
            compared++;
            if (!one->admitted || !none->admitted) {
                ck_assert_int_eq(got->lead, MODEL_ABSENT);
                continue;
            }
            int64_t lead = one->lead != MODEL_ABSENT
                               ? one->lead - none->lead
                               : one->points - none->points;
            ck_assert_int_le(llabs(got->lead - lead), 1);
        }
        every_free(&front);
        brings_free(&made);
    }
    ck_assert_int_gt(compared, 200);
}
END_TEST

/* Elements that bring nothing change nothing of what the others bring. */
START_TEST(thirty_elements_are_looked_at_one_by_one)
{
    struct tender t;
    struct brings_result *few = NULL;
    struct brings_result *many = NULL;
    size_t first;

    tender_golden(&t);
    ck_assert_int_eq(brings_compute(&t.model, &few), ERR_OK);
    first = t.model.elements_n;
    while (t.model.elements_n < 30)
        add_element(&t, ONE);
    t.named[0][0] = O1;
    t.elements[29].needs = t.named[0];
    t.elements[29].needs_n = 1;
    ck_assert_int_eq(brings_compute(&t.model, &many), ERR_OK);
    ck_assert_uint_eq(many->elements_n, 30);
    for (size_t i = 0; i < first; i++) {
        ck_assert_int_eq(many->elements[i].lead, few->elements[i].lead);
        ck_assert_int_eq(many->elements[i].users, few->elements[i].users);
    }
    ck_assert_int_eq(many->elements[29].users, few->elements[O1].users);
    ck_assert_int_lt(many->elements[29].lead, few->elements[O1].lead);
    brings_free(&few);
    brings_free(&many);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/brings");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, thirty_elements_are_looked_at_one_by_one);
    tcase_add_test(all, the_golden_elements_bring_what_they_do);
    tcase_add_test(all, a_need_costs_what_the_cheapest_element_for_it_does);
    tcase_add_test(all, what_an_element_requires_comes_with_it);
    tcase_add_test(all, below_a_gate_an_element_has_no_lead_to_bring);
    tcase_add_test(all, where_users_are_not_known_the_lead_stands_alone);
    tcase_add_test(all, each_element_brings_what_its_offer_differs_by);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
