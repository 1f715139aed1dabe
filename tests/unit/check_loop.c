/* SPDX-License-Identifier: Apache-2.0
 *
 * check_loop.c - the server as a whole: signals, certificates, addresses, and
 * too few files.
 */
#include "tests/parts/serving.h"

#include "protocol/base_text.h"
#include "server/net/openssl.h"

#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct serving serving;

static void init(void)
{
    serving_init(&serving);
}

static void fini(void)
{
    serving_fini(&serving);
}

static void start(void)
{
    ck_assert(serving_start(&serving, "127.0.0.1:0", 0));
}

static void stop(void)
{
    ck_assert_int_eq(serving_stop(&serving, SIGTERM), 0);
}

static void expect(struct peer *peer, const char *start_of_line)
{
    const char *line = peer_line(peer);

    ck_assert_msg(
        line && strncmp(line, start_of_line, strlen(start_of_line)) == 0,
        "wanted: %s, got: %s", start_of_line, line ? line : "(nothing)");
}

static const int signals[] = {SIGTERM, SIGINT};

START_TEST(a_signal_ends_every_session_with_a_reason)
{
    struct peer peers[3];

    start();
    for (int i = 0; i < 3; i++)
        peer_open(&peers[i], &serving);
    for (int i = 0; i < 3; i++)
        expect(&peers[i], "hello ");
    ck_assert_int_eq(kill(serving.pid, signals[_i]), 0);
    for (int i = 0; i < 3; i++) {
        expect(&peers[i], "bye reason=shutdown");
        ck_assert(peer_is_closed(&peers[i]));
        peer_close(&peers[i], false);
    }
    ck_assert_int_eq(serving_stop(&serving, 0), 0);
}
END_TEST

/* Peers that never close and one that never speaks hold it up for no longer
 * than they may linger. */
START_TEST(a_second_signal_ends_it_at_once)
{
    struct peer peers[2];
    struct pollfd end = {.events = POLLIN};

    start();
    peer_open(&peers[0], &serving);
    peer_join(&peers[1], &serving);
    expect(&peers[0], "hello ");
    ck_assert_int_eq(kill(serving.pid, SIGTERM), 0);
    expect(&peers[0], "bye reason=shutdown");
    ck_assert_int_eq(serving_stop(&serving, SIGTERM), 0);

    end.fd = peers[1].fd;
    ck_assert_int_eq(poll(&end, 1, 0), 1);
    peer_close(&peers[0], false);
    peer_close(&peers[1], false);
}
END_TEST

static struct text fingerprint(struct peer *peer)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    X509 *cert = SSL_get1_peer_certificate(peer->ssl);
    struct text print = {0};
    unsigned len = 0;

    ck_assert(X509_digest(cert, EVP_sha256(), digest, &len));
    for (unsigned i = 0; i < len; i++)
        text_printf(&print, "%02x", digest[i]);
    X509_free(cert);
    return print;
}

static void remove_file(const char *name)
{
    char file[128];

    (void)snprintf(file, sizeof file, "%s/%s", serving.folder, name);
    ck_assert_int_eq(unlink(file), 0);
}

START_TEST(a_new_certificate_is_taken_while_sessions_live)
{
    struct peer old, young;

    start();
    peer_open(&old, &serving);
    expect(&old, "hello ");
    struct text was = fingerprint(&old);
    ck_assert(serving_logged(&serving, text_peek(&was)));
    remove_file("server.pem");
    remove_file("server.key");
    ck_assert_int_eq(kill(serving.pid, SIGHUP), 0);
    while (access(serving.folder, F_OK) == 0) {
        peer_open(&young, &serving);
        struct text is = fingerprint(&young);
        bool same = strcmp(text_peek(&is), text_peek(&was)) == 0;
        text_fini(&is);
        if (!same)
            break;
        peer_close(&young, false);
    }

    peer_say(&old, "ping\n");
    expect(&old, "ok");
    expect(&young, "hello ");
    peer_close(&old, false);
    peer_close(&young, false);
    text_fini(&was);
    stop();
}
END_TEST

/* A socket as systemd opens one; what comes is one state a datagram. */
static int open_notify(void)
{
    const struct timeval most = {.tv_sec = 10};
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    (void)snprintf(
        at.sun_path, sizeof at.sun_path, "%s/notify", serving.folder);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most), 0);
    ck_assert_int_eq(setenv("NOTIFY_SOCKET", at.sun_path, 1), 0);
    ck_assert_int_eq(setenv("WATCHDOG_USEC", "1000000", 1), 0);
    return fd;
}

static const char *next_state(int fd)
{
    static char state[64];
    ssize_t n = recv(fd, state, sizeof state - 1, 0);

    ck_assert_int_gt(n, 0);
    state[n] = '\0';
    return state;
}

START_TEST(systemd_is_told_of_start_life_and_end)
{
    int fd = open_notify();
    const char *state = NULL;

    start();
    ck_assert_str_eq(next_state(fd), "READY=1");
    ck_assert_str_eq(next_state(fd), "WATCHDOG=1");
    ck_assert_int_eq(kill(serving.pid, SIGTERM), 0);
    do {
        state = next_state(fd);
    } while (strcmp(state, "WATCHDOG=1") == 0);
    ck_assert_str_eq(state, "STOPPING=1");
    (void)unsetenv("NOTIFY_SOCKET");
    (void)unsetenv("WATCHDOG_USEC");
    (void)close(fd);
    int status = 0;
    ck_assert_int_eq(waitpid(serving.pid, &status, 0), serving.pid);
    ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(a_bad_certificate_leaves_the_old_one_in_use)
{
    struct peer peer;

    start();
    remove_file("server.key");
    ck_assert_int_eq(kill(serving.pid, SIGHUP), 0);
    ck_assert(serving_logged(&serving, "what=reload-failed kept=old why="));
    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    peer_close(&peer, false);
    stop();
}
END_TEST

START_TEST(a_port_in_use_is_said)
{
    struct serving other;

    start();
    serving_init(&other);
    ck_assert(!serving_start(&other, serving.address, 0));
    ck_assert(serving_logged(&other, "can not listen on 127.0.0.1:"));
    ck_assert(serving_logged(&other, "address already in use"));
    serving_fini(&other);
    stop();
}
END_TEST

START_TEST(two_servers_do_not_share_a_folder)
{
    struct serving other = serving;

    start();
    ck_assert(!serving_start(&other, "127.0.0.1:0", 0));
    ck_assert(serving_logged(&other, "another server"));
    stop();
}
END_TEST

START_TEST(an_ipv6_address_is_served)
{
    struct peer peer;

    ck_assert(serving_start(&serving, "[::1]:0", 0));
    ck_assert_int_eq(strncmp(serving.address, "[::1]:", 6), 0);
    peer_open(&peer, &serving);
    expect(&peer, "hello ");
    peer_close(&peer, false);
    stop();
}
END_TEST

/* 80 files less the 64 in reserve are 16 connections; the others wait in the
 * system's queue, and nothing spins meanwhile. */
START_TEST(with_too_few_files_the_rest_waits_for_a_place)
{
    enum { MANY = 40, ROOM = 16 };
    struct peer peers[MANY];

    ck_assert(serving_start(&serving, "127.0.0.1:0", 80));
    for (int i = 0; i < ROOM; i++)
        peer_open(&peers[i], &serving);
    for (int i = ROOM; i < MANY; i++)
        peer_join(&peers[i], &serving);
    peer_say(&peers[0], "ping\n");
    expect(&peers[0], "hello ");
    expect(&peers[0], "ok");

    for (int i = ROOM; i < MANY; i++)
        peer_say(&peers[i], "x\n");
    for (int i = 0; i < ROOM; i++)
        peer_close(&peers[i], i % 2);
    for (int i = ROOM; i < MANY; i++) {
        expect(&peers[i], "bye reason=tls");
        peer_close(&peers[i], false);
    }
    stop();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/loop");
    TCase *whole = tcase_create("whole");

    tcase_set_timeout(whole, 60);
    tcase_add_checked_fixture(whole, init, fini);
    tcase_add_loop_test(whole, a_signal_ends_every_session_with_a_reason, 0, 2);
    tcase_add_test(whole, a_second_signal_ends_it_at_once);
    tcase_add_test(whole, a_new_certificate_is_taken_while_sessions_live);
    tcase_add_test(whole, systemd_is_told_of_start_life_and_end);
    tcase_add_test(whole, a_bad_certificate_leaves_the_old_one_in_use);
    tcase_add_test(whole, a_port_in_use_is_said);
    tcase_add_test(whole, two_servers_do_not_share_a_folder);
    tcase_add_test(whole, an_ipv6_address_is_served);
    tcase_add_test(whole, with_too_few_files_the_rest_waits_for_a_place);
    suite_add_tcase(suite, whole);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
