/* SPDX-License-Identifier: Apache-2.0
 *
 * walk.c - every object of a kind, of all teams.
 *
 * For what looks at the whole record: checking it, and filling the words of
 * find anew.  No session does.
 */
#include "db/walk.h"

enum err walk_objects(
    struct store *store, enum kind kind, walk_fn *visit, void *ctx)
{
    struct text sql = {0};
    sqlite3_stmt *rows;
    bool row;

    text_puts(&sql, "SELECT ");
    table_columns(&sql, kind);
    text_printf(&sql, ", team FROM %s ORDER BY team, id", kind_row(kind)->word);
    enum err err = sql_prepare(store->sql, sql.bytes, &rows);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    int team = sqlite3_column_count(rows) - 1;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        struct object *object;

        row_read(rows, kind, &object);
        err = visit(ctx, sql_id(rows, team), object);
        object_free(&object);
        if (err != ERR_OK)
            break;
    }
    sqlite3_finalize(rows);
    return err;
}
