/* SPDX-License-Identifier: Apache-2.0
 *
 * stake.h - what the part of a party in a tender comes to: roles, salience,
 * what to do about it.
 */
#ifndef SERVER_PEOPLE_STAKE_H
#define SERVER_PEOPLE_STAKE_H

#include "protocol/reply.h"
#include "server/figure/tender_maker.h"

/**
 * stake_has_role - whether a stake holds a role
 *
 * Takes   role  a word of the field
 * Gives   true or false
 * Thread  any
 */
bool stake_has_role(const struct object *stake, const char *role);

/**
 * stake_salience - which of power, legitimacy and urgency there are
 *
 * Gives   as power_salience
 * Thread  any
 */
unsigned stake_salience(const struct object *stake);

/**
 * stake_put_attention - add attention= with what to do, where it is known
 *
 * Gives   the line grown, unless power or interest is not recorded
 * Thread  any
 */
void stake_put_attention(struct reply *r, const struct object *stake);

#endif
