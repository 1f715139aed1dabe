/* SPDX-License-Identifier: Apache-2.0
 *
 * vocabulary_ask.h - the vocabulary of the server one talks to.
 *
 * What "describe" tells is kept in a file named by its digest, so that it is
 * sent again only when the server has changed.
 */
#ifndef CLIENT_PROMPT_VOCABULARY_ASK_H
#define CLIENT_PROMPT_VOCABULARY_ASK_H

#include "client/link/talk.h"
#include "client/prompt/vocabulary.h"

/**
 * vocabulary_ask - ask for it; the answer comes with later turns
 *
 * Takes   *place  that outlives the talk; replaced when the answer has come
 * Gives   requests in flight; *place stays as it is when they are refused
 * Thread  the one that owns *talk
 */
void vocabulary_ask(
    struct talk *talk, enum language language, struct vocabulary *place);

#endif
