/* SPDX-License-Identifier: Apache-2.0
 *
 * err.h - every way in which something can fail, as one enum.
 *
 * Derived from errors.def; the wire token and the exit status of the client
 * stand there.  Functions that can fail return enum err and are MUST_USE.
 */
#ifndef PROTOCOL_ERR_H
#define PROTOCOL_ERR_H

#define MUST_USE __attribute__((warn_unused_result))

enum err {
    ERR_OK = 0,
#define ERR(id, word, status, en, fr) ERR_##id,
#include "protocol/errors.def"
#undef ERR
    ERR_COUNT
};

/**
 * err_word - the word that stands after "err" on the wire
 *
 * Takes   err  not ERR_OK
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *err_word(enum err err);

/**
 * err_find - the error that a wire word names
 *
 * Gives   the error; ERR_INTERNAL for a word this version does not know
 * Thread  any
 */
enum err err_find(const char *word);

/**
 * err_status - the exit status of the one-shot client for an error
 *
 * Gives   a status of sysexits.h, 0 for ERR_OK
 * Thread  any
 */
int err_status(enum err err);

/**
 * err_text - the sentence for people
 *
 * Takes   french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *err_text(enum err err, int french);

#endif
