/* SPDX-License-Identifier: Apache-2.0
 *
 * check_pitch.c - which needs a proposition names, in which order, and which
 * element serves each.
 */
#include "tests/unit/tender.h"
#include "value/words/pitch.h"

#include <check.h>

/* The golden tender with the night hours in the offer. */
static void make(struct tender *t)
{
    tender_golden(t);
    t->elements[O1].always = true;
}

static void plan(const struct tender *t, size_t segment, struct pitch **made)
{
    pitch_plan(&t->model, t->importance + segment * t->model.needs_n, made);
}

START_TEST(what_weighs_most_comes_first_and_names_its_element)
{
    struct tender t;
    struct pitch *p = NULL;

    make(&t);
    plan(&t, STUD, &p);
    ck_assert_uint_eq(p->served_n, 4);
    ck_assert_uint_eq(p->served[0].need, N3);
    ck_assert_int_eq(p->served[0].covered, 900000);
    ck_assert_uint_eq(p->served[0].element, O1);
    ck_assert_int_eq(p->served[0].without, 500000);
    ck_assert_uint_eq(p->served[1].need, N4);
    ck_assert_uint_eq(p->served[1].element, MODEL_NOWHERE);
    ck_assert_uint_eq(p->served[2].need, N1);
    ck_assert_uint_eq(p->served[3].need, N2);
    pitch_free(&p);
    ck_assert_ptr_null(p);
    pitch_free(&p);
}
END_TEST

START_TEST(what_is_little_met_is_asked_about_with_what_could_help)
{
    struct tender t;
    struct pitch *p = NULL;

    make(&t);
    t.elements[O1].always = false;
    t.covers[OURS * t.model.needs_n + N3] = exactly(ONE * 3 / 10);
    plan(&t, STUD, &p);
    ck_assert_uint_eq(p->open_n, 1);
    ck_assert_uint_eq(p->open[0].need, N3);
    ck_assert_uint_eq(p->offers[0].element, O1);
    ck_assert_int_eq(p->offers[0].covered, 700000);
    ck_assert_uint_eq(p->served_n, 3);
    pitch_free(&p);
}
END_TEST

START_TEST(where_all_is_met_by_half_the_one_that_lacks_most_is_asked_about)
{
    struct tender t;
    struct pitch *p = NULL;

    make(&t);
    plan(&t, STUD, &p);
    ck_assert_uint_eq(p->open_n, 1);
    ck_assert_uint_eq(p->open[0].need, N4);
    ck_assert_uint_eq(p->offers[0].element, O2);
    ck_assert_int_eq(p->offers[0].covered, 950000);
    pitch_free(&p);
}
END_TEST

START_TEST(an_element_that_requires_what_is_out_is_not_held_out)
{
    struct tender t;
    struct pitch *p = NULL;

    make(&t);
    t.named[0][0] = MODEL_NOWHERE;
    t.elements[O2].needs = t.named[0];
    t.elements[O2].needs_n = 1;
    plan(&t, STUD, &p);
    ck_assert_uint_eq(p->offers[0].element, MODEL_NOWHERE);
    pitch_free(&p);
}
END_TEST

START_TEST(who_weighs_nothing_is_told_of_no_need)
{
    struct tender t;
    struct pitch *p = NULL;
    const int64_t none[] = {MODEL_ABSENT, 0, MODEL_ABSENT, 0};

    make(&t);
    pitch_plan(&t.model, none, &p);
    ck_assert_uint_eq(p->served_n + p->open_n, 0);
    pitch_free(&p);
}
END_TEST

START_TEST(an_offer_stands_out_where_it_is_ahead_of_every_rival)
{
    struct tender t;
    struct award_result *a = NULL;

    tender_golden(&t);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_uint_eq(pitch_strength(&t.model, a), MODEL_NOWHERE);
    award_free(&a);
    t.marks[OURS * t.model.criteria_n + C4] = exactly(9 * ONE);
    ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
    ck_assert_uint_eq(pitch_strength(&t.model, a), C4);
    award_free(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pitch");
    TCase *tests = tcase_create("pitch");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, what_weighs_most_comes_first_and_names_its_element);
    tcase_add_test(
        tests, what_is_little_met_is_asked_about_with_what_could_help);
    tcase_add_test(
        tests, where_all_is_met_by_half_the_one_that_lacks_most_is_asked_about);
    tcase_add_test(tests, an_element_that_requires_what_is_out_is_not_held_out);
    tcase_add_test(tests, who_weighs_nothing_is_told_of_no_need);
    tcase_add_test(tests, an_offer_stands_out_where_it_is_ahead_of_every_rival);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
