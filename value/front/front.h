/* SPDX-License-Identifier: Apache-2.0
 *
 * front.h - what would make an offer of ours win.
 *
 * frontier.h finds the offers; here one of them is looked at more closely.
 */
#ifndef VALUE_FRONT_FRONT_H
#define VALUE_FRONT_FRONT_H

#include "value/award/award.h"
#include "value/fitted.h"
#include "value/front/frontier.h"

struct front_discount {
    enum to_win to_win;
    int64_t price; /* micro, of the tie, rounded down; MODEL_ABSENT not
                      TO_WIN_AT */
    int64_t cut;   /* micro, price of the offer - price, at least 0; 0 where
                      it wins at any price; MODEL_ABSENT where at none */
};

/**
 * front_fit - the model in which our bid is an offer
 *
 * Takes   model, cost  as the front was found with; the model is kept
 *         offer        of found
 * Gives   *fitted  ended by fitted_fini
 * Thread  any
 * Cost    O(elements + effects)
 * Source  docs/value.md 10
 */
void front_fit(struct fitted *fitted, const struct model *model,
    enum frontier_cost cost, const struct frontier_found *found, size_t offer);

/**
 * front_discount_of - the price cut that makes an offer win
 *
 * Takes   model, cost  as the front was found with
 *         offer        of found
 * Gives   *discount
 * Thread  any
 * Cost    60 totals
 * Source  docs/value.md 10
 * Vector  V1, {O1 O2 O3} -> 595.041322, cut 1.958678
 */
void front_discount_of(const struct model *model, enum frontier_cost cost,
    const struct frontier_found *found, size_t offer,
    struct front_discount *discount);

#endif
