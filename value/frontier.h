/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier.h - the exact front where there are too many sets to weigh them all.
 *
 * What front.h is for a few possible elements, this is for up to FRONTIER_MAX:
 * partial offers are grown element by element, and one is dropped as soon as
 * another can be completed in every way it can and is then never worse on
 * either side.  What is left is weighed exactly, by offer.h and score.h.
 */
#ifndef VALUE_FRONTIER_H
#define VALUE_FRONTIER_H

#include "protocol/err.h"
#include "value/model.h"

/* The most possible elements. */
#define FRONTIER_MAX 128

/* A set of elements: bit i of the words stands for the element i of the model
 * that is the i-th choice, as in frontier_found.choices. */
struct frontier_set {
    uint64_t word[FRONTIER_MAX / 64];
};

/* What the cost of an element changes. */
enum frontier_cost {
    FRONTIER_PRICE, /* it is added to our price */
    FRONTIER_MARGIN /* our price stays, so our margin pays */
};

struct frontier_ask {
    enum frontier_cost cost;
    int64_t budget;    /* 1/10000, the most that the costs of the choices may
                          sum to; MODEL_ABSENT for no end */
    size_t states_max; /* partial offers kept at once, an eighth of it while a
                          limit can still be reached; 0 FRONTIER_STATES */
    bool (*stop)(void *context); /* true ends the search; or NULL */
    void *context;
};

#define FRONTIER_STATES 10000

struct frontier_offer {
    struct frontier_set set;
    int64_t price;  /* micro; MODEL_ABSENT not recorded */
    int64_t cost;   /* micro, of the choices */
    int64_t points; /* micro */
    int64_t lead;   /* micro; MODEL_ABSENT when there is no rival */
    int64_t users;  /* micro */
    bool wins;
};

struct frontier_found {
    size_t choices_n;
    size_t choices[FRONTIER_MAX]; /* elements of the model */
    size_t states;                /* the most partial offers kept at once */
    /* Both 0: the front is exact.  Otherwise for every offer there is one
     * here that has at most so much less of each. */
    int64_t gap_lead, gap_users;   /* micro, rounded up */
    size_t offers_n;               /* 0: no offer is valid and admitted */
    struct frontier_offer *offers; /* by falling lead, rising users */
};

/**
 * frontier_compute - the front of all offers, or nearly
 *
 * Takes   model  any
 *         ask    what costs change, and how far to go
 * Gives   *found  one offer for each pair of lead and users' mean that no
 *                 admitted offer within the budget equals on both and beats
 *                 on one; freed with frontier_free
 * Errors  ERR_STATE    missing_list has rows that block FIGURE_FRONT, or what
 *                      is always in contradicts itself
 *         ERR_LIMIT    more than FRONTIER_MAX possible elements; or the award
 *                      can not be searched so: the price rule is an
 *                      expression, max-pass is published, a need that must
 *                      be met may cap users' value, costs could take
 *                      the price to 0 or below; or figures beyond 10^10; or
 *                      states_max is reached where no gap can be told
 *         ERR_ABORTED  ask->stop said so
 * Thread  any
 * Cost    O(elements x states x log states) where effects only add up,
 *         O(elements x states squared) where marks or coverage cap
 * Source  Nemhauser and Ullmann 1969 (dominance between partial sets);
 *         Bazgan, Hugot and Vanderpooten 2009; docs/value.md 10
 * Vector  V1 -> {O2 O3} {O1 O2 O3}
 */
enum err frontier_compute(const struct model *model,
    const struct frontier_ask *ask, struct frontier_found **found) MUST_USE;

/**
 * frontier_free - free what was found
 *
 * Takes   found  of frontier_compute, or NULL within
 * Gives   *found NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void frontier_free(struct frontier_found **found);

#endif
