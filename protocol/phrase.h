/* SPDX-License-Identifier: Apache-2.0
 *
 * phrase.h - sentences for an audience, with gaps that are filled by name.
 */
#ifndef PROTOCOL_PHRASE_H
#define PROTOCOL_PHRASE_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

enum move {
#define MOVE(id, part, gaps) MOVE_##id,
#include "protocol/phrases.def"
    MOVE_COUNT
};

struct move_row {
    const char *part; /* of a proposition */
    const char *gaps; /* names, blanks between */
};

struct phrase_row {
    enum move move;
    const char *audiences, *levels; /* commas between; "" any */
    const char *texts[2];           /* by enum language */
};

/* One gap and what fills it. */
struct phrase_gap {
    const char *name, *value;
};

extern const struct move_row move_rows[MOVE_COUNT];
extern const struct phrase_row phrase_rows[];
extern const size_t phrase_rows_n;

/**
 * phrase_find - the phrase of a move for an audience and a level
 *
 * Gives   NULL where nothing is said to them
 * Thread  any
 */
const struct phrase_row *phrase_find(
    enum move move, const char *audience, const char *level);

/**
 * phrase_fill - a phrase with its gaps filled, as a whole sentence
 *
 * Takes   gaps[n]  one for each gap of the phrase
 * Gives   *to grown; ended by a full stop where nothing else ends it, with the
 *         blanks of the language
 * Thread  any
 */
void phrase_fill(struct text *to, const struct phrase_row *phrase,
    enum language language, const struct phrase_gap *gaps, size_t n);

#endif
