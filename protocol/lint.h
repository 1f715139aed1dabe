/* SPDX-License-Identifier: Apache-2.0
 *
 * lint.h - rules about what we say, the words that they look for, and the
 * figures that stand in a text.
 */
#ifndef PROTOCOL_LINT_H
#define PROTOCOL_LINT_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

#include <stdbool.h>

enum lint {
#define LINT(id, word, en, fr) LINT_##id,
#include "protocol/lint.def"
    LINT_COUNT
};

struct lint_row {
    const char *word;
    const char *why[2]; /* by enum language */
};

extern const struct lint_row lint_rows[LINT_COUNT];

enum term_list {
    TERM_JARGON,
    TERM_PRICE,
    TERM_RECOMMEND,
    TERM_PROMISE,
    TERM_DENIAL,
    TERM_PROOF,
    TERM_BELIEF
};

struct term {
    enum term_list list;
    const char *language; /* "en", "fr", or "" for both */
    const char *words;
    const char *instead[2];
};

/* Bytes of a unit, folded and singular. */
#define LINT_UNIT 24

/* A number in a text, with what stands behind it. */
struct lint_figure {
    int64_t micro;
    char unit[LINT_UNIT]; /* "" where nothing does */
};

/**
 * lint_words - the words of a text, folded, one blank around each
 *
 * Gives   *to grown, with a blank at both ends
 * Thread  any
 * Vector  "L'été, enfin !" -> " l ete enfin "
 */
void lint_words(struct text *to, const char *text);

/**
 * lint_next - the next term of a list that stands in words
 *
 * Takes   words     of lint_words
 *         language  of the text
 *         after     the term found before; NULL: the first
 * Gives   NULL when there is no more
 * Thread  any
 */
const struct term *lint_next(const char *words, enum term_list list,
    enum language language, const struct term *after);

/**
 * lint_holds - whether words hold the words of a name
 *
 * Takes   words  of lint_words
 *         name   any
 * Gives   false for a name without words
 * Thread  any
 */
bool lint_holds(const char *words, const char *name);

/**
 * lint_sentence - the next sentence of a text
 *
 * Takes   *p  a place in the text, which moves behind the sentence
 * Gives   true and *to grown by it; false when there is no more
 * Thread  any
 */
bool lint_sentence(const char **p, struct text *to);

/**
 * lint_figure - the next figure of a text
 *
 * Numbers are read as the language writes them: 520,000 and 12.5 in English,
 * 520 000 and 12,5 in French.  Units are brought to one word: minutes and min
 * to minute, heures to hour, the sign of a currency to its letters.
 *
 * Takes   *p  a place in the text, which moves behind the figure
 * Gives   true and *got; false when there is no more
 * Thread  any
 */
bool lint_figure(
    const char **p, enum language language, struct lint_figure *got);

/**
 * lint_acronym - the next acronym of a text that it does not spell out
 *
 * Two capitals or more, perhaps with digits; spelled out where it stands in
 * brackets once, or a bracket stands right behind it.
 *
 * Takes   text  all of it
 *         *p    a place in it, which moves behind the acronym
 * Gives   true and *to grown; false when there is no more
 * Thread  any
 */
bool lint_acronym(const char *text, const char **p, struct text *to);

#endif
