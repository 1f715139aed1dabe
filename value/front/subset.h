/* SPDX-License-Identifier: Apache-2.0
 *
 * subset.h - which sets of possible elements make an offer.
 *
 * A set is a bit mask: bit i stands for the i-th element that is a choice, in
 * the order of the model.  Elements that are always in the offer are no bits,
 * but what they exclude, require and share a group with still holds.
 */
#ifndef VALUE_FRONT_SUBSET_H
#define VALUE_FRONT_SUBSET_H

#include "value/model.h"

struct subsets {
    size_t n;                      /* bits in use */
    bool too_many;                 /* there are more than MODEL_CHOICES */
    bool broken;                   /* what is always in contradicts itself */
    size_t element[MODEL_CHOICES]; /* the element of each bit */
    uint32_t never;                /* bits that can not be chosen */
    uint32_t must;                 /* bits that what is always in requires */
    uint32_t excludes[MODEL_CHOICES];
    uint32_t requires[MODEL_CHOICES];
};

/**
 * elements_conflict - whether two elements may not stand together
 *
 * Takes   one, other  indexes in the model
 * Gives   true when either excludes the other, or they share a group; false
 *         for an element and itself
 * Thread  any
 * Cost    O(exclusions of both)
 * Source  docs/value.md 10; an exclusion holds both ways
 */
bool elements_conflict(const struct model *model, size_t one, size_t other);

/**
 * subsets_init - read the choices of a model
 *
 * Takes   model  any
 * Gives   *subsets  no memory to release
 * Thread  any
 * Cost    O(elements x choices + references)
 * Source  docs/value.md 10; an exclusion holds both ways
 */
void subsets_init(struct subsets *subsets, const struct model *model);

/**
 * subset_bit - the bit that stands for an element
 *
 * Takes   element  index in the model
 * Gives   one bit, or 0 when the element is no choice
 * Thread  any
 * Cost    O(n)
 * Source  docs/value.md 10
 */
uint32_t subset_bit(const struct subsets *subsets, size_t element);

/**
 * subset_is_valid - whether a set of elements may be offered
 *
 * Takes   subsets  of subsets_init
 *         set      bit mask
 * Gives   false when it holds a bit beyond n, two elements that exclude each
 *         other or share a group, or lacks one that another requires
 * Thread  any
 * Cost    O(n)
 * Source  docs/value.md 10
 */
bool subset_is_valid(const struct subsets *subsets, uint32_t set);

/**
 * elements_allow - whether at least one offer is possible
 *
 * Takes   model  any number of elements
 * Gives   false where what is always in, with what it requires, contradicts
 *         itself
 * Thread  any
 * Cost    O(elements x (elements + references))
 * Source  docs/value.md 10
 */
bool elements_allow(const struct model *model);

#endif
