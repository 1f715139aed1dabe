/* SPDX-License-Identifier: Apache-2.0
 *
 * limit.c - the table of limits.
 */
#include "protocol/limit.h"

const struct limit_row limits[] = {
#define LIMIT(id, word, value, text) {word, value, text},
#include "protocol/limits.def"
#undef LIMIT
};

const size_t limits_n = sizeof limits / sizeof *limits;
