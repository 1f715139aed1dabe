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
#include "server/net/conn_inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define BIT(state) (1u << (CONN_##state))

static const unsigned may_follow[CONN_STATES] = {
    [CONN_SHAKING] = BIT(OPEN) | BIT(ENDING) | BIT(CLOSED),
    [CONN_OPEN] = BIT(ENDING) | BIT(CLOSED),
    [CONN_ENDING] = BIT(SHUTTING) | BIT(CLOSED),
    [CONN_SHUTTING] = BIT(LINGERING) | BIT(CLOSED),
    [CONN_LINGERING] = BIT(CLOSED),
};

static void begin(struct conn *conn, enum conn_state state, enum limit lasts)
{
    conn->state = state;
    conn->lasts = lasts;
    conn->since_ms = uv_now(conn->hub->loop);
    conn->until_ms = conn->since_ms;
    if (lasts != LIMIT_COUNT)
        conn->until_ms += (uint64_t)limit_ms(lasts);
}

void conn_move(struct conn *conn, enum conn_state state, enum limit lasts)
{
    INSIST(may_follow[conn->state] & (1u << state));
    begin(conn, state, lasts);
}

void conn_mark(struct conn *conn)
{
    if (conn->marked || conn->state == CONN_CLOSED)
        return;
    conn->marked = true;
    TAILQ_INSERT_TAIL(&conn->hub->marked, conn, in_marked);
}

static void unmark(struct conn *conn)
{
    INSIST(conn->marked);
    TAILQ_REMOVE(&conn->hub->marked, conn, in_marked);
    conn->marked = false;
}

struct conn *conn_of(void *data)
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
    door_leave(conn->hub->door, &conn->place);
    tls_free(&conn->tls);
    chunks_fini(&conn->sending);
    conn->magic = 0;
    free(conn);
}

static void close_socket(struct conn *conn, bool reset)
{
    uv_handle_t *handle = (uv_handle_t *)&conn->tcp;

    if (conn->state == CONN_CLOSED)
        return;
    conn_move(conn, CONN_CLOSED, LIMIT_COUNT);
    if (conn->marked)
        unmark(conn);
    session_free(&conn->session);
    if (!reset || uv_tcp_close_reset(&conn->tcp, on_closed) != 0)
        uv_close(handle, on_closed);
}

void conn_close(struct conn *conn)
{
    close_socket(conn, false);
}

/* A reset frees what the kernel still holds for a peer that does not read. */
void conn_cut(struct conn *conn)
{
    close_socket(conn, true);
}

/* What stands in the output, an alert or the last lines, is still sent. */
void conn_end(struct conn *conn)
{
    bool was_open = conn->state == CONN_OPEN;

    session_free(&conn->session);
    tls_close(conn->tls);
    conn_move(conn, CONN_ENDING,
        was_open ? LIMIT_ROW_STALL_SECONDS : LIMIT_ROW_HANDSHAKE_SECONDS);
    conn_mark(conn);
}

void conn_fail(struct conn *conn)
{
    hub_log_fault(conn->hub, LOG_TLS_FAULT, conn->address, tls_why(conn->tls));
    conn_end(conn);
}

static void on_shut(uv_shutdown_t *shutdown, int status)
{
    struct conn *conn = conn_of(shutdown->data);

    if (conn->state == CONN_CLOSED)
        return;
    if (status != 0 || conn->fin) {
        conn_close(conn);
        return;
    }
    conn_move(conn, CONN_LINGERING, LIMIT_ROW_LINGER_SECONDS);
    conn_set_reading(conn);
}

static void follow_on(struct conn *conn)
{
    size_t len = 0;

    if (conn->state == CONN_OPEN && session_is_over(conn->session)) {
        (void)session_output(conn->session, &len);
        if (len == 0)
            conn_end(conn);
    }
    if (conn->state == CONN_ENDING) {
        conn_send(conn);
        if (conn->state != CONN_ENDING || conn_waiting(conn) > 0)
            return;
        conn_move(conn, CONN_SHUTTING, LIMIT_ROW_STALL_SECONDS);
        conn->shutdown.data = conn;
        if (uv_shutdown(&conn->shutdown, (uv_stream_t *)&conn->tcp, on_shut))
            conn_close(conn);
    }
}

void conn_serve(struct conn *conn)
{
    INSIST(conn->magic == CONN_MAGIC);
    conn->rested = false;
    conn_send(conn);
    conn_pump(conn);
    if (conn->state == CONN_OPEN) {
        if (session_is_open(conn->session))
            door_know(conn->hub->door, conn->place);
        conn_push(conn);
    }
    conn_send(conn);
    follow_on(conn);
    conn_set_reading(conn);
}

/* Time. */

static bool is_stalled(struct conn *conn)
{
    size_t queued = uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp);
    size_t len = 0;

    (void)session_output(conn->session, &len);
    uint64_t now = uv_now(conn->hub->loop);
    if (conn_waiting(conn) + len == 0 || queued < conn->queued)
        conn->moved_ms = now;
    conn->queued = queued;
    return limit_is_over(
        LIMIT_ROW_STALL_SECONDS, (int64_t)(now - conn->moved_ms));
}

static bool is_late(const struct conn *conn)
{
    uint64_t now = uv_now(conn->hub->loop);

    if (conn->lasts == LIMIT_COUNT)
        return false;
    limit_met(
        conn->lasts, now - conn->since_ms, conn->until_ms - conn->since_ms);
    return now > conn->until_ms;
}

void conn_tick(struct conn *conn)
{
    if (conn->state == CONN_CLOSED)
        return;
    if (conn->state == CONN_OPEN && is_stalled(conn)) {
        hub_log_fault(conn->hub, LOG_STALLED, conn->address, NULL);
        conn_cut(conn);
    } else if (is_late(conn)) {
        if (conn->state == CONN_SHAKING)
            hub_log_fault(conn->hub, LOG_HANDSHAKE_LATE, conn->address, NULL);
        conn_cut(conn);
    }
}

void conn_drain(struct conn *conn)
{
    if (conn->state == CONN_SHAKING)
        conn_close(conn);
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
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random)
        random = (uint32_t)uv_hrtime();
    switch (door_admit(conn->hub->door, &peer, random, &conn->place)) {
    case DOOR_WELCOME:
        return true;
    case DOOR_CROWDED:
        hub_log_fault(conn->hub, LOG_REFUSED, conn->address,
            "too many connections have not logged in");
        return false;
    case DOOR_ADDRESS:
        hub_log_fault(conn->hub, LOG_REFUSED, conn->address,
            "too many connections of this address");
        return false;
    }
    return false;
}

static enum err make_link(struct conn *conn)
{
    if (!conn->plain)
        return tls_new(conn->hub->context, &conn->tls);
    tls_new_plain(&conn->tls);
    return ERR_OK;
}

void conn_accept(struct hub *hub, uv_stream_t *from, bool plain)
{
    struct conn *conn = mem_new(sizeof *conn);

    conn->magic = CONN_MAGIC;
    conn->hub = hub;
    conn->plain = plain;
    TAILQ_INSERT_TAIL(&hub->all, conn, in_all);
    INSIST(uv_tcp_init(hub->loop, &conn->tcp) == 0);
    conn->tcp.data = conn;
    begin(conn, CONN_SHAKING, LIMIT_ROW_HANDSHAKE_SECONDS);
    if (uv_accept(from, (uv_stream_t *)&conn->tcp) != 0 || !is_welcome(conn) ||
        make_link(conn) != ERR_OK) {
        conn_close(conn);
        return;
    }
    if (plain)
        conn_open(conn);
    conn_set_reading(conn);
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
