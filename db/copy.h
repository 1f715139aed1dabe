/* SPDX-License-Identifier: Apache-2.0
 *
 * copy.h - a copy of a database that gets its name when it is good.
 *
 * For files of db/ alone.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/inside.h"

/**
 * copy_make - write a copy under a name of its own, beside whoever writes
 *
 * Takes   path  of the file that is made, 0600; one that is there is replaced
 * Gives   the file
 * Errors  by the disk; *why tells
 * Thread  the owner of the connection
 */
enum err copy_make(sqlite3 *sql, const char *path, struct text *why) MUST_USE;

/**
 * copy_name - make a copy durable, then give it its name
 *
 * Takes   made  the file, gone afterwards
 *         path  its name to be; nothing is replaced
 * Gives   path, on the disk
 * Errors  ERR_EXISTS, or by the disk; *why tells
 * Thread  any
 */
enum err copy_name(
    const char *made, const char *path, struct text *why) MUST_USE;

/**
 * copy_verify - whether a copy is whole and what its journal says
 *
 * A copy of an earlier version is looked at as far as that is possible: the
 * file and the chains.
 *
 * Gives   *report  the heads, when all is well
 * Errors  ERR_CONFLICT, ERR_UNSUPPORTED, or by the disk; *why tells
 * Thread  any
 */
enum err copy_verify(
    const char *path, struct text *report, struct text *why) MUST_USE;

#endif
