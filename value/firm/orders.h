/* SPDX-License-Identifier: Apache-2.0
 *
 * orders.h - who wins by order of importance: how large a share of all weights
 * with one criterion above the others, or in one whole order, makes a bid win.
 *
 * Marks and prices are at their likely values; the weights that are published
 * play no part.
 */
#ifndef VALUE_FIRM_ORDERS_H
#define VALUE_FIRM_ORDERS_H

#include "value/model.h"

/* Criteria up to which whole orders are looked at. */
#define ORDERS_CRITERIA 5
#define ORDERS_MOST     120

struct orders_ask {
    uint64_t seed;
    uint64_t draws; /* above 0, rounded up to whole blocks of QUICK_BLOCK */
    bool (*go_on)(void *context, uint64_t done, uint64_t draws); /* or NULL */
    void *context;
};

struct orders_result {
    size_t bids_n, criteria_n;
    uint64_t draws;
    bool stopped;
    int64_t *first; /* [criteria_n][bids_n] micro, share of the weights of which
                       that criterion's is the largest; ties are split */
    size_t orders_n; /* criteria_n!, 0 above ORDERS_CRITERIA */
    uint8_t (*order)[ORDERS_CRITERIA]; /* [orders_n] most important first */
    int64_t *wins;                     /* [orders_n][bids_n] micro */
};

/**
 * orders_compute - who wins by order of importance
 *
 * One draw of weights serves all orders: put in order it is uniform over the
 * weights in that order, and with the largest in place of criterion k's over
 * those of which k's is the largest.
 *
 * Takes   model  any; our bid with the elements that are always in
 * Gives   *made  freed with orders_free
 * Errors  ERR_STATE        missing_list has rows that block FIGURE_DECIDER
 *         ERR_UNSUPPORTED  points are not added up by weight: a rule gives the
 *                          total, or an expression looks at weights
 * Thread  any
 * Cost    draws x bids x (criteria x criteria + orders)
 * Source  F12, rank acceptability; docs/value.md 14
 * Vector  .6 .8 .5 against .8 .5 .6, in the order 1 2 3: .2 and .8
 */
enum err orders_compute(const struct model *model, const struct orders_ask *ask,
    struct orders_result **made) MUST_USE;

/**
 * orders_free - free a result
 *
 * Takes   result  of orders_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void orders_free(struct orders_result **result);

#endif
