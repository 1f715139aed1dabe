/* SPDX-License-Identifier: Apache-2.0
 *
 * sql.c - preparing, binding and stepping.
 */
#include "db/sql.h"

#include "protocol/base_mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum err sql_failed(sqlite3 *sql, int code, const char *what)
{
    enum err err = err_from_sqlite(code);

    if (err == ERR_INTERNAL || err == ERR_UNAVAILABLE || err == ERR_FULL)
        fprintf(stderr, "sqlite code=%d message=\"%s\" statement=\"%.200s\"\n",
            code, sqlite3_errmsg(sql), what ? what : "");
    return err;
}

enum err sql_exec(sqlite3 *sql, const char *text)
{
    int code = sqlite3_exec(sql, text, NULL, NULL, NULL);

    return code == SQLITE_OK ? ERR_OK : sql_failed(sql, code, text);
}

enum err sql_prepare(sqlite3 *sql, const char *text, sqlite3_stmt **made)
{
    int code = sqlite3_prepare_v3(
        sql, text, -1, SQLITE_PREPARE_PERSISTENT, made, NULL);

    return code == SQLITE_OK ? ERR_OK : sql_failed(sql, code, text);
}

int sql_bind(sqlite3_stmt *statement, const char *types, ...)
{
    va_list list;
    int at = 1;
    int code = SQLITE_OK;

    va_start(list, types);
    for (; *types && code == SQLITE_OK; types++, at++) {
        if (*types == 'i') {
            code = sqlite3_bind_int64(statement, at, va_arg(list, int64_t));
        } else if (*types == 't') {
            const char *text = va_arg(list, const char *);

            code = sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
        } else {
            const void *bytes = va_arg(list, const void *);
            size_t len = va_arg(list, size_t);

            INSIST(*types == 'b');
            code =
                sqlite3_bind_blob64(statement, at, bytes, len, SQLITE_STATIC);
        }
    }
    va_end(list);
    INSIST(code == SQLITE_OK);
    return at;
}

enum err sql_step(sqlite3_stmt *statement, bool *row)
{
    int code = sqlite3_step(statement);

    *row = code == SQLITE_ROW;
    if (*row)
        return ERR_OK;
    enum err err = ERR_OK;
    if (code != SQLITE_DONE)
        err = sql_failed(
            sqlite3_db_handle(statement), code, sqlite3_sql(statement));
    sqlite3_reset(statement);
    return err;
}

enum err sql_run(sqlite3_stmt *statement)
{
    bool row;
    enum err err = sql_step(statement, &row);

    if (row)
        sqlite3_reset(statement);
    return err;
}

enum err sql_number(sqlite3_stmt *statement, uint64_t *got)
{
    bool row;
    enum err err = sql_step(statement, &row);

    if (err != ERR_OK)
        return err;
    if (!row)
        return ERR_NONE;
    bool is_null = sqlite3_column_type(statement, 0) == SQLITE_NULL;
    uint64_t number = sql_id(statement, 0);
    sqlite3_reset(statement);
    if (is_null)
        return ERR_NONE;
    *got = number;
    return ERR_OK;
}

uint64_t sql_id(sqlite3_stmt *statement, int column)
{
    return (uint64_t)sqlite3_column_int64(statement, column);
}

const char *sql_peek(sqlite3_stmt *statement, int column)
{
    const unsigned char *bytes = sqlite3_column_text(statement, column);

    return (const char *)bytes;
}

char *sql_take(sqlite3_stmt *statement, int column)
{
    return mem_text(sql_peek(statement, column));
}
