/* SPDX-License-Identifier: Apache-2.0
 *
 * digest.h - the SHA-256 of bytes.
 *
 * Alone in its file because the names of OpenSSL clash with enum err.
 */
#ifndef CLIENT_LINK_DIGEST_H
#define CLIENT_LINK_DIGEST_H

#include <stddef.h>

/**
 * digest_print - the SHA-256 of bytes in hexadecimal
 *
 * Gives   hex  64 lower-case digits and a NUL
 * Thread  any
 */
void digest_print(const char *bytes, size_t len, char hex[65]);

#endif
