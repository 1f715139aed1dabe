/* SPDX-License-Identifier: Apache-2.0
 *
 * brings.h - what each possible element brings to either side, and what a
 * need costs in award points.
 */
#ifndef VALUE_FRONT_BRINGS_H
#define VALUE_FRONT_BRINGS_H

#include "value/model.h"

/* To whom an element brings something, its cost in points counted. */
enum brings {
    BRINGS_NEITHER,
    BRINGS_DECIDER, /* to the institution alone */
    BRINGS_USERS,   /* to users alone */
    BRINGS_BOTH
};

struct brings_element {
    size_t element;
    bool possible;  /* it can be offered, with what it requires; else what
                       follows is absent */
    int64_t lead;   /* micro, change of our lead; of our points without a
                       rival; MODEL_ABSENT where we are not admitted */
    int64_t users;  /* micro, change of users' mean; MODEL_ABSENT unknown */
    enum brings to; /* where both are known */
};

struct brings_need {
    size_t element; /* that covers more of it at the least loss of lead;
                       MODEL_NOWHERE: no element does */
    int64_t more;   /* micro, how much more it covers */
    int64_t price;  /* micro, lead lost for each .1 of coverage; below 0 it is
                       gained; MODEL_ABSENT */
};

struct brings_result {
    size_t elements_n, needs_n;
    struct brings_element *elements; /* [elements_n], the possible ones */
    struct brings_need *needs;       /* [needs_n] */
    int64_t tau; /* micro, order by lead against order by users, of those with
                    both; MODEL_ABSENT undefined */
};

/**
 * brings_compute - each possible element added alone to our bid
 *
 * With it comes what it requires, directly or not; what is always in stays.
 *
 * Takes   model  any
 * Gives   *made  freed with brings_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_DECIDER
 * Thread  any
 * Cost    O(elements x (bids + criteria + needs + elements + effects))
 * Source  D6, quadrants; docs/value.md 19
 * Vector  V1 -> O1 lead -.837862, users .106, users alone; N3 costs .209465
 *         for each .1
 */
enum err brings_compute(
    const struct model *model, struct brings_result **made) MUST_USE;

/**
 * brings_free - free a result
 *
 * Takes   result  of brings_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void brings_free(struct brings_result **result);

#endif
