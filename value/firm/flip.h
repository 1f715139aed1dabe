/* SPDX-License-Identifier: Apache-2.0
 *
 * flip.h - how little would change the award: weights, and rivals' absence.
 *
 * Parts of award_compute, kept apart from the plain figures.
 */
#ifndef VALUE_FIRM_FLIP_H
#define VALUE_FIRM_FLIP_H

#include "value/award/award.h"
#include "value/award/score.h"

/**
 * flip_weights - the change of each weight that makes us tie with a rival
 *
 * Takes   score   totals current
 *         result  ours and rival set; rival MODEL_NOWHERE: no flips
 * Gives   result->criteria[].flip: (total of rival - ours) / (share of ours -
 *         share of rival), totals before rounding; absent where both earn the
 *         same share, and where a rule gives the total itself
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 6 (Triantaphyllou & Sanchez 1997)
 * Vector  V1 -> +4.633333 -5.940171 +5.346154 -2.673077
 */
void flip_weights(const struct score *score, struct award_result *result);

/**
 * flip_rivals - the rivals that do not win and without whom another wins
 *
 * Takes   score   totals current, and again when it returns
 *         result  bids filled in
 * Gives   result->paradoxes
 * Thread  any, one owner of score at a time
 * Cost    O(bids x bids)
 * Source  docs/value.md 5
 * Vector  V1 -> without RIV1, RIV2 -> OURS
 */
void flip_rivals(struct score *score, struct award_result *result);

#endif
