/* SPDX-License-Identifier: Apache-2.0
 *
 * check_tender_model.c - which objects count in the figures, and with=.
 */
#include "db/change.h"
#include "protocol/base_mem.h"
#include "server/figure/tender_model.h"
#include "tests/unit/record_kit.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void set_up(void)
{
    record_begin();
    add(KIND_TENDER, "code=T round-where=total round-digits=2");
    add(KIND_PARTY, "code=WE sort=organisation");
    add(KIND_PARTY, "code=NIGHT sort=segment size=100");
    add(KIND_CRITERION, "code=C1 sort=price weight=40 price-rule=zero-at");
    add(KIND_CRITERION, "code=C2 sort=quality weight=60 scale-max=10");
    add(KIND_BID, "code=OURS party=P-1 ours=yes price=100");
    add(KIND_BID, "code=RIV party=P-1 price=90..110");
}

START_TEST(bids_that_are_out_do_not_count)
{
    struct tender_model *t;

    add(KIND_BID, "party=P-1 state=withdrawn");
    add(KIND_BID, "party=P-1 state=abnormally-low");
    add(KIND_BID, "party=P-1 state=irregular");
    add(KIND_BID, "party=P-1 variant-of=B-1");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.bids_n, 2);
    ck_assert_uint_eq(t->model.ours, 0);
    ck_assert_int_eq(t->model.bids[1].price.likely, 1000000);
    ck_assert_int_eq(t->model.round_total, ROUND_TO(2));
    ck_assert_int_eq(t->model.criteria[0].rule, RULE_ZERO_AT);
    ck_assert(t->model.criteria[0].is_price);
    tender_model_free(&t);
}
END_TEST

START_TEST(two_bids_of_ours_are_none)
{
    struct tender_model *t;

    add(KIND_BID, "party=P-1 ours=yes");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.ours, MODEL_NOWHERE);
    tender_model_free(&t);
}
END_TEST

START_TEST(each_author_s_newest_mark_counts_and_moderation_ends_it)
{
    struct tender_model *t;
    struct object *bob;

    add(KIND_MARK, "bid=B-1 criterion=C-2 value=2");
    add(KIND_MARK, "bid=B-1 criterion=C-2 value=6");
    bob = add(KIND_MARK, "bid=B-1 criterion=C-2 value=9");
    free(bob->author);
    bob->author = mem_text("bob");
    tender_model_new(record, 0, &t);
    ck_assert_int_eq(t->model.marks[1].likely, 75000);
    ck_assert_int_eq(t->model.marks[3].low, MODEL_ABSENT);
    tender_model_free(&t);
    add(KIND_MARK, "bid=B-1 criterion=C-2 value=1 moderated=8");
    tender_model_new(record, 0, &t);
    ck_assert_int_eq(t->model.marks[1].likely, 80000);
    tender_model_free(&t);
}
END_TEST

START_TEST(a_criterion_with_parts_does_not_count_itself)
{
    struct tender_model *t;

    add(KIND_CRITERION, "code=C21 sort=quality weight=30 parent=C-2");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.criteria_n, 2);
    ck_assert_str_eq(object_code(t->criteria[1]), "C21");
    tender_model_free(&t);
}
END_TEST

START_TEST(a_tree_stands_above_its_leaves_parents_first)
{
    struct tender_model *t;

    add(KIND_CRITERION, "code=LEAF sort=quality weight=25 parent=C-4");
    add(KIND_CRITERION, "code=MID sort=quality weight=50 parent=C-2");
    add(KIND_CRITERION, "code=REST sort=quality weight=75 parent=C-4");
    add(KIND_CRITERION, "code=SIDE sort=quality weight=30 parent=C-2");
    record->list[KIND_CRITERION][3]
        ->values[field_place(FIELD_CRITERION_PARTS)] =
        (struct datum){.set = true, .text = mem_text("shares")};
    add(KIND_NEED, "code=N1 sort=job");
    add(KIND_RELATES, "need=N-1 criterion=C-2 strength=3");
    add(KIND_RELATES, "need=N-1 criterion=C-5 strength=0");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.criteria_n, 4);
    ck_assert_uint_eq(t->model.groups_n, 2);
    ck_assert_str_eq(object_code(t->groups[0]), "C2");
    ck_assert_str_eq(object_code(t->groups[1]), "MID");
    ck_assert_uint_eq(t->model.groups[1].parent, 0);
    ck_assert_str_eq(object_code(t->criteria[1]), "LEAF");
    ck_assert_uint_eq(t->model.group_of[0], MODEL_NOWHERE);
    ck_assert_uint_eq(t->model.group_of[1], 1);
    ck_assert_int_eq(t->model.criteria[1].weight.likely, 125000);
    ck_assert_int_eq(t->model.criteria[2].weight.likely, 375000);
    ck_assert(!t->model.groups[0].parts_fit);
    ck_assert_int_eq(t->model.relates[0], 0);
    ck_assert_int_eq(t->model.relates[1], 3);
    ck_assert_int_eq(t->model.relates[2], 0);
    ck_assert_int_eq(t->model.relates[3], 3);
    tender_model_free(&t);
}
END_TEST

START_TEST(a_lot_has_its_own_and_what_belongs_to_the_tender)
{
    struct tender_model *t;

    add(KIND_LOT, "code=L1");
    add(KIND_LOT, "code=L2");
    add(KIND_BID, "code=ONE party=P-1 lot=L-1");
    add(KIND_BID, "code=TWO party=P-1 lot=L-2");
    tender_model_new(record, 2, &t);
    ck_assert_uint_eq(t->model.bids_n, 3);
    ck_assert_str_eq(object_code(t->bids[2]), "TWO");
    ck_assert_str_eq(object_code(t->lot), "L2");
    tender_model_free(&t);
}
END_TEST

START_TEST(segments_are_who_uses_or_whose_needs_are_weighed)
{
    struct tender_model *t;

    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.segments_n, 0);
    tender_model_free(&t);
    add(KIND_NEED, "code=N1 sort=job");
    add(KIND_WEIGHS, "need=N-1 party=P-2 importance=7");
    add(KIND_STAKE, "party=P-1 roles=pays,uses");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.segments_n, 2);
    ck_assert_int_eq(t->model.segments[0].heads, MODEL_ABSENT);
    ck_assert_int_eq(t->model.segments[1].heads, 100);
    ck_assert_int_eq(t->model.importance[1], 70000);
    tender_model_free(&t);
}
END_TEST

START_TEST(an_element_that_needs_one_that_is_out_can_not_be_offered)
{
    struct tender_model *t;

    add(KIND_ELEMENT, "code=O1 state=out cost=1");
    struct object *o = add(KIND_ELEMENT, "code=O2 state=possible cost=2");
    struct datum *set = &o->values[field_place(FIELD_ELEMENT_REQUIRES)];
    set->set = true;
    set->text = mem_text(",1,");
    tender_model_new(record, 0, &t);
    ck_assert_uint_eq(t->model.elements_n, 1);
    ck_assert_uint_eq(t->model.elements[0].needs_n, 1);
    ck_assert_uint_eq(t->model.elements[0].needs[0], MODEL_NOWHERE);
    tender_model_free(&t);
}
END_TEST

START_TEST(with_changes_a_copy_alone)
{
    const char *words[] = {"OURS.price=80", "C-2.weight=", "RIV.name=a=b"};
    struct record *other = NULL;
    struct fault fault = {0};
    struct tender_model *t;

    ck_assert_int_eq(record_with(record, words, 3, &other, &fault), ERR_OK);
    tender_model_new(other, 0, &t);
    ck_assert_int_eq(t->model.bids[0].price.likely, 800000);
    ck_assert_int_eq(t->model.criteria[1].weight.low, MODEL_ABSENT);
    tender_model_free(&t);
    record_with_free(record, &other);
    tender_model_new(record, 0, &t);
    ck_assert_int_eq(t->model.bids[0].price.likely, 1000000);
    tender_model_free(&t);
}
END_TEST

START_TEST(a_wrong_with_says_what_is_wrong)
{
    static const struct {
        const char *word;
        enum err want;
        const char *field;
    } rows[] = {{"OURS.price=x", ERR_ARG, "price"},
        {"NOBODY.price=1", ERR_NONE, "with"},
        {"OURS.colour=1", ERR_ARG, "with"}, {"OURS", ERR_ARG, "with"},
        {"OURS=1", ERR_ARG, "with"}, {"OURS.party=P-2", ERR_ARG, "with"}};
    const char *words[] = {rows[_i].word};
    struct record *other = NULL;
    struct fault fault = {0};

    ck_assert_int_eq(
        record_with(record, words, 1, &other, &fault), rows[_i].want);
    ck_assert_str_eq(fault.field, rows[_i].field);
    ck_assert_ptr_null(other);
    fault_fini(&fault);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/tender_model");
    TCase *cases = tcase_create("model");
    tcase_add_checked_fixture(cases, set_up, record_end);
    tcase_add_test(cases, bids_that_are_out_do_not_count);
    tcase_add_test(cases, two_bids_of_ours_are_none);
    tcase_add_test(
        cases, each_author_s_newest_mark_counts_and_moderation_ends_it);
    tcase_add_test(cases, a_criterion_with_parts_does_not_count_itself);
    tcase_add_test(cases, a_tree_stands_above_its_leaves_parents_first);
    tcase_add_test(cases, a_lot_has_its_own_and_what_belongs_to_the_tender);
    tcase_add_test(cases, segments_are_who_uses_or_whose_needs_are_weighed);
    tcase_add_test(
        cases, an_element_that_needs_one_that_is_out_can_not_be_offered);
    tcase_add_test(cases, with_changes_a_copy_alone);
    tcase_add_loop_test(cases, a_wrong_with_says_what_is_wrong, 0, 6);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
