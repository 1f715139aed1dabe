/* SPDX-License-Identifier: Apache-2.0
 *
 * worth.h - satisfaction for money, and which levels can be talked about.
 */
#ifndef VALUE_USERS_WORTH_H
#define VALUE_USERS_WORTH_H

#include "value/users/users.h"

/* F0, which must be reached as it is, to F3, which can be dropped. */
#define WORTH_CLASSES 4

struct worth_class {
    int64_t weight;   /* micro, users' weight of its needs */
    int64_t coverage; /* micro, how far our bid covers them, by weight */
};

/**
 * worth_of - satisfaction of needs over what it costs
 *
 * Takes   users  of users_compute on the model
 * Gives   users' mean / price, micro for each unit of money
 *         *relative  micro, over that of the best bid
 *         MODEL_ABSENT, *relative untouched, where mean or price is not known
 *         or the price is not above 0
 * Thread  any
 * Cost    O(bids)
 * Source  F27, EN 12973: value = satisfaction / resources; docs/value.md 18
 * Vector  V1 -> OURS .001346, 1 of the best; RIV2 .001323, .982563
 */
int64_t worth_of(const struct model *model, const struct users_result *users,
    size_t bid, int64_t *relative);

/**
 * worth_class_of - the needs of one class of flexibility
 *
 * Takes   class  0 (F0) .. WORTH_CLASSES - 1
 * Gives   *made
 *         false where the weights of needs are not known or the class is
 *         empty or without weight
 * Thread  any
 * Cost    O(segments x needs)
 * Source  F27, NF X50-150; docs/value.md 18
 */
bool worth_class_of(
    const struct model *model, int class, struct worth_class *made);

#endif
