/* SPDX-License-Identifier: Apache-2.0
 *
 * talk.h - requests and their answers over a link.
 *
 * Any number of requests may be in flight; the server answers in order, so
 * the first request still open owns the lines that come.  Events, notices and
 * the farewell belong to no request.
 */
#ifndef CLIENT_LINK_TALK_H
#define CLIENT_LINK_TALK_H

#include "client/link/link.h"
#include "client/show/rows.h"
#include "protocol/answer.h"
#include "protocol/command.h"

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
    /* The request is sent again: what came of an answer is void.  NULL: it
     * was no question of the person's, who is not told that no answer came. */
    void (*again)(void *ctx);
};

/* Whoever wants to hold a session again after its link was lost watches over
 * everything that is said.  All are called from inside talk_turn. */
struct talk_memory {
    /* A request was answered; called before its own hook. */
    void (*answered)(
        void *ctx, const char *request, size_t len, const struct answer *final);
    /* A row of an answer; called before the request's own hook. */
    void (*row)(void *ctx, const struct answer *row);
    /* A request that changes nothing was given up with the link. */
    void (*unanswered)(void *ctx, const char *request, size_t len);
    /* An event; false when it is to be passed over. */
    bool (*event)(void *ctx, const struct answer *event);
    void *ctx;
};

/* A line that belongs to no request: an event, a notice, bye. */
typedef void talk_aside_fn(
    void *ctx, const struct answer *answer, const char *line);

struct talk_open {
    struct talk_hooks hooks;
    bool changes;  /* its outcome matters if the link is lost */
    bool stays;    /* it is sent again over the next link */
    char *request; /* owned; NULL without a memory */
    size_t len;
};

struct talk {
    struct link *link;
    struct talk_open *open; /* requests without their final line, in order */
    size_t first, n, room;
    talk_aside_fn *aside; /* may be NULL */
    void *aside_ctx;
    const struct talk_memory *memory; /* NULL: a lost link ends it all */
    bool bye;                         /* the server has said bye */
    char *reason;      /* owned; that it gave, NULL when it gave none */
    int back;          /* seconds after which it will be back; 0 not said */
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
 * talk_verb - the verb of a request
 *
 * Takes   request[len]  whole lines; a tag may stand in front
 * Gives   CMD_COUNT for a verb that this version does not know
 * Thread  any
 */
enum command_id talk_verb(const char *request, size_t len);

/**
 * talk_turn - wait once, and hand out the lines that have come
 *
 * Gives   as link_turn
 * Errors  ERR_UNAVAILABLE  the link has ended; no request is in flight any
 *                          more, and lost_changes says whether the outcome
 *                          of one is not known.  With a memory changes stay
 *                          in flight until talk_relink
 * Thread  the one that owns *talk
 */
enum err talk_turn(struct talk *talk, struct link_wait *wait) MUST_USE;

/**
 * talk_relink - go on over another link
 *
 * Takes   link  open and greeted; owned from now on
 * Gives   *held, a list on the heap of *held_n changes whose outcome is not
 *         known, in the order in which they were sent: to be sent again by
 *         talk_send_again or given up by talk_forget
 * Thread  the one that owns *talk
 */
void talk_relink(struct talk *talk, struct link *link, struct talk_open **held,
    size_t *held_n);

/**
 * talk_send_again - send a request that talk_relink handed out
 *
 * Takes   open   its request is taken over
 *         hooks  that hear the answer
 * Gives   the request in flight
 * Thread  the one that owns *talk
 */
void talk_send_again(
    struct talk *talk, struct talk_open *open, const struct talk_hooks *hooks);

/**
 * talk_forget - give up a request that talk_relink handed out
 *
 * Gives   its final hook called with NULL; *open all zero
 * Thread  any
 */
void talk_forget(struct talk_open *open);

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
