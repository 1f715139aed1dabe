/* SPDX-License-Identifier: Apache-2.0
 *
 * stat.h - what a server counts, as stats.def lists it.
 */
#ifndef PROTOCOL_STAT_H
#define PROTOCOL_STAT_H

#include <stdbool.h>

enum stat_id {
#define STAT(id, ...) STAT_##id,
#include "protocol/stats.def"
#undef STAT
    STAT_COUNT
};

struct stat_row {
    const char *word;
    bool grows; /* a counter */
    const char *unit;
    bool of_server;      /* for the server's admin alone */
    const char *help[2]; /* English, French */
};

extern const struct stat_row stat_rows[STAT_COUNT];

/**
 * stat_find - what is counted under that word
 *
 * Gives   its row, STAT_COUNT when there is none
 * Thread  any
 */
enum stat_id stat_find(const char *word);

#endif
