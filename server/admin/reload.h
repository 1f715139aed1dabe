/* SPDX-License-Identifier: Apache-2.0
 *
 * reload.h - settings and certificate, read beside the running loop.
 */
#ifndef SERVER_ADMIN_RELOAD_H
#define SERVER_ADMIN_RELOAD_H

#include "server/net/loop.h"
#include "server/net/tls_context.h"

#include <uv.h>

struct reload {
    uv_work_t work; /* its data is the reload */
    bool running;
    const struct loop_options *options;
    struct config *config;       /* what was read, NULL when it failed */
    struct tls_context *context; /* the same */
    struct text why;
    void (*done)(void *ctx);
    void *ctx;
};

/**
 * reload_certificate - the certificate that the settings name, or our own
 *
 * Gives   *made
 * Errors  as tls_context_new, selfcert_ensure; *why tells
 * Thread  any
 */
enum err reload_certificate(const char *folder, const struct config *config,
    struct tls_context **made, struct text *why) MUST_USE;

/**
 * reload_start - begin to read, unless it runs already
 *
 * Gives   done called on the loop, when config and context are there to be
 *         taken, or both are NULL and why tells
 * Thread  loop
 */
void reload_start(struct reload *reload, uv_loop_t *loop);

/**
 * reload_fini - forget what was read and not taken
 *
 * Gives   a reload that can be started again
 * Thread  loop, in done or later
 */
void reload_fini(struct reload *reload);

#endif
