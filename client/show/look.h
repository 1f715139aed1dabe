/* SPDX-License-Identifier: Apache-2.0
 *
 * look.h - how things are shown: width, colour, language.
 */
#ifndef CLIENT_SHOW_LOOK_H
#define CLIENT_SHOW_LOOK_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

#include <stdbool.h>
#include <stddef.h>

enum style {
    STYLE_PLAIN,
    STYLE_STRONG, /* headings, what is ours */
    STYLE_FAINT,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_MARK, /* what asks for attention */
    STYLE_COUNT
};

struct look {
    size_t columns;
    bool colour;
    enum language language;
};

/**
 * look_locale - take the character set from the environment
 *
 * An environment that says nothing means UTF-8, as most terminals do.
 *
 * Gives   the locale set for characters alone
 * Thread  main, before any other
 */
void look_locale(void);

/**
 * look_language - the language that the environment asks for
 *
 * Gives   French when LC_ALL, LC_MESSAGES or LANG says so, else English
 * Thread  any
 */
enum language look_language(void);

/**
 * look_columns - the width of a terminal
 *
 * Takes   fd  perhaps a terminal
 * Gives   its columns; $COLUMNS or 80 when it is none
 * Thread  any
 */
size_t look_columns(int fd);

/**
 * look_colours - when colours are wanted
 *
 * Takes   word  "auto", "always" or "never"
 * Gives   true, and what look_colour answers from now on; false for another
 *         word
 * Thread  main, before any look_colour
 */
bool look_colours(const char *word);

/**
 * look_colour - whether colours may be written
 *
 * Gives   true on a terminal, or when they are always wanted; false when they
 *         never are, NO_COLOR is set or TERM is dumb
 * Thread  any
 */
bool look_colour(int fd);

/**
 * look_put - append a string in a style
 *
 * Gives   *to grown; no colour sequences when look has no colour
 * Thread  any
 */
void look_put(struct text *to, const struct look *look, enum style style,
    const char *string);

#endif
