/* SPDX-License-Identifier: Apache-2.0
 *
 * note.h - what a sent line exercises: its verb, the types of the fields that
 * it sets, the operators with which it compares a type.
 */
#ifndef TESTS_TALK_NOTE_H
#define TESTS_TALK_NOTE_H

#include "protocol/base_text.h"

/**
 * note_line - write down what a request exercises
 *
 * Takes   line  as it is sent; what can not be read counts for its verb alone
 * Gives   *seen grown by lines "verb list", "type money", "compare money <="
 * Thread  any
 */
void note_line(struct text *seen, const char *line);

#endif
