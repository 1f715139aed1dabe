/* SPDX-License-Identifier: Apache-2.0
 *
 * speech.c - the levels of knowledge.
 */
#include "value/words/speech.h"

#include <string.h>

static const struct speech levels[] = {
#define SPEECH(                                                                \
    id, word, needs, open, marks, words, readable, minutes, argues, says)      \
    [LEVEL_##id] = {word, needs, open, marks, words, readable, minutes,        \
        argues, SAYS_##says},
#include "value/words/speech.def"
#undef SPEECH
};

const struct speech *speech_of(enum speech_level level)
{
    return &levels[level];
}

enum speech_level speech_find(const char *word)
{
    enum speech_level level = 0;

    while (level < LEVEL_COUNT && strcmp(levels[level].word, word) != 0)
        level++;
    return level;
}
