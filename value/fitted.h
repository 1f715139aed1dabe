/* SPDX-License-Identifier: Apache-2.0
 *
 * fitted.h - a model in which our bid has some elements and no choice is left.
 *
 * All elements of an offer stand as one that is always in, so that every
 * computation of value/ can look at the offer without knowing of sets.  Other
 * than with the bit masks of subset.h there is no end to their number.
 */
#ifndef VALUE_FITTED_H
#define VALUE_FITTED_H

#include "value/model.h"

struct fitted {
    struct model model; /* as the one it was made of, but for the elements */
    const struct model *from;
    struct model_element element;
    struct model_effect *effects;
};

/**
 * fitted_init - make room for offers of a model
 *
 * Takes   from  kept until fitted_fini
 * Gives   *fitted  with what is always in alone
 * Thread  any
 * Cost    O(elements + effects)
 * Source  docs/value.md 10
 */
void fitted_init(struct fitted *fitted, const struct model *from);

/**
 * fitted_set - our bid with some elements
 *
 * Takes   in          [elements_n] which are in, what is always in among them;
 *                     NULL for that alone
 *         price_moves whether the cost of those that are choices moves our
 *                     price; that of what is always in does
 * Gives   *fitted  with a model of that offer
 * Thread  any, one owner at a time
 * Cost    O(elements + effects)
 * Source  docs/value.md 10
 */
void fitted_set(struct fitted *fitted, const bool *in, bool price_moves);

/**
 * fitted_fini - release what fitted_init made
 *
 * Takes   fitted  of fitted_init
 * Gives   *fitted without memory
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void fitted_fini(struct fitted *fitted);

#endif
