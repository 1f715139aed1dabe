/* SPDX-License-Identifier: Apache-2.0
 *
 * pool.h - memory that is freed all at once.
 *
 * A zeroed struct pool is an empty pool and needs no init.
 */
#ifndef CLIENT_POOL_H
#define CLIENT_POOL_H

#include <stddef.h>

struct pool {
    void **all;
    size_t n;
    size_t room;
};

/**
 * pool_new - zeroed memory that lives as long as the pool
 *
 * Gives   size bytes (at least 1), all zero; aborts when there is none
 * Thread  any, one owner at a time
 */
void *pool_new(struct pool *pool, size_t size) __attribute__((malloc));

/**
 * pool_text - a copy of bytes with a NUL behind them
 *
 * Gives   a string that lives as long as the pool
 * Thread  any, one owner at a time
 */
char *pool_text(struct pool *pool, const char *bytes, size_t len)
    __attribute__((malloc));

/**
 * pool_give - make heap memory part of the pool
 *
 * Takes   memory  from malloc; the pool frees it
 * Gives   memory
 * Thread  any, one owner at a time
 */
void *pool_give(struct pool *pool, void *memory);

/**
 * pool_fini - free all that the pool holds
 *
 * Gives   *pool all zero
 * Thread  any, one owner at a time
 */
void pool_fini(struct pool *pool);

#endif
