/* SPDX-License-Identifier: Apache-2.0
 *
 * advantage.h - what a bid is worth to users beyond what they have already.
 *
 * Set against today, as satisfied as each segment is, and against each
 * alternative that the segment can reach, need by need.  What is not recorded
 * makes a range, not a guess.
 */
#ifndef VALUE_USERS_ADVANTAGE_H
#define VALUE_USERS_ADVANTAGE_H

#include "value/model.h"

struct advantage_range {
    int64_t low, high; /* micro; the same where it is known */
};

/* One bid for one segment against today or one alternative. */
struct advantage_row {
    size_t bid, segment;
    size_t over;                 /* alternative; MODEL_NOWHERE: today */
    struct advantage_range gain; /* sum of what is covered more */
    struct advantage_range loss; /* sum of what is covered less */
    struct advantage_range net;  /* gain - loss */
};

/* One need of one row. */
struct advantage_part {
    size_t row, need;
    struct advantage_range net;
};

/* The share of heads that a bid leaves better off, of those whose segment is
 * compared with today or can reach the alternative. */
struct advantage_better {
    size_t bid, over;
    struct advantage_range share;
};

struct advantage_result {
    struct advantage_row *rows;
    size_t rows_n;
    struct advantage_part *parts; /* where all is asked for */
    size_t parts_n;
    struct advantage_better *betters;
    size_t betters_n;
};

/**
 * advantage_compute - gains and losses against today and the alternatives
 *
 * gain = sum over needs of weight x max(0, coverage - theirs), loss the same
 * the other way round.  Theirs is the satisfaction / 10 for today; for an
 * alternative its coverage, that of its bid, or today's for the status quo
 * where no coverage of it is recorded.  No need caps here: needs are compared
 * one by one.
 *
 * Takes   set    possible elements in our bid
 *         all    true: of every bid, and the needs of each row, too; false:
 *                of our bid alone
 * Gives   *made  freed with advantage_free; rows only of bids with some
 *                coverage, segments that count, today where the segment has
 *                some satisfaction, alternatives of which something is known
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_USERS
 *         ERR_ARG    the set may not be offered
 * Thread  any
 * Cost    O(bids x segments x (alternatives + 1) x needs), in machine words
 *         where nothing complements and no needs are told
 * Source  docs/value.md 18
 * Vector  weights .4 .05 .25 .3, coverage .8 .9 .5 .7 over .5 .5 .5 .5 ->
 *         gain .2, loss 0
 */
enum err advantage_compute(const struct model *model, uint32_t set, bool all,
    struct advantage_result **made) MUST_USE;

/**
 * advantage_free - free a result
 *
 * Takes   result  of advantage_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void advantage_free(struct advantage_result **result);

#endif
