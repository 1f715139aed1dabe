/* SPDX-License-Identifier: Apache-2.0
 *
 * gap.h - where what the institution rewards and what users need part.
 *
 * The weights of the criteria are carried over to the needs they look at and
 * set against what the needs weigh to users.  Known before there is any bid;
 * how far the two rankings of the bids agree is added once there are some.
 */
#ifndef VALUE_GAP_GAP_H
#define VALUE_GAP_GAP_H

#include "value/model.h"

struct gap_need {
    int64_t users;    /* micro, weight of the need to all users; they sum to
                         exactly 1 (fractions_micro), as do those below */
    int64_t criteria; /* micro, weight the criteria carry to it */
    int64_t gap;      /* micro, users - criteria */
    bool touched;     /* some criterion with weight looks at it */
};

struct gap_segment {
    int64_t divergence; /* micro; MODEL_ABSENT for one that does not count */
    int64_t tau;        /* micro; MODEL_ABSENT undefined */
};

struct gap_result {
    size_t needs_n, segments_n;
    struct gap_need *needs;       /* [needs_n] */
    struct gap_segment *segments; /* [segments_n] */
    size_t *blind;                /* needs users weigh more than the criteria
                                     do, the widest gap first */
    size_t blind_n;
    int64_t divergence;    /* micro, 0 the same weights .. 1 no need shared */
    int64_t criteria_only; /* micro, share of weight that looks at no need */
    int64_t tau;           /* micro, points against users' mean;
                              MODEL_ABSENT undefined */
    int64_t tau_captives;  /* micro, points against captives' value */
    size_t estimates;      /* ranges among the weights */
};

/**
 * gap_compute - shadow weights, blind spots, divergence, agreement of ranks
 *
 * Weight of criterion k carried to need n: weight x strength / sum of its
 * strengths; shadow weight of n: its sum over k, as a share of all weight that
 * touches some need.  Divergence: half the sum of |users - shadow| over needs.
 *
 * Takes   model  any
 * Gives   *made  freed with gap_free; tau absent while award_compute or
 *                users_compute is not possible, fewer than two bids are both
 *                admitted and covered, or one ranking has all bids level
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_GAP
 * Thread  any
 * Cost    O((criteria + segments) x needs + segments x bids x bids), and
 *         that of award_compute and users_compute
 * Source  docs/value.md 9
 * Vector  V1 -> .357572; shadow .570513 .232372 .0625 .134615; tau 1, captives
 *         .333333
 */
enum err gap_compute(
    const struct model *model, struct gap_result **made) MUST_USE;

/**
 * gap_free - free a result
 *
 * Takes   result  of gap_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void gap_free(struct gap_result **result);

#endif
