/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.h - letters without case and accents, and the words of a text.
 *
 * Two texts that a person would call the same word fold to the same bytes:
 * "Élan" and "elan", "Straße" and "STRASSE", "œuvre" and "oeuvre".
 */
#ifndef PROTOCOL_FOLD_H
#define PROTOCOL_FOLD_H

#include "protocol/base_text.h"

#include <stdbool.h>

/* Longer words are cut there, in texts and in what is looked for. */
#define FOLD_WORD 64

struct folded {
    const char *at; /* where the word stands in the text */
    size_t len;
    char word[FOLD_WORD + 1]; /* folded */
};

/**
 * fold_text - a text with all its letters folded
 *
 * Takes   text  UTF-8
 * Gives   *to grown
 * Thread  any
 * Vector  "Élan, Straße" -> "elan, strasse"
 */
void fold_text(struct text *to, const char *text);

/**
 * fold_next - the next word of a text
 *
 * A word is a run of letters and digits; all else stands between words.
 *
 * Takes   *p  a place in the text, which moves behind the word
 * Gives   *got, and true; false when there is no more word
 * Thread  any
 * Vector  "l'Élan-42" -> "l", "elan", "42"
 */
bool fold_next(const char **p, struct folded *got);

#endif
