/* SPDX-License-Identifier: Apache-2.0
 *
 * words.h - one line of the wire as words, and words as they are printed.
 *
 * The same tokens serve both directions: word, key=value, "quoted".  Values
 * are NUL-ended strings without NUL inside; a quoted value may hold LF.
 */
#ifndef PROTOCOL_WORDS_H
#define PROTOCOL_WORDS_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <stddef.h>

enum op {
    OP_NONE, /* no key: a positional value */
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_LIKE,
    OP_PLUS,
    OP_MINUS
};

struct word {
    const char *key; /* NULL for a positional value */
    enum op op;
    const char *value;
    bool quoted;     /* it stood in quotes or in a heredoc */
    size_t from, to; /* where in the line it stands */
};

struct words {
    struct word *list;
    size_t n;
    size_t room;
    char *store; /* the bytes that key and value point into */
};

struct words_fault {
    size_t column; /* from 1 */
    int what;      /* an enum text_id: a sentence for people */
};

/**
 * words_read - cut a line into words
 *
 * Takes   line[len]  one line without its end
 *         body       text of the heredoc that the line announced, or NULL;
 *                    it replaces the last word ("<<END")
 *         most       words allowed
 * Gives   *got, freed with words_free; tag and verb are ordinary words
 * Errors  ERR_SYNTAX  *fault says where and what; *got is untouched
 *         ERR_LIMIT   more than most words
 * Thread  any
 * Cost    O(len)
 */
enum err words_read(const char *line, size_t len, const char *body, size_t most,
    struct words *got, struct words_fault *fault) MUST_USE;

/**
 * words_free - free what words_read made
 *
 * Gives   *words all zero
 * Thread  any
 */
void words_free(struct words *words);

/**
 * words_get - the value of a key
 *
 * Gives   the value of the first key= word, NULL when there is none
 * Thread  any
 */
const char *words_get(const struct words *words, const char *key);

/**
 * words_heredoc - the end word of the heredoc that a line announces
 *
 * Takes   line[len]  without its end
 * Gives   the offset of the word after "<<", len when there is none (also
 *         when the mark stands in a comment)
 * Thread  any
 */
size_t words_heredoc(const char *line, size_t len);

/**
 * word_print - a value as it can stand on the wire, quoted when it must be
 *
 * Gives   *to grown; reading it back gives the same value
 * Thread  any
 */
void word_print(struct text *to, const char *value);

/**
 * word_quote - a value in quotes, whether it must be or not
 *
 * Gives   *to grown
 * Thread  any
 */
void word_quote(struct text *to, const char *value);

/**
 * op_word - the operator as it stands on the wire
 *
 * Gives   "=", "<=", ...; "" for OP_NONE
 * Thread  any
 */
const char *op_word(enum op op);

#endif
