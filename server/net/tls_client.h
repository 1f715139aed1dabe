/* SPDX-License-Identifier: Apache-2.0
 *
 * tls_client.h - certificates of clients: who vouches for them, which are
 * revoked, and which names stand in them.
 *
 * Nobody is trusted but the authorities of one file; the system's are never.
 * What comes out is plain text: names of the certificate, which the session
 * engine compares with those that are recorded for users.
 */
#ifndef SERVER_NET_TLS_CLIENT_H
#define SERVER_NET_TLS_CLIENT_H

#include "server/net/tls.h"

struct tls_client_files {
    const char *ca;  /* PEM; NULL: clients are not asked for certificates */
    const char *crl; /* PEM; NULL: none is revoked */
    bool require;    /* without a certificate there is no link */
};

/**
 * tls_client_ask - have a context ask clients for certificates
 *
 * A certificate that is shown must be good, or the link ends with an alert;
 * none need be shown unless it is required.
 *
 * Gives   *context changed; nothing when files->ca is NULL
 * Errors  ERR_NONE  a file is not there or can not be read
 *         ERR_ARG   it holds something else, or require without ca;
 *                   *why tells
 * Thread  any but the loop
 */
enum err tls_client_ask(struct tls_context *context,
    const struct tls_client_files *files, struct text *why) MUST_USE;

/**
 * tls_client_asks - whether a context asks for certificates
 *
 * Gives   true or false
 * Thread  any
 */
bool tls_client_asks(const struct tls_context *context);

/**
 * tls_client_names - the names in the certificate of a link's client
 *
 * The certificate is checked anew, by the authorities and revocations of the
 * context: it may have ended, or been revoked, since the link was made.
 *
 * Takes   context  the one in force, not the one the link was made with
 *         now_ms   the time to check for
 * Gives   *names grown by a line each: "uri:VALUE", "email:VALUE", and
 *         "key:SHA-256 of the public key" as the last; false and nothing when
 *         there is no certificate, or it is not good now
 * Thread  loop
 */
bool tls_client_names(struct tls *tls, const struct tls_context *context,
    int64_t now_ms, struct text *names);

#endif
