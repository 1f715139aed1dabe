/* SPDX-License-Identifier: Apache-2.0
 *
 * conn.h - one connection: a socket, its TLS link and its session.
 *
 * A connection belongs to the loop from conn_new on and frees itself in the
 * one callback that ends its socket.
 */
#ifndef SERVER_NET_CONN_H
#define SERVER_NET_CONN_H

#include "server/net/hub.h"

/**
 * conn_accept - take a waiting connection from a listening socket
 *
 * Who may not come in is closed at once and logged.
 *
 * Takes   from   has a connection waiting
 *         plain  it speaks without TLS
 * Gives   a connection of the hub, perhaps
 * Thread  loop
 */
void conn_accept(struct hub *hub, uv_stream_t *from, bool plain);

/**
 * conn_serve - do what a marked connection has to do
 *
 * Gives   its input read, its output sent, its end begun, as far as may be
 * Thread  loop
 */
void conn_serve(struct conn *conn);

/**
 * conn_tick - see to the time limits
 *
 * Gives   the connection is cut when it has passed one
 * Thread  loop
 */
void conn_tick(struct conn *conn);

/**
 * conn_drain - end the connection if it has no session yet
 *
 * Gives   nothing, or the connection ends
 * Thread  loop
 */
void conn_drain(struct conn *conn);

/**
 * conn_cut - end the connection at once
 *
 * Gives   what waits to be sent is dropped
 * Thread  loop
 */
void conn_cut(struct conn *conn);

/**
 * conn_next - the connection behind one in the list of all
 *
 * Gives   NULL at the end
 * Thread  loop
 */
struct conn *conn_next(struct conn *conn);

/**
 * conn_take_marked - take the first connection out of the list of the marked
 *
 * Gives   NULL when there is none
 * Thread  loop
 */
struct conn *conn_take_marked(struct hub *hub);

#endif
