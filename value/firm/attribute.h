/* SPDX-License-Identifier: Apache-2.0
 *
 * attribute.h - what wins: which criteria, and which elements of our offer.
 *
 * Of an element three figures are told, for the institution's points and for
 * users' value: what is lost without it, what it adds alone, and its Shapley
 * value, which shares the whole fairly where elements do the same job.
 */
#ifndef VALUE_FIRM_ATTRIBUTE_H
#define VALUE_FIRM_ATTRIBUTE_H

#include "value/model.h"

struct attribute_share {
    int64_t lost;  /* micro, v(all) - v(all but it) */
    int64_t alone; /* micro, v(it) - v(none) */
    int64_t share; /* micro, its Shapley value */
};

struct attribute_element {
    size_t element;
    struct attribute_share points; /* of our total; a refused bid has 0 */
    struct attribute_share users;  /* of users' mean; ABSENT where unknown */
};

struct attribute_criterion {
    int64_t lead; /* micro, our points - the best rival's on it; ABSENT where
                     one is not compared or a rule gives the total */
    size_t rival; /* that rival; MODEL_NOWHERE */
    bool discriminator; /* at least so far ahead on a criterion that weighs */
    bool ghost;         /* at least so far behind on one */
};

struct attribute_result {
    size_t criteria_n, elements_n;
    struct attribute_criterion *criteria; /* [criteria_n] */
    struct attribute_element *elements;   /* [elements_n] of the set */
    int64_t points; /* micro, total with all less that with none of the set */
    int64_t users;  /* micro, the same of users' mean; ABSENT */
};

/**
 * attribute_compute - where our points and users' value come from
 *
 * Takes   set     possible elements in our bid; what is always in stays in
 *         ahead   1/10000 points that make a discriminator or a ghost, >= 0
 *         weight  1/10000 points that a criterion must weigh for that
 * Gives   *made  freed with attribute_free; the elements' shares sum to
 *                points and to users, but for the rounding of each
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_DECIDER
 *         ERR_ARG    the set may not be offered
 * Thread  any
 * Cost    O(2^elements x (bids + criteria + needs + elements))
 * Source  Shapley 1953; docs/value.md 15
 * Vector  V1 with O2 and O3 -> lead on C1 -5.384615, C2 -3.15
 */
enum err attribute_compute(const struct model *model, uint32_t set,
    int64_t ahead, int64_t weight, struct attribute_result **made) MUST_USE;

/**
 * attribute_free - free a result
 *
 * Takes   result  of attribute_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void attribute_free(struct attribute_result **result);

#endif
