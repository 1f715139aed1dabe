/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier.h - every offer we could make, weighed on both sides at once.
 *
 * One offer for each valid set of possible elements: its price, its points and
 * lead for the institution, its mean value to users.  The front holds the
 * offers that no other beats on both; the two sides are never added up.
 *
 * Partial offers are grown element by element, and one is dropped as soon as
 * another can be completed in every way it can and is then never worse on
 * either side.  What is left is weighed exactly, by offer.h and score.h.
 * Where an award answers to prices or marks in ways of which nothing is known
 * (an expression, a place limit), nothing is dropped.
 */
#ifndef VALUE_FRONT_FRONTIER_H
#define VALUE_FRONT_FRONTIER_H

#include "protocol/err.h"
#include "value/model.h"

/* The most possible elements. */
#define FRONTIER_MAX 128

/* A set of elements: bit i of the words stands for the element i of the model
 * that is the i-th choice, as in frontier_found.choices. */
struct frontier_set {
    uint64_t word[FRONTIER_MAX / 64];
};

/* Whether a set holds a choice. */
static inline bool frontier_has(const struct frontier_set *set, size_t choice)
{
    return (set->word[choice / 64] >> choice % 64 & 1) != 0;
}

/* What the cost of an element changes. */
enum frontier_cost {
    FRONTIER_PRICE, /* it is added to our price */
    FRONTIER_MARGIN /* our price stays, so our margin pays */
};

/* Up to so many possible elements all offers can be told. */
#define FRONTIER_ALL 16

struct frontier_ask {
    enum frontier_cost cost;
    int64_t budget;    /* 1/10000, the most that the costs of the choices may
                          sum to; MODEL_ABSENT for no end */
    const bool *must;  /* [elements_n] what every offer has to hold; or NULL */
    bool all;          /* tell every offer, not the front alone */
    size_t states_max; /* partial offers kept at once, an eighth of it while a
                          limit can still be reached; 0 FRONTIER_STATES */
    bool (*stop)(void *context); /* true ends the search; or NULL */
    void *context;
};

#define FRONTIER_STATES 10000

struct frontier_offer {
    struct frontier_set set;
    bool admitted;  /* passes every gate */
    bool wins;      /* nobody has more points; a tie counts */
    bool front;     /* no other admitted offer is at least as good for both
                       sides and better for one */
    int64_t price;  /* micro; MODEL_ABSENT not recorded */
    int64_t cost;   /* micro, of the choices */
    int64_t points; /* micro; MODEL_ABSENT not admitted */
    int64_t lead;   /* micro; MODEL_ABSENT not admitted, or no rival is */
    int64_t users;  /* micro, head-weighted mean of users' value */
};

struct frontier_found {
    size_t choices_n;
    size_t choices[FRONTIER_MAX]; /* elements of the model */
    size_t states;                /* the most partial offers kept at once */
    bool exact;                   /* otherwise for every offer there is one here
                                     that has at most so much less of each: */
    int64_t gap_lead, gap_users;  /* micro, rounded up; 0 exact */
    /* All of them, by rising set; or those of the front, by falling lead, and
     * behind them the one with the fewest elements and the best for users where
     * they are not on it. */
    bool all;
    size_t offers_n; /* 0: none is valid and within the budget */
    struct frontier_offer *offers;
    /* Of those that win, the one of most value to users: then the larger lead,
     * the lower price, the fewer elements, the lower set; and the same of all,
     * whether they win or not.  MODEL_NOWHERE when there is none. */
    size_t best, users_best;
    size_t least; /* the offer with the fewest elements */
};

/**
 * frontier_compute - the front of all offers, or nearly
 *
 * Takes   model  any
 *         ask    what costs change, and how far to go
 * Gives   *found  freed with frontier_free.  Of several offers with the same
 *                 lead and users' mean one stands for all, unless all are
 *                 told.
 * Errors  ERR_STATE    missing_list has rows that block FIGURE_FRONT
 *         ERR_LIMIT    more than FRONTIER_MAX possible elements; more than
 *                      FRONTIER_ALL, and all are asked for or the award can
 *                      not be searched: the price rule is an expression,
 *                      max-pass is published, costs could take the price to 0
 *                      or below; figures beyond 10^10; or states_max is
 *                      reached where no gap can be told
 *         ERR_ABORTED  ask->stop said so
 * Thread  any
 * Cost    O(elements x states x log states) where effects only add up,
 *         O(elements x states squared) where marks or coverage cap, most of
 *         it comparisons of two numbers; docs/performance.md has figures
 * Source  Nemhauser and Ullmann 1969 (dominance between partial sets);
 *         Bazgan, Hugot and Vanderpooten 2009; docs/value.md 10
 * Vector  V1 -> front {O2 O3} {O1 O2 O3}, best {O2 O3}
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
