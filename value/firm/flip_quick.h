/* SPDX-License-Identifier: Apache-2.0
 *
 * flip_quick.h - which bids' absence changes who leads, where rules look at all
 * bids or places are limited.
 */
#ifndef VALUE_FIRM_FLIP_QUICK_H
#define VALUE_FIRM_FLIP_QUICK_H

#include "value/award/score.h"

/**
 * flip_quick - the bids without which others lead
 *
 * Takes   score  totals current, and again when it returns
 *         led    [bids_n] who leads with all there
 * Gives   changes  [bids_n] true where others lead without it
 *         true, or false: it can not be told so, and nothing was done
 * Thread  any, one owner of score at a time
 * Cost    O(bids x those that can lead), mostly few
 * Source  docs/value.md 5
 */
bool flip_quick(struct score *score, const bool *led, bool *changes);

#endif
