/* SPDX-License-Identifier: Apache-2.0
 *
 * show.c - one format or another.
 */
#include "client/show.h"

#include "client/csv.h"
#include "client/say.h"
#include "protocol/base_mem.h"
#include "protocol/reply.h"

#include <stdlib.h>
#include <string.h>

/* One request whose answer is being shown. */
struct shown {
    struct show *show;
    size_t line; /* of the script */
    struct rows rows;
};

static void put_line(const struct show *show, const char *line)
{
    (void)fputs(line, show->out);
    (void)fputc('\n', show->out);
}

static void on_data(void *ctx, const char *line)
{
    struct shown *shown = ctx;
    const struct show *show = shown->show;

    if (show->stop)
        return;
    if (show->client->format == FORMAT_LINES)
        put_line(show, line);
    else if (show->client->format == FORMAT_JSON)
        put_line(show, line + strspn(line, " "));
    else
        rows_add(&shown->rows, line);
}

static void show_ok(
    struct shown *shown, const struct answer *final, const char *line)
{
    const struct show *show = shown->show;
    struct text csv = {0};

    (void) final;
    switch (show->client->format) {
    case FORMAT_LINES:
    case FORMAT_TABLE:
        if (!show->client->quiet)
            put_line(show, line);
        break;
    case FORMAT_CSV:
        csv_print(&csv, &shown->rows);
        (void)fwrite(text_peek(&csv), 1, csv.len, show->out);
        text_fini(&csv);
        break;
    case FORMAT_JSON:
        break;
    }
}

static void show_err(
    struct shown *shown, const struct answer *final, const char *line)
{
    struct show *show = shown->show;
    char number[24];

    if (show->client->format == FORMAT_LINES)
        put_line(show, line);
    (void)fflush(show->out);
    if (shown->line) {
        (void)snprintf(number, sizeof number, "%zu", shown->line);
        complain(show->client->look.language, TEXT_SCRIPT_STOP, number, line);
    }
    int status = client_refused(show->client, final);
    if (show->status == STATUS_OK) {
        show->status = status;
        show->line = shown->line;
    }
    show->stop = show->stop || !show->keep_going;
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct shown *shown = ctx;
    struct show *show = shown->show;

    if (final == NULL)
        show->no_answer = true;
    else if (!show->stop && final->class == ANSWER_OK)
        show_ok(shown, final, line);
    else if (!show->stop)
        show_err(shown, final, line);
    (void)fflush(show->out);
    rows_fini(&shown->rows);
    free(shown);
}

void show_send(struct show *show, const char *request, size_t len, size_t line)
{
    struct shown *shown = mem_new(sizeof *shown);
    const struct talk_hooks hooks = {on_data, on_final, shown};

    shown->show = show;
    shown->line = line;
    talk_send(&show->client->talk, request, len, &hooks);
}

/* Events are words in every format of the server; whoever asked for JSON
 * gets one more kind of object. */
static void show_json_event(const struct show *show, const struct answer *event)
{
    struct text line = {0};
    char seq[24];
    struct reply r = {.to = &line, .json = true};

    (void)snprintf(seq, sizeof seq, "%llu", (unsigned long long)event->seq);
    reply_data(&r, "event", event->id);
    reply_number(&r, "seq", seq);
    reply_word(&r, "time", event->time);
    reply_word(&r, "name", event->code);
    for (size_t i = 0; i < event->words.n; i++)
        if (event->words.list[i].key)
            reply_word(
                &r, event->words.list[i].key, event->words.list[i].value);
    reply_end(&r);
    (void)fputs(line.bytes + strspn(line.bytes, " "), show->out);
    text_fini(&line);
}

void show_aside(void *ctx, const struct answer *answer, const char *line)
{
    const struct show *show = ctx;
    enum format format = show->client->format;
    bool event = answer->class == ANSWER_EVENT;

    if (show->client->quiet || show->stop)
        return;
    if (format == FORMAT_JSON && event)
        show_json_event(show, answer);
    else if (format == FORMAT_LINES || format == FORMAT_TABLE)
        put_line(show, line);
    (void)fflush(show->out);
}
