/* SPDX-License-Identifier: Apache-2.0
 *
 * similar.h - how far a tender is from a past one, side by side.
 *
 * Any thread.
 */
#ifndef SERVER_PEOPLE_TENDER_SIMILAR_H
#define SERVER_PEOPLE_TENDER_SIMILAR_H

#include "server/figure/tender_maker.h"

enum similar_side {
    SIMILAR_SORT,
    SIMILAR_BUYER,
    SIMILAR_CPV,
    SIMILAR_VALUE,
    SIMILAR_CRITERIA,
    SIMILAR_SIDES
};

/* Weights by price, cost and quality. */
#define SIMILAR_SORTS 3

struct similar_weights {
    int64_t by_sort[SIMILAR_SORTS];
    bool any;
};

/**
 * similar_weigh - add the weight of a criterion, unless it is a part of one
 *
 * Gives   *to grown
 * Thread  any
 */
void similar_weigh(struct similar_weights *to, const struct object *criterion);

/**
 * similar_sort_of - procedure and nature of a tender: "open,services"
 *
 * Gives   words to be freed; NULL where neither is recorded
 * Thread  any
 */
char *similar_sort_of(const struct object *tender);

/**
 * similar_buyers_of - the numbers of its buyers: "3,7"
 *
 * Gives   words to be freed; NULL where none is recorded
 * Thread  any
 */
char *similar_buyers_of(const struct object *tender);

/**
 * similar_value_of - its estimated value in whole units of its currency
 *
 * Gives   1/10000, or MODEL_ABSENT
 * Thread  any
 */
int64_t similar_value_of(const struct object *tender);

/**
 * similar_word - the key under which the distance of a side is told
 *
 * Gives   a word of the wire
 * Thread  any
 */
const char *similar_word(enum similar_side side);

/**
 * similar_is_past - whether a tender is over
 *
 * Gives   true from its award on, and for a dropped one
 * Thread  any
 */
bool similar_is_past(const struct object *tender);

/**
 * similar_distance - the distance of two tenders
 *
 * Takes   ours, theirs  their weights
 * Gives   the mean of the sides that both have, MODEL_ABSENT where they have
 *         none; sides[] of each; *known  how many both have
 * Thread  any
 */
int64_t similar_distance(const struct object *tender, const struct object *past,
    const struct similar_weights *ours, const struct similar_weights *theirs,
    int64_t sides[SIMILAR_SIDES], size_t *known);

#endif
