/* SPDX-License-Identifier: Apache-2.0
 *
 * counts.h - what is counted of each team: numbers, and how long requests
 * took.
 *
 * Teams are kept apart, since one must not learn of another by counting; the
 * figures of the server are the sums.  What happens before a login counts for
 * team 0.
 */
#ifndef SERVER_SESSION_COUNTS_H
#define SERVER_SESSION_COUNTS_H

#include "protocol/base_histogram.h"
#include "protocol/command.h"
#include "protocol/stat.h"

/* One verb of one team. */
struct verb_counts {
    struct histogram took; /* microseconds */
    uint64_t errors;
};

struct counts {
    struct counts *next;
    uint64_t team;
    uint64_t number[STAT_COUNT];
    struct verb_counts *verb[CMD_COUNT]; /* NULL: never used */
};

/**
 * counts_of - the counts of a team
 *
 * Takes   first  head of the list, which grows by teams not counted before
 * Gives   counts that live until counts_free
 * Thread  loop
 */
struct counts *counts_of(struct counts **first, uint64_t team);

/**
 * counts_verb - the counts of a verb
 *
 * Gives   counts that live as long as *counts
 * Thread  loop
 */
struct verb_counts *counts_verb(struct counts *counts, enum command_id verb);

/**
 * counts_free - free the counts of all teams
 *
 * Gives   *first NULL
 * Thread  loop
 */
void counts_free(struct counts **first);

/**
 * counts_now_us - a clock for how long something takes
 *
 * Gives   microseconds that only grow
 * Thread  any
 */
uint64_t counts_now_us(void);

#endif
