/* SPDX-License-Identifier: Apache-2.0
 *
 * address.h - addresses of the network as text; nothing is looked up.
 */
#ifndef SERVER_NET_ADDRESS_H
#define SERVER_NET_ADDRESS_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <sys/socket.h>

/* Room for any address as address_print writes it. */
#define ADDRESS_ROOM 64

/* Whose limits a connection counts against: an IPv4 address, or the /64 that
 * an IPv6 address lies in. */
struct address_key {
    unsigned char bytes[16];
};

/**
 * address_read - HOST:PORT, [HOST]:PORT for IPv6, localhost:PORT
 *
 * Names but localhost are refused, since looking them up blocks and gives the
 * answer of somebody else.
 *
 * Takes   word  port 0 lets the system choose one
 * Gives   *got
 * Errors  ERR_ARG  not of that form; *why tells, *got is untouched
 * Thread  any
 */
enum err address_read(
    const char *word, struct sockaddr_storage *got, struct text *why) MUST_USE;

/**
 * address_print - an address as address_read takes it
 *
 * Gives   to[ADDRESS_ROOM]: "127.0.0.1:7766", "[::1]:7766"; "unknown" for
 *         another family
 * Thread  any
 */
void address_print(const struct sockaddr_storage *address, char *to);

/**
 * address_is_local - whether it is of the loopback
 *
 * Gives   true for 127.0.0.0/8, ::1 and the former inside of IPv6
 * Thread  any
 */
bool address_is_local(const struct sockaddr_storage *address);

/**
 * address_key - whom limits count for
 *
 * Gives   a key without padding, to be compared byte by byte
 * Thread  any
 */
struct address_key address_key(const struct sockaddr_storage *address);

#endif
