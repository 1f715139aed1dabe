/* SPDX-License-Identifier: Apache-2.0
 *
 * engine.h - what all sessions of a server share; knows neither libuv nor
 * OpenSSL.
 *
 * The engine owns the threads of the record, takes finished jobs back to the
 * loop thread, and passes events on to the sessions that watch.  Everything
 * here runs on the loop thread but where it says otherwise.
 */
#ifndef SERVER_SESSION_ENGINE_H
#define SERVER_SESSION_ENGINE_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct engine;
struct session;

/* What the engine is told of by whoever knows the connections. */
struct engine_outside {
    size_t connections;
    size_t strangers;       /* of them not logged in */
    int64_t certificate_ms; /* its end */
};

struct engine_hooks {
    /* Called on any thread: engine_run is to be called on the loop soon. */
    void (*wake)(void *ctx);
    /* Milliseconds since 1970; tests bring their own clock. */
    int64_t (*now_ms)(void *ctx);
    void *ctx;
};

/**
 * engine_new - open the record and be ready for sessions
 *
 * Gives   *made
 * Errors  as store_open; *why tells
 * Thread  loop
 */
enum err engine_new(const char *folder, const struct engine_hooks *hooks,
    struct engine **made, struct text *why) MUST_USE;

/**
 * engine_run - take finished jobs and pass events on
 *
 * Gives   sessions with output, whose hooks are called
 * Thread  loop
 */
void engine_run(struct engine *engine);

/**
 * engine_tick - see to time limits and keep-alive events
 *
 * Gives   to be called about once a second
 * Thread  loop
 */
void engine_tick(struct engine *engine);

/**
 * engine_set_outside - what stat tells of connections and the certificate
 *
 * Gives   the figures of the engine's next answers
 * Thread  loop
 */
void engine_set_outside(
    struct engine *engine, const struct engine_outside *outside);

/**
 * engine_is_stuck - whether the writer has been at one commit for too long
 *
 * Takes   us  what is too long
 * Gives   true or false
 * Thread  loop
 */
bool engine_is_stuck(const struct engine *engine, uint64_t us);

/**
 * engine_set_grease - add keys, events and notices that nobody knows
 *
 * Takes   state  of the random numbers; 0 for none of it
 * Gives   answers that a client must live with
 * Thread  loop
 */
void engine_set_grease(struct engine *engine, uint64_t state);

/**
 * engine_recheck - settings and revocations of certificates may have changed
 *
 * Gives   sessions that came in by a certificate that is not good are ended;
 *         no answer kept that was computed under other limits
 * Thread  loop
 */
void engine_recheck(struct engine *engine);

/**
 * engine_drain - let every session finish what runs, then say bye
 *
 * Takes no new requests; sessions end with "bye reason=shutdown".
 *
 * Gives   engine_is_idle becomes true
 * Thread  loop
 */
void engine_drain(struct engine *engine);

/**
 * engine_is_idle - whether no session and no job is left
 *
 * Gives   true or false
 * Thread  loop
 */
bool engine_is_idle(const struct engine *engine);

/**
 * engine_may_cut - whether a server that is stopping waits no longer
 *
 * Takes   empty  no connection is left
 *         ms     since it began to stop
 * Gives   true when nothing is left to do, or "drain-seconds" are over
 * Thread  loop
 */
bool engine_may_cut(const struct engine *engine, bool empty, int64_t ms);

/**
 * engine_free - stop the threads and free; all sessions must be freed
 *
 * Gives   *made NULL
 * Thread  loop
 */
void engine_free(struct engine **made);

#endif
