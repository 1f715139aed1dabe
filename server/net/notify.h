/* SPDX-License-Identifier: Apache-2.0
 *
 * notify.h - telling systemd how the server is: sd_notify(3), without its
 * library.
 *
 * Nothing happens unless NOTIFY_SOCKET names a socket.
 */
#ifndef SERVER_NET_NOTIFY_H
#define SERVER_NET_NOTIFY_H

#include <stdint.h>

/**
 * notify_send - send a state
 *
 * Takes   state  "READY=1", "STOPPING=1", "WATCHDOG=1"
 * Gives   a datagram, unless the socket is full
 * Thread  any
 */
void notify_send(const char *state);

/**
 * notify_watchdog_us - how often systemd wants to hear of us
 *
 * Gives   microseconds, 0 when it does not
 * Thread  any
 */
uint64_t notify_watchdog_us(void);

#endif
