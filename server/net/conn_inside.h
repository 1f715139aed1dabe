/* SPDX-License-Identifier: Apache-2.0
 *
 * conn_inside.h - what the three files of a connection share; nobody else's.
 *
 * conn.c has its states, its beginning and its end, conn_in.c what comes from
 * the peer, conn_out.c what goes to it.
 */
#ifndef SERVER_NET_CONN_INSIDE_H
#define SERVER_NET_CONN_INSIDE_H

#include "protocol/limit.h"
#include "server/net/conn.h"
#include "server/net/telnet.h"
#include "server/net/tls.h"
#include "server/session/first.h"
#include "server/session/session.h"

#define CONN_MAGIC 0x636f6e21u

enum conn_state {
    CONN_SHAKING,
    CONN_OPEN,
    CONN_ENDING,
    CONN_SHUTTING,
    CONN_LINGERING,
    CONN_CLOSED,
    CONN_STATES
};

struct conn {
    unsigned magic;
    enum conn_state state;
    TAILQ_ENTRY(conn) in_all;
    TAILQ_ENTRY(conn) in_marked;
    struct hub *hub;
    struct door_place *place; /* NULL: not admitted */
    struct tls *tls;
    struct session *session; /* NULL but while OPEN */
    struct chunks sending;   /* belongs to the write under way */
    enum limit lasts;        /* what ends the state; LIMIT_COUNT: nothing */
    uint64_t since_ms;       /* when it began */
    uint64_t until_ms;       /* when it ends */
    uint64_t moved_ms;       /* when bytes last left, or none waited */
    size_t queued;           /* bytes in libuv's queue at the last tick */
    uint64_t turn;           /* of the loop, in which turn_bytes came */
    size_t turn_bytes;
    struct first first;
    struct telnet telnet; /* of a plain one */
    bool plain;           /* without TLS */
    bool marked;
    bool reading;    /* the socket is being read */
    bool writing;    /* a write is under way */
    bool held;       /* bytes may wait in TLS, since nobody wanted them */
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

/**
 * conn_of - the connection that a callback's data points to
 *
 * Gives   the same pointer, checked
 * Thread  loop
 */
struct conn *conn_of(void *data);

/**
 * conn_mark - have the connection served before the loop waits
 *
 * Gives   nothing when it is closed
 * Thread  loop
 */
void conn_mark(struct conn *conn);

/**
 * conn_move - enter another state
 *
 * Takes   lasts  how long it may last; LIMIT_COUNT: for ever
 * Gives   the state entered
 * Thread  loop
 */
void conn_move(struct conn *conn, enum conn_state state, enum limit lasts);

/**
 * conn_close - close the socket; it has nothing more to send
 *
 * Gives   the session freed, and the connection before long
 * Thread  loop
 */
void conn_close(struct conn *conn);

/**
 * conn_end - end the link when what stands in its output is sent
 *
 * Gives   the session freed, our close_notify in the output
 * Thread  loop
 */
void conn_end(struct conn *conn);

/**
 * conn_fail - the link is broken: log it, send the alert, end
 *
 * Gives   as conn_end
 * Thread  loop
 */
void conn_fail(struct conn *conn);

/**
 * conn_open - the link is there: begin the session
 *
 * Gives   the greeting in its output
 * Thread  loop
 */
void conn_open(struct conn *conn);

/**
 * conn_pump - read on, as long as there are bytes and somebody wants them
 *
 * Bytes that wait inside of OpenSSL wake nobody, so this is called when bytes
 * come and whenever the session may have begun to want them again.
 *
 * Gives   input for the session, or its end
 * Thread  loop
 */
void conn_pump(struct conn *conn);

/**
 * conn_set_reading - read the socket if somebody wants what comes
 *
 * Gives   reading begun or stopped
 * Thread  loop
 */
void conn_set_reading(struct conn *conn);

/**
 * conn_waiting - encrypted bytes that the kernel has not taken
 *
 * Gives   a count
 * Thread  loop
 */
size_t conn_waiting(const struct conn *conn);

/**
 * conn_push - encrypt what the session has to say, and send it
 *
 * What a slow reader does not take stays with the session, which counts it.
 *
 * Gives   output moved on, as far as it may be
 * Thread  loop
 */
void conn_push(struct conn *conn);

/**
 * conn_send - send what is encrypted
 *
 * Gives   what the kernel takes at once is gone, the rest is under way
 * Thread  loop
 */
void conn_send(struct conn *conn);

#endif
