/* SPDX-License-Identifier: Apache-2.0
 *
 * vocabulary.h - what may be said to a server: the rows of its "describe",
 * and the verbs of the client itself.
 *
 * The rows are kept as they came, so that kinds, fields and keys of a newer
 * server are known as well as our own.  Before a server was asked, the tables
 * of this program stand in.
 */
#ifndef CLIENT_PROMPT_VOCABULARY_H
#define CLIENT_PROMPT_VOCABULARY_H

#include "client/show/rows.h"
#include "protocol/texts.h"

struct vocabulary {
    struct rows rows;
};

/**
 * vocabulary_preset - the tables of this program
 *
 * Gives   *got, freed with vocabulary_fini
 * Thread  any
 */
void vocabulary_preset(struct vocabulary *got, enum language language);

/**
 * vocabulary_read - the answer to "describe"
 *
 * Takes   lines  data lines with their ends
 * Gives   true and *got, freed with vocabulary_fini; false and *got
 *         untouched when they tell of no verb
 * Thread  any
 */
bool vocabulary_read(
    const char *lines, enum language language, struct vocabulary *got);

/**
 * vocabulary_find - a row by its kind and name
 *
 * Takes   kind  "verb", "kind", "type", "builtin"
 * Gives   a row that lives as long as *vocabulary; NULL when there is none
 * Thread  any
 */
const struct row *vocabulary_find(
    const struct vocabulary *vocabulary, const char *kind, const char *name);

/**
 * vocabulary_field - a field of a kind, or what every object has
 *
 * Gives   a row "field" or "builtin", as vocabulary_find
 * Thread  any
 */
const struct row *vocabulary_field(
    const struct vocabulary *vocabulary, const char *kind, const char *name);

/**
 * vocabulary_key - a key of a verb
 *
 * Gives   a row "argument", as vocabulary_find
 * Thread  any
 */
const struct row *vocabulary_key(
    const struct vocabulary *vocabulary, const char *verb, const char *name);

/**
 * vocabulary_value - a positional value of a verb
 *
 * Takes   place  from 1; the last one may stand for all behind it
 * Gives   a row "argument", as vocabulary_find
 * Thread  any
 */
const struct row *vocabulary_value(
    const struct vocabulary *vocabulary, const char *verb, size_t place);

/**
 * vocabulary_kind_of - the kind that an id bears in its prefix
 *
 * Takes   word  perhaps "B-3"
 * Gives   the kind, as vocabulary_find; NULL when it is no id
 * Thread  any
 */
const char *vocabulary_kind_of(
    const struct vocabulary *vocabulary, const char *word);

/**
 * vocabulary_fini - free the rows
 *
 * Gives   *vocabulary all zero
 * Thread  any
 */
void vocabulary_fini(struct vocabulary *vocabulary);

#endif
