/* SPDX-License-Identifier: Apache-2.0
 *
 * control_socket.h - the socket in the data folder by which the
 * administrator's commands reach a running server.
 *
 * Mode 0600 in a folder that nobody else may enter; who connects is asked of
 * the kernel, and is the owner of the server or root.  One line, one answer.
 */
#ifndef SERVER_ADMIN_CONTROL_SOCKET_H
#define SERVER_ADMIN_CONTROL_SOCKET_H

#include "server/session/engine.h"

#include <sys/queue.h>
#include <uv.h>

struct control_conn;

TAILQ_HEAD(control_conns, control_conn);

struct control_socket {
    struct engine *engine;
    char *path; /* of the socket; NULL when there is none */
    uv_pipe_t pipe;
    struct control_conns conns;
    size_t conns_n;
};

/**
 * control_socket_init - listen
 *
 * Gives   *listening
 * Errors  ERR_UNAVAILABLE  there is no socket, for others may enter the
 *                          folder, or by the disk; *why tells; the server can
 *                          do without
 * Thread  loop
 */
enum err control_socket_init(struct control_socket *listening, uv_loop_t *loop,
    struct engine *engine, const char *folder, struct text *why) MUST_USE;

/**
 * control_socket_stop - take no more changes; what was asked is answered
 *
 * A second time does nothing.
 *
 * Gives   handles that the loop closes in its next turns
 * Thread  loop
 */
void control_socket_stop(struct control_socket *listening);

#endif
