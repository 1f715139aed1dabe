/* SPDX-License-Identifier: Apache-2.0
 *
 * client_case.h - what the record says about one party in one lot: the facts
 * from which value/people/client.h answers whether it is a client.
 */
#ifndef SERVER_FIGURE_CLIENT_CASE_H
#define SERVER_FIGURE_CLIENT_CASE_H

#include "server/figure/tender_maker.h"
#include "value/people/client.h"

/* An alternative as the party has it. */
struct client_way {
    const struct object *alternative, *reach;
    enum way_limit limit;
    struct model_reach made;
    bool open; /* counts as a choice */
    bool gone; /* the award puts another in its place */
};

/* What it can turn to for one usage, before the award or after it. */
struct client_ways {
    struct client_way *list;
    size_t n;
    struct reach_choice choice;
};

struct client_case {
    struct maker maker; /* lends helpers; makes nothing */
    const struct tender_model *made;
    const struct object *party;
    struct client_facts facts;
};

/* Parties, each once. */
struct client_names {
    const struct object **list;
    size_t n;
};

/**
 * client_case_init - gather the facts about a party
 *
 * Takes   record, made  kept by *c
 * Gives   *c; nothing needs to be freed
 * Thread  any
 */
void client_case_init(struct client_case *c, const struct record *record,
    const struct tender_model *made, const struct object *party);

/**
 * client_case_ways - what the party can turn to
 *
 * Takes   usage  a need; NULL: whatever the usage
 *         after  as it will be once the award is made: the offer of the winner
 *                in the place of what is used today
 * Gives   *ways  freed with client_ways_fini
 * Thread  any
 */
void client_case_ways(const struct client_case *c, const struct object *usage,
    bool after, struct client_ways *ways);

/**
 * client_ways_fini - free what client_case_ways made
 *
 * Gives   *ways empty
 * Thread  any
 */
void client_ways_fini(struct client_ways *ways);

/**
 * client_case_winner - the bid that wins: as recorded, else ours
 *
 * Gives   NULL when there is none
 * Thread  any
 */
const struct object *client_case_winner(const struct client_case *c);

/**
 * client_case_placed - whether a third party places it for a usage
 *
 * Takes   usage  a need; NULL: whatever the usage
 * Gives   true or false
 * Thread  any
 */
bool client_case_placed(
    const struct client_case *c, const struct object *usage);

/**
 * client_case_answer - whether the party is a client, and what it can turn to
 *
 * Takes   usage  a need; NULL: whatever the usage
 *         of     towards that supplier; NULL: towards all
 *         after  as client_case_ways
 * Gives   *ways  freed with client_ways_fini; *result; facts of the case set
 * Thread  any
 */
void client_case_answer(struct client_case *c, const struct object *usage,
    const struct object *of, bool after, struct client_ways *ways,
    struct client_result *result);

/**
 * client_case_has_usage - whether something else is within reach for a need
 *
 * Gives   true when the party has rows of reach for that need alone
 * Thread  any
 */
bool client_case_has_usage(
    const struct client_case *c, const struct object *need);

/**
 * client_case_instead - who is the client where a rule says that it is not
 *
 * Takes   usage  as asked; NULL
 * Gives   *names  freed with free(names->list); the party itself is left out
 * Thread  any
 */
void client_case_instead(const struct client_case *c, enum client_rule rule,
    const struct object *usage, struct client_names *names);

/**
 * client_case_has_role - whether a party has a role in the lot
 *
 * Gives   true or false
 * Thread  any
 */
bool client_case_has_role(
    const struct client_case *c, const struct object *party, const char *role);

/**
 * client_case_represents - whether a party represents a segment
 *
 * Takes   c  of any party
 * Gives   true where a link says so, or where it represents users in this
 *         tender and no link says which: then all of them
 * Thread  any
 */
bool client_case_represents(const struct client_case *c,
    const struct object *party, const struct object *segment);

/**
 * client_case_leads - whether a party leads a segment or community
 *
 * Takes   c  of any party
 * Gives   true or false
 * Thread  any
 */
bool client_case_leads(const struct client_case *c, const struct object *party,
    const struct object *segment);

/**
 * client_case_decides - whether a party holds the award
 *
 * Takes   c  of any party
 * Gives   true for who is recorded to decide; while nobody is, for the buyer
 * Thread  any
 */
bool client_case_decides(
    const struct client_case *c, const struct object *party);

/**
 * client_case_alive - whether a link still holds when the bids are due
 *
 * Takes   c  of any party
 * Gives   true or false
 * Thread  any
 */
bool client_case_alive(const struct client_case *c, const struct object *link);

/**
 * client_case_of - the party that a supplier's number stands for
 *
 * Takes   supplier  of struct model_reach
 * Gives   NULL for MODEL_NOWHERE
 * Thread  any
 */
const struct object *client_case_of(
    const struct client_case *c, size_t supplier);

#endif
