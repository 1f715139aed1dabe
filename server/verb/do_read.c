/* SPDX-License-Identifier: Apache-2.0
 *
 * do_read.c - show: objects by id or code, now or as they were.
 *
 * The thread that reads also writes the data lines; the loop adds the final
 * line.
 */
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>

struct showing {
    char **only; /* words of fields=, NULL-ended; NULL: all */
    uint64_t at;
};

static void clean_showing(struct task *t)
{
    struct showing *g = t->state;

    comma_free(g->only);
    free(g);
}

static enum err show_one(struct store *store, struct task *t, const char *word)
{
    struct showing *g = t->state;
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    struct object *object = NULL;
    enum err err = ERR_OK;

    /* What was deleted since has its id still. */
    if (g->at == 0 || id_read(word, &kind, &id) != ERR_OK)
        err = store_find(store, &t->viewer, t->scope, word, &kind, &id);
    if (err == ERR_OK)
        err = page_fields(g->only, kind, &t->fault);
    if (t->fault.err != ERR_OK)
        return t->fault.err;
    if (err == ERR_OK)
        err = store_get(store, &t->viewer, kind, id, g->at, &object);
    if (err != ERR_OK)
        return fault_set(&t->fault, err, "id", word, NULL);
    page_object(t, object, g->only);
    object_free(&object);
    return ERR_OK;
}

static enum err run_show(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct showing *g = t->state;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_at(t, "at", g->at);
    for (size_t i = 0; err == ERR_OK && i < t->request.args_n; i++)
        err = show_one(store, t, t->request.args[i]);
    return err;
}

static void finish_show(struct session *s, struct task *t)
{
    struct showing *g = t->state;

    page_final(s, t, g->at ? g->at : t->head, NULL);
}

void do_show(struct session *s, struct request *q)
{
    const char *only = request_key(q, "fields");
    struct fault fault = {0};
    uint64_t at = 0;

    if (!limit_allows(LIMIT_ROW_IDS, q->args_n)) {
        session_refuse_limit(s, q, "id", LIMIT_ROW_IDS);
        return;
    }
    if (request_int(q, "at", 0, &at, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    struct showing *g = mem_new(sizeof *g);
    *g = (struct showing){only && *only ? comma_split(only) : NULL, at};
    struct task *t = task_new(s, q);
    t->state = g;
    t->clean = clean_showing;
    task_start(t, db_read, run_show, finish_show);
}
