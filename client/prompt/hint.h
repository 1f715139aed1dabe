/* SPDX-License-Identifier: Apache-2.0
 *
 * hint.h - what is expected next on a line that is being typed, for people.
 */
#ifndef CLIENT_PROMPT_HINT_H
#define CLIENT_PROMPT_HINT_H

#include "client/prompt/typed.h"

/**
 * hint_put - a sentence about the word being typed
 *
 * Takes   before[len]  the line in front of that word
 *         word         its start, perhaps ""
 *         kind_of      as typed_read
 * Gives   *to grown by safe words; by nothing when there is nothing to say
 * Thread  any
 */
void hint_put(struct text *to, const struct vocabulary *vocabulary,
    enum language language, const char *before, size_t len, const char *word,
    typed_kind_fn *kind_of, void *ctx);

#endif
