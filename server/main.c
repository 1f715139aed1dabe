/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - the program diptychd: one action a run, its exit status one of
 * sysexits.h.
 */
#include "db/admin.h"
#include "server/admin/cli.h"
#include "server/admin/config.h"
#include "server/admin/offline.h"
#include "server/log.h"
#include "server/net/loop.h"
#include "server/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

/* The client's exit statuses are about requests; these are about a program
 * that is started by an administrator or a script. */
static int status_of(enum err err)
{
    switch (err) {
    case ERR_OK:
        return EX_OK;
    case ERR_NONE:
        return EX_NOINPUT;
    case ERR_EXISTS:
        return EX_CANTCREAT;
    case ERR_BUSY:
    case ERR_FULL:
        return EX_TEMPFAIL;
    case ERR_UNAVAILABLE:
        return EX_UNAVAILABLE;
    default:
        return EX_DATAERR;
    }
}

static void complain(const struct text *sentence)
{
    if (sentence->len > 0)
        fprintf(stderr, "diptychd: %s\n", text_peek(sentence));
}

static void say_listening(void *ctx, const char *what, const char *address)
{
    (void)ctx;
    printf("%s %s\n", what, address);
    (void)fflush(stdout);
}

static enum err load_settings(void *ctx, struct config **made, struct text *why)
{
    const struct cli *cli = ctx;

    return config_load(cli->option[OPTION_FOLDER], cli->option[OPTION_CONFIG],
        cli->setting, made, why);
}

static enum err bring_up_to_date(const char *folder, struct text *why)
{
    struct text done = {0};
    struct text line = {0};
    enum err err = admin_upgrade(folder, &done, why);

    if (err == ERR_OK && done.len > 0) {
        log_value(&line, "done", done.bytes);
        log_words(LOG_UPGRADED, line.bytes);
    }
    text_fini(&done);
    text_fini(&line);
    return err;
}

static enum err serve(struct cli *cli, struct config *config, struct text *why)
{
    const struct loop_options options = {
        .folder = cli->option[OPTION_FOLDER],
        .config = config,
        .reread = load_settings,
        .ready = say_listening,
        .ctx = cli,
    };
    enum err err = bring_up_to_date(options.folder, why);

    if (err == ERR_OK)
        err = loop_run(&options, why);
    if (err == ERR_NONE && config_word(config, SETTING_CERT) == NULL)
        text_printf(
            why, "; diptychd init -d %s makes a database", options.folder);
    return err;
}

/* What runs with settings; its exit status. */
static int run_with_settings(
    struct cli *cli, struct text *said, struct text *why)
{
    struct config *config = NULL;
    enum err err = load_settings(cli, &config, why);

    if (err == ERR_ARG)
        return EX_USAGE;
    if (err == ERR_SYNTAX)
        return EX_CONFIG;
    if (err == ERR_OK && cli->action == ACTION_SERVE)
        err = serve(cli, config, why);
    else if (err == ERR_OK)
        config_print(config, said);
    config_free(&config);
    return status_of(err);
}

static int run(struct cli *cli)
{
    struct text said = {0};
    struct text warning = {0};
    struct text why = {0};
    int status = EX_OK;

    if (cli->action == ACTION_HELP)
        cli_help(&said);
    else if (cli->action == ACTION_VERSION)
        text_puts(&said, "diptychd " SERVER_VERSION "\n");
    else if (cli->action == ACTION_SERVE || cli->action == ACTION_CONFIG)
        status = run_with_settings(cli, &said, &why);
    else
        status = status_of(offline_run(cli, &said, &warning, &why));
    fputs(text_peek(&said), stdout);
    complain(&warning);
    if (status != EX_OK)
        complain(&why);
    text_fini(&said);
    text_fini(&warning);
    text_fini(&why);
    return status;
}

int main(int argc, char **argv)
{
    const char *const *words = (const char *const *)argv;
    struct text why = {0};
    struct cli cli;
    size_t n = argc > 0 ? (size_t)argc - 1 : 0;

    if (cli_read(words + 1, n, &cli, &why) != ERR_OK) {
        complain(&why);
        text_fini(&why);
        return EX_USAGE;
    }
    return run(&cli);
}
