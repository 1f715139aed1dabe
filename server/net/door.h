/* SPDX-License-Identifier: Apache-2.0
 *
 * door.h - how many connections there may be: in all, before login, and of
 * one address.
 *
 * Pure counting; the listener asks before it serves somebody.  What is before
 * login is refused at random from the limit handshakes-early on, with a chance
 * that rises to certainty at handshakes, so that who floods the server does not
 * lock everybody else out.  The loopback counts against the sum alone.
 */
#ifndef SERVER_NET_DOOR_H
#define SERVER_NET_DOOR_H

#include "server/net/address.h"

#include <stddef.h>
#include <stdint.h>

struct door;
struct door_place;

enum door_said {
    DOOR_WELCOME,
    DOOR_CROWDED, /* too many that have not logged in */
    DOOR_ADDRESS  /* too many of this address */
};

/**
 * door_new - nobody is here yet
 *
 * Takes   most  connections in all
 * Gives   *made
 * Thread  loop
 */
void door_new(size_t most, struct door **made);

/**
 * door_free - forget the counts; all places must have been left
 *
 * Gives   *door NULL
 * Thread  loop
 */
void door_free(struct door **door);

/**
 * door_is_full - whether one more may be asked for at all
 *
 * Gives   true when no connection should be taken from the system now
 * Thread  loop
 */
bool door_is_full(const struct door *door);

/**
 * door_count - how many are here
 *
 * Gives   *all; *unknown, of them not logged in, loopback not counted
 * Thread  loop
 */
void door_count(const struct door *door, size_t *all, size_t *unknown);

/**
 * door_admit - a connection has come
 *
 * Takes   random  any number, evenly spread
 * Gives   DOOR_WELCOME and *place, to be left with door_leave; otherwise
 *         why not, and *place is untouched
 * Thread  loop
 */
enum door_said door_admit(struct door *door,
    const struct sockaddr_storage *from, uint32_t random,
    struct door_place **place) MUST_USE;

/**
 * door_know - somebody has logged in on it
 *
 * Gives   *place no longer counted as before login
 * Thread  loop
 */
void door_know(struct door *door, struct door_place *place);

/**
 * door_leave - the connection is gone
 *
 * Gives   *place NULL
 * Thread  loop
 */
void door_leave(struct door *door, struct door_place **place);

#endif
