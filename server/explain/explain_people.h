/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_people.h - the figures of people and of the market that can be
 * explained; for figure_explain.c.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_PEOPLE_H
#define SERVER_EXPLAIN_EXPLAIN_PEOPLE_H

#include "server/explain/explain.h"

/**
 * explain_canvas - focus and divergence of party=, or the rivals on a factor
 *                  over=
 *
 * Gives   lines and rows
 * Errors  as figure_canvas; ERR_NONE no such factor or player
 * Thread  worker
 */
enum err explain_canvas(struct figures *f);

/**
 * explain_heads - how many no clients there are, of the tier or factor over=,
 *                 or of all
 *
 * Gives   lines and rows
 * Errors  ERR_NONE  no such tier or factor
 * Thread  worker
 */
enum err explain_heads(struct figures *f);

/**
 * explain_find_party - the party that party= names
 *
 * Gives   *party
 * Errors  ERR_ARG   no value
 *         ERR_NONE  no such party
 * Thread  worker
 */
enum err explain_find_party(
    struct figures *f, const struct object **party) MUST_USE;

/**
 * explain_reaches - what is recorded of what a party can reach
 *
 * Gives   input rows
 * Thread  worker
 */
void explain_reaches(struct figures *f, const struct object *party);

/**
 * explain_distributor - brands, choices and ratio of party= in the slot over=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party=
 * Thread  worker
 */
enum err explain_distributor(struct figures *f);

/**
 * explain_proposition - what the offer over= is worth to party=; ours unless
 *                       told
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party= or over=
 * Thread  worker
 */
enum err explain_proposition(struct figures *f);

#endif
