/* SPDX-License-Identifier: Apache-2.0
 *
 * outcome.h - what became of a forecast, and whose it is; for the verb and for
 * its explanation.
 *
 * Any thread.
 */
#ifndef SERVER_PEOPLE_OUTCOME_H
#define SERVER_PEOPLE_OUTCOME_H

#include "server/figure/tender_maker.h"

/**
 * outcome_tender - the tender of a forecast
 *
 * Takes   tenders  all that are seen
 * Gives   borrowed, or NULL
 * Thread  any
 */
const struct object *outcome_tender(
    const struct objects *tenders, const struct object *forecast);

/**
 * outcome_of - what became of it
 *
 * Gives   "won" or "lost", or another word while it is not known: its own
 *         outcome, else that of the tender where it is of no lot
 * Thread  any
 */
const char *outcome_of(
    const struct objects *tenders, const struct object *forecast);

/**
 * outcome_known - whether a word of outcome_of is won or lost
 *
 * Gives   *won
 * Thread  any
 */
bool outcome_known(const char *outcome, bool *won);

/**
 * outcome_person - whose forecast it is
 *
 * Gives   who is named in by=, else who recorded it
 * Thread  any
 */
const char *outcome_person(const struct object *forecast);

#endif
