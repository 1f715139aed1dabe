/* SPDX-License-Identifier: Apache-2.0
 *
 * crowd.h - the people of one tender or lot: their stakes, who fills which
 * role, who was met.
 */
#ifndef SERVER_PEOPLE_CROWD_H
#define SERVER_PEOPLE_CROWD_H

#include "server/people/stake.h"
#include "value/people/power.h"

struct crowd {
    const struct record *record;
    const struct object **stakes; /* of the lot, rising by id */
    const struct object **people; /* the party of each */
    size_t n;
};

/**
 * crowd_init - gather the stakes of a lot
 *
 * Takes   lot  0: of the whole tender
 * Gives   *crowd, freed with crowd_fini; the record must outlive it
 * Thread  any
 */
void crowd_init(struct crowd *crowd, const struct record *record, uint64_t lot);

/**
 * crowd_fini - free what crowd_init made
 *
 * Gives   *crowd all zero
 * Thread  any
 */
void crowd_fini(struct crowd *crowd);

/**
 * crowd_place - the first stake of a party
 *
 * Gives   MODEL_NOWHERE when it has none
 * Thread  any
 */
size_t crowd_place(const struct crowd *crowd, uint64_t party);

/**
 * crowd_can_meet - whether one can meet a party itself
 *
 * Gives   false for segments and communities, met in who represents them
 * Thread  any
 */
bool crowd_can_meet(const struct object *party);

/**
 * crowd_met - whether a party was met
 *
 * Takes   i  of a stake
 * Gives   true when its contact-depth is above 0 or a touch is recorded
 * Thread  any
 */
bool crowd_met(const struct crowd *crowd, size_t i);

/**
 * crowd_fills - the person who fills a role, for itself or an employer
 *
 * Gives   NULL when nobody does
 * Thread  any
 */
const struct object *crowd_fills(
    const struct crowd *crowd, enum power_role role);

/**
 * crowd_role_word - a role as rows say it
 *
 * Gives   economic, user, technical or coach, which lives for ever
 * Thread  any
 */
const char *crowd_role_word(enum power_role role);

/**
 * crowd_of_fact - whom a fact is about
 *
 * Takes   fact  on a party, or on a stake of one
 * Gives   the index of its stake; MODEL_NOWHERE for other facts
 * Thread  any
 */
size_t crowd_of_fact(const struct crowd *crowd, const struct object *fact);

#endif
