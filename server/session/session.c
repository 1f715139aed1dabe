/* SPDX-License-Identifier: Apache-2.0
 *
 * session.c - one connection: framing, turns, output, the end.
 *
 *   new --login--> open --quit, end of input, a fault of framing--> over
 *
 * Requests are answered in order.  While a task is in flight the next request
 * is held back, but changes that follow each other travel together, so that
 * they share a commit.
 */
#include "server/session/session.h"

#include "protocol/base_mem.h"
#include "server/log.h"
#include "server/session/grease.h"
#include "server/session/inside.h"

#include <stdlib.h>
#include <string.h>

/* Changes of one session that may be on their way at once. */
#define CHANGES_ABOARD 256

void session_changed(struct session *s)
{
    if (s->told || s->hooks.changed == NULL)
        return;
    s->told = true;
    s->hooks.changed(s->hooks.ctx);
    s->told = false;
}

/* The last request before the one at hand that has no answer yet. */
static struct task *last_due(const struct session *s)
{
    struct task *last = NULL;

    for (struct task *t = s->tasks; t; t = t->next_of_session)
        if (!t->silent && t->order < s->answering &&
            (last == NULL || t->order > last->order))
            last = t;
    return last;
}

struct text *session_out(struct session *s)
{
    struct task *last = last_due(s);

    return last ? &last->after : &s->out;
}

struct reply session_reply(struct session *s)
{
    return (struct reply){.to = session_out(s),
        .json = s->json,
        .grease = s->engine->grease ? reply_random(&s->engine->grease) : 0};
}

struct viewer session_viewer(const struct session *s)
{
    return (struct viewer){s->user.team, s->user.name, s->user.role,
        s->user.most, s->user.tenders};
}

void session_new(struct engine *engine, const char *address,
    const struct session_hooks *hooks, struct session **made)
{
    struct session *s = mem_new(sizeof *s);

    s->engine = engine;
    s->number = ++engine->numbers;
    s->address = mem_text(address);
    s->hooks = *hooks;
    s->lines.line_most = LIMIT_NOW(LINE_BEFORE);
    s->since_ms = engine->hooks.now_ms(engine->hooks.ctx);
    s->active_ms = s->since_ms;
    s->next = engine->sessions;
    if (s->next)
        s->next->prev = s;
    engine->sessions = s;
    engine->sessions_n++;
    s->counts = counts_of(&engine->counts, 0);
    log_event(LOG_CONNECTED, "session=%llu from=%s",
        (unsigned long long)s->number, address);

    struct reply r = session_reply(s);
    reply_plain(&r, "hello");
    reply_int(&r, "proto", 1);
    reply_word(&r, "server", "diptychd/" SERVER_VERSION);
    reply_word(&r, "caps", "batch,watch,once,json");
    reply_word(&r, "auth",
        hooks->identify ? "password,token,external" : "password,token");
    reply_int(&r, "epoch", (int64_t)db_epoch(engine->db));
    reply_int(&r, "line", (int64_t)s->lines.line_most);
    if (hooks->plain)
        reply_word(&r, "link", "plain");
    reply_note(&r, text_of(TEXT_HELLO, s->language));
    reply_end(&r);
    *made = s;
}

static size_t waiting_out(const struct session *s)
{
    return s->out.len - s->out_done;
}

static void mark_output(struct session *s)
{
    if (!limit_allows(LIMIT_ROW_OUTPUT_HIGH, waiting_out(s)))
        s->out_full = true;
    else if (s->out_full)
        s->out_full = !limit_allows(LIMIT_ROW_OUTPUT_LOW, waiting_out(s));
}

void session_end(struct session *s, const char *reason)
{
    if (s->over)
        return;
    task_stop(s);
    struct reply r = session_reply(s);
    reply_plain(&r, "bye");
    reply_word(&r, "reason", reason);
    reply_end(&r);
    s->over = true;
    session_changed(s);
}

/* Whether a change asks nothing of the changes before it: a code may be that
 * of what they add, and "seen" is what their answers show. */
static bool stands_alone(const struct request *q)
{
    const char *guard = request_key(q, "if");
    enum kind kind;
    uint64_t id;

    if (guard && strcmp(guard, "seen") == 0)
        return false;
    /* What they change is looked for first. */
    if (q->id == CMD_MERGE || (q->id == CMD_FORGET && q->args_n == 1))
        return false;
    if (q->id != CMD_SET && q->id != CMD_DEL && q->id != CMD_UNDO &&
        q->id != CMD_FORGET)
        return true;
    return q->args_n == 0 || id_read(q->args[0], &kind, &id) == ERR_OK;
}

/* Whether a request can be worked on while others are in flight. */
static bool may_join(const struct session *s, const struct request *q)
{
    if (s->tasks_n == 0)
        return true;
    return !s->waits && s->batch == NULL && !s->stop_on_error &&
           q->command->class == COMMAND_CHANGE && s->tasks_n < CHANGES_ABOARD &&
           stands_alone(q);
}

static void skip(struct session *s, const struct request *q)
{
    struct fault fault = {.err = ERR_SKIPPED};

    session_fail(s, q, &fault);
}

void session_answered(struct session *s, struct counts *counts,
    enum command_id verb, uint64_t began_us)
{
    uint64_t took = counts_now_us() - began_us;

    counts->number[STAT_REQUESTS]++;
    histogram_add(&counts_verb(counts, verb)->took, took);
    log_event(LOG_REQUEST, "session=%llu verb=%s us=%llu",
        s ? (unsigned long long)s->number : 0ULL, commands[verb].name,
        (unsigned long long)took);
}

/* Answers one unit, or holds it back; false when it was held. */
static bool take_unit(struct session *s, struct unit *unit)
{
    struct request q;
    struct fault fault = {0};
    enum err err = request_read(s, unit, &q, &fault);
    bool joins = err == ERR_OK ? may_join(s, &q) : s->tasks_n == 0;

    if (!joins) {
        request_fini(&q);
        fault_fini(&fault);
        s->held = *unit;
        s->has_held = true;
        return false;
    }
    s->active_ms = s->engine->hooks.now_ms(s->engine->hooks.ctx);
    s->answering = ++s->orders;
    s->began_us = counts_now_us();
    if (s->stopped && q.id != CMD_ON_ERROR && q.id != CMD_QUIT)
        skip(s, &q);
    else if (err == ERR_OK)
        dispatch(s, &q);
    else
        batch_refuse(s, &q, &fault);
    if (q.command)
        session_answered(s, s->counts, q.id, s->began_us);
    request_fini(&q);
    fault_fini(&fault);
    unit_fini(unit);
    return true;
}

/* Empty lines and comments get no answer, whatever a comment holds. */
static bool is_silent(const struct unit *unit)
{
    const char *bytes = text_peek(&unit->line);
    size_t blanks = strspn(bytes, " \t");

    return !unit->has_body &&
           (blanks == unit->line.len || bytes[blanks] == '#');
}

/* What a line and a heredoc came to, beside what they may. */
static void note_size(const struct session *s, const struct unit *unit)
{
    enum limit line = s->user.id ? LIMIT_ROW_LINE : LIMIT_ROW_LINE_BEFORE;

    limit_met(line, s->lines.line_len, s->lines.line_most);
    if (unit && unit->has_body)
        limit_met(LIMIT_ROW_BODY, unit->body_bytes, s->lines.body_most);
}

/* The next unit, held or new; false when there is none. */
static bool next_unit(struct session *s, struct unit *unit)
{
    if (s->has_held) {
        *unit = s->held;
        s->held = (struct unit){0};
        s->has_held = false;
        return true;
    }
    for (;;) {
        enum lines_got got = lines_next(&s->lines, unit);

        if (got == LINES_TOO_LONG || got == LINES_TOO_MUCH) {
            note_size(s, NULL);
            session_end(s,
                got == LINES_TOO_LONG ? "line-too-long" : "heredoc-too-long");
            return false;
        }
        if (got == LINES_MORE)
            return false;
        note_size(s, unit);
        if (!is_silent(unit))
            return true;
        unit_fini(unit);
    }
}

/* Who asks for too much in a second is read more slowly, and not refused. */
static bool has_token(struct session *s)
{
    int64_t now = s->engine->hooks.now_ms(s->engine->hooks.ctx);
    size_t most = LIMIT_NOW(REQUESTS);

    if (s->user.id == 0)
        return true;
    if (now > s->filled_ms) {
        uint64_t passed = (uint64_t)(now - s->filled_ms);
        uint64_t more = passed > 1000 ? most : passed * most / 1000;

        if (more > 0)
            s->filled_ms = now;
        s->tokens = s->tokens + more < most ? s->tokens + more : most;
    }
    limit_met(LIMIT_ROW_REQUESTS, most - s->tokens + 1, most);
    s->throttled = s->tokens == 0;
    return !s->throttled;
}

static void add_grease(struct session *s)
{
    struct engine *engine = s->engine;

    if (engine->grease && s->user.id && s->tasks_n == 0 && !s->over)
        grease_between(&s->out, &engine->grease, feed_seq(s),
            engine->hooks.now_ms(engine->hooks.ctx));
}

void session_pump(struct session *s)
{
    struct unit unit;

    if (s->pumping)
        return;
    s->pumping = true;
    while (!s->over && !s->waits && !s->frozen && !s->out_full &&
           !(s->has_held && s->tasks_n) && has_token(s) &&
           next_unit(s, &unit)) {
        bool taken = take_unit(s, &unit);

        s->tokens -= taken && s->tokens > 0;
        add_grease(s);

        mark_output(s);
        if (!taken)
            break;
    }
    s->pumping = false;
    if (s->eof && !s->over && s->tasks_n == 0 && !s->has_held && !s->out_full &&
        !s->throttled)
        session_end(s, "eof");
    else
        session_changed(s);
}

void session_feed(struct session *s, const char *bytes, size_t len)
{
    if (s->over)
        return;
    s->counts->number[STAT_INPUT] += len;
    lines_feed(&s->lines, bytes, len);
    session_pump(s);
}

void session_eof(struct session *s)
{
    s->eof = true;
    session_pump(s);
}

const char *session_output(const struct session *s, size_t *len)
{
    *len = waiting_out(s);
    return text_peek(&s->out) + s->out_done;
}

void session_sent(struct session *s, size_t len)
{
    bool was_full = s->out_full;

    INSIST(len <= waiting_out(s));
    s->out_done += len;
    s->counts->number[STAT_OUTPUT] += len;
    if (s->out_done == s->out.len) {
        text_fini(&s->out);
        s->out_done = 0;
    } else if (s->out_done > LIMIT_NOW(OUTPUT_HIGH)) {
        text_cut(&s->out, s->out_done);
        s->out_done = 0;
    }
    mark_output(s);
    if (was_full && !s->out_full && !s->over) {
        feed_follow(s);
        session_pump(s);
    }
}

bool session_wants_input(const struct session *s)
{
    if (s->over || s->eof || s->out_full)
        return false;
    bool blocked = s->waits || s->has_held || s->throttled;

    return !blocked || limit_allows(LIMIT_ROW_INPUT, lines_waiting(&s->lines));
}

bool session_is_over(const struct session *s)
{
    return s->over && last_due(s) == NULL;
}

bool session_is_open(const struct session *s)
{
    return s->user.id != 0;
}

void session_recheck(struct session *s)
{
    struct text names = {0};

    if (s->by_certificate && !s->over &&
        !s->hooks.identify(s->hooks.ctx, &names))
        session_end(s, "revoked");
    text_fini(&names);
}

void session_free(struct session **session)
{
    struct session *s = *session;

    if (s == NULL)
        return;
    log_event(LOG_LEFT, "session=%llu requests=%llu seconds=%lld",
        (unsigned long long)s->number, (unsigned long long)s->orders,
        (long long)(s->engine->hooks.now_ms(s->engine->hooks.ctx) -
                    s->since_ms) /
            1000);
    task_forget(s);
    if (s->next)
        s->next->prev = s->prev;
    if (s->prev)
        s->prev->next = s->next;
    else
        s->engine->sessions = s->next;
    s->engine->sessions_n--;
    batch_free(s);
    lines_fini(&s->lines);
    text_fini(&s->out);
    user_fini(&s->user);
    if (s->has_held)
        unit_fini(&s->held);
    seen_fini(&s->seen);
    free(s->watches);
    free(s->address);
    free(s);
    *session = NULL;
}
