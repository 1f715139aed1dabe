/* SPDX-License-Identifier: Apache-2.0
 *
 * weigh.h - what a need weighs to a segment, and to all users together.
 *
 * A segment counts when some need has importance above 0 in it.  Segments
 * count by their heads; one that counts alone needs no head-count.
 */
#ifndef VALUE_GAP_WEIGH_H
#define VALUE_GAP_WEIGH_H

#include "value/fraction.h"
#include "value/model.h"

/* The same as integers over one denominator, for sums of many. */
struct weighing {
    const struct model *model;
    bool known;    /* as weigh_segments; else nothing below is of use */
    int64_t *own;  /* [segments_n][needs_n] importance, 0 where absent */
    mpz_t *sum;    /* [segments_n] of importances; 0 where it does not count */
    mpz_t *factor; /* [segments_n] share of the heads / sum, over below */
    mpz_t below;   /* > 0 */
};

/**
 * weigh_counts - whether a segment says what matters to it
 *
 * Takes   segment  index
 * Gives   true when its importances sum to more than 0
 * Thread  any
 * Cost    O(needs)
 * Source  docs/value.md 7
 */
bool weigh_counts(const struct model *model, size_t segment);

/**
 * weigh_is_known - whether weigh_segments can say what all segments count
 *
 * Takes   model  any
 * Gives   what weigh_segments would for only NULL
 * Thread  any
 * Cost    O(segments), O(segments x needs) where needs matter to nobody
 * Source  docs/value.md 7
 */
bool weigh_is_known(const struct model *model);

/**
 * weigh_segments - the share of each segment in the heads of those that count
 *
 * Takes   only  [segments_n] true for the segments to share among, or NULL:
 *               all; one that does not count has share 0 in any case
 * Gives   shares  [segments_n], summing to 1
 *         false when they can not be known: none counts, or several count
 *         and the heads of one of them are absent or they are all 0
 * Thread  any
 * Cost    O(segments x needs)
 * Source  docs/value.md 7
 */
bool weigh_segments(const struct model *model, const bool *only, mpq_t *shares);

/**
 * weigh_needs_of - what each need weighs to one segment
 *
 * Takes   segment  one that counts
 * Gives   weights  [needs_n], importance / sum of importances
 * Thread  any
 * Cost    O(needs)
 * Source  docs/value.md 7
 */
void weigh_needs_of(const struct model *model, size_t segment, mpq_t *weights);

/**
 * weigh_needs - what each need weighs to all users
 *
 * Takes   model  any
 * Gives   weights  [needs_n], head-weighted mean of weigh_needs_of
 *         false when weigh_segments is
 * Thread  any
 * Cost    O(segments x needs)
 * Source  docs/value.md 9
 * Vector  V1 -> .359375 .085938 .265 .289687
 */
bool weigh_needs(const struct model *model, mpq_t *weights);

/**
 * weighing_init - what importances weigh over one denominator
 *
 * Takes   model  kept until weighing_fini
 * Gives   *w  importances and sums; weighing_share must follow for the rest
 * Thread  any
 * Cost    O(segments x needs)
 * Source  docs/value.md 7
 */
void weighing_init(struct weighing *w, const struct model *model);

/**
 * weighing_share - the factors of some segments
 *
 * Takes   only  as for weigh_segments
 * Gives   w->known, w->factor, w->below
 * Thread  the one that owns *w
 * Cost    O(segments) products of integers of any size
 * Source  docs/value.md 7
 */
void weighing_share(struct weighing *w, const bool *only);

/**
 * weighing_fini - release what weighing_init made
 *
 * Takes   w  of weighing_init
 * Gives   *w without memory
 * Thread  the one that owns *w
 * Cost    O(segments)
 * Source  none
 */
void weighing_fini(struct weighing *w);

/**
 * weighing_needs - what each need weighs to all users
 *
 * Takes   w  known
 * Gives   above  [needs_n] over w->below, summing to it
 * Thread  the one that owns *w
 * Cost    O(segments x needs)
 * Source  docs/value.md 9
 */
void weighing_needs(const struct weighing *w, mpz_t *above);

#endif
