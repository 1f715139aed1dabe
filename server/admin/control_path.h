/* SPDX-License-Identifier: Apache-2.0
 *
 * control_path.h - the address of the socket by which the administrator's
 * commands reach a running server.
 */
#ifndef SERVER_ADMIN_CONTROL_PATH_H
#define SERVER_ADMIN_CONTROL_PATH_H

#include "protocol/err.h"

#include <sys/un.h>

#define CONTROL_FILE "diptych.sock"

/**
 * control_path - the address of the socket in a folder
 *
 * An address has room for about a hundred bytes; the name of a folder that is
 * longer is reached through an open descriptor of it.
 *
 * Gives   *address; *folder_fd, to be closed by the caller, -1 when none is
 *         needed
 * Errors  ERR_UNAVAILABLE  the folder can not be opened
 * Thread  any
 */
enum err control_path(
    const char *folder, struct sockaddr_un *address, int *folder_fd) MUST_USE;

#endif
