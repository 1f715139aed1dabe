/* SPDX-License-Identifier: Apache-2.0
 *
 * cache.c - records of tenders that computations share.
 *
 * The key is the tender and the newest seq that touched its figures; whoever
 * may see the tender sees the same record, since rights are asked before.
 */
#include "server/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

void cache_drop(struct shared_record **shared)
{
    struct shared_record *r = *shared;

    *shared = NULL;
    if (r == NULL || --r->shares > 0)
        return;
    record_free(&r->record);
    free(r);
}

struct shared_record *cache_peek(
    struct engine *engine, uint64_t team, uint64_t tender)
{
    for (size_t i = 0; i < CACHE_RECORDS; i++) {
        struct shared_record *r = engine->cache[i];

        if (r && r->team == team && r->tender == tender) {
            r->shares++;
            return r;
        }
    }
    return NULL;
}

struct shared_record *cache_put(struct engine *engine, uint64_t team,
    uint64_t tender, uint64_t touched, struct record *record)
{
    struct shared_record *r = mem_new(sizeof *r);
    size_t at = CACHE_RECORDS;

    *r = (struct shared_record){record, team, tender, touched, 2};
    for (size_t i = 0; i < CACHE_RECORDS; i++)
        if (engine->cache[i] && engine->cache[i]->team == team &&
            engine->cache[i]->tender == tender)
            at = i;
    if (at == CACHE_RECORDS)
        at = engine->cache_turn++ % CACHE_RECORDS;
    cache_drop(&engine->cache[at]);
    engine->cache[at] = r;
    return r;
}

void cache_free(struct engine *engine)
{
    for (size_t i = 0; i < CACHE_RECORDS; i++)
        cache_drop(&engine->cache[i]);
}
