/* SPDX-License-Identifier: Apache-2.0
 *
 * penalty.h - failed logins make the next ones wait.
 *
 * Counted by address and by name, whether or not there is such a user, so that
 * nothing can be learned from it.  Nobody is made to hang: who comes too early
 * is refused at once and told how long it takes.
 */
#ifndef SERVER_SESSION_PENALTY_H
#define SERVER_SESSION_PENALTY_H

#include <stdint.h>

struct penalties;

/**
 * penalties_new - nobody has failed yet
 *
 * Gives   *made
 * Thread  loop
 */
void penalties_new(struct penalties **made);

/**
 * penalties_free - forget all
 *
 * Gives   *made NULL
 * Thread  loop
 */
void penalties_free(struct penalties **made);

/**
 * penalty_wait - how long somebody must still wait
 *
 * Takes   address  of the peer, with its port; this machine's own are exempt
 *                  unless the limit "penalty-loopback" is 2
 *         user     the name that was sent, NULL when none was
 * Gives   milliseconds, 0 when a login may be tried
 * Thread  loop
 */
int64_t penalty_wait(struct penalties *penalties, const char *address,
    const char *user, int64_t now_ms);

/**
 * penalty_fail - a login failed
 *
 * The wait begins at the limit "penalty-seconds" and doubles each time, up to
 * "penalty-most"; it is forgotten when nothing failed for twice that long.
 *
 * Gives   longer waits for the address and for the name
 * Thread  loop
 */
void penalty_fail(struct penalties *penalties, const char *address,
    const char *user, int64_t now_ms);

/**
 * penalty_clear - a login succeeded
 *
 * Gives   no wait for the name; that of the address stays
 * Thread  loop
 */
void penalty_clear(struct penalties *penalties, const char *user);

#endif
