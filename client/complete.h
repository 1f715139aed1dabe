/* SPDX-License-Identifier: Apache-2.0
 *
 * complete.h - what may stand next on a line that is being typed.
 *
 * Derived from the tables of verbs and kinds; nothing is asked of a server.
 */
#ifndef CLIENT_COMPLETE_H
#define CLIENT_COMPLETE_H

#include <stddef.h>

struct choices {
    char **list; /* owned words, in the order of the tables */
    size_t n, room;
};

/**
 * complete_find - the words that begin like the one being typed
 *
 * Takes   before[len]  the line in front of that word
 *         word         its start, perhaps ""
 * Gives   *got, freed with complete_free; a key ends in "="
 * Thread  any
 */
void complete_find(
    const char *before, size_t len, const char *word, struct choices *got);

/**
 * complete_free - free choices
 *
 * Gives   *choices all zero
 * Thread  any
 */
void complete_free(struct choices *choices);

#endif
