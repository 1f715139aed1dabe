/* SPDX-License-Identifier: Apache-2.0
 *
 * link.c - a non-blocking socket under OpenSSL, with deadlines by poll.
 */
#include "tests/talk/link.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct link {
    int fd;
    SSL_CTX *ctx;
    SSL *ssl;
    struct text in; /* bytes not yet handed out */
    size_t scanned; /* of them known to hold no line end */
    bool closed, cut;
};

long long clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Wait until OpenSSL can go on; false when the time is over. */
static bool wait_for(struct link *link, int ssl_error, long long deadline)
{
    struct pollfd p = {.fd = link->fd, .events = POLLIN};
    long long left = deadline - clock_ms();

    if (ssl_error == SSL_ERROR_WANT_WRITE)
        p.events |= POLLOUT;
    return left > 0 && poll(&p, 1, (int)left) > 0;
}

/* Take in what has arrived; returns what OpenSSL waits for. */
static int take_in(struct link *link)
{
    char bytes[16384];

    for (;;) {
        size_t got = 0;

        ERR_clear_error();
        int done = SSL_read_ex(link->ssl, bytes, sizeof bytes, &got);
        if (done == 1) {
            text_add(&link->in, bytes, got);
            continue;
        }
        int error = SSL_get_error(link->ssl, done);
        if (error == SSL_ERROR_ZERO_RETURN)
            link->closed = true;
        else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            link->cut = true;
        return error;
    }
}

static bool take_line(struct link *link, char **line)
{
    const char *bytes = text_peek(&link->in);
    const char *end =
        memchr(bytes + link->scanned, '\n', link->in.len - link->scanned);

    link->scanned = link->in.len;
    if (end == NULL)
        return false;
    *line = mem_copy(bytes, (size_t)(end - bytes));
    text_cut(&link->in, (size_t)(end + 1 - bytes));
    link->scanned = 0;
    return true;
}

enum link_got link_line(struct link *link, char **line, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;

    for (;;) {
        if (take_line(link, line))
            return LINK_LINE;
        if (link->closed)
            return LINK_CLOSED;
        if (link->cut)
            return LINK_CUT;
        size_t before = link->in.len;
        int error = take_in(link);
        if (link->in.len > before || link->closed || link->cut)
            continue;
        if (!wait_for(link, error, deadline))
            return LINK_LATE;
    }
}

bool link_send(struct link *link, const char *bytes, size_t len, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;

    while (len > 0) {
        size_t sent = 0;

        ERR_clear_error();
        int done = SSL_write_ex(link->ssl, bytes, len, &sent);
        if (done == 1) {
            bytes += sent;
            len -= sent;
            continue;
        }
        int error = SSL_get_error(link->ssl, done);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            return false;
        if (!wait_for(link, error, deadline))
            return false;
        (void)take_in(link);
    }
    return true;
}

bool link_half_close(struct link *link)
{
    ERR_clear_error();
    return SSL_shutdown(link->ssl) >= 0;
}

int link_fd(const struct link *link)
{
    return link->fd;
}

static bool shake_hands(struct link *link, long long deadline)
{
    for (;;) {
        ERR_clear_error();
        int done = SSL_connect(link->ssl);
        if (done == 1)
            return true;
        int error = SSL_get_error(link->ssl, done);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            return false;
        if (!wait_for(link, error, deadline))
            return false;
    }
}

static bool open_socket(struct link *link, const char *port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    int yes = 1;

    link->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (link->fd < 0 ||
        connect(link->fd, (struct sockaddr *)&to, sizeof to) != 0)
        return false;
    (void)setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fcntl(link->fd, F_SETFL, O_NONBLOCK) == 0;
}

static bool open_tls(struct link *link, const char *ca)
{
    link->ctx = SSL_CTX_new(TLS_client_method());
    if (link->ctx == NULL || SSL_CTX_load_verify_file(link->ctx, ca) != 1)
        return false;
    SSL_CTX_set_verify(link->ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(link->ctx,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    link->ssl = SSL_new(link->ctx);
    return link->ssl && SSL_set1_host(link->ssl, "localhost") == 1 &&
           SSL_set_fd(link->ssl, link->fd) == 1;
}

struct link *link_open(
    const char *port, const char *ca, int timeout_ms, struct text *why)
{
    struct link *link = mem_new(sizeof *link);
    long long deadline = clock_ms() + timeout_ms;

    link->fd = -1;
    if (!open_socket(link, port))
        text_printf(why, "no connection to 127.0.0.1:%s", port);
    else if (!open_tls(link, ca))
        text_printf(why, "TLS can not be set up with %s", ca);
    else if (!shake_hands(link, deadline))
        text_printf(why, "no TLS handshake: %s",
            X509_verify_cert_error_string(SSL_get_verify_result(link->ssl)));
    else
        return link;
    link_free(&link);
    return NULL;
}

void link_free(struct link **link)
{
    if (*link == NULL)
        return;
    SSL_free((*link)->ssl);
    SSL_CTX_free((*link)->ctx);
    if ((*link)->fd >= 0)
        (void)close((*link)->fd);
    text_fini(&(*link)->in);
    free(*link);
    *link = NULL;
}
