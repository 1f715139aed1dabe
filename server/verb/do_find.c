/* SPDX-License-Identifier: Apache-2.0
 *
 * do_find.c - find: objects by the words of their texts.
 *
 * What stands in quotes is looked for as it is; of what does not, the last
 * word may go on: "find night bu" finds the night bus.
 */
#include "db/search.h"
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>

struct looking {
    struct search search;
    char *next;
};

static void clean_looking(struct task *t)
{
    struct looking *l = t->state;

    search_fini(&l->search);
    free(l->next);
    free(l);
}

static bool is_last(const struct request *q, size_t at)
{
    while (++at < q->words.n)
        if (q->words.list[at].key == NULL)
            return false;
    return true;
}

static enum err read_words(
    const struct request *q, struct search *search, struct fault *fault)
{
    enum err err = ERR_OK;

    for (size_t i = q->keyed; err == ERR_OK && i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];

        if (w->key)
            continue;
        err = search_add(search, w->value, !w->quoted && is_last(q, i));
        if (err == ERR_ARG)
            err = fault_set(fault, ERR_ARG, "word", w->value,
                "a word of letters or digits");
        else if (err == ERR_LIMIT)
            err = fault_set(fault, ERR_LIMIT, "word", "more", "16");
    }
    return err;
}

static enum err read_search(
    const struct request *q, struct search *search, struct fault *fault)
{
    enum err err = read_words(q, search, fault);
    bool any;

    if (err == ERR_OK)
        err = page_kinds(q, search->kinds, &any, fault);
    if (err == ERR_OK)
        err = page_limit(q, &search->limit, fault);
    search->after = mem_text(request_key(q, "after"));
    return err;
}

static void show_hit(struct task *t, const struct hit *hit)
{
    const struct object *o = hit->object;
    struct reply r = task_reply(t);
    struct text id = {0};

    id_print(&id, o->kind, o->id);
    reply_data(&r, kind_row(o->kind)->word, id.bytes);
    text_fini(&id);
    if (o->tender && o->kind != KIND_TENDER)
        id_reply(&r, "tender", KIND_TENDER, o->tender);
    if (object_code(o))
        reply_word(&r, "code", object_code(o));
    reply_word(&r, "field", fields[hit->field].word);
    reply_word(&r, "snippet", hit->snippet);
    reply_end(&r);
    t->rows++;
}

static enum err run_find(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct looking *l = t->state;
    struct hits got = {0};
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_tender(store, t, &l->search.tender);
    if (err == ERR_OK)
        err = store_search(store, &t->viewer, &l->search, &got, &t->fault);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < got.n; i++)
        show_hit(t, &got.list[i]);
    l->next = mem_text(got.next);
    hits_fini(&got);
    return ERR_OK;
}

static void finish_find(struct session *s, struct task *t)
{
    struct looking *l = t->state;

    page_final(s, t, t->head, l->next);
}

void do_find(struct session *s, struct request *q)
{
    struct looking *l = mem_new(sizeof *l);
    struct fault fault = {0};

    if (read_search(q, &l->search, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        search_fini(&l->search);
        free(l);
        return;
    }
    struct task *t = task_new(s, q);
    t->state = l;
    t->clean = clean_looking;
    task_start(t, db_read, run_find, finish_find);
}
