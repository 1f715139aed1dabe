/* SPDX-License-Identifier: Apache-2.0
 *
 * pairs.h - fronts as pairs of lead and users' mean, which are the same
 * whichever offer stands for several.
 */
#ifndef TESTS_UNIT_PAIRS_H
#define TESTS_UNIT_PAIRS_H

#include "tests/unit/every.h"
#include "tests/unit/tender.h"

#define OFFERS_MAX (1u << 12)

struct pair {
    int64_t lead, users;
};

static inline int compare_pairs(const void *one, const void *other)
{
    const struct pair *a = one;
    const struct pair *b = other;

    if (a->lead != b->lead)
        return a->lead > b->lead ? -1 : 1;
    return (a->users < b->users) - (a->users > b->users);
}

static inline size_t drop_repeats(struct pair *list, size_t n)
{
    size_t kept = 0;

    qsort(list, n, sizeof *list, compare_pairs);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || compare_pairs(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    }
    return kept;
}

/* The front of all offers, as every.h marks it. */
static inline size_t front_pairs(
    const struct every_result *all, struct pair *list)
{
    size_t n = 0;

    for (size_t i = 0; i < all->offers_n; i++) {
        if (all->offers[i].front)
            list[n++] =
                (struct pair){all->offers[i].lead, all->offers[i].users};
    }
    return drop_repeats(list, n);
}

static inline int64_t cost_of(const struct tender *t,
    const struct every_result *all, const struct every_offer *offer)
{
    int64_t cost = 0;

    for (size_t i = 0; i < all->choices_n; i++) {
        if ((offer->set >> i & 1) != 0)
            cost += t->model.elements[all->choices[i]].cost;
    }
    return cost;
}

/* The front of some pairs, by comparing all. */
static inline size_t keep_unbeaten(
    struct pair *within, size_t within_n, struct pair *list)
{
    size_t n = 0;

    within_n = drop_repeats(within, within_n);
    for (size_t i = 0; i < within_n; i++) {
        bool beaten = false;
        for (size_t j = 0; j < within_n && !beaten; j++)
            beaten = j != i && within[j].lead >= within[i].lead &&
                     within[j].users >= within[i].users;
        if (!beaten)
            list[n++] = within[i];
    }
    return n;
}

/* The same within a budget, by comparing all pairs. */
static inline size_t budget_pairs(const struct tender *t,
    const struct every_result *all, int64_t budget, struct pair *list)
{
    static struct pair within[OFFERS_MAX];
    size_t within_n = 0;

    for (size_t i = 0; i < all->offers_n; i++) {
        const struct every_offer *o = &all->offers[i];
        if (o->admitted && cost_of(t, all, o) <= budget)
            within[within_n++] = (struct pair){o->lead, o->users};
    }
    return keep_unbeaten(within, within_n, list);
}

/* The same where every offer has to hold an element. */
static inline size_t must_pairs(
    const struct every_result *all, size_t element, struct pair *list)
{
    static struct pair within[OFFERS_MAX];
    size_t within_n = 0;

    for (size_t i = 0; i < all->offers_n; i++) {
        const struct every_offer *o = &all->offers[i];
        bool has = false;
        for (size_t c = 0; c < all->choices_n; c++)
            has |= all->choices[c] == element && (o->set >> c & 1) != 0;
        if (o->admitted && has)
            within[within_n++] = (struct pair){o->lead, o->users};
    }
    return keep_unbeaten(within, within_n, list);
}

#endif
