/* SPDX-License-Identifier: Apache-2.0
 *
 * do_attention.c - attention: who and what asks for it first, in one tender or
 * in all that are open and seen.  Each score is a weight times days, so that
 * whoever has the row can follow it by hand.
 */
#include "protocol/base_mem.h"
#include "server/people/asks.h"
#include "server/people/person.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>

struct queue {
    struct task *t;
    uint64_t limit;
    struct asks a;
};

static void clean_queue(struct task *t)
{
    struct queue *q = t->state;

    asks_fini(&q->a);
    free(q);
}

/* Reading. */

static bool is_open(const struct object *tender)
{
    static const char *const open[] = {
        "watch", "qualify", "prepare", "submitted", "negotiation", "defended"};
    const struct datum *state = VALUE(tender, TENDER, STATE);

    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (maker_is_word(state, open[i]))
            return true;
    return !state->set;
}

static enum err read_tender(
    struct queue *q, struct store *store, uint64_t tender)
{
    struct record *record = NULL;
    enum err err = store_record(store, &q->t->viewer, tender, 0, &record);

    if (err == ERR_OK)
        asks_tender(&q->a, record);
    record_free(&record);
    return err == ERR_NONE ? ERR_OK : err;
}

static enum err read_tenders(
    struct queue *q, struct store *store, const char *word)
{
    struct objects tenders = {0};
    uint64_t id = 0;
    enum err err;

    if (word) {
        err = page_find_tender(store, q->t, q->t->scope, word, &id);
        return err == ERR_OK ? read_tender(q, store, id) : err;
    }
    err = page_read_all(store, q->t, KIND_TENDER, 0, &tenders);
    for (size_t i = 0; i < tenders.n && err == ERR_OK; i++)
        if (is_open(tenders.list[i]))
            err = read_tender(q, store, tenders.list[i]->id);
    objects_fini(&tenders);
    return err;
}

/* Rows. */

static void row_item(struct queue *q, struct reply *r, size_t rank)
{
    const struct asks_item *item = &q->a.list[rank];

    reply_data(r, "queue", NULL);
    reply_int(r, "rank", (int64_t)rank + 1);
    reply_word(r, "what", asks_word(item->what));
    if (item->party)
        reply_word(r, "party", item->party);
    if (item->role)
        reply_word(r, "role", item->role);
    reply_word(r, "tender", item->tender);
    reply_int(r, "weight", item->weight);
    if (item->since != DAY_NONE) {
        struct text day = {0};

        day_print(&day, item->since);
        reply_word(r, "since", day.bytes);
        text_fini(&day);
    }
    reply_int(r, "days", item->days);
    reply_int(r, "score", item->score);
    reply_word(r, "line", item->line);
    reply_word(r, "why", asks_why(item->what, q->t->language));
    reply_end(r);
}

static enum err run_attention(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct queue *q = t->state;
    struct objects touches = {0};
    struct reply r = task_reply(t);
    enum err err = person_today(t, &q->a.today);

    if (err == ERR_OK)
        err = store_head(store, t->viewer.team, &t->head);
    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_TOUCH, 0, &touches);
    for (size_t i = 0; i < touches.n; i++)
        asks_met(&q->a, touches.list[i]);
    objects_fini(&touches);
    if (err == ERR_OK)
        err = read_tenders(
            q, store, t->request.args_n ? t->request.args[0] : NULL);
    if (err != ERR_OK)
        return err;
    asks_sort(&q->a);
    for (size_t i = 0; i < q->a.n && i < q->limit; i++)
        row_item(q, &r, i);
    t->rows = r.rows;
    return ERR_OK;
}

static void finish_attention(struct session *s, struct task *t)
{
    const struct queue *q = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_int(&r, "asks", (int64_t)q->a.n);
    reply_end(&r);
}

void do_attention(struct session *s, struct request *q)
{
    struct queue *queue = mem_new(sizeof *queue);
    struct fault fault = {0};
    enum err err = asks_never(q, &queue->a.never, &fault);

    if (err == ERR_OK)
        err = request_int(q, "limit", UINT64_MAX, &queue->limit, &fault);
    struct task *t = task_new(s, q);
    t->state = queue;
    t->clean = clean_queue;
    queue->t = t;
    if (err == ERR_OK) {
        task_start(t, db_read, run_attention, finish_attention);
        return;
    }
    session_fail(s, &t->request, &fault);
    fault_fini(&fault);
    task_drop(t);
}
