/* SPDX-License-Identifier: Apache-2.0
 *
 * do_view.c - view: the whole picture of one party, over all tenders that the
 * user may see.
 */
#include "protocol/base_mem.h"
#include "server/people/view.h"
#include "server/verb/handlers.h"

#include <stdlib.h>

struct viewing {
    size_t shown, tenders; /* for which the status as a client is shown */
};

static void clean_viewing(struct task *t)
{
    free(t->state);
}

static void row_party(struct person *p)
{
    static const size_t nothing[] = {FIELD_COUNT};

    person_begin_row(p, person_party(p), nothing);
    reply_end(&p->r);
}

static enum err run_view(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct viewing *v = t->state;
    struct person p;
    enum err err = person_open(&p, store, t, "party", t->request.args[0]);

    if (err == ERR_OK) {
        row_party(&p);
        err = view_status(&p, &v->shown, &v->tenders);
    }
    if (err == ERR_OK) {
        view_records(&p);
        view_experience(&p);
        view_purchases(&p);
        view_lacks(&p);
    }
    person_close(&p);
    return err;
}

static void finish_view(struct session *s, struct task *t)
{
    const struct viewing *v = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_int(&r, "tenders", (int64_t)v->tenders);
    if (v->shown < v->tenders)
        reply_int(&r, "shown", (int64_t)v->shown);
    reply_end(&r);
}

void do_view(struct session *s, struct request *q)
{
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct viewing));
    t->clean = clean_viewing;
    task_start(t, db_read, run_view, finish_view);
}
