/* SPDX-License-Identifier: Apache-2.0
 *
 * say.h - sentences of texts.def with their gaps filled.
 *
 * Every "%s" of a sentence is a gap.  The gaps are filled here and not by
 * printf, because a sentence is chosen at run time and its language too.
 */
#ifndef CLIENT_SHOW_SAY_H
#define CLIENT_SHOW_SAY_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

#include <stdarg.h>

/**
 * say - append a sentence, its gaps filled in order
 *
 * Takes   ...  one const char * for each "%s" of the sentence; "%%" is "%"
 * Gives   *to grown, without an end of line
 * Thread  any
 */
void say(struct text *to, enum language language, enum text_id id, ...);

/**
 * say_list - as say, the gaps in a va_list
 *
 * Gives   *to grown, without an end of line
 * Thread  any
 */
void say_list(
    struct text *to, enum language language, enum text_id id, va_list gaps);

/**
 * complain - say a sentence on standard error, behind "diptych: "
 *
 * Takes   ...  as say
 * Gives   one line on standard error, control characters escaped
 * Thread  any
 */
void complain(enum language language, enum text_id id, ...);

#endif
