/* SPDX-License-Identifier: Apache-2.0
 *
 * listener.c - listening, and taking connections a few at a time.
 *
 * While one connection is held and not taken, libuv does not poll the socket.
 */
#include "server/net/listener.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/log.h"
#include "server/net/conn.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>

/* Files for the database, the loop and the logs. */
#define FILES_RESERVE 64

static void take_waiting(struct listener *listener)
{
    if (!limit_allows(LIMIT_ROW_ACCEPTS, listener->taken + 1) ||
        door_is_full(listener->hub->door)) {
        listener->waiting = true;
        return;
    }
    listener->waiting = false;
    listener->taken++;
    conn_accept(listener->hub, (uv_stream_t *)&listener->tcp, listener->plain);
}

static void on_connection(uv_stream_t *stream, int status)
{
    struct listener *listener = stream->data;

    if (status != 0)
        hub_log_fault(
            listener->hub, LOG_ACCEPT_FAILED, "none", uv_strerror(status));
    else
        take_waiting(listener);
}

static void on_before_wait(uv_prepare_t *prepare)
{
    struct listener *listener = prepare->data;

    listener->taken = 0;
    if (listener->waiting)
        take_waiting(listener);
}

/* Set once here: on Linux the sockets of connections inherit all of them.
 * Peers that vanish are noticed by the kernel, a little later than those that
 * are there and do not read, which are cut and logged by the connection. */
static void set_options(const uv_tcp_t *tcp)
{
    const struct {
        int level, name, value;
    } rows[] = {
        {IPPROTO_TCP, TCP_NODELAY, 1},
        {SOL_SOCKET, SO_KEEPALIVE, 1},
        {IPPROTO_TCP, TCP_KEEPIDLE, 30},
        {IPPROTO_TCP, TCP_KEEPINTVL, 10},
        {IPPROTO_TCP, TCP_KEEPCNT, 3},
        {IPPROTO_TCP, TCP_USER_TIMEOUT, (int)LIMIT_MS(STALL_SECONDS) + 30000},
    };
    uv_os_fd_t fd = -1;

    if (uv_fileno((const uv_handle_t *)tcp, &fd) != 0)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        (void)setsockopt(fd, rows[i].level, rows[i].name, &rows[i].value,
            sizeof rows[i].value);
}

enum err listener_init(struct listener *listener, struct hub *hub,
    const struct sockaddr_storage *address, bool plain, char *printed,
    struct text *why)
{
    struct sockaddr_storage bound = {0};
    int len = sizeof bound;

    *listener = (struct listener){.hub = hub, .plain = plain};
    INSIST(uv_prepare_init(hub->loop, &listener->before_wait) == 0);
    INSIST(uv_tcp_init(hub->loop, &listener->tcp) == 0);
    listener->tcp.data = listener;
    listener->before_wait.data = listener;
    int got = uv_tcp_bind(&listener->tcp, (const struct sockaddr *)address, 0);
    if (got == 0)
        got =
            uv_listen((uv_stream_t *)&listener->tcp, SOMAXCONN, on_connection);
    if (got == 0)
        got =
            uv_tcp_getsockname(&listener->tcp, (struct sockaddr *)&bound, &len);
    if (got != 0) {
        address_print(address, printed);
        text_printf(why, "can not listen on %s: %s", printed, uv_strerror(got));
        listener_stop(listener);
        return ERR_UNAVAILABLE;
    }
    set_options(&listener->tcp);
    INSIST(uv_prepare_start(&listener->before_wait, on_before_wait) == 0);
    address_print(&bound, printed);
    return ERR_OK;
}

void listener_stop(struct listener *listener)
{
    if (listener->hub == NULL || uv_is_closing((uv_handle_t *)&listener->tcp))
        return;
    uv_close((uv_handle_t *)&listener->tcp, NULL);
    uv_close((uv_handle_t *)&listener->before_wait, NULL);
}

size_t listener_room(void)
{
    const rlim_t wanted = LIMIT_NOW(SESSIONS) + FILES_RESERVE;
    struct rlimit files = {0};

    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return LIMIT_NOW(SESSIONS);
    if (files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        INSIST(getrlimit(RLIMIT_NOFILE, &files) == 0);
    }
    if (files.rlim_cur >= wanted)
        return LIMIT_NOW(SESSIONS);
    return files.rlim_cur > FILES_RESERVE ? files.rlim_cur - FILES_RESERVE : 1;
}
