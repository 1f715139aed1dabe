/* SPDX-License-Identifier: Apache-2.0
 *
 * note.h - what a sent line exercises: its verb, the types of the fields that
 * it sets, the operators with which it compares a type; and which limits a
 * server met at their edge.
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

/**
 * note_limits - write down the limits that a server met
 *
 * Takes   log  the file of its log
 * Gives   *seen grown by lines "limit word=at,beyond"
 * Thread  any
 */
void note_limits(struct text *seen, const char *log);

#endif
