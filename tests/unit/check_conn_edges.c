/* SPDX-License-Identifier: Apache-2.0
 *
 * check_conn_edges.c - the limits of connections, at each and one beyond it:
 * a loop of the test's own, turned by hand, so that what comes in one turn and
 * how much time passes is known.
 */
#include "protocol/limit.h"
#include "server/net/conn_inside.h"
#include "server/net/listener.h"
#include "server/net/selfcert.h"
#include "tests/parts/stand.h"
#include "tests/parts/temp.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PLACES 4
#define TURNS  1000

static char folder[TEMP_ROOM];
static struct stand *stand;
static uv_loop_t loop;
static struct hub hub;
static struct listener plain, ciphered;
static in_port_t plain_port, ciphered_port;
static char bytes[65536];

static in_port_t listen_at(struct listener *listener, bool is_plain)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    struct sockaddr_storage address = {0};
    char printed[ADDRESS_ROOM];
    struct text why = {0};
    int len = sizeof address;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memcpy(&address, &at, sizeof at);
    ck_assert_int_eq(
        listener_init(listener, &hub, &address, is_plain, printed, &why),
        ERR_OK);
    ck_assert_int_eq(
        uv_tcp_getsockname(&listener->tcp, (struct sockaddr *)&address, &len),
        0);
    memcpy(&at, &address, sizeof at);
    return at.sin_port;
}

static void set_up(void)
{
    struct tls_context *context = NULL;
    struct text cert = {0}, key = {0}, why = {0};

    stand_new(&stand);
    temp_make(folder);
    ck_assert_int_eq(selfcert_ensure(folder, &cert, &key, &why), ERR_OK);
    ck_assert_int_eq(
        tls_context_new(cert.bytes, key.bytes, &context, &why), ERR_OK);
    ck_assert_int_eq(uv_loop_init(&loop), 0);
    hub_init(&hub, &loop, stand_engine(stand), context, PLACES);
    plain_port = listen_at(&plain, true);
    ciphered_port = listen_at(&ciphered, false);
    text_fini(&cert);
    text_fini(&key);
    text_fini(&why);
}

static void turn(void)
{
    (void)uv_run(&loop, UV_RUN_NOWAIT);
}

static void tear_down(void)
{
    listener_stop(&plain);
    listener_stop(&ciphered);
    hub_cut(&hub);
    for (int i = 0; i < TURNS && !hub_is_empty(&hub); i++)
        turn();
    hub_fini(&hub);
    ck_assert_int_eq(uv_run(&loop, UV_RUN_DEFAULT), 0);
    ck_assert_int_eq(uv_loop_close(&loop), 0);
    stand_free(&stand);
    temp_remove(folder);
}

/* A peer whose connection waits to be taken. */
static int come(in_port_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = port};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static size_t taken(void)
{
    size_t all, unknown;

    door_count(hub.door, &all, &unknown);
    return all;
}

/* Turns the loop until so many connections were taken. */
static void turn_until_taken(size_t n)
{
    for (int i = 0; i < TURNS && taken() != n; i++)
        turn();
    ck_assert_uint_eq(taken(), n);
}

/* What has come to a peer, which the loop is turned for. */
static size_t hear(int fd, size_t wanted)
{
    size_t n = 0;

    for (int i = 0; i < TURNS && n < wanted; i++) {
        turn();
        ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
        n += got > 0 ? (size_t)got : 0;
    }
    return n;
}

/* A connection that was greeted, and its peer. */
static struct conn *meet(int *fd)
{
    *fd = come(plain_port);
    turn_until_taken(1);
    ck_assert_uint_gt(hear(*fd, 1), 0);
    return TAILQ_FIRST(&hub.all);
}

static void say(int fd, const char *what, size_t len)
{
    ck_assert_int_eq(send(fd, what, len, 0), (ssize_t)len);
}

START_TEST(a_turn_takes_so_many_connections_and_the_next_one_the_rest)
{
    int fds[3];

    ck_assert_int_eq(limit_set(LIMIT_ROW_ACCEPTS, 2), ERR_OK);
    for (int i = 0; i < 3; i++)
        fds[i] = come(plain_port);
    for (int i = 0; i < TURNS && taken() == 0; i++)
        turn();
    ck_assert_uint_eq(taken(), 2);
    turn_until_taken(3);
    for (int i = 0; i < 3; i++)
        (void)close(fds[i]);
}
END_TEST

START_TEST(a_server_that_is_full_takes_the_next_one_when_somebody_leaves)
{
    int fds[PLACES + 1];

    for (int i = 0; i < PLACES; i++)
        fds[i] = come(plain_port);
    turn_until_taken(PLACES);
    fds[PLACES] = come(plain_port);
    for (int i = 0; i < 10; i++)
        turn();
    ck_assert_uint_eq(taken(), PLACES);
    ck_assert_int_lt(recv(fds[PLACES], bytes, sizeof bytes, MSG_DONTWAIT), 0);
    (void)close(fds[0]);
    ck_assert_uint_gt(hear(fds[PLACES], 1), 0);
    for (int i = 1; i <= PLACES; i++)
        (void)close(fds[i]);
}
END_TEST

/* _i: one byte less than the limit, as many, one more.  Comments are not
 * answered; the request behind them is. */
START_TEST(a_turn_reads_so_much_and_the_next_one_the_rest)
{
    const size_t limit = 16384, n = limit - 1 + (size_t)_i;
    struct conn *conn;
    int fd;

    ck_assert_int_eq(limit_set(LIMIT_ROW_TURN, limit), ERR_OK);
    conn = meet(&fd);
    memset(bytes, '#', n);
    for (size_t i = 1000; i < n; i += 1000)
        bytes[i] = '\n';
    memcpy(bytes + n - 6, "\nping\n", 6);
    say(fd, bytes, n);
    for (int i = 0; i < TURNS && conn->turn_bytes == 0; i++)
        turn();
    ck_assert_uint_eq(conn->turn_bytes, n < limit ? n : limit);
    ck_assert_uint_eq(hear(fd, 3), 3);
    (void)close(fd);
}
END_TEST

/* Fills *to with requests whose answers are len bytes: "ok" and a line end, of
 * which the last one has a tag. */
static void add_pings(struct text *to, size_t len)
{
    int tag = 1 + (int)(len % 3); /* its answer is five bytes and the tag */

    for (size_t n = (len - 5 - (size_t)tag) / 3; n > 0; n--)
        text_puts(to, "ping\n");
    text_printf(to, "@%.*s ping\n", tag, "xxx");
}

/* _i: as much as the limit, one more.  All of it arrives. */
START_TEST(what_waits_as_cipher_text_is_bounded)
{
    const size_t limit = 32768, wanted = limit + (size_t)_i;
    struct text requests = {0};
    size_t help;
    int fd;

    ck_assert_int_eq(limit_set(LIMIT_ROW_CIPHER, limit), ERR_OK);
    struct conn *conn = meet(&fd);
    say(fd, "help\n", 5);
    for (help = hear(fd, 1); hear(fd, 1) > 0;)
        ck_abort_msg("the answer came in pieces");
    size_t left = wanted;
    for (; left > help + 1000; left -= help)
        text_puts(&requests, "help\n");
    add_pings(&requests, left);
    session_feed(conn->session, requests.bytes, requests.len);
    size_t waits;
    (void)session_output(conn->session, &waits);
    ck_assert_uint_eq(waits, wanted);
    ck_assert_uint_eq(hear(fd, wanted), wanted);
    text_fini(&requests);
    (void)close(fd);
}
END_TEST

/* Time, which is set by hand: libuv has no other way to do so. */

static void expect_the_end(struct conn *conn, uint64_t since, enum limit limit)
{
    loop.time = since + (uint64_t)limit_ms(limit);
    conn_tick(conn);
    ck_assert_int_ne(conn->state, CONN_CLOSED);
    loop.time++;
    conn_tick(conn);
    ck_assert_int_eq(conn->state, CONN_CLOSED);
    turn_until_taken(0);
}

START_TEST(a_handshake_has_so_many_seconds)
{
    int fd = come(ciphered_port);

    turn_until_taken(1);
    struct conn *conn = TAILQ_FIRST(&hub.all);
    ck_assert_int_eq(conn->state, CONN_SHAKING);
    expect_the_end(conn, conn->since_ms, LIMIT_ROW_HANDSHAKE_SECONDS);
    (void)close(fd);
}
END_TEST

START_TEST(a_peer_has_so_many_seconds_to_close_after_us)
{
    int fd;
    struct conn *conn = meet(&fd);

    say(fd, "quit\n", 5);
    for (int i = 0; i < TURNS && conn->state != CONN_LINGERING; i++)
        turn();
    ck_assert_int_eq(conn->state, CONN_LINGERING);
    expect_the_end(conn, conn->since_ms, LIMIT_ROW_LINGER_SECONDS);
    (void)close(fd);
}
END_TEST

START_TEST(a_reader_has_so_many_seconds_without_progress)
{
    int fd;
    struct conn *conn = meet(&fd);

    session_feed(conn->session, "ping\n", 5);
    expect_the_end(conn, conn->moved_ms, LIMIT_ROW_STALL_SECONDS);
    (void)close(fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/conn_edges");
    TCase *edges = tcase_create("edges");

    tcase_set_timeout(edges, 60);
    tcase_add_checked_fixture(edges, set_up, tear_down);
    tcase_add_test(
        edges, a_turn_takes_so_many_connections_and_the_next_one_the_rest);
    tcase_add_test(
        edges, a_server_that_is_full_takes_the_next_one_when_somebody_leaves);
    tcase_add_loop_test(
        edges, a_turn_reads_so_much_and_the_next_one_the_rest, 0, 3);
    tcase_add_loop_test(edges, what_waits_as_cipher_text_is_bounded, 0, 2);
    tcase_add_test(edges, a_handshake_has_so_many_seconds);
    tcase_add_test(edges, a_peer_has_so_many_seconds_to_close_after_us);
    tcase_add_test(edges, a_reader_has_so_many_seconds_without_progress);
    suite_add_tcase(suite, edges);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
