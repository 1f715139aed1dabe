/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_inside.h - what the files that check what we say share; nobody else's.
 *
 * Everything here runs on a worker thread.
 */
#ifndef SERVER_WORDS_LINT_INSIDE_H
#define SERVER_WORDS_LINT_INSIDE_H

#include "protocol/lint.h"
#include "server/words/pitch_inside.h"

struct linting {
    struct figures *f;
    struct maker maker;     /* lends helpers; makes nothing */
    enum language language; /* of what was typed and does not say */
    size_t findings;
};

/* A text, and what it is meant for. */
struct lint_text {
    const struct object *on; /* the message; NULL for a text of the request */
    const char *field;       /* in which it stands */
    const char *text;
    enum language language;
    enum speech_level level; /* LEVEL_COUNT: not known */
    struct text words;       /* of lint_words */
};

/**
 * lint_find - tell what was found
 *
 * Takes   on     the object, or NULL
 *         got, allowed  as of an error; NULL left out
 * Gives   a row
 * Thread  worker
 */
void lint_find(struct linting *l, enum lint rule, const struct object *on,
    const char *field, const char *got, const char *allowed);

/**
 * lint_check_text - a text against the level that it is for
 *
 * Gives   rows
 * Thread  worker
 */
void lint_check_text(struct linting *l, const struct lint_text *t);

/**
 * lint_check_words - jargon and acronyms, for who is not of the trade
 *
 * Gives   rows
 * Thread  worker
 */
void lint_check_words(struct linting *l, const struct lint_text *t);

/**
 * lint_check_price - the price as an argument, for whom it is none
 *
 * Gives   rows
 * Thread  worker
 */
void lint_check_price(struct linting *l, const struct lint_text *t);

/**
 * lint_put_figure - a figure with its unit, as in "9 lines"
 *
 * Gives   *to grown
 * Thread  worker
 */
void lint_put_figure(struct text *to, const struct lint_figure *figure);

/**
 * lint_proves - whether a text itself names a proof
 *
 * Gives   true or false
 * Thread  worker
 */
bool lint_proves(const struct lint_text *t);

/**
 * lint_messages - what we say, message by message, and to several audiences
 *
 * Takes   only  NULL: all; else this one, against all others
 * Gives   rows
 * Thread  worker
 */
void lint_messages(struct linting *l, const struct object *only);

/**
 * lint_contradictions - what two audiences are told of one element or need
 *
 * Takes   only  as lint_messages
 * Gives   rows
 * Thread  worker
 */
void lint_contradictions(struct linting *l, const struct object *only);

/**
 * lint_read_message - a message as a text
 *
 * Gives   *t, ended by text_fini(&t->words)
 * Thread  worker
 */
void lint_read_message(
    const struct linting *l, const struct object *message, struct lint_text *t);

/**
 * lint_typed - what people typed, by server/words/lint_fields.def
 *
 * Gives   rows
 * Thread  worker
 */
void lint_typed(struct linting *l);

/**
 * lint_record - contacts, heads and rivals in the record
 *
 * Gives   rows
 * Thread  worker
 */
void lint_record(struct linting *l);

#endif
