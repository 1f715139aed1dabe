/* SPDX-License-Identifier: Apache-2.0
 *
 * do_diff.c - diff: what became of an object, or of all in a tender, between
 * two changes.
 *
 * A field that is another one is a row; so is an object that was added or
 * deleted.
 */
#include "db/diff.h"
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>

struct comparing {
    struct diff_query query;
    char *after, *next;
    uint64_t to; /* as typed, or the head */
};

static void clean_comparing(struct task *t)
{
    struct comparing *g = t->state;

    free(g->after);
    free(g->next);
    free(g);
}

static void begin_row(
    struct reply *r, const struct difference *d, const char *did)
{
    struct text id = {0};

    id_print(&id, d->kind, d->id);
    reply_data(r, "diff", id.bytes);
    text_fini(&id);
    reply_word(r, "did", did);
}

static void end_row(struct reply *r, const struct stroke *stroke)
{
    struct text time = {0};

    reply_int(r, "seq", (int64_t)stroke->seq);
    reply_word(r, "author", stroke->author);
    time_print(&time, stroke->time, true);
    reply_word(r, "time", time.bytes);
    text_fini(&time);
    reply_end(r);
}

static void add_value(
    struct reply *r, const char *key, size_t field, const struct datum *d)
{
    struct text word = {0};

    if (d->set)
        datum_print(&word, field, d);
    if (fields[field].type == TYPE_TEXT)
        reply_text(r, key, text_peek(&word));
    else
        reply_word(r, key, text_peek(&word));
    text_fini(&word);
}

static void show_fields(struct task *t, const struct difference *d)
{
    const struct kind_row *row = kind_row(d->kind);

    for (size_t i = 0; i < row->count; i++) {
        size_t field = row->first + i;
        struct reply r = task_reply(t);

        if (datum_equal(field, &d->was->values[i], &d->is->values[i]))
            continue;
        begin_row(&r, d, "set");
        reply_word(&r, "field", fields[field].word);
        add_value(&r, "was", field, &d->was->values[i]);
        add_value(&r, "is", field, &d->is->values[i]);
        end_row(&r, &d->strokes[i]);
        t->rows++;
    }
}

static void show_difference(struct task *t, const struct difference *d)
{
    const struct object *one = d->is ? d->is : d->was;
    struct reply r = task_reply(t);

    if (d->was && d->is) {
        show_fields(t, d);
        return;
    }
    begin_row(&r, d, d->is ? "add" : "del");
    if (object_code(one))
        reply_word(&r, "code", object_code(one));
    end_row(&r, &d->last);
    t->rows++;
}

static enum err find_object(
    struct store *store, struct task *t, struct diff_query *query)
{
    const char *word = t->request.args[0];

    /* What was deleted since has its id still. */
    if (id_read(word, &query->kind, &query->id) == ERR_OK)
        return ERR_OK;
    return store_find(
        store, &t->viewer, t->scope, word, &query->kind, &query->id);
}

static enum err check_span(struct task *t, struct comparing *g)
{
    struct text got = {0}, most = {0};
    struct diff_query *query = &g->query;

    query->to = g->to = g->to ? g->to : t->head;
    enum err err = page_at(t, "to", query->to);
    if (err != ERR_OK || query->from < query->to)
        return err;
    text_printf(&got, "%llu", (unsigned long long)query->from);
    text_printf(&most, "0..%llu", (unsigned long long)query->to - 1);
    err = fault_set(&t->fault, ERR_ARG, "from", got.bytes, most.bytes);
    text_fini(&got);
    text_fini(&most);
    return err;
}

static enum err run_diff(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct comparing *g = t->state;
    struct differences got = {0};
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = check_span(t, g);
    if (err != ERR_OK)
        return err;
    err = find_object(store, t, &g->query);
    if (err == ERR_OK)
        err = store_diff(store, &t->viewer, &g->query, &got, &t->fault);
    if (err == ERR_NONE)
        return fault_set(&t->fault, err, "id", t->request.args[0], NULL);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < got.n; i++)
        show_difference(t, &got.list[i]);
    g->next = mem_text(got.next);
    differences_fini(&got);
    return ERR_OK;
}

static void finish_diff(struct session *s, struct task *t)
{
    struct comparing *g = t->state;

    page_final(s, t, g->to, g->next);
}

static enum err read_query(
    const struct request *q, struct comparing *g, struct fault *fault)
{
    enum err err;

    if (request_key(q, "from") == NULL)
        return fault_set(
            fault, ERR_ARG, "from", "nothing", "the number of a change");
    err = request_int(q, "from", 0, &g->query.from, fault);
    if (err == ERR_OK)
        err = request_int(q, "to", 0, &g->to, fault);
    if (err == ERR_OK)
        err = page_limit(q, &g->query.limit, fault);
    return err;
}

void do_diff(struct session *s, struct request *q)
{
    struct comparing *g = mem_new(sizeof *g);
    struct fault fault = {0};

    if (read_query(q, g, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        free(g);
        return;
    }
    g->after = mem_text(request_key(q, "after"));
    g->query.after = g->after;
    struct task *t = task_new(s, q);
    t->state = g;
    t->clean = clean_comparing;
    task_start(t, db_read, run_diff, finish_diff);
}
