/* SPDX-License-Identifier: Apache-2.0
 *
 * admin.c - checking, backing up and restoring a whole database.
 *
 * A backup gets its name after it was checked and is on the disk, so that a
 * file that bears the name is good.
 */
#include "db/admin.h"

#include "db/verify.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* VACUUM INTO writes to a file that is empty; made here, so that nobody else
 * may read it. */
static enum err make_empty(const char *path, struct text *why)
{
    unlink(path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return refuse(why, err_from_errno(errno), path, strerror(errno));
    close(fd);
    return ERR_OK;
}

static enum err copy_into(
    struct store *store, const char *path, struct text *why)
{
    sqlite3_stmt *copy;
    enum err err = make_empty(path, why);

    if (err != ERR_OK)
        return err;
    err = sql_exec(store->sql, "PRAGMA query_only=OFF");
    if (err == ERR_OK)
        err = sql_prepare(store->sql, "VACUUM INTO ?1", &copy);
    if (err != ERR_OK)
        return refuse(why, err, path, sqlite3_errmsg(store->sql));
    sql_bind(copy, "t", path);
    err = sql_run(copy);
    if (err != ERR_OK)
        refuse(why, err, path, sqlite3_errmsg(store->sql));
    sqlite3_finalize(copy);
    return err;
}

static enum err check_copy(const char *path, struct text *why)
{
    struct store *store;
    struct text report = {0};
    enum err err = store_attach(path, &store, why);

    if (err != ERR_OK)
        return err;
    err = verify_store(store, &report);
    if (err != ERR_OK)
        refuse(why, err, path, text_peek(&report));
    text_fini(&report);
    store_close(&store);
    return err;
}

static enum err sync_file(const char *path, struct text *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    enum err err =
        done ? ERR_OK : refuse(why, ERR_UNAVAILABLE, path, strerror(errno));

    if (fd >= 0)
        close(fd);
    return err;
}

/* link() never replaces a file, rename() would. */
static enum err give_name(const char *made, const char *path, struct text *why)
{
    char *copy = mem_text(path);
    enum err err = sync_file(made, why);

    if (err == ERR_OK && link(made, path) != 0)
        err = refuse(why, err_from_errno(errno), path, strerror(errno));
    unlink(made);
    if (err == ERR_OK)
        err = folder_sync(dirname(copy));
    free(copy);
    return err;
}

enum err admin_backup(const char *folder, const char *to, struct text *why)
{
    struct store *store;
    struct text made = {0};

    if (access(to, F_OK) == 0)
        return refuse(why, ERR_EXISTS, to, "there is such a file already");
    enum err err = store_open(folder, STORE_READ, &store, why);
    if (err != ERR_OK)
        return err;
    text_printf(&made, "%s.part", to);
    err = copy_into(store, made.bytes, why);
    if (err == ERR_OK)
        err = check_copy(made.bytes, why);
    if (err == ERR_OK)
        err = give_name(made.bytes, to, why);
    else
        unlink(made.bytes);
    text_fini(&made);
    store_close(&store);
    return err;
}

/* What was told of seqs after the backup is not true of this record, so what
 * clients remember must not be taken up. */
static enum err raise_epoch(const char *path, struct text *why)
{
    sqlite3 *sql = NULL;
    int code = sqlite3_open_v2(
        path, &sql, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, NULL);
    enum err err = err_from_sqlite(code);

    if (err == ERR_OK)
        err = sql_exec(sql, "UPDATE meta SET value=value+1 WHERE name='epoch'");
    if (err != ERR_OK)
        refuse(why, err, path, sqlite3_errmsg(sql));
    sqlite3_close(sql);
    return err;
}

static enum err fill_folder(
    const char *path, const char *from, struct text *why)
{
    struct store *store;
    struct text made = {0};
    enum err err = check_copy(from, why);

    if (err != ERR_OK)
        return err;
    err = store_attach(from, &store, why);
    if (err != ERR_OK)
        return err;
    text_printf(&made, "%s.new", path);
    err = copy_into(store, made.bytes, why);
    store_close(&store);
    if (err == ERR_OK)
        err = raise_epoch(made.bytes, why);
    if (err == ERR_OK)
        err = give_name(made.bytes, path, why);
    else
        unlink(made.bytes);
    text_fini(&made);
    return err;
}

enum err admin_restore(const char *folder, const char *from, struct text *why)
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
        err = fill_folder(path, from, why);
    free(path);
    close(lock);
    return err;
}
