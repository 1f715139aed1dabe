/* SPDX-License-Identifier: Apache-2.0
 *
 * users_cells.h - what each bid is worth to each segment, exactly.
 *
 * All values of a segment are numerators over one denominator, so that two of
 * them are compared, and a mean is made, without a division.  They stand in
 * machine words where it is proven that they have room, else over GMP.
 */
#ifndef VALUE_USERS_USERS_CELLS_H
#define VALUE_USERS_USERS_CELLS_H

#include "value/front/offer.h"
#include "value/gap/weigh.h"

struct users_cells {
    const struct model *model;
    const struct offer *offer;
    const struct weighing *weighing;
    mpz_t one;      /* what full coverage of any need divides */
    mpz_t *below;   /* [segments_n] sum of importances x one */
    int64_t *words; /* [bids_n][segments_n] numerators, or NULL */
    mpz_t *above;   /* the same where words is NULL */
    int64_t *row;   /* [needs_n] scratch */
};

/**
 * users_cells_init - values of all bids to all segments that count
 *
 * Takes   offer, weighing  of the model; kept until users_cells_fini
 * Gives   *cells  with caps not applied
 * Thread  any
 * Cost    O(bids x segments x needs)
 * Source  docs/value.md 7
 */
void users_cells_init(struct users_cells *cells, const struct offer *offer,
    const struct weighing *weighing);

/**
 * users_cells_fini - release what users_cells_init made
 *
 * Takes   cells  of users_cells_init
 * Gives   *cells without memory
 * Thread  the one that owns *cells
 * Cost    O(bids x segments)
 * Source  none
 */
void users_cells_fini(struct users_cells *cells);

/**
 * users_cells_cap - hold a value down to the coverage of a need
 *
 * Takes   bid, segment, need  of the model
 * Gives   true where the value was above it
 * Thread  the one that owns *cells
 * Cost    O(1)
 * Source  docs/value.md 7
 */
bool users_cells_cap(
    struct users_cells *cells, size_t bid, size_t segment, size_t need);

/**
 * users_cells_compare - two values, of whatever bids and segments
 *
 * Takes   segments that count
 * Gives   below 0, 0 or above 0
 * Thread  any
 * Cost    O(1)
 * Source  arithmetic
 */
int users_cells_compare(const struct users_cells *cells, size_t bid,
    size_t segment, size_t other_bid, size_t other_segment);

/**
 * users_cells_micro - a value as it is told
 *
 * Takes   segment  one that counts
 * Gives   micro, half up
 * Thread  any
 * Cost    one division
 * Source  value/fraction.h
 */
int64_t users_cells_micro(
    const struct users_cells *cells, size_t bid, size_t segment);

/**
 * users_cells_mean - the sum over segments of factor x value
 *
 * Takes   above  0
 * Gives   above  over weighing->below x cells->one
 * Thread  any
 * Cost    O(segments)
 * Source  docs/value.md 8
 */
void users_cells_mean(const struct users_cells *cells, size_t bid, mpz_t above);

#endif
