/* SPDX-License-Identifier: Apache-2.0
 *
 * conn.c - the life of a connection, on the loop thread.
 *
 *   SHAKING --handshake--> OPEN --session over, all of it in TLS--> ENDING
 *      |                                                              |
 *      +--alert, plain text-----------------------------------------> |
 *                                                              all of it sent
 *                                                                     |
 *   CLOSED <--EOF or 2 s-- LINGERING <--FIN is sent-- SHUTTING <------+
 *
 *   any state --reset, time limit, cut--> CLOSED
 *
 * Callbacks of the socket read and mark; conn_serve does the rest.  After our
 * FIN the peer's bytes are read and dropped for a moment: closing with unread
 * bytes would send a reset, and that destroys what the peer has not read yet.
 */
#include "server/conn.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/first.h"
#include "server/session.h"
#include "server/tls.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define CONN_MAGIC 0x636f6e21u

/* Pieces of one write; more wait for the next. */
#define PIECES ((size_t)32)

/* Rounds of one connection before others have their turn. */
#define ROUNDS 16

enum conn_state {
    CONN_SHAKING,
    CONN_OPEN,
    CONN_ENDING,
    CONN_SHUTTING,
    CONN_LINGERING,
    CONN_CLOSED,
    CONN_STATES
};

#define BIT(state) (1u << (CONN_##state))

static const unsigned may_follow[CONN_STATES] = {
    [CONN_SHAKING] = BIT(OPEN) | BIT(ENDING) | BIT(CLOSED),
    [CONN_OPEN] = BIT(ENDING) | BIT(CLOSED),
    [CONN_ENDING] = BIT(SHUTTING) | BIT(CLOSED),
    [CONN_SHUTTING] = BIT(LINGERING) | BIT(CLOSED),
    [CONN_LINGERING] = BIT(CLOSED),
};

struct conn {
    unsigned magic;
    enum conn_state state;
    TAILQ_ENTRY(conn) in_all;
    TAILQ_ENTRY(conn) in_marked;
    struct hub *hub;
    struct guard_place *place; /* NULL: not admitted */
    struct tls *tls;
    struct session *session; /* NULL but while OPEN */
    struct chunks sending;   /* belongs to the write under way */
    uint64_t until_ms;       /* the state ends then; 0: it does not */
    uint64_t moved_ms;       /* when bytes last left, or none waited */
    size_t queued;           /* bytes in libuv's queue at the last tick */
    uint64_t turn;           /* of the loop, in which turn_bytes came */
    size_t turn_bytes;
    struct first first;
    bool marked;
    bool reading;    /* the socket is being read */
    bool writing;    /* a write is under way */
    bool rested;     /* it read its share of this turn */
    bool heard;      /* the first bytes came */
    bool looked;     /* the first plain bytes are not HTTP */
    bool input_over; /* the session was told so */
    bool fin;        /* the peer's FIN came */
    char address[ADDRESS_ROOM];
    uv_tcp_t tcp;
    uv_write_t write;
    uv_shutdown_t shutdown;
};

/* For those that speak without TLS: nc, telnet, a browser at http://. */
static const char for_plain[] =
    "bye reason=tls # this port speaks TLS 1.3 from the first byte; "
    "try: openssl s_client -quiet -connect HOST:PORT\n";

static void set_reading(struct conn *conn);

static void move_to(struct conn *conn, enum conn_state state)
{
    INSIST(may_follow[conn->state] & (1u << state));
    conn->state = state;
}

static void end_after(struct conn *conn, uint64_t seconds)
{
    conn->until_ms = uv_now(conn->hub->loop) + seconds * 1000;
}

static void mark(struct conn *conn)
{
    if (conn->marked || conn->state == CONN_CLOSED)
        return;
    conn->marked = true;
    TAILQ_INSERT_TAIL(&conn->hub->marked, conn, in_marked);
}

static void unmark(struct conn *conn)
{
    if (conn->marked)
        TAILQ_REMOVE(&conn->hub->marked, conn, in_marked);
    conn->marked = false;
}

static struct conn *conn_of(void *data)
{
    struct conn *conn = data;

    INSIST(conn->magic == CONN_MAGIC);
    return conn;
}

/* The one place where a connection is freed: its socket is closed, and libuv
 * has called back for every write before. */
static void on_closed(uv_handle_t *handle)
{
    struct conn *conn = conn_of(handle->data);

    INSIST(conn->state == CONN_CLOSED && !conn->writing && !conn->marked);
    TAILQ_REMOVE(&conn->hub->all, conn, in_all);
    guard_leave(conn->hub->guard, &conn->place);
    tls_free(&conn->tls);
    chunks_fini(&conn->sending);
    conn->magic = 0;
    free(conn);
}

static void close_socket(struct conn *conn)
{
    if (conn->state == CONN_CLOSED)
        return;
    move_to(conn, CONN_CLOSED);
    unmark(conn);
    session_free(&conn->session);
    uv_close((uv_handle_t *)&conn->tcp, on_closed);
}

/* A reset frees what the kernel still holds for a peer that does not read. */
void conn_cut(struct conn *conn)
{
    if (conn->state == CONN_CLOSED)
        return;
    unmark(conn);
    session_free(&conn->session);
    if (uv_tcp_close_reset(&conn->tcp, on_closed) != 0)
        uv_close((uv_handle_t *)&conn->tcp, on_closed);
    move_to(conn, CONN_CLOSED);
}

/* What stands in the output, an alert or the last lines, is still sent. */
static void begin_end(struct conn *conn)
{
    bool was_open = conn->state == CONN_OPEN;

    session_free(&conn->session);
    tls_close(conn->tls);
    move_to(conn, CONN_ENDING);
    end_after(conn,
        was_open ? LIMIT_STALL_SECONDS : (uint64_t)LIMIT_HANDSHAKE_SECONDS);
    mark(conn);
}

/* Input. */

static void on_session_changed(void *ctx)
{
    mark(conn_of(ctx));
}

static void open_session(struct conn *conn)
{
    struct session_hooks hooks = {.changed = on_session_changed, .ctx = conn};

    move_to(conn, CONN_OPEN);
    conn->until_ms = 0;
    conn->moved_ms = uv_now(conn->hub->loop);
    session_new(conn->hub->engine, conn->address, &hooks, &conn->session);
    mark(conn);
}

static size_t waiting_cipher(const struct conn *conn)
{
    return tls_output(conn->tls)->len + conn->sending.len;
}

static bool takes_input(const struct conn *conn)
{
    if (conn->state == CONN_SHAKING)
        return true;
    return conn->state == CONN_OPEN && !conn->input_over &&
           waiting_cipher(conn) < LIMIT_CIPHER &&
           session_wants_input(conn->session) &&
           !session_is_over(conn->session);
}

static void end_input(struct conn *conn)
{
    if (conn->session == NULL) {
        close_socket(conn);
        return;
    }
    conn->input_over = true;
    session_eof(conn->session);
    mark(conn);
}

static void take_plain(struct conn *conn, const char *bytes, size_t len)
{
    size_t taken = 0;

    if (!conn->looked) {
        switch (first_look(&conn->first, bytes, len, &taken)) {
        case FIRST_MORE:
            return;
        case FIRST_HTTP:
            hub_log_fault(conn->hub, "http", conn->address, NULL);
            conn->input_over = true;
            session_end(conn->session, "http");
            mark(conn);
            return;
        case FIRST_FINE:
            conn->looked = true;
            session_feed(conn->session, conn->first.bytes, conn->first.len);
        }
    }
    if (taken < len)
        session_feed(conn->session, bytes + taken, len - taken);
}

static void fail(struct conn *conn)
{
    hub_log_fault(conn->hub, "tls-fault", conn->address, tls_why(conn->tls));
    begin_end(conn);
}

/* Reads until OpenSSL has nothing more or the session wants no more.  Bytes
 * that wait inside of OpenSSL wake nobody, so this is called when bytes come
 * and whenever the session may have begun to want them again. */
static void pump(struct conn *conn)
{
    struct hub *hub = conn->hub;
    enum tls_got got = TLS_BYTES;
    size_t len = 0;

    while (got == TLS_BYTES && takes_input(conn) && tls_has_input(conn->tls)) {
        got = tls_read(conn->tls, hub->plain, sizeof hub->plain, &len);
        if (conn->state == CONN_SHAKING && tls_is_open(conn->tls))
            open_session(conn);
        if (got == TLS_BYTES)
            take_plain(conn, hub->plain, len);
        else if (got == TLS_END)
            end_input(conn);
        else if (got == TLS_FAULT)
            fail(conn);
    }
    if (conn->fin && takes_input(conn))
        end_input(conn);
}

static void refuse_plain(struct conn *conn)
{
    hub_log_fault(conn->hub, "no-tls", conn->address, NULL);
    chunks_add(tls_output(conn->tls), for_plain, sizeof for_plain - 1);
    begin_end(conn);
}

static void take_bytes(struct conn *conn, const char *bytes, size_t len)
{
    if (conn->turn != conn->hub->turn) {
        conn->turn = conn->hub->turn;
        conn->turn_bytes = 0;
    }
    conn->turn_bytes += len;
    if (conn->turn_bytes >= LIMIT_TURN) {
        conn->rested = true;
        mark(conn);
    }
    if (conn->state != CONN_SHAKING && conn->state != CONN_OPEN)
        return;
    /* Every TLS link starts with a record of a handshake, which is 22. */
    if (!conn->heard && bytes[0] != 22) {
        refuse_plain(conn);
        return;
    }
    conn->heard = true;
    tls_lend(conn->tls, bytes, len);
    pump(conn);
    tls_keep(conn->tls);
    if (tls_output(conn->tls)->len > 0)
        mark(conn);
}

static void on_alloc(uv_handle_t *handle, size_t size, uv_buf_t *buf)
{
    struct conn *conn = conn_of(handle->data);

    (void)size;
    *buf = uv_buf_init(conn->hub->cipher, sizeof conn->hub->cipher);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    struct conn *conn = conn_of(stream->data);

    if (n == UV_EOF && conn->state != CONN_LINGERING) {
        conn->fin = true;
        conn->reading = false;
        pump(conn);
    } else if (n < 0) {
        close_socket(conn);
    } else if (n > 0) {
        take_bytes(conn, buf->base, (size_t)n);
    }
    set_reading(conn);
}

static void set_reading(struct conn *conn)
{
    bool wanted = conn->state == CONN_LINGERING || takes_input(conn);

    if (conn->state == CONN_CLOSED)
        return;
    wanted = wanted && !conn->rested && !conn->fin;
    if (wanted == conn->reading)
        return;
    conn->reading = wanted;
    if (!wanted)
        (void)uv_read_stop((uv_stream_t *)&conn->tcp);
    else if (uv_read_start((uv_stream_t *)&conn->tcp, on_alloc, on_read) != 0)
        close_socket(conn);
}

/* Output. */

static void note_progress(struct conn *conn)
{
    conn->moved_ms = uv_now(conn->hub->loop);
}

static void on_written(uv_write_t *write, int status)
{
    struct conn *conn = conn_of(write->data);

    chunks_fini(&conn->sending);
    conn->writing = false;
    if (status == 0)
        note_progress(conn);
    else
        close_socket(conn);
    mark(conn);
}

static unsigned fill_bufs(const struct chunks *from, uv_buf_t bufs[PIECES])
{
    unsigned n = 0;

    for (struct chunk *at = from->first; at && n < PIECES; at = at->next)
        bufs[n++] =
            uv_buf_init(at->bytes + at->start, (unsigned)(at->end - at->start));
    return n;
}

static void start_write(struct conn *conn)
{
    uv_buf_t bufs[PIECES];

    chunks_give(&conn->sending, tls_output(conn->tls), PIECES);
    unsigned n = fill_bufs(&conn->sending, bufs);
    conn->write.data = conn;
    conn->queued = 0;
    if (uv_write(
            &conn->write, (uv_stream_t *)&conn->tcp, bufs, n, on_written) != 0)
        close_socket(conn);
    else
        conn->writing = true;
}

/* First what the kernel takes at once; only the rest needs a write that calls
 * back. */
static void send_cipher(struct conn *conn)
{
    struct chunks *out = tls_output(conn->tls);
    uv_buf_t bufs[PIECES];

    while (!conn->writing && out->len > 0 && conn->state != CONN_CLOSED) {
        unsigned n = fill_bufs(out, bufs);
        int done = uv_try_write((uv_stream_t *)&conn->tcp, bufs, n);
        if (done > 0) {
            chunks_cut(out, (size_t)done);
            note_progress(conn);
        } else if (done == UV_EAGAIN || done == 0) {
            start_write(conn);
        } else {
            close_socket(conn);
        }
    }
}

/* The session's output goes into TLS only while little waits behind it: what
 * a slow reader does not take stays where it is counted. */
static void push_output(struct conn *conn)
{
    for (int i = 0; i < ROUNDS && conn->state == CONN_OPEN; i++) {
        size_t waiting = waiting_cipher(conn);
        size_t len = 0;
        const char *bytes = session_output(conn->session, &len);
        if (len == 0 || waiting > LIMIT_CIPHER / 2)
            return;
        if (len > LIMIT_CIPHER - waiting)
            len = LIMIT_CIPHER - waiting;
        if (tls_write(conn->tls, bytes, len) != ERR_OK) {
            fail(conn);
            return;
        }
        session_sent(conn->session, len);
        send_cipher(conn);
    }
    mark(conn);
}

static void on_shut(uv_shutdown_t *shutdown, int status)
{
    struct conn *conn = conn_of(shutdown->data);

    if (conn->state == CONN_CLOSED)
        return;
    if (status != 0 || conn->fin) {
        close_socket(conn);
        return;
    }
    move_to(conn, CONN_LINGERING);
    end_after(conn, LIMIT_LINGER_SECONDS);
    set_reading(conn);
}

static void follow_on(struct conn *conn)
{
    size_t len = 0;

    if (conn->state == CONN_OPEN && session_is_over(conn->session)) {
        (void)session_output(conn->session, &len);
        if (len == 0)
            begin_end(conn);
    }
    if (conn->state == CONN_ENDING) {
        send_cipher(conn);
        if (conn->state != CONN_ENDING || waiting_cipher(conn) > 0)
            return;
        move_to(conn, CONN_SHUTTING);
        conn->shutdown.data = conn;
        if (uv_shutdown(&conn->shutdown, (uv_stream_t *)&conn->tcp, on_shut))
            close_socket(conn);
    }
}

void conn_serve(struct conn *conn)
{
    INSIST(conn->magic == CONN_MAGIC);
    conn->rested = false;
    pump(conn);
    if (conn->state == CONN_OPEN) {
        if (session_is_open(conn->session))
            guard_know(conn->hub->guard, conn->place);
        push_output(conn);
    }
    send_cipher(conn);
    follow_on(conn);
    set_reading(conn);
}

/* Time. */

static bool is_stalled(struct conn *conn)
{
    size_t queued = uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp);
    size_t len = 0;

    (void)session_output(conn->session, &len);
    if (waiting_cipher(conn) + len == 0 || queued < conn->queued)
        note_progress(conn);
    conn->queued = queued;
    return uv_now(conn->hub->loop) >
           conn->moved_ms + LIMIT_STALL_SECONDS * 1000;
}

void conn_tick(struct conn *conn)
{
    if (conn->state == CONN_CLOSED)
        return;
    if (conn->state == CONN_OPEN && is_stalled(conn)) {
        hub_log_fault(conn->hub, "stalled", conn->address, NULL);
        conn_cut(conn);
    } else if (conn->until_ms && uv_now(conn->hub->loop) > conn->until_ms) {
        if (conn->state == CONN_SHAKING)
            hub_log_fault(conn->hub, "handshake-late", conn->address, NULL);
        conn_cut(conn);
    }
}

void conn_drain(struct conn *conn)
{
    if (conn->state == CONN_SHAKING)
        close_socket(conn);
}

/* The beginning. */

static bool is_welcome(struct conn *conn)
{
    struct sockaddr_storage peer = {0};
    int len = sizeof peer;
    uint32_t random = 0;

    if (uv_tcp_getpeername(&conn->tcp, (struct sockaddr *)&peer, &len) != 0)
        return false;
    address_print(&peer, conn->address);
    (void)getrandom(&random, sizeof random, 0);
    switch (guard_admit(conn->hub->guard, &peer, random, &conn->place)) {
    case GUARD_WELCOME:
        return true;
    case GUARD_CROWDED:
        hub_log_fault(conn->hub, "refused", conn->address,
            "too many connections have not logged in");
        return false;
    case GUARD_ADDRESS:
        hub_log_fault(conn->hub, "refused", conn->address,
            "too many connections of this address");
        return false;
    }
    return false;
}

void conn_accept(struct hub *hub, uv_stream_t *from)
{
    struct conn *conn = mem_new(sizeof *conn);

    conn->magic = CONN_MAGIC;
    conn->hub = hub;
    TAILQ_INSERT_TAIL(&hub->all, conn, in_all);
    INSIST(uv_tcp_init(hub->loop, &conn->tcp) == 0);
    conn->tcp.data = conn;
    end_after(conn, LIMIT_HANDSHAKE_SECONDS);
    if (uv_accept(from, (uv_stream_t *)&conn->tcp) != 0 || !is_welcome(conn) ||
        tls_new(hub->context, &conn->tls) != ERR_OK)
        close_socket(conn);
    else
        set_reading(conn);
}

/* The lists. */

struct conn *conn_next(struct conn *conn)
{
    return TAILQ_NEXT(conn, in_all);
}

struct conn *conn_take_marked(struct hub *hub)
{
    struct conn *conn = TAILQ_FIRST(&hub->marked);

    if (conn != NULL)
        unmark(conn);
    return conn;
}
