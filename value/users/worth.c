/* SPDX-License-Identifier: Apache-2.0
 *
 * worth.c - users' mean over price, weights by flexibility.
 */
#include "value/users/worth.h"

#include "protocol/base_mem.h"
#include "value/front/offer.h"
#include "value/gap/weigh.h"

/* The price of a bid, ours with what is always in; false unless above 0. */
static bool price_of(const struct model *model, size_t bid, mpq_t price)
{
    const struct estimate *recorded = &model->bids[bid].price;

    if (recorded->low == MODEL_ABSENT)
        return false;
    fraction_set(price, recorded->likely);
    for (size_t e = 0; bid == model->ours && e < model->elements_n; e++) {
        mpq_t cost;
        if (!model->elements[e].always)
            continue;
        mpq_init(cost);
        fraction_set(cost, model->elements[e].cost);
        mpq_add(price, price, cost);
        mpq_clear(cost);
    }
    return mpq_sgn(price) > 0;
}

static bool divide(const struct model *model, const struct users_result *users,
    size_t bid, mpq_t worth)
{
    bool known = users->bids[bid].mean != MODEL_ABSENT;
    mpq_t price;

    mpq_init(price);
    known = known && price_of(model, bid, price);
    if (known) {
        fraction_set_micro(worth, users->bids[bid].mean);
        mpq_div(worth, worth, price);
    }
    mpq_clear(price);
    return known;
}

int64_t worth_of(const struct model *model, const struct users_result *users,
    size_t bid, int64_t *relative)
{
    int64_t micro = MODEL_ABSENT;
    mpq_t own, other, best;

    mpq_inits(own, other, best, NULL);
    if (divide(model, users, bid, own)) {
        for (size_t b = 0; b < model->bids_n; b++) {
            if (divide(model, users, b, other) && mpq_cmp(other, best) > 0)
                mpq_set(best, other);
        }
        micro = fraction_micro(own, FRACTION_HALF_UP);
        if (mpq_sgn(best) > 0)
            mpq_div(own, own, best);
        *relative = fraction_micro(own, FRACTION_HALF_UP);
    }
    mpq_clears(own, other, best, NULL);
    return micro;
}

static bool sum_class(const struct model *model, const struct offer *offer,
    int class, mpq_t *weights, struct worth_class *made)
{
    mpq_t sum, covered, part;

    mpq_inits(sum, covered, part, NULL);
    for (size_t n = 0; n < model->needs_n; n++) {
        if (model->needs[n].flexibility != class + 1)
            continue;
        fraction_set_integers(part, offer->covers[n], offer->cover_one[n]);
        mpq_mul(part, part, weights[n]);
        mpq_add(covered, covered, part);
        mpq_add(sum, sum, weights[n]);
    }
    bool any = mpq_sgn(sum) > 0;
    if (any) {
        mpq_div(covered, covered, sum);
        made->weight = fraction_micro(sum, FRACTION_HALF_UP);
        made->coverage = fraction_micro(covered, FRACTION_HALF_UP);
    }
    mpq_clears(sum, covered, part, NULL);
    return any;
}

bool worth_class_of(
    const struct model *model, int class, struct worth_class *made)
{
    mpq_t *weights = fractions_new(model->needs_n);
    bool known = model->ours < model->bids_n && weigh_needs(model, weights);

    if (known) {
        struct offer offer;
        offer_init(&offer, model);
        known = sum_class(model, &offer, class, weights, made);
        offer_fini(&offer);
    }
    fractions_free(&weights, model->needs_n);
    return known;
}
