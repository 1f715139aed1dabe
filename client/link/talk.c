/* SPDX-License-Identifier: Apache-2.0
 *
 * talk.c - which line belongs to which request.
 */
#include "client/link/talk.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

enum command_id talk_verb(const char *request, size_t len)
{
    char verb[33];
    size_t at = 0;

    for (int word = 0; word < 2; word++) {
        while (at < len && (request[at] == ' ' || request[at] == '\t'))
            at++;
        size_t from = at;
        while (at < len && !strchr(" \t\r\n", request[at]))
            at++;
        if (word == 0 && request[from] == '@')
            continue;
        size_t n = at - from < sizeof verb ? at - from : sizeof verb - 1;
        memcpy(verb, request + from, n);
        verb[n] = '\0';
        return command_find(verb);
    }
    return CMD_COUNT;
}

static bool is_change(enum command_id id)
{
    return id != CMD_COUNT &&
           (commands[id].class == COMMAND_CHANGE || id == CMD_COMMIT);
}

static void put_open(struct talk *talk, const struct talk_open *open)
{
    talk->open = mem_grow(
        talk->open, &talk->room, talk->first + talk->n + 1, sizeof *talk->open);
    talk->open[talk->first + talk->n++] = *open;
}

void talk_send(struct talk *talk, const char *request, size_t len,
    const struct talk_hooks *hooks)
{
    enum command_id id = talk_verb(request, len);
    bool batch = id == CMD_BEGIN || id == CMD_ABORT;
    const struct talk_open open = {*hooks, is_change(id),
        talk->memory && (batch || is_change(id)),
        talk->memory ? mem_copy(request, len) : NULL, len};

    put_open(talk, &open);
    link_send(talk->link, request, len);
}

/* A request may hold a password. */
static void free_request(struct talk_open *open)
{
    if (open->request)
        explicit_bzero(open->request, open->len);
    free(open->request);
    open->request = NULL;
}

static struct talk_open take_first(struct talk *talk)
{
    struct talk_open first = talk->open[talk->first];

    talk->n--;
    talk->first = talk->n ? talk->first + 1 : 0;
    /* Places in front are given back before the list must grow for them. */
    if (talk->first > 1024 && talk->first > talk->n) {
        memmove(
            talk->open, talk->open + talk->first, talk->n * sizeof *talk->open);
        talk->first = 0;
    }
    return first;
}

static void take_answer(
    struct talk *talk, const struct answer *answer, const char *line)
{
    bool final = answer->class == ANSWER_OK || answer->class == ANSWER_ERR;
    bool data = answer->class == ANSWER_RECORD ||
                answer->class == ANSWER_TEXT || answer->class == ANSWER_JSON;

    if ((final || data) && talk->n == 0) {
        talk->strange = true;
    } else if (final) {
        struct talk_open open = take_first(talk);
        const struct talk_memory *memory = talk->memory;

        if (memory && open.request)
            memory->answered(memory->ctx, open.request, open.len, answer);
        open.hooks.final(open.hooks.ctx, answer, line);
        free_request(&open);
    } else if (data) {
        struct talk_hooks hooks = talk->open[talk->first].hooks;
        const struct talk_memory *memory = talk->memory;

        if (memory && answer->class == ANSWER_RECORD)
            memory->row(memory->ctx, answer);

        if (hooks.data)
            hooks.data(hooks.ctx, line);
    } else {
        if (answer->class == ANSWER_BYE && !talk->bye) {
            talk->bye = true;
            talk->reason = mem_text(words_get(&answer->words, "reason"));
            const char *back = words_get(&answer->words, "back");
            talk->back = back ? (int)strtol(back, NULL, 10) : 0;
        }
        const struct talk_memory *memory = talk->memory;
        if (memory && answer->class == ANSWER_EVENT &&
            !memory->event(memory->ctx, answer))
            return;
        if (talk->aside)
            talk->aside(talk->aside_ctx, answer, line);
    }
}

/* A data line that is not to be understood is still handed on as it came:
 * what a newer server says must not stop a script. */
static void take_line(struct talk *talk, const char *line)
{
    struct answer answer;

    if (answer_read(line, strlen(line), &answer) == ERR_OK) {
        take_answer(talk, &answer, line);
        answer_free(&answer);
    } else if (strncmp(line, "  ", 2) == 0 && talk->n) {
        struct talk_hooks hooks = talk->open[talk->first].hooks;

        if (hooks.data)
            hooks.data(hooks.ctx, line);
    } else {
        talk->strange = true;
    }
}

void talk_forget(struct talk_open *open)
{
    open->hooks.final(open->hooks.ctx, NULL, NULL);
    free_request(open);
    *open = (struct talk_open){0};
}

/* No open request will be answered any more. */
static void give_up(struct talk *talk)
{
    while (talk->n) {
        struct talk_open open = take_first(talk);

        talk->lost++;
        talk->lost_changes = talk->lost_changes || open.changes;
        talk_forget(&open);
    }
}

/* Changes are kept, since their outcome can be found out over another link;
 * the rest can be asked anew. */
static void give_up_reads(struct talk *talk)
{
    const struct talk_memory *memory = talk->memory;

    for (size_t left = talk->n; left; left--) {
        struct talk_open open = take_first(talk);

        if (open.stays) {
            put_open(talk, &open);
            continue;
        }
        talk->lost++;
        if (open.request && open.hooks.again)
            memory->unanswered(memory->ctx, open.request, open.len);
        talk_forget(&open);
    }
}

static enum err turn(struct talk *talk, struct link_wait *wait)
{
    enum err err = link_turn(talk->link, wait);
    char *line;

    while ((line = link_line(talk->link)) != NULL) {
        take_line(talk, line);
        free(line);
    }
    return err;
}

enum err talk_turn(struct talk *talk, struct link_wait *wait)
{
    enum err err = turn(talk, wait);

    if (err != ERR_OK && talk->memory)
        give_up_reads(talk);
    else if (err != ERR_OK)
        give_up(talk);
    return err;
}

void talk_relink(struct talk *talk, struct link *link, struct talk_open **held,
    size_t *held_n)
{
    if (talk->memory)
        give_up_reads(talk);
    *held_n = talk->n;
    *held = mem_new((talk->n + 1) * sizeof **held);
    for (size_t i = 0; i < *held_n; i++)
        (*held)[i] = take_first(talk);
    link_close(&talk->link);
    talk->link = link;
    free(talk->reason);
    talk->reason = NULL;
    talk->bye = false;
    talk->back = 0;
    talk->strange = false;
    talk->lost = 0;
    talk->lost_changes = false;
}

void talk_send_again(
    struct talk *talk, struct talk_open *open, const struct talk_hooks *hooks)
{
    open->hooks = *hooks;
    put_open(talk, open);
    link_send(talk->link, open->request, open->len);
    *open = (struct talk_open){0};
}

size_t talk_open_n(const struct talk *talk)
{
    return talk->n;
}

bool talk_was_left(const struct talk *talk)
{
    return talk->bye &&
           (talk->reason == NULL || strcmp(talk->reason, "quit") != 0);
}

enum err talk_drain(struct talk *talk, int timeout_ms)
{
    struct link_wait wait = {.fd = -1, .timeout_ms = timeout_ms};

    while (talk->n) {
        enum err err = turn(talk, &wait);

        if (err == ERR_OK && wait.idle)
            err = ERR_BUSY;
        /* A server may close right behind the last final line. */
        if (err != ERR_OK && talk->n) {
            give_up(talk);
            return err;
        }
    }
    return ERR_OK;
}

static void keep_data(void *ctx, const char *line)
{
    struct reply_got *got = ctx;

    rows_add(&got->rows, line);
}

static void keep_final(void *ctx, const struct answer *final, const char *line)
{
    struct reply_got *got = ctx;

    if (final)
        got->line = mem_text(line);
}

enum err talk_ask(struct talk *talk, const char *request, int timeout_ms,
    struct reply_got *got)
{
    const struct talk_hooks hooks = {
        .data = keep_data, .final = keep_final, .ctx = got};
    struct text line = {0};

    *got = (struct reply_got){0};
    text_puts(&line, request);
    if (line.len == 0 || line.bytes[line.len - 1] != '\n')
        text_putc(&line, '\n');
    talk_send(talk, text_peek(&line), line.len, &hooks);
    text_fini(&line);
    enum err err = talk_drain(talk, timeout_ms);
    if (got->line)
        err = answer_read(got->line, strlen(got->line), &got->final);
    if (err != ERR_OK)
        reply_got_fini(got);
    return err;
}

void reply_got_fini(struct reply_got *got)
{
    rows_fini(&got->rows);
    answer_free(&got->final);
    free(got->line);
    *got = (struct reply_got){0};
}

void talk_fini(struct talk *talk)
{
    give_up(talk);
    link_close(&talk->link);
    free(talk->open);
    free(talk->reason);
    *talk = (struct talk){0};
}
