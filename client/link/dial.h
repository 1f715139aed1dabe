/* SPDX-License-Identifier: Apache-2.0
 *
 * dial.h - from HOST:PORT to a connected socket; knows no TLS.
 */
#ifndef CLIENT_LINK_DIAL_H
#define CLIENT_LINK_DIAL_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

#include <stdint.h>

#define DIAL_PORT "7766"

struct dial_address {
    char *host; /* owned; without the brackets of an IPv6 address */
    char *port; /* owned; digits */
};

/**
 * dial_address_read - HOST:PORT, HOST, [IPv6]:PORT or IPv6
 *
 * Takes   word  without a port the usual one is meant
 * Gives   *got, freed with dial_address_fini
 * Errors  ERR_ARG  no host, or a port outside 1..65535; *got is untouched
 * Thread  any
 */
enum err dial_address_read(const char *word, struct dial_address *got) MUST_USE;

/**
 * dial_address_fini - free the words of an address
 *
 * Gives   *address all zero
 * Thread  any
 */
void dial_address_fini(struct dial_address *address);

/**
 * dial - connect to the first address of a host that answers
 *
 * Takes   timeout_ms  for all addresses together
 * Gives   *fd  a connected socket that does not block
 * Errors  ERR_UNAVAILABLE  no such host, refused or too slow; *why is grown
 *                          by a sentence, *fd is untouched
 * Thread  any; it waits
 */
enum err dial(const struct dial_address *to, int timeout_ms,
    enum language language, int *fd, struct text *why) MUST_USE;

/**
 * dial_clock_ms - a clock that is never set back
 *
 * Gives   milliseconds since some moment
 * Thread  any
 */
int64_t dial_clock_ms(void);

#endif
