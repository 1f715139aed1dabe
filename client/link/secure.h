/* SPDX-License-Identifier: Apache-2.0
 *
 * secure.h - the client's side of TLS 1.3 as bytes in and bytes out.
 *
 * Knows no sockets: ciphertext of the peer is fed, ciphertext for the peer is
 * taken, plain bytes go the other way.  It decides whom to trust.
 */
#ifndef CLIENT_LINK_SECURE_H
#define CLIENT_LINK_SECURE_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

#include <stdbool.h>

struct secure;

struct secure_files {
    const char *ca;   /* PEM file to trust; NULL: what the system trusts */
    const char *cert; /* PEM file to show to the server; NULL: none */
    const char *key;  /* its private key; NULL: in the same file */
};

/**
 * secure_new - get ready to shake hands with a host
 *
 * Takes   host  name or IP address that the certificate must bear
 * Gives   *made
 * Errors  ERR_UNAVAILABLE  a file can not be used; *why is grown
 * Thread  any, one owner at a time
 */
enum err secure_new(const char *host, const struct secure_files *files,
    enum language language, struct secure **made, struct text *why) MUST_USE;

/**
 * secure_feed - take in ciphertext of the peer
 *
 * Gives   to be followed by secure_shake or secure_read
 * Thread  the owner
 */
void secure_feed(struct secure *secure, const char *bytes, size_t len);

/**
 * secure_cipher - ciphertext that waits to be sent to the peer
 *
 * Gives   *to grown by it; it waits no longer
 * Thread  the owner
 */
void secure_cipher(struct secure *secure, struct text *to);

/**
 * secure_shake - take the handshake as far as it goes
 *
 * Gives   *done, true when it is over and the peer is whom we meant
 * Errors  ERR_UNAVAILABLE  not trusted, wrong name, no TLS 1.3, no diptych;
 *                          *why is grown by a sentence
 * Thread  the owner
 */
enum err secure_shake(
    struct secure *secure, bool *done, struct text *why) MUST_USE;

/**
 * secure_read - the plain bytes that have come
 *
 * Gives   *plain grown; *ended true when the peer has said goodbye
 * Errors  ERR_UNAVAILABLE  the stream is broken; *why is grown
 * Thread  the owner
 */
enum err secure_read(struct secure *secure, struct text *plain, bool *ended,
    struct text *why) MUST_USE;

/**
 * secure_write - plain bytes for the peer
 *
 * Gives   ciphertext for secure_cipher
 * Errors  ERR_UNAVAILABLE  the stream is broken; *why is grown
 * Thread  the owner
 */
enum err secure_write(struct secure *secure, const char *bytes, size_t len,
    struct text *why) MUST_USE;

/**
 * secure_bye - say goodbye
 *
 * Gives   ciphertext for secure_cipher
 * Thread  the owner
 */
void secure_bye(struct secure *secure);

/**
 * secure_free - free all
 *
 * Gives   *secure NULL
 * Thread  the owner
 */
void secure_free(struct secure **secure);

#endif
