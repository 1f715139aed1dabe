/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt.h - a session on a terminal: lines typed, answers and events shown.
 */
#ifndef CLIENT_PROMPT_PROMPT_H
#define CLIENT_PROMPT_PROMPT_H

#include "client/client.h"

/**
 * prompt_run - hold a session until the person or the server ends it
 *
 * Events are shown above the line that is being typed, which stays as it is.
 * Ctrl-C drops the line, Ctrl-D ends the session.
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int prompt_run(struct client *client) MUST_USE;

#endif
