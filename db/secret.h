/* SPDX-License-Identifier: Apache-2.0
 *
 * secret.h - digests, passwords, tokens; the only door to the cryptography of
 * OpenSSL outside the TLS link.
 */
#ifndef DB_SECRET_H
#define DB_SECRET_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <stddef.h>

#define DIGEST_BYTES 32

/**
 * secret_make - the line that is stored for a password
 *
 * Gives   *line grown by "scrypt$32768$8$3$salt$hash" (hexadecimal)
 * Thread  any but the loop: about 0.3 s and 32 MiB
 * Source  RFC 7914; parameters OWASP Password Storage Cheat Sheet
 */
void secret_make(const char *password, struct text *line);

/**
 * secret_check - whether a password is the one of a line
 *
 * Takes   line  NULL for a user who does not exist: the same work is done
 * Gives   true or false, after the same time either way
 * Thread  any but the loop
 */
bool secret_check(const char *password, const char *line);

/**
 * secret_token - a new token
 *
 * Gives   *token grown by "dpt_" and 256 random bits as letters and digits
 * Thread  any
 */
void secret_token(struct text *token);

/**
 * secret_random - random bytes
 *
 * Gives   bytes[len]
 * Thread  any
 */
void secret_random(unsigned char *bytes, size_t len);

/**
 * digest_of - SHA-256
 *
 * Takes   parts[n] with lens[n], hashed one behind the other
 * Gives   digest
 * Thread  any
 */
void digest_of(const void *const *parts, const size_t *lens, size_t n,
    unsigned char digest[DIGEST_BYTES]);

#endif
