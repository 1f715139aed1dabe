/* SPDX-License-Identifier: Apache-2.0
 *
 * identity.c - names of certificates that log in as a user.
 *
 * Names are compared whole and byte by byte.  A certificate with names of two
 * users is nobody's: which one was meant can not be known.
 */
#include "db/user.h"

#include "db/inside.h"
#include "db/member.h"
#include "protocol/base_mem.h"
#include "protocol/utf8.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MOST  512
#define KEY_DIGITS 64

static bool is_key(const char *value)
{
    return strlen(value) == KEY_DIGITS &&
           strspn(value, "0123456789abcdef") == KEY_DIGITS;
}

static bool is_identity(const char *name)
{
    size_t len = strlen(name);

    if (len > NAME_MOST || utf8_fault(name, len, false) != len ||
        strpbrk(name, " \t") != NULL)
        return false;
    if (strncmp(name, "key:", 4) == 0)
        return is_key(name + 4);
    return (strncmp(name, "uri:", 4) == 0 && name[4]) ||
           (strncmp(name, "email:", 6) == 0 && name[6]);
}

static enum err find_user(
    struct store *store, const char *name, struct user *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_IDENTITY_FIND);

    sql_bind(find, "t", name);
    return user_read(find, got);
}

/* One name of the certificate; another user's spoils the whole. */
static enum err take_name(
    struct store *store, char *name, struct user *got, char **which)
{
    struct user user = {0};
    enum err err = find_user(store, name, &user);

    if (err == ERR_OK && got->id != 0 && got->id != user.id)
        err = ERR_AUTH;
    if (err == ERR_OK && got->id == 0) {
        *got = user;
        *which = mem_text(name);
        return ERR_OK;
    }
    user_fini(&user);
    return err == ERR_NONE ? ERR_OK : err;
}

enum err user_of_names(
    struct store *store, const char *names, struct user *got, char **which)
{
    struct user found = {0};
    char *by = NULL;
    enum err err = ERR_OK;

    while (err == ERR_OK && *names) {
        size_t len = strcspn(names, "\n");
        char *name = mem_copy(names, len);

        err = take_name(store, name, &found, &by);
        free(name);
        names += len;
        names += *names == '\n';
    }
    if (err == ERR_OK && found.id == 0)
        err = ERR_AUTH;
    if (err == ERR_OK) {
        *got = found;
        *which = by;
        return ERR_OK;
    }
    user_fini(&found);
    free(by);
    return err;
}

static enum err add_identity(
    struct store *store, const struct user *user, const char *name)
{
    sqlite3_stmt *add = store_fixed(store, STATEMENT_IDENTITY_ADD);
    struct user other = {0};
    enum err err = find_user(store, name, &other);

    user_fini(&other);
    if (err != ERR_NONE)
        return err == ERR_OK ? ERR_EXISTS : err;
    sql_bind(add, "ti", name, user->id);
    return sql_run(add);
}

static enum err drop_identity(
    struct store *store, const struct user *user, const char *name)
{
    sqlite3_stmt *drop = store_fixed(store, STATEMENT_IDENTITY_DROP);
    uint64_t id;

    sql_bind(drop, "ti", name, user->id);
    enum err err = sql_number(drop, &id);
    return err == ERR_NONE ? ERR_STATE : err;
}

enum err user_set_identity(struct store *store, const struct user *user,
    const char *name, bool remove, int64_t now_ms)
{
    if (!is_identity(name))
        return ERR_ARG;
    enum err err = remove ? drop_identity(store, user, name)
                          : add_identity(store, user, name);
    if (err != ERR_OK)
        return err;
    return member_write(
        store, user->team, "member.identity", user->name, NULL, now_ms);
}
