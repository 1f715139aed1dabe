/* SPDX-License-Identifier: Apache-2.0
 *
 * near.h - which of several words somebody may have meant.
 */
#ifndef PROTOCOL_NEAR_H
#define PROTOCOL_NEAR_H

#include <stddef.h>

/* A search: begins as {.word = what was typed}. */
struct near {
    const char *word;
    const char *found; /* the nearest so far, NULL when none is near */
    size_t cost;       /* of what was found */
};

/**
 * near_look - look at one of the words that are allowed
 *
 * Letters missing, added, wrong or swapped with their neighbour each cost one;
 * a word is near when it costs at most two, and less than all its letters.
 *
 * Takes   candidate  must live as long as the search
 * Gives   near->found, the candidate if it is nearer than those before
 * Thread  any
 */
void near_look(struct near *near, const char *candidate);

#endif
