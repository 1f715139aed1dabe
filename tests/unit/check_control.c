/* SPDX-License-Identifier: Apache-2.0
 *
 * check_control.c - what the administrator changes beside open sessions: it
 * holds at once, for every session of that user and for logins under way.
 */
#include "protocol/base_mem.h"
#include "server/admin/control_job.h"
#include "tests/parts/stand.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stand *stand;

static void set_up(void)
{
    stand_new(&stand);
}

static void tear_down(void)
{
    stand_free(&stand);
}

static const struct {
    const char *line;
    enum control_what what;
    const char *name;
} lines[] = {
    {"user-add name=\"ann\" team=\"blue\" role=owner secret=\"s$1\" again=no",
        CONTROL_USER_ADD, "ann"},
    {"user-del name=\"a \\\"b\" team=\"\" role=none secret=\"\" again=no",
        CONTROL_USER_DEL, "a \"b"},
    {"team-add name=\"\" team=\"\" role=none secret=\"\" again=yes",
        CONTROL_TEAM_ADD, ""},
};

START_TEST(a_change_is_read_as_it_was_printed)
{
    struct control control, again;
    struct text printed = {0};

    ck_assert_int_eq(control_read(lines[_i].line, &control), ERR_OK);
    ck_assert_int_eq(control.what, lines[_i].what);
    ck_assert_str_eq(control.name, lines[_i].name);
    control_print(&printed, &control);
    printed.bytes[printed.len - 1] = '\0';
    ck_assert_int_eq(control_read(printed.bytes, &again), ERR_OK);
    ck_assert_int_eq(again.what, control.what);
    ck_assert_str_eq(again.name, control.name);
    ck_assert_str_eq(again.team, control.team);
    ck_assert_str_eq(again.secret, control.secret);
    ck_assert_int_eq(again.role, control.role);
    ck_assert_int_eq(again.again, control.again);
    control_fini(&control);
    control_fini(&again);
    text_fini(&printed);
}
END_TEST

static const char *const wrongs[] = {
    "",
    "user-add",
    "user-add name=a team=b role=owner secret=s",
    "user-burn name=a team=b role=owner secret=s again=no",
    "user-add name=a team=b role=chief secret=s again=no",
    "name=a team=b role=owner secret=s again=no",
    "user-add name=\"a",
};

START_TEST(what_is_no_change_is_refused)
{
    struct control control;

    ck_assert_int_eq(control_read(wrongs[_i], &control), ERR_SYNTAX);
}
END_TEST

/* Sessions. */

static struct session *join(const char *user)
{
    struct session *s;
    struct text line = {0};

    stand_session(stand, &s);
    text_printf(&line, "auth token %s\n", stand_token(stand, user));
    session_feed(s, line.bytes, line.len);
    text_fini(&line);
    return s;
}

static char *told(struct session *s)
{
    return stand_say(stand, s, "");
}

static void say(struct session *s, const char *line)
{
    session_feed(s, line, strlen(line));
}

#define EXPECT(session, want)                                                  \
    do {                                                                       \
        char *got_ = told(session);                                            \
        ck_assert_msg(strstr(got_, want) != NULL, "%s", got_);                 \
        free(got_);                                                            \
    } while (0)

static struct {
    size_t n;
    enum err err;
    char said[256];
} answer;

static void on_answer(void *ctx, enum err err, const char *said)
{
    (void)ctx;
    answer.n++;
    answer.err = err;
    (void)strncpy(answer.said, said, sizeof answer.said - 1);
}

static void administer(enum control_what what, const char *name, enum role role)
{
    struct control control = {.what = what,
        .name = mem_text(name),
        .team = mem_text(role == ROLE_ADMIN ? "" : "blue"),
        .secret = mem_text("s"),
        .role = role};

    answer.n = 0;
    control_start(stand_engine(stand), &control, on_answer, NULL);
    ck_assert_ptr_null(control.name);
}

static void expect_answer(enum err err, const char *words)
{
    stand_settle(stand);
    ck_assert_uint_eq(answer.n, 1);
    ck_assert_int_eq(answer.err, err);
    ck_assert_msg(strstr(answer.said, words) != NULL, "%s", answer.said);
}

START_TEST(a_deleted_user_is_out_at_once)
{
    struct session *one = stand_enter(stand, "bob"),
                   *two = stand_enter(stand, "bob");
    struct session *ann = stand_enter(stand, "ann");

    administer(CONTROL_USER_DEL, "bob", ROLE_NONE);
    /* Typed before the answer came. */
    say(one, "add party code=X sort=person\n");
    expect_answer(ERR_OK, "deleted user bob");
    ck_assert(session_is_over(one) && session_is_over(two));
    EXPECT(one, "bye reason=removed\n");
    EXPECT(two, "bye reason=removed\n");
    say(ann, "list party\n");
    EXPECT(ann, "ok n=0");
    session_free(&one);
    session_free(&two);
    one = join("bob");
    EXPECT(one, "err auth");
    session_free(&one);
    session_free(&ann);
}
END_TEST

START_TEST(a_new_role_holds_from_the_next_request_on)
{
    struct session *bob = stand_enter(stand, "bob");

    say(bob, "add party code=A sort=person\n");
    administer(CONTROL_USER_ROLE, "bob", ROLE_READER);
    say(bob, "add party code=B sort=person\nlist party\n");
    expect_answer(
        ERR_OK, "user bob is reader of team blue now, and was editor");
    EXPECT(bob, "ok id=P-1 rev=5\nerr denied");
    administer(CONTROL_USER_ROLE, "bob", ROLE_OWNER);
    say(bob, "add party code=B sort=person\n");
    EXPECT(bob, "ok id=P-2");
    session_free(&bob);
}
END_TEST

START_TEST(a_new_password_ends_the_sessions)
{
    struct session *bob = stand_enter(stand, "bob");

    administer(CONTROL_USER_PASSWORD, "bob", ROLE_NONE);
    expect_answer(ERR_OK, "changed the password of bob");
    EXPECT(bob, "bye reason=removed\n");
    session_free(&bob);
    bob = join("bob");
    EXPECT(bob, "err auth");
    session_free(&bob);
}
END_TEST

/* The user was read before the change, and comes in after it. */
START_TEST(a_login_under_way_learns_of_the_change)
{
    struct session *bob = join("bob");

    administer(CONTROL_USER_ROLE, "bob", ROLE_READER);
    EXPECT(bob, "role=reader");
    struct session *dan = join("dan");
    administer(CONTROL_USER_DEL, "dan", ROLE_NONE);
    EXPECT(dan, "err auth");
    session_free(&bob);
    session_free(&dan);
}
END_TEST

START_TEST(changes_of_members_are_events)
{
    struct session *ann = stand_enter(stand, "ann"),
                   *eve = stand_enter(stand, "eve");

    say(ann, "watch *\n");
    EXPECT(ann, "ok watch=1");
    say(eve, "watch *\n");
    EXPECT(eve, "ok watch=1");
    administer(CONTROL_USER_ADD, "max", ROLE_EDITOR);
    expect_answer(ERR_OK, "added user max, editor of team blue");
    EXPECT(ann, "member.add author=\"@admin\" user=max role=editor\n");
    administer(CONTROL_USER_ROLE, "max", ROLE_OWNER);
    EXPECT(ann, "member.role author=\"@admin\" user=max role=owner\n");
    administer(CONTROL_USER_DEL, "max", ROLE_NONE);
    EXPECT(ann, "member.del author=\"@admin\" user=max\n");
    char *got = told(eve);
    ck_assert_str_eq(got, "");
    free(got);
    session_free(&ann);
    session_free(&eve);
}
END_TEST

START_TEST(what_can_not_be_done_changes_nothing)
{
    struct session *bob = stand_enter(stand, "bob");

    administer(CONTROL_USER_DEL, "nobody", ROLE_NONE);
    expect_answer(ERR_NONE, "there is no user nobody");
    administer(CONTROL_USER_ADD, "bob", ROLE_OWNER);
    expect_answer(ERR_EXISTS, "there is a user bob already");
    administer(CONTROL_USER_ROLE, "bob", ROLE_ADMIN);
    expect_answer(ERR_STATE, "an admin is in no team");
    administer(CONTROL_TEAM_ADD, "blue", ROLE_NONE);
    expect_answer(ERR_EXISTS, "there is a team blue already");
    say(bob, "add party code=A sort=person\n");
    EXPECT(bob, "ok id=P-1 rev=5");
    session_free(&bob);
}
END_TEST

/* The name of a deleted user stands in the history. */
START_TEST(a_name_is_given_again_to_the_same_person_alone)
{
    struct control again = {.what = CONTROL_USER_ADD,
        .name = mem_text("bob"),
        .team = mem_text("red"),
        .secret = mem_text("s"),
        .role = ROLE_READER,
        .again = true};

    administer(CONTROL_USER_DEL, "bob", ROLE_NONE);
    expect_answer(ERR_OK, "deleted");
    administer(CONTROL_USER_ADD, "bob", ROLE_READER);
    expect_answer(ERR_STATE, "add --again");
    answer.n = 0;
    control_start(stand_engine(stand), &again, on_answer, NULL);
    expect_answer(ERR_OK, "added user bob, reader of team red");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/control");
    TCase *tcase = tcase_create("control");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, a_change_is_read_as_it_was_printed, 0,
        sizeof lines / sizeof *lines);
    tcase_add_loop_test(
        tcase, what_is_no_change_is_refused, 0, sizeof wrongs / sizeof *wrongs);
    tcase_add_test(tcase, a_deleted_user_is_out_at_once);
    tcase_add_test(tcase, a_new_role_holds_from_the_next_request_on);
    tcase_add_test(tcase, a_new_password_ends_the_sessions);
    tcase_add_test(tcase, a_login_under_way_learns_of_the_change);
    tcase_add_test(tcase, changes_of_members_are_events);
    tcase_add_test(tcase, what_can_not_be_done_changes_nothing);
    tcase_add_test(tcase, a_name_is_given_again_to_the_same_person_alone);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
