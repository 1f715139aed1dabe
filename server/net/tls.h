/* SPDX-License-Identifier: Apache-2.0
 *
 * tls.h - the server's end of one TLS link: bytes in, bytes out, plain in,
 * plain out; or of a link without TLS, which looks the same to its owner.
 *
 * No sockets and no loop: the owner lends ciphertext that came, reads plain
 * bytes, writes plain bytes, and sends the ciphertext that stands in the
 * output.  The output takes whatever is written: who wants memory bounded
 * looks at its length before writing more.
 */
#ifndef SERVER_NET_TLS_H
#define SERVER_NET_TLS_H

#include "server/net/tls_context.h"
#include "server/session/chunks.h"

#include <stdbool.h>

struct tls;

enum tls_got {
    TLS_BYTES, /* plain bytes were read */
    TLS_MORE,  /* more ciphertext is needed */
    TLS_END,   /* the peer said that it sends no more (close_notify) */
    TLS_FAULT  /* the link is broken; an alert may stand in the output */
};

/**
 * tls_new - a link that waits for a client's hello
 *
 * Gives   *made
 * Errors  ERR_LIMIT  there is no memory for another link
 * Thread  loop
 */
enum err tls_new(struct tls_context *context, struct tls **made) MUST_USE;

/**
 * tls_new_plain - a link without TLS, open at once
 *
 * Gives   *made; its ciphertext is what was written
 * Thread  loop
 */
void tls_new_plain(struct tls **made);

/**
 * tls_free - free a link
 *
 * Gives   *tls NULL
 * Thread  loop
 */
void tls_free(struct tls **tls);

/**
 * tls_lend - ciphertext that came from the peer
 *
 * Takes   bytes[len]  not copied: they must live until tls_keep
 * Gives   input for tls_read
 * Thread  loop
 */
void tls_lend(struct tls *tls, const char *bytes, size_t len);

/**
 * tls_keep - give the lent bytes back; what was not read of them is copied
 *
 * Gives   nothing lent any more
 * Thread  loop
 */
void tls_keep(struct tls *tls);

/**
 * tls_has_input - whether tls_read may give something without more bytes
 *
 * Gives   true when bytes wait here or inside of OpenSSL
 * Thread  loop
 */
bool tls_has_input(const struct tls *tls);

/**
 * tls_read - plain bytes; does the handshake first
 *
 * To be called until it gives something else than TLS_BYTES, or until the
 * owner wants no more: nothing tells later that bytes wait inside.
 *
 * Takes   to[room]
 * Gives   what it got; *len on TLS_BYTES
 * Thread  loop
 */
enum tls_got tls_read(struct tls *tls, char *to, size_t room, size_t *len);

/**
 * tls_is_open - whether the handshake is done
 *
 * Gives   true from then on
 * Thread  loop
 */
bool tls_is_open(const struct tls *tls);

/**
 * tls_write - plain bytes for the peer
 *
 * Allowed after TLS_END too: the peer that stopped sending still reads.
 *
 * Gives   ciphertext in the output
 * Errors  ERR_UNAVAILABLE  the link is not open, broken or closed
 * Thread  loop
 */
enum err tls_write(struct tls *tls, const char *bytes, size_t len) MUST_USE;

/**
 * tls_close - say that we send no more (close_notify)
 *
 * Gives   the last ciphertext in the output; nothing when the link is broken
 *         or never opened
 * Thread  loop
 */
void tls_close(struct tls *tls);

/**
 * tls_ssl - what OpenSSL knows of a link, for tls_client.c alone
 *
 * Gives   borrowed from the link
 * Thread  loop
 */
struct ssl_st *tls_ssl(struct tls *tls);

/**
 * tls_output - the ciphertext to be sent
 *
 * Gives   the queue; the owner takes from its front
 * Thread  loop
 */
struct chunks *tls_output(struct tls *tls);

/**
 * tls_why - what broke the link
 *
 * Gives   a sentence that lives for ever, NULL unless TLS_FAULT was given
 * Thread  loop
 */
const char *tls_why(const struct tls *tls);

#endif
