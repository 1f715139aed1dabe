/* SPDX-License-Identifier: Apache-2.0
 *
 * tender.h - tenders that the tests of value/ compute on.
 *
 * A tender in arrays of its own that a test may change before it computes;
 * the golden one (three bids, four criteria, three segments, four needs, three
 * possible elements); and small ones made up from a seed.
 */
#ifndef TESTS_UNIT_TENDER_H
#define TESTS_UNIT_TENDER_H

#include "value/model.h"

#include <string.h>

#define AT_MOST 16
#define ONE     DECIMAL_ONE

struct tender {
    struct model model;
    struct model_criterion criteria[AT_MOST];
    struct model_bid bids[AT_MOST];
    struct model_segment segments[AT_MOST];
    struct model_need needs[AT_MOST];
    struct model_element elements[2 * AT_MOST];
    struct model_effect effects[4 * AT_MOST];
    struct model_reach reaches[AT_MOST];
    struct estimate marks[AT_MOST * AT_MOST];
    struct estimate covers[AT_MOST * AT_MOST];
    int64_t importance[AT_MOST * AT_MOST];
    int relates[AT_MOST * AT_MOST];
    size_t named[AT_MOST][4]; /* room for what elements exclude and require */
};

enum { C1, C2, C3, C4 };
enum { OURS, RIV1, RIV2 };
enum { NIGHT, CHAIR, STUD };
enum { N1, N2, N3, N4 };
enum { O1, O2, O3 };

static inline struct estimate exactly(int64_t value)
{
    return (struct estimate){value, value, value};
}

static inline struct estimate not_recorded(void)
{
    return exactly(MODEL_ABSENT);
}

/* A tender with nothing in it. */
static inline void tender_empty(struct tender *t)
{
    memset(t, 0, sizeof *t);
    t->model = (struct model){.ours = MODEL_NOWHERE,
        .criteria = t->criteria,
        .bids = t->bids,
        .segments = t->segments,
        .needs = t->needs,
        .elements = t->elements,
        .effects = t->effects,
        .reaches = t->reaches,
        .marks = t->marks,
        .covers = t->covers,
        .importance = t->importance,
        .relates = t->relates};
}

enum rounding { ROUND_NONE, ROUND_TOTAL, ROUND_POINTS };

/* What is rounded, to how many decimals. */
static inline void set_rounding(
    struct tender *t, enum rounding where, int digits)
{
    t->model.round_total = where == ROUND_TOTAL ? ROUND_TO(digits) : 0;
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k].round = where == ROUND_POINTS ? ROUND_TO(digits) : 0;
}

static inline struct model_criterion quality(int64_t weight, int64_t scale)
{
    return (struct model_criterion){.weight = exactly(weight),
        .scale_max = scale,
        .min_score = MODEL_ABSENT,
        .zero_at = MODEL_ABSENT,
        .set_min = MODEL_ABSENT,
        .set_max = MODEL_ABSENT,
        .clamp = true,
        .power = MODEL_ABSENT,
        .reference = MODEL_ABSENT,
        .reference_quality = MODEL_ABSENT,
        .knee = MODEL_ABSENT,
        .corridor = MODEL_ABSENT};
}

static inline struct model_criterion priced(
    int64_t weight, enum price_rule rule)
{
    struct model_criterion c = quality(weight, MODEL_ABSENT);

    c.is_price = true;
    c.rule = rule;
    return c;
}

static inline struct estimate *mark_at(struct tender *t, size_t bid, size_t k)
{
    return &t->marks[bid * t->model.criteria_n + k];
}

static inline struct estimate *cover_at(struct tender *t, size_t bid, size_t n)
{
    return &t->covers[bid * t->model.needs_n + n];
}

static inline int64_t *importance_at(struct tender *t, size_t segment, size_t n)
{
    return &t->importance[segment * t->model.needs_n + n];
}

static inline int *relates_at(struct tender *t, size_t n, size_t k)
{
    return &t->relates[n * t->model.criteria_n + k];
}

static inline void add_element(struct tender *t, int64_t cost)
{
    t->elements[t->model.elements_n++] =
        (struct model_element){.cost = cost, .group = MODEL_NOWHERE};
}

static inline void add_effect(
    struct tender *t, size_t element, size_t criterion, size_t need, int64_t by)
{
    t->effects[t->model.effects_n++] = (struct model_effect){
        .element = element, .criterion = criterion, .need = need, .by = by};
}

static inline void add_reach(
    struct tender *t, size_t segment, bool reachable, int64_t share)
{
    t->reaches[t->model.reaches_n++] = (struct model_reach){.segment = segment,
        .reachable = reachable,
        .share = share,
        .supplier = MODEL_NOWHERE};
}

static inline void golden_elements(struct tender *t)
{
    add_element(t, 25 * ONE);
    add_element(t, 12 * ONE);
    add_element(t, 40 * ONE);
    add_effect(t, O1, C4, MODEL_NOWHERE, ONE / 2);
    add_effect(t, O1, MODEL_NOWHERE, N3, ONE * 4 / 10);
    add_effect(t, O2, C2, MODEL_NOWHERE, ONE * 3 / 10);
    add_effect(t, O2, MODEL_NOWHERE, N4, ONE / 4);
    add_effect(t, O3, C2, MODEL_NOWHERE, ONE * 6 / 10);
    add_effect(t, O3, C3, MODEL_NOWHERE, ONE);
    add_effect(t, O3, MODEL_NOWHERE, N1, ONE * 15 / 100);
}

static inline void golden_reaches(struct tender *t)
{
    add_reach(t, NIGHT, true, ONE * 5 / 10);
    add_reach(t, NIGHT, true, ONE * 3 / 10);
    add_reach(t, NIGHT, true, ONE * 2 / 10);
    add_reach(t, CHAIR, true, ONE);
    add_reach(t, CHAIR, false, MODEL_ABSENT);
    add_reach(t, CHAIR, false, MODEL_ABSENT);
    add_reach(t, STUD, true, ONE * 9 / 10);
    add_reach(t, STUD, true, ONE * 1 / 10);
}

/* The night bus network. */
static inline void tender_golden(struct tender *t)
{
    static const int64_t prices[] = {520, 450, 600};
    static const int64_t tenths_of_marks[] = {
        0, 80, 70, 60, 0, 60, 80, 50, 0, 89, 60, 80};
    static const int64_t tenths_of_covers[] = {
        8, 9, 5, 7, 9, 3, 2, 5, 7, 5, 9, 9};
    static const int64_t heads[] = {6000, 500, 1500};
    static const int64_t importance[] = {8, 1, 5, 6, 5, 10, 6, 4, 6, 3, 8, 7};
    static const int relates[] = {
        0, 9, 3, 0, 0, 1, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0};

    tender_empty(t);
    t->model.criteria_n = t->model.needs_n = 4;
    t->model.bids_n = t->model.segments_n = 3;
    t->model.ours = OURS;
    t->criteria[C1] = priced(40 * ONE, RULE_LOWEST_RATIO);
    t->criteria[C2] = quality(35 * ONE, 10 * ONE);
    t->criteria[C3] = quality(10 * ONE, 10 * ONE);
    t->criteria[C4] = quality(15 * ONE, 10 * ONE);
    for (size_t i = 0; i < 3; i++) {
        t->bids[i] = (struct model_bid){
            .price = exactly(prices[i] * ONE), .cost = MODEL_ABSENT};
        t->segments[i].heads = heads[i];
    }
    for (size_t i = 0; i < 12; i++) {
        t->marks[i] = i % 4 == C1 ? not_recorded()
                                  : exactly(tenths_of_marks[i] * ONE / 10);
        t->covers[i] = exactly(tenths_of_covers[i] * ONE / 10);
        t->importance[i] = importance[i] * ONE;
    }
    for (size_t i = 0; i < 4; i++)
        t->needs[i].must_threshold = MODEL_ABSENT;
    memcpy(t->relates, relates, sizeof relates);
    golden_elements(t);
    golden_reaches(t);
}

/* splitmix64: the same numbers on every machine. */
static inline uint64_t draw(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A whole number of low .. high. */
static inline int64_t draw_from(uint64_t *seed, int64_t low, int64_t high)
{
    if (high <= low)
        return low;
    return low + (int64_t)(draw(seed) % (uint64_t)(high - low + 1));
}

/* Gives a criterion all that any rule needs. */
static inline void draw_needs(struct model_criterion *c, uint64_t *seed)
{
    c->zero_at = draw_from(seed, 11, 30) * ONE / 10;
    c->set_min = draw_from(seed, 0, 60) * ONE;
    c->set_max = draw_from(seed, 61, 220) * ONE;
    c->clamp = draw_from(seed, 0, 1) == 1;
    c->power = draw_from(seed, 1, 3) * ONE / 2;
    c->reference = draw_from(seed, 1, 90) * ONE;
    c->reference_quality = draw_from(seed, 1, 10) * ONE / 10;
    c->knee = draw_from(seed, 80, 90) * ONE / 100;
    c->expression = "wp * sqrt(pmin / p)";
    c->corridor = draw_from(seed, 1, 20) * ONE / 100;
    c->deciding =
        (enum deciding)draw_from(seed, DECIDING_QUALITY, DECIDING_CRITERION);
    c->deciding_at = 0;
}

/* A rule that gives a share of the weight, as several may stand together. */
static inline void draw_rule(struct model_criterion *c, uint64_t *seed)
{
    draw_needs(c, seed);
    c->rule =
        (enum price_rule)draw_from(seed, RULE_LOWEST_RATIO, RULE_EXPRESSION);
}

static inline void draw_bids(struct tender *t, uint64_t *seed)
{
    struct model *m = &t->model;

    m->bids_n = (size_t)draw_from(seed, 1, 5);
    m->ours = (size_t)draw_from(seed, 0, (int64_t)m->bids_n - 1);
    for (size_t b = 0; b < m->bids_n; b++) {
        t->bids[b].price = exactly(draw_from(seed, 40, 120) * ONE);
        for (size_t k = 0; k < m->criteria_n; k++)
            *mark_at(t, b, k) = t->criteria[k].is_price
                                    ? not_recorded()
                                    : exactly(draw_from(seed, 6, 20) * ONE / 2);
        for (size_t n = 0; n < m->needs_n; n++)
            *cover_at(t, b, n) = exactly(draw_from(seed, 0, 10) * ONE / 10);
    }
}

static inline void draw_users(struct tender *t, uint64_t *seed)
{
    struct model *m = &t->model;

    m->segments_n = (size_t)draw_from(seed, 1, 3);
    for (size_t s = 0; s < m->segments_n; s++) {
        t->segments[s].heads = draw_from(seed, 1, 50);
        for (size_t n = 0; n < m->needs_n; n++)
            *importance_at(t, s, n) = draw_from(seed, n == 0, 10) * ONE;
    }
    for (size_t i = 0; i < m->needs_n * m->criteria_n; i++)
        t->relates[i] = (int)draw_from(seed, 0, 1) * 3;
}

static inline void draw_elements(struct tender *t, uint64_t *seed)
{
    struct model *m = &t->model;
    size_t wanted = (size_t)draw_from(seed, 0, 6);

    for (size_t e = 0; e < wanted; e++) {
        struct model_element *made = &t->elements[e];
        add_element(t, draw_from(seed, 0, 20) * ONE);
        made->always = draw_from(seed, 0, 5) == 0;
        if (draw_from(seed, 0, 2) == 0)
            made->group = (size_t)draw_from(seed, 0, 2);
        t->named[e][0] = (size_t)draw_from(seed, 0, (int64_t)wanted - 1);
        t->named[e][1] = (size_t)draw_from(seed, 0, (int64_t)wanted - 1);
        made->excludes = &t->named[e][0];
        made->excludes_n = draw_from(seed, 0, 3) == 0;
        made->needs = &t->named[e][1];
        made->needs_n = draw_from(seed, 0, 3) == 0;
        for (int64_t i = draw_from(seed, 0, 3); i > 0; i--) {
            bool on_mark = draw_from(seed, 0, 1) == 1;
            size_t on = (size_t)draw_from(seed, 0,
                on_mark ? (int64_t)m->criteria_n - 1 : (int64_t)m->needs_n - 1);
            add_effect(t, e, on_mark ? on : MODEL_NOWHERE,
                on_mark ? MODEL_NOWHERE : on,
                on_mark ? draw_from(seed, -2, 6) * ONE / 2
                        : draw_from(seed, -2, 6) * ONE / 10);
            t->effects[m->effects_n - 1].combine =
                (enum combine)draw_from(seed, 0, 2);
        }
    }
}

/* Nothing, the total, all points alike, or each as it likes. */
static inline void draw_rounding(struct tender *t, uint64_t *seed)
{
    enum rounding where = (enum rounding)draw_from(seed, 0, 2);
    int digits = (int)draw_from(seed, 0, 2);

    set_rounding(t, where, digits);
    if (draw_from(seed, 0, 3) > 0)
        return;
    t->model.round_total = (int)draw_from(seed, 0, 3);
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k].round = (int)draw_from(seed, 0, 3);
}

/* A small tender in which every figure can be computed, if its elements do
 * not contradict each other. */
static inline void tender_drawn(struct tender *t, uint64_t *seed)
{
    struct model *m = &t->model;

    tender_empty(t);
    m->criteria_n = (size_t)draw_from(seed, 1, 4);
    m->needs_n = (size_t)draw_from(seed, 1, 4);
    for (size_t k = 0; k < m->criteria_n; k++) {
        t->criteria[k] = quality(draw_from(seed, 1, 60) * ONE, 10 * ONE);
        t->criteria[k].is_price = k == 0 || draw_from(seed, 0, 4) == 0;
        if (draw_from(seed, 0, 3) == 0)
            t->criteria[k].min_score = draw_from(seed, 2, 5) * ONE;
        draw_rule(&t->criteria[k], seed);
    }
    draw_rounding(t, seed);
    draw_bids(t, seed);
    draw_users(t, seed);
    draw_elements(t, seed);
}

/* A rule that gives the total stands alone: all else is marked. */
static inline void draw_total_rule(struct tender *t, uint64_t *seed)
{
    t->criteria[0].rule = (enum price_rule)draw_from(
        seed, RULE_QUALITY_PER_PRICE, RULE_COUNT - 1);
    for (size_t k = 1; k < t->model.criteria_n; k++) {
        t->criteria[k].is_price = false;
        for (size_t b = 0; b < t->model.bids_n; b++)
            *mark_at(t, b, k) = exactly(draw_from(seed, 2, 10) * ONE);
    }
}

/* The golden tender with many elements of its own: costs of 1 to 20, effects
 * of 1 to 10 parts of a mark on one of three criteria, and as many of a
 * coverage on one of four needs; of either there are so many parts. */
static inline void tender_many(struct tender *t, struct model_element *elements,
    struct model_effect *effects, size_t n, int64_t mark, int64_t cover,
    int64_t parts)
{
    uint64_t seed = 5;

    tender_golden(t);
    t->model.elements = elements;
    t->model.effects = effects;
    t->model.elements_n = n;
    t->model.effects_n = 2 * n;
    for (size_t k = C2; k <= C4; k++)
        *mark_at(t, OURS, k) = exactly(ONE);
    for (size_t k = 0; k < 4; k++)
        *cover_at(t, OURS, k) = exactly(0);
    for (size_t i = 0; i < n; i++) {
        elements[i] = (struct model_element){
            .cost = draw_from(&seed, 1, 20) * ONE, .group = MODEL_NOWHERE};
        effects[2 * i] = (struct model_effect){.element = i,
            .criterion = C2 + i % 3,
            .need = MODEL_NOWHERE,
            .by = draw_from(&seed, 1, 10) * mark / parts};
        effects[2 * i + 1] = (struct model_effect){.element = i,
            .criterion = MODEL_NOWHERE,
            .need = i % 4,
            .by = draw_from(&seed, 1, 10) * cover / parts};
    }
}

#endif
