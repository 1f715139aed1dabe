/* SPDX-License-Identifier: Apache-2.0
 *
 * offer.h - our bid with a set of elements: its price, marks and coverage.
 *
 * What is recorded of our bid is without elements.  Elements that are always
 * in stand in every offer; the set says which possible ones join them.  Only
 * here is said how effects combine, so that the decider's figures, the users'
 * figures and the front can not disagree.  The bid must have what
 * missing_blocks asks for.
 */
#ifndef VALUE_FRONT_OFFER_H
#define VALUE_FRONT_OFFER_H

#include "value/fraction.h"
#include "value/front/subset.h"

struct offer_target; /* a mark or a coverage that effects change */

struct offer {
    const struct model *model;
    struct subsets subsets;
    struct offer_target *targets; /* [criteria_n + needs_n] */
    mpz_t price_base;             /* 1/10000, with what is always in */

    /* What offer_set leaves. */
    uint32_t set;
    bool has_price;   /* the price of our bid is recorded */
    mpq_t price;      /* units of money */
    mpz_t *marks;     /* [criteria_n] 1/10000; 0 on a price criterion */
    mpz_t *covers;    /* [needs_n] over cover_one */
    mpz_t *cover_one; /* [needs_n] what full coverage is, > 0 */
};

/**
 * offer_init - our bid with what is always in, no possible element chosen
 *
 * Takes   model  with model->ours in place; kept until offer_fini
 * Gives   *offer  ready, as after offer_set(offer, 0)
 * Thread  any
 * Cost    O(criteria + needs + effects)
 * Source  docs/value.md 10
 */
void offer_init(struct offer *offer, const struct model *model);

/**
 * offer_init_with - our bid with what is always in and some possible elements
 *
 * Takes   model  as offer_init
 *         set    bit mask; 0, which is never refused, is what is always in
 * Gives   *offer  ready, as after offer_set(offer, set)
 * Errors  ERR_ARG  the set is not valid; nothing is left to release
 * Thread  any
 * Cost    as offer_init
 * Source  docs/value.md 10
 */
enum err offer_init_with(
    struct offer *offer, const struct model *model, uint32_t set) MUST_USE;

/**
 * offer_fini - release what offer_init made
 *
 * Takes   offer  of offer_init
 * Gives   *offer without memory
 * Thread  any
 * Cost    O(criteria + needs)
 * Source  docs/value.md 10
 */
void offer_fini(struct offer *offer);

/**
 * offer_set - our bid with these possible elements
 *
 * Takes   set  bit mask of offer->subsets, valid or not
 * Gives   *offer  with price, marks and covers of that set:
 *                 price     recorded price + costs
 *                 sum       recorded + effects "add" + the largest and the
 *                           lowest (if below 0) of the effects "cap"
 *                 mark      sum + effects "complement", within 0..scale-max
 *                 coverage  1 - (1 - sum within 0..1) x product of (1 - by)
 *                           over effects "complement", within 0..1
 * Thread  any, one owner at a time
 * Cost    O(elements chosen + targets touched and their effects)
 * Source  docs/value.md 10
 * Vector  0.5, complement 0.4 and 0.5 -> 0.85; cap 0.2 and 0.3 -> 0.8
 */
void offer_set(struct offer *offer, uint32_t set);

/**
 * offer_cover - how far a bid covers a need
 *
 * Takes   bid  any; for ours it is the offer's coverage
 * Gives   cover  0..1; 0 where none is recorded
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 7
 */
void offer_cover(
    const struct offer *offer, size_t bid, size_t need, mpq_t cover);

/**
 * offer_cover_micro - the same, as it is told
 *
 * Takes   bid  any; for ours it is the offer's coverage
 * Gives   in 1e-6, half up
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 7
 */
int64_t offer_cover_micro(const struct offer *offer, size_t bid, size_t need);

#endif
