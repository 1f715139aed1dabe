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

struct reach_choice;

/**
 * explain_reached - how many can be reached, of how many suppliers, and how
 *                   many choices that is in effect
 *
 * Takes   m        whose reaches it is of
 *         segment  of them
 *         c        of reach_choice_of
 * Gives   lines
 * Thread  worker
 */
void explain_reached(struct figures *f, const struct model *m, size_t segment,
    const struct reach_choice *c);

/**
 * explain_choice - which alternatives segment= can reach
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  what the figure is of
 * Thread  worker
 */
enum err explain_choice(struct figures *f);

struct reach_choice;

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

/**
 * explain_salience - the attributes that party= has
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party=
 * Thread  worker
 */
enum err explain_salience(struct figures *f);

/**
 * explain_vote - the share of the vote of party=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party=
 * Thread  worker
 */
enum err explain_vote(struct figures *f);

/**
 * explain_influence - the weight of party= in the award, and how many times
 *                     that of over=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party= or over=
 * Thread  worker
 */
enum err explain_influence(struct figures *f);

/**
 * explain_balance - who could turn to how many others, of the link over=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  over=
 * Thread  worker
 */
enum err explain_balance(struct figures *f);

/**
 * explain_stale - for how many days the fact over= is out of date
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  over=
 * Thread  worker
 */
enum err explain_stale(struct figures *f);

/**
 * explain_load - how heavy it is for party= to decide
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party=
 * Thread  worker
 */
enum err explain_load(struct figures *f);

/**
 * explain_client - what party= can choose between: bids, and for usage= what
 *                  it can turn to; over=after: once the award is made
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party= usage= or over=
 * Thread  worker
 */
enum err explain_client(struct figures *f);

#endif
