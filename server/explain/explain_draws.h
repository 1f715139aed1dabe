/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_draws.h - what the files that explain figures of draws share; nobody
 * else's.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_DRAWS_H
#define SERVER_EXPLAIN_EXPLAIN_DRAWS_H

#include "server/explain/explain.h"
#include "server/figure/chance.h"

/**
 * explain_curve - the chance at a price, counted draw by draw
 *
 * Takes   s      with thresholds
 *         price  as it is told
 *         at     the price itself
 * Gives   lines; how many draws it wins
 * Thread  worker
 */
uint64_t explain_curve(struct figures *f, const struct simulate_result *s,
    struct number price, double at);

/**
 * explain_left - what is left of a chance where nothing may be awarded
 *
 * Takes   won  of the draws; a tie counts its part
 * Gives   a line, where there is such a chance
 * Thread  worker
 */
void explain_left(struct chance *c, double won, uint64_t draws);

#endif
