/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - the bundled client: one request, a script, or a session.
 */
#include "client/client.h"
#include "client/edit/check.h"
#include "client/edit/edit.h"
#include "client/guide/guide.h"
#include "client/guide/template.h"
#include "client/link/account.h"
#include "client/link/once.h"
#include "client/link/script.h"
#include "client/notice/import_verb.h"
#include "client/prompt/live.h"
#include "client/prompt/prompt.h"
#include "client/show/report.h"
#include "client/show/say.h"
#include "protocol/command.h"
#include "protocol/near.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define VERSION "0.1.0"

typedef int verb_fn(struct client *client);

static const struct {
    const char *word;
    verb_fn *run;
} locals[] = {
#define LOCAL(id, word, function, arguments, en, fr) {word, function},
#include "client/prompt/locals.def"
#undef LOCAL
};

static int print_help(const struct client *client)
{
    struct page help = {0};

    settings_help(&help, &client->look);
    page_print(&help, stdout);
    page_fini(&help);
    return STATUS_OK;
}

/* The server knows its own verbs alone when it looks for the one meant. */
static void suggest(const struct client *client)
{
    struct near near = {.word = client->set.words[0]};

    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++)
        near_look(&near, locals[i].word);
    if (near.found)
        complain(client->look.language, TEXT_VERB_NEAR, near.found);
}

static int run(struct client *client)
{
    if (client->set.value[OPTION_HELP])
        return print_help(client);
    if (client->set.value[OPTION_VERSION]) {
        (void)puts("diptych " VERSION);
        return STATUS_OK;
    }
    if (client->set.words_n == 0)
        return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)
                   ? prompt_run(client)
                   : script_run(client);
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++)
        if (strcmp(locals[i].word, client->set.words[0]) == 0)
            return locals[i].run(client);
    int status = once_run(client);
    if (status == err_status(ERR_VERB) &&
        command_find(client->set.words[0]) == CMD_COUNT)
        suggest(client);
    return status;
}

int main(int argc, char **argv)
{
    struct client client;

    look_locale();
    int status = client_init(&client, argc, argv);
    if (status == STATUS_OK)
        status = run(&client);
    client_fini(&client);
    if (fflush(stdout) != 0 && status == STATUS_OK)
        status = STATUS_UNKNOWN;
    return status;
}
