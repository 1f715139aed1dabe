/* SPDX-License-Identifier: Apache-2.0
 *
 * score_field.c - what price rules look at among the bids that are compared.
 *
 * Our price moves and those of rivals do not: what is known of theirs is kept.
 */
#include "value/award/price_order.h"
#include "value/award/score_inside.h"

void score_find_rivals(struct score *score)
{
    score->cheapest = score->dearest = MODEL_NOWHERE;
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == score->model->ours || !score->admitted[i])
            continue;
        if (score->cheapest == MODEL_NOWHERE ||
            mpq_cmp(score->price[i], score->price[score->cheapest]) < 0)
            score->cheapest = i;
        if (score->dearest == MODEL_NOWHERE ||
            mpq_cmp(score->price[i], score->price[score->dearest]) > 0)
            score->dearest = i;
    }
}

/* Keeps in *chosen the price that is further in the direction of sign. */
static void widen_span(mpq_ptr *chosen, mpq_ptr price, int sign)
{
    if (*chosen == NULL || mpq_cmp(price, *chosen) * sign > 0)
        *chosen = price;
}

/* Finds the price span of the admitted bids; true when one of its ends that
 * the rules look at is a new one. */
static bool find_span(struct score *score)
{
    size_t ours = score->model->ours;
    struct price_field *field = &score->field;
    mpq_ptr low = NULL;
    mpq_ptr high = NULL;

    if (score->cheapest != MODEL_NOWHERE) {
        low = score->price[score->cheapest];
        high = score->price[score->dearest];
    }
    if (score->admitted[ours]) {
        widen_span(&low, score->price[ours], -1);
        widen_span(&high, score->price[ours], 1);
    }
    if (low == NULL)
        return false;
    bool is_new = (score->looks >= PRICE_LOOKS_LOWEST &&
                      !mpq_equal(low, field->lowest)) ||
                  (score->looks == PRICE_LOOKS_PRICES &&
                      !mpq_equal(high, field->highest));
    mpq_set(field->lowest, low);
    mpq_set(field->highest, high);
    return is_new;
}

bool score_find_field(struct score *score)
{
    size_t ours = score->model->ours;
    bool was = score->admitted[ours];

    if (score->looks != PRICE_LOOKS_ALL)
        return find_span(score);
    if (score->rivals == NULL) {
        score->admitted[ours] = false;
        score->rivals = price_order_new(score->price, score->quality,
            score->admitted, score->model->bids_n);
        score->admitted[ours] = was;
    }
    if (was)
        price_order_with(score->rivals, score->price[ours],
            score->quality[ours], &score->field);
    else
        price_order_without(score->rivals, MODEL_NOWHERE, &score->field);
    return true;
}
