/* SPDX-License-Identifier: Apache-2.0
 *
 * admin.c - checking, backing up and restoring a whole database.
 *
 * A backup gets its name after it was checked and is on the disk, so that a
 * file that bears the name is good.
 */
#include "db/admin.h"

#include "db/copy.h"
#include "db/verify.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static enum err refuse(
    struct text *why, enum err err, const char *path, const char *what)
{
    text_printf(why, "%s: %s", path, what);
    return err;
}

enum err admin_check(const char *folder, struct text *report)
{
    struct store *store;
    struct text why = {0};
    enum err err = store_open(folder, STORE_READ, &store, &why);

    if (err != ERR_OK) {
        text_printf(report, "%s\n", text_peek(&why));
        text_fini(&why);
        return err;
    }
    err = verify_store(store, report);
    store_close(&store);
    return err;
}

enum err admin_backup(
    const char *folder, const char *to, struct text *report, struct text *why)
{
    struct store *store;
    struct text made = {0};

    if (access(to, F_OK) == 0)
        return refuse(why, ERR_EXISTS, to, "there is such a file already");
    enum err err = store_open(folder, STORE_READ, &store, why);
    if (err != ERR_OK)
        return err;
    text_printf(&made, "%s.part", to);
    err = copy_make(store->sql, made.bytes, why);
    if (err == ERR_OK)
        err = copy_verify(made.bytes, report, why);
    if (err == ERR_OK)
        err = copy_name(made.bytes, to, why);
    else
        unlink(made.bytes);
    text_fini(&made);
    store_close(&store);
    return err;
}

/* What was told of seqs after the backup is not true of this record, so what
 * clients remember must not be taken up, nor what they were told by another
 * record restored from the same backup: the epoch is never one that was. */
static uint64_t next_epoch(void)
{
    struct timespec now;
    uint32_t chance;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    secret_random((unsigned char *)&chance, sizeof chance);
    return (uint64_t)now.tv_sec << 20 | (chance & 0xfffff);
}

static enum err renew_epoch(const char *path, struct text *why)
{
    sqlite3 *sql = NULL;
    sqlite3_stmt *renew = NULL;
    enum err err = dialect_open(path, true, &sql);

    if (err == ERR_OK)
        err = sql_prepare(sql,
            "UPDATE meta SET value=CASE WHEN value<?1 THEN ?1 ELSE value+1 END "
            "WHERE name='epoch'",
            &renew);
    if (err == ERR_OK) {
        sql_bind(renew, "i", next_epoch());
        err = sql_run(renew);
    }
    sqlite3_finalize(renew);
    if (err != ERR_OK)
        refuse(why, err, path, sqlite3_errmsg(sql));
    sqlite3_close(sql);
    return err;
}

static enum err fill_folder(
    const char *path, const char *from, struct text *report, struct text *why)
{
    struct text made = {0};
    sqlite3 *sql = NULL;
    enum err err = copy_verify(from, report, why);

    if (err != ERR_OK)
        return err;
    err = dialect_open(from, false, &sql);
    if (err != ERR_OK)
        refuse(why, err, from, sqlite3_errmsg(sql));
    text_printf(&made, "%s.new", path);
    if (err == ERR_OK)
        err = copy_make(sql, made.bytes, why);
    sqlite3_close(sql);
    if (err == ERR_OK)
        err = renew_epoch(made.bytes, why);
    if (err == ERR_OK)
        err = copy_name(made.bytes, path, why);
    else
        unlink(made.bytes);
    text_fini(&made);
    return err;
}

enum err admin_restore(
    const char *folder, const char *from, struct text *report, struct text *why)
{
    enum err err = folder_make(folder, why);
    int lock;

    if (err != ERR_OK)
        return err;
    err = folder_lock(folder, &lock, why);
    if (err != ERR_OK)
        return err;
    char *path = folder_path(folder, STORE_FILE);
    if (access(path, F_OK) == 0)
        err = refuse(why, ERR_EXISTS, folder, "there is a database already");
    else
        err = fill_folder(path, from, report, why);
    free(path);
    close(lock);
    return err;
}
