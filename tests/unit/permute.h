/* SPDX-License-Identifier: Apache-2.0
 *
 * permute.h - the same tender written down in another order: bids, criteria,
 * segments, needs and elements each in an order of their own.
 */
#ifndef TESTS_UNIT_PERMUTE_H
#define TESTS_UNIT_PERMUTE_H

#include "tests/unit/tender.h"

/* Where each stands in the other tender. */
struct permuted {
    size_t bids[AT_MOST], criteria[AT_MOST], segments[AT_MOST], needs[AT_MOST],
        elements[2 * AT_MOST];
};

static inline void draw_order(size_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t other = (size_t)draw_from(seed, 0, (int64_t)i - 1);
        size_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

static inline void draw_orders(
    struct permuted *p, const struct model *m, uint64_t *seed)
{
    draw_order(p->bids, m->bids_n, seed);
    draw_order(p->criteria, m->criteria_n, seed);
    draw_order(p->segments, m->segments_n, seed);
    draw_order(p->needs, m->needs_n, seed);
    draw_order(p->elements, m->elements_n, seed);
}

static inline size_t moved(const size_t *order, size_t at)
{
    return at == MODEL_NOWHERE ? at : order[at];
}

static inline void permute_award(
    struct tender *to, const struct tender *from, const struct permuted *p)
{
    size_t width = from->model.criteria_n;

    for (size_t k = 0; k < width; k++) {
        struct model_criterion *c = &to->criteria[p->criteria[k]];
        *c = from->criteria[k];
        if (c->deciding == DECIDING_CRITERION)
            c->deciding_at = moved(p->criteria, c->deciding_at);
    }
    for (size_t b = 0; b < from->model.bids_n; b++) {
        to->bids[p->bids[b]] = from->bids[b];
        for (size_t k = 0; k < width; k++)
            to->marks[p->bids[b] * width + p->criteria[k]] =
                from->marks[b * width + k];
    }
    to->model.ours = moved(p->bids, from->model.ours);
}

static inline void permute_users(
    struct tender *to, const struct tender *from, const struct permuted *p)
{
    const struct model *m = &from->model;

    for (size_t n = 0; n < m->needs_n; n++) {
        to->needs[p->needs[n]] = from->needs[n];
        for (size_t b = 0; b < m->bids_n; b++)
            to->covers[p->bids[b] * m->needs_n + p->needs[n]] =
                from->covers[b * m->needs_n + n];
        for (size_t s = 0; s < m->segments_n; s++)
            to->importance[p->segments[s] * m->needs_n + p->needs[n]] =
                from->importance[s * m->needs_n + n];
        for (size_t k = 0; k < m->criteria_n; k++)
            to->relates[p->needs[n] * m->criteria_n + p->criteria[k]] =
                from->relates[n * m->criteria_n + k];
    }
    for (size_t s = 0; s < m->segments_n; s++)
        to->segments[p->segments[s]] = from->segments[s];
    for (size_t i = 0; i < m->reaches_n; i++) {
        struct model_reach *r = &to->reaches[m->reaches_n - 1 - i];
        *r = from->reaches[i];
        r->segment = p->segments[r->segment];
    }
}

static inline void permute_elements(
    struct tender *to, const struct tender *from, const struct permuted *p)
{
    const struct model *m = &from->model;

    for (size_t e = 0; e < m->elements_n; e++) {
        const struct model_element *was = &from->elements[e];
        struct model_element *is = &to->elements[p->elements[e]];
        size_t *named = to->named[p->elements[e]];

        *is = *was;
        if (was->excludes_n > 0)
            named[0] = moved(p->elements, was->excludes[0]);
        if (was->needs_n > 0)
            named[1] = moved(p->elements, was->needs[0]);
        is->excludes = &named[0];
        is->needs = &named[1];
    }
    for (size_t i = 0; i < m->effects_n; i++) {
        struct model_effect *e = &to->effects[m->effects_n - 1 - i];
        *e = from->effects[i];
        e->element = moved(p->elements, e->element);
        e->criterion = moved(p->criteria, e->criterion);
        e->need = moved(p->needs, e->need);
    }
}

/* Nothing in the other is kept of what it held. */
static inline void permute(
    struct tender *to, const struct tender *from, const struct permuted *p)
{
    struct model empty;

    tender_empty(to);
    empty = to->model;
    to->model = from->model;
    to->model.criteria = empty.criteria;
    to->model.bids = empty.bids;
    to->model.segments = empty.segments;
    to->model.needs = empty.needs;
    to->model.elements = empty.elements;
    to->model.effects = empty.effects;
    to->model.reaches = empty.reaches;
    to->model.marks = empty.marks;
    to->model.covers = empty.covers;
    to->model.importance = empty.importance;
    to->model.relates = empty.relates;
    permute_award(to, from, p);
    permute_users(to, from, p);
    permute_elements(to, from, p);
}

/* How many a test makes up. */
enum { ROUNDS = 150 };

struct pair_of {
    struct tender t, other;
    struct permuted p;
    int64_t satisfaction[AT_MOST * AT_MOST];
    int64_t other_satisfaction[AT_MOST * AT_MOST];
};

static inline void draw_reaches(struct tender *t, uint64_t *seed)
{
    for (int i = 0; i < 5; i++)
        add_reach(t,
            (size_t)draw_from(seed, 0, (int64_t)t->model.segments_n - 1),
            draw_from(seed, 0, 3) > 0, draw_from(seed, 1, 9) * ONE / 10);
}

static inline void draw_satisfaction(struct pair_of *two, uint64_t *seed)
{
    size_t needs = two->t.model.needs_n;

    for (size_t s = 0; s < two->t.model.segments_n; s++) {
        for (size_t n = 0; n < needs; n++) {
            int64_t level = draw_from(seed, 0, 10) * ONE;
            two->satisfaction[s * needs + n] = level;
            two->other_satisfaction[two->p.segments[s] * needs +
                                    two->p.needs[n]] = level;
        }
    }
    two->t.model.satisfaction = two->satisfaction;
    two->other.model.satisfaction = two->other_satisfaction;
}

static inline void draw_pair(struct pair_of *two, uint64_t *seed)
{
    tender_drawn(&two->t, seed);
    if (draw_from(seed, 0, 2) == 0)
        draw_total_rule(&two->t, seed);
    for (size_t n = 0; n < two->t.model.needs_n; n++)
        two->t.needs[n].must_threshold =
            draw_from(seed, 0, 2) ? MODEL_ABSENT : 6000;
    draw_reaches(&two->t, seed);
    two->t.model.max_pass = draw_from(seed, 0, 5) ? 0 : 2;
    two->t.model.tie = (enum tie_rule)draw_from(seed, TIE_STANDS, TIE_PRICE);
    draw_orders(&two->p, &two->t.model, seed);
    permute(&two->other, &two->t, &two->p);
    draw_satisfaction(two, seed);
}

#endif
