/* SPDX-License-Identifier: Apache-2.0
 *
 * contrast.h - the institution's choice and the users' choice side by side.
 *
 * What each side loses if the other one chooses, how many of the first few
 * are the same, and how faithfully the criteria stand for a segment.
 */
#ifndef VALUE_GAP_CONTRAST_H
#define VALUE_GAP_CONTRAST_H

#include "value/award/award.h"
#include "value/gap/gap.h"
#include "value/users/users.h"

/* Whose choice among the users. */
enum contrast_of { CONTRAST_MEAN, CONTRAST_WORST, CONTRAST_CAPTIVES };

struct contrast_regret {
    size_t winner;  /* the bid that the rules choose */
    size_t best;    /* the bid that users would choose */
    int64_t users;  /* micro, value they lose by the winner, 0 or more */
    int64_t points; /* micro, points the winner is ahead of their choice;
                       MODEL_ABSENT where that is not admitted */
};

/**
 * contrast_regret - what each side loses when the other one chooses
 *
 * Takes   award, users  of the same model
 *         of            mean, worst segment or captives
 * Gives   *made; of level bids the first, the winner where it is one of them
 *         false where nobody wins, or no value of that kind is known, also not
 *         that of the winner
 * Thread  any
 * Cost    O(bids)
 * Source  D5, the greatest value of a bid less the value of the winner;
 *         docs/value.md 19
 * Vector  V1 -> mean 0, captives .052 by RIV2 instead of OURS
 */
bool contrast_regret(const struct award_result *award,
    const struct users_result *users, enum contrast_of of,
    struct contrast_regret *made);

/**
 * contrast_overlap - how many of the first k are the same in two lists
 *
 * Takes   a, b  [n], larger is better; of level ones the first comes first
 *         k     1..n
 * Gives   how many are among the first k of both
 * Thread  any
 * Cost    O(n x n)
 * Source  top-k overlap; docs/value.md 19
 * Vector  (3 2 1) (1 2 3), k 2 -> 1
 */
size_t contrast_overlap(const int64_t *a, const int64_t *b, size_t n, size_t k);

/**
 * contrast_gap - the gap of some segments alone, without bids
 *
 * Takes   only  [segments_n] those looked at, or NULL: all
 * Gives   *made  freed with gap_free
 * Errors  ERR_STATE  as gap_compute
 * Thread  any
 * Cost    that of gap_compute without bids
 * Source  docs/value.md 9
 */
enum err contrast_gap(const struct model *model, const bool *only,
    struct gap_result **made) MUST_USE;

/**
 * contrast_fidelity - how faithfully the criteria stand for some segments
 *
 * Takes   only  [segments_n] those represented, or NULL: all
 * Gives   micro, 1 - half the sum over needs of |weight to them - shadow
 *         weight|: 1 the same weights, 0 nothing in common; MODEL_ABSENT where
 *         one of the two is not known
 * Thread  any
 * Cost    that of gap_compute without bids
 * Source  docs/value.md 19, from divergence in 9
 * Vector  V1 -> NIGHT .647115, all .642428
 */
int64_t contrast_fidelity(const struct model *model, const bool *only);

#endif
