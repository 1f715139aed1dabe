/* SPDX-License-Identifier: Apache-2.0
 *
 * hub.h - what all connections share: the loop, the engine, the certificate,
 * the buffers, and the list of those that have something to do.
 *
 * Whatever happens to a connection only marks it; what it then has to do is
 * done once, before the loop waits again: many replies leave in one record
 * and one write, and no connection is changed while it is being walked over.
 */
#ifndef SERVER_NET_HUB_H
#define SERVER_NET_HUB_H

#include "server/log_table.h"
#include "server/net/door.h"
#include "server/net/tls_context.h"
#include "server/session/engine.h"

#include <sys/queue.h>
#include <uv.h>

struct conn;

TAILQ_HEAD(conn_list, conn);

/* What one read takes at most: a full record, so that a busy connection gives
 * way to others soon. */
#define HUB_READ 16384

struct hub {
    uv_loop_t *loop;
    struct engine *engine;
    struct tls_context *context; /* for connections to come */
    struct door *door;
    struct conn_list all;
    struct conn_list marked; /* with something to do before the loop waits */
    uv_prepare_t before_wait;
    uv_idle_t awake; /* active: the loop must not wait */
    uint64_t turn;   /* of the loop */
    size_t faults;   /* of peers, logged in this second */
    size_t unlogged; /* and not logged, since they were too many */
    char cipher[HUB_READ];
    char plain[HUB_READ];
};

/**
 * hub_init - no connection yet
 *
 * Takes   context  belongs to the hub from now on
 *         most     connections in all
 * Gives   *hub, whose handles are running in the loop
 * Thread  loop
 */
void hub_init(struct hub *hub, uv_loop_t *loop, struct engine *engine,
    struct tls_context *context, size_t most);

/**
 * hub_fini - end the handles of the hub; all connections must be gone
 *
 * Gives   handles that the loop closes in its next turns
 * Thread  loop
 */
void hub_fini(struct hub *hub);

/**
 * hub_use - another certificate for connections to come
 *
 * Takes   context  belongs to the hub from now on
 * Gives   the old one is freed; links made with it live on
 * Thread  loop
 */
void hub_use(struct hub *hub, struct tls_context *context);

/**
 * hub_tick - see to the time limits of connections
 *
 * Gives   to be called once a second
 * Thread  loop
 */
void hub_tick(struct hub *hub);

/**
 * hub_drain - end the connections that have no session yet
 *
 * Gives   those with a session are ended by the engine
 * Thread  loop
 */
void hub_drain(struct hub *hub);

/**
 * hub_cut - end all connections at once
 *
 * Gives   nothing that waits is sent any more
 * Thread  loop
 */
void hub_cut(struct hub *hub);

/**
 * hub_is_empty - whether no connection is left
 *
 * Gives   true or false
 * Thread  loop
 */
bool hub_is_empty(const struct hub *hub);

/**
 * hub_log_fault - one line of the log about a peer that does it wrong
 *
 * After 20 lines in a second they are only counted: who floods the server
 * shall not flood its log.
 *
 * Takes   address  of the peer
 *         why      a sentence, or NULL
 * Gives   the line, perhaps
 * Thread  loop
 */
void hub_log_fault(
    struct hub *hub, enum log_id what, const char *address, const char *why);

#endif
