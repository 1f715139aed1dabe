/* SPDX-License-Identifier: Apache-2.0
 *
 * pool.c - memory that is freed all at once.
 */
#include "client/pool.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

void *pool_give(struct pool *pool, void *memory)
{
    pool->all =
        mem_grow(pool->all, &pool->room, pool->n + 1, sizeof *pool->all);
    pool->all[pool->n++] = memory;
    return memory;
}

void *pool_new(struct pool *pool, size_t size)
{
    return pool_give(pool, mem_new(size));
}

char *pool_text(struct pool *pool, const char *bytes, size_t len)
{
    return pool_give(pool, mem_copy(bytes, len));
}

void pool_fini(struct pool *pool)
{
    for (size_t i = 0; i < pool->n; i++)
        free(pool->all[i]);
    free(pool->all);
    *pool = (struct pool){0};
}
