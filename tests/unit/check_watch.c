/* SPDX-License-Identifier: Apache-2.0
 *
 * check_watch.c - what is promised of events: they are ordered, unique,
 * reliable and atomic, and a watch can be resumed from any of them and from
 * any tick.
 */
#include "protocol/limit.h"
#include "tests/unit/made_up.h"

struct ear {
    struct session *session;
    uint64_t last; /* seq of the last event or tick */
    uint64_t heard[4000];
    uint64_t tx[4000]; /* 0: none was said */
    size_t n;
    size_t ticks;
};

static void set_up(void)
{
    random_state = 5;
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    ck_assert(say_ok("add tender code=NB"));
    ck_assert(say_ok("use tender=NB"));
    ck_assert(say_ok("add need sort=job"));
    ck_assert(say_ok("add need sort=job"));
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

static void change_at_random(void)
{
    switch (draw(4)) {
    case 0:
        ck_assert(say_ok("add need sort=job"));
        break;
    case 1: {
        char *got = say("begin\nset N-1 name=a\nset N-1 name=b\n"
                        "set T-1 title=x\ncommit");

        ck_assert_ptr_nonnull(strstr(got, "ok steps=3"));
        free(got);
        break;
    }
    case 2:
        ck_assert(say_ok("set N-2 name=c"));
        ck_assert(say_ok("set N-2 name=d"));
        break;
    default:
        ck_assert(say_ok("set T-1 title=y"));
        ck_assert(say_ok("set T-1 title=z"));
    }
}

/* Lines that have come in; only whole events and ticks, in order. */
static void listen_to(struct ear *ear)
{
    struct text got = {0};
    char *line;

    stand_settle(stand);
    stand_take(ear->session, &got);
    char *rest = got.bytes;
    while (rest && (line = strsep(&rest, "\n")) && *line) {
        uint64_t seq;
        const char *tx = strstr(line, " tx=");

        if (strncmp(line, "ok", 2) == 0)
            continue;
        ck_assert_msg(strncmp(line, "* ", 2) == 0, "%s", line);
        seq = strtoull(line + 2, NULL, 10);
        if (strstr(line, "Z tick")) {
            ck_assert_uint_ge(seq, ear->last);
            ear->ticks++;
        } else {
            ck_assert_uint_gt(seq, ear->last);
            ck_assert_uint_lt(ear->n, 4000);
            ear->heard[ear->n] = seq;
            ear->tx[ear->n++] = tx ? strtoull(tx + 4, NULL, 10) : 0;
        }
        ear->last = seq;
    }
    text_fini(&got);
}

/* From the last number that was heard, with watches that overlap. */
static void resume(struct ear *ear)
{
    struct text line = {0};

    ear->session = stand_enter(stand, "bob");
    text_printf(&line, "watch T-1 since=%llu\nwatch need\nwatch N-1\n",
        (unsigned long long)ear->last);
    session_feed(ear->session, line.bytes, line.len);
    text_fini(&line);
}

static void check_heard(const struct ear *ear, uint64_t from, uint64_t head)
{
    ck_assert_uint_eq(ear->n, head - from);
    for (size_t i = 0; i < ear->n; i++) {
        ck_assert_uint_eq(ear->heard[i], from + 1 + i);
        if (ear->tx[i])
            for (uint64_t seq = ear->heard[i]; seq < ear->tx[i]; seq++)
                ck_assert_uint_eq(
                    ear->tx[i + (size_t)(seq - ear->heard[i])], ear->tx[i]);
    }
}

static uint64_t head_of_team(void)
{
    char *got = say("list party limit=1");
    uint64_t head = strtoull(strstr(got, " at=") + 4, NULL, 10);

    free(got);
    return head;
}

START_TEST(every_event_comes_once_in_order_through_any_breaks)
{
    struct ear ear = {.last = head_of_team()};
    uint64_t from = ear.last;

    resume(&ear);
    for (int i = 0; i < 300; i++) {
        change_at_random();
        if (draw(3) == 0)
            listen_to(&ear);
        if (draw(10) == 0)
            stand_clock(stand, (LIMIT_TICK_SECONDS + 1) * INT64_C(1000));
        if (draw(8) == 0) {
            /* What was sent and not read is lost with the link. */
            session_free(&ear.session);
            resume(&ear);
        }
    }
    listen_to(&ear);
    check_heard(&ear, from, head_of_team());
    ck_assert_uint_gt(ear.ticks, 5);
    session_free(&ear.session);
}
END_TEST

START_TEST(a_watcher_that_takes_nothing_loses_nothing)
{
    struct ear ear = {.last = head_of_team()};
    uint64_t from = ear.last;

    resume(&ear);
    listen_to(&ear);
    for (int i = 0; i < 1200; i++) {
        struct text line = {0};

        text_printf(&line, "set N-1 evidence=\"%0600d\"", i);
        ck_assert(say_ok(line.bytes));
        text_fini(&line);
    }
    for (int i = 0; i < 50 && ear.last < head_of_team(); i++)
        listen_to(&ear);
    check_heard(&ear, from, head_of_team());
    session_free(&ear.session);
}
END_TEST

START_TEST(what_is_off_is_held_back_and_follows)
{
    struct ear ear = {.last = head_of_team()};
    uint64_t from = ear.last;

    resume(&ear);
    listen_to(&ear);
    session_feed(ear.session, "use events=off\n", 15);
    for (int i = 0; i < 50; i++)
        change_at_random();
    stand_clock(stand, (LIMIT_TICK_SECONDS + 1) * INT64_C(1000));
    listen_to(&ear);
    ck_assert_uint_eq(ear.n, 0);
    session_feed(ear.session, "use events=short\n", 17);
    listen_to(&ear);
    check_heard(&ear, from, head_of_team());
    session_free(&ear.session);
}
END_TEST

START_TEST(who_is_idle_is_sent_away_but_not_who_watches)
{
    struct session *idle, *watching;
    struct text got = {0};

    idle = stand_enter(stand, "bob");
    watching = stand_enter(stand, "cid");
    session_feed(watching, "watch *\n", 8);
    stand_settle(stand);
    stand_clock(stand, (LIMIT_IDLE_SECONDS + 1) * INT64_C(1000));
    stand_take(idle, &got);
    ck_assert_str_eq(got.bytes, "bye reason=idle\n");
    ck_assert(session_is_over(idle));
    ck_assert(!session_is_over(watching));
    text_fini(&got);
    session_free(&idle);
    session_free(&watching);
    free(say("ping"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/watch");
    TCase *tcase = tcase_create("watch");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_event_comes_once_in_order_through_any_breaks);
    tcase_add_test(tcase, a_watcher_that_takes_nothing_loses_nothing);
    tcase_add_test(tcase, what_is_off_is_held_back_and_follows);
    tcase_add_test(tcase, who_is_idle_is_sent_away_but_not_who_watches);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
