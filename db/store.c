/* SPDX-License-Identifier: Apache-2.0
 *
 * store.c - transactions, statements, and the write-ahead log.
 *
 * Making, opening and closing stand in open.c.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <sys/statvfs.h>
#include <time.h>

/* A read that takes longer than that holds everybody else's up. */
#define READ_DEADLINE_MS 5000

sqlite3_stmt *store_fixed(struct store *store, enum statement which)
{
    INSIST(which < STATEMENT_COUNT && store->fixed[which]);
    return store->fixed[which];
}

sqlite3_stmt *store_table(
    struct store *store, enum kind kind, enum table_statement which)
{
    INSIST(kind < KIND_COUNT && store->tables[kind][which]);
    return store->tables[kind][which];
}

bool store_is_writing(const struct store *store)
{
    return dialect_is_open(store->sql);
}

static int64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool store_is_low(uint64_t free_bytes)
{
    uint64_t most = LIMIT_NOW(DISK_FLOOR);

    /* What is missing counts beyond the limit. */
    if (free_bytes <= most)
        limit_met(LIMIT_ROW_DISK_FLOOR, most + (most - free_bytes), most);
    return free_bytes < most;
}

/* Asked once a transaction.  What can not be asked is not known to be full;
 * the engine says so when it is. */
static bool is_low(const struct store *store)
{
    struct statvfs of;

    if (store->folder == NULL || statvfs(store->folder, &of) != 0)
        return false;
    return store_is_low((uint64_t)of.f_bavail * of.f_frsize);
}

enum err store_begin(struct store *store)
{
    if (store->mode == STORE_WRITE)
        store->low = is_low(store);
    if (store->mode == STORE_WRITE)
        return sql_run(store_fixed(store, STATEMENT_BEGIN_WRITE));
    store->deadline_ms = clock_ms() + READ_DEADLINE_MS;
    return sql_run(store_fixed(store, STATEMENT_BEGIN_READ));
}

enum err store_commit(struct store *store)
{
    enum err err = sql_run(store_fixed(store, STATEMENT_COMMIT));

    store->deadline_ms = 0;
    if (err != ERR_OK)
        store_rollback(store);
    return err;
}

void store_rollback(struct store *store)
{
    store->deadline_ms = 0;
    if (!store_is_writing(store))
        return;
    enum err err = sql_run(store_fixed(store, STATEMENT_ROLLBACK));

    /* Nothing is left to be done when even that fails: the log of SQLite is
     * not committed, and the next one to open the file drops it. */
    if (err != ERR_OK)
        INSIST(!store_is_writing(store));
}

int store_progress(void *ctx)
{
    const struct store *store = ctx;

    return store->deadline_ms != 0 && clock_ms() > store->deadline_ms;
}

int store_on_wal(void *ctx, sqlite3 *sql, const char *schema, int pages)
{
    struct store *store = ctx;

    (void)sql;
    (void)schema;
    store->wal_bytes = (size_t)pages * 4096;
    if (store->wal_bytes < store->wal_tried)
        store->wal_tried = 0;
    return SQLITE_OK;
}

void store_tidy(struct store *store)
{
    bool cut = !limit_allows(LIMIT_ROW_WAL_TRUNCATE, store->wal_bytes + 1);
    bool done = false;

    /* A checkpoint that readers held up is not tried again before the log has
     * grown by a good part. */
    if (limit_allows(LIMIT_ROW_WAL_PASSIVE, store->wal_bytes + 1) ||
        store->wal_bytes < store->wal_tried + LIMIT_NOW(WAL_PASSIVE) / 4)
        return;
    store->wal_tried = store->wal_bytes;
    if (dialect_checkpoint(store->sql, cut, &done) == ERR_UNAVAILABLE)
        store->disk_failed = true;
    if (done)
        store->wal_bytes = store->wal_tried = 0;
}

enum err store_head(struct store *store, uint64_t team, uint64_t *seq)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TEAM_HEAD);

    sql_bind(find, "i", team);
    enum err err = sql_number(find, seq);
    if (err != ERR_NONE)
        return err;
    *seq = 0;
    return ERR_OK;
}

enum err store_touched(
    struct store *store, uint64_t team, uint64_t tender, uint64_t *seq)
{
    uint64_t of_team = 0, of_tender = 0, anchor = 0;
    sqlite3_stmt *find = store_fixed(store, STATEMENT_JOURNAL_TOUCHED);

    sql_bind(find, "ii", team, UINT64_C(0));
    enum err err = sql_number(find, &of_team);
    if (err == ERR_OK || err == ERR_NONE) {
        sql_bind(find, "ii", team, tender);
        err = sql_number(find, &of_tender);
    }
    if (err == ERR_OK || err == ERR_NONE)
        err = journal_anchor(store, team, &anchor, NULL);
    if (err != ERR_OK)
        return err;
    *seq = of_team > of_tender ? of_team : of_tender;
    if (*seq < anchor)
        *seq = anchor;
    return ERR_OK;
}
