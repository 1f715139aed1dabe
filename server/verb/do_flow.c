/* SPDX-License-Identifier: Apache-2.0
 *
 * do_flow.c - verbs that the session answers by itself: ping, quit, use,
 * on-error, unwatch.
 */
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdio.h>
#include <string.h>

static void answer_ok(struct session *s, const struct request *q)
{
    struct reply r = session_reply(s);

    reply_ok(&r, q->tag);
    reply_end(&r);
}

void do_ping(struct session *s, struct request *q)
{
    answer_ok(s, q);
}

void do_quit(struct session *s, struct request *q)
{
    answer_ok(s, q);
    session_end(s, "quit");
}

void do_on_error(struct session *s, struct request *q)
{
    bool stop = strcmp(q->args[0], "stop") == 0;

    if (!stop && strcmp(q->args[0], "go") != 0) {
        session_refuse(s, q, ERR_ARG, "what", q->args[0], "stop or go");
        return;
    }
    s->stop_on_error = stop;
    s->stopped = false;
    answer_ok(s, q);
}

void do_unwatch(struct session *s, struct request *q)
{
    for (size_t i = 0; i < s->watches_n; i++) {
        char number[16];

        (void)snprintf(number, sizeof number, "%u", s->watches[i].number);
        if (strcmp(number, q->args[0]) != 0)
            continue;
        memmove(&s->watches[i], &s->watches[i + 1],
            (s->watches_n - i - 1) * sizeof *s->watches);
        s->watches_n--;
        answer_ok(s, q);
        return;
    }
    session_refuse(s, q, ERR_NONE, "watch", q->args[0], NULL);
}

static const char *const details[] = {
    [EVENTS_FULL] = "full", [EVENTS_SHORT] = "short", [EVENTS_OFF] = "off"};

/* One more than there are for a word that is none. */
static enum event_detail find_detail(const char *word)
{
    int i = EVENTS_FULL;

    while (i <= EVENTS_OFF && strcmp(details[i], word) != 0)
        i++;
    return (enum event_detail)i;
}

/* The settings that need no look at the record. */
static enum err use_plain(
    struct session *s, const struct request *q, struct fault *fault)
{
    const char *format = request_key(q, "format");
    const char *lang = request_key(q, "lang");
    const char *proto = request_key(q, "proto");
    const char *events = request_key(q, "events");

    if (proto && strcmp(proto, "1") != 0)
        return fault_set(fault, ERR_UNSUPPORTED, "proto", proto, "1");
    if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
        return fault_set(fault, ERR_ARG, "format", format, "text or json");
    if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "fr") != 0)
        return fault_set(fault, ERR_ARG, "lang", lang, "en or fr");
    if (events && find_detail(events) > EVENTS_OFF)
        return fault_set(
            fault, ERR_ARG, "events", events, "full, short or off");
    if (events)
        s->detail = find_detail(events);
    if (format)
        s->json = strcmp(format, "json") == 0;
    if (lang)
        s->language =
            strcmp(lang, "fr") == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    return ERR_OK;
}

static void answer_use(struct session *s, const struct request *q)
{
    struct reply r = session_reply(s);

    reply_ok(&r, q->tag);
    if (request_key(q, "format"))
        reply_word(&r, "format", s->json ? "json" : "text");
    if (request_key(q, "lang"))
        reply_word(&r, "lang", s->language == LANGUAGE_FRENCH ? "fr" : "en");
    if (request_key(q, "events"))
        reply_word(&r, "events", details[s->detail]);
    if (s->scope && request_key(q, "tender"))
        id_reply(&r, "tender", KIND_TENDER, s->scope);
    reply_end(&r);
    /* What was held back follows now. */
    feed_follow(s);
}

static enum err run_find_tender(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;

    return page_find_tender(
        store, t, 0, request_key(&t->request, "tender"), &t->scope);
}

static void finish_use(struct session *s, struct task *t)
{
    if (!task_answer(s, t))
        return;
    s->scope = t->scope;
    answer_use(s, &t->request);
}

void do_use(struct session *s, struct request *q)
{
    const char *tender = request_key(q, "tender");
    struct fault fault = {0};

    if (tender && s->user.id == 0)
        fault_set(&fault, ERR_AUTH, "tender", NULL, NULL);
    else if (use_plain(s, q, &fault) == ERR_OK && tender && *tender) {
        task_start(task_new(s, q), db_read, run_find_tender, finish_use);
        return;
    }
    if (fault.err != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    if (tender)
        s->scope = 0;
    answer_use(s, q);
}
