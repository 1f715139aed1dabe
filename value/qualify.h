/* SPDX-License-Identifier: Apache-2.0
 *
 * qualify.h - whether to bid at all, and which elements earn their cost.
 *
 * Questions with weights, scores of 0..10 and floors give a share of what could
 * be had, which falls into one of three bands; a floor says no whatever the
 * others.  What would change the answer is told question by question.
 */
#ifndef VALUE_QUALIFY_H
#define VALUE_QUALIFY_H

#include "protocol/err.h"
#include "value/model.h"

/* The best score. */
#define QUALIFY_TOP (10 * DECIMAL_ONE)
/* Bands when none are given: 84 and 60 of 120. */
#define QUALIFY_BID   (DECIMAL_ONE * 7 / 10)
#define QUALIFY_MAYBE (DECIMAL_ONE / 2)

enum verdict { VERDICT_UNKNOWN, VERDICT_NO, VERDICT_CONDITIONAL, VERDICT_BID };

/* What the verdict comes from, the first that holds. */
enum verdict_by { BY_SCORE, BY_FLOOR, BY_UNANSWERED, BY_WORTH };

struct qualify_question {
    int64_t weight; /* 1/10000, at least 0 */
    int64_t score;  /* 1/10000 of 0..10; MODEL_ABSENT not answered */
    int64_t floor;  /* MODEL_ABSENT none */
    bool overridden;
};

struct qualify_ask {
    const struct qualify_question *questions;
    size_t n;
    int64_t bid, maybe; /* 1/10000, shares from which the bands begin */
    int64_t expected;   /* micro, of money; MODEL_ABSENT not known */
};

struct qualify_result {
    int64_t share; /* micro, of what the answered could give; MODEL_ABSENT
                      when nothing that counts is answered */
    size_t answered, broken; /* broken: below a floor that holds */
    enum verdict verdict;
    enum verdict_by by;
};

/**
 * qualify_judge - the verdict of the questions
 *
 * A floor that is broken and holds says no.  A bid becomes conditional while
 * questions are open or the expected value is below 0.
 *
 * Takes   ask  any
 * Gives   *result
 * Thread  any
 * Cost    O(n)
 * Source  F19: weighted mean against bands, hard floors, expected value
 * Vector  5.5 8 7 4 by 40 30 20 10 -> .64; 84 of 120 -> bid, 83 -> conditional,
 *         60 -> conditional, 59 -> no
 */
void qualify_judge(
    const struct qualify_ask *ask, struct qualify_result *result);

/**
 * qualify_change - the score of one question that makes the verdict better
 *
 * Takes   at  below n
 * Gives   the least score, rounded up to 1/10000, all others staying;
 *         MODEL_ABSENT where none does
 * Thread  any
 * Cost    O(n) some 17 times
 * Source  qualify_judge
 */
int64_t qualify_change(const struct qualify_ask *ask, size_t at);

/**
 * qualify_even - the chance at which bidding is worth nothing
 *
 * Takes   margin, cost  1/10000 of money
 * Gives   micro, cost / margin; MODEL_ABSENT where margin is not above 0
 * Thread  any
 * Cost    O(1)
 * Source  F19
 * Vector  60 of 400 -> .15
 */
int64_t qualify_even(int64_t margin, int64_t cost);

/* What an element earns the institution's way. */
struct qualify_element {
    int64_t points; /* micro, by its effects, our price staying */
    int64_t lost;   /* micro, by its cost */
    int64_t gain;   /* micro, points - lost: above 0 keeps it */
    int64_t rate;   /* micro, points that one of money takes; MODEL_ABSENT
                       without a cost */
    /* micro, our totals: without it, with it at the same price, and at one that
       its cost moved */
    int64_t base, same, moved;
};

/**
 * qualify_elements - whether each possible element earns its cost in points
 *
 * Each by itself, beside what is always in.
 *
 * Takes   model  any
 * Gives   list  [elements_n]; all 0 for what is always in
 *         ERR_STATE  missing_list has rows that block FIGURE_FRONT
 *         ERR_LIMIT  the price rule gives the total: points do not add up
 * Thread  any
 * Cost    O(elements) totals
 * Source  F22, Che 1993; Asker & Cantillon 2008
 * Vector  V1: O2 +1.05 points, cost 12, gain .269202
 */
enum err qualify_elements(
    const struct model *model, struct qualify_element *list) MUST_USE;

#endif
