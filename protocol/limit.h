/* SPDX-License-Identifier: Apache-2.0
 *
 * limit.h - every limit: what is in force, what it can be, and what a client
 * may count on.
 *
 * LIMIT_X is the preset, which clients and tests use; LIMIT_X_MOST the highest
 * that X can be set to, the room of arrays.  The server asks LIMIT_NOW(X) and
 * LIMIT_MS(X), which give the presets until its options set others: before
 * its threads start, and those marked LIVE also afterwards, from the loop.
 */
#ifndef PROTOCOL_LIMIT_H
#define PROTOCOL_LIMIT_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum limit_preset {
#define LIMIT(id, word, preset, ...) LIMIT_##id = (preset),
#include "protocol/limits.def"
#undef LIMIT
};

enum limit_most {
#define LIMIT(id, word, preset, low, high, ...) LIMIT_##id##_MOST = (high),
#include "protocol/limits.def"
#undef LIMIT
};

/* The rows of the table. */
enum limit {
#define LIMIT(id, ...) LIMIT_ROW_##id,
#include "protocol/limits.def"
#undef LIMIT
    LIMIT_COUNT
};

struct limit_row {
    const char *word;
    size_t preset, low, high;
    const char *unit;
    const char *scope;
    bool live;           /* can be set while the server runs */
    const char *help[2]; /* English, French */
};

extern const struct limit_row limits[LIMIT_COUNT];

#define LIMIT_NOW(id) limit_now(LIMIT_ROW_##id)
#define LIMIT_MS(id)  limit_ms(LIMIT_ROW_##id)

/**
 * limit_now - the limit in force
 *
 * Gives   its preset, or what limit_set set
 * Thread  any
 */
size_t limit_now(enum limit limit);

/**
 * limit_ms - a limit of time in force
 *
 * Takes   limit  in milliseconds, seconds, hours or days
 * Gives   milliseconds
 * Thread  any
 */
int64_t limit_ms(enum limit limit);

/**
 * limit_find - the limit with that word
 *
 * Gives   its row, LIMIT_COUNT when there is none
 * Thread  any
 */
enum limit limit_find(const char *word);

/**
 * limit_set - put another limit in force
 *
 * Gives   what limit_now gives from now on
 * Errors  ERR_ARG  below its low or above its high; nothing is set
 * Thread  before the threads start; for live ones also the loop
 */
enum err limit_set(enum limit limit, size_t value) MUST_USE;

/**
 * limit_above - the limit that another one may not be set above
 *
 * Takes   value  LIMIT_COUNT numbers, those that are to be in force
 * Gives   true and the first pair that breaks the rule, *low and *high; false
 *         when there is none
 * Thread  any
 */
bool limit_above(const size_t *value, enum limit *low, enum limit *high);

/* How near to its edge a limit was met since the program started. */
enum limit_edge {
    LIMIT_AT = 1,     /* as much as is allowed */
    LIMIT_BEYOND = 2, /* one more than that */
    LIMIT_FAR = 4     /* more still */
};

/**
 * limit_allows - whether there may be so much of it, which is written down
 *
 * Gives   false when n is above the limit in force
 * Thread  any
 */
bool limit_allows(enum limit limit, size_t n);

/**
 * limit_is_over - the same for a limit of time
 *
 * Takes   ms  that have passed
 * Gives   true when they are more than the limit in force
 * Thread  any
 */
bool limit_is_over(enum limit limit, int64_t ms);

/**
 * limit_met - write down how near to its edge a limit was met
 *
 * Takes   n, most  what there was, and what was allowed when it began
 * Gives   what limit_edges prints from now on
 * Thread  any
 */
void limit_met(enum limit limit, uint64_t n, uint64_t most);

/**
 * limit_edges - which limits were met at their edge since the program started
 *
 * Gives   *to grown by words as word=at,beyond,far with blanks between them;
 *         by nothing when none was
 * Thread  any
 */
void limit_edges(struct text *to);

#endif
