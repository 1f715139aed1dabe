/* SPDX-License-Identifier: Apache-2.0
 *
 * reach.h - what else the users of a segment can turn to.
 *
 * A segment is captive when alternatives are recorded for it and it can reach
 * fewer than two of them.  Where nothing is recorded nothing is known, which
 * is not the same.
 */
#ifndef VALUE_USERS_REACH_H
#define VALUE_USERS_REACH_H

#include "value/model.h"

/* Where the model sets no other bounds: fewer alternatives than that within
 * reach are captive, effectively fewer, micro, near-captive. */
#define REACH_CAPTIVE 2
#define REACH_NEAR    INT64_C(1500000)

enum captive { CAPTIVE_UNKNOWN, CAPTIVE_NO, CAPTIVE_YES };

struct reach_choice {
    enum captive captive;
    bool near;        /* not captive, and hardly able to choose */
    size_t recorded;  /* alternatives recorded, reachable or not */
    size_t reachable; /* of these, and of several urgent ones the easiest */
    int64_t degree;   /* effective number of choices, micro; MODEL_ABSENT when
                       no alternative is recorded */
    size_t suppliers; /* different suppliers of reachable ones */
    size_t suppliers_unknown; /* reachable ones whose supplier is not known */
};

/**
 * reach_hindered - what lacks to full ease
 *
 * Takes   ease      1/10000; MODEL_ABSENT full
 *         capacity  heads it can serve; MODEL_ABSENT all
 *         heads     of the segment; MODEL_ABSENT: only capacity 0 tells
 * Gives   1 - ease x min(1, capacity / heads), 1/10000, half up
 * Thread  any
 * Cost    O(1)
 * Source  docs/who-is-the-client.md
 * Vector  ease .5, 100 places for 1000 heads -> .95
 */
int64_t reach_hindered(int64_t ease, int64_t capacity, int64_t heads);

/**
 * reach_is_open - whether an alternative counts as a choice of a segment
 *
 * Takes   index  of model->reaches
 * Gives   false out of reach, of no ease, or urgent where another is easier
 * Thread  any
 * Cost    O(reaches)
 * Source  docs/who-is-the-client.md
 */
bool reach_is_open(const struct model *model, size_t segment, size_t index);

/**
 * reach_choice_of - the choice a segment has
 *
 * Takes   segment  index
 * Gives   *choice; degree = 1 / sum of squared shares over the reachable
 *         alternatives, their shares brought to sum 1:
 *           a share not recorded  an equal part of what the others leave of 1
 *           none recorded, or all 0  equal shares
 *           nothing reachable  degree 0
 *         each share counts by the ease that is not lacking; an alternative
 *         of no ease at all is out of reach; captive below captive_below of
 *         the model within reach, near below a degree of near_below
 * Thread  any
 * Cost    O(reaches + alternatives squared)
 * Source  docs/value.md 8
 * Vector  .5 .3 .2 -> 2.631579; .9 .1 -> 1.219512; 1 -> 1
 */
void reach_choice_of(
    const struct model *model, size_t segment, struct reach_choice *choice);

#endif
