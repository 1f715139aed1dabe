/* SPDX-License-Identifier: Apache-2.0
 *
 * link.h - a client's side of a TLS connection, as the tests need it.
 *
 * Lines come out, bytes go in; nothing blocks for longer than it is told to.
 * While it waits to send it reads on, so that two full pipes never wait for
 * each other.
 */
#ifndef TESTS_TALK_LINK_H
#define TESTS_TALK_LINK_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>

struct link;

enum link_got {
    LINK_LINE,   /* *line is filled */
    LINK_CLOSED, /* the server said close_notify */
    LINK_CUT,    /* it went away without */
    LINK_LATE    /* nothing came in time */
};

/**
 * link_open - connect to 127.0.0.1 and shake hands
 *
 * Takes   ca  file of the certificate that must have signed the server's
 * Gives   the link; NULL when that failed, and *why says how
 * Thread  any
 */
struct link *link_open(
    const char *port, const char *ca, int timeout_ms, struct text *why);

/**
 * link_send - send bytes
 *
 * Gives   whether all of them were taken in time
 * Thread  the one that owns the link
 */
bool link_send(
    struct link *link, const char *bytes, size_t len, int timeout_ms);

/**
 * link_line - the next line of the server
 *
 * Gives   *line  without its end, freed with free(), on LINK_LINE alone
 * Thread  the one that owns the link
 */
enum link_got link_line(struct link *link, char **line, int timeout_ms);

/**
 * link_half_close - say close_notify; the server may still send
 *
 * Gives   whether it could be said
 * Thread  the one that owns the link
 */
bool link_half_close(struct link *link);

/**
 * link_fd - the socket, to wait on several links at once
 *
 * A line may already wait in memory: ask link_line with no time to spare
 * before waiting.
 *
 * Gives   a descriptor that the link keeps
 * Thread  the one that owns the link
 */
int link_fd(const struct link *link);

/**
 * link_free - close at once
 *
 * Gives   *link NULL
 * Thread  the one that owns the link
 */
void link_free(struct link **link);

/**
 * clock_ms - a clock that never goes back
 *
 * Gives   milliseconds since some moment
 * Thread  any
 */
long long clock_ms(void);

#endif
