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

#endif
