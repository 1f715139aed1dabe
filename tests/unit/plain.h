/* SPDX-License-Identifier: Apache-2.0
 *
 * plain.h - the front of a small tender, written straight from the formulas.
 *
 * Independent of value/: long double instead of fractions, every figure from
 * its definition, no incremental step, dominance by comparing all pairs.  For
 * tenders of tender_drawn only, whose numbers are so small that two different
 * results lie further apart than PLAIN_CLOSE.
 */
#ifndef TESTS_UNIT_PLAIN_H
#define TESTS_UNIT_PLAIN_H

#include "tests/unit/tender.h"

#include <math.h>

#define PLAIN_CLOSE 1e-12L

typedef long double real;

struct plain_offer {
    uint32_t set;
    uint32_t elements;
    bool admitted, has_lead, wins, front;
    real price, points, lead, users;
};

struct plain {
    size_t n;
    struct plain_offer offers[64];
    size_t best;
};

/* One offer of ours as all bids are, in units. */
struct plain_bid {
    bool admitted;
    real price, total;
    real marks[AT_MOST], covers[AT_MOST];
};

static inline bool is_near(int64_t micro, real value)
{
    return fabsl((real)micro / 1e6L - value) < 0.50001e-6L;
}

static inline int compare_real(real a, real b)
{
    return (a > b + PLAIN_CLOSE) - (a < b - PLAIN_CLOSE);
}

static inline real unit(int64_t decimal)
{
    return (real)decimal / (real)ONE;
}

static inline real half_up(real value, int digits)
{
    real scale = powl(10, digits);

    return floorl(value * scale + 0.5L + 1e-10L) / scale;
}

static inline bool has_element(
    const struct tender *t, uint32_t set, size_t element)
{
    uint32_t bit = 1;

    if (t->elements[element].always)
        return true;
    for (size_t i = 0; i < element; i++)
        bit <<= !t->elements[i].always;
    return (set & bit) != 0;
}

static inline bool is_allowed(const struct tender *t, uint32_t set)
{
    size_t n = t->model.elements_n;

    for (size_t a = 0; a < n; a++) {
        const struct model_element *e = &t->elements[a];
        if (!has_element(t, set, a))
            continue;
        for (size_t b = 0; b < n; b++) {
            if (b != a && has_element(t, set, b) && e->group != MODEL_NOWHERE &&
                e->group == t->elements[b].group)
                return false;
        }
        if (e->excludes_n && e->excludes[0] != a &&
            has_element(t, set, e->excludes[0]))
            return false;
        if (e->needs_n && !has_element(t, set, e->needs[0]))
            return false;
    }
    return true;
}

/* What a value becomes under the effects of a set on one target. */
static inline real plain_effects(const struct tender *t, uint32_t set,
    real value, bool is_mark, size_t target, real limit)
{
    real top = 0;
    real low = 0;
    real open = 1;

    for (size_t i = 0; i < t->model.effects_n; i++) {
        const struct model_effect *f = &t->effects[i];
        real by = unit(f->by);
        if ((is_mark ? f->criterion : f->need) != target ||
            !has_element(t, set, f->element))
            continue;
        if (f->combine == COMBINE_CAP) {
            top = fmaxl(top, by);
            low = fminl(low, by);
        } else if (f->combine == COMBINE_COMPLEMENT && !is_mark) {
            open *= fmaxl(0, 1 - by);
        } else {
            value += by;
        }
    }
    value = fminl(limit, fmaxl(0, value + top + low));
    return is_mark ? value : fminl(1, fmaxl(0, 1 - (1 - value) * open));
}

static inline void plain_read(
    const struct tender *t, uint32_t set, struct plain_bid *bids)
{
    const struct model *m = &t->model;

    for (size_t b = 0; b < m->bids_n; b++) {
        bool ours = b == m->ours;
        bids[b] = (struct plain_bid){
            .admitted = true, .price = unit(t->bids[b].price.likely)};
        for (size_t e = 0; ours && e < m->elements_n; e++)
            bids[b].price +=
                has_element(t, set, e) ? unit(t->elements[e].cost) : 0;
        for (size_t k = 0; k < m->criteria_n; k++) {
            real mark = unit(t->marks[b * m->criteria_n + k].likely);
            if (t->criteria[k].is_price)
                continue;
            bids[b].marks[k] =
                ours ? plain_effects(t, set, mark, true, k, 10) : mark;
            if (t->criteria[k].min_score != MODEL_ABSENT &&
                bids[b].marks[k] < unit(t->criteria[k].min_score) - PLAIN_CLOSE)
                bids[b].admitted = false;
        }
        for (size_t n = 0; n < m->needs_n; n++) {
            real cover = unit(t->covers[b * m->needs_n + n].likely);
            bids[b].covers[n] =
                ours ? plain_effects(t, set, cover, false, n, 1) : cover;
        }
    }
}

/* The prices that are compared. */
struct plain_prices {
    real low, high, mean, median;
    real rising[AT_MOST];
    size_t n;
};

static inline void plain_prices_add(struct plain_prices *all, real price)
{
    size_t at = all->n++;

    for (; at > 0 && all->rising[at - 1] > price; at--)
        all->rising[at] = all->rising[at - 1];
    all->rising[at] = price;
    all->mean = 0;
    for (size_t i = 0; i < all->n; i++)
        all->mean += all->rising[i] / (real)all->n;
    all->low = all->rising[0];
    all->high = all->rising[all->n - 1];
    all->median = (all->rising[(all->n - 1) / 2] + all->rising[all->n / 2]) / 2;
}

static inline real plain_knee(
    const struct model_criterion *c, real price, const struct plain_prices *all)
{
    real top = unit(c->set_max);
    real knee = unit(c->knee);
    real own = fmaxl(0, top - price);
    real best = fmaxl(0, top - all->low);
    real mean = fmaxl(0, top - all->mean);

    if (own == 0 || own == best)
        return own > 0;
    if (compare_real(own, mean) <= 0)
        return knee * own / mean;
    return knee + (1 - knee) * (own - mean) / (best - mean);
}

static inline real plain_share(
    const struct model_criterion *c, real price, const struct plain_prices *all)
{
    real n = unit(c->zero_at);
    real from = unit(c->set_min);
    real to = unit(c->set_max);
    real power = unit(c->power);
    real share = 0;

    if (c->rule == RULE_LOWEST_RATIO)
        share = all->low / price;
    if (c->rule == RULE_LOWEST_POWER)
        share = powl(all->low / price, power);
    if (c->rule == RULE_MIN_MAX)
        share = all->high > all->low
                    ? (all->high - price) / (all->high - all->low)
                    : 1;
    if (c->rule == RULE_ZERO_AT)
        share = (n * all->low - price) / ((n - 1) * all->low);
    if (c->rule == RULE_LOWEST_LOG)
        share = 1 - logl(price / all->low) / logl(n);
    if (c->rule == RULE_MEAN_LINEAR)
        share = (2 - price / all->mean) / 2;
    if (c->rule == RULE_MEDIAN_LINEAR)
        share = (2 - price / all->median) / 2;
    if (c->rule == RULE_SET_LIMITS)
        share = (to - price) / (to - from);
    if (c->rule == RULE_SET_RATIO)
        share = unit(c->reference) / price;
    if (c->rule == RULE_DISCOUNT_POWER && to > all->low)
        share = powl(fmaxl(0, to - price) / (to - all->low), power);
    if (c->rule == RULE_DISCOUNT_KNEE)
        share = plain_knee(c, price, all);
    if (c->rule == RULE_EXPRESSION)
        share = sqrtl(all->low / price);
    return c->clamp ? fminl(1, fmaxl(0, share)) : share;
}

static inline void plain_total(const struct tender *t, struct plain_bid *bids)
{
    const struct model *m = &t->model;
    struct plain_prices all = {0};

    for (size_t b = 0; b < m->bids_n; b++) {
        if (bids[b].admitted)
            plain_prices_add(&all, bids[b].price);
    }
    for (size_t b = 0; b < m->bids_n; b++) {
        for (size_t k = 0; bids[b].admitted && k < m->criteria_n; k++) {
            const struct model_criterion *c = &t->criteria[k];
            real points = unit(c->weight.likely) *
                          (c->is_price ? plain_share(c, bids[b].price, &all)
                                       : bids[b].marks[k] / 10);
            if (c->round > 0)
                points = half_up(points, c->round - 1);
            bids[b].total += points;
        }
        if (m->round_total > 0)
            bids[b].total = half_up(bids[b].total, m->round_total - 1);
    }
}

static inline real plain_users(const struct tender *t, const real *covers)
{
    const struct model *m = &t->model;
    real sum = 0;
    real heads = 0;

    for (size_t s = 0; s < m->segments_n; s++) {
        real value = 0;
        real importance = 0;
        for (size_t n = 0; n < m->needs_n; n++) {
            real i = unit(t->importance[s * m->needs_n + n]);
            value += i * covers[n];
            importance += i;
        }
        value /= importance;
        for (size_t n = 0; n < m->needs_n; n++) {
            if (t->needs[n].must_threshold > 0 &&
                t->importance[s * m->needs_n + n] > 0 &&
                compare_real(covers[n], unit(t->needs[n].must_threshold)) < 0)
                value = fminl(value, covers[n]);
        }
        sum += (real)t->segments[s].heads * value;
        heads += (real)t->segments[s].heads;
    }
    return sum / heads;
}

static inline struct plain_offer plain_offer_of(
    const struct tender *t, uint32_t set)
{
    const struct model *m = &t->model;
    struct plain_offer offer = {.set = set, .wins = true};
    struct plain_bid bids[AT_MOST];

    plain_read(t, set, bids);
    plain_total(t, bids);
    offer.admitted = offer.wins = bids[m->ours].admitted;
    offer.price = bids[m->ours].price;
    offer.points = bids[m->ours].total;
    offer.users = plain_users(t, bids[m->ours].covers);
    offer.lead = INFINITY;
    for (uint32_t left = set; left != 0; left >>= 1)
        offer.elements += left & 1;
    for (size_t b = 0; b < m->bids_n; b++) {
        if (b == m->ours || !bids[b].admitted)
            continue;
        offer.has_lead = true;
        offer.lead = fminl(offer.lead, offer.points - bids[b].total);
    }
    if (offer.admitted && offer.has_lead)
        offer.wins = compare_real(offer.lead, 0) >= 0;
    return offer;
}

static inline int compare_leads(
    const struct plain_offer *a, const struct plain_offer *b)
{
    return a->has_lead && b->has_lead ? compare_real(a->lead, b->lead) : 0;
}

/* Whether a is at least as good on both sides and better on one. */
static inline bool beats(
    const struct plain_offer *a, const struct plain_offer *b)
{
    int lead = compare_leads(a, b);
    int users = compare_real(a->users, b->users);

    return a->admitted && lead >= 0 && users >= 0 && lead + users > 0;
}

static inline bool is_preferred(
    const struct plain_offer *a, const struct plain_offer *b)
{
    int users = compare_real(a->users, b->users);
    int lead = compare_leads(a, b);
    int price = compare_real(b->price, a->price);

    if (users || lead || price)
        return users ? users > 0 : lead ? lead > 0 : price > 0;
    return a->elements != b->elements ? a->elements < b->elements
                                      : a->set < b->set;
}

static inline void plain_front(struct plain *plain, const struct tender *t)
{
    uint32_t sets = 1;

    *plain = (struct plain){.best = MODEL_NOWHERE};
    for (size_t e = 0; e < t->model.elements_n; e++)
        sets <<= !t->elements[e].always;
    for (uint32_t set = 0; set < sets; set++) {
        if (is_allowed(t, set))
            plain->offers[plain->n++] = plain_offer_of(t, set);
    }
    for (size_t i = 0; i < plain->n; i++) {
        struct plain_offer *offer = &plain->offers[i];
        offer->front = offer->admitted;
        for (size_t j = 0; j < plain->n && offer->front; j++)
            offer->front = !beats(&plain->offers[j], offer);
        if (offer->wins &&
            (plain->best == MODEL_NOWHERE ||
                is_preferred(offer, &plain->offers[plain->best])))
            plain->best = i;
    }
}

#endif
