/* SPDX-License-Identifier: Apache-2.0
 *
 * do_similar.c - similar: past tenders, the most similar first.
 */
#include "protocol/base_mem.h"
#include "server/figure/figures.h"
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

struct weights {
    int64_t by_sort[SORTS];
    bool any;
};

struct likeness {
    const struct object *tender; /* borrowed */
    int64_t sides[SIDES], distance;
    size_t known;
};

struct comparing {
    struct objects tenders;
    struct weights *weights; /* of each tender */
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

static void add_weight(struct weights *to, const struct object *criterion)
{
    static const char *const sorts[SORTS] = {"price", "cost", "quality"};
    const struct datum *weight = VALUE(criterion, CRITERION, WEIGHT);

    /* Parts count in the whole that they are parts of. */
    if (!weight->set || VALUE(criterion, CRITERION, PARENT)->set ||
        weight->estimate.likely <= 0)
        return;
    for (size_t k = 0; k < SORTS; k++)
        if (maker_is_word(VALUE(criterion, CRITERION, SORT), sorts[k]))
            to->by_sort[k] += weight->estimate.likely;
    to->any = true;
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
            add_weight(&c->weights[at], criteria.list[i]);
    }
    objects_fini(&criteria);
    return err;
}

static void compare(struct comparing *c, size_t one, size_t at)
{
    struct likeness *l = &c->list[c->n];
    const struct object *tender = c->tenders.list[one];
    const struct object *past = c->tenders.list[at];
    const struct weights *ours = &c->weights[one], *theirs = &c->weights[at];
    const struct datum *cpv = VALUE(tender, TENDER, CPV);
    const struct datum *other = VALUE(past, TENDER, CPV);
    int64_t value = value_of(tender), others = value_of(past);

    l->tender = past;
    l->sides[SIDE_SORT] = words_apart(sort_of(tender), sort_of(past));
    l->sides[SIDE_BUYER] = words_apart(buyers_of(tender), buyers_of(past));
    l->sides[SIDE_CPV] = cpv->set && other->set
                             ? likeness_code(cpv->text, other->text)
                             : MODEL_ABSENT;
    l->sides[SIDE_VALUE] = value != MODEL_ABSENT && others != MODEL_ABSENT &&
                                   same_currency(tender, past)
                               ? likeness_number(value, others)
                               : MODEL_ABSENT;
    l->sides[SIDE_CRITERIA] =
        ours->any && theirs->any
            ? likeness_weights(ours->by_sort, theirs->by_sort, SORTS)
            : MODEL_ABSENT;
    l->distance = likeness_mean(l->sides, SIDES, &l->known);
    c->n += l->distance != MODEL_ABSENT;
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

    reply_data(r, "similar", NULL);
    figures_name(r, "tender", l->tender);
    reply_micro(r, "distance", l->distance);
    reply_int(r, "known", (int64_t)l->known);
    reply_word(r, "state", VALUE(l->tender, TENDER, STATE)->text);
    for (int i = 0; i < SIDES; i++)
        if (l->sides[i] != MODEL_ABSENT)
            reply_micro(r, words[i], l->sides[i]);
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
        if (i != one && is_past(c->tenders.list[i]))
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
