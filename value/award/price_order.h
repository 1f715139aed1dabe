/* SPDX-License-Identifier: Apache-2.0
 *
 * price_order.h - what relative rules look at, without one bid or with one more.
 *
 * Bids are put in order once; the lowest, the highest, the mean and the median
 * without any one of them, or with another price among them, then follow from
 * their places, and need no other look at all.
 */
#ifndef VALUE_AWARD_PRICE_ORDER_H
#define VALUE_AWARD_PRICE_ORDER_H

#include "value/award/price.h"

struct price_order {
    size_t n;
    size_t *rising; /* [n] the bids by price */
    size_t *place;  /* [bids_n] where each stands there, or MODEL_NOWHERE */
    mpq_t sum;      /* of the prices */
    size_t best[2]; /* the two of most quality, or MODEL_NOWHERE */
    size_t poorest[2];
    mpq_t *prices, *qualities; /* [bids_n]; not its own */
};

/**
 * price_order_new - put the prices of bids in order
 *
 * Takes   prices, qualities  [bids_n], kept and unchanged until
 *                            price_order_free, but for bids that do not count
 *         counts             [bids_n]
 * Gives   an order, freed with price_order_free
 * Thread  any
 * Cost    O(bids log bids)
 * Source  none
 */
struct price_order *price_order_new(
    mpq_t *prices, mpq_t *qualities, const bool *counts, size_t bids_n);

/**
 * price_order_free - free an order
 *
 * Takes   order  of price_order_new, or NULL within
 * Gives   *order NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void price_order_free(struct price_order **order);

/**
 * price_order_without - what rules look at when one bid is not there
 *
 * Takes   without  a bid of the order, or MODEL_NOWHERE: all are there
 * Gives   *field  as price_field_set over the others
 * Thread  any, one owner of *field at a time
 * Cost    O(1)
 * Source  price_field_set
 * Vector  30 10 20 60 without the 20 -> lowest 10, highest 60, mean 33.333333,
 *         median 30
 */
void price_order_without(
    const struct price_order *order, size_t without, struct price_field *field);

/**
 * price_order_with - what rules look at when there is one bid more
 *
 * Takes   price, quality  of that bid
 * Gives   *field  as price_field_set over all of them
 * Thread  any, one owner of *field at a time
 * Cost    O(log bids)
 * Source  price_field_set
 * Vector  30 10 60 with a 20 -> lowest 10, highest 60, mean 30, median 25
 */
void price_order_with(const struct price_order *order, mpq_srcptr price,
    mpq_srcptr quality, struct price_field *field);

#endif
