/* SPDX-License-Identifier: Apache-2.0
 *
 * lowered.h - captive users whom a bid would leave with less than they have.
 *
 * Whoever can turn to something else will; captives can not, so that what is
 * taken from them is named.  A flag, never a reason to refuse a bid.
 */
#ifndef VALUE_PEOPLE_LOWERED_H
#define VALUE_PEOPLE_LOWERED_H

#include "value/users/advantage.h"

struct lowered_row {
    size_t bid, segment;
    struct advantage_range net; /* micro, below 0: over what they have today */
};

struct lowered_result {
    struct lowered_row *rows; /* by bid, then by segment */
    size_t rows_n;
};

/**
 * lowered_compute - captive segments that bids leave worse off than today
 *
 * Today is how satisfied a segment is; where that is not recorded, what the
 * status quo within its reach covers.
 *
 * Takes   all    true: of every bid; false: of our bid alone
 * Gives   *made  freed with lowered_free; a row only where the net is below 0
 *                whatever is not recorded
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_USERS
 * Thread  any
 * Cost    that of advantage_compute; O(segments x reaches) where nobody is
 *         captive
 * Source  docs/value.md 18
 * Vector  weights .4 .6, coverage .5 .5 over .9 .4 -> -.1
 */
enum err lowered_compute(
    const struct model *model, bool all, struct lowered_result **made) MUST_USE;

/**
 * lowered_free - free a result
 *
 * Takes   result  of lowered_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void lowered_free(struct lowered_result **result);

#endif
