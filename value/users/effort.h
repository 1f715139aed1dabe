/* SPDX-License-Identifier: Apache-2.0
 *
 * effort.h - what our offer makes users do, and what is left of its value.
 *
 * Hours, rewards and what we save stand beside the value as figures of their
 * own.  Where a segment's hour and the full coverage of its needs are worth
 * something in money, they are taken off its value.
 */
#ifndef VALUE_USERS_EFFORT_H
#define VALUE_USERS_EFFORT_H

#include "value/model.h"

struct effort_segment {
    bool recorded;  /* some element of the offer asks something of it */
    int64_t hours;  /* micro, for each head in a year */
    int64_t reward; /* micro, money for each head in a year */
    int64_t saving; /* micro, what we save by each head in a year */
    bool unfair;    /* saving above the factor x reward */
    int64_t net;    /* micro, value less effort; the value itself where nothing
                       is asked; MODEL_ABSENT for a segment that does not count
                       and where what an hour is worth is not known */
};

struct effort_result {
    size_t segments_n;
    struct effort_segment *segments; /* [segments_n] */
    bool any;                        /* some effort is recorded */
    /* Of the net values; MODEL_ABSENT where one of them is not known. */
    int64_t mean, min, max;
    size_t worst; /* the segment of min; MODEL_NOWHERE */
    int64_t captives;
};

/**
 * effort_compute - effort and net value of our offer by segment
 *
 * net = value - (minutes / 60 x times x worth of an hour - reward) / worth of
 * full coverage; sums over the elements in the offer.
 *
 * Takes   set     possible elements in our bid; what is always in is in
 *         factor  saving above so many times the reward is unfair
 * Gives   *made  freed with effort_free; net values may leave 0..1
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_USERS
 *         ERR_ARG    the set may not be offered
 * Thread  any
 * Cost    O(segments x needs + efforts)
 * Source  docs/value.md 17
 * Vector  value .7, 25 min x 50, 12 an hour, reward 200, full 1000 -> .65
 */
enum err effort_compute(const struct model *model, uint32_t set, size_t factor,
    struct effort_result **made) MUST_USE;

/**
 * effort_free - free a result
 *
 * Takes   result  of effort_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void effort_free(struct effort_result **result);

#endif
