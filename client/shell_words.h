/* SPDX-License-Identifier: Apache-2.0
 *
 * shell_words.h - arguments of a shell as one request of the wire.
 *
 * The shell has already cut and unquoted: an argument is one word of the
 * wire, whatever it holds.
 */
#ifndef CLIENT_SHELL_WORDS_H
#define CLIENT_SHELL_WORDS_H

#include "protocol/base_text.h"
#include "protocol/err.h"

/**
 * shell_words_join - a request from arguments
 *
 * An argument that starts with key and operator has its value quoted when
 * needed, "key=" clears a field, any other argument is a positional value.  A
 * line that grows too long sends its longest value as a heredoc.  A single
 * argument that holds blanks is a line of the wire already.
 *
 * Takes   words[n]  n >= 1
 * Gives   *request  lines with their ends
 * Errors  ERR_ARG  an argument holds what the wire does not allow, or a line
 *                  is not one whole request; *bad is its place in words;
 *                  *request is untouched
 * Thread  any
 */
enum err shell_words_join(
    const char *const *words, int n, struct text *request, int *bad) MUST_USE;

#endif
