/* SPDX-License-Identifier: Apache-2.0
 *
 * sql.h - the thin cover over SQLite that the rest of this folder uses.
 *
 * Codes of SQLite stop here; err_from_sqlite maps them.
 * For files of db/ alone.
 */
#ifndef DB_SQL_H
#define DB_SQL_H

#include "db/dialect.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * sql_failed - map an error, and write what is not the peer's fault to stderr
 *
 * Gives   the error
 * Thread  the owner of the connection
 */
enum err sql_failed(sqlite3 *sql, int code, const char *what);

/**
 * sql_exec - run statements without parameters and rows
 *
 * Errors  as err_from_sqlite
 * Gives   the effect of the text
 * Thread  the owner of the connection
 */
enum err sql_exec(sqlite3 *sql, const char *text) MUST_USE;

/**
 * sql_prepare - a statement that is kept for long
 *
 * Gives   *made
 * Errors  ERR_INTERNAL  the text is wrong
 * Thread  the owner of the connection
 */
enum err sql_prepare(
    sqlite3 *sql, const char *text, sqlite3_stmt **made) MUST_USE;

/**
 * sql_bind - bind the first parameters, ?1 and on
 *
 * Takes   types  one letter a value: "i" int64_t or uint64_t, "t" a string or
 *                NULL, "b" bytes and their size_t length
 * Gives   the number of the next parameter; strings and bytes must live until
 *         the statement is reset
 * Thread  the owner of the connection
 */
int sql_bind(sqlite3_stmt *statement, const char *types, ...);

/**
 * sql_step - the next row
 *
 * Gives   *row  whether there is one; the statement is reset when not
 * Errors  as err_from_sqlite; the statement is reset
 * Thread  the owner of the connection
 */
enum err sql_step(sqlite3_stmt *statement, bool *row) MUST_USE;

/**
 * sql_run - run a statement that gives no rows, or whose rows are not wanted
 *
 * Gives   the effect; the statement is reset
 * Errors  as err_from_sqlite
 * Thread  the owner of the connection
 */
enum err sql_run(sqlite3_stmt *statement) MUST_USE;

/**
 * sql_number - the whole number in the first column of the only row
 *
 * Gives   *got; the statement is reset
 * Errors  ERR_NONE  there is no row, or it holds NULL; *got is untouched
 * Thread  the owner of the connection
 */
enum err sql_number(sqlite3_stmt *statement, uint64_t *got) MUST_USE;

/**
 * sql_id - a column as an unsigned number
 *
 * Gives   the number, 0 for NULL
 * Thread  the owner of the connection
 */
uint64_t sql_id(sqlite3_stmt *statement, int column);

/**
 * sql_peek - a column as a string
 *
 * Gives   a string that lives until the next step; NULL for NULL
 * Thread  the owner of the connection
 */
const char *sql_peek(sqlite3_stmt *statement, int column);

/**
 * sql_take - a copy of a column as a string
 *
 * Gives   heap memory; NULL for NULL
 * Thread  the owner of the connection
 */
char *sql_take(sqlite3_stmt *statement, int column);

#endif
