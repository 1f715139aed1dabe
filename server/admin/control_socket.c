/* SPDX-License-Identifier: Apache-2.0
 *
 * control_socket.c - the administrator's commands beside a running server.
 *
 *   READING --its line--> WORKING --answered--> closed
 *      |                                          ^
 *      +--ten seconds, too long, the end----------+
 */
#include "server/admin/control_socket.h"

#include "protocol/base_mem.h"
#include "server/admin/control_job.h"
#include "server/admin/control_path.h"
#include "server/log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNS_MOST 8
#define LINE_MOST  8192
#define READ_MS    10000

struct control_conn {
    struct control_socket *listening;
    TAILQ_ENTRY(control_conn) in_all;
    uv_pipe_t pipe;
    uv_timer_t timer;
    int handles;  /* that libuv has not closed yet */
    bool working; /* the engine will answer */
    size_t len;
    char line[LINE_MOST];
};

static void on_closed(uv_handle_t *handle)
{
    struct control_conn *conn = handle->data;

    if (--conn->handles > 0)
        return;
    explicit_bzero(conn->line, sizeof conn->line);
    free(conn);
}

static void close_conn(struct control_conn *conn)
{
    if (uv_is_closing((uv_handle_t *)&conn->pipe))
        return;
    TAILQ_REMOVE(&conn->listening->conns, conn, in_all);
    conn->listening->conns_n--;
    uv_close((uv_handle_t *)&conn->pipe, on_closed);
    uv_close((uv_handle_t *)&conn->timer, on_closed);
}

/* An answer fits into the buffer of a socket that nothing was written to. */
static void on_answer(void *ctx, enum err err, const char *said)
{
    struct control_conn *conn = ctx;
    struct text answer = {0};

    conn->working = false;
    text_printf(&answer, "%s\n%s", err == ERR_OK ? "ok" : err_word(err), said);
    uv_buf_t part = uv_buf_init(answer.bytes, (unsigned)answer.len);
    (void)uv_try_write((uv_stream_t *)&conn->pipe, &part, 1);
    text_fini(&answer);
    close_conn(conn);
}

static void take_line(struct control_conn *conn)
{
    struct control control;

    uv_read_stop((uv_stream_t *)&conn->pipe);
    uv_timer_stop(&conn->timer);
    if (control_read(conn->line, &control) != ERR_OK) {
        on_answer(conn, ERR_SYNTAX,
            "the server is of another version than this program");
        return;
    }
    conn->working = true;
    control_start(conn->listening->engine, &control, on_answer, conn);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *room)
{
    struct control_conn *conn = handle->data;

    (void)wanted;
    *room =
        uv_buf_init(conn->line + conn->len, (unsigned)(LINE_MOST - conn->len));
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
    struct control_conn *conn = stream->data;

    (void)room;
    if (got < 0) {
        close_conn(conn);
        return;
    }
    conn->len += (size_t)got;
    char *end = memchr(conn->line, '\n', conn->len);
    if (end != NULL) {
        *end = '\0';
        take_line(conn);
    } else if (conn->len == LINE_MOST) {
        close_conn(conn);
    }
}

static void on_late(uv_timer_t *timer)
{
    close_conn(timer->data);
}

/* The owner of the server and root alone, as the kernel knows them. */
static bool is_allowed(const struct control_conn *conn)
{
    struct ucred peer = {0};
    socklen_t len = sizeof peer;
    uv_os_fd_t fd = -1;

    if (uv_fileno((const uv_handle_t *)&conn->pipe, &fd) != 0 ||
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0)
        return false;
    if (peer.uid == 0 || peer.uid == geteuid())
        return true;
    log_event(LOG_CONTROL_REFUSED, "uid=%u", (unsigned)peer.uid);
    return false;
}

static void on_connection(uv_stream_t *stream, int status)
{
    struct control_socket *listening = stream->data;

    if (status != 0)
        return;
    struct control_conn *conn = mem_new(sizeof *conn);
    conn->listening = listening;
    conn->handles = 2;
    INSIST(uv_pipe_init(stream->loop, &conn->pipe, 0) == 0);
    INSIST(uv_timer_init(stream->loop, &conn->timer) == 0);
    conn->pipe.data = conn->timer.data = conn;
    TAILQ_INSERT_TAIL(&listening->conns, conn, in_all);
    listening->conns_n++;
    if (uv_accept(stream, (uv_stream_t *)&conn->pipe) != 0 ||
        listening->conns_n > CONNS_MOST || !is_allowed(conn) ||
        uv_timer_start(&conn->timer, on_late, READ_MS, 0) != 0 ||
        uv_read_start((uv_stream_t *)&conn->pipe, give_room, on_read) != 0)
        close_conn(conn);
}

/* Who holds the lock of the database may replace what a server that was
 * killed has left.  Nobody can connect before listen, when the mode is set. */
static int bind_socket(const char *folder, struct text *why)
{
    struct sockaddr_un address;
    int folder_fd;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0 || control_path(folder, &address, &folder_fd) != ERR_OK)
        goto fail;
    (void)unlink(address.sun_path);
    bool done =
        bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        chmod(address.sun_path, 0600) == 0;
    if (folder_fd >= 0)
        close(folder_fd);
    if (done)
        return fd;
fail:
    text_printf(why, "%s/" CONTROL_FILE ": %s", folder, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool is_private(const char *folder)
{
    struct stat of;

    return stat(folder, &of) == 0 && (of.st_mode & 077) == 0;
}

static char *path_of(const char *folder)
{
    struct text path = {0};

    text_printf(&path, "%s/" CONTROL_FILE, folder);
    return text_take(&path);
}

enum err control_socket_init(struct control_socket *listening, uv_loop_t *loop,
    struct engine *engine, const char *folder, struct text *why)
{
    *listening = (struct control_socket){.engine = engine};
    TAILQ_INIT(&listening->conns);
    if (!is_private(folder)) {
        text_printf(
            why, "others may enter %s; chmod 700 keeps them out", folder);
        return ERR_UNAVAILABLE;
    }
    int fd = bind_socket(folder, why);
    if (fd < 0)
        return ERR_UNAVAILABLE;
    INSIST(uv_pipe_init(loop, &listening->pipe, 0) == 0);
    listening->pipe.data = listening;
    listening->path = path_of(folder);
    int got = uv_pipe_open(&listening->pipe, fd);
    if (got == 0)
        got = uv_listen(
            (uv_stream_t *)&listening->pipe, CONNS_MOST, on_connection);
    if (got == 0)
        return ERR_OK;
    text_printf(why, "%s: %s", listening->path, uv_strerror(got));
    control_socket_stop(listening);
    return ERR_UNAVAILABLE;
}

void control_socket_stop(struct control_socket *listening)
{
    struct control_conn *next;

    if (listening->path == NULL)
        return;
    (void)unlink(listening->path);
    free(listening->path);
    listening->path = NULL;
    uv_close((uv_handle_t *)&listening->pipe, NULL);
    for (struct control_conn *conn = TAILQ_FIRST(&listening->conns); conn;
         conn = next) {
        next = TAILQ_NEXT(conn, in_all);
        if (!conn->working)
            close_conn(conn);
    }
}
