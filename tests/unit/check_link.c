/* SPDX-License-Identifier: Apache-2.0
 *
 * check_link.c - the client's link against servers that behave, and against
 * some that do not.
 */
#include "client/link/talk.h"
#include "tests/unit/fake_server.h"

#define BIG 4000000

static enum err open_link(
    const char *trusted, struct talk *talk, struct text *why)
{
    const struct link_target target = {
        .server = server, .ca = trusted, .timeout_ms = 20000};

    return link_open(&target, &talk->link, why);
}

static void say_hello(SSL *ssl, int fd)
{
    put(ssl, HELLO);
    say_nothing(ssl, fd);
}

static void say_smtp(SSL *ssl, int fd)
{
    put(ssl, "220 mail.example ESMTP\n");
    say_nothing(ssl, fd);
}

static void say_proto_2(SSL *ssl, int fd)
{
    put(ssl, "hello proto=2 server=test\n");
    say_nothing(ssl, fd);
}

static void say_full(SSL *ssl, int fd)
{
    (void)fd;
    put(ssl, "bye reason=full\n");
}

static void say_plain(SSL *ssl, int fd)
{
    (void)ssl;
    (void)!write(fd, "HTTP/1.0 400 Bad Request\r\n\r\n", 28);
}

static void say_half(SSL *ssl, int fd)
{
    (void)fd;
    put(ssl, "hello proto=1 ser");
}

static const struct {
    const char *names; /* in the certificate */
    serve_fn *serve;
    bool trusts;
    bool alpn;
    int version;
    enum err err;
    const char *holds;
} faults[] = {
    {"IP:127.0.0.1", say_hello, false, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "--ca"},
    {"IP:127.0.0.2", say_hello, true, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "wrong name"},
    {"DNS:127.0.0.1", say_hello, true, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "wrong name"},
    {"IP:127.0.0.1", say_hello, true, false, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "not a diptych server"},
    {"IP:127.0.0.1", say_hello, true, true, TLS1_2_VERSION, ERR_UNAVAILABLE,
        "not a diptych server"},
    {"IP:127.0.0.1", say_smtp, true, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "did not say hello"},
    {"IP:127.0.0.1", say_plain, true, true, 0, ERR_UNAVAILABLE,
        "not a diptych server"},
    {"IP:127.0.0.1", say_half, true, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "lost"},
    {"IP:127.0.0.1", say_full, true, true, TLS1_3_VERSION, ERR_UNAVAILABLE,
        "full"},
    {"IP:127.0.0.1", say_proto_2, true, true, TLS1_3_VERSION, ERR_UNSUPPORTED,
        "version 2"},
};

START_TEST(a_server_that_is_not_ours_is_named_for_what_it_is)
{
    struct talk talk = {0};
    struct text why = {0};

    EVP_PKEY_free(key);
    X509_free(certificate);
    make_certificate(faults[_i].names);
    start_server(faults[_i].serve, faults[_i].alpn, faults[_i].version);
    enum err err = open_link(faults[_i].trusts ? ca : NULL, &talk, &why);
    stop_server();

    ck_assert_int_eq(err, faults[_i].err);
    ck_assert_msg(strstr(text_peek(&why), faults[_i].holds) != NULL, "%s",
        text_peek(&why));
    ck_assert_ptr_null(talk.link);
    text_fini(&why);
}
END_TEST

START_TEST(nobody_listening_is_a_refusal)
{
    struct talk talk = {0};
    struct text why = {0};

    start_server(say_nothing, true, 0);
    stop_server();
    enum err err = open_link(ca, &talk, &why);

    ck_assert_int_eq(err, ERR_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(why.bytes, "refused"));
    text_fini(&why);
}
END_TEST

/* Both before and after the handshake. */
static const int silent_versions[] = {0, TLS1_3_VERSION};

START_TEST(a_silent_server_is_not_waited_for_for_ever)
{
    struct talk talk = {0};
    struct text why = {0};

    start_server(say_nothing, true, silent_versions[_i]);
    const struct link_target target = {
        .server = server, .ca = ca, .timeout_ms = 200};
    enum err err = link_open(&target, &talk.link, &why);
    stop_server();

    ck_assert_int_eq(err, ERR_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(why.bytes, "timed out"));
    text_fini(&why);
}
END_TEST

static const char *const no_addresses[] = {
    "", ":1", "host:", "host:x", "host:0", "host:65536", "[::1", "[::1]x"};

START_TEST(what_is_no_address_is_said_so)
{
    struct text why = {0};
    struct link *link = NULL;
    const struct link_target target = {
        .server = no_addresses[_i], .timeout_ms = 200};

    ck_assert_int_eq(link_open(&target, &link, &why), ERR_ARG);
    ck_assert_uint_gt(why.len, 0);
    text_fini(&why);
}
END_TEST

static void answer_three(SSL *ssl, int fd)
{
    int seen = 0;

    put(ssl, HELLO "# a notice\n");
    await_lines(ssl, &seen, 3);
    put(ssl, "  bid B-1 price=5\n  text field=reason lines=1 bytes=2\n");
    put(ssl, "  | so\nok n=1 at=7\n* 8 2026-11-21T21:14:03.120Z tick\n");
    put(ssl, "err none got=B-9 # no such thing\nok @c\n");
    say_nothing(ssl, fd);
}

struct heard {
    struct text finals; /* a letter for each answer */
    int asides;
    struct rows rows;
};

static void on_data(void *ctx, const char *line)
{
    struct heard *heard = ctx;

    rows_add(&heard->rows, line);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct heard *heard = ctx;

    (void)line;
    text_putc(&heard->finals, final == NULL ? '-' : final->code ? 'e' : 'o');
}

static void on_aside(void *ctx, const struct answer *answer, const char *line)
{
    struct heard *heard = ctx;

    (void)line;
    heard->asides +=
        answer->class == ANSWER_EVENT || answer->class == ANSWER_NOTICE;
}

START_TEST(answers_belong_to_requests_in_order)
{
    struct heard heard = {0};
    const struct talk_hooks hooks = {on_data, on_final, &heard, NULL};
    struct talk talk = {.aside = on_aside, .aside_ctx = &heard};
    struct text why = {0};

    start_server(answer_three, true, TLS1_3_VERSION);
    ck_assert_msg(open_link(ca, &talk, &why) == ERR_OK, "%s", text_peek(&why));
    talk_send(&talk, "show B-1\n", 9, &hooks);
    talk_send(&talk, "show B-9\n", 9, &hooks);
    talk_send(&talk, "@c ping\n", 8, &hooks);
    ck_assert_int_eq(talk_drain(&talk, 20000), ERR_OK);

    ck_assert_str_eq(text_peek(&heard.finals), "oeo");
    text_fini(&heard.finals);
    ck_assert_int_eq(heard.asides, 2);
    ck_assert_uint_eq(heard.rows.n, 1);
    ck_assert_str_eq(row_get(&heard.rows.list[0], "reason"), "so");
    rows_fini(&heard.rows);
    talk_fini(&talk);
    stop_server();
}
END_TEST

static void fill(struct text *line)
{
    while (line->len < BIG)
        text_puts(line, "more than any buffer holds ");
}

/* Answers each request with more than any buffer holds, and reads the next
 * only when that is gone. */
static void answer_big(SSL *ssl, int fd)
{
    struct text line = {0};
    int seen = 0;

    text_puts(&line, "  | ");
    fill(&line);
    text_puts(&line, "\nok\n");
    put(ssl, HELLO);
    for (int i = 0; i < 2; i++) {
        await_lines(ssl, &seen, i + 1);
        put(ssl, line.bytes);
    }
    text_fini(&line);
    say_nothing(ssl, fd);
}

START_TEST(big_requests_and_big_answers_do_not_block_each_other)
{
    struct heard heard = {0};
    const struct talk_hooks hooks = {NULL, on_final, &heard, NULL};
    struct text request = {0};
    struct talk talk = {0};
    struct text why = {0};

    fill(&request);
    text_putc(&request, '\n');
    start_server(answer_big, true, TLS1_3_VERSION);
    ck_assert_int_eq(open_link(ca, &talk, &why), ERR_OK);
    talk_send(&talk, request.bytes, request.len, &hooks);
    talk_send(&talk, request.bytes, request.len, &hooks);

    ck_assert_int_eq(talk_drain(&talk, 20000), ERR_OK);
    ck_assert_str_eq(text_peek(&heard.finals), "oo");
    text_fini(&heard.finals);
    talk_fini(&talk);
    stop_server();
    text_fini(&request);
}
END_TEST

static void answer_one_and_leave(SSL *ssl, int fd)
{
    int seen = 0;

    (void)fd;
    put(ssl, HELLO);
    await_lines(ssl, &seen, 2);
    put(ssl, "ok\n");
    (void)SSL_shutdown(ssl);
}

static const struct {
    const char *second;
    bool lost_changes;
} losses[] = {
    {"list bid\n", false},
    {"set B-1 price=5\n", true},
    {"@a  commit\n", true},
};

START_TEST(a_change_without_an_answer_is_remembered)
{
    struct heard heard = {0};
    const struct talk_hooks hooks = {NULL, on_final, &heard, NULL};
    struct talk talk = {0};
    struct text why = {0};

    start_server(answer_one_and_leave, true, TLS1_3_VERSION);
    ck_assert_int_eq(open_link(ca, &talk, &why), ERR_OK);
    talk_send(&talk, "set B-1 price=4\n", 16, &hooks);
    talk_send(&talk, losses[_i].second, strlen(losses[_i].second), &hooks);

    ck_assert_int_eq(talk_drain(&talk, 20000), ERR_UNAVAILABLE);
    ck_assert_str_eq(text_peek(&heard.finals), "o-");
    text_fini(&heard.finals);
    ck_assert_uint_eq(talk.lost, 1);
    ck_assert_int_eq(talk.lost_changes, losses[_i].lost_changes);
    talk_fini(&talk);
    stop_server();
}
END_TEST

START_TEST(a_server_that_does_not_answer_is_given_up)
{
    struct heard heard = {0};
    const struct talk_hooks hooks = {NULL, on_final, &heard, NULL};
    struct talk talk = {0};
    struct text why = {0};

    start_server(say_hello, true, TLS1_3_VERSION);
    ck_assert_int_eq(open_link(ca, &talk, &why), ERR_OK);
    talk_send(&talk, "ping\n", 5, &hooks);

    ck_assert_int_eq(talk_drain(&talk, 100), ERR_BUSY);
    ck_assert_str_eq(text_peek(&heard.finals), "-");
    text_fini(&heard.finals);
    talk_fini(&talk);
    stop_server();
}
END_TEST

static void say_nonsense(SSL *ssl, int fd)
{
    int seen = 0;

    put(ssl, HELLO);
    await_lines(ssl, &seen, 1);
    put(ssl, "ok\nok\nwhat is this\n");
    say_nothing(ssl, fd);
}

START_TEST(an_answer_to_nothing_is_strange)
{
    struct talk talk = {0};
    struct reply_got got = {0};
    struct text why = {0};
    struct link_wait wait = {.fd = -1, .timeout_ms = 20000};

    start_server(say_nonsense, true, TLS1_3_VERSION);
    ck_assert_int_eq(open_link(ca, &talk, &why), ERR_OK);
    ck_assert_int_eq(talk_ask(&talk, "ping", 20000, &got), ERR_OK);
    while (!talk.strange)
        ck_assert_int_eq(talk_turn(&talk, &wait), ERR_OK);

    ck_assert(talk.strange);
    reply_got_fini(&got);
    talk_fini(&talk);
    stop_server();
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("link");
    TCase *tests = tcase_create("link");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests,
        a_server_that_is_not_ours_is_named_for_what_it_is, 0, COUNT(faults));
    tcase_add_test(tests, nobody_listening_is_a_refusal);
    tcase_add_loop_test(tests, a_silent_server_is_not_waited_for_for_ever, 0,
        COUNT(silent_versions));
    tcase_add_loop_test(
        tests, what_is_no_address_is_said_so, 0, COUNT(no_addresses));
    tcase_add_test(tests, answers_belong_to_requests_in_order);
    tcase_add_test(tests, big_requests_and_big_answers_do_not_block_each_other);
    tcase_add_loop_test(
        tests, a_change_without_an_answer_is_remembered, 0, COUNT(losses));
    tcase_add_test(tests, a_server_that_does_not_answer_is_given_up);
    tcase_add_test(tests, an_answer_to_nothing_is_strange);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
