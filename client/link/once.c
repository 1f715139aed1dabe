/* SPDX-License-Identifier: Apache-2.0
 *
 * once.c - one request, one answer, one exit status.
 */
#include "client/link/once.h"

#include "client/link/resume.h"
#include "client/prompt/live.h"
#include "client/prompt/live_screen.h"
#include "client/shell_words.h"
#include "client/show/say.h"
#include "client/show/show.h"
#include "protocol/command.h"
#include "protocol/kind.h"
#include "protocol/words.h"

#include <stdio.h>

static void ask_and_show(void *ctx, const char *line)
{
    struct show *show = ctx;
    struct text request = {0};

    text_printf(&request, "%s\n", line);
    show_send(show, request.bytes, request.len, 0);
    (void)!talk_drain(&show->client->talk, show->client->timeout_ms);
    text_fini(&request);
}

/* A link that is lost under a change, or while events are awaited, is made
 * anew; an answer that did not come can be asked for by whoever wants it. */
static int await(struct client *client, struct resume *resume,
    const struct show *show, bool stays)
{
    struct talk *talk = &client->talk;

    while (talk_open_n(talk) || (stays && show->status == STATUS_OK)) {
        struct link_wait wait = {.fd = -1,
            .timeout_ms = talk_open_n(talk) ? client->timeout_ms : -1};
        enum err err = talk_turn(talk, &wait);

        if (err == ERR_OK && wait.idle)
            err = ERR_BUSY;
        if (err == ERR_OK && !talk->bye)
            continue;
        /* The farewell that was asked for. */
        if (talk->bye && !talk_was_left(talk) && talk_open_n(talk) == 0)
            break;
        if (!resume_can(resume) || (talk_open_n(talk) == 0 && !stays))
            return client_lost(client, err == ERR_OK ? ERR_UNAVAILABLE : err);
        int status = resume_back(resume, err == ERR_OK ? ERR_UNAVAILABLE : err);
        if (status != STATUS_OK || client->user == NULL)
            return status == STATUS_OK ? STATUS_DENIED : status;
    }
    return show->no_answer ? STATUS_LINK : show->status;
}

/* "watch TENDER" on a terminal is the tender itself, kept up to date; what is
 * no tender is watched line by line. */
static bool is_live(struct client *client)
{
    struct text request = {0};
    struct reply_got got = {0};
    bool tender = false;

    if (client->set.words_n != 2 || client->format != FORMAT_TABLE ||
        command_find(client->set.words[0]) != CMD_WATCH ||
        kind_find(client->set.words[1]) != KIND_NONE || !live_screen_possible())
        return false;
    text_puts(&request, "show ");
    word_print(&request, client->set.words[1]);
    text_puts(&request, " fields=rev");
    if (talk_ask(&client->talk, request.bytes, client->timeout_ms, &got) ==
        ERR_OK)
        tender = got.rows.n == 1 && row_is(&got.rows.list[0], "tender");
    reply_got_fini(&got);
    text_fini(&request);
    return tender;
}

static int run(struct client *client, struct text *request)
{
    struct show show = {.client = client, .out = stdout};
    struct resume_ways ways;
    struct resume resume;

    resume_plain(client, &ways);
    ways.ask = ask_and_show;
    ways.ctx = &show;
    resume_init(&resume, client, &ways);
    int status = client_open(client);
    if (status == STATUS_OK && is_live(client)) {
        status = live_show(client, &resume, client->set.words[1]);
    } else if (status == STATUS_OK) {
        client->talk.aside = show_aside;
        client->talk.aside_ctx = &show;
        resume_key(&resume, request);
        show_send(&show, request->bytes, request->len, 0);
        status = await(client, &resume, &show,
            command_find(client->set.words[0]) == CMD_WATCH);
    }
    talk_fini(&client->talk);
    resume_fini(&resume);
    return status;
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
    int status = run(client, &request);
    text_fini(&request);
    return status;
}
