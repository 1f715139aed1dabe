/* SPDX-License-Identifier: Apache-2.0
 *
 * party_model.h - a tender as one party sees it that is no segment of users:
 * what each offer is worth to it, by its own needs.
 *
 * An institution, a distributor, a link of a chain: their needs never enter
 * the users' value, which the model of the tender holds.
 */
#ifndef SERVER_PEOPLE_PARTY_MODEL_H
#define SERVER_PEOPLE_PARTY_MODEL_H

#include "server/figure/tender_maker.h"

struct party_model {
    /* One segment, the party; its bids are those of the tender, then others. */
    struct model model;
    size_t weighed; /* needs that matter to it */
    struct model_segment segment;
    struct model_bid *bids;
    struct estimate *covers;
    int64_t *importance, *satisfaction;
    struct model_effect *effects; /* on needs */
};

/**
 * party_model_init - the needs of one party, and how offers cover them
 *
 * Takes   made    kept until party_model_fini
 *         others  [others_n] indexes of alternatives of made that are compared
 *                 as bids are
 * Gives   *p  freed with party_model_fini
 * Thread  any
 * Cost    O(weighs + (bids + others) x needs)
 */
void party_model_init(struct party_model *p, const struct record *record,
    const struct tender_model *made, const struct object *party,
    const size_t *others, size_t others_n);

/**
 * party_model_fini - free what party_model_init made
 *
 * Gives   *p without memory
 * Thread  the owner
 */
void party_model_fini(struct party_model *p);

#endif
