/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_kit.h - fronts found by frontier.h held against those of all offers
 * weighed one by one.
 */
#ifndef TESTS_UNIT_FRONTIER_KIT_H
#define TESTS_UNIT_FRONTIER_KIT_H

#include "value/front/frontier.h"

#include "tests/unit/pairs.h"
#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

static const struct frontier_ask plain_ask = {
    .cost = FRONTIER_PRICE, .budget = MODEL_ABSENT};

static inline struct frontier_found *found_with(
    const struct model *model, const struct frontier_ask *ask)
{
    struct frontier_found *found = NULL;

    ck_assert_int_eq(frontier_compute(model, ask, &found), ERR_OK);
    return found;
}

static inline size_t found_pairs(
    const struct frontier_found *found, struct pair *list)
{
    size_t n = 0;

    for (size_t i = 0; i < found->offers_n; i++) {
        const struct frontier_offer *o = &found->offers[i];
        if (o->front)
            list[n++] = (struct pair){o->lead, o->users};
    }
    return drop_repeats(list, n);
}

/* The same as told: leads that are level in millionths are level. */
static inline size_t unbeaten_pairs(
    const struct frontier_found *found, struct pair *list)
{
    static struct pair told[OFFERS_MAX];
    size_t n = found_pairs(found, told);

    return keep_unbeaten(told, n, list);
}

static inline void assert_same(const struct pair *got, size_t got_n,
    const struct pair *want, size_t want_n, int round)
{
    ck_assert_msg(
        got_n == want_n, "round %d: %zu offers, not %zu", round, got_n, want_n);
    for (size_t i = 0; i < got_n; i++)
        ck_assert_msg(compare_pairs(&got[i], &want[i]) == 0,
            "round %d: offer %zu differs", round, i);
}

static inline void compare_must(const struct tender *t,
    const struct every_result *all, uint64_t *seed, int round)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    bool must[2 * AT_MOST] = {false};
    struct frontier_ask ask = plain_ask;

    if (all->choices_n == 0)
        return;
    size_t element =
        all->choices[(size_t)draw_from(seed, 0, (int64_t)all->choices_n - 1)];
    must[element] = true;
    ask.must = must;
    struct frontier_found *found = found_with(&t->model, &ask);
    size_t n = unbeaten_pairs(found, got);
    assert_same(got, n, want, must_pairs(all, element, want), round);
    frontier_free(&found);
}

/* The same where the margin pays within a budget: all offers then stand at
 * the price of our bid. */
static inline void compare_margin(
    const struct tender *t, int64_t budget, int round)
{
    static struct pair got[OFFERS_MAX];
    static struct pair want[OFFERS_MAX];
    struct tender free = *t;
    struct every_result *all = NULL;
    const struct frontier_ask ask = {.cost = FRONTIER_MARGIN, .budget = budget};

    free.model = t->model;
    free.model.elements = free.elements;
    for (size_t i = 0; i < t->model.elements_n; i++) {
        free.elements[i] = t->model.elements[i];
        if (!free.elements[i].always)
            free.elements[i].cost = 0;
    }
    ck_assert_int_eq(every_compute(&free.model, &all), ERR_OK);
    struct frontier_found *found = found_with(&t->model, &ask);
    size_t n = unbeaten_pairs(found, got);
    assert_same(got, n, want, budget_pairs(t, all, budget, want), round);
    frontier_free(&found);
    every_free(&all);
}

/* Adds elements to a drawn tender, and scales that are tables. */
static inline void draw_more(
    struct tender *t, struct model_level *levels, uint64_t *seed)
{
    struct model *m = &t->model;
    size_t wanted = (size_t)draw_from(seed, 3, 9);

    for (size_t e = m->elements_n; e < wanted; e++) {
        add_element(t, draw_from(seed, -2, 20) * ONE);
        t->named[e][0] = (size_t)draw_from(seed, 0, (int64_t)e);
        t->elements[e].needs = &t->named[e][0];
        t->elements[e].needs_n = draw_from(seed, 0, 1) == 1;
        for (int64_t i = draw_from(seed, 1, 3); i > 0; i--) {
            bool on_mark = draw_from(seed, 0, 1) == 1;
            size_t on = (size_t)draw_from(seed, 0,
                on_mark ? (int64_t)m->criteria_n - 1 : (int64_t)m->needs_n - 1);
            add_effect(t, e, on_mark ? on : MODEL_NOWHERE,
                on_mark ? MODEL_NOWHERE : on,
                on_mark ? draw_from(seed, 0, 4) * ONE / 2
                        : draw_from(seed, 0, 3) * ONE / 10);
            t->effects[m->effects_n - 1].combine =
                draw_from(seed, 0, 1) == 0
                    ? COMBINE_ADD
                    : (enum combine)draw_from(seed, 0, 2);
        }
    }
    if (draw_from(seed, 0, 3) == 0 && m->criteria_n > 1) {
        for (int i = 0; i < 3; i++)
            levels[i] = (struct model_level){
                (int64_t)5 * i * ONE, draw_from(seed, 0, 10) * ONE / 10};
        t->criteria[1].levels = levels;
        t->criteria[1].levels_n = 3;
    }
    if (draw_from(seed, 0, 3) == 0)
        m->min_quality = draw_from(seed, 1, 30) * ONE;
    if (draw_from(seed, 0, 4) == 0)
        t->criteria[0].rule = (enum price_rule)draw_from(
            seed, RULE_QUALITY_PER_PRICE, RULE_COUNT - 1);
}

/* Whether two offers are the same but for what stands for what. */
static inline void assert_alike(const struct frontier_found *found, size_t at,
    const struct every_result *all, size_t other, int round)
{
    ck_assert_msg((at == MODEL_NOWHERE) == (other == MODEL_NOWHERE),
        "round %d: one has a best offer", round);
    if (at == MODEL_NOWHERE)
        return;
    const struct frontier_offer *got = &found->offers[at];
    const struct every_offer *want = &all->offers[other];
    ck_assert_msg(got->lead == want->lead && got->users == want->users &&
                      got->admitted == want->admitted,
        "round %d: the best offer differs", round);
}

#endif
