/* SPDX-License-Identifier: Apache-2.0
 *
 * speech.h - how to speak to whom, by what they know of the subject.
 */
#ifndef VALUE_WORDS_SPEECH_H
#define VALUE_WORDS_SPEECH_H

#include <stdbool.h>
#include <stddef.h>

enum speech_level {
#define SPEECH(id, ...) LEVEL_##id,
#include "value/words/speech.def"
#undef SPEECH
    LEVEL_COUNT
};

/* What a text for a level must hold. */
enum speech_says { SAYS_ONE, SAYS_WHY, SAYS_FIGURES, SAYS_QUESTIONS };

struct speech {
    const char *word;
    size_t needs, open, marks; /* named at most */
    size_t words;              /* as long as a text may be */
    int readable;              /* at least, 0..100 */
    int minutes;               /* of a meeting to ask for */
    bool argues_price;
    enum speech_says says;
};

/**
 * speech_of - how to speak to a level
 *
 * Takes   level  below LEVEL_COUNT
 * Gives   a row that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  value/words/speech.def
 */
const struct speech *speech_of(enum speech_level level);

/**
 * speech_find - a level by its word
 *
 * Takes   word  any
 * Gives   LEVEL_COUNT when there is none
 * Thread  any
 * Cost    O(1)
 * Source  value/words/speech.def
 */
enum speech_level speech_find(const char *word);

#endif
