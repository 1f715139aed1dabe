/* SPDX-License-Identifier: Apache-2.0
 *
 * wire.h - a client's side of a TLS connection, as the tests need it.
 *
 * Lines come out, bytes go in; nothing blocks for longer than it is told to.
 * While it waits to send it reads on, so that two full pipes never wait for
 * each other.
 */
#ifndef TESTS_TALK_WIRE_H
#define TESTS_TALK_WIRE_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>

struct wire;
struct ssl_st;

enum wire_got {
    WIRE_LINE,   /* *line is filled */
    WIRE_CLOSED, /* the server said close_notify */
    WIRE_CUT,    /* it went away without */
    WIRE_LATE    /* nothing came in time */
};

/**
 * wire_open - connect to 127.0.0.1 and shake hands
 *
 * Takes   ca  file of the certificate that must have signed the server's
 * Gives   the wire; NULL when that failed, and *why says how
 * Thread  any
 */
struct wire *wire_open(
    const char *port, const char *ca, int timeout_ms, struct text *why);

/**
 * wire_send - send bytes
 *
 * Gives   whether all of them were taken in time
 * Thread  the one that owns the wire
 */
bool wire_send(
    struct wire *wire, const char *bytes, size_t len, int timeout_ms);

/**
 * wire_line - the next line of the server
 *
 * Gives   *line  without its end, freed with free(), on WIRE_LINE alone
 * Thread  the one that owns the wire
 */
enum wire_got wire_line(struct wire *wire, char **line, int timeout_ms);

/**
 * wire_half_close - say close_notify; the server may still send
 *
 * Gives   whether it could be said
 * Thread  the one that owns the wire
 */
bool wire_half_close(struct wire *wire);

/**
 * wire_fd - the socket, to wait on several links at once
 *
 * A line may already wait in memory: ask wire_line with no time to spare
 * before waiting.
 *
 * Gives   a descriptor that the wire keeps
 * Thread  the one that owns the wire
 */
int wire_fd(const struct wire *wire);

/**
 * wire_secret - what the keys of the bytes to the server are made of
 *
 * Gives   *tls  the connection of OpenSSL
 *         secret[*len]  lives as long as the wire
 * Thread  the one that owns the wire
 */
const unsigned char *wire_secret(
    const struct wire *wire, struct ssl_st **tls, size_t *len);

/**
 * wire_free - close at once
 *
 * Gives   *wire NULL
 * Thread  the one that owns the wire
 */
void wire_free(struct wire **wire);

/**
 * clock_ms - a clock that never goes back
 *
 * Gives   milliseconds since some moment
 * Thread  any
 */
long long clock_ms(void);

#endif
