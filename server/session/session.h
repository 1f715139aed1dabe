/* SPDX-License-Identifier: Apache-2.0
 *
 * session.h - one connection, as bytes in and bytes out.
 *
 * The session frames, checks and answers requests; it knows neither sockets
 * nor TLS, so that whole conversations can be replayed and fuzzed.  The owner
 * feeds plain bytes, sends the output on, and ends the link when the session
 * is over and its output has been sent.
 */
#ifndef SERVER_SESSION_SESSION_H
#define SERVER_SESSION_SESSION_H

#include "server/session/engine.h"

struct session_hooks {
    /* There is output, or session_wants_input or session_is_over changed.
     * May be called from inside the functions below and from engine_run. */
    void (*changed)(void *ctx);
    /* The names in the certificate that the peer showed, a line each, checked
     * anew; false when there is none, or it is not good now.  NULL where
     * certificates are not asked for. */
    bool (*identify)(void *ctx, struct text *names);
    void *ctx;
    bool plain; /* the link is not encrypted, which hello says */
};

/**
 * session_new - greet a peer
 *
 * Takes   address  of the peer as text, for the log and the audit
 * Gives   *made, with the line "hello" as output
 * Thread  loop
 */
void session_new(struct engine *engine, const char *address,
    const struct session_hooks *hooks, struct session **made);

/**
 * session_feed - bytes from the peer
 *
 * Gives   perhaps output; hooks.changed is called
 * Thread  loop
 */
void session_feed(struct session *session, const char *bytes, size_t len);

/**
 * session_eof - the peer sends no more
 *
 * What was received in whole lines is still answered, then the session is
 * over; a last line without its end is never run.
 *
 * Gives   hooks.changed is called when it is over
 * Thread  loop
 */
void session_eof(struct session *session);

/**
 * session_end - say bye and be over
 *
 * Takes   reason  a word: "idle", "slow", "shutdown", ...
 * Gives   "bye reason=..." as the last output
 * Thread  loop
 */
void session_end(struct session *session, const char *reason);

/**
 * session_output - what waits to be sent
 *
 * Gives   bytes[*len], which live until the next call on the session
 * Thread  loop
 */
const char *session_output(const struct session *session, size_t *len);

/**
 * session_sent - bytes were handed to the link
 *
 * Takes   len  at most what session_output said
 * Gives   room for more: the session may go on answering
 * Thread  loop
 */
void session_sent(struct session *session, size_t len);

/**
 * session_wants_input - whether the owner shall go on reading
 *
 * Gives   false while too much is waiting, in or out
 * Thread  loop
 */
bool session_wants_input(const struct session *session);

/**
 * session_is_over - whether nothing more will come
 *
 * Gives   true after quit, bye or the end of the input; the owner then sends
 *         what is left, closes the link and frees the session
 * Thread  loop
 */
bool session_is_over(const struct session *session);

/**
 * session_is_open - whether somebody has logged in
 *
 * Gives   true or false
 * Thread  loop
 */
bool session_is_open(const struct session *session);

/**
 * session_recheck - whether the certificate by which somebody came in is good
 *
 * Gives   "bye reason=revoked" when it is not
 * Thread  loop
 */
void session_recheck(struct session *session);

/**
 * session_free - the link is gone
 *
 * Jobs that still run are finished without it.
 *
 * Gives   *session NULL
 * Thread  loop
 */
void session_free(struct session **session);

#endif
