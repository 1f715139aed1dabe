/* SPDX-License-Identifier: Apache-2.0
 *
 * telnet.h - what telnet(1) puts between the bytes that somebody types.
 *
 * Commands of the protocol of RFC 854 start with a byte that never stands in
 * UTF-8.  They are taken out; options that the peer asks for are refused,
 * since a telnet whose user typed Ctrl-C shows nothing more until it has that
 * answer.
 */
#ifndef SERVER_NET_TELNET_H
#define SERVER_NET_TELNET_H

#include "protocol/base_text.h"

/* All zero at the start. */
struct telnet {
    unsigned char state;
    unsigned char command;
};

/**
 * telnet_strip - take the commands out of bytes that came
 *
 * A command may be cut anywhere between two calls.  CR NUL, which is how a
 * telnet sends a bare return, becomes a line's end.
 *
 * Takes   bytes[len]  changed in place
 * Gives   how many are left; *answer grown by what the peer is to be sent
 * Thread  any, one owner at a time
 */
size_t telnet_strip(
    struct telnet *telnet, char *bytes, size_t len, struct text *answer);

#endif
