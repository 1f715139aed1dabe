/* SPDX-License-Identifier: Apache-2.0
 *
 * net.c - many TLS connections of one thread.
 */
#include "tests/bench/net.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_NS INT64_C(20000000000)
/* Connections looked at in one turn. */
#define AT_ONCE 256

int64_t now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void net_init(struct net *net, uint16_t port, const char *ca)
{
    *net = (struct net){.tls = SSL_CTX_new(TLS_client_method()),
        .poll = epoll_create1(EPOLL_CLOEXEC),
        .port = port};
    INSIST(net->tls && net->poll >= 0);
    INSIST(SSL_CTX_load_verify_file(net->tls, ca) == 1);
    INSIST(SSL_CTX_set_min_proto_version(net->tls, TLS1_3_VERSION) == 1);
    SSL_CTX_set_verify(net->tls, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(net->tls, SSL_MODE_ENABLE_PARTIAL_WRITE |
                                   SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
    /* Sessions are full handshakes, with every server. */
    (void)SSL_CTX_set_session_cache_mode(net->tls, SSL_SESS_CACHE_OFF);
}

/* A connection that is shaken; it still blocks. */
static bool shake(const struct net *net, const struct speech *speech,
    int *fd_made, SSL **made)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons(net->port)};
    int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    SSL *ssl = SSL_new(net->tls);

    INSIST(fd >= 0 && ssl != NULL);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 &&
        (speech->before == NULL || speech->before(fd)) &&
        SSL_set_fd(ssl, fd) == 1 && SSL_connect(ssl) == 1) {
        *fd_made = fd;
        *made = ssl;
        return true;
    }
    SSL_free(ssl);
    (void)close(fd);
    return false;
}

bool net_shake(const struct net *net, const struct speech *speech)
{
    SSL *ssl;
    int fd;

    if (!shake(net, speech, &fd, &ssl))
        return false;
    SSL_free(ssl);
    (void)close(fd);
    return true;
}

struct conn *net_open(struct net *net, const struct speech *speech)
{
    SSL *ssl;
    int fd;

    if (!shake(net, speech, &fd, &ssl))
        return NULL;
    INSIST(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
    struct conn *conn = mem_new(sizeof *conn);
    *conn = (struct conn){.speech = speech, .fd = fd, .ssl = ssl};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = conn};
    INSIST(epoll_ctl(net->poll, EPOLL_CTL_ADD, fd, &event) == 0);
    net->list = mem_grow(net->list, &net->room, net->n + 1, sizeof *net->list);
    net->list[net->n++] = conn;
    return conn;
}

static void note_end(struct conn *conn, int done)
{
    int error = SSL_get_error(conn->ssl, done);

    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
        conn->lost = true;
}

static void push(struct conn *conn)
{
    while (conn->out_done < conn->out.len && !conn->lost) {
        size_t sent = 0;

        ERR_clear_error();
        int done = SSL_write_ex(conn->ssl, conn->out.bytes + conn->out_done,
            conn->out.len - conn->out_done, &sent);
        if (done != 1) {
            note_end(conn, done);
            return;
        }
        conn->out_done += sent;
    }
    conn->out.len = conn->out_done = 0;
}

void conn_say(struct conn *conn, const char *bytes, size_t len, size_t asked)
{
    text_add(&conn->out, bytes, len);
    conn->asked += asked;
    push(conn);
}

size_t conn_lines(struct conn *conn, const char *bytes, size_t len,
    void (*take_line)(struct conn *conn, const char *line, size_t len))
{
    size_t done = 0;

    for (;;) {
        const char *end = memchr(bytes + done, '\n', len - done);

        if (end == NULL)
            return done;
        take_line(conn, bytes + done, (size_t)(end - bytes) - done);
        done = (size_t)(end + 1 - bytes);
    }
}

void conn_refused(struct conn *conn, const char *line, size_t len)
{
    conn->answers++;
    if (conn->faults++ == 0)
        (void)snprintf(conn->fault, sizeof conn->fault, "%.*s", (int)len, line);
}

/* What was read is kept only as far as it is half an answer. */
static void take(struct conn *conn, const char *bytes, size_t len)
{
    size_t done = 0;

    if (conn->in.len == 0) {
        done = conn->speech->take(conn, bytes, len);
        text_add(&conn->in, bytes + done, len - done);
        return;
    }
    text_add(&conn->in, bytes, len);
    done = conn->speech->take(conn, conn->in.bytes, conn->in.len);
    text_cut(&conn->in, done);
}

static bool pull(struct conn *conn)
{
    char bytes[32768];
    bool any = false;

    for (;;) {
        size_t got = 0;

        ERR_clear_error();
        int done = SSL_read_ex(conn->ssl, bytes, sizeof bytes, &got);
        if (done != 1) {
            note_end(conn, done);
            return any;
        }
        any = true;
        take(conn, bytes, got);
    }
}

size_t net_turn(struct net *net, int64_t timeout_ns,
    void (*called)(void *ctx, struct conn *conn), void *ctx)
{
    struct epoll_event events[AT_ONCE];
    size_t some = 0;
    struct timespec wait = {
        timeout_ns / INT64_C(1000000000), timeout_ns % INT64_C(1000000000)};
    int n = epoll_pwait2(net->poll, events, AT_ONCE, &wait, NULL);

    for (int i = 0; i < n; i++) {
        struct conn *conn = events[i].data.ptr;

        if (conn->lost) {
            (void)epoll_ctl(net->poll, EPOLL_CTL_DEL, conn->fd, NULL);
            continue;
        }
        if (pull(conn)) {
            some++;
            if (called)
                called(ctx, conn);
        }
        if (conn->out.len)
            push(conn);
    }
    return some;
}

bool conn_wait(struct net *net, const struct conn *conn)
{
    int64_t until = now_ns() + PATIENCE_NS;

    while (conn->answers < conn->asked && !conn->lost && now_ns() < until)
        (void)net_turn(net, INT64_C(100000000), NULL, NULL);
    return conn->answers >= conn->asked;
}

void net_fini(struct net *net)
{
    for (size_t i = 0; i < net->n; i++) {
        struct conn *conn = net->list[i];

        SSL_free(conn->ssl);
        (void)close(conn->fd);
        text_fini(&conn->in);
        text_fini(&conn->out);
        free(conn);
    }
    free(net->list);
    SSL_CTX_free(net->tls);
    if (net->poll > 0)
        (void)close(net->poll);
    *net = (struct net){0};
}
