/* SPDX-License-Identifier: Apache-2.0
 *
 * check_session.c - whole conversations without sockets: however the bytes
 * are cut the answers are the same, and no bytes do harm.
 */
#include "db/admin.h"
#include "protocol/answer.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
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

/* Tells the first line that differs: Check takes no long message. */
static void expect(
    struct session *s, const char *script, const char *want, int at)
{
    char *got = stand_say(stand, s, script);
    size_t same = 0;

    while (got[same] && got[same] == want[same])
        same++;
    while (same > 0 && got[same - 1] != '\n')
        same--;
    ck_assert_msg(strcmp(got, want) == 0, "line %d: got %.200s, wanted %.200s",
        at, got + same, want + same);
    free(got);
}

#define SAYS(session, script, want) expect(session, script, want, __LINE__)

/* It reads, refuses and settles, but changes nothing, so that it can be
 * played many times. */
static const char quiet[] =
    "@1 ping\r\n\n# silence\nhelp ping\nshwo\nuse lang=fr\nuse lang=en\n"
    "show T-1\nlist party sort=person\nlist bid colour=red\n"
    "set T-9 title=<<END\na\nb\nEND\nbegin\nadd need name=x sort=job\n"
    "add need sort=wish\ncommit\nunwatch 7\non-error stop\nshow T-1\nping\n"
    "on-error go\nwatch *\nunwatch 1\n";

START_TEST(any_split_of_the_bytes_gives_the_same_answers)
{
    struct session *whole = stand_enter(stand, "ann");
    char *want = stand_say(stand, whole, quiet);
    size_t len = strlen(quiet);

    for (size_t at = 0; at <= len; at += 3) {
        struct session *s = stand_enter(stand, "ann");
        struct text got = {0};

        session_feed(s, quiet, at);
        if (at % 2)
            stand_settle(stand);
        session_feed(s, quiet + at, len - at);
        stand_settle(stand);
        stand_take(s, &got);
        ck_assert_str_eq(got.bytes, want);
        text_fini(&got);
        session_free(&s);
    }
    session_free(&whole);
    free(want);
}
END_TEST

START_TEST(one_byte_at_a_time_gives_the_same_answers)
{
    struct session *whole = stand_enter(stand, "ann");
    struct session *s = stand_enter(stand, "ann");
    char *want = stand_say(stand, whole, quiet);
    struct text got = {0};

    for (const char *p = quiet; *p; p++)
        session_feed(s, p, 1);
    stand_settle(stand);
    stand_take(s, &got);
    ck_assert_str_eq(got.bytes, want);
    text_fini(&got);
    free(want);
    session_free(&s);
    session_free(&whole);
}
END_TEST

START_TEST(a_change_is_answered_and_then_heard_of)
{
    struct session *ann = stand_enter(stand, "ann");
    struct session *bob = stand_enter(stand, "bob");

    SAYS(bob, "watch party\n", "ok watch=1 at=4\n");
    SAYS(ann, "add party code=WE sort=organisation name=\"We all\"\n",
        "ok id=P-1 rev=5\n");
    SAYS(bob, "ping\n",
        "* 5 2026-11-21T21:14:03.000Z party.add P-1 author=ann code=WE "
        "name=\"We all\" sort=organisation\nok\n");
    SAYS(bob, "set P-1 name=Us if=seen\n",
        "ok id=P-1 rev=6\n* 6 2026-11-21T21:14:03.000Z party.set P-1 "
        "author=bob sess=own name=Us was.name=\"We all\"\n");
    SAYS(ann, "set P-1 name=They if=5\n",
        "  party P-1 rev=6 code=WE name=Us sort=organisation author=bob "
        "time=2026-11-21T21:14:03.000Z\n"
        "err conflict id=P-1 if=5 rev=6 author=bob changed=name # Somebody "
        "else changed it since.\n");
    SAYS(ann, "set WE country=FRA if=5\n", "ok id=P-1 rev=7\n");
    session_free(&ann);
    session_free(&bob);
}
END_TEST

START_TEST(pipelined_changes_are_answered_in_order)
{
    struct session *s = stand_enter(stand, "ann");
    struct text script = {0};
    struct text want = {0};

    for (int i = 1; i <= 600; i++) {
        text_printf(
            &script, "@%d add party sort=person name=\"No %d\"\n", i, i);
        text_printf(&want, "ok @%d id=P-%d rev=%d\n", i, i, i + 4);
    }
    SAYS(s, script.bytes, want.bytes);
    text_fini(&script);
    text_fini(&want);
    session_free(&s);
}
END_TEST

START_TEST(a_watch_catches_up_from_any_seq_without_hole_or_double)
{
    struct session *ann = stand_enter(stand, "ann");
    struct session *bob = stand_enter(stand, "bob");
    struct text script = {0};
    uint64_t seq = 10;

    for (int i = 0; i < 1500; i++)
        text_printf(&script, "add party sort=person\n");
    free(stand_say(stand, ann, script.bytes));
    char *got = stand_say(stand, bob, "watch * since=10\n");
    for (char *line = strtok(got, "\n"); line; line = strtok(NULL, "\n")) {
        if (line[0] != '*')
            continue;
        ck_assert_uint_eq(strtoull(line + 2, NULL, 10), ++seq);
    }
    ck_assert_uint_eq(seq, 1504);
    free(got);
    text_fini(&script);
    session_free(&ann);
    session_free(&bob);
}
END_TEST

START_TEST(a_team_hears_and_sees_nothing_of_another)
{
    struct session *ann = stand_enter(stand, "ann");
    struct session *eve = stand_enter(stand, "eve");

    SAYS(eve, "watch *\n", "ok watch=1 at=1\n");
    free(stand_say(stand, ann, "add party code=WE sort=organisation\n"));
    SAYS(eve, "show P-1\n",
        "err none field=id got=P-1 # There is no such object.\n");
    SAYS(eve, "list party\n", "ok n=0 at=1\n");
    SAYS(eve, "add party sort=person\n",
        "ok id=P-1 rev=2\n* 2 2026-11-21T21:14:03.000Z party.add P-1 "
        "author=eve sess=own sort=person\n");
    session_free(&ann);
    session_free(&eve);
}
END_TEST

START_TEST(what_was_received_is_answered_after_the_end_of_the_input)
{
    struct session *s = stand_enter(stand, "ann");
    struct text got = {0};

    session_feed(s, "ping\nlist party\nset T-1 title=ha", 31);
    session_eof(s);
    stand_settle(stand);
    stand_take(s, &got);
    ck_assert_str_eq(got.bytes, "ok\nok n=0 at=4\nbye reason=eof\n");
    ck_assert(session_is_over(s));
    text_fini(&got);
    session_free(&s);
}
END_TEST

START_TEST(a_line_too_long_ends_the_session_and_no_other)
{
    struct session *s = stand_enter(stand, "ann");
    struct session *other = stand_enter(stand, "bob");
    struct text line = {0};

    for (int i = 0; i < LIMIT_LINE; i++)
        text_putc(&line, 'x');
    text_putc(&line, '\n');
    char *got = stand_say(stand, s, line.bytes);
    ck_assert_int_eq(strncmp(got, "err verb", 8), 0);
    free(got);
    text_puts(&line, "");
    session_feed(s, "x", 1);
    got = stand_say(stand, s, line.bytes);
    ck_assert_str_eq(got, "bye reason=line-too-long\n");
    ck_assert(session_is_over(s));
    free(got);
    SAYS(other, "ping\n", "ok\n");
    text_fini(&line);
    session_free(&s);
    session_free(&other);
}
END_TEST

START_TEST(more_requests_than_a_second_may_have_wait_and_none_is_lost)
{
    struct session *s = stand_enter(stand, "bob");
    char *got;

    ck_assert_int_eq(limit_set(LIMIT_ROW_REQUESTS, 3), ERR_OK);
    stand_clock(stand, 1000);
    got = stand_say(stand, s, "@1 ping\n@2 ping\n@3 ping\n@4 ping\n@5 ping\n");
    ck_assert_str_eq(got, "ok @1\nok @2\nok @3\n");
    free(got);
    /* Who sends no more is still answered, and not told goodbye before. */
    session_eof(s);
    stand_clock(stand, 400);
    engine_tick(stand_engine(stand));
    got = stand_say(stand, s, "");
    ck_assert_str_eq(got, "ok @4\n");
    free(got);
    stand_clock(stand, 1000);
    engine_tick(stand_engine(stand));
    got = stand_say(stand, s, "");
    ck_assert_str_eq(got, "ok @5\nbye reason=eof\n");
    free(got);
    session_free(&s);
}
END_TEST

/* While a request is worked on. */
START_TEST(so_much_is_read_ahead_and_not_one_byte_more)
{
    struct session *s = stand_enter(stand, "ann");
    char ahead[LIMIT_INPUT];

    memset(ahead, '#', sizeof ahead);
    session_feed(s, "list party\n", 11);
    session_feed(s, ahead, sizeof ahead);
    ck_assert(session_wants_input(s));
    session_feed(s, "#", 1);
    ck_assert(!session_wants_input(s));
    session_free(&s);
}
END_TEST

/* Answers of so many bytes wait: n times "ok", and a tag. */
static void fill_output(struct session *s, size_t bytes)
{
    int tag = 1 + (int)(bytes % 3); /* its answer is five bytes and the tag */
    struct text requests = {0};
    size_t len;

    for (size_t n = (bytes - 5 - (size_t)tag) / 3; n > 0; n--)
        text_puts(&requests, "ping\n");
    text_printf(&requests, "@%.*s ping\n", tag, "xxx");
    session_feed(s, requests.bytes, requests.len);
    (void)session_output(s, &len);
    ck_assert_uint_eq(len, bytes);
    text_fini(&requests);
}

START_TEST(what_waits_to_be_sent_stops_the_reading_and_lets_it_go_on)
{
    const size_t high = 4096, low = 1024;
    struct session *s = stand_enter(stand, "ann");
    struct text got = {0};
    size_t len;

    ck_assert_int_eq(limit_set(LIMIT_ROW_OUTPUT_HIGH, high), ERR_OK);
    ck_assert_int_eq(limit_set(LIMIT_ROW_OUTPUT_LOW, low), ERR_OK);
    stand_clock(stand, 1000);
    fill_output(s, high);
    ck_assert(session_wants_input(s));
    stand_take(s, &got);
    fill_output(s, high + 1);
    ck_assert(!session_wants_input(s));
    session_feed(s, "@last ping\n", 11);
    session_sent(s, high + 1 - (low + 1));
    ck_assert(!session_wants_input(s));
    session_sent(s, 1);
    ck_assert(session_wants_input(s));
    (void)session_output(s, &len);
    ck_assert_uint_eq(len, low + strlen("ok @last\n"));
    text_fini(&got);
    session_free(&s);
}
END_TEST

START_TEST(what_is_denied_is_written_down)
{
    struct session *dan = stand_enter(stand, "dan");
    struct session *bob = stand_enter(stand, "bob");
    struct text report = {0};

    SAYS(dan, "add party sort=person\nping\n",
        "err denied got=reader allowed=editor # Your role does not allow "
        "that.\nok\n");
    SAYS(bob, "add tender code=T state=won\n",
        "err denied field=state got=editor allowed=owner # Your role does not "
        "allow that.\n");
    ck_assert_int_eq(admin_check(stand_folder(stand), &report), ERR_OK);
    ck_assert_ptr_nonnull(strstr(report.bytes, "audit seq=2"));
    text_fini(&report);
    session_free(&dan);
    session_free(&bob);
}
END_TEST

START_TEST(before_login_there_is_little)
{
    struct session *s;

    stand_session(stand, &s);
    char *hello = stand_say(stand, s, "");
    ck_assert_int_eq(strncmp(hello, "hello proto=1 ", 14), 0);
    free(hello);
    SAYS(s, "show T-1\n", "err auth # log in first: login USER PASSWORD\n");
    SAYS(s, "auth token dpt_no\n",
        "err auth # The name, the password or the token is not right.\n");
    SAYS(s, "use tender=NB\n",
        "err auth field=tender # The name, the password or the token is not "
        "right.\n");
    session_free(&s);
}
END_TEST

START_TEST(whoever_does_not_log_in_is_sent_away_in_time)
{
    struct session *s;
    struct text got = {0};

    stand_session(stand, &s);
    stand_take(s, &got);
    got.len = 0;
    stand_clock(stand, LIMIT_LOGIN_SECONDS * INT64_C(1000));
    stand_take(s, &got);
    ck_assert_str_eq(text_peek(&got), "");
    stand_clock(stand, 1);
    stand_take(s, &got);
    ck_assert_str_eq(got.bytes, "bye reason=login-timeout\n");
    text_fini(&got);
    session_free(&s);
}
END_TEST

START_TEST(a_server_that_stops_waits_so_long_and_no_longer)
{
    const int64_t most = LIMIT_DRAIN_SECONDS * INT64_C(1000);
    struct engine *engine = stand_engine(stand);
    struct session *s = stand_enter(stand, "ann");

    ck_assert(!engine_may_cut(engine, true, most));
    ck_assert(engine_may_cut(engine, true, most + 1));
    session_free(&s);
    ck_assert(!engine_may_cut(engine, false, most));
    ck_assert(engine_may_cut(engine, true, 0));
}
END_TEST

START_TEST(a_watcher_is_given_a_tick)
{
    struct session *s = stand_enter(stand, "ann");
    struct text got = {0};

    SAYS(s, "watch *\n", "ok watch=1 at=4\n");
    stand_clock(stand, LIMIT_TICK_SECONDS * INT64_C(1000) - 1);
    stand_take(s, &got);
    ck_assert_str_eq(text_peek(&got), "");
    stand_clock(stand, 1);
    stand_take(s, &got);
    ck_assert_str_eq(got.bytes, "* 4 2026-11-21T21:14:33.000Z tick\n");
    text_fini(&got);
    session_free(&s);
}
END_TEST

START_TEST(who_asks_nothing_for_long_is_sent_away_unless_he_watches)
{
    struct session *bob = stand_enter(stand, "bob");
    struct session *ann = stand_enter(stand, "ann");
    struct text got = {0};

    SAYS(ann, "watch *\n", "ok watch=1 at=4\n");
    stand_clock(stand, LIMIT_IDLE_SECONDS * INT64_C(1000));
    stand_take(bob, &got);
    ck_assert_str_eq(text_peek(&got), "");
    stand_clock(stand, 1);
    stand_take(bob, &got);
    ck_assert_str_eq(text_peek(&got), "bye reason=idle\n");
    ck_assert(!session_is_over(ann));
    text_fini(&got);
    session_free(&bob);
    session_free(&ann);
}
END_TEST

START_TEST(random_bytes_give_errors_or_bye_and_nothing_else)
{
    static const char letters[] = "addsetbidshow =\"\\<>~!#@$.-\n\n\r\t|1TP-{}"
                                  "\xc3\xa9\xff\x01,partysortperson";
    unsigned state = 1 + (unsigned)_i;
    struct session *s = stand_enter(stand, "ann");
    struct text bytes = {0};

    for (int i = 0; i < 4000; i++) {
        state = state * 1103515245 + 12345;
        text_putc(&bytes, letters[(state >> 16) % (sizeof letters - 1)]);
    }
    session_feed(s, bytes.bytes, bytes.len);
    stand_settle(stand);
    bytes.len = 0;
    stand_take(s, &bytes);
    text_putc(&bytes, '\0');
    for (char *line = strtok(bytes.bytes, "\n"); line;
         line = strtok(NULL, "\n")) {
        struct answer a;

        ck_assert_int_eq(answer_read(line, strlen(line), &a), ERR_OK);
        if (a.class == ANSWER_ERR)
            ck_assert_str_ne(a.code, "internal");
        answer_free(&a);
    }
    text_fini(&bytes);
    session_free(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/session");
    TCase *cases = tcase_create("sessions");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, so_much_is_read_ahead_and_not_one_byte_more);
    tcase_add_test(
        cases, what_waits_to_be_sent_stops_the_reading_and_lets_it_go_on);
    tcase_add_test(cases, any_split_of_the_bytes_gives_the_same_answers);
    tcase_add_test(cases, one_byte_at_a_time_gives_the_same_answers);
    tcase_add_test(cases, a_change_is_answered_and_then_heard_of);
    tcase_add_test(cases, pipelined_changes_are_answered_in_order);
    tcase_add_test(
        cases, a_watch_catches_up_from_any_seq_without_hole_or_double);
    tcase_add_test(cases, a_team_hears_and_sees_nothing_of_another);
    tcase_add_test(
        cases, what_was_received_is_answered_after_the_end_of_the_input);
    tcase_add_test(cases, a_line_too_long_ends_the_session_and_no_other);
    tcase_add_test(cases, what_is_denied_is_written_down);
    tcase_add_test(
        cases, more_requests_than_a_second_may_have_wait_and_none_is_lost);
    tcase_add_test(cases, before_login_there_is_little);
    tcase_add_test(cases, whoever_does_not_log_in_is_sent_away_in_time);
    tcase_add_test(cases, a_server_that_stops_waits_so_long_and_no_longer);
    tcase_add_test(cases, a_watcher_is_given_a_tick);
    tcase_add_test(
        cases, who_asks_nothing_for_long_is_sent_away_unless_he_watches);
    tcase_add_loop_test(
        cases, random_bytes_give_errors_or_bye_and_nothing_else, 0, 20);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
