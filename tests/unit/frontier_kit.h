/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_kit.h - fronts found by frontier.h held against those of all offers
 * weighed one by one.
 */
#ifndef TESTS_UNIT_FRONTIER_KIT_H
#define TESTS_UNIT_FRONTIER_KIT_H

#include "value/frontier.h"

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
    size_t n = found_pairs(found, got);
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
    size_t n = found_pairs(found, got);
    assert_same(got, n, want, budget_pairs(t, all, budget, want), round);
    frontier_free(&found);
    every_free(&all);
}

#endif
