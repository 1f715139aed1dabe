/* SPDX-License-Identifier: Apache-2.0
 *
 * offline.c - init, users, check, backup and restore.
 */
#include "server/admin/offline.h"

#include "db/admin.h"
#include "db/member.h"
#include "db/secret.h"
#include "protocol/base_mem.h"
#include "protocol/types.h"
#include "server/admin/control_ask.h"
#include "server/admin/password.h"

#include <stdlib.h>
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

/* Users and teams. */

static enum err read_secret(const struct offline *o, char **secret)
{
    struct text password = {0};
    struct text made = {0};
    enum err err = password_read(
        o->cli->option[OPTION_PASSWORD], &password, o->warning, o->why);

    if (err != ERR_OK)
        return err;
    secret_make(text_peek(&password), &made);
    password_fini(&password);
    free(*secret);
    *secret = text_take(&made);
    return ERR_OK;
}

static enum err make_control(
    const struct offline *o, enum control_what what, struct control *control)
{
    const struct cli *cli = o->cli;
    const char *team = cli->option[OPTION_TEAM];
    const char *identity = cli->option[OPTION_IDENTITY];

    *control = (struct control){.what = what,
        .name = mem_text(cli->operand),
        .team = mem_text(team ? team : ""),
        .secret = mem_text(""),
        .identity = mem_text(identity ? identity : ""),
        .remove = cli->option[OPTION_REMOVE] != NULL,
        .role = cli->role,
        .again = cli->option[OPTION_AGAIN] != NULL};
    if (cli->option[OPTION_PASSWORD] == NULL)
        return ERR_OK;
    enum err err = read_secret(o, &control->secret);
    if (err != ERR_OK)
        control_fini(control);
    return err;
}

static enum err change_store(
    struct store *store, const struct control *control, struct text *said)
{
    struct control_done done = {0};
    enum err err = store_begin(store);

    if (err == ERR_OK) {
        err = control_apply(store, control, now_ms(), &done);
        if (err != ERR_OK) {
            store_rollback(store);
        } else {
            err = store_commit(store);
            if (err != ERR_OK)
                control_refuse(&done, control, err);
        }
    }
    text_puts(said, text_peek(&done.said));
    control_done_fini(&done);
    return err;
}

/* A server that runs has the database to itself, and makes the change. */
static enum err ask_server(
    const struct offline *o, const struct control *control, struct text *said)
{
    enum err err = control_ask(o->folder, control, said);

    if (said->len == 0)
        text_printf(said,
            "%s: another program is writing to this database, and no server "
            "answers there; try again when it has ended",
            o->folder);
    return err;
}

static enum err change_members(const struct offline *o, enum control_what what)
{
    struct control control;
    struct store *store = NULL;
    struct text said = {0};
    struct text why = {0};
    enum err err = make_control(o, what, &control);

    if (err != ERR_OK)
        return err;
    err = store_open(o->folder, STORE_WRITE, &store, &why);
    if (err == ERR_OK)
        err = change_store(store, &control, &said);
    else if (err == ERR_BUSY)
        err = ask_server(o, &control, &said);
    else
        text_puts(&said, text_peek(&why));
    if (err == ERR_NONE && store == NULL && why.len)
        text_printf(&said, "; diptychd init -d %s makes one", o->folder);
    text_puts(err == ERR_OK ? o->said : o->why, text_peek(&said));
    store_close(&store);
    control_fini(&control);
    text_fini(&said);
    text_fini(&why);
    return err;
}

static enum err list_members(const struct offline *o)
{
    const char *team = o->cli->option[OPTION_TEAM];
    struct store *store = NULL;
    enum err err = store_open(o->folder, STORE_READ, &store, o->why);

    if (err == ERR_NONE)
        text_printf(o->why, "; diptychd init -d %s makes one", o->folder);
    if (err != ERR_OK)
        return err;
    if (o->cli->action == ACTION_TEAM_LIST)
        err = teams_print(store, o->said);
    else
        err = members_print(store, team, o->said);
    if (err == ERR_NONE)
        text_printf(
            o->why, "there is no team %s; diptychd team list shows all", team);
    else if (err != ERR_OK)
        text_puts(o->why, err_text(err, 0));
    store_close(&store);
    return err;
}

/* The database as a whole. */

static enum err backup(const struct offline *o)
{
    enum err err = admin_backup(o->folder, o->cli->operand, o->said, o->why);

    if (err == ERR_OK)
        text_printf(o->said, "made %s, and checked it\n", o->cli->operand);
    return err;
}

static enum err restore(const struct offline *o)
{
    enum err err = admin_restore(o->folder, o->cli->operand, o->said, o->why);

    if (err == ERR_OK)
        text_printf(o->said,
            "restored %s from %s; clients start from the beginning, since "
            "this is a new epoch\n",
            o->folder, o->cli->operand);
    return err;
}

static enum err upgrade(const struct offline *o)
{
    enum err err = admin_upgrade(o->folder, o->said, o->why);

    if (err == ERR_OK && o->said->len == 0)
        text_printf(o->said, "%s is of this version already\n", o->folder);
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
        return change_members(&o, CONTROL_USER_ADD);
    case ACTION_USER_PASSWD:
        return change_members(&o, CONTROL_USER_PASSWORD);
    case ACTION_USER_ROLE:
        return change_members(&o, CONTROL_USER_ROLE);
    case ACTION_USER_CERT:
        return change_members(&o, CONTROL_USER_CERT);
    case ACTION_USER_DEL:
        return change_members(&o, CONTROL_USER_DEL);
    case ACTION_TEAM_ADD:
        return change_members(&o, CONTROL_TEAM_ADD);
    case ACTION_USER_LIST:
    case ACTION_TEAM_LIST:
        return list_members(&o);
    case ACTION_UPGRADE:
        return upgrade(&o);
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
