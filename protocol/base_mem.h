/* SPDX-License-Identifier: Apache-2.0
 *
 * base_mem.h - memory and INSIST, the two things every folder needs.
 *
 * Memory whose size is chosen by us aborts when there is none; memory whose
 * size a peer chooses is bounded by a limit before it is asked for.
 */
#ifndef PROTOCOL_BASE_MEM_H
#define PROTOCOL_BASE_MEM_H

#include <stddef.h>

/* INSIST(what) states what must be true whatever a peer sends: a bug stops
 * the program with file, line and the expression, in every build. */
#define INSIST(what)                                                           \
    ((what) ? (void)0 : insist_failed(__FILE__, __LINE__, #what))

/**
 * insist_failed - print where an INSIST was broken and abort
 *
 * Gives   does not return
 * Thread  any
 */
_Noreturn void insist_failed(const char *file, int line, const char *what);

/**
 * mem_new - zeroed memory
 *
 * Gives   size bytes (at least 1), all zero; aborts when there is none
 * Thread  any
 */
void *mem_new(size_t size) __attribute__((malloc));

/**
 * mem_grow - room for more items in an array that grows by doubling
 *
 * Takes   array   the array, NULL when *room is 0
 *         *room   items that fit now
 *         need    items that must fit
 *         size    bytes of one item
 * Gives   the array, moved perhaps; *room is updated; new room is zeroed
 * Thread  any
 */
void *mem_grow(void *array, size_t *room, size_t need, size_t size)
    __attribute__((warn_unused_result));

/**
 * mem_copy - a copy of bytes with a NUL behind them
 *
 * Gives   heap memory, freed with free()
 * Thread  any
 */
char *mem_copy(const char *bytes, size_t len) __attribute__((malloc));

/**
 * mem_text - a copy of a string; NULL stays NULL
 *
 * Gives   heap memory, freed with free()
 * Thread  any
 */
char *mem_text(const char *text);

#endif
