/* SPDX-License-Identifier: Apache-2.0
 *
 * listener.h - the socket that connections come from.
 *
 * A connection that is too much, for now or for this turn of the loop, is left
 * to the system's queue; nothing is polled meanwhile.
 */
#ifndef SERVER_NET_LISTENER_H
#define SERVER_NET_LISTENER_H

#include "server/net/hub.h"

struct listener {
    struct hub *hub;
    uv_tcp_t tcp;
    uv_prepare_t before_wait;
    size_t taken; /* connections, in this turn */
    bool plain;   /* connections without TLS */
    bool waiting; /* libuv holds a connection that was not taken */
};

/**
 * listener_init - listen
 *
 * Takes   plain  connections are without TLS
 * Gives   *listener; printed[ADDRESS_ROOM], the address with its real port
 * Errors  ERR_UNAVAILABLE  the address is in use or not ours; *why tells, and
 *                          handles that the loop closes in its next turn
 * Thread  loop
 */
enum err listener_init(struct listener *listener, struct hub *hub,
    const struct sockaddr_storage *address, bool plain, char *printed,
    struct text *why) MUST_USE;

/**
 * listener_stop - take no more connections; a second time, or on one that
 *                 is all zero, does nothing
 *
 * Gives   handles that the loop closes in its next turn
 * Thread  loop
 */
void listener_stop(struct listener *listener);

/**
 * listener_room - how many connections the limits of the system allow
 *
 * Raises the number of files that may be open as far as that is needed and
 * allowed, and keeps some in reserve.
 *
 * Gives   at least 1, at most the limit "sessions"
 * Thread  any
 */
size_t listener_room(void);

#endif
