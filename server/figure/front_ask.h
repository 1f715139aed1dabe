/* SPDX-License-Identifier: Apache-2.0
 *
 * front_ask.h - what a request for offers asks, the search, and what is told
 * of each offer besides.
 *
 * Everything here runs on a worker thread.
 */
#ifndef SERVER_FIGURE_FRONT_ASK_H
#define SERVER_FIGURE_FRONT_ASK_H

#include "server/figure/chance.h"
#include "value/fitted.h"
#include "value/front/front.h"

/* Draws for the chance of each offer when draws= does not say. */
#define FRONT_DRAWS 10000

/* What is told of an offer of the front, micro; MODEL_ABSENT not known. */
struct front_point {
    int64_t worst, captives; /* users' value: least of a segment, captives */
    int64_t margin;          /* price less all costs */
    int64_t pwin, low, high; /* chance to win, with its interval */
};

struct front_asked {
    struct figures *figures;
    struct chance chance;
    struct model model; /* as rule= says */
    bool *must;         /* [elements_n] the elements of in= */
    enum frontier_cost cost;
    int64_t margin; /* micro, the least; MODEL_ABSENT for any */
    int64_t pwin;   /* micro, the least; MODEL_ABSENT for a lead of 0 */
    struct frontier_found *found;
    struct front_point *points; /* [offers_n] */
    uint64_t drawn;             /* for each chance; 0 while there is none */
};

/**
 * front_asked_init - read the keys, and search
 *
 * Takes   f    kept
 *         all  tell every offer
 * Gives   *asked  with found, ended by front_asked_fini
 * Errors  as figure_front, in f->fault
 * Thread  worker
 */
enum err front_asked_init(
    struct front_asked *asked, struct figures *f, bool all) MUST_USE;

/**
 * front_asked_fini - free what front_asked_init made
 *
 * Gives   the model of the figures as it was
 * Thread  worker
 */
void front_asked_fini(struct front_asked *asked);

/**
 * front_asked_points - look at each offer of the front more closely
 *
 * Gives   points of what is on the front; best of found as margin= and pwin=
 *         ask
 * Errors  ERR_UNAVAILABLE, ERR_LIMIT  ended early, in the fault of the figures
 *         ERR_STATE, ERR_UNSUPPORTED  margin= or pwin= can not be told
 * Thread  worker
 */
enum err front_asked_points(struct front_asked *asked) MUST_USE;

/**
 * front_asked_margin - what an offer leaves at a price
 *
 * Takes   price  micro
 * Gives   micro; MODEL_ABSENT when our cost is not recorded
 * Thread  worker
 */
int64_t front_asked_margin(const struct front_asked *asked,
    const struct frontier_offer *offer, int64_t price);

/**
 * front_asked_price - the highest price at which an offer wins as asked
 *
 * Takes   at  of the offers
 * Gives   *discount: by the lead, or with the chance of pwin=
 * Errors  as front_asked_points
 * Thread  worker
 */
enum err front_asked_price(struct front_asked *asked, size_t at,
    struct front_discount *discount) MUST_USE;

#endif
