/* SPDX-License-Identifier: Apache-2.0
 *
 * cache.h - records of tenders that computations share.
 */
#ifndef SERVER_CACHE_H
#define SERVER_CACHE_H

#include "db/store.h"

struct engine;

#define CACHE_RECORDS 16

/* A record that computations share; freed when nobody holds it. */
struct shared_record {
    struct record *record;
    uint64_t team, tender, touched;
    size_t shares;
};

/**
 * cache_peek - the record of a tender that was computed on last
 *
 * Gives   one share more, to be given back by cache_drop; NULL when there is
 *         none
 * Thread  loop
 */
struct shared_record *cache_peek(
    struct engine *engine, uint64_t team, uint64_t tender);

/**
 * cache_put - keep a record that was just read; it is taken
 *
 * Gives   the shared one, with one share for the caller
 * Thread  loop
 */
struct shared_record *cache_put(struct engine *engine, uint64_t team,
    uint64_t tender, uint64_t touched, struct record *record);

/**
 * cache_drop - give a share back
 *
 * Gives   *shared NULL; freed when that was the last share
 * Thread  loop
 */
void cache_drop(struct shared_record **shared);

/**
 * cache_free - forget all records
 *
 * Gives   none left but those that tasks hold
 * Thread  loop
 */
void cache_free(struct engine *engine);

#endif
