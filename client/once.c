/* SPDX-License-Identifier: Apache-2.0
 *
 * once.c - one request, one answer, one exit status.
 */
#include "client/once.h"

#include "client/say.h"
#include "client/shell_words.h"
#include "client/show.h"
#include "protocol/command.h"

#include <stdio.h>

/* Events until the server closes; a signal ends the program as any other. */
static int stay(struct client *client)
{
    struct link_wait wait = {.fd = -1, .timeout_ms = -1};

    for (;;) {
        enum err err = talk_turn(&client->talk, &wait);

        if (err != ERR_OK || client->talk.bye)
            return client_lost(client, ERR_UNAVAILABLE);
    }
}

static int run(struct client *client, const struct text *request)
{
    struct show show = {.client = client, .out = stdout};

    client->talk.aside = show_aside;
    client->talk.aside_ctx = &show;
    show_send(&show, request->bytes, request->len, 0);
    enum err err = talk_drain(&client->talk, client->timeout_ms);
    if (err != ERR_OK)
        return client_lost(client, err);
    if (show.status == STATUS_OK &&
        command_find(client->set.words[0]) == CMD_WATCH)
        return stay(client);
    return show.status;
}

int once_run(struct client *client)
{
    struct text request = {0};
    int bad = 0;

    if (shell_words_join((const char *const *)client->set.words,
            client->set.words_n, &request, &bad) != ERR_OK) {
        complain(
            client->look.language, TEXT_REQUEST_BAD, client->set.words[bad]);
        return STATUS_USAGE;
    }
    int status = client_open(client);
    if (status == STATUS_OK)
        status = run(client, &request);
    text_fini(&request);
    return status;
}
