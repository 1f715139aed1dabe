/* SPDX-License-Identifier: Apache-2.0
 *
 * award.h - how the institution's published rules rank the bids.
 *
 * Points, totals, ranks, gates and lead; the price at which we win; the weight
 * changes that make us tie; the rivals whose absence changes the winner.
 * Computed exactly, told in integers of 1/1000000 rounded half up: two figures
 * that print alike may differ, so ties and wins are told apart as yes or no.
 */
#ifndef VALUE_AWARD_AWARD_H
#define VALUE_AWARD_AWARD_H

#include "value/model.h"

/* The answer to "up to what price do we win?". */
enum to_win {
    TO_WIN_NONE,  /* at no price */
    TO_WIN_AT,    /* at this price and none above; of an expression perhaps not
                     at all below */
    TO_WIN_ANY,   /* at the highest that can be recorded too */
    TO_WIN_UNSURE /* an expression that could not be settled so far up */
};

/* Prices from one to another, both in it, in whole millionths. */
struct winning_span {
    int64_t low, high;
};

/* Every price of ours that wins, all else fixed (winning.h). */
struct winning {
    struct winning_span *spans; /* [spans_n] rising, none next to another; all
                                   between loses */
    size_t spans_n;
    struct winning_span *open; /* [open_n] rising: not settled */
    size_t open_n;
    struct winning_span all; /* the prices that were looked at */
};

/* Why a bid is not compared. */
enum refused {
    REFUSED_NOT,
    REFUSED_MARK,    /* below the least mark of a criterion, or a price or a
                        quality that its rule can not look at */
    REFUSED_GROUP,   /* below the least of a criterion that has parts */
    REFUSED_QUALITY, /* below the least quality points */
    REFUSED_PLACE,   /* not among the bids of most quality */
    REFUSED_LEFT_OUT /* taken away to see what changes */
};

struct award_bid {
    bool admitted;        /* nothing refuses it */
    enum refused refused; /* why it is not admitted */
    size_t gate;    /* the criterion of REFUSED_MARK or group of REFUSED_GROUP,
                       the first of several; else MODEL_NOWHERE */
    int64_t price;  /* micro, ours with elements; MODEL_ABSENT */
    int64_t points; /* micro, published total; MODEL_ABSENT not admitted */
    int64_t lead;   /* micro, to the best other; MODEL_ABSENT without one */
    size_t rank;    /* 1 + number strictly better; 0 not admitted */
    bool tie;       /* another admitted bid has exactly as many points */
    bool wins;      /* nobody has more; a tie counts */
    bool within;    /* the corridor, where the rule has one */
    int64_t decide; /* micro, what it has of what decides there; ABSENT */
};

/* The change of one weight, all others kept, that makes two bids tie. */
struct award_flip {
    int64_t change; /* micro, in points; MODEL_ABSENT: no change does */
    bool possible;  /* the weight would not fall below 0 */
    bool smallest;  /* of those possible; the first of several */
};

struct award_criterion {
    int64_t lowest, highest; /* micro, admitted prices the rule looked at;
                                MODEL_ABSENT on other criteria */
    struct award_flip flip;
};

/* Without one rival that does not win, another bid wins. */
struct award_paradox {
    size_t without;  /* the rival taken away */
    size_t was;      /* who won; where several tie, one who no longer does */
    size_t winner;   /* who wins without it; where several, one who is new */
    int64_t *points; /* [bids_n] micro; MODEL_ABSENT not counted */
};

struct award_result {
    size_t bids_n, criteria_n, groups_n;
    size_t ours;
    size_t leader; /* the first of rank 1; MODEL_NOWHERE */
    size_t rival;  /* the best other than ours, which flips are against;
                      MODEL_NOWHERE */
    struct award_bid *bids;           /* [bids_n] */
    struct award_criterion *criteria; /* [criteria_n] */
    int64_t *marks;  /* [bids_n][criteria_n] micro, ours with elements;
                        MODEL_ABSENT on price criteria */
    int64_t *shares; /* [bids_n][criteria_n] micro, share of the weight earned:
                        mark / scale-max, levels or the price rule;
                        MODEL_ABSENT for bids not admitted, and for a rule
                        that gives the total itself */
    int64_t *points; /* [bids_n][criteria_n] micro, weight x share, rounded
                        where the published rule does; MODEL_ABSENT likewise */
    int64_t *group_points; /* [bids_n][groups_n] micro, what the parts of each
                              earn together; MODEL_ABSENT not admitted */
    struct award_paradox *paradoxes;
    size_t paradoxes_n;
    enum to_win to_win;
    int64_t to_win_price; /* micro, rounded down; MODEL_ABSENT not TO_WIN_AT */
    struct winning winning; /* all prices of ours that win */
    /* Of quality-corridor, else MODEL_ABSENT; the last two also where totals
     * are rounded (corridor.h). */
    int64_t edge;        /* micro, the least index within, half up */
    int64_t near, alone; /* micro, the two thresholds of our price */
    size_t estimates;    /* ranges among the weights, prices, marks used */
};

/**
 * award_compute - the award as the published rules decide it
 *
 * Takes   model  any; our bid is taken with the elements that are always in
 * Gives   *made  freed with award_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_DECIDER
 * Thread  any
 * Cost    O(bids x bids x criteria)
 * Source  docs/value.md 2 to 6
 * Vector  V1 -> 78.615385 76.5 79.15; to win 512.091038; without RIV1 OURS
 *         wins; flips +4.633333 -5.940171 +5.346154 -2.673077
 */
enum err award_compute(
    const struct model *model, struct award_result **made) MUST_USE;

/**
 * award_compute_offer - the same with possible elements in our bid
 *
 * Takes   set  bit mask as of subset.h and front.h
 * Gives   *made  freed with award_free
 * Errors  ERR_STATE  as award_compute
 *         ERR_ARG    the set may not be offered
 * Thread  any
 * Cost    as award_compute
 * Source  as award_compute
 */
enum err award_compute_offer(const struct model *model, uint32_t set,
    struct award_result **made) MUST_USE;

/**
 * award_ranks - the ranks of award_compute alone
 *
 * Takes   model  any
 * Gives   ranks  [bids_n] 1 + number strictly better; 0 not admitted
 * Errors  ERR_STATE  as award_compute
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  as award_compute
 */
enum err award_ranks(const struct model *model, size_t *ranks) MUST_USE;

/**
 * award_free - free a result
 *
 * Takes   result  of award_compute, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(paradoxes)
 * Source  none
 */
void award_free(struct award_result **result);

#endif
