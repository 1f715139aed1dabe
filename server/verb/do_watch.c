/* SPDX-License-Identifier: Apache-2.0
 *
 * do_watch.c - watch: be told of changes, from now on or since a seq.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct watching {
    struct watch watch;
    uint64_t since; /* UINT64_MAX: from now on */
    uint64_t oldest;
};

static void clean_watching(struct task *t)
{
    free(t->state);
}

static enum err find_target(
    struct store *store, struct task *t, struct watch *watch)
{
    const char *word = t->request.args[0];

    if (strcmp(word, "*") == 0) {
        watch->all = true;
        return ERR_OK;
    }
    watch->kind = kind_find(word);
    if (watch->kind != KIND_NONE)
        return ERR_OK;
    enum err err =
        store_find(store, &t->viewer, t->scope, word, &watch->kind, &watch->id);
    if (err != ERR_OK)
        return fault_set(
            &t->fault, err, "target", word, "an id, a code, a kind, or *");
    return ERR_OK;
}

static enum err check_since(struct store *store, struct task *t)
{
    struct watching *w = t->state;
    struct events got = {0};
    struct text since = {0};
    struct text allowed = {0};
    enum err err =
        store_events(store, t->viewer.team, w->since, 1, &got, &w->oldest);

    events_fini(&got);
    if (err != ERR_GONE)
        return err;
    text_printf(&since, "%llu", (unsigned long long)w->since);
    text_printf(&allowed, "%llu..%llu", (unsigned long long)w->oldest - 1,
        (unsigned long long)t->head);
    fault_set(&t->fault, ERR_GONE, "since", since.bytes, allowed.bytes);
    t->fault.oldest = w->oldest;
    t->fault.note = mem_text("list again, then watch since= that \"at\"");
    text_fini(&since);
    text_fini(&allowed);
    return ERR_GONE;
}

static enum err run_watch(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct watching *w = t->state;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = find_target(store, t, &w->watch);
    if (err == ERR_OK && w->since != UINT64_MAX)
        err = check_since(store, t);
    return err;
}

static void finish_watch(struct session *s, struct task *t)
{
    struct watching *w = t->state;

    if (!task_answer(s, t))
        return;
    /* Another watch may have been told more since the head was read: a watch
     * from now on begins after that, or events would come late and twice. */
    if (s->watches_n > 0 && s->cursor > t->head)
        t->head = s->cursor;
    w->watch.cursor = w->since == UINT64_MAX ? t->head : w->since;
    w->watch.number = ++s->watch_numbers;
    if (s->watches_n == 0 || w->watch.cursor < s->cursor)
        s->cursor = w->watch.cursor;
    if (t->head > s->known_head)
        s->known_head = t->head;
    s->watches = mem_grow(
        s->watches, &s->watches_room, s->watches_n + 1, sizeof *s->watches);
    s->watches[s->watches_n++] = w->watch;
    s->tick_ms = t->now_ms;

    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    reply_int(&r, "watch", w->watch.number);
    reply_int(&r, "at", (int64_t)t->head);
    reply_end(&r);
    feed_follow(s);
}

static enum err check_epoch(
    struct session *s, const struct request *q, struct fault *fault)
{
    uint64_t epoch;
    uint64_t now = db_epoch(s->engine->db);
    struct text allowed = {0};
    enum err err = request_int(q, "epoch", 1, &epoch, fault);

    if (err != ERR_OK || epoch == now || !request_key(q, "since"))
        return err;
    text_printf(&allowed, "%llu", (unsigned long long)now);
    fault_set(fault, ERR_GONE, "epoch", request_key(q, "epoch"), allowed.bytes);
    text_fini(&allowed);
    return ERR_GONE;
}

void do_watch(struct session *s, struct request *q)
{
    struct watching *w = mem_new(sizeof *w);
    struct fault fault = {0};
    enum err err = request_int(q, "since", UINT64_MAX, &w->since, &fault);

    if (err == ERR_OK)
        err = check_epoch(s, q, &fault);
    if (err == ERR_OK && !limit_allows(LIMIT_ROW_WATCHES, s->watches_n + 1))
        err = fault_limit(&fault, "watches", LIMIT_ROW_WATCHES);
    if (err != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        free(w);
        return;
    }
    struct task *t = task_new(s, q);
    t->state = w;
    t->clean = clean_watching;
    task_start(t, db_read, run_watch, finish_watch);
}
