/* SPDX-License-Identifier: Apache-2.0
 *
 * figures.h - what questions about a large tender and a large board take, one
 * session asking by itself.
 */
#ifndef TESTS_BENCH_FIGURES_H
#define TESTS_BENCH_FIGURES_H

#include "tests/bench/peer.h"

/* Bids of the board. */
#define FIGURES_BOARD 100000
/* decider, users, gap */
#define FIGURES_VERBS 3
/* list, list in another order, show, watch */
#define FIGURES_VIEWS 4

extern const char *const figures_verbs[FIGURES_VERBS];
extern const char *const figures_views[FIGURES_VIEWS];

/* Microseconds from a request read to its answer written, as the server's
 * "stat" tells them; medians. */
struct figures {
    double again[FIGURES_VERBS];   /* nothing changed since it was asked */
    double first[FIGURES_VERBS];   /* the record was read for another verb */
    double changed[FIGURES_VERBS]; /* a bid changed, the record is read again */
};

/* Microseconds as the client sees them; medians. */
struct views {
    double took[FIGURES_VIEWS];
};

/**
 * figures_measure - record a large tender, change it and ask, in turns
 *
 * Gives   *got; false when something was refused, which has been said
 * Thread  any
 */
bool figures_measure(const struct place *place, struct figures *got);

/**
 * views_measure - record a board of FIGURES_BOARD bids and look at it
 *
 * Gives   *got; false when something was refused, which has been said
 * Thread  any
 */
bool views_measure(const struct place *place, struct views *got);

#endif
