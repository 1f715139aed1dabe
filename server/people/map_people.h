/* SPDX-License-Identifier: Apache-2.0
 *
 * map_people.h - rows of the map beyond stakes and roles; nobody else's.
 */
#ifndef SERVER_PEOPLE_MAP_PEOPLE_H
#define SERVER_PEOPLE_MAP_PEOPLE_H

#include "server/figure/figures.h"
#include "server/people/crowd.h"

/**
 * map_votes - what each vote weighs in the award
 *
 * A consultative voice has no vote; the vote of an organisation is split among
 * its people who decide, by their own.
 *
 * Takes   votes  [crowd->n] room
 * Gives   votes in 1/10000; whether there is any
 * Thread  worker
 */
bool map_votes(const struct crowd *crowd, int64_t *votes);

/**
 * map_own_vote - the vote recorded of a stake
 *
 * Gives   1/10000; 0 of who does not decide, or is only heard
 * Thread  any
 */
int64_t map_own_vote(const struct object *stake);

/**
 * map_listens - how far people follow each other
 *
 * Takes   listens  [n][n] room, all 0
 * Gives   1/10000, rows follow columns; whether anybody follows anybody
 * Thread  any
 */
bool map_listens(const struct crowd *crowd, int64_t *listens);

/**
 * map_choices - links like one, that share an end with it and still hold
 *
 * Takes   same_to  the end that it goes to, else the one that it comes from
 * Gives   how many, itself counted
 * Thread  worker
 */
size_t map_choices(
    const struct figures *f, const struct object *link, bool same_to);

/**
 * map_rows_votes - the rows of the votes, and of the voices without one
 *
 * Gives   rows
 * Thread  worker
 */
void map_rows_votes(struct figures *f, const struct crowd *crowd);

/**
 * map_rows_balance - who holds the upper hand on links of trade and voice
 *
 * Gives   rows
 * Thread  worker
 */
void map_rows_balance(struct figures *f, const struct crowd *crowd);

/**
 * map_rows_stale - facts about the people that are out of date
 *
 * Gives   rows; how many
 * Thread  worker
 */
size_t map_rows_stale(struct figures *f, const struct crowd *crowd);

/**
 * map_rows_load - how heavy it is to decide, and what would relieve it
 *
 * Gives   rows
 * Thread  worker
 */
void map_rows_load(struct figures *f, const struct crowd *crowd);

#endif
