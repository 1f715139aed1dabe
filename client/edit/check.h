/* SPDX-License-Identifier: Apache-2.0
 *
 * check.h - "diptych check FILE": a script judged without a server, by the
 * tables alone.  Which objects there are, rights and revisions it can not
 * know.
 */
#ifndef CLIENT_EDIT_CHECK_H
#define CLIENT_EDIT_CHECK_H

#include "client/client.h"

/**
 * check_run - judge the scripts that the command line names
 *
 * Gives   the exit status: 0 when nothing is wrong in any of them, that of a
 *         wrong request, or STATUS_INPUT
 * Thread  main
 */
int check_run(struct client *client);

#endif
