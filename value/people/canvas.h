/* SPDX-License-Identifier: Apache-2.0
 *
 * canvas.h - the strategy canvas: how far our curve parts from those of rivals,
 * how focused it is, and what that makes of each factor.
 */
#ifndef VALUE_PEOPLE_CANVAS_H
#define VALUE_PEOPLE_CANVAS_H

#include "value/model.h"

/* What we do with a factor, beside the mean of the rivals. */
enum canvas_class {
    CANVAS_KEEP,
    CANVAS_ELIMINATE,
    CANVAS_REDUCE,
    CANVAS_RAISE,
    CANVAS_CREATE
};

struct canvas_factor {
    int64_t mean; /* micro, of the rivals of whom it is recorded; or ABSENT */
    bool known;   /* our level is recorded too, and so is class */
    enum canvas_class class;
};

struct canvas_result {
    size_t factors_n, players_n;
    struct canvas_factor *factors; /* [factors_n] */
    int64_t divergence; /* micro, ours from the mean of the rivals; or ABSENT */
    /* [players_n] micro; divergence of each from ours, MODEL_ABSENT for ours */
    int64_t *focuses, *divergences;
};

/**
 * canvas_compute - divergence, focus and classes of a strategy canvas
 *
 * divergence = 1 - the correlation (Pearson) of two curves over the factors
 * that both have; focus = Gini coefficient of the levels of one player.
 *
 * Takes   levels  [players_n][factors_n] 1/10000 of a level 0..10;
 *                 MODEL_ABSENT: not recorded
 *         ours    a player; MODEL_NOWHERE: none
 *         delta   1/10000, least distance from the mean to reduce or raise
 * Gives   *made  freed with canvas_free; a divergence is absent over fewer than
 *                two factors and where a curve is flat, a focus where all
 *                levels are 0 or none is recorded
 * Thread  any
 * Cost    O(players x factors x factors)
 * Source  Kim & Mauborgne 2005; docs/market.md
 * Vector  2 0 8 9 7 beside 7 6 5 3 0 and 8 7 4 4 0 -> 1.688332, focus .369231;
 *         reduce, eliminate, raise, raise, create by a delta of 2
 */
void canvas_compute(const int64_t *levels, size_t players_n, size_t factors_n,
    size_t ours, int64_t delta, struct canvas_result **made);

/**
 * canvas_free - free a result
 *
 * Takes   result  of canvas_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void canvas_free(struct canvas_result **result);

#endif
