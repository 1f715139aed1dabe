/* SPDX-License-Identifier: Apache-2.0
 *
 * check_import.c - notices imported into a record in memory: what is recorded
 * of a first one, and what happens when something is wrong.
 */
#include "tests/parts/import_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(a_notice_is_recorded_whole)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_said(
        f.said, "a.xml: T-1: added party 1, tender 1, lot 2, criterion 4");
    check_field(&f, "P-1", "code", "B100");
    check_field(&f, "P-1", "sort", "organisation");
    check_field(&f, "T-1", "code", "RB/7");
    check_field(&f, "T-1", "buyer", "P-1");
    check_field(&f, "T-1", "estimated-value", "500000");
    check_field(&f, "T-1", "due", "2027-03-01T12:00:00Z");
    check_field(&f, "T-1", "notice-date", "2027-01-09");
    check_field(&f, "T-1", "notice-version", "01");
    check_field(&f, "L-2", "code", "LOT-0002");
    check_field(&f, "L-2", "due", "");
    check_field(&f, "C-3", "code", "LOT-0002.C1");
    check_field(&f, "C-3", "lot", "L-2");
    check_field(&f, "C-3", "weight", "40");
    check_field(&f, "C-3", "sort", "price");
    check_field(&f, "C-3", "price-rule", "");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(the_example_gives_what_its_script_builds_on)
{
    static const struct {
        const char *id, *field, *want;
    } rows[] = {
        {"P-1", "code", "AUTH"},
        {"P-1", "name", "Regional transport authority"},
        {"T-1", "code", "NB"},
        {"T-1", "title", "Night bus network"},
        {"T-1", "buyer", "P-1"},
        {"T-1", "due", "2027-03-12T12:00:00Z"},
        {"T-1", "funding", "institution"},
        {"C-1", "code", "C1"},
        {"C-1", "sort", "price"},
        {"C-1", "weight", "40"},
        {"C-2", "weight", "35"},
        {"C-3", "weight", "10"},
        {"C-4", "code", "C4"},
        {"C-4", "name", "Passenger service"},
        {"C-4", "weight", "15"},
    };
    static const char *const file = "examples/night-bus/notice.xml";
    struct fixture f;

    set_up(&f);
    (void)snprintf(f.files[0], sizeof f.files[0], "%s", file);
    run(&f, 0, 1, true);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_str_eq(f.complained, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_field(&f, rows[i].id, rows[i].field, rows[i].want);
    ck_assert_uint_eq(fake_count(&f.record, KIND_PARTY), 1);
    tear_down(&f);
}
END_TEST

START_TEST(the_same_file_again_changes_nothing)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_uint_eq(f.record.changed, 1);
    check_said(f.said, "imported already, as T-1 (Ring bus); nothing to do");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(the_same_identifier_with_other_content_clashes_until_as_new)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    s.notice.title = "Another bus";
    import_next(&f, &s.notice);
    ck_assert_int_eq(f.err, ERR_EXISTS);
    ck_assert_uint_eq(f.record.changed, 1);
    check_said(f.complained, "T-1 (Ring bus) was imported from a notice with "
                             "the same identifier and version");

    f.flags.as_new = true;
    run(&f, 1, 1, true);
    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-2", "title", "Another bus");
    check_field(&f, "T-2", "code", "");
    check_said(f.complained, "code RB/7 is taken");
    ck_assert_uint_eq(fake_count(&f.record, KIND_PARTY), 1);

    f.flags.as_new = false;
    run(&f, 1, 1, true);
    check_said(f.said, "imported already, as T-2 (Another bus)");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_party_of_the_team_is_found_again)
{
    static const char *const typed[] = {
        "add party sort=organisation code=B100 name=\"Our name for it\"",
        "add party sort=organisation code=TOWN registration=B100",
        "add party sort=organisation code=TOWN name=\"The town\"",
    };
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    type(&f, typed[_i]);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_uint_eq(fake_count(&f.record, KIND_PARTY), 1);
    check_field(&f, "T-1", "buyer", "P-1");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_party_that_contradicts_is_another_one)
{
    static const char *const typed[] = {
        "add party sort=organisation name=\"The town\" registration=B999",
        "add party sort=segment code=B100 name=Night",
        "add party sort=person name=\"The town\"",
    };
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    type(&f, typed[_i]);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-1", "buyer", "P-2");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(pages_of_the_record_are_all_read)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    f.record.page = 1;
    type(&f, "add party sort=organisation name=One");
    type(&f, "add party sort=organisation name=Two");
    type(&f, "add party sort=organisation registration=B100");
    import_next(&f, &s.notice);
    check_field(&f, "T-1", "buyer", "P-3");
    set_change(&s);
    write_lots(&s, "2027-04-15Z", "South", "45");
    import_next(&f, &s.notice);

    check_field(&f, "C-3", "weight", "45");
    ck_assert_uint_eq(fake_count(&f.record, KIND_CRITERION), 4);
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_refusal_names_the_line_and_leaves_nothing)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    f.record.refuse = "code=LOT-0002 ";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_DENIED);
    ck_assert_uint_eq(f.record.n, 0);
    ck_assert(!f.record.in_batch);
    check_said(f.complained, "a.xml:");
    check_said(f.complained, ": the server refused \"add lot tender=$t");
    check_said(f.complained, "err denied");
    end_start(&s);
    tear_down(&f);
}
END_TEST

/* The code is taken when the batch is applied: the commit names the step. */
START_TEST(a_refused_commit_names_the_line_of_its_step)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    f.record.meanwhile = "add tender code=RB/7 title=Mine";
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_EXISTS);
    ck_assert_uint_eq(fake_count(&f.record, KIND_TENDER), 1);
    check_said(f.complained, "the server refused \"add tender as=$t code=RB/7");
    check_said(f.complained, "step=2");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_lost_connection_ends_the_run)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    put_file(&f, &s.notice);
    s.notice.id = "11111111-0000-4000-8000-000000000004";
    s.notice.procedure = "99999999-0000-4000-8000-000000000004";
    put_file(&f, &s.notice);
    f.record.fail_at = (size_t)_i;
    run(&f, 0, 2, true);

    ck_assert_int_eq(f.err, ERR_UNAVAILABLE);
    ck_assert_uint_eq(f.record.n, 0);
    ck_assert_uint_eq(f.record.asked, (size_t)_i);
    check_said(f.complained, "the connection is lost");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_dry_run_prints_and_changes_nothing)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    f.flags.dry_run = true;
    put_file(&f, &s.notice);
    run(&f, 0, 1, _i == 1);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_uint_eq(f.record.n, 0);
    ck_assert_int_eq(
        strncmp(f.said, "begin\nadd party as=$p1 code=B100 ", 32), 0);
    check_said(f.said, "\nadd lot tender=$t as=$l2 code=LOT-0001 title=North "
                       "sort=lot description=\"All of it.\"\n");
    check_said(f.said, "\nadd criterion tender=$t code=LOT-0001.C1 name=Price "
                       "lot=$l2 sort=price weight=40 weight-kind=per-exa\n");
    check_said(f.said, "\ncommit once=notice-");
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_bad_file_does_not_stop_the_others)
{
    struct fixture f;
    struct start s;

    set_up(&f);
    set_start(&s);
    put_file(&f, &(struct small_notice){.id = "x"});
    put_file(&f, &s.notice);
    (void)snprintf(f.files[2], sizeof f.files[2], "%s/no-such-file", f.folder);
    f.flags.language = LANGUAGE_FRENCH;
    run(&f, 0, 3, true);

    ck_assert_int_eq(f.err, ERR_NONE);
    check_said(f.complained, "no-such-file: ne peut pas être lu : ");
    check_said(f.complained, "a.xml:1: <ContractNotice> n'a ni intitulé");
    check_said(f.said, "b.xml: T-1 : ajouté : party 1, tender 1");
    end_start(&s);
    tear_down(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/import");
    TCase *import = tcase_create("import");
    tcase_add_test(import, a_notice_is_recorded_whole);
    tcase_add_test(import, the_example_gives_what_its_script_builds_on);
    tcase_add_test(import, the_same_file_again_changes_nothing);
    tcase_add_test(
        import, the_same_identifier_with_other_content_clashes_until_as_new);
    tcase_add_loop_test(import, a_party_of_the_team_is_found_again, 0, 3);
    tcase_add_loop_test(import, a_party_that_contradicts_is_another_one, 0, 3);
    tcase_add_test(import, pages_of_the_record_are_all_read);
    tcase_add_test(import, a_refusal_names_the_line_and_leaves_nothing);
    tcase_add_test(import, a_refused_commit_names_the_line_of_its_step);
    tcase_add_loop_test(import, a_lost_connection_ends_the_run, 1, 15);
    tcase_add_loop_test(import, a_dry_run_prints_and_changes_nothing, 0, 2);
    tcase_add_test(import, a_bad_file_does_not_stop_the_others);
    suite_add_tcase(suite, import);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
