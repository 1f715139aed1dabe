/* SPDX-License-Identifier: Apache-2.0
 *
 * tls_context.h - certificate, key and settings that all links share.
 *
 * TLS 1.3 alone, no tickets, no session cache, no renegotiation, no early
 * data; certificates of clients are for tls_client.h.  Making one reads files, so it is done at the
 * start or off the loop.  A link keeps what it was made from alive: freeing a
 * context while links use it is allowed, and so a certificate is changed by
 * making a new context and freeing the old one.
 */
#ifndef SERVER_NET_TLS_CONTEXT_H
#define SERVER_NET_TLS_CONTEXT_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdint.h>

/* What a client that offers protocols by ALPN must have among them. */
#define TLS_PROTOCOL "diptych/1"

struct tls_context {
    struct ssl_ctx_st *ssl;
    struct x509_store_st *clients; /* checks clients; NULL: none is asked */
    int64_t until_ms;              /* the certificate is valid so long */
    struct text fingerprint;       /* SHA-256 of the certificate, for pinning */
};

/**
 * tls_context_new - read a certificate and its key and check them
 *
 * Takes   cert  file of a certificate, or of a chain that starts with it (PEM)
 *         key   file of its private key (PEM), not readable by others
 * Gives   *made
 * Errors  ERR_NONE  a file is not there or can not be read
 *         ERR_ARG   it holds something else, the two do not belong together,
 *                   the certificate has expired, others may read the key;
 *                   *why tells
 * Thread  any but the loop
 */
enum err tls_context_new(const char *cert, const char *key,
    struct tls_context **made, struct text *why) MUST_USE;

/**
 * tls_context_free - let go of a context
 *
 * Gives   *context NULL; links made from it live on
 * Thread  any
 */
void tls_context_free(struct tls_context **context);

/**
 * tls_reason - the sentence for what OpenSSL complains of
 *
 * Gives   a string that lives for ever; the thread's queue of errors is empty
 * Thread  any
 */
const char *tls_reason(void);

#endif
