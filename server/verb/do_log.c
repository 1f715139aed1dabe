/* SPDX-License-Identifier: Apache-2.0
 *
 * do_log.c - log: the changes of an object, a tender or the team, newest
 * first.
 */
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

struct logging {
    struct log_query query;
    char *next;
};

static void clean_logging(struct task *t)
{
    struct logging *g = t->state;

    free(g->next);
    free(g);
}

/* A number of a change, a day, or a time; a day until which is the whole of
 * it. */
static enum err read_moment(const struct request *q, const char *key,
    bool is_end, uint64_t *seq, int64_t *ms, struct fault *fault)
{
    const char *word = request_key(q, key);
    size_t digits = word ? strspn(word, "0123456789") : 0;

    if (word == NULL)
        return ERR_OK;
    if (digits > 0 && word[digits] == '\0')
        return request_int(q, key, 0, seq, fault);
    if (date_is_valid(word)) {
        struct text whole = {0};

        text_printf(&whole, "%sT00:00:00Z", word);
        INSIST(time_read(whole.bytes, ms) == ERR_OK);
        text_fini(&whole);
        *ms += is_end ? DAY_MS - 1 : 0;
        return ERR_OK;
    }
    if (time_read(word, ms) == ERR_OK)
        return ERR_OK;
    return fault_set(fault, ERR_ARG, key, word,
        "a number of a change, a day, or a time such as "
        "2027-03-12T12:00:00Z");
}

static enum err read_query(
    const struct request *q, struct log_query *query, struct fault *fault)
{
    enum err err = request_int(q, "after", 0, &query->before, fault);

    query->kind = KIND_NONE;
    if (err == ERR_OK)
        err = page_limit(q, &query->limit, fault);
    if (err == ERR_OK)
        err = page_kinds(q, query->kinds, &query->of_kinds, fault);
    if (err == ERR_OK)
        err =
            read_moment(q, "since", false, &query->since, &query->from, fault);
    if (err == ERR_OK)
        err = read_moment(q, "until", true, &query->until, &query->to, fault);
    return err;
}

static void log_event(struct task *t, const struct event *e)
{
    struct reply r = task_reply(t);
    struct text word = {0};

    reply_data(&r, "change", NULL);
    reply_int(&r, "seq", (int64_t)e->seq);
    if (e->kind != KIND_NONE)
        id_reply(&r, "id", e->kind, e->id);
    reply_word(&r, "did", e->name);
    reply_word(&r, "author", e->author);
    time_print(&word, e->time, true);
    reply_word(&r, "time", word.bytes);
    text_fini(&word);
    event_words(&r, "", e->after, e->kind);
    event_words(&r, "was.", e->before, e->kind);
    reply_end(&r);
    t->rows++;
}

static enum err find_object(
    struct store *store, struct task *t, struct log_query *query)
{
    const char *word = t->request.args_n ? t->request.args[0] : NULL;

    if (word == NULL || id_read(word, &query->kind, &query->id) == ERR_OK)
        return ERR_OK;
    enum err err =
        store_find(store, &t->viewer, t->scope, word, &query->kind, &query->id);
    return err == ERR_OK ? err : fault_set(&t->fault, err, "id", word, NULL);
}

static enum err run_log(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct logging *g = t->state;
    struct log_query *query = &g->query;
    struct events got = {0};
    uint64_t next = 0;
    enum err err = store_head(store, t->viewer.team, &t->head);

    query->author = request_key(&t->request, "author");
    if (err == ERR_OK)
        err = page_tender(store, t, &query->tender);
    if (err == ERR_OK)
        err = find_object(store, t, query);
    if (err != ERR_OK)
        return err;
    err = store_log(store, &t->viewer, query, &got, &next);
    if (err == ERR_NONE)
        return fault_set(&t->fault, err, "id", t->request.args[0], NULL);
    for (size_t i = 0; err == ERR_OK && i < got.n; i++)
        log_event(t, got.list[i]);
    if (err == ERR_OK && next) {
        struct text word = {0};

        text_printf(&word, "%llu", (unsigned long long)next);
        g->next = text_take(&word);
    }
    events_fini(&got);
    return err;
}

static void finish_log(struct session *s, struct task *t)
{
    struct logging *g = t->state;

    page_final(s, t, t->head, g->next);
}

void do_log(struct session *s, struct request *q)
{
    struct logging *g = mem_new(sizeof *g);
    struct fault fault = {0};

    if (read_query(q, &g->query, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        free(g);
        return;
    }
    struct task *t = task_new(s, q);
    t->state = g;
    t->clean = clean_logging;
    task_start(t, db_read, run_log, finish_log);
}
