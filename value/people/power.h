/* SPDX-License-Identifier: Apache-2.0
 *
 * power.h - who weighs how much in an award: salience, influence, and whether
 * the map of people has holes.
 */
#ifndef VALUE_PEOPLE_POWER_H
#define VALUE_PEOPLE_POWER_H

#include "value/model.h"

/* More people than that are not asked for their influence. */
#define POWER_PEOPLE 256

/* Of a map of people. */
enum power_status {
    POWER_RED,   /* a role that nobody fills */
    POWER_AMBER, /* somebody who counts is against us, or was never met */
    POWER_GREEN
};

/* The roles that must each have a person. */
enum power_role {
    POWER_ECONOMIC,  /* decides or pays */
    POWER_USER,      /* uses, or represents users */
    POWER_TECHNICAL, /* prescribes */
    POWER_COACH,     /* argues for us */
    POWER_ROLES
};

/**
 * power_salience - how much a stakeholder counts
 *
 * Takes   power, legitimacy, urgency  1/10000 of 0..10, above 5 is there;
 *                                     MODEL_ABSENT is not
 * Gives   sum of the bits of enum salience: 0..7
 * Thread  any
 * Cost    O(1)
 * Source  F31, Mitchell, Agle & Wood 1997
 * Vector  8 8 8 -> 7 definitive; 0 8 8 -> 6 dependent; 8 0 0 -> 1 dormant
 */
unsigned power_salience(int64_t power, int64_t legitimacy, int64_t urgency);

/**
 * power_class - the class of a salience
 *
 * Takes   salience  0..7
 * Gives   none, dormant, discretionary, dominant, demanding, dangerous,
 *         dependent or definitive, which lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  F31
 */
const char *power_class(unsigned salience);

/**
 * power_attributes - how many of power, legitimacy and urgency there are
 *
 * Takes   salience  0..7
 * Gives   0..3: low with one, moderate with two, high with three
 * Thread  any
 * Cost    O(1)
 * Source  F31
 */
unsigned power_attributes(unsigned salience);

/**
 * power_influence - from whom the opinions come that people end with
 *
 * Each keeps a part of its opinion and takes the rest from those it listens
 * to, again and again.
 *
 * Takes   listens  [n][n] 1/10000, how far one (row) follows another (column);
 *                  rows are brought to sum 1, what lacks is one's own part
 *         n        1..POWER_PEOPLE
 *         votes    [n] 1/10000, at least 0, not all 0
 * Gives   weights  [n] micro, the part of the voters' last opinion that comes
 *                  from each, summing to 1 but for rounding
 * Thread  any
 * Cost    O(60 n^3)
 * Source  F35, DeGroot 1974; limit by squaring the half-lazy matrix
 * Vector  (.5 .3 .2)(.1 .8 .1)(0 .2 .8) -> .105263 .526316 .368421
 */
void power_influence(
    const int64_t *listens, size_t n, const int64_t *votes, int64_t *weights);

/**
 * power_wait - how much somebody asks for attention
 *
 * Takes   attributes  of power_attributes, or 1 for what has none
 *         days        since the last contact, at least 0
 * Gives   attributes x days
 * Thread  any
 * Cost    O(1)
 * Source  own definition, on F31
 * Vector  3, 14 -> 42
 */
int64_t power_wait(unsigned attributes, int64_t days);

/**
 * power_status_of - the colour of a map
 *
 * Takes   covered   [POWER_ROLES] a person fills the role
 *         troubled  somebody of two attributes or more is against us or was
 *                   never met
 * Gives   red, amber or green
 * Thread  any
 * Cost    O(1)
 * Source  F33, F34: Miller & Heiman; relationship maps
 * Vector  one empty -> red, whatever the rest
 */
enum power_status power_status_of(const bool *covered, bool troubled);

#endif
