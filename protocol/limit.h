/* SPDX-License-Identifier: Apache-2.0
 *
 * limit.h - every limit as a constant, and as a row for describe and docs.
 */
#ifndef PROTOCOL_LIMIT_H
#define PROTOCOL_LIMIT_H

#include <stddef.h>

enum limit {
#define LIMIT(id, word, value, text) LIMIT_##id = value,
#include "protocol/limits.def"
#undef LIMIT
};

struct limit_row {
    const char *word;
    long value;
    const char *text;
};

extern const struct limit_row limits[];
extern const size_t limits_n;

#endif
