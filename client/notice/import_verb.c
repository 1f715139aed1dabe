/* SPDX-License-Identifier: Apache-2.0
 *
 * import_verb.c - what an import asks, sent over the link.
 */
#include "client/notice/import_verb.h"

#include "client/notice/import.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Several requests in flight; the answer that counts is kept. */
struct asking {
    struct import_reply *reply; /* where it goes */
    size_t n;
    size_t at; /* place of the request whose answer is in *reply */
    bool refused;
};

struct asked {
    struct asking *all;
    size_t at;
    struct import_reply got;
};

static void on_data(void *ctx, const char *line)
{
    struct asked *asked = ctx;
    bool done;

    /* A line that can not be read is left out; the final line decides. */
    (void)!import_reply_take(&asked->got, line, strlen(line), &done);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct asked *asked = ctx;
    struct asking *all = asked->all;

    if (final && !all->refused) {
        on_data(ctx, line);
        all->refused = asked->got.err != ERR_OK;
        if (all->refused || asked->at + 1 == all->n) {
            all->at = asked->at;
            *all->reply = asked->got;
            asked->got = (struct import_reply){0};
        }
    }
    import_reply_fini(&asked->got);
    free(asked);
}

static void send_one(
    struct talk *talk, struct asking *all, const char *request, size_t len)
{
    struct asked *asked = mem_new(sizeof *asked);
    const struct talk_hooks hooks = {on_data, on_final, asked, NULL};

    asked->all = all;
    asked->at = all->at++;
    talk_send(talk, request, len, &hooks);
}

static enum err await_all(struct client *client, struct text *why)
{
    enum err err = talk_drain(&client->talk, client->timeout_ms);

    if (err == ERR_OK)
        return ERR_OK;
    text_puts(why, err == ERR_BUSY
                       ? text_of(TEXT_LINK_SILENT, client->look.language)
                       : link_why(client->talk.link));
    return ERR_UNAVAILABLE;
}

static enum err ask_all(void *ctx, const char *const *requests,
    const size_t *lens, size_t n, size_t *at, struct import_reply *reply,
    struct text *why)
{
    struct client *client = ctx;
    struct asking all = {.reply = reply, .n = n};

    for (size_t i = 0; i < n; i++)
        send_one(&client->talk, &all, requests[i], lens[i]);
    enum err err = await_all(client, why);
    *at = all.at;
    return err;
}

static enum err ask(void *ctx, const char *request, size_t len,
    struct import_reply *reply, struct text *why)
{
    size_t at;

    return ask_all(ctx, &request, &len, 1, &at, reply, why);
}

static bool knows_server(const struct client *client)
{
    return client_value(client, OPTION_SERVER, PROFILE_SERVER) != NULL;
}

int import_notices(struct client *client)
{
    const struct import_link link = {
        .ask = ask, .ask_all = ask_all, .ctx = client};
    const struct import_flags flags = {
        .dry_run = client->set.value[OPTION_DRY_RUN] != NULL,
        .as_new = client->set.value[OPTION_AS_NEW] != NULL,
        .language = client->look.language};
    bool linked = !flags.dry_run || knows_server(client);

    if (client->set.words_n < 2) {
        complain(client->look.language, TEXT_IMPORT_FILES);
        return STATUS_USAGE;
    }
    /* The record is read in words, whatever the answers are shown as. */
    client->format = FORMAT_LINES;
    int status = linked ? client_open(client) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    enum err err = import_run((const char *const *)(client->set.words + 1),
        (size_t)(client->set.words_n - 1), &flags, linked ? &link : NULL,
        stdout, stderr);
    if (err == ERR_UNAVAILABLE && linked && client->talk.lost)
        return client->talk.lost_changes ? STATUS_UNKNOWN : STATUS_LINK;
    return err_status(err);
}
