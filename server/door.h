/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.h - how many connections there may be: in all, before login, and of
 * one address.
 *
 * Pure counting; the listener asks before it serves somebody.  What is before
 * login is refused at random from LIMIT_SHAKING_EARLY on, with a chance that
 * rises to certainty at LIMIT_SHAKING, so that who floods the server does not
 * lock everybody else out.  The loopback counts against the sum alone.
 */
#ifndef SERVER_GUARD_H
#define SERVER_GUARD_H

#include "server/address.h"

#include <stddef.h>
#include <stdint.h>

struct guard;
struct guard_place;

enum guard_said {
    GUARD_WELCOME,
    GUARD_CROWDED, /* too many that have not logged in */
    GUARD_ADDRESS  /* too many of this address */
};

/**
 * guard_new - nobody is here yet
 *
 * Takes   most  connections in all
 * Gives   *made
 * Thread  loop
 */
void guard_new(size_t most, struct guard **made);

/**
 * guard_free - forget the counts; all places must have been left
 *
 * Gives   *guard NULL
 * Thread  loop
 */
void guard_free(struct guard **guard);

/**
 * guard_is_full - whether one more may be asked for at all
 *
 * Gives   true when no connection should be taken from the system now
 * Thread  loop
 */
bool guard_is_full(const struct guard *guard);

/**
 * guard_admit - a connection has come
 *
 * Takes   random  any number, evenly spread
 * Gives   GUARD_WELCOME and *place, to be left with guard_leave; otherwise
 *         why not, and *place is untouched
 * Thread  loop
 */
enum guard_said guard_admit(struct guard *guard,
    const struct sockaddr_storage *from, uint32_t random,
    struct guard_place **place) MUST_USE;

/**
 * guard_know - somebody has logged in on it
 *
 * Gives   *place no longer counted as before login
 * Thread  loop
 */
void guard_know(struct guard *guard, struct guard_place *place);

/**
 * guard_leave - the connection is gone
 *
 * Gives   *place NULL
 * Thread  loop
 */
void guard_leave(struct guard *guard, struct guard_place **place);

#endif
