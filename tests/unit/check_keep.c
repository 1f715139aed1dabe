/* SPDX-License-Identifier: Apache-2.0
 *
 * check_keep.c - the limit log-keep: old rows go while sessions work, and who
 * asks for them is told what is left.
 */
#include "db/admin.h"
#include "protocol/limit.h"
#include "tests/parts/stand.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define DAYS(n) ((n)*INT64_C(86400000))

static struct stand *stand;
static struct session *ann;

static void expect(const char *lines, const char *want)
{
    char *got = stand_say(stand, ann, lines);

    ck_assert_msg(strstr(got, want) != NULL, "%s: %s", lines, got);
    free(got);
}

/* A session that watches does not end for being quiet. */
static void set_up(void)
{
    stand_new(&stand);
    ann = stand_enter(stand, "ann");
    expect("watch tender\n", "ok watch=1 at=4");
    for (int i = 0; i < 4; i++)
        free(stand_say(stand, ann, "add party sort=person\n"));
}

static void tear_down(void)
{
    session_free(&ann);
    stand_free(&stand);
}

static void pass_days(int days)
{
    stand_clock(stand, DAYS(days));
    stand_settle(stand);
    stand_clock(stand, 1000);
    stand_settle(stand);
}

START_TEST(the_journal_is_kept_for_ever_unless_told_otherwise)
{
    pass_days(36501);
    expect("watch * since=1\n", "ok watch=2");
}
END_TEST

START_TEST(what_is_older_than_log_keep_is_gone)
{
    struct text report = {0};

    ck_assert_int_eq(limit_set(LIMIT_ROW_LOG_KEEP, 7), ERR_OK);
    pass_days(6);
    free(stand_say(
        stand, ann, "add party sort=person\nadd party sort=person\n"));
    expect("watch * since=1\n", "ok watch=2");
    pass_days(2);
    expect("watch * since=1\n", "err gone");
    expect("watch * since=1\n", "=9");
    expect("watch * since=8\n", "ok watch=3");
    expect("show P-1\n", "party P-1 rev=5");
    expect("log P-6\n", "ok n=1");
    ck_assert_msg(admin_check(stand_folder(stand), &report) == ERR_OK, "%s",
        text_peek(&report));
    text_fini(&report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/keep");
    TCase *tcase = tcase_create("keep");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, the_journal_is_kept_for_ever_unless_told_otherwise);
    tcase_add_test(tcase, what_is_older_than_log_keep_is_gone);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
