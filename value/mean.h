/* SPDX-License-Identifier: Apache-2.0
 *
 * mean.h - what our offer is worth to users, computed for many offers.
 *
 * The mean over segments by heads, exact, from the coverage of an offer.  A
 * need that must be met caps the value of each segment to which it matters:
 * what it lacks can not be made up for elsewhere.
 */
#ifndef VALUE_MEAN_H
#define VALUE_MEAN_H

#include "value/fraction.h"
#include "value/model.h"

struct mean_row; /* segments whose value is added up and capped together */

struct mean {
    mpz_t below; /* the denominator of every mean, > 0 */
    /* Inside. */
    size_t needs_n, rows_n;
    struct mean_row *rows;
    mpz_t value, cap; /* scratch */
};

/**
 * mean_caps - whether some segment has a need that may cap its value
 *
 * Takes   model  any
 * Gives   false where every mean is a weighted sum of the coverage
 * Thread  any
 * Cost    O(segments x needs)
 * Source  docs/value.md 7
 */
bool mean_caps(const struct model *model);

/**
 * mean_init - make ready to compute means
 *
 * Takes   only       [segments_n] the segments to look at, or NULL: all
 *         cover_one  [needs_n] what full coverage is, > 0; kept by nobody
 * Gives   *mean  ready, ended by mean_fini
 *         false and nothing to end where the mean is not known (weigh.h)
 * Thread  any
 * Cost    O(segments x needs)
 * Source  docs/value.md 7
 */
bool mean_init(struct mean *mean, const struct model *model, const bool *only,
    mpz_t *cover_one) MUST_USE;

/**
 * mean_fini - release what mean_init made
 *
 * Takes   mean  of mean_init
 * Gives   *mean without memory
 * Thread  any
 * Cost    O(segments x needs)
 * Source  none
 */
void mean_fini(struct mean *mean);

/**
 * mean_above - the mean of an offer, over mean->below
 *
 * Takes   covers  [needs_n] over cover_one of mean_init
 * Gives   above  sum over segments of share x the smaller of its value and
 *                the coverage of each need that must be met, matters to it
 *                and is covered less than its threshold
 * Thread  any, one owner at a time
 * Cost    O(needs) where nothing caps, else O(segments that can be capped x
 *         needs)
 * Source  F25 (what must be there can not be compensated); docs/value.md 7
 * Vector  V1 with N3 to be met from .6: OURS .5 in each segment
 */
void mean_above(struct mean *mean, mpz_t *covers, mpz_t above);

#endif
