/* SPDX-License-Identifier: Apache-2.0
 *
 * told.h - the words and sentences of a table, by place.
 */
#ifndef VALUE_TOLD_H
#define VALUE_TOLD_H

#include "protocol/base_mem.h"

#include <stddef.h>

/* A wire word, and a sentence in English and in French. */
struct told {
    const char *word, *text[2];
};

/**
 * told_at - a row of such a table
 *
 * Takes   table  [n]
 *         at     below n
 * Gives   the row, which lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
static inline const struct told *told_at(
    const struct told *table, size_t n, size_t at)
{
    INSIST(at < n);
    return &table[at];
}

#endif
