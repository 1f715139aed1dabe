/* SPDX-License-Identifier: Apache-2.0
 *
 * once.h - one request from the arguments of a shell.
 */
#ifndef CLIENT_LINK_ONCE_H
#define CLIENT_LINK_ONCE_H

#include "client/client.h"

/**
 * once_run - send the words of the command line and show the answer
 *
 * "watch" stays and shows events until the link ends or a signal comes.
 *
 * Gives   the exit status of the answer
 * Thread  main; it waits
 */
int once_run(struct client *client) MUST_USE;

#endif
