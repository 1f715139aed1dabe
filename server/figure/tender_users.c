/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_users.c - what is recorded of users: how much needs weigh, how far
 * bids and alternatives cover them, alternatives, answers, effort.
 */
#include "server/figure/tender_maker.h"

#include <string.h>

static int64_t *absent_cells(struct maker *m)
{
    size_t n = m->made->model.segments_n * m->made->model.needs_n;
    int64_t *list = maker_room(m, n, sizeof *list);

    for (size_t i = 0; i < n; i++)
        list[i] = MODEL_ABSENT;
    return list;
}

static void make_weighs(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    int64_t *importance = absent_cells(m);
    int64_t *satisfaction = absent_cells(m);
    int64_t *targets = absent_cells(m);
    int64_t *sales_points = absent_cells(m);

    for (size_t i = 0; i < r->n[KIND_WEIGHS]; i++) {
        const struct object *o = r->list[KIND_WEIGHS][i];
        size_t segment = maker_index(
            m->made->segments, model->segments_n, VALUE(o, WEIGHS, PARTY));
        size_t need =
            maker_index(m->made->needs, model->needs_n, VALUE(o, WEIGHS, NEED));
        size_t at = segment * model->needs_n + need;

        if (segment == MODEL_NOWHERE || need == MODEL_NOWHERE)
            continue;
        importance[at] = maker_number(VALUE(o, WEIGHS, IMPORTANCE));
        satisfaction[at] = maker_number(VALUE(o, WEIGHS, SATISFACTION));
        targets[at] = maker_number(VALUE(o, WEIGHS, TARGET));
        sales_points[at] = maker_number(VALUE(o, WEIGHS, SALES_POINT));
    }
    model->importance = importance;
    model->satisfaction = satisfaction;
    model->targets = targets;
    model->sales_points = sales_points;
}

static void make_alternatives(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_ALTERNATIVE];
    struct model_alternative *list = maker_room(m, n, sizeof *list);

    m->made->alternatives = maker_room(m, n, sizeof *m->made->alternatives);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_ALTERNATIVE][i];

        if (!maker_is_of_lot(m, VALUE(o, ALTERNATIVE, LOT)))
            continue;
        list[model->alternatives_n] =
            (struct model_alternative){maker_index(m->made->bids, model->bids_n,
                                           VALUE(o, ALTERNATIVE, BID)),
                maker_is_word(VALUE(o, ALTERNATIVE, SORT), "status-quo")};
        m->made->alternatives[model->alternatives_n++] = o;
    }
    model->alternatives = list;
}

static struct estimate *absent_covers(struct maker *m, size_t rows)
{
    size_t n = rows * m->made->model.needs_n;
    struct estimate *covers = maker_room(m, n, sizeof *covers);

    for (size_t i = 0; i < n; i++)
        covers[i] = (struct estimate){MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT};
    return covers;
}

/* Of bids, and of alternatives. */
static void make_covers(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct estimate *of_bids = absent_covers(m, model->bids_n);
    struct estimate *of_others = absent_covers(m, model->alternatives_n);

    for (size_t i = 0; i < r->n[KIND_COVER]; i++) {
        const struct object *o = r->list[KIND_COVER][i];
        size_t need =
            maker_index(m->made->needs, model->needs_n, VALUE(o, COVER, NEED));
        size_t bid =
            maker_index(m->made->bids, model->bids_n, VALUE(o, COVER, BID));
        size_t other = maker_index(m->made->alternatives, model->alternatives_n,
            VALUE(o, COVER, ALTERNATIVE));
        struct estimate level = maker_estimate(VALUE(o, COVER, LEVEL));

        if (need != MODEL_NOWHERE && bid != MODEL_NOWHERE)
            of_bids[bid * model->needs_n + need] = level;
        if (need != MODEL_NOWHERE && other != MODEL_NOWHERE)
            of_others[other * model->needs_n + need] = level;
    }
    model->covers = of_bids;
    model->alternative_covers = of_others;
}

/* The words of both fields stand in the order of enum kano_answer. */
static void make_answers(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct model_answer *list = maker_room(m, r->n[KIND_ANSWER], sizeof *list);

    for (size_t i = 0; i < r->n[KIND_ANSWER]; i++) {
        const struct object *o = r->list[KIND_ANSWER][i];
        const struct datum *count = VALUE(o, ANSWER, COUNT);
        struct model_answer answer = {
            maker_index(m->made->needs, model->needs_n, VALUE(o, ANSWER, NEED)),
            maker_index(
                m->made->segments, model->segments_n, VALUE(o, ANSWER, PARTY)),
            field_word_place(FIELD_ANSWER_MET, VALUE(o, ANSWER, MET)->text),
            field_word_place(FIELD_ANSWER_UNMET, VALUE(o, ANSWER, UNMET)->text),
            count->set && count->number > 0 ? (size_t)count->number : 0};

        if (!count->set)
            answer.count = 1;
        if (answer.need != MODEL_NOWHERE)
            list[model->answers_n++] = answer;
    }
    model->answers = list;
}

static void make_efforts(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct model_effort *list = maker_room(m, r->n[KIND_EFFORT], sizeof *list);

    for (size_t i = 0; i < r->n[KIND_EFFORT]; i++) {
        const struct object *o = r->list[KIND_EFFORT][i];
        struct model_effort e = {
            maker_index(m->made->elements, model->elements_n,
                VALUE(o, EFFORT, ELEMENT)),
            maker_index(
                m->made->segments, model->segments_n, VALUE(o, EFFORT, PARTY)),
            VALUE(o, EFFORT, MINUTES)->number, VALUE(o, EFFORT, TIMES)->number,
            maker_number_or_zero(VALUE(o, EFFORT, SAVING)),
            maker_number_or_zero(VALUE(o, EFFORT, REWARD))};

        if (e.element != MODEL_NOWHERE && e.segment != MODEL_NOWHERE)
            list[model->efforts_n++] = e;
    }
    model->efforts = list;
}

void maker_users(struct maker *m)
{
    make_weighs(m);
    make_alternatives(m);
    make_covers(m);
    make_answers(m);
    make_efforts(m);
}
