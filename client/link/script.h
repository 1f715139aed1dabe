/* SPDX-License-Identifier: Apache-2.0
 *
 * script.h - the lines of standard input, sent as they come.
 */
#ifndef CLIENT_LINK_SCRIPT_H
#define CLIENT_LINK_SCRIPT_H

#include "client/client.h"

/**
 * script_run - send standard input line by line and show the answers
 *
 * Requests are sent ahead of their answers.  The server is told to skip all
 * that follows an error, so that a script stops at its first one; with
 * --keep-going it does not.
 *
 * Gives   the exit status of the first failure
 * Thread  main; it waits
 */
int script_run(struct client *client) MUST_USE;

#endif
