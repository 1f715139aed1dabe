/* SPDX-License-Identifier: Apache-2.0
 *
 * open.c - making, opening and closing the database of a folder.
 *
 * A second server is kept out by flock on a file beside the database; readers
 * and the tools of the administrator need no lock.  Network file systems are
 * refused: locks and shared memory do not work on them.
 */
#include "db/inside.h"
#include "db/schema.h"
#include "db/terms.h"

#include "protocol/base_mem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define CIFS_MAGIC 0xff534d42u

static enum err refuse(
    struct text *why, enum err err, const char *folder, const char *what)
{
    text_printf(why, "%s: %s", folder, what);
    return err;
}

char *folder_path(const char *folder, const char *file)
{
    struct text path = {0};

    text_printf(&path, "%s/%s", folder, file);
    return text_take(&path);
}

enum err err_from_errno(int code)
{
    if (code == ENOSPC || code == EDQUOT)
        return ERR_FULL;
    if (code == ENOENT)
        return ERR_NONE;
    return code == EEXIST ? ERR_EXISTS : ERR_UNAVAILABLE;
}

static bool is_on_network(const char *folder)
{
    struct statfs of;

    if (statfs(folder, &of) != 0)
        return false;
    unsigned long magic = (unsigned long)of.f_type & 0xffffffffu;
    return magic == NFS_SUPER_MAGIC || magic == SMB_SUPER_MAGIC ||
           magic == CIFS_MAGIC;
}

enum err folder_lock(const char *folder, int *lock, struct text *why)
{
    char *path = folder_path(folder, STORE_LOCK);
    int made = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    enum err err = ERR_OK;

    if (made < 0)
        err = refuse(why, err_from_errno(errno), path, strerror(errno));
    else if (flock(made, LOCK_EX | LOCK_NB) != 0)
        err = refuse(why, ERR_BUSY, folder,
            "another server or tool is writing to this database");
    if (err != ERR_OK && made >= 0)
        close(made);
    if (err == ERR_OK)
        *lock = made;
    free(path);
    return err;
}

static const struct {
    const char *sql;
    bool writes;
} texts[STATEMENT_COUNT] = {
#define READS                     false
#define WRITES                    true
#define STATEMENT(id, flags, sql) [STATEMENT_##id] = {sql, flags},
#include "db/statements.def"
#undef STATEMENT
#undef READS
#undef WRITES
};

static enum err prepare_tables(struct store *store, enum kind kind)
{
    enum err err = ERR_OK;

    for (int i = 0; i < TABLE_COUNT && err == ERR_OK; i++) {
        enum table_statement which = (enum table_statement)i;
        struct text sql = {0};

        if (table_writes(which) && store->mode != STORE_WRITE)
            continue;
        if (which == TABLE_KEY && !table_has_key(kind))
            continue;
        table_statement(&sql, kind, which);
        err = sql_prepare(store->sql, sql.bytes, &store->tables[kind][which]);
        text_fini(&sql);
    }
    return err;
}

static enum err prepare(struct store *store)
{
    enum err err = ERR_OK;

    for (int i = 0; i < STATEMENT_COUNT && err == ERR_OK; i++)
        if (store->mode == STORE_WRITE || !texts[i].writes)
            err = sql_prepare(store->sql, texts[i].sql, &store->fixed[i]);
    for (int i = 0; i < KIND_COUNT && err == ERR_OK; i++)
        err = prepare_tables(store, (enum kind)i);
    if (err != ERR_OK)
        return err;
    sql_bind(store->fixed[STATEMENT_META_GET], "t", "epoch");
    return sql_number(store->fixed[STATEMENT_META_GET], &store->epoch);
}

static enum err open_file(
    const char *path, struct store *store, struct text *why)
{
    bool writes = store->mode == STORE_WRITE;

    if (access(path, R_OK) != 0)
        return refuse(why, err_from_errno(errno), path,
            errno == ENOENT ? "there is no database" : strerror(errno));
    enum err err = dialect_open(path, writes, &store->sql);
    if (err == ERR_OK)
        err = schema_check(store->sql, path, why);
    if (err == ERR_OK)
        err = dialect_configure(store->sql, writes);
    if (err == ERR_OK)
        err = list_prepare(store->sql);
    if (err == ERR_OK)
        err = prepare(store);
    if (err == ERR_OK && writes)
        err = terms_refresh(store);
    if (err == ERR_OK && writes)
        sqlite3_wal_hook(store->sql, store_on_wal, store);
    else if (err == ERR_OK)
        sqlite3_progress_handler(store->sql, 20000, store_progress, store);
    if (err != ERR_OK && why->len == 0)
        text_printf(why, "%s: %s", path, sqlite3_errmsg(store->sql));
    return err;
}

static enum err open_as(const char *folder, const char *path,
    enum store_mode mode, int lock, struct store **made, struct text *why)
{
    struct store *store = mem_new(sizeof *store);

    store->mode = mode;
    store->lock = lock;
    store->folder = mem_text(folder);
    enum err err = open_file(path, store, why);
    if (err == ERR_OK)
        *made = store;
    else
        store_close(&store);
    return err;
}

enum err store_attach(const char *path, struct store **made, struct text *why)
{
    return open_as(NULL, path, STORE_READ, -1, made, why);
}

enum err store_open(const char *folder, enum store_mode mode,
    struct store **made, struct text *why)
{
    char *path = folder_path(folder, STORE_FILE);
    int lock = -1;
    enum err err = ERR_OK;

    if (access(path, F_OK) != 0)
        err = refuse(why, ERR_NONE, folder, "there is no database");
    else if (is_on_network(folder))
        err = refuse(why, ERR_UNSUPPORTED, folder,
            "a database can not stand on a network file system");
    else if (mode == STORE_WRITE)
        err = folder_lock(folder, &lock, why);
    if (err == ERR_OK)
        err = open_as(folder, path, mode, lock, made, why);
    free(path);
    return err;
}

void store_close(struct store **store)
{
    struct store *s = *store;

    *store = NULL;
    if (s == NULL)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(s->fixed[i]);
    for (int i = 0; i < KIND_COUNT; i++)
        for (int j = 0; j < TABLE_COUNT; j++)
            sqlite3_finalize(s->tables[i][j]);
    INSIST(sqlite3_close(s->sql) == SQLITE_OK);
    if (s->lock >= 0)
        close(s->lock);
    free(s->folder);
    free(s);
}

enum err folder_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return done ? ERR_OK : ERR_UNAVAILABLE;
}

enum err folder_make(const char *folder, struct text *why)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return ERR_OK;
    return refuse(why, err_from_errno(errno), folder, strerror(errno));
}

static enum err fill_file(const char *path, struct text *why)
{
    sqlite3 *sql = NULL;
    enum err err = dialect_open(path, true, &sql);

    if (err == ERR_OK)
        err = dialect_configure(sql, true);
    if (err == ERR_OK)
        err = schema_create(sql);
    if (err != ERR_OK)
        refuse(why, err, path, sqlite3_errmsg(sql));
    sqlite3_close(sql);
    return err;
}

/* The file gets its name when all of it is on the disk, so that a database
 * that is there is whole. */
static enum err create_file(const char *path, struct text *why)
{
    struct text new_path = {0};
    enum err err = ERR_OK;

    text_printf(&new_path, "%s.new", path);
    unlink(new_path.bytes);
    int fd = open(new_path.bytes, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        err = refuse(why, err_from_errno(errno), path, strerror(errno));
    else
        err = fill_file(new_path.bytes, why);
    if (fd >= 0)
        close(fd);
    if (err == ERR_OK && rename(new_path.bytes, path) != 0)
        err = refuse(why, err_from_errno(errno), path, strerror(errno));
    if (err != ERR_OK)
        unlink(new_path.bytes);
    text_fini(&new_path);
    return err;
}

enum err store_create(const char *folder, struct text *why)
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
        err = create_file(path, why);
    if (err == ERR_OK)
        err = folder_sync(folder);
    free(path);
    close(lock);
    return err;
}
