/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_show.h - one draw of a simulation, to be followed by hand.
 */
#ifndef VALUE_CHANCE_SIMULATE_SHOW_H
#define VALUE_CHANCE_SIMULATE_SHOW_H

#include "value/chance/simulate.h"

struct simulate_shown {
    size_t bids_n, criteria_n;
    int64_t *weights; /* [criteria_n] micro, points */
    int64_t *marks;   /* [bids_n][criteria_n] micro; ABSENT on prices */
    int64_t *prices;  /* [bids_n] micro */
    int64_t *quality; /* [bids_n] micro, points of all but the price */
    int64_t *totals;  /* [bids_n] micro; ABSENT for one not there or refused */
    size_t *ranks;    /* [bids_n] 1 + number strictly better; 0 likewise */
    struct simulate_span spans[SIMULATE_SPANS]; /* by an expression */
    bool has_spans;                             /* what wins is told by these */
    int64_t to_win; /* micro, ours, rounded down; 0 at no price, ABSENT at
                         any */
};

/**
 * simulate_show - what was drawn, and who won by it
 *
 * Takes   draw  below the draws, from 0
 * Gives   what simulate_block computed of that draw, freed with
 *         simulate_shown_free
 * Thread  any
 * Cost    one block
 * Source  docs/value.md 13
 */
struct simulate_shown *simulate_show(
    const struct simulate *simulate, uint64_t draw);

/**
 * simulate_shown_free - free a shown draw
 *
 * Takes   shown  of simulate_show, or NULL within
 * Gives   *shown NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void simulate_shown_free(struct simulate_shown **shown);

#endif
