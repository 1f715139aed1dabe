/* SPDX-License-Identifier: Apache-2.0
 *
 * talk.h - requests and their answers over a link.
 *
 * Any number of requests may be in flight; the server answers in order, so
 * the first request still open owns the lines that come.  Events, notices and
 * the farewell belong to no request.
 */
#ifndef CLIENT_TALK_H
#define CLIENT_TALK_H

#include "client/link.h"
#include "client/rows.h"
#include "protocol/answer.h"

#include <stddef.h>

/* What is done with the lines of one answer.  Both are called from inside
 * talk_turn and may call talk_send, but not wait. */
struct talk_hooks {
    /* A data line as it came, with its two blanks; may be NULL. */
    void (*data)(void *ctx, const char *line);
    /* The final line; the last call for this request.  Both are NULL when
     * the request was given up without an answer. */
    void (*final)(void *ctx, const struct answer *final, const char *line);
    void *ctx;
};

/* A line that belongs to no request: an event, a notice, bye. */
typedef void talk_aside_fn(
    void *ctx, const struct answer *answer, const char *line);

struct talk_open {
    struct talk_hooks hooks;
    bool changes; /* its outcome matters if the link is lost */
};

struct talk {
    struct link *link;
    struct talk_open *open; /* requests without their final line, in order */
    size_t first, n, room;
    talk_aside_fn *aside; /* may be NULL */
    void *aside_ctx;
    bool bye;          /* the server has said bye */
    char *reason;      /* owned; that it gave, NULL when it gave none */
    bool strange;      /* a line came that no server sends */
    size_t lost;       /* requests that were given up without an answer */
    bool lost_changes; /* one of them was a change */
};

/* One answer, whole. */
struct reply_got {
    struct rows rows;
    struct answer final;
    char *line; /* the final line as it came */
};

/**
 * talk_send - send one request
 *
 * Takes   request[len]  whole lines with their ends: a request with the text
 *                       of its heredoc
 *         hooks         copied
 * Gives   the request in flight
 * Thread  the one that owns *talk
 */
void talk_send(struct talk *talk, const char *request, size_t len,
    const struct talk_hooks *hooks);

/**
 * talk_turn - wait once, and hand out the lines that have come
 *
 * Gives   as link_turn
 * Errors  ERR_UNAVAILABLE  the link has ended; no request is in flight any
 *                          more, and lost_changes says whether the outcome
 *                          of one is not known
 * Thread  the one that owns *talk
 */
enum err talk_turn(struct talk *talk, struct link_wait *wait) MUST_USE;

/**
 * talk_open_n - requests that have no final line yet
 *
 * Gives   a count
 * Thread  the one that owns *talk
 */
size_t talk_open_n(const struct talk *talk);

/**
 * talk_was_left - whether the server left without having been asked to
 *
 * Gives   false while it is there, and after "quit"
 * Thread  the one that owns *talk
 */
bool talk_was_left(const struct talk *talk);

/**
 * talk_drain - wait until every request has its final line
 *
 * Takes   timeout_ms  without a byte from the server; -1: without end
 * Gives   every hook called
 * Errors  ERR_UNAVAILABLE  as talk_turn
 *         ERR_BUSY         nothing came for that long; what was in flight
 *                          is given up, and the talk is to be ended
 * Thread  the one that owns *talk; it waits
 */
enum err talk_drain(struct talk *talk, int timeout_ms) MUST_USE;

/**
 * talk_ask - send one request and wait for its answer
 *
 * Takes   request  one line without its end, or lines with their ends
 * Gives   *got, freed with reply_got_fini
 * Errors  as talk_drain; *got is then empty
 * Thread  the one that owns *talk; it waits
 */
enum err talk_ask(struct talk *talk, const char *request, int timeout_ms,
    struct reply_got *got) MUST_USE;

/**
 * reply_got_fini - free one answer
 *
 * Gives   *got all zero
 * Thread  any
 */
void reply_got_fini(struct reply_got *got);

/**
 * talk_fini - forget what is in flight and close the link
 *
 * Gives   *talk all zero
 * Thread  the one that owns *talk
 */
void talk_fini(struct talk *talk);

#endif
