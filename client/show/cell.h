/* SPDX-License-Identifier: Apache-2.0
 *
 * cell.h - strings measured and cut by the columns they take on a terminal.
 *
 * Whatever comes from others passes through cell_safe before it is shown.  A
 * string may then hold the colour sequences that look.h puts in; they take
 * no columns.
 */
#ifndef CLIENT_SHOW_CELL_H
#define CLIENT_SHOW_CELL_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * cell_utf8 - whether the terminal is written to in UTF-8
 *
 * Gives   true or false, as setlocale decided
 * Thread  any
 */
bool cell_utf8(void);

/**
 * cell_safe - a value made harmless for a terminal
 *
 * Control characters, line and paragraph separators and the characters that
 * turn the direction of writing become \u{HEX}, LF and TAB a blank, broken
 * UTF-8 a question mark.
 *
 * Gives   *to grown
 * Thread  any
 */
void cell_safe(struct text *to, const char *value);

/**
 * cell_width - columns that a string takes
 *
 * Gives   a count; wide characters take 2, combining ones none
 * Thread  any
 */
size_t cell_width(const char *string);

/**
 * cell_cut - a string cut to columns, with an ellipsis where it was cut
 *
 * Gives   *to grown by at most width columns; colours are ended
 * Thread  any
 */
void cell_cut(struct text *to, const char *string, size_t width);

/**
 * cell_pad - a string filled up with blanks, or cut
 *
 * Takes   right  the blanks stand in front
 * Gives   *to grown by exactly width columns
 * Thread  any
 */
void cell_pad(struct text *to, const char *string, size_t width, bool right);

/**
 * cell_bar - a bar of blocks, in steps of an eighth of a column
 *
 * Takes   value, top  a full bar stands for top; both in the same unit
 * Gives   *to grown by at most width columns; nothing when value <= 0
 * Thread  any
 */
void cell_bar(struct text *to, int64_t value, int64_t top, size_t width);

/**
 * cell_fold - a string in ASCII, one character for one character
 *
 * Gives   *to grown; letters lose their accents, blocks become "#"
 * Thread  any
 */
void cell_fold(struct text *to, const char *string);

#endif
