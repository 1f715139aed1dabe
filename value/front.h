/* SPDX-License-Identifier: Apache-2.0
 *
 * front.h - every offer we could make, weighed on both sides at once.
 *
 * One offer for each valid set of possible elements: its price, its points and
 * lead for the institution, its mean value to users.  The front holds the
 * offers that no other beats on both; the two sides are never added up.
 */
#ifndef VALUE_FRONT_H
#define VALUE_FRONT_H

#include "value/award.h"

struct front_offer {
    uint32_t set;   /* bit i: the element front_result.choices[i] */
    bool admitted;  /* passes every gate */
    int64_t price;  /* micro; MODEL_ABSENT not recorded */
    int64_t points; /* micro; MODEL_ABSENT not admitted */
    int64_t lead;   /* micro; MODEL_ABSENT not admitted, or no rival is */
    int64_t users;  /* micro, head-weighted mean of users' value */
    bool wins;      /* nobody has more points; a tie counts */
    bool front;     /* no other admitted offer is at least as good for both
                       sides and better for one */
};

/* What would make the users' best offer win. */
struct front_discount {
    size_t offer; /* the offer with the highest users' mean of all */
    enum to_win to_win;
    int64_t price; /* micro, of the tie, rounded down; MODEL_ABSENT not
                      TO_WIN_AT */
    int64_t cut;   /* micro, price of the offer - price, at least 0; 0 where
                      it wins at any price; MODEL_ABSENT where at none */
};

struct front_result {
    size_t choices_n;
    size_t choices[MODEL_CHOICES]; /* elements of the model */
    size_t offers_n;
    struct front_offer *offers; /* by rising set; never none */
    size_t best; /* of those that win, the one of most value to users: then
                    the larger lead, the lower price, the fewer elements, the
                    lower set; MODEL_NOWHERE when none wins */
    struct front_discount discount;
};

/**
 * front_compute - all offers, the front, the best that wins, the discount
 *
 * Takes   model  any
 * Gives   *made  freed with front_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_FRONT
 *         ERR_LIMIT  more than MODEL_CHOICES possible elements
 * Thread  any
 * Cost    O(2^choices x (bids + criteria + needs)); 65536 offers against five
 *         bids in about half a second
 * Source  docs/value.md 10
 * Vector  V1 -> front {O2 O3} {O1 O2 O3}, best {O2 O3}, discount of {O1 O2 O3}
 *         595.041322, cut 1.958678
 */
enum err front_compute(
    const struct model *model, struct front_result **made) MUST_USE;

/**
 * front_free - free a result
 *
 * Takes   result  of front_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void front_free(struct front_result **result);

#endif
