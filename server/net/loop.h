/* SPDX-License-Identifier: Apache-2.0
 *
 * loop.h - the server as a whole: the loop, its signals, its end.
 *
 * SIGTERM and SIGINT end all sessions and then the server, a second one ends
 * it at once; SIGHUP reads settings and certificate again: those that can be
 * changed while the server runs are in force from then on, of the others the
 * log says that they wait for a restart.
 */
#ifndef SERVER_NET_LOOP_H
#define SERVER_NET_LOOP_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "server/admin/config.h"

struct loop_options {
    const char *folder;    /* with a database */
    struct config *config; /* the loop changes it upon SIGHUP */
    /* Reads the settings again, on a thread of its own; as config_load. */
    enum err (*reread)(void *ctx, struct config **made, struct text *why);
    /* The server listens; address as "127.0.0.1:7766".  Called with "plain"
     * if there is such an address, then with "listening". */
    void (*ready)(void *ctx, const char *what, const char *address);
    void *ctx;
};

/**
 * loop_run - serve until a signal ends it
 *
 * Gives   returns when everything is closed and freed
 * Errors  as engine_new, tls_context_new, selfcert_ensure, listener_init:
 *         it could not start; *why tells
 * Thread  the one that becomes the loop thread
 */
enum err loop_run(
    const struct loop_options *options, struct text *why) MUST_USE;

#endif
