/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_fill.h - the gaps of guide.def filled, for people and for the wire;
 * and what people type made what the wire wants.
 */
#ifndef CLIENT_GUIDE_GUIDE_FILL_H
#define CLIENT_GUIDE_GUIDE_FILL_H

#include "client/guide/guide_step.h"

/* What the gaps stand for. */
struct guide_gaps {
    const struct labels *record;
    const char *tender; /* its id; NULL while none is chosen */
    const struct row *first, *second;
    const char *answer, *other; /* %a and %b */
    const char *code;           /* %c */
    enum language language;
};

/**
 * guide_fill - a text of guide.def with its gaps filled
 *
 * Takes   wire  for the wire: objects by code or id, values quoted when they
 *               must be; otherwise for people: codes and names
 * Gives   *to grown
 * Thread  any
 */
void guide_fill(struct text *to, const char *from,
    const struct guide_gaps *gaps, bool wire);

/**
 * guide_clean - an answer as the wire wants it
 *
 * Numbers lose the blanks between their digits and take the decimal mark of
 * the language, "80%" of a share is 0.8, "y" is yes, the number of a choice
 * its word, a code its capitals.  What can not be made better stays.
 *
 * Takes   typed  without blanks at its ends
 * Gives   *to grown
 * Errors  ERR_ARG   it can not be sent at all; *to is untouched
 *         ERR_NONE  the record has no such object; *to is untouched
 * Thread  any
 */
enum err guide_clean(struct text *to, const struct field_row *field,
    const struct labels *record, enum language language,
    const char *typed) MUST_USE;

/**
 * guide_choices - whether the words of a field can be chosen by number
 *
 * Gives   true for an enum whose words are no numbers
 * Thread  any
 */
bool guide_choices(const struct field_row *field);

#endif
