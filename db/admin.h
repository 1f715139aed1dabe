/* SPDX-License-Identifier: Apache-2.0
 *
 * admin.h - what the administrator does to a database as a whole.
 */
#ifndef DB_ADMIN_H
#define DB_ADMIN_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdint.h>

/**
 * admin_check - integrity of the file, hash chains, references, codes
 *
 * Gives   *report  a line a finding, and a closing line with counts and heads
 * Errors  ERR_CONFLICT when something is wrong; what, stands in *report
 * Thread  any; beside a running server too
 */
enum err admin_check(const char *folder, struct text *report) MUST_USE;

/**
 * admin_backup - a verified copy, made beside a running server too
 *
 * VACUUM INTO a temporary name, check, fsync, rename.
 *
 * Takes   to  name of the file that is made; must not exist
 * Gives   the file, 0600; *report grown by the heads of its chains
 * Errors  ERR_EXISTS, ERR_FULL, ERR_UNAVAILABLE; *why tells
 * Thread  any
 */
enum err admin_backup(const char *folder, const char *to, struct text *report,
    struct text *why) MUST_USE;

/**
 * admin_restore - make the folder of a server from a backup
 *
 * The restored database starts a new epoch, which no other one has.
 *
 * Takes   folder  without a database
 * Gives   folder/diptych.db; *report grown by the heads of its chains
 * Errors  ERR_EXISTS, ERR_NONE, ERR_CONFLICT; *why tells
 * Thread  any
 */
enum err admin_restore(const char *folder, const char *from,
    struct text *report, struct text *why) MUST_USE;

/**
 * admin_upgrade - bring a database up to this version, when it is older
 *
 * What is added follows from the tables of this version.  Before anything is
 * changed a verified copy is made beside it; all is done, or nothing.
 *
 * Gives   *report grown by what was done; untouched when nothing was to do
 * Errors  ERR_NONE         there is no database
 *         ERR_BUSY         a server has it
 *         ERR_UNSUPPORTED  newer, or changed by more than additions
 *         ERR_FULL, ERR_CONFLICT, ERR_UNAVAILABLE; *why tells
 * Thread  any
 */
enum err admin_upgrade(
    const char *folder, struct text *report, struct text *why) MUST_USE;

#endif
