/* SPDX-License-Identifier: Apache-2.0
 *
 * reach.h - what else the users of a segment can turn to.
 *
 * A segment is captive when alternatives are recorded for it and it can reach
 * fewer than two of them.  Where nothing is recorded nothing is known, which
 * is not the same.
 */
#ifndef VALUE_REACH_H
#define VALUE_REACH_H

#include "value/model.h"

enum captive { CAPTIVE_UNKNOWN, CAPTIVE_NO, CAPTIVE_YES };

struct reach_choice {
    enum captive captive;
    size_t recorded;  /* alternatives recorded, reachable or not */
    size_t reachable; /* of these */
    int64_t degree;   /* effective number of choices, micro; MODEL_ABSENT when
                       no alternative is recorded */
    size_t suppliers; /* different suppliers of reachable ones */
    size_t suppliers_unknown; /* reachable ones whose supplier is not known */
};

/**
 * reach_choice_of - the choice a segment has
 *
 * Takes   segment  index
 * Gives   *choice; degree = 1 / sum of squared shares over the reachable
 *         alternatives, their shares brought to sum 1:
 *           a share not recorded  an equal part of what the others leave of 1
 *           none recorded, or all 0  equal shares
 *           nothing reachable  degree 0
 * Thread  any
 * Cost    O(reaches + alternatives squared)
 * Source  docs/value.md 8
 * Vector  .5 .3 .2 -> 2.631579; .9 .1 -> 1.219512; 1 -> 1
 */
void reach_choice_of(
    const struct model *model, size_t segment, struct reach_choice *choice);

#endif
