/* SPDX-License-Identifier: Apache-2.0
 *
 * check_conn.c - connections as they come: cut, half closed, reset, silent,
 * slow, many, and not speaking TLS at all.
 */
#include "protocol/limit.h"
#include "tests/parts/serving.h"

#include "server/net/openssl.h"

#include <check.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CROWD 200

/* Requests whose answers are more than any buffer of the system holds. */
#define MOST_HELP ((size_t)20000)

static struct serving serving;

static void start(void)
{
    serving_init(&serving);
    ck_assert(serving_start(&serving, "127.0.0.1:0", 0));
}

/* That it ends by itself with status 0 says too that nothing leaked, under
 * the address sanitizer, and that no handle of the loop was left open. */
static void stop(void)
{
    ck_assert_int_eq(serving_stop(&serving, SIGTERM), 0);
    serving_fini(&serving);
}

static void expect(struct peer *peer, const char *start_of_line)
{
    const char *line = peer_line(peer);

    ck_assert_msg(
        line && strncmp(line, start_of_line, strlen(start_of_line)) == 0,
        "wanted: %s, got: %s", start_of_line, line ? line : "(nothing)");
}

static void expect_service(void)
{
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    peer_say(&peer, "ping\nquit\n");
    expect(&peer, "ok");
    expect(&peer, "ok");
    expect(&peer, "bye reason=quit");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
}

START_TEST(a_conversation_ends_with_close_notify_and_fin)
{
    expect_service();
}
END_TEST

START_TEST(one_byte_a_record_is_enough)
{
    static const char lines[] = "@a ping\r\n@b ping\nquit\n";
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    for (const char *at = lines; *at; at++)
        peer_send(&peer, at, 1);
    expect(&peer, "ok @a");
    expect(&peer, "ok @b");
    expect(&peer, "ok");
    expect(&peer, "bye reason=quit");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
}
END_TEST

/* _i: 0 close_notify alone, 1 FIN alone, 2 both. */
START_TEST(who_stops_sending_still_gets_answers)
{
    struct peer peer;

    peer_open(&peer, &serving);
    peer_say(&peer, "@a ping\n@b ping\n@c pi");
    if (_i != 1)
        ck_assert_int_eq(SSL_shutdown(peer.ssl), 0);
    if (_i != 0)
        ck_assert_int_eq(shutdown(peer.fd, SHUT_WR), 0);
    expect(&peer, "hello ");
    expect(&peer, "ok @a");
    expect(&peer, "ok @b");
    expect(&peer, "bye reason=eof");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
}
END_TEST

START_TEST(a_reset_hurts_nobody_else)
{
    struct peer peers[8];
    struct peer calm;

    peer_open(&calm, &serving);
    for (int i = 0; i < 8; i++) {
        if (i < 4)
            peer_open(&peers[i], &serving);
        else
            peer_join(&peers[i], &serving);
        peer_send(&peers[i], "\x16\x03\x01 half", 8);
    }
    for (int i = 0; i < 8; i++)
        peer_close(&peers[i], true);
    expect(&calm, "hello ");
    peer_say(&calm, "ping\n");
    expect(&calm, "ok");
    peer_close(&calm, true);
    expect_service();
}
END_TEST

static const char *const plain[] = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "login ann secret\n", "\n", "SSH-2.0-OpenSSH_9.2\r\n", "\x80\x2e\x01"};

START_TEST(who_speaks_no_tls_is_told_and_closed)
{
    struct peer peer;
    char byte = 0;

    peer_join(&peer, &serving);
    peer_say(&peer, plain[_i]);
    expect(&peer, "bye reason=tls # this port speaks TLS 1.3");
    /* What is sent after the end must not turn it into a reset. */
    ck_assert_int_eq(recv(peer.fd, &byte, 1, MSG_PEEK), 0);
    for (int i = 0; i < 50; i++)
        peer_say(&peer, "and more of it, and more of it, and more of it\n");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
    ck_assert(serving_logged(&serving, "what=no-tls address=127.0.0.1:"));
}
END_TEST

START_TEST(a_browser_is_closed_before_its_lines_are_read)
{
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    if (_i == 0)
        peer_say(&peer, "POST / HTTP/1.1\r\nHost: x\r\n\r\nping\nping\n");
    else
        for (const char *at = "POST / HTTP/1.1\r\nping\n"; *at; at++)
            if (SSL_write(peer.ssl, at, 1) != 1)
                break;
    expect(&peer, "bye reason=http");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
    ck_assert(serving_logged(&serving, "what=http address=127.0.0.1:"));
}
END_TEST

START_TEST(a_line_that_is_too_long_ends_with_a_reason)
{
    static char line[LIMIT_LINE_BEFORE + 100];
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    memset(line, 'x', sizeof line);
    peer_send(&peer, line, sizeof line);
    expect(&peer, "bye reason=");
    ck_assert(peer_is_closed(&peer));
    peer_close(&peer, false);
}
END_TEST

START_TEST(a_crowd_is_served_all_at_once)
{
    static struct peer peers[CROWD];

    for (int i = 0; i < CROWD; i++)
        peer_open(&peers[i], &serving);
    for (int i = 0; i < CROWD; i++)
        peer_say(&peers[i], "ping\n");
    for (int i = 0; i < CROWD; i++) {
        expect(&peers[i], "hello ");
        expect(&peers[i], "ok");
        peer_close(&peers[i], i % 2);
    }
    expect_service();
}
END_TEST

/* Sends requests until the server has taken none for so many moments, since its
 * answers are not read, or has cut the connection.  Returns how many were
 * sent. */
static size_t stuff(
    struct peer *peer, const char *request, size_t len, int moments)
{
    const struct timeval moment = {.tv_usec = 300000};
    const int small = 65536;
    size_t n = 0;

    ck_assert_int_eq(
        setsockopt(peer->fd, SOL_SOCKET, SO_SNDTIMEO, &moment, sizeof moment),
        0);
    ck_assert_int_eq(
        setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    ck_assert_int_eq(
        setsockopt(peer->fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small), 0);
    while (n < MOST_HELP && moments > 0) {
        ERR_clear_error();
        int done = SSL_write(peer->ssl, request, (int)len);

        if (done > 0)
            n++;
        else if (SSL_get_error(peer->ssl, done) == SSL_ERROR_WANT_WRITE)
            moments--;
        else
            break;
    }
    return n;
}

START_TEST(who_does_not_read_is_paused_and_loses_nothing)
{
    static char request[1000] = "help #";
    struct peer peer;
    size_t finals = 0;

    memset(request + 6, 'x', sizeof request - 7);
    request[sizeof request - 1] = '\n';
    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    size_t n = stuff(&peer, request, sizeof request, 1);
    ck_assert_uint_lt(n, MOST_HELP);
    expect_service();

    while (finals < n) {
        const char *line = peer_line(&peer);
        ck_assert_ptr_nonnull(line);
        finals += strncmp(line, "ok", 2) == 0;
    }
    peer_close(&peer, false);
}
END_TEST

/* A server of its own, whose limit LIMIT_STALL_SECONDS is one second.  It is
 * stuffed until it cuts: on a machine with other work it may take nothing for a
 * moment and yet not be full. */
START_TEST(a_reader_that_takes_nothing_is_cut)
{
    static char request[1000] = "help #";
    char file[sizeof serving.folder + 32];
    struct peer peer;

    memset(request + 6, 'x', sizeof request - 7);
    request[sizeof request - 1] = '\n';

    ck_assert_int_eq(serving_stop(&serving, SIGTERM), 0);
    (void)snprintf(file, sizeof file, "%s/diptychd.conf", serving.folder);
    FILE *to = fopen(file, "we");
    ck_assert_ptr_nonnull(to);
    ck_assert_int_ge(fputs("stall-seconds = 1\n", to), 0);
    ck_assert_int_eq(fclose(to), 0);
    ck_assert(serving_start(&serving, "127.0.0.1:0", 0));
    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    (void)stuff(&peer, request, sizeof request, 200);
    ck_assert(serving_logged(&serving, "what=stalled"));
    peer_close(&peer, true);
}
END_TEST

/* The session stops reading in the middle of what one read of the socket
 * brought: nothing but its own wish to go on can wake the rest. */
START_TEST(what_came_during_a_login_is_answered_after_it)
{
    enum { PINGS = LIMIT_INPUT / 1000 + 10 };
    static char ping[1000] = "ping #";
    const int on = 1;
    const int off = 0;
    struct peer peer;

    memset(ping + 6, 'x', sizeof ping - 7);
    ping[sizeof ping - 1] = '\n';
    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    ck_assert_int_eq(
        setsockopt(peer.fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on), 0);
    peer_say(&peer, "login nobody secret\n");
    for (int i = 0; i < PINGS; i++)
        peer_send(&peer, ping, sizeof ping);
    ck_assert_int_eq(
        setsockopt(peer.fd, IPPROTO_TCP, TCP_CORK, &off, sizeof off), 0);

    expect(&peer, "err auth");
    for (int i = 0; i < PINGS; i++)
        expect(&peer, "ok");
    peer_close(&peer, false);
}
END_TEST

START_TEST(a_key_update_in_the_middle_is_no_trouble)
{
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    for (int i = 0; i < 20; i++) {
        ck_assert(SSL_key_update(peer.ssl, SSL_KEY_UPDATE_REQUESTED));
        peer_say(&peer, "ping\n");
        expect(&peer, "ok");
    }
    peer_close(&peer, false);
}
END_TEST

START_TEST(many_empty_lines_are_no_trouble)
{
    static char lines[16384];
    struct peer peer;

    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    memset(lines, '\n', sizeof lines);
    for (int i = 0; i < 20; i++)
        peer_send(&peer, lines, sizeof lines);
    peer_say(&peer, "ping\n");
    expect(&peer, "ok");
    peer_close(&peer, false);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/conn");
    TCase *link = tcase_create("link");

    tcase_set_timeout(link, 60);
    tcase_add_checked_fixture(link, start, stop);
    tcase_add_test(link, a_conversation_ends_with_close_notify_and_fin);
    tcase_add_test(link, one_byte_a_record_is_enough);
    tcase_add_loop_test(link, who_stops_sending_still_gets_answers, 0, 3);
    tcase_add_test(link, a_reset_hurts_nobody_else);
    tcase_add_loop_test(link, who_speaks_no_tls_is_told_and_closed, 0,
        sizeof plain / sizeof *plain);
    tcase_add_loop_test(
        link, a_browser_is_closed_before_its_lines_are_read, 0, 2);
    tcase_add_test(link, a_line_that_is_too_long_ends_with_a_reason);
    tcase_add_test(link, a_crowd_is_served_all_at_once);
    tcase_add_test(link, who_does_not_read_is_paused_and_loses_nothing);
    tcase_add_test(link, what_came_during_a_login_is_answered_after_it);
    tcase_add_test(link, a_reader_that_takes_nothing_is_cut);
    tcase_add_test(link, a_key_update_in_the_middle_is_no_trouble);
    tcase_add_test(link, many_empty_lines_are_no_trouble);
    suite_add_tcase(suite, link);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
