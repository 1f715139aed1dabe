/* SPDX-License-Identifier: Apache-2.0
 *
 * grease.h - keys, events and notices that no client knows, for tests.
 *
 * The protocol grows by such things, and a client that stumbles over them is
 * found today instead of then.
 */
#ifndef SERVER_SESSION_GREASE_H
#define SERVER_SESSION_GREASE_H

#include "protocol/reply.h"

/**
 * grease_between - perhaps an event and a notice between two answers
 *
 * Takes   state  of the random numbers, not 0
 *         seq    of the last event, so that a resume point does not move
 * Gives   *to grown by whole lines, or not
 * Thread  the one that owns *to
 */
void grease_between(
    struct text *to, uint64_t *state, uint64_t seq, int64_t now_ms);

#endif
