/* SPDX-License-Identifier: Apache-2.0
 *
 * first.h - the first bytes of a peer: is it a browser?
 *
 * A page on the web can make a browser post lines to any address.  What
 * starts like HTTP is therefore never read as commands.  No verb is written
 * like a method of HTTP with a blank behind it.
 */
#ifndef SERVER_SESSION_FIRST_H
#define SERVER_SESSION_FIRST_H

#include <stddef.h>

#define FIRST_ROOM 8 /* the longest start that is looked for */

struct first {
    unsigned char len;
    char bytes[FIRST_ROOM]; /* held back until it is clear what they are */
};

enum first_said {
    FIRST_MORE, /* it can still be either; the bytes are held */
    FIRST_FINE, /* it is not HTTP: first->bytes, then what was not taken */
    FIRST_HTTP
};

/**
 * first_look - look at more of the first bytes
 *
 * Takes   first  all zero at the start; not to be called after FIRST_FINE
 * Gives   what it is; *taken of the bytes now stand in *first
 * Thread  any, one owner at a time
 */
enum first_said first_look(
    struct first *first, const char *bytes, size_t len, size_t *taken);

#endif
