/* SPDX-License-Identifier: Apache-2.0
 *
 * typed.h - where one is in a line that is being typed.
 */
#ifndef CLIENT_PROMPT_TYPED_H
#define CLIENT_PROMPT_TYPED_H

#include "client/prompt/vocabulary.h"
#include "protocol/words.h"

/* The kind of the object that a code names; NULL when it is not known. */
typedef const char *typed_kind_fn(void *ctx, const char *code);

struct typed {
    bool readable; /* what stands before is whole words */
    struct words words;
    const struct row *verb;  /* NULL: none yet, or one that is not known */
    size_t places;           /* positional values before this word */
    const char *kind;        /* that the line is about; NULL: not known */
    const struct row *value; /* the positional value that may stand here */
    char *key;               /* owned; NULL: no operator is typed yet */
    const struct row *about; /* field or argument of that key, NULL: none */
    size_t head;             /* bytes of the word up to behind the operator */
};

/**
 * typed_read - look at a line
 *
 * Takes   before[len]  the line in front of the word
 *         word         what is typed of the word, perhaps ""
 *         kind_of      may be NULL
 * Gives   *got, freed with typed_fini; it lives as long as the vocabulary
 * Thread  any
 */
void typed_read(const struct vocabulary *vocabulary, const char *before,
    size_t len, const char *word, typed_kind_fn *kind_of, void *ctx,
    struct typed *got);

/**
 * typed_fini - free what was read
 *
 * Gives   *typed all zero
 * Thread  any
 */
void typed_fini(struct typed *typed);

#endif
