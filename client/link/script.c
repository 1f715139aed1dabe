/* SPDX-License-Identifier: Apache-2.0
 *
 * script.c - from standard input to requests.
 *
 * The lines are passed on byte for byte; they are looked at only to know
 * which of them are requests, since comments and heredocs get no answer of
 * their own.
 */
#include "client/link/script.h"

#include "client/show/say.h"
#include "client/show/show.h"
#include "protocol/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes waiting to be sent that stop the reading of standard input. */
#define UNSENT_HIGH 65536

struct script {
    struct client *client;
    struct show show;
    struct text in;   /* bytes of standard input that are not sent */
    size_t scanned;   /* bytes of in that hold no end of line */
    size_t line;      /* number of the last whole line */
    struct text unit; /* a request whose heredoc is not complete */
    struct text end;  /* the end word that is waited for, or empty */
    size_t unit_line; /* where that request began */
    bool ended;       /* standard input has ended */
};

static bool is_silent(const char *line, size_t len)
{
    size_t at = 0;

    while (at < len && strchr(" \t\r", line[at]))
        at++;
    return at == len || line[at] == '#';
}

static void send_unit(struct script *script)
{
    show_send(
        &script->show, script->unit.bytes, script->unit.len, script->unit_line);
    text_fini(&script->unit);
}

/* One line, len bytes without its end and without a CR before it. */
static void take_line(struct script *script, const char *line, size_t len)
{
    script->line++;
    if (script->end.len) {
        text_add(&script->unit, line, len);
        text_putc(&script->unit, '\n');
        if (len == script->end.len &&
            memcmp(line, script->end.bytes, len) == 0) {
            text_fini(&script->end);
            send_unit(script);
        }
        return;
    }
    if (is_silent(line, len))
        return;
    script->unit_line = script->line;
    text_add(&script->unit, line, len);
    text_putc(&script->unit, '\n');
    size_t word = words_heredoc(line, len);
    if (word < len)
        text_add(&script->end, line + word, len - word);
    else
        send_unit(script);
}

static void take_lines(struct script *script)
{
    size_t done = 0;

    while (script->in.len > script->scanned) {
        const char *from = script->in.bytes + done;
        const char *end = memchr(script->in.bytes + script->scanned, '\n',
            script->in.len - script->scanned);

        if (end == NULL)
            break;
        size_t len = (size_t)(end - from);
        done += len + 1;
        script->scanned = done;
        take_line(script, from, len - (len && from[len - 1] == '\r'));
    }
    text_cut(&script->in, done);
    script->scanned = script->in.len;
}

static void read_input(struct script *script)
{
    char part[16384];
    ssize_t got = read(STDIN_FILENO, part, sizeof part);

    if (got > 0) {
        text_add(&script->in, part, (size_t)got);
        take_lines(script);
    } else if (got == 0 || errno != EINTR) {
        script->ended = true;
    }
}

static enum err turn(struct script *script)
{
    struct talk *talk = &script->client->talk;
    bool wants = !script->ended && !script->show.stop &&
                 link_unsent(talk->link) < UNSENT_HIGH;
    struct link_wait wait = {.fd = wants ? STDIN_FILENO : -1,
        .timeout_ms = talk_open_n(talk) ? script->client->timeout_ms : -1};
    enum err err = talk_turn(talk, &wait);

    if (err == ERR_OK && wait.ready)
        read_input(script);
    return err == ERR_OK && wait.idle ? ERR_BUSY : err;
}

/* A request that is not whole was never sent, as on the wire itself: half of
 * "price=1250000" would be another price. */
static int check_end(const struct script *script)
{
    enum language language = script->client->look.language;
    bool cut = script->in.len > 0;
    char number[24];

    if (script->show.stop || (!cut && script->end.len == 0))
        return script->show.status;
    (void)snprintf(number, sizeof number, "%zu",
        script->end.len ? script->unit_line : script->line + 1);
    complain(language, script->end.len ? TEXT_SCRIPT_HEREDOC : TEXT_SCRIPT_CUT,
        number);
    return script->show.status ? script->show.status : STATUS_USAGE;
}

static void on_policy(void *ctx, const struct answer *final, const char *line)
{
    (void)ctx;
    (void) final;
    (void)line;
}

static int run(struct script *script)
{
    static const char stop[] = "on-error stop\n";
    const struct talk_hooks hooks = {.final = on_policy};
    struct talk *talk = &script->client->talk;

    if (!script->show.keep_going)
        talk_send(talk, stop, sizeof stop - 1, &hooks);
    for (;;) {
        if ((script->ended || script->show.stop || talk->bye) &&
            talk_open_n(talk) == 0)
            break;
        enum err err = turn(script);
        /* After the farewell that was asked for a server closes. */
        if (err != ERR_OK && talk->bye && !talk->lost)
            break;
        if (err != ERR_OK)
            return client_lost(script->client, err);
    }
    if (talk_was_left(talk) && !script->ended)
        return client_lost(script->client, ERR_UNAVAILABLE);
    return check_end(script);
}

int script_run(struct client *client)
{
    struct script script = {.client = client,
        .show = {.client = client,
            .out = stdout,
            .keep_going = client->set.value[OPTION_KEEP_GOING] != NULL}};

    int status = client_open(client);
    if (status != STATUS_OK)
        return status;
    client->talk.aside = show_aside;
    client->talk.aside_ctx = &script.show;
    status = run(&script);
    text_fini(&script.in);
    text_fini(&script.unit);
    text_fini(&script.end);
    return status;
}
