/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - the program diptychd: one action a run, its exit status one of
 * sysexits.h.
 */
#include "server/cli.h"
#include "server/loop.h"
#include "server/offline.h"
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

static void say_listening(void *ctx, const char *address)
{
    (void)ctx;
    printf("listening %s\n", address);
    (void)fflush(stdout);
}

static enum err serve(const struct cli *cli, struct text *why)
{
    const struct loop_options options = {
        .folder = cli->option[OPTION_FOLDER],
        .address = cli->address,
        .cert = cli->option[OPTION_CERT],
        .key = cli->option[OPTION_KEY],
        .ready = say_listening,
    };
    enum err err = loop_run(&options, why);

    if (err == ERR_NONE && options.cert == NULL)
        text_printf(
            why, "; diptychd init -d %s makes a database", options.folder);
    return err;
}

static int run(const struct cli *cli)
{
    struct text said = {0};
    struct text warning = {0};
    struct text why = {0};
    enum err err = ERR_OK;

    if (cli->action == ACTION_HELP)
        cli_help(&said);
    else if (cli->action == ACTION_VERSION)
        text_puts(&said, "diptychd " SERVER_VERSION "\n");
    else if (cli->action == ACTION_SERVE)
        err = serve(cli, &why);
    else
        err = offline_run(cli, &said, &warning, &why);
    fputs(text_peek(&said), stdout);
    complain(&warning);
    if (err != ERR_OK)
        complain(&why);
    text_fini(&said);
    text_fini(&warning);
    text_fini(&why);
    return status_of(err);
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
