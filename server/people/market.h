/* SPDX-License-Identifier: Apache-2.0
 *
 * market.h - what the files about distributors and chains share; nobody
 * else's.
 */
#ifndef SERVER_PEOPLE_MARKET_H
#define SERVER_PEOPLE_MARKET_H

#include "server/figure/client_case.h"
#include "server/figure/figures.h"
#include "server/people/party_model.h"
#include "value/people/distributor.h"
#include "value/users/users.h"

struct market {
    struct figures *f;
    struct client_case c;    /* of our party; lends helpers */
    const struct object *we; /* whose bid is ours; NULL */
    size_t distributors_n, clients_n;
    struct distributor_facts facts; /* of us, and of the last one judged */
};

/* What somebody can choose between. */
struct market_ways {
    const struct object **alternatives;
    size_t *places; /* of each in the model; MODEL_NOWHERE */
    struct model_reach *reaches;
    size_t n;
    struct reach_choice choice;
};

/* What offers are worth to one party. */
struct market_worth {
    struct party_model p;
    const struct object *party;
    const size_t *others; /* alternatives behind the bids */
    size_t others_n;
    struct users_result *users;
};

/**
 * market_init - gather who we are, and how many distribute
 *
 * Gives   *m; nothing needs to be freed
 * Thread  worker
 */
void market_init(struct market *m, struct figures *f);

/**
 * market_distributes - whether a party distributes in this lot
 *
 * Gives   true by its role, or by a link of that sort
 * Thread  worker
 */
bool market_distributes(const struct market *m, const struct object *party);

/**
 * market_ways_slot - the brands of one slot that a distributor says it can
 *                    have, or can not
 *
 * Takes   slot  "" where none is recorded
 * Gives   *w  freed with market_ways_fini
 * Thread  worker
 */
void market_ways_slot(struct market_ways *w, const struct market *m,
    const struct object *party, const char *slot);

/**
 * market_ways_ours - our ways to users: alternatives supplied by distributors
 *                    that we have
 *
 * Gives   *w  freed with market_ways_fini; none where nothing is recorded of
 *             that: then all distributors of the tender count
 * Thread  worker
 */
void market_ways_ours(struct market_ways *w, const struct market *m);

/**
 * market_ways_fini - free what was gathered
 *
 * Gives   *w without memory
 * Thread  worker
 */
void market_ways_fini(struct market_ways *w);

/**
 * market_others - what could be had instead of what we offer
 *
 * Takes   others  [alternatives_n] room
 * Gives   alternatives of the model; how many
 * Thread  worker
 */
size_t market_others(const struct market *m, size_t *others);

/**
 * market_is - what a distributor is to us, over all its slots
 *
 * Gives   client where it is one in some slot
 * Thread  worker
 */
enum distributor_is market_is(struct market *m, const struct object *party);

/**
 * market_link - the link that says what a distributor keeps of what a supplier
 *               sells
 *
 * Gives   NULL where none between them says
 * Thread  worker
 */
const struct object *market_link(const struct market *m,
    const struct object *supplier, const struct object *party);

/**
 * market_worth_init - the value of offers to a party
 *
 * Takes   others  [n] alternatives compared with the bids, kept
 * Gives   *w  freed with market_worth_fini
 *         false: nothing is recorded of its needs, or of how bids cover them;
 *         nothing is left to free
 * Thread  worker
 */
bool market_worth_init(struct market_worth *w, const struct market *m,
    const struct object *party, const size_t *others, size_t n);

/**
 * market_worth_fini - free what market_worth_init made
 *
 * Gives   *w without memory
 * Thread  worker
 */
void market_worth_fini(struct market_worth *w);

/**
 * market_worth_best - the best offer for a party but ours
 *
 * Gives   its index among the bids of w->p; MODEL_NOWHERE
 * Thread  worker
 */
size_t market_worth_best(const struct market *m, const struct market_worth *w);

/**
 * market_worth_name - the object behind an offer
 *
 * Gives   a bid or an alternative
 * Thread  worker
 */
const struct object *market_worth_name(
    const struct market *m, const struct market_worth *w, size_t bid);

/**
 * market_rows_need - the needs of a party, and who covers them best
 *
 * Gives   a row each
 * Thread  worker
 */
void market_rows_need(struct market *m, const struct market_worth *w);

/**
 * market_rows_value - what each offer is worth to a party
 *
 * Gives   a row each
 * Thread  worker
 */
void market_rows_value(struct market *m, const struct market_worth *w);

/**
 * market_chain - the links from us to the users, a proposition each
 *
 * Gives   a row each
 * Thread  worker
 */
void market_chain(struct market *m);

#endif
