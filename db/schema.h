/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.h - the whole schema of a database, made in one place.
 *
 * For files of db/ alone.
 */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include "db/sql.h"
#include "protocol/base_text.h"

/* PRAGMA user_version; a rise needs a step of migration. */
#define SCHEMA_VERSION 1
/* PRAGMA application_id: "Dptc". */
#define SCHEMA_APPLICATION 0x44707463

/**
 * schema_print - the statements that make an empty database
 *
 * Gives   *to grown
 * Thread  any
 */
void schema_print(struct text *to);

/**
 * schema_create - make an empty database, epoch 1
 *
 * Errors  by the disk
 * Gives   all tables, in one transaction
 * Thread  the owner of the connection
 */
enum err schema_create(sqlite3 *sql) MUST_USE;

/**
 * schema_check - whether this version can work on a database
 *
 * Errors  ERR_UNSUPPORTED  made by a newer version, or not ours; *why tells
 * Gives   ERR_OK when it can
 * Thread  the owner of the connection
 */
enum err schema_check(sqlite3 *sql, struct text *why) MUST_USE;

#endif
