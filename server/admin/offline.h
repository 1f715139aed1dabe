/* SPDX-License-Identifier: Apache-2.0
 *
 * offline.h - what the administrator does on the server's machine: users and
 * the database as a whole.
 *
 * None of it goes over the network.  Users are changed in the database, or by
 * the server that has it, through a socket in its folder.
 */
#ifndef SERVER_ADMIN_OFFLINE_H
#define SERVER_ADMIN_OFFLINE_H

#include "server/admin/cli.h"

/**
 * offline_run - do one of the actions but serve, config, help and version
 *
 * Gives   *said  what was done, for standard output
 *         *warning  sentences for standard error, perhaps
 * Errors  by the action; *why tells what was got and what can be done
 * Thread  any
 */
enum err offline_run(const struct cli *cli, struct text *said,
    struct text *warning, struct text *why) MUST_USE;

#endif
