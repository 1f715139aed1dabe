/* SPDX-License-Identifier: Apache-2.0
 *
 * journey.h - what a party felt in a phase, for the verb and for its
 * explanation.
 *
 * Any thread.
 */
#ifndef SERVER_PEOPLE_JOURNEY_H
#define SERVER_PEOPLE_JOURNEY_H

#include "server/figure/tender_maker.h"

#define JOURNEY_PHASES 4

/* All of it, then before, during and after. */
extern const char *const journey_phases[JOURNEY_PHASES];

struct journey {
    const struct object **touches; /* [n] borrowed, those with an emotion */
    int64_t *emotions, *weights;   /* [n] 1/10000, each as heavy as another */
    size_t n;
    int64_t peak; /* the emotion furthest from 0, the first of several */
};

/**
 * journey_init - the emotions of a phase
 *
 * Takes   touches  [n] of the party, in the order of time
 *         phase    below JOURNEY_PHASES
 * Gives   *journey, freed with journey_fini
 * Thread  any
 */
void journey_init(struct journey *journey, const struct object *const *touches,
    size_t n, size_t phase);

/**
 * journey_fini - free what journey_init made
 *
 * Gives   *journey empty
 * Thread  any
 */
void journey_fini(struct journey *journey);

#endif
