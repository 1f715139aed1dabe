/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt_local.h - lines of a session that the client itself answers.
 */
#ifndef CLIENT_PROMPT_PROMPT_LOCAL_H
#define CLIENT_PROMPT_PROMPT_LOCAL_H

#include "client/link/resume.h"

/**
 * prompt_local - do what a line asks of the client itself
 *
 * Takes   resume  of the session
 * Gives   true when the line was for the client; *request grown by what is
 *         to be sent in its place, if anything is
 * Thread  main; it may wait
 */
bool prompt_local(
    struct resume *resume, const char *line, struct text *request) MUST_USE;

#endif
