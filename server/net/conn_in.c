/* SPDX-License-Identifier: Apache-2.0
 *
 * conn_in.c - from the socket through TLS into the session.
 *
 * Reading stops while the session wants nothing or while it has much to be
 * sent; bytes that had come by then are kept with the link.
 */
#include "server/net/conn_inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/net/tls_client.h"

#include <time.h>

/* For those that speak without TLS: nc, telnet, a browser at http://. */
static const char for_plain[] =
    "bye reason=tls # this port speaks TLS 1.3 from the first byte; "
    "try: openssl s_client -quiet -connect HOST:PORT\n";

static void on_session_changed(void *ctx)
{
    conn_mark(conn_of(ctx));
}

static bool identify(void *ctx, struct text *names)
{
    struct conn *conn = conn_of(ctx);
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return tls_client_names(
        conn->tls, conn->hub->context, (int64_t)now.tv_sec * 1000, names);
}

void conn_open(struct conn *conn)
{
    struct session_hooks hooks = {
        .changed = on_session_changed, .ctx = conn, .plain = conn->plain};

    if (!conn->plain && tls_client_asks(conn->hub->context))
        hooks.identify = identify;

    conn_move(conn, CONN_OPEN, LIMIT_COUNT);
    conn->moved_ms = uv_now(conn->hub->loop);
    session_new(conn->hub->engine, conn->address, &hooks, &conn->session);
    conn_mark(conn);
}

static bool takes_input(const struct conn *conn)
{
    if (conn->state == CONN_SHAKING)
        return true;
    return conn->state == CONN_OPEN && !conn->input_over &&
           conn_waiting(conn) < LIMIT_NOW(CIPHER) &&
           session_wants_input(conn->session) &&
           !session_is_over(conn->session);
}

static void end_input(struct conn *conn)
{
    if (conn->session == NULL) {
        conn_close(conn);
        return;
    }
    conn->input_over = true;
    session_eof(conn->session);
    conn_mark(conn);
}

static void take_plain(struct conn *conn, const char *bytes, size_t len)
{
    size_t taken = 0;

    if (!conn->looked) {
        switch (first_look(&conn->first, bytes, len, &taken)) {
        case FIRST_MORE:
            return;
        case FIRST_HTTP:
            hub_log_fault(conn->hub, LOG_HTTP, conn->address, NULL);
            conn->input_over = true;
            session_end(conn->session, "http");
            conn_mark(conn);
            return;
        case FIRST_FINE:
            conn->looked = true;
            session_feed(conn->session, conn->first.bytes, conn->first.len);
        }
    }
    if (taken < len)
        session_feed(conn->session, bytes + taken, len - taken);
}

void conn_pump(struct conn *conn)
{
    struct hub *hub = conn->hub;
    enum tls_got got = TLS_BYTES;
    size_t len = 0;

    while (got == TLS_BYTES && takes_input(conn) && tls_has_input(conn->tls)) {
        got = tls_read(conn->tls, hub->plain, sizeof hub->plain, &len);
        if (conn->state == CONN_SHAKING && tls_is_open(conn->tls))
            conn_open(conn);
        if (got == TLS_BYTES)
            take_plain(conn, hub->plain, len);
        else if (got == TLS_END)
            end_input(conn);
        else if (got == TLS_FAULT)
            conn_fail(conn);
    }
    conn->held = got == TLS_BYTES && tls_has_input(conn->tls);
    if (conn->fin && takes_input(conn))
        end_input(conn);
}

static void refuse_plain(struct conn *conn)
{
    hub_log_fault(conn->hub, LOG_NO_TLS, conn->address, NULL);
    chunks_add(tls_output(conn->tls), for_plain, sizeof for_plain - 1);
    conn_end(conn);
}

/* Every TLS link starts with a record of a handshake, which is 22.  Whoever
 * comes to the wrong port is told, or dropped where words would not help. */
static bool is_at_home(struct conn *conn, unsigned char first)
{
    bool speaks_tls = first == 22;

    if (conn->heard || speaks_tls != conn->plain)
        return true;
    if (!conn->plain) {
        refuse_plain(conn);
    } else {
        hub_log_fault(conn->hub, LOG_NO_PLAIN, conn->address, NULL);
        conn_close(conn);
    }
    return false;
}

static size_t strip_telnet(struct conn *conn, char *bytes, size_t len)
{
    struct text answer = {0};

    len = telnet_strip(&conn->telnet, bytes, len, &answer);
    chunks_add(tls_output(conn->tls), answer.bytes, answer.len);
    text_fini(&answer);
    return len;
}

static void take_bytes(struct conn *conn, char *bytes, size_t len)
{
    conn->turn_bytes += len;
    if (!limit_allows(LIMIT_ROW_TURN, conn->turn_bytes + 1)) {
        conn->rested = true;
        conn_mark(conn);
    }
    if (conn->state != CONN_SHAKING && conn->state != CONN_OPEN)
        return;
    if (!is_at_home(conn, (unsigned char)bytes[0]))
        return;
    conn->heard = true;
    if (conn->plain)
        len = strip_telnet(conn, bytes, len);
    tls_lend(conn->tls, bytes, len);
    conn_pump(conn);
    tls_keep(conn->tls);
    if (tls_output(conn->tls)->len > 0)
        conn_mark(conn);
}

static void on_alloc(uv_handle_t *handle, size_t size, uv_buf_t *buf)
{
    struct conn *conn = conn_of(handle->data);
    size_t room = sizeof conn->hub->cipher;

    (void)size;
    if (conn->turn != conn->hub->turn) {
        conn->turn = conn->hub->turn;
        conn->turn_bytes = 0;
    }
    if (room > LIMIT_NOW(TURN) - conn->turn_bytes)
        room = LIMIT_NOW(TURN) - conn->turn_bytes;
    *buf = uv_buf_init(conn->hub->cipher, (unsigned)room);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    struct conn *conn = conn_of(stream->data);

    if (n == UV_EOF && conn->state != CONN_LINGERING) {
        conn->fin = true;
        conn->reading = false;
        conn_pump(conn);
    } else if (n < 0) {
        conn_close(conn);
    } else if (n > 0) {
        take_bytes(conn, buf->base, (size_t)n);
    }
    conn_set_reading(conn);
}

void conn_set_reading(struct conn *conn)
{
    bool wanted = conn->state == CONN_LINGERING || takes_input(conn);

    if (conn->state == CONN_CLOSED)
        return;
    if (conn->held && takes_input(conn))
        conn_mark(conn);
    wanted = wanted && !conn->rested && !conn->fin;
    if (wanted == conn->reading)
        return;
    conn->reading = wanted;
    if (!wanted)
        (void)uv_read_stop((uv_stream_t *)&conn->tcp);
    else if (uv_read_start((uv_stream_t *)&conn->tcp, on_alloc, on_read) != 0)
        conn_close(conn);
}
