/* SPDX-License-Identifier: Apache-2.0
 *
 * copy.c - copies of a database: written, verified, made durable, named.
 */
#include "db/copy.h"

#include "db/schema.h"
#include "db/verify.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum err refuse(
    struct text *why, enum err err, const char *path, const char *what)
{
    text_printf(why, "%s: %s", path, what);
    return err;
}

/* The engine writes to a file that is empty; made here, so that nobody else
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

enum err copy_make(sqlite3 *sql, const char *path, struct text *why)
{
    enum err err = make_empty(path, why);

    if (err != ERR_OK)
        return err;
    err = dialect_copy(sql, path);
    if (err != ERR_OK)
        refuse(why, err, path, sqlite3_errmsg(sql));
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
enum err copy_name(const char *made, const char *path, struct text *why)
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

static enum err verify_current(
    const char *path, struct text *report, struct text *why)
{
    struct store *store;
    enum err err = store_attach(path, &store, why);

    if (err != ERR_OK)
        return err;
    err = verify_store(store, report);
    store_close(&store);
    return err;
}

enum err copy_verify(const char *path, struct text *report, struct text *why)
{
    struct text found = {0};
    uint64_t version;
    bool current = false;
    sqlite3 *sql = NULL;

    if (access(path, R_OK) != 0)
        return refuse(why, err_from_errno(errno), path,
            errno == ENOENT ? "there is no database" : strerror(errno));
    enum err err = dialect_open(path, false, &sql);
    if (err == ERR_OK)
        err = schema_version(sql, path, &version, why);
    if (err == ERR_OK)
        err = schema_is_current(sql, version, &current);
    if (err == ERR_OK && !current)
        err = verify_bare(sql, &found);
    sqlite3_close(sql);
    if (err == ERR_OK && current)
        err = verify_current(path, &found, why);
    if (err == ERR_OK)
        text_puts(report, text_peek(&found));
    else if (why->len == 0)
        refuse(why, err, path, found.len ? found.bytes : err_text(err, 0));
    text_fini(&found);
    return err;
}
