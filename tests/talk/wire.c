/* SPDX-License-Identifier: Apache-2.0
 *
 * wire.c - a non-blocking socket under OpenSSL, with deadlines by poll.
 */
#include "tests/talk/wire.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct wire {
    int fd;
    SSL_CTX *ctx;
    SSL *ssl;
    struct text in; /* bytes that came */
    size_t done;    /* of them handed out */
    size_t scanned; /* of them known to hold no line end, or handed out */
    bool closed, cut;
    unsigned char secret[EVP_MAX_MD_SIZE]; /* of application data sent */
    size_t secret_len;
};

long long clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Wait until OpenSSL can go on; false when the time is over. */
static bool wait_for(struct wire *wire, int ssl_error, long long deadline)
{
    struct pollfd p = {.fd = wire->fd, .events = POLLIN};
    long long left = deadline - clock_ms();

    if (ssl_error == SSL_ERROR_WANT_WRITE)
        p.events |= POLLOUT;
    return left > 0 && poll(&p, 1, (int)left) > 0;
}

/* Take in what has arrived; returns what OpenSSL waits for. */
static int take_in(struct wire *wire)
{
    char bytes[16384];

    for (;;) {
        size_t got = 0;

        ERR_clear_error();
        int done = SSL_read_ex(wire->ssl, bytes, sizeof bytes, &got);
        if (done == 1) {
            text_add(&wire->in, bytes, got);
            continue;
        }
        int error = SSL_get_error(wire->ssl, done);
        if (error == SSL_ERROR_ZERO_RETURN)
            wire->closed = true;
        else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            wire->cut = true;
        return error;
    }
}

static bool take_line(struct wire *wire, char **line)
{
    const char *bytes = text_peek(&wire->in);
    const char *end =
        memchr(bytes + wire->scanned, '\n', wire->in.len - wire->scanned);

    wire->scanned = wire->in.len;
    if (end == NULL)
        return false;
    *line = mem_copy(bytes + wire->done, (size_t)(end - bytes) - wire->done);
    wire->done = wire->scanned = (size_t)(end + 1 - bytes);
    /* Cutting moves what is left, so it must not be done for each line. */
    if (wire->done > wire->in.len / 2) {
        text_cut(&wire->in, wire->done);
        wire->done = wire->scanned = 0;
    }
    return true;
}

enum wire_got wire_line(struct wire *wire, char **line, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;

    for (;;) {
        if (take_line(wire, line))
            return WIRE_LINE;
        if (wire->closed)
            return WIRE_CLOSED;
        if (wire->cut)
            return WIRE_CUT;
        size_t before = wire->in.len;
        int error = take_in(wire);
        if (wire->in.len > before || wire->closed || wire->cut)
            continue;
        if (!wait_for(wire, error, deadline))
            return WIRE_LATE;
    }
}

bool wire_send(struct wire *wire, const char *bytes, size_t len, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;

    while (len > 0) {
        size_t sent = 0;

        ERR_clear_error();
        int done = SSL_write_ex(wire->ssl, bytes, len, &sent);
        if (done == 1) {
            bytes += sent;
            len -= sent;
            continue;
        }
        int error = SSL_get_error(wire->ssl, done);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            return false;
        if (!wait_for(wire, error, deadline))
            return false;
        (void)take_in(wire);
    }
    return true;
}

bool wire_half_close(struct wire *wire)
{
    ERR_clear_error();
    return SSL_shutdown(wire->ssl) >= 0;
}

int wire_fd(const struct wire *wire)
{
    return wire->fd;
}

static bool shake_hands(struct wire *wire, long long deadline)
{
    for (;;) {
        ERR_clear_error();
        int done = SSL_connect(wire->ssl);
        if (done == 1)
            return true;
        int error = SSL_get_error(wire->ssl, done);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            return false;
        if (!wait_for(wire, error, deadline))
            return false;
    }
}

static bool open_socket(struct wire *wire, const char *port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    int yes = 1;

    wire->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (wire->fd < 0 ||
        connect(wire->fd, (struct sockaddr *)&to, sizeof to) != 0)
        return false;
    (void)setsockopt(wire->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fcntl(wire->fd, F_SETFL, O_NONBLOCK) == 0;
}

/* OpenSSL says its secrets as "LABEL RANDOM SECRET", in hexadecimal. */
static void keep_secret(const SSL *ssl, const char *line)
{
    static const char label[] = "CLIENT_TRAFFIC_SECRET_0 ";
    struct wire *wire = SSL_get_app_data(ssl);

    if (strncmp(line, label, sizeof label - 1) == 0)
        (void)OPENSSL_hexstr2buf_ex(wire->secret, sizeof wire->secret,
            &wire->secret_len, strrchr(line, ' ') + 1, '\0');
}

static bool open_tls(struct wire *wire, const char *ca)
{
    wire->ctx = SSL_CTX_new(TLS_client_method());
    if (wire->ctx == NULL || SSL_CTX_load_verify_file(wire->ctx, ca) != 1)
        return false;
    SSL_CTX_set_verify(wire->ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(wire->ctx,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_keylog_callback(wire->ctx, keep_secret);
    wire->ssl = SSL_new(wire->ctx);
    return wire->ssl && SSL_set_app_data(wire->ssl, wire) == 1 &&
           SSL_set1_host(wire->ssl, "localhost") == 1 &&
           SSL_set_fd(wire->ssl, wire->fd) == 1;
}

struct wire *wire_open(
    const char *port, const char *ca, int timeout_ms, struct text *why)
{
    struct wire *wire = mem_new(sizeof *wire);
    long long deadline = clock_ms() + timeout_ms;

    wire->fd = -1;
    if (!open_socket(wire, port))
        text_printf(why, "no connection to 127.0.0.1:%s", port);
    else if (!open_tls(wire, ca))
        text_printf(why, "TLS can not be set up with %s", ca);
    else if (!shake_hands(wire, deadline))
        text_printf(why, "no TLS handshake: %s",
            X509_verify_cert_error_string(SSL_get_verify_result(wire->ssl)));
    else
        return wire;
    wire_free(&wire);
    return NULL;
}

const unsigned char *wire_secret(
    const struct wire *wire, struct ssl_st **tls, size_t *len)
{
    *tls = wire->ssl;
    *len = wire->secret_len;
    return wire->secret;
}

void wire_free(struct wire **wire)
{
    if (*wire == NULL)
        return;
    SSL_free((*wire)->ssl);
    SSL_CTX_free((*wire)->ctx);
    if ((*wire)->fd >= 0)
        (void)close((*wire)->fd);
    text_fini(&(*wire)->in);
    free(*wire);
    *wire = NULL;
}
