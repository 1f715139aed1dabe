/* SPDX-License-Identifier: Apache-2.0
 *
 * weigh.h - what a need weighs to a segment, and to all users together.
 *
 * A segment counts when some need has importance above 0 in it.  Segments
 * count by their heads; one that counts alone needs no head-count.
 */
#ifndef VALUE_WEIGH_H
#define VALUE_WEIGH_H

#include "value/fraction.h"
#include "value/model.h"

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

#endif
