/* SPDX-License-Identifier: Apache-2.0
 *
 * password.h - a password out of a file, so that it stands in no command line.
 */
#ifndef SERVER_ADMIN_PASSWORD_H
#define SERVER_ADMIN_PASSWORD_H

#include "protocol/base_text.h"
#include "protocol/err.h"

/**
 * password_read - the first line of a file
 *
 * Takes   file  its name, "-" for standard input
 * Gives   *password  1 to so many bytes as the limit "password" says, without the line's end, to be
 *                    freed with password_fini
 *         *warning   grown by a sentence when others can read the file
 * Errors  ERR_NONE  the file can not be read
 *         ERR_ARG   the line is empty, too long, or holds what no client can
 *                   send; *why tells, *password is untouched
 * Thread  any
 */
enum err password_read(const char *file, struct text *password,
    struct text *warning, struct text *why) MUST_USE;

/**
 * password_fini - wipe and free a password
 *
 * Gives   *password all zero
 * Thread  any
 */
void password_fini(struct text *password);

#endif
