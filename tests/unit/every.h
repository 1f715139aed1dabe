/* SPDX-License-Identifier: Apache-2.0
 *
 * every.h - every offer weighed one by one: what the search has to agree with.
 *
 * No partial offers, nothing dropped: each valid set of up to MODEL_CHOICES
 * possible elements is put in place and weighed, and the front is read off.
 */
#ifndef TESTS_UNIT_EVERY_H
#define TESTS_UNIT_EVERY_H

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/mean.h"
#include "value/missing.h"

#include <stdlib.h>

struct every_offer {
    uint32_t set;   /* bit i: the element every_result.choices[i] */
    bool admitted;  /* passes every gate */
    int64_t price;  /* micro; MODEL_ABSENT not recorded */
    int64_t points; /* micro; MODEL_ABSENT not admitted */
    int64_t lead;   /* micro; MODEL_ABSENT not admitted, or no rival is */
    int64_t users;  /* micro, head-weighted mean of users' value */
    bool wins;      /* nobody has more points; a tie counts */
    bool front;     /* no other admitted offer is at least as good for both
                       sides and better for one */
};

struct every_result {
    size_t choices_n;
    size_t choices[MODEL_CHOICES]; /* elements of the model */
    size_t offers_n;
    struct every_offer *offers; /* by rising set */
    size_t best;                /* of those that win; MODEL_NOWHERE none */
    size_t users_best;          /* of all */
};

/* An offer as it is compared: exact, where every_offer is rounded. */
struct point {
    bool admitted;
    bool has_lead; /* the same for all that are admitted */
    mpq_t lead;
    mpz_t users; /* over the one denominator of the mean */
    struct every_offer *row;
};

struct work {
    const struct model *model;
    struct offer offer;
    struct score score;
    struct mean mean; /* users' mean from the covers of an offer */
    struct every_result *result;
    struct point *points; /* [offers_n] */
};

static inline int64_t users_micro(
    const struct work *work, const struct point *point)
{
    mpq_t value;

    mpq_init(value);
    fraction_set_integers(value, point->users, work->mean.below);
    int64_t micro = fraction_micro(value, FRACTION_HALF_UP);
    mpq_clear(value);
    return micro;
}

/* Fills the point and the row of the offer that is in place. */
static inline void measure_offer(struct work *work, struct point *point)
{
    const struct score *score = &work->score;
    size_t ours = work->model->ours;
    struct every_offer *row = point->row;

    mean_above(&work->mean, work->offer.covers, point->users);
    point->admitted = score->admitted[ours];
    point->has_lead = score_lead(score, ours, point->lead);
    *row = (struct every_offer){.set = work->offer.set,
        .admitted = point->admitted,
        .price = MODEL_ABSENT,
        .points = MODEL_ABSENT,
        .lead = MODEL_ABSENT,
        .users = users_micro(work, point)};
    if (work->offer.has_price)
        row->price = fraction_micro(work->offer.price, FRACTION_HALF_UP);
    if (point->admitted)
        row->points = fraction_micro(score->total[ours], FRACTION_HALF_UP);
    if (point->has_lead)
        row->lead = fraction_micro(point->lead, FRACTION_HALF_UP);
    row->wins =
        point->admitted && (!point->has_lead || mpq_sgn(point->lead) >= 0);
}

static inline size_t count_valid(const struct subsets *subsets)
{
    size_t n = 0;

    for (uint32_t set = 0; set >> subsets->n == 0; set++)
        n += subset_is_valid(subsets, set);
    return n;
}

static inline void measure_offers(struct work *work)
{
    const struct subsets *subsets = &work->offer.subsets;
    struct every_result *result = work->result;
    size_t at = 0;

    result->offers_n = count_valid(subsets);
    result->offers = mem_new(result->offers_n * sizeof *result->offers);
    work->points = mem_new(result->offers_n * sizeof *work->points);
    for (uint32_t set = 0; set >> subsets->n == 0; set++) {
        if (!subset_is_valid(subsets, set))
            continue;
        struct point *point = &work->points[at];
        point->row = &result->offers[at++];
        mpq_init(point->lead);
        mpz_init(point->users);
        offer_set(&work->offer, set);
        score_set_offer(&work->score, &work->offer);
        measure_offer(work, point);
    }
}

/* How two offers stand with the institution: < 0 when the first is worse.
 * Rounding keeps the order, so the millionths settle most cases; only where
 * they are equal do the exact numbers have to be compared. */
static inline int compare_lead(
    const struct point *one, const struct point *other)
{
    if (one->admitted != other->admitted)
        return one->admitted ? 1 : -1;
    if (!one->has_lead)
        return 0;
    if (one->row->lead != other->row->lead)
        return one->row->lead > other->row->lead ? 1 : -1;
    return mpq_cmp(one->lead, other->lead);
}

/* A place in the order of the leads. */
struct place {
    struct point *point;
};

/* For sorting: the larger lead first, then the larger users' mean. */
static inline int order_places(const void *one, const void *other)
{
    const struct place *a = one;
    const struct place *b = other;
    int lead = compare_lead(b->point, a->point);

    return lead != 0 ? lead : mpz_cmp(b->point->users, a->point->users);
}

/* Walking down the leads, an offer is on the front when it is the best for
 * users at its lead and better for them than all with a larger lead. */
static inline void mark_front(struct work *work)
{
    size_t n = work->result->offers_n;
    struct place *places = mem_new(n * sizeof *places);
    const struct point *above = NULL; /* best for users at larger leads */
    const struct point *first = NULL; /* best for users at this lead */

    for (size_t i = 0; i < n; i++)
        places[i].point = &work->points[i];
    qsort(places, n, sizeof *places, order_places);
    for (size_t i = 0; i < n && places[i].point->admitted; i++) {
        struct point *point = places[i].point;
        if (first == NULL || compare_lead(first, point) != 0) {
            if (above == NULL ||
                (first != NULL && mpz_cmp(first->users, above->users) > 0))
                above = first;
            first = point;
        }
        point->row->front =
            mpz_cmp(point->users, first->users) == 0 &&
            (above == NULL || mpz_cmp(first->users, above->users) > 0);
    }
    free(places);
}

static inline int count_bits(uint32_t set)
{
    int bits = 0;

    for (; set != 0; set &= set - 1)
        bits++;
    return bits;
}

/* Whether the first offer is the better one for users, ties being settled. */
static inline bool is_better(const struct point *one, const struct point *other)
{
    const struct every_offer *a = one->row;
    const struct every_offer *b = other->row;
    int users = mpz_cmp(one->users, other->users);
    int lead = compare_lead(one, other);

    if (users != 0)
        return users > 0;
    if (lead != 0)
        return lead > 0;
    if (a->price != b->price)
        return a->price < b->price;
    if (count_bits(a->set) != count_bits(b->set))
        return count_bits(a->set) < count_bits(b->set);
    return a->set < b->set;
}

/* The best offer for users, of all or of those that win. */
static inline size_t find_best(const struct work *work, bool winning)
{
    size_t best = MODEL_NOWHERE;

    for (size_t i = 0; i < work->result->offers_n; i++) {
        if (winning && !work->result->offers[i].wins)
            continue;
        if (best == MODEL_NOWHERE ||
            is_better(&work->points[i], &work->points[best]))
            best = i;
    }
    return best;
}

static inline struct every_result *compute(
    const struct model *model, const struct subsets *subsets)
{
    struct work work = {.model = model};

    work.result = mem_new(sizeof *work.result);
    work.result->choices_n = subsets->n;
    for (size_t i = 0; i < subsets->n; i++)
        work.result->choices[i] = subsets->element[i];
    offer_init(&work.offer, model);
    score_init(&work.score, model, &work.offer);
    INSIST(mean_init(&work.mean, model, NULL, work.offer.cover_one));
    measure_offers(&work);
    mark_front(&work);
    work.result->best = find_best(&work, true);
    work.result->users_best = find_best(&work, false);

    for (size_t i = 0; i < work.result->offers_n; i++) {
        mpq_clear(work.points[i].lead);
        mpz_clear(work.points[i].users);
    }
    free(work.points);
    mean_fini(&work.mean);
    score_fini(&work.score);
    offer_fini(&work.offer);
    return work.result;
}

static inline enum err every_compute(
    const struct model *model, struct every_result **made)
{
    struct subsets subsets;

    subsets_init(&subsets, model);
    if (subsets.too_many)
        return ERR_LIMIT;
    if (missing_blocks(model, FIGURE_FRONT))
        return ERR_STATE;
    *made = compute(model, &subsets);
    return ERR_OK;
}

static inline void every_free(struct every_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->offers);
    free(*result);
    *result = NULL;
}

#endif
