/* SPDX-License-Identifier: Apache-2.0
 *
 * walk.h - every object of a kind, of all teams; for files of db/ alone.
 */
#ifndef DB_WALK_H
#define DB_WALK_H

#include "db/inside.h"

typedef enum err walk_fn(void *ctx, uint64_t team, const struct object *object);

/**
 * walk_objects - hand on each object of a kind as it is now
 *
 * Takes   visit  called by team and id; what it answers but ERR_OK ends the
 *                walk
 * Gives   ERR_OK when all were visited
 * Errors  of visit, or by the disk
 * Thread  the owner of the store
 */
enum err walk_objects(
    struct store *store, enum kind kind, walk_fn *visit, void *ctx) MUST_USE;

#endif
