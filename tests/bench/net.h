/* SPDX-License-Identifier: Apache-2.0
 *
 * net.h - many TLS connections of one thread, to whichever server is measured.
 *
 * A struct peer says how to speak to one: what goes before TLS, what opens a
 * session, and how its answers are told apart.  Nothing here knows more.
 */
#ifndef TESTS_BENCH_NET_H
#define TESTS_BENCH_NET_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ssl_ctx_st;
struct ssl_st;
struct conn;

/* How to speak to a server. */
struct speech {
    /* Bytes before TLS, both ways; NULL: none.  False when it went wrong. */
    bool (*before)(int fd);
    /* Counts what stands whole in bytes[len] and gives how much that was. */
    size_t (*take)(struct conn *conn, const char *bytes, size_t len);
};

struct conn {
    const struct speech *speech;
    int fd;
    struct ssl_st *ssl;
    struct text in;
    size_t in_done;
    struct text out;
    size_t out_done;
    size_t asked, answers; /* final answers alone */
    size_t events;
    size_t faults;   /* answers that say no */
    char fault[160]; /* the first of them */
    uint64_t rev;    /* of the object it changes, as last told */
    int64_t sent_ns; /* of the request under way, as it was intended */
    bool lost;
};

struct net {
    struct ssl_ctx_st *tls;
    int poll; /* epoll */
    struct conn **list;
    size_t n, room;
    uint16_t port;
};

/**
 * now_ns - a clock that never goes back
 *
 * Gives   nanoseconds since some moment
 * Thread  any
 */
int64_t now_ns(void);

/**
 * net_init - prepare to connect to a port of this machine
 *
 * Takes   ca  file of the certificate that signed the server's
 * Gives   *net; aborts when OpenSSL can not
 * Thread  the one that owns *net
 */
void net_init(struct net *net, uint16_t port, const char *ca);

/**
 * net_open - one more connection, its handshake done
 *
 * Gives   the connection, which lives as long as the net; NULL when it failed
 * Thread  the one that owns *net
 */
struct conn *net_open(struct net *net, const struct speech *speech);

/**
 * net_shake - connect, shake hands and go away
 *
 * Gives   whether that worked
 * Thread  any; *net is only read
 */
bool net_shake(const struct net *net, const struct speech *speech);

/**
 * conn_say - send bytes; what does not go at once goes with net_turn
 *
 * Takes   asked  how many answers they will have
 * Gives   conn->lost when the connection is gone
 * Thread  the one that owns the net
 */
void conn_say(struct conn *conn, const char *bytes, size_t len, size_t asked);

/**
 * conn_lines - take whole lines, one after the other
 *
 * Gives   how many bytes they were; what is left is half a line
 * Thread  the one that owns the net
 */
size_t conn_lines(struct conn *conn, const char *bytes, size_t len,
    void (*take_line)(struct conn *conn, const char *line, size_t len));

/**
 * conn_refused - count an answer that is an error, and keep the first
 *
 * Gives   conn->answers, conn->faults and conn->fault
 * Thread  the one that owns the net
 */
void conn_refused(struct conn *conn, const char *line, size_t len);

/**
 * net_turn - wait for something to come, and take it
 *
 * Takes   called  for each connection that something came on; may be NULL
 * Gives   counts grown; how many connections something came on
 * Thread  the one that owns *net
 */
size_t net_turn(struct net *net, int64_t timeout_ns,
    void (*called)(void *ctx, struct conn *conn), void *ctx);

/**
 * conn_wait - take what comes until a connection has all its answers
 *
 * Gives   false when it is lost or 20 s have passed
 * Thread  the one that owns *net
 */
bool conn_wait(struct net *net, const struct conn *conn);

/**
 * net_fini - close all
 *
 * Gives   *net all zero
 * Thread  the one that owns *net
 */
void net_fini(struct net *net);

#endif
