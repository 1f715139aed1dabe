/* SPDX-License-Identifier: Apache-2.0
 *
 * voice.c - hearing and saying.
 */
#include "tests/talk/voice.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static struct heard *keep(struct voice *v, char *line, enum line_class class)
{
    v->list = mem_grow(v->list, &v->room, v->n + 1, sizeof *v->list);
    v->list[v->n] = (struct heard){line, class, false};
    text_printf(&v->said, "  %s < %s\n", v->name, line);
    return &v->list[v->n++];
}

enum line_class voice_class(enum answer_class class)
{
    static const enum line_class same[] = {
        [ANSWER_HELLO] = LINE_HELLO,
        [ANSWER_OK] = LINE_OK,
        [ANSWER_ERR] = LINE_ERR,
        [ANSWER_RECORD] = LINE_DATA,
        [ANSWER_TEXT] = LINE_DATA,
        [ANSWER_JSON] = LINE_DATA,
        [ANSWER_EVENT] = LINE_EVENT,
        [ANSWER_NOTICE] = LINE_NOTICE,
        [ANSWER_BYE] = LINE_BYE,
    };

    return same[class];
}

/* What the client's reader makes of a line must be what the grammar says. */
static const char *read_again(
    struct voice *v, const char *line, enum line_class class)
{
    struct answer answer;

    if (answer_read(line, strlen(line), &answer) != ERR_OK)
        return "a line that the client can not read";
    bool agree = voice_class(answer.class) == class;
    if (answer.class == ANSWER_ERR && v->seen)
        text_printf(v->seen, "code %s\n", answer.code);
    answer_free(&answer);
    return agree ? NULL : "a line that the client takes for another class";
}

/* Hear one line more, of any class; NULL when none came in time. */
static struct heard *hear(struct voice *v, int timeout_ms)
{
    char *line;
    enum line_class class;

    if (v->wire == NULL || v->end != WIRE_LINE)
        return NULL;
    enum wire_got got = wire_line(v->wire, &line, timeout_ms);
    if (got != WIRE_LINE) {
        v->end = got == WIRE_LATE ? WIRE_LINE : got;
        return NULL;
    }
    const char *fault = grammar_seen(&v->grammar, line, strlen(line), &class);
    if (fault == NULL)
        fault = read_again(v, line, class);
    if (v->fault == NULL)
        v->fault = fault;
    return keep(v, line, class);
}

static bool counts(const struct heard *heard, enum hearing hearing, bool ticks)
{
    bool event = heard->class == LINE_EVENT;

    if (heard->taken || (event && !ticks && strstr(heard->line, "Z tick")))
        return false;
    if (hearing == HEAR_EVENTS)
        return event;
    if (hearing == HEAR_NOTICES)
        return heard->class == LINE_NOTICE;
    return hearing == HEAR_ALL || (!event && heard->class != LINE_NOTICE);
}

struct heard *voice_next(
    struct voice *v, enum hearing hearing, bool ticks, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;

    for (size_t i = 0; i < v->n; i++)
        if (counts(&v->list[i], hearing, ticks))
            return &v->list[i];
    for (;;) {
        long long left = deadline - clock_ms();
        struct heard *heard = hear(v, left > 0 ? (int)left : 0);

        if (heard == NULL || counts(heard, hearing, ticks))
            return heard;
    }
}

bool voice_say(struct voice *v, const char *bytes, size_t len)
{
    if (v->wire == NULL)
        return false;
    text_printf(&v->said, "  %s > ", v->name);
    text_add(&v->said, bytes, len);
    if (len == 0 || bytes[len - 1] != '\n')
        text_putc(&v->said, '\n');
    grammar_sent(&v->grammar, bytes, len);
    return wire_send(v->wire, bytes, len, v->patience_ms);
}

static bool log_in(struct voice *v, const struct stage *stage, const char *user,
    bool by_password, struct text *why)
{
    struct text request = {0};
    char *secret = stage_read(stage, by_password ? "pw" : "token", user);
    struct heard *hello = voice_next(v, HEAR_REPLIES, false, v->patience_ms);

    if (hello)
        hello->taken = true;
    if (by_password)
        text_printf(&request, "login %s \"%s\"\n", user, secret ? secret : "");
    else
        text_printf(&request, "auth token %s\n", secret ? secret : "-");
    bool said = voice_say(v, request.bytes, request.len);
    text_fini(&request);
    free(secret);
    struct heard *got =
        said ? voice_next(v, HEAR_REPLIES, false, v->patience_ms) : NULL;
    if (got)
        got->taken = true;
    if (got && got->class == LINE_OK)
        return true;
    text_printf(
        why, "%s could not log in: %s\n", user, got ? got->line : "no answer");
    return false;
}

bool voice_open(struct voice *v, const struct stage *stage, const char *user,
    bool by_password, struct text *why)
{
    voice_close(v);
    grammar_fini(&v->grammar);
    v->end = WIRE_LINE;
    v->wire = wire_open(stage->port, stage->ca, v->patience_ms, why);
    if (v->wire == NULL)
        return false;
    return user == NULL || log_in(v, stage, user, by_password, why);
}

void voice_run(struct voice *v, const struct stage *stage, const char *command)
{
    const char *const argv[] = {"bash", "-c", command, NULL};
    struct text all = {0};

    text_printf(&v->said, "  %s > %s\n", v->name, command);
    v->status = process_run(argv, stage->folder, &all, v->patience_ms);
    const char *at = text_peek(&all);
    while (*at) {
        size_t len = strcspn(at, "\n");

        (void)keep(v, mem_copy(at, len), LINE_DATA);
        at += len + (at[len] == '\n');
    }
    text_fini(&all);
}

void voice_hear_out(struct voice *v)
{
    while (hear(v, v->patience_ms))
        continue;
    voice_close(v);
}

void voice_close(struct voice *v)
{
    wire_free(&v->wire);
}

void voice_fini(struct voice *v)
{
    voice_close(v);
    grammar_fini(&v->grammar);
    for (size_t i = 0; i < v->n; i++)
        free(v->list[i].line);
    free(v->list);
    free(v->name);
    text_fini(&v->said);
    *v = (struct voice){0};
}
