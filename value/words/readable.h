/* SPDX-License-Identifier: Apache-2.0
 *
 * readable.h - how easily a text is read: words, sentences and syllables,
 * counted by rules of thumb, and the published formula of its language.
 */
#ifndef VALUE_WORDS_READABLE_H
#define VALUE_WORDS_READABLE_H

#include <stddef.h>
#include <stdint.h>

enum readable_language { READABLE_ENGLISH, READABLE_FRENCH };

struct readable {
    size_t words, sentences, syllables;
    int64_t score; /* micro, 100 very easy; 0 without words */
};

/**
 * readable_count - count a text and score it
 *
 * A word is a run of letters and digits, with hyphens inside; a sentence ends
 * at . ! ? ; : or ellipsis before a blank, a closing quote or the end, and at
 * the end of a line; a syllable is a run of vowels, less a final e that is
 * mute.  A number counts as one syllable.
 *
 * Takes   text  UTF-8
 * Gives   *r  of several texts: add the counts, then readable_score
 * Thread  any
 * Cost    O(length)
 * Source  F30: Kandel & Moles 1958 for French, Flesch 1948 for English
 * Vector  "Le bus passe la nuit." -> 5 words, 1 sentence, 5 syllables
 */
void readable_count(
    const char *text, enum readable_language language, struct readable *r);

/**
 * readable_score - the score of counts
 *
 * Takes   r  with its counts
 * Gives   r->score
 * Thread  any
 * Cost    O(1)
 * Source  as readable_count
 */
void readable_score(struct readable *r, enum readable_language language);

#endif
