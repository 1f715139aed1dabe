/* SPDX-License-Identifier: Apache-2.0
 *
 * do_similar.c - similar: past tenders, the most similar first.
 */
#include "protocol/base_mem.h"
#include "server/figure/figures.h"
#include "server/people/similar.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

#define SIMILAR_SHOWN 10

struct likeness {
    const struct object *tender; /* borrowed */
    int64_t sides[SIMILAR_SIDES], distance;
    size_t known;
};

struct comparing {
    struct objects tenders;
    struct similar_weights *weights; /* of each tender */
    struct likeness *list;
    size_t n;
    uint64_t limit;
};

static void clean_comparing(struct task *t)
{
    struct comparing *c = t->state;

    objects_fini(&c->tenders);
    free(c->weights);
    free(c->list);
    free(c);
}

/* Of all tenders in one reading; their records hold much more. */
static enum err read_weights(
    struct store *store, struct task *t, struct comparing *c)
{
    struct objects criteria = {0};
    enum err err = page_read_all(store, t, KIND_CRITERION, 0, &criteria);

    c->weights = mem_new((c->tenders.n + 1) * sizeof *c->weights);
    for (size_t i = 0; i < criteria.n; i++) {
        const struct datum of = {
            .set = true, .number = (int64_t)criteria.list[i]->tender};
        size_t at = maker_index(
            (const struct object *const *)c->tenders.list, c->tenders.n, &of);

        if (at != MODEL_NOWHERE)
            similar_weigh(&c->weights[at], criteria.list[i]);
    }
    objects_fini(&criteria);
    return err;
}

static void compare(struct comparing *c, size_t one, size_t at)
{
    struct likeness *l = &c->list[c->n];

    l->tender = c->tenders.list[at];
    l->distance = similar_distance(c->tenders.list[one], l->tender,
        &c->weights[one], &c->weights[at], l->sides, &l->known);
    c->n += l->distance != MODEL_ABSENT;
}

/* Nearest first; of those as near the one that more is known of. */
static int compare_likeness(const void *a, const void *b)
{
    const struct likeness *x = a, *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->known != y->known)
        return x->known > y->known ? -1 : 1;
    return (x->tender->id > y->tender->id) - (x->tender->id < y->tender->id);
}

static void row_likeness(struct reply *r, const struct likeness *l)
{
    reply_data(r, "similar", NULL);
    figures_name(r, "tender", l->tender);
    reply_micro(r, "distance", l->distance);
    reply_int(r, "known", (int64_t)l->known);
    reply_word(r, "state", VALUE(l->tender, TENDER, STATE)->text);
    for (int i = 0; i < SIMILAR_SIDES; i++)
        if (l->sides[i] != MODEL_ABSENT)
            reply_micro(r, similar_word((enum similar_side)i), l->sides[i]);
    reply_end(r);
}

static enum err compare_all(struct store *store, struct task *t, uint64_t id)
{
    struct comparing *c = t->state;
    size_t one = MODEL_NOWHERE;
    enum err err = page_read_all(store, t, KIND_TENDER, 0, &c->tenders);

    if (err == ERR_OK)
        err = read_weights(store, t, c);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < c->tenders.n; i++)
        if (c->tenders.list[i]->id == id)
            one = i;
    c->list = mem_new((c->tenders.n + 1) * sizeof *c->list);
    for (size_t i = 0; one != MODEL_NOWHERE && i < c->tenders.n; i++)
        if (i != one && similar_is_past(c->tenders.list[i]))
            compare(c, one, i);
    if (c->n > 1)
        qsort(c->list, c->n, sizeof *c->list, compare_likeness);
    return ERR_OK;
}

static enum err run_similar(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct comparing *c = t->state;
    const char *word = t->request.args[0];
    struct reply r = task_reply(t);
    uint64_t id = 0;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_find_tender(store, t, t->scope, word, &id);
    if (err == ERR_OK)
        err = compare_all(store, t, id);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < c->n && i < c->limit; i++)
        row_likeness(&r, &c->list[i]);
    t->rows = r.rows;
    return ERR_OK;
}

static void finish_similar(struct session *s, struct task *t)
{
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_end(&r);
}

void do_similar(struct session *s, struct request *q)
{
    struct comparing *c = mem_new(sizeof *c);
    struct fault fault = {0};
    enum err err = request_int(q, "limit", SIMILAR_SHOWN, &c->limit, &fault);
    struct task *t = task_new(s, q);

    t->state = c;
    t->clean = clean_comparing;
    if (err == ERR_OK) {
        task_start(t, db_read, run_similar, finish_similar);
        return;
    }
    session_fail(s, &t->request, &fault);
    fault_fini(&fault);
    task_drop(t);
}
