/* SPDX-License-Identifier: Apache-2.0
 *
 * missing.h - what the figures still lack before they can be computed.
 *
 * The one place that decides whether a computation is possible: those of
 * award.h, users.h, gap.h and front.h answer ERR_STATE when and only when a
 * row here blocks them.  Indexes only; whoever has the names prints them.
 */
#ifndef VALUE_MISSING_H
#define VALUE_MISSING_H

#include "value/model.h"

enum missing_what {
#define MISSING(id, word, en, fr) MISSING_##id,
#include "value/missing.def"
#undef MISSING
    MISSING_COUNT
};

/* What a row blocks, added up; a row that blocks nothing tells of a figure
 * that leaves something out. */
enum figure {
    FIGURE_DECIDER = 1,
    FIGURE_USERS = 2,
    FIGURE_GAP = 4,
    FIGURE_FRONT = 8 /* and the discount */
};

struct missing {
    enum missing_what what;
    unsigned blocks; /* of enum figure */
    /* MODEL_NOWHERE: no matter.  A group is a criterion that has parts. */
    size_t criterion, group, bid, segment, need;
};

/**
 * missing_word - the short name of what is lacking
 *
 * Takes   what  below MISSING_COUNT
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  missing.def
 */
const char *missing_word(enum missing_what what);

/**
 * missing_text - what is lacking, as a sentence
 *
 * Takes   what    below MISSING_COUNT
 *         french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  missing.def
 */
const char *missing_text(enum missing_what what, int french);

/**
 * missing_list - all that the figures lack
 *
 * Takes   model  any
 * Gives   *rows  *n rows, criteria first, then bids, users, needs, elements;
 *                freed with free()
 * Thread  any
 * Cost    O(bids x (criteria + needs) + segments x needs)
 * Source  docs/value.md 11
 */
void missing_list(const struct model *model, struct missing **rows, size_t *n);

/**
 * missing_blocks - whether something blocks a figure
 *
 * Takes   figure  one, or several added up
 * Gives   true when missing_list has a row that blocks one of them
 * Thread  any
 * Cost    as missing_list
 * Source  docs/value.md 11
 */
bool missing_blocks(const struct model *model, unsigned figure);

#endif
