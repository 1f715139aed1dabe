/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.h - the profile of an organisation in figures: how far it is from an
 * ideal client, how many people are likely to approve.
 *
 * Its sides are the fields of a party from market to orientation.  Any thread.
 */
#ifndef SERVER_PEOPLE_PROFILE_H
#define SERVER_PEOPLE_PROFILE_H

#include "server/figure/tender_maker.h"

#define PROFILE_AXES (FIELD_PARTY_ORIENTATION - FIELD_PARTY_MARKET + 1)

/* What is added up to the number of those who are likely to approve. */
struct approvers {
    int64_t reach;        /* steps of its scope beyond local */
    int64_t headquarters; /* 1 where they decide */
    int64_t say;          /* of its culture of participation */
    int64_t sum;          /* 0 where none of these is recorded */
};

/**
 * profile_field - the field of a side
 *
 * Takes   axis  below PROFILE_AXES
 * Gives   of enum field_id
 * Thread  any
 */
size_t profile_field(size_t axis);

/**
 * profile_value - what is recorded of a side
 *
 * Gives   borrowed
 * Thread  any
 */
const struct datum *profile_value(const struct object *party, size_t axis);

/**
 * profile_is_high - above the middle of a level; a rhythm of a year or more
 *
 * Takes   field  of a side that is a number
 * Gives   whether it is
 * Thread  any
 */
bool profile_is_high(size_t field, const struct datum *d);

/**
 * profile_approvers - the number of people who are likely to approve: two, one
 * more for each step of its reach, one for headquarters, and up to two as many
 * have a say
 *
 * Gives   *a
 * Thread  any
 */
void profile_approvers(const struct object *party, struct approvers *a);

/**
 * profile_distance - how far a party is from another one
 *
 * Takes   sides  [PROFILE_AXES]
 * Gives   the mean of the sides that both have, MODEL_ABSENT where they have
 *         none; *sides of each; *known  how many both have
 * Thread  any
 */
int64_t profile_distance(const struct object *party, const struct object *ideal,
    int64_t *sides, size_t *known);

/**
 * profile_is_ideal - whether a party is an ideal for another one
 *
 * Gives   false for itself
 * Thread  any
 */
bool profile_is_ideal(const struct object *ideal, const struct object *party);

#endif
