/* SPDX-License-Identifier: Apache-2.0
 *
 * upgrade.c - a database of an earlier version becomes one of this version.
 *
 * A verified copy is made first, and is kept: a server of the earlier version
 * reads that, and not what this one has made.
 */
#include "db/admin.h"

#include "db/copy.h"
#include "db/plan.h"
#include "db/schema.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The folder's name for the copy, by the second in which it was made; one that
 * was made in the same second keeps its name. */
static void name_copy(struct text *to, const char *folder)
{
    char when[32];
    time_t now = time(NULL);
    struct tm utc;

    (void)gmtime_r(&now, &utc);
    (void)strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", &utc);
    text_printf(to, "%s/before-upgrade-%s.db", folder, when);
    for (int other = 2; access(to->bytes, F_OK) == 0; other++) {
        text_fini(to);
        text_printf(to, "%s/before-upgrade-%s-%d.db", folder, when, other);
    }
}

static enum err keep_copy(
    sqlite3 *sql, const char *folder, struct text *report, struct text *why)
{
    struct text path = {0}, made = {0}, heads = {0};

    name_copy(&path, folder);
    text_printf(&made, "%s.part", path.bytes);
    enum err err = copy_make(sql, made.bytes, why);
    if (err == ERR_OK)
        err = copy_verify(made.bytes, &heads, why);
    if (err == ERR_OK)
        err = copy_name(made.bytes, path.bytes, why);
    else
        unlink(made.bytes);
    if (err == ERR_OK)
        text_printf(report, "copied the database to %s first\n", path.bytes);
    text_fini(&path);
    text_fini(&made);
    text_fini(&heads);
    return err;
}

/* All of it or nothing; what came of it must differ in nothing any more. */
static enum err run_plan(
    sqlite3 *sql, const char *path, const struct plan *plan, struct text *why)
{
    struct plan left = {0};
    struct text all = {0};

    text_puts(&all, DIALECT_BEGIN_WRITE ";\n");
    text_add(&all, text_peek(&plan->sql), plan->sql.len);
    schema_print_mark(&all);
    enum err err = sql_exec(sql, all.bytes);
    text_fini(&all);
    if (err != ERR_OK)
        text_printf(why, "%s: %s", path, sqlite3_errmsg(sql));
    if (err == ERR_OK)
        err = plan_make(sql, path, &left, why);
    if (err == ERR_OK && left.sql.len > 0) {
        text_printf(why, "%s: the upgrade left differences", path);
        err = ERR_INTERNAL;
    }
    plan_fini(&left);
    if (err == ERR_OK)
        err = sql_exec(sql, "COMMIT");
    if (err != ERR_OK && dialect_is_open(sql) &&
        sql_exec(sql, "ROLLBACK") == ERR_OK)
        text_puts(why, "; nothing was changed");
    return err;
}

static enum err upgrade(sqlite3 *sql, const char *folder, const char *path,
    struct text *report, struct text *why)
{
    struct plan plan = {0};
    uint64_t version = 0;
    bool current = false;
    enum err err = schema_version(sql, path, &version, why);

    if (err == ERR_OK)
        err = schema_is_current(sql, version, &current);
    if (err != ERR_OK || current)
        return err;
    err = plan_make(sql, path, &plan, why);
    if (err == ERR_OK)
        err = keep_copy(sql, folder, report, why);
    if (err == ERR_OK)
        err = dialect_configure(sql, true);
    if (err == ERR_OK)
        err = run_plan(sql, path, &plan, why);
    if (err == ERR_OK)
        text_printf(report, "upgraded %s from version %llu; added: %s\n", path,
            (unsigned long long)version,
            plan.added.len ? plan.added.bytes : "nothing");
    plan_fini(&plan);
    return err;
}

enum err admin_upgrade(
    const char *folder, struct text *report, struct text *why)
{
    char *path = folder_path(folder, STORE_FILE);
    sqlite3 *sql = NULL;
    struct text done = {0};
    enum err err = ERR_OK;
    int lock = -1;

    if (access(path, F_OK) != 0) {
        text_printf(why, "%s: there is no database", folder);
        err = ERR_NONE;
    } else {
        err = folder_lock(folder, &lock, why);
    }
    if (err == ERR_OK)
        err = dialect_open(path, true, &sql);
    if (err == ERR_OK)
        err = upgrade(sql, folder, path, &done, why);
    if (err != ERR_OK && why->len == 0)
        text_printf(
            why, "%s: %s", path, sql ? sqlite3_errmsg(sql) : err_text(err, 0));
    if (err == ERR_OK)
        text_puts(report, text_peek(&done));
    sqlite3_close(sql);
    if (lock >= 0)
        close(lock);
    text_fini(&done);
    free(path);
    return err;
}
