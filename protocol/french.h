/* SPDX-License-Identifier: Apache-2.0
 *
 * french.h - sentences that the code says in English, in French: what an error
 * allows, and how a figure came about.  All others stand in texts.def.
 */
#ifndef PROTOCOL_FRENCH_H
#define PROTOCOL_FRENCH_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

struct french_row {
    const char *english, *french;
};

extern const struct french_row french_rows[];
extern const size_t french_rows_n;

/**
 * french_of - a sentence in a language
 *
 * Takes   english  as it stands in french.def
 * Gives   the French one; the same string for English, and where it has none,
 *         as words of the wire
 * Thread  any
 */
const char *french_of(const char *english, enum language language)
    __attribute__((format_arg(1)));

/**
 * french_print - the same for a sentence whose gap is filled
 *
 * Takes   english  may be of a row with one printf mark
 * Gives   *to grown
 * Thread  any
 */
void french_print(struct text *to, const char *english, enum language language);

#endif
