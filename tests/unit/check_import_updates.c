/* SPDX-License-Identifier: Apache-2.0
 *
 * check_import_updates.c - a notice imported after another one, with what a
 * person does in between.
 */
#include "tests/parts/import_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(a_change_notice_sets_what_it_changes)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    set_change(&s);
    write_lots(&s, "2027-04-15Z", "South and east", "45");
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_said(f.said, "b.xml: T-1: changed tender 1, lot 1, criterion 2");
    check_field(&f, "T-1", "due", "2027-04-15T12:00:00Z");
    check_field(&f, "L-2", "title", "South and east");
    check_field(&f, "C-1", "weight", "45");
    check_field(&f, "T-1", "notice-id", "11111111-0000-4000-8000-000000000002");
    check_field(&f, "T-1", "notice-date", "2027-02-01");
    ck_assert_uint_eq(fake_count(&f.record, KIND_TENDER), 1);
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_a_person_changed_is_kept_and_told)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    type(&f, "set T-1 due=2027-03-20T10:00:00Z state=prepare");
    type(&f, "set C-1 sort=cost price-rule=lowest-ratio");
    type(&f, "set L-2 title=Sud");
    set_change(&s);
    write_lots(&s, "2027-04-15Z", "South", "45");
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-1", "due", "2027-03-20T10:00:00Z");
    check_field(&f, "T-1", "state", "prepare");
    check_said(f.complained, "T-1 due was changed here since the last notice "
                             "and is kept; the notice says "
                             "2027-04-15T12:00:00Z");
    /* The notice says of these what it said before, so nothing is told. */
    check_field(&f, "C-1", "sort", "cost");
    check_field(&f, "C-1", "price-rule", "lowest-ratio");
    check_field(&f, "L-2", "title", "Sud");
    ck_assert_ptr_null(strstr(f.complained, "L-2"));
    ck_assert_ptr_null(strstr(f.complained, "C-1"));
    /* And its other fields follow the notice. */
    check_field(&f, "C-1", "weight", "45");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_a_person_changed_is_kept_by_every_later_notice)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    type(&f, "set C-1 weight=50");
    type(&f, "set L-2 title=Sud");
    set_change(&s);
    import_next(&f, &s.notice);
    check_field(&f, "C-1", "weight", "50");
    check_field(&f, "T-1", "notice-kept", "L-2.title\nC-1.weight");
    type(&f, "set L-1 title=Nord");
    s.notice.version = "02";
    write_lots(&s, "2027-05-01Z", "South coast", "40");
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "C-1", "weight", "50");
    check_field(&f, "L-1", "title", "Nord");
    check_field(&f, "L-2", "title", "Sud");
    check_said(f.complained, "L-2 title was changed here");
    check_field(&f, "T-1", "due", "2027-05-01T12:00:00Z");
    check_field(&f, "T-1", "notice-kept", "L-2.title\nC-1.weight\nL-1.title");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_is_no_longer_kept_follows_the_notice_again)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    type(&f, "set C-1 weight=50");
    set_change(&s);
    import_next(&f, &s.notice);
    type(&f, "set T-1 notice-kept=\"\"");
    s.notice.version = "02";
    import_next(&f, &s.notice);

    check_field(&f, "C-1", "weight", "40");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_a_person_deleted_stays_deleted)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    type(&f, "del C-2");
    type(&f, "del L-2");
    set_change(&s);
    import_next(&f, &s.notice);
    check_said(f.complained, "LOT-0001.C2 was deleted here since");
    check_said(f.complained, "LOT-0002 was deleted here since");
    s.notice.version = "02";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_uint_eq(fake_count(&f.record, KIND_LOT), 1);
    ck_assert_uint_eq(fake_count(&f.record, KIND_CRITERION), 3);
    check_field(
        &f, "T-1", "notice-kept", "lot/LOT-0002\ncriterion/LOT-0001.C2");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_criterion_that_moved_keeps_its_object)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    set_change(&s);
    text_fini(&s.lots);
    text_fini(&s.criteria);
    small_criterion(&s.criteria, "quality", "Delay", "per-exa", "10");
    small_criterion(&s.criteria, "quality", "Method", "per-exa", "50");
    small_criterion(&s.criteria, "price", "Price", "per-exa", "40");
    small_lot(&s.lots, "LOT-0001", "North", "2027-03-01Z", s.criteria.bytes);
    s.notice.lots = s.lots.bytes;
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "C-1", "name", "Price");
    check_field(&f, "C-2", "name", "Method");
    check_field(&f, "C-2", "weight", "50");
    check_field(&f, "C-5", "name", "Delay");
    check_field(&f, "C-5", "lot", "L-1");
    check_said(f.complained, "L-2 (LOT-0002) is not in the notice any more");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(an_older_notice_fills_gaps_alone)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    set_change(&s);
    s.notice.estimate = NULL;
    write_lots(&s, "2027-04-15Z", "South", "45");
    import_next(&f, &s.notice);
    end_start(&s);
    set_start(&s);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_said(f.complained, "older than the last notice of T-1");
    check_field(&f, "T-1", "due", "2027-04-15T12:00:00Z");
    check_field(&f, "T-1", "estimated-value", "500000");
    check_field(&f, "C-1", "weight", "45");
    check_field(&f, "T-1", "notice-id", "11111111-0000-4000-8000-000000000002");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(files_given_together_are_taken_by_date)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    set_change(&s);
    write_lots(&s, "2027-04-15Z", "South", "45");
    put_file(&f, &s.notice);
    end_start(&s);
    set_start(&s);
    put_file(&f, &s.notice);
    run(&f, 0, 2, true);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-1", "due", "2027-04-15T12:00:00Z");
    check_field(&f, "T-1", "notice-date", "2027-02-01");
    check_said(f.said, "a.xml: T-1: changed");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(another_buyer_under_the_same_procedure_clashes)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    s.notice.id = "11111111-0000-4000-8000-000000000009";
    s.notice.root = "ContractAwardNotice";
    s.notice.number = "B200";
    s.notice.buyer = "Another town";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_EXISTS);
    ck_assert_uint_eq(f.record.changed, 1);
    check_said(f.complained, "the same procedure identifier but other buyers");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_notice_that_changes_none_clashes_with_its_procedure)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    s.notice.id = "11111111-0000-4000-8000-000000000009";
    s.notice.date = "2027-02-02Z";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_EXISTS);
    check_said(f.complained, "does not say that it changes another");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(amounts_follow_the_unit_that_a_person_chose)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    s.notice.estimate = NULL;
    import_next(&f, &s.notice);
    type(&f, "set T-1 money-unit=1000");
    set_change(&s);
    s.notice.estimate = "640000";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-1", "estimated-value", "640");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_changes_while_the_import_runs_is_not_overwritten)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    set_change(&s);
    write_lots(&s, "2027-04-15Z", "South", "40");
    f.record.meanwhile = "set T-1 due=2027-03-03T10:00:00Z";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_CONFLICT);
    check_field(&f, "T-1", "due", "2027-03-03T10:00:00Z");
    check_field(&f, "T-1", "notice-date", "2027-01-09");
    end_start(&s);
    tear_down(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/import (updates)");
    TCase *updates = tcase_create("updates");
    tcase_add_test(updates, a_change_notice_sets_what_it_changes);
    tcase_add_test(updates, what_a_person_changed_is_kept_and_told);
    tcase_add_test(
        updates, what_a_person_changed_is_kept_by_every_later_notice);
    tcase_add_test(updates, what_is_no_longer_kept_follows_the_notice_again);
    tcase_add_test(updates, what_a_person_deleted_stays_deleted);
    tcase_add_test(updates, a_criterion_that_moved_keeps_its_object);
    tcase_add_test(updates, an_older_notice_fills_gaps_alone);
    tcase_add_test(updates, files_given_together_are_taken_by_date);
    tcase_add_test(updates, another_buyer_under_the_same_procedure_clashes);
    tcase_add_test(
        updates, a_notice_that_changes_none_clashes_with_its_procedure);
    tcase_add_test(updates, amounts_follow_the_unit_that_a_person_chose);
    tcase_add_test(
        updates, what_changes_while_the_import_runs_is_not_overwritten);
    suite_add_tcase(suite, updates);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
