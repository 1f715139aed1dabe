/* SPDX-License-Identifier: Apache-2.0
 *
 * conn_out.c - from the session through TLS to the socket.
 *
 * One write is under way at a time; its bytes belong to it and are freed by
 * its callback, whatever has become of the link by then.
 */
#include "server/net/conn_inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

/* Pieces of one write; more wait for the next. */
#define PIECES ((size_t)32)

/* Rounds of one connection before others have their turn. */
#define ROUNDS 16

size_t conn_waiting(const struct conn *conn)
{
    return tls_output(conn->tls)->len + conn->sending.len;
}

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
        conn_close(conn);
    conn_mark(conn);
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
        conn_close(conn);
    else
        conn->writing = true;
}

/* First what the kernel takes at once; only the rest needs a write that calls
 * back. */
void conn_send(struct conn *conn)
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
            conn_close(conn);
        }
    }
}

void conn_push(struct conn *conn)
{
    for (int i = 0; i < ROUNDS; i++) {
        conn_send(conn);
        if (conn->state != CONN_OPEN)
            return;
        size_t waiting = conn_waiting(conn);
        size_t len = 0;
        const char *bytes = session_output(conn->session, &len);
        if (len == 0)
            return;
        if (waiting > LIMIT_NOW(CIPHER) / 2) {
            /* The end of that write marks the connection again. */
            INSIST(conn->writing);
            return;
        }
        if (!limit_allows(LIMIT_ROW_CIPHER, waiting + len))
            len = LIMIT_NOW(CIPHER) - waiting;
        if (tls_write(conn->tls, bytes, len) != ERR_OK) {
            conn_fail(conn);
            return;
        }
        session_sent(conn->session, len);
    }
    conn_mark(conn);
}
