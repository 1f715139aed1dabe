/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch.h - what a proposition for one audience says: which of its needs, in
 * which order, and which element serves each.
 */
#ifndef VALUE_WORDS_PITCH_H
#define VALUE_WORDS_PITCH_H

#include "value/award/award.h"

struct pitch_need {
    size_t need;
    int64_t importance; /* 1/10000 */
    int64_t covered;    /* micro, by our bid with what is always in */
    size_t element;     /* always in, that serves it most; MODEL_NOWHERE */
    int64_t without;    /* micro, covered without that element */
};

/* A possible element that would cover more of an open need. */
struct pitch_offer {
    size_t element, need;
    int64_t covered; /* micro, of the need with it */
};

struct pitch {
    struct pitch_need *served; /* half or more covered; the weightiest first */
    size_t served_n;
    struct pitch_need *open; /* important and less than half covered; what
                                lacks most first.  Where there is none, the
                                one of those served that lacks most */
    size_t open_n;
    struct pitch_offer *offers; /* [open_n] the best of each; element
                                   MODEL_NOWHERE: none */
};

/**
 * pitch_plan - what to say of the needs of one party
 *
 * Takes   model       with our bid in place
 *         importance  [needs_n] 1/10000 of 0..10; ABSENT or 0: not a need of
 *                     this party
 * Gives   *made  freed with pitch_free
 * Thread  any
 * Cost    O(needs x elements x effects)
 * Source  own definition: served from .5 of coverage, by importance, then by
 *         coverage; open below it, from an importance of 5, by importance x
 *         (1 - coverage)
 * Vector  V1 with O1 in, STUD -> N3 .9 by O1 (.5 without), N4 .7, N1 .8, N2 .9
 */
void pitch_plan(
    const struct model *model, const int64_t *importance, struct pitch **made);

/**
 * pitch_strength - the criterion on which our offer stands out
 *
 * Takes   award  of the same model
 * Gives   of those that are marked, the one of the greatest points ahead of
 *         the best rival, the first of several; MODEL_NOWHERE where our bid is
 *         not compared, or is ahead on none
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  F39, discriminators
 * Vector  V1 -> none; without RIV2 C2
 */
size_t pitch_strength(
    const struct model *model, const struct award_result *award);

/**
 * pitch_free - free a plan
 *
 * Takes   pitch  of pitch_plan, or NULL within
 * Gives   *pitch NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void pitch_free(struct pitch **pitch);

#endif
