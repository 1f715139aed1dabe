/* SPDX-License-Identifier: Apache-2.0
 *
 * offline.c - init, users, check, backup and restore.
 */
#include "server/offline.h"

#include "db/admin.h"
#include "db/secret.h"
#include "db/user.h"
#include "protocol/types.h"
#include "server/password.h"

#include <time.h>

/* One action under way. */
struct offline {
    const struct cli *cli;
    const char *folder;
    struct text *said;
    struct text *warning;
    struct text *why;
};

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum err init(const struct offline *o)
{
    enum err err = store_create(o->folder, o->why);

    if (err == ERR_OK)
        text_printf(o->said,
            "made %s/diptych.db\n"
            "next: diptychd user add -d %s --team TEAM --role owner "
            "--password-file FILE NAME\n",
            o->folder, o->folder);
    return err;
}

/* Users. */

static enum err open_store(const struct offline *o, struct store **store)
{
    enum err err = store_open(o->folder, STORE_WRITE, store, o->why);

    if (err == ERR_NONE)
        text_printf(o->why, "; diptychd init -d %s makes one", o->folder);
    if (err == ERR_BUSY)
        text_puts(o->why, "; users are changed while no server runs: stop it, "
                          "do this again, start it");
    return err;
}

static enum err explain_user(const struct offline *o, enum err err)
{
    const char *name = o->cli->operand;

    if (err == ERR_EXISTS)
        text_printf(o->why,
            "there is a user %s already; diptychd passwd changes the password",
            name);
    else if (err == ERR_NONE)
        text_printf(
            o->why, "there is no user %s; diptychd user add makes one", name);
    else if (err == ERR_ARG)
        text_printf(o->why,
            "\"%s\" or the team can not be a name; allowed: 1 to 64 "
            "characters without blank, comma, $ and quotes",
            name);
    else if (err != ERR_OK)
        text_printf(
            o->why, "the user %s is not stored: %s", name, err_text(err, 0));
    return err;
}

static enum err store_user(
    const struct offline *o, struct store *store, const char *secret)
{
    const struct cli *cli = o->cli;
    enum err err = store_begin(store);

    if (err == ERR_OK && cli->action == ACTION_PASSWD)
        err = user_set_secret(store, cli->operand, secret, now_ms());
    else if (err == ERR_OK)
        err = user_add(store, cli->operand, cli->option[OPTION_TEAM], cli->role,
            secret, now_ms());
    if (err == ERR_OK)
        err = store_commit(store);
    else
        store_rollback(store);
    return explain_user(o, err);
}

static enum err change_user(const struct offline *o)
{
    struct text password = {0};
    struct text secret = {0};
    struct store *store = NULL;
    enum err err = open_store(o, &store);

    if (err != ERR_OK)
        return err;
    err = password_read(
        o->cli->option[OPTION_PASSWORD], &password, o->warning, o->why);
    if (err != ERR_OK)
        goto close;
    secret_make(text_peek(&password), &secret);
    password_fini(&password);
    err = store_user(o, store, text_peek(&secret));
    text_fini(&secret);
close:
    store_close(&store);
    return err;
}

static enum err add_user(const struct offline *o)
{
    enum err err = change_user(o);

    if (err == ERR_OK)
        text_printf(o->said, "added user %s, %s of team %s\n", o->cli->operand,
            role_word(o->cli->role), o->cli->option[OPTION_TEAM]);
    return err;
}

static enum err change_password(const struct offline *o)
{
    enum err err = change_user(o);

    if (err == ERR_OK)
        text_printf(o->said,
            "changed the password of %s; tokens of that user end\n",
            o->cli->operand);
    return err;
}

/* The database as a whole. */

static enum err backup(const struct offline *o)
{
    enum err err = admin_backup(o->folder, o->cli->operand, o->why);

    if (err == ERR_OK)
        text_printf(o->said, "made %s, and checked it\n", o->cli->operand);
    return err;
}

static enum err restore(const struct offline *o)
{
    enum err err = admin_restore(o->folder, o->cli->operand, o->why);

    if (err == ERR_OK)
        text_printf(o->said,
            "restored %s from %s; clients start from the beginning, since "
            "this is a new epoch\n",
            o->folder, o->cli->operand);
    return err;
}

enum err offline_run(const struct cli *cli, struct text *said,
    struct text *warning, struct text *why)
{
    const struct offline o = {.cli = cli,
        .folder = cli->option[OPTION_FOLDER],
        .said = said,
        .warning = warning,
        .why = why};

    switch (cli->action) {
    case ACTION_INIT:
        return init(&o);
    case ACTION_USER_ADD:
        return add_user(&o);
    case ACTION_PASSWD:
        return change_password(&o);
    case ACTION_CHECK:
        return admin_check(o.folder, said);
    case ACTION_BACKUP:
        return backup(&o);
    case ACTION_RESTORE:
        return restore(&o);
    case ACTION_SERVE:
    case ACTION_CONFIG:
    case ACTION_HELP:
    case ACTION_VERSION:
    case ACTION_COUNT:
        break;
    }
    return ERR_INTERNAL;
}
