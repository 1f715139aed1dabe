/* SPDX-License-Identifier: Apache-2.0
 *
 * complete.h - what may stand next on a line that is being typed.
 *
 * Derived from a vocabulary; nothing is asked of a server.  Where the name of
 * an object may stand, the kinds of it are told, and whoever knows the names
 * adds them with complete_add.
 */
#ifndef CLIENT_PROMPT_COMPLETE_H
#define CLIENT_PROMPT_COMPLETE_H

#include "client/prompt/typed.h"

#include <stddef.h>

struct choices {
    char **list; /* owned words, in the order of the vocabulary */
    size_t n, room;
    struct text names; /* kinds of which an object may stand: "party|lot",
                          "party:segment", "*" for any; empty: none */
    size_t head;       /* bytes of the word that stay in front of its name */
};

/**
 * complete_find - the words that begin like the one being typed
 *
 * Takes   before[len]  the line in front of that word
 *         word         its start, perhaps ""
 *         kind_of      as typed_read
 * Gives   *got, freed with complete_free; a key ends in "="
 * Thread  any
 */
void complete_find(const struct vocabulary *vocabulary, const char *before,
    size_t len, const char *word, typed_kind_fn *kind_of, void *ctx,
    struct choices *got);

/**
 * complete_add - one more choice
 *
 * Takes   word    what is typed
 *         choice  the whole word
 * Gives   *got grown, unless the choice begins otherwise or is there already;
 *         false when it can not stand on a line as it is
 * Thread  any
 */
bool complete_add(struct choices *got, const char *word, const char *choice);

/**
 * complete_free - free choices
 *
 * Gives   *choices all zero
 * Thread  any
 */
void complete_free(struct choices *choices);

#endif
