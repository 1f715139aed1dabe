/* SPDX-License-Identifier: Apache-2.0
 *
 * do_similar.c - similar: past tenders, the most similar first.
 */
#include "protocol/base_mem.h"
#include "server/figure/tender_maker.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"
#include "value/people/likeness.h"

#include <stdlib.h>
#include <string.h>

#define SIMILAR_SHOWN 10

enum side { SIDE_SORT, SIDE_BUYER, SIDE_CPV, SIDE_VALUE, SIDE_CRITERIA, SIDES };

/* Weights by price, cost and quality. */
#define SORTS 3

struct likeness {
    struct object *tender; /* borrowed */
    int64_t sides[SIDES], distance;
    size_t known;
};

struct comparing {
    struct objects tenders;
    struct likeness *list;
    size_t n;
    uint64_t limit;
};

static void clean_comparing(struct task *t)
{
    struct comparing *c = t->state;

    objects_fini(&c->tenders);
    free(c->list);
    free(c);
}

/* Sides. */

/* "open,services"; NULL where neither is recorded. */
static char *sort_of(const struct object *tender)
{
    const struct datum *procedure = VALUE(tender, TENDER, PROCEDURE);
    const struct datum *nature = VALUE(tender, TENDER, NATURE);
    struct text words = {0};

    if (procedure->set)
        text_puts(&words, procedure->text);
    if (nature->set)
        text_printf(&words, "%s%s", words.len ? "," : "", nature->text);
    return words.len ? text_take(&words) : NULL;
}

static int64_t words_apart(char *a, char *b)
{
    int64_t apart = a && b ? likeness_words(a, b) : MODEL_ABSENT;

    free(a);
    free(b);
    return apart;
}

/* ",3,7," as "3,7". */
static char *buyers_of(const struct object *tender)
{
    const struct datum *buyer = VALUE(tender, TENDER, BUYER);

    if (!buyer->set || strlen(buyer->text) < 3)
        return NULL;
    return mem_copy(buyer->text + 1, strlen(buyer->text) - 2);
}

static int64_t value_of(const struct object *tender)
{
    const struct datum *value = VALUE(tender, TENDER, ESTIMATED_VALUE);
    const struct datum *unit = VALUE(tender, TENDER, MONEY_UNIT);

    if (!value->set)
        return MODEL_ABSENT;
    int64_t of = unit->set ? strtoll(unit->text, NULL, 10) : 1;
    return value->number > INT64_MAX / of ? INT64_MAX : value->number * of;
}

static bool same_currency(const struct object *a, const struct object *b)
{
    const struct datum *one = VALUE(a, TENDER, CURRENCY);
    const struct datum *other = VALUE(b, TENDER, CURRENCY);

    return one->set && other->set && strcmp(one->text, other->text) == 0;
}

static enum err read_weights(struct store *store, const struct viewer *viewer,
    uint64_t tender, int64_t *weights, bool *any)
{
    static const char *const sorts[SORTS] = {"price", "cost", "quality"};
    struct record *record = NULL;
    enum err err = store_record(store, viewer, tender, 0, &record);

    *any = false;
    memset(weights, 0, SORTS * sizeof *weights);
    for (size_t i = 0; err == ERR_OK && i < record->n[KIND_CRITERION]; i++) {
        const struct object *o = record->list[KIND_CRITERION][i];
        const struct datum *weight = VALUE(o, CRITERION, WEIGHT);

        /* Parts count in the whole that they are parts of. */
        if (!weight->set || VALUE(o, CRITERION, PARENT)->set ||
            weight->estimate.likely <= 0)
            continue;
        for (size_t k = 0; k < SORTS; k++)
            if (maker_is_word(VALUE(o, CRITERION, SORT), sorts[k]))
                weights[k] += weight->estimate.likely;
        *any = true;
    }
    record_free(&record);
    return err == ERR_NONE ? ERR_OK : err;
}

static enum err compare(struct store *store, struct task *t,
    const struct object *tender, const int64_t *weights, bool weighed,
    struct likeness *l)
{
    const struct datum *cpv = VALUE(tender, TENDER, CPV);
    const struct datum *other = VALUE(l->tender, TENDER, CPV);
    int64_t value = value_of(tender), others = value_of(l->tender);
    int64_t theirs[SORTS];
    bool any;

    l->sides[SIDE_SORT] = words_apart(sort_of(tender), sort_of(l->tender));
    l->sides[SIDE_BUYER] = words_apart(buyers_of(tender), buyers_of(l->tender));
    l->sides[SIDE_CPV] = cpv->set && other->set
                             ? likeness_code(cpv->text, other->text)
                             : MODEL_ABSENT;
    l->sides[SIDE_VALUE] = value != MODEL_ABSENT && others != MODEL_ABSENT &&
                                   same_currency(tender, l->tender)
                               ? likeness_number(value, others)
                               : MODEL_ABSENT;
    enum err err = read_weights(store, &t->viewer, l->tender->id, theirs, &any);
    l->sides[SIDE_CRITERIA] = weighed && any
                                  ? likeness_weights(weights, theirs, SORTS)
                                  : MODEL_ABSENT;
    l->distance = likeness_mean(l->sides, SIDES, &l->known);
    return err;
}

static bool is_past(const struct object *tender)
{
    static const char *const past[] = {
        "awarded", "won", "lost", "void", "dropped", "delivered"};

    for (size_t i = 0; i < sizeof past / sizeof *past; i++)
        if (maker_is_word(VALUE(tender, TENDER, STATE), past[i]))
            return true;
    return false;
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
    static const char *const words[SIDES] = {"sort-distance", "buyer-distance",
        "cpv-distance", "value-distance", "criteria-distance"};
    struct text name = {0};

    object_name(&name, l->tender);
    reply_data(r, "similar", NULL);
    reply_word(r, "tender", name.bytes);
    reply_micro(r, "distance", l->distance);
    reply_int(r, "known", (int64_t)l->known);
    reply_word(r, "state", VALUE(l->tender, TENDER, STATE)->text);
    for (int i = 0; i < SIDES; i++)
        if (l->sides[i] != MODEL_ABSENT)
            reply_micro(r, words[i], l->sides[i]);
    reply_end(r);
    text_fini(&name);
}

static enum err compare_all(struct store *store, struct task *t, uint64_t id)
{
    struct comparing *c = t->state;
    const struct object *tender = NULL;
    int64_t weights[SORTS];
    bool weighed;
    enum err err = page_read_all(store, t, KIND_TENDER, 0, &c->tenders);

    if (err == ERR_OK)
        err = read_weights(store, &t->viewer, id, weights, &weighed);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < c->tenders.n; i++)
        if (c->tenders.list[i]->id == id)
            tender = c->tenders.list[i];
    c->list = mem_new((c->tenders.n + 1) * sizeof *c->list);
    for (size_t i = 0; tender && i < c->tenders.n && err == ERR_OK; i++) {
        struct likeness *l = &c->list[c->n];

        l->tender = c->tenders.list[i];
        if (l->tender == tender || !is_past(l->tender))
            continue;
        err = compare(store, t, tender, weights, weighed, l);
        c->n += l->distance != MODEL_ABSENT;
    }
    if (c->n > 1)
        qsort(c->list, c->n, sizeof *c->list, compare_likeness);
    return err;
}

static enum err run_similar(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct comparing *c = t->state;
    const char *word = t->request.args[0];
    struct reply r = task_reply(t);
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = store_find(store, &t->viewer, t->scope, word, &kind, &id);
    if (err == ERR_OK && kind != KIND_TENDER)
        err = ERR_NONE;
    if (err == ERR_NONE)
        fault_set(&t->fault, err, "tender", word, "the id or code of a tender");
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
