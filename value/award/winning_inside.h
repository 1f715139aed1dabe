/* SPDX-License-Identifier: Apache-2.0
 *
 * winning_inside.h - what the files of winning.h share.
 */
#ifndef VALUE_AWARD_WINNING_INSIDE_H
#define VALUE_AWARD_WINNING_INSIDE_H

#include "value/award/award.h"
#include "value/award/bounds.h"
#include "value/award/score.h"

/* Steps of expressions over spans, and what exact totals take counted as so
 * many: a twentieth of a second or so. */
#define WINNING_WORK 400000L
/* Spans that are told. */
#define WINNING_SPANS 1000
/* Prices at which something bends. */
#define WINNING_CUTS 8

struct winning_search {
    struct score *score;
    struct winning *made;
    size_t bids_n;
    struct bounds *price, *quality;  /* [bids_n] */
    int64_t *micro;                  /* [bids_n] prices, rounded down */
    struct bounds sum, part;         /* of rivals' prices; one of all bids */
    struct bounds *weight, *ceiling; /* [criteria_n] of expressions */
    /* [criteria_n] of expressions, owned; or NULL: no price, or a named rule */
    struct expression_program **programs;
    bool *is_shared;      /* [criteria_n] gives all bids the same, whatever
                             our price: no difference comes of it */
    bool has_named;       /* named rules beside them */
    struct bounds *named; /* [bids_n][prices_n] what these give over the span */
    struct bounds field[EXPRESSION_VARIABLES_N]; /* over the span */
    struct bounds *total;                        /* [bids_n] over the span */
    long work;                                   /* that may still be done */
    long exact_work; /* what two exact totals take */
    long bound_work; /* what the bounds of one take */
};

/**
 * winning_search_init - read what stays as it is while our price moves
 *
 * Takes   score   our bid admitted, some rule an expression
 *         winning  its prices to look at set
 * Gives   *search, ended with winning_search_fini
 * Thread  the one that owns *score
 * Cost    O(bids)
 * Source  none
 */
void winning_search_init(struct winning_search *search, struct score *score,
    struct winning *winning);

/**
 * winning_search_fini - free what winning_search_init made
 *
 * Takes   search  of winning_search_init
 * Gives   *search without memory
 * Thread  any
 * Cost    O(criteria)
 * Source  none
 */
void winning_search_fini(struct winning_search *search);

/**
 * winning_cuts - the prices at which what rules look at bends
 *
 * Takes   search  of winning_search_init
 * Gives   cuts  [WINNING_CUTS] micro: the lowest and the highest rival, those
 *               around the median
 *         how many
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
size_t winning_cuts(const struct winning_search *search, int64_t *cuts);

/**
 * winning_total_over - the bounds of one total, of what rules look at
 *
 * Takes   search->field  the bounds of all but the bid itself
 * Gives   search->total of it
 * Thread  the one that owns *search
 * Cost    O(length of the expressions)
 * Source  docs/value.md 4
 */
void winning_total_over(struct winning_search *search, size_t bid);

/**
 * winning_look_over - the bounds of totals over a span of our prices
 *
 * Takes   span    above 0
 *         rivals  [n] whose totals are asked for, with ours
 * Gives   search->total
 * Thread  the one that owns *search
 * Cost    O(n x length of the expressions)
 * Source  docs/value.md 4
 */
void winning_look_over(struct winning_search *search, struct winning_span span,
    const size_t *rivals, size_t n);

#endif
