/* SPDX-License-Identifier: Apache-2.0
 *
 * keep.h - for how long the journal of changes is kept.
 */
#ifndef SERVER_ADMIN_KEEP_H
#define SERVER_ADMIN_KEEP_H

#include "server/session/engine.h"

/**
 * keep_tick - drop what is older than the limit "log-keep", now and then
 *
 * Takes   now  milliseconds since 1970
 * Gives   work for the writer, perhaps: a part at a time, every hour
 * Thread  loop
 */
void keep_tick(struct engine *engine, int64_t now);

#endif
