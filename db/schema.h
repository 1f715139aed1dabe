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

/* The form of storage.  Tables, fields and words that are added need no rise;
 * what an earlier server would misread does. */
#define SCHEMA_VERSION 2
/* "Dptc". */
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
 * schema_print_mark - the statements that say for which version and fields a
 *                     database is
 *
 * Gives   *to grown
 * Thread  any
 */
void schema_print_mark(struct text *to);

/**
 * schema_version - of which version a database is
 *
 * Takes   path  for sentences
 * Gives   *version, up to SCHEMA_VERSION
 * Errors  ERR_UNSUPPORTED  newer, or not ours; *why tells
 * Thread  the owner of the connection
 */
enum err schema_version(sqlite3 *sql, const char *path, uint64_t *version,
    struct text *why) MUST_USE;

/**
 * schema_is_current - whether it has the tables and fields of this version
 *
 * Gives   *current
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err schema_is_current(
    sqlite3 *sql, uint64_t version, bool *current) MUST_USE;

/**
 * schema_check - whether this version can work on a database as it is
 *
 * Gives   ERR_OK when it can
 * Errors  ERR_UNSUPPORTED  newer, older, or not ours; *why tells
 * Thread  the owner of the connection
 */
enum err schema_check(
    sqlite3 *sql, const char *path, struct text *why) MUST_USE;

#endif
