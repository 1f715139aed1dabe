/* SPDX-License-Identifier: Apache-2.0
 *
 * dialect_sqlite.c - what only SQLite understands, and its codes.
 */
#include "db/dialect.h"

#include "db/sql.h"
#include "protocol/base_mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* How long a checkpoint that cuts the log waits for readers: changes wait
 * meanwhile, and a backup reads for much longer. */
#define CUT_WAIT_MS 100
#define BUSY_MS     5000

const char *dialect_type(enum type type, int i)
{
    switch (type) {
    case TYPE_INT:
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
    case TYPE_BOOL:
    case TYPE_TIME:
    case TYPE_ESTIMATE:
        return "INTEGER";
    case TYPE_REF:
        return i == 0 ? "INTEGER" : "TEXT";
    default:
        return "TEXT";
    }
}

enum err err_from_sqlite(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_INTERRUPT:
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
        return ERR_UNAVAILABLE;
    default:
        return ERR_INTERNAL;
    }
}

/* Counting every allocation takes a lock each time, and nobody asks for the
 * counts.  An engine that is in use already goes on counting. */
static void start_engine(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum err dialect_open(const char *path, bool writes, sqlite3 **made)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    INSIST(pthread_once(&once, start_engine) == 0);
    int code = sqlite3_open_v2(path, made,
        SQLITE_OPEN_NOMUTEX |
            (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY),
        NULL);

    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(*made, 1);
        sqlite3_busy_timeout(*made, BUSY_MS);
    }
    return err_from_sqlite(code);
}

enum err dialect_configure(sqlite3 *sql, bool writes)
{
    static const struct {
        int what, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };

    sqlite3_limit(sql, SQLITE_LIMIT_ATTACHED, 1);
    sqlite3_limit(sql, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        sqlite3_db_config(sql, options[i].what, options[i].value, NULL);
    if (writes)
        return sql_exec(sql,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0;"
            "PRAGMA cell_size_check=ON; PRAGMA cache_size=-65536;"
            "PRAGMA journal_size_limit=67108864;"
            "PRAGMA temp_store=MEMORY");
    sqlite3_db_config(sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return sql_exec(sql, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;"
                         "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY");
}

static enum err read_number(sqlite3 *sql, const char *text, uint64_t *got)
{
    sqlite3_stmt *statement;
    enum err err = sql_prepare(sql, text, &statement);

    if (err != ERR_OK)
        return err;
    err = sql_number(statement, got);
    sqlite3_finalize(statement);
    return err;
}

enum err dialect_mark(sqlite3 *sql, uint64_t *application, uint64_t *version)
{
    enum err err = read_number(sql, "PRAGMA application_id", application);

    return err == ERR_OK ? read_number(sql, "PRAGMA user_version", version)
                         : err;
}

void dialect_print_mark(struct text *to, int application, int version)
{
    text_printf(to,
        "PRAGMA application_id=%d;\n"
        "PRAGMA user_version=%d;\n",
        application, version);
}

enum err dialect_check(sqlite3 *sql, dialect_found_fn *found, void *ctx)
{
    sqlite3_stmt *check;
    bool row;
    enum err err = sql_prepare(sql, "PRAGMA integrity_check(20)", &check);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(check, &row)) == ERR_OK && row)
        if (strcmp(sql_peek(check, 0), "ok") != 0)
            found(ctx, sql_peek(check, 0));
    sqlite3_finalize(check);
    return err;
}

/* The copy is a file of its own, which a connection that can only query may
 * not write either. */
enum err dialect_copy(sqlite3 *sql, const char *path)
{
    sqlite3_stmt *copy;
    enum err err = sql_exec(sql, "PRAGMA query_only=OFF");

    if (err == ERR_OK)
        err = sql_prepare(sql, "VACUUM INTO ?1", &copy);
    if (err != ERR_OK)
        return err;
    sql_bind(copy, "t", path);
    err = sql_run(copy);
    sqlite3_finalize(copy);
    return err;
}

bool dialect_is_open(sqlite3 *sql)
{
    return sqlite3_get_autocommit(sql) == 0;
}

uint64_t dialect_changes(sqlite3 *sql)
{
    return (uint64_t)sqlite3_total_changes64(sql);
}

enum err dialect_checkpoint(sqlite3 *sql, bool cut, bool *done)
{
    int mode = cut ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

    sqlite3_busy_timeout(sql, CUT_WAIT_MS);
    int code = sqlite3_wal_checkpoint_v2(sql, NULL, mode, NULL, NULL);
    sqlite3_busy_timeout(sql, BUSY_MS);
    *done = code == SQLITE_OK && cut;
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)
        return ERR_OK;
    return sql_failed(sql, code, "checkpoint");
}

/* What is in a database. */

static struct dialect_part *add_part(struct dialect_parts *to)
{
    to->list = mem_grow(to->list, &to->room, to->n + 1, sizeof *to->list);
    to->list[to->n] = (struct dialect_part){0};
    return &to->list[to->n++];
}

static enum err read_columns(sqlite3 *sql, struct dialect_parts *to)
{
    sqlite3_stmt *rows;
    bool row;
    enum err err = sql_prepare(sql,
        "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value IS NULL, "
        "c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type='table' AND t.name NOT LIKE 'sqlite%' "
        "ORDER BY t.name, c.cid",
        &rows);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        struct dialect_part *part = add_part(to);

        part->table = sql_take(rows, 0);
        part->name = sql_take(rows, 1);
        part->type = sql_take(rows, 2);
        part->needed =
            sqlite3_column_int(rows, 3) != 0 && sqlite3_column_int(rows, 4);
        part->key = sqlite3_column_int(rows, 5);
    }
    sqlite3_finalize(rows);
    return err;
}

static enum err read_indexes(sqlite3 *sql, struct dialect_parts *to)
{
    sqlite3_stmt *rows;
    bool row;
    enum err err = sql_prepare(sql,
        "SELECT tbl_name, name, sql FROM sqlite_master "
        "WHERE type='index' AND sql IS NOT NULL ORDER BY name",
        &rows);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        struct dialect_part *part = add_part(to);

        part->is_index = true;
        part->table = sql_take(rows, 0);
        part->name = sql_take(rows, 1);
        part->type = sql_take(rows, 2);
    }
    sqlite3_finalize(rows);
    return err;
}

enum err dialect_parts(sqlite3 *sql, struct dialect_parts *got)
{
    struct dialect_parts made = {0};
    enum err err = read_columns(sql, &made);

    if (err == ERR_OK)
        err = read_indexes(sql, &made);
    if (err == ERR_OK)
        *got = made;
    else
        dialect_parts_fini(&made);
    return err;
}

enum err dialect_table(sqlite3 *sql, const char *table, struct text *to)
{
    sqlite3_stmt *find;
    bool row;
    enum err err = sql_prepare(sql,
        "SELECT sql FROM sqlite_master WHERE type='table' AND name=?1", &find);

    if (err != ERR_OK)
        return err;
    sql_bind(find, "t", table);
    err = sql_step(find, &row);
    if (err == ERR_OK && row)
        text_puts(to, sql_peek(find, 0));
    sqlite3_finalize(find);
    return err == ERR_OK && !row ? ERR_NONE : err;
}

void dialect_parts_fini(struct dialect_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        free(parts->list[i].table);
        free(parts->list[i].name);
        free(parts->list[i].type);
    }
    free(parts->list);
    *parts = (struct dialect_parts){0};
}
