/* SPDX-License-Identifier: Apache-2.0
 *
 * asks.h - who and what asks for attention in a tender, how heavy it is
 * and for how many days; for the verb and for its explanation.
 *
 * Any thread.
 */
#ifndef SERVER_PEOPLE_ASKS_H
#define SERVER_PEOPLE_ASKS_H

#include "protocol/texts.h"
#include "server/people/crowd.h"
#include "server/session/request.h"

enum asks_what {
#define QUEUE(id, word, en, fr) ASKS_##id,
#include "server/people/attention.def"
#undef QUEUE
    ASKS_COUNT
};

/* What a person never met counts as, in days, unless never= says. */
#define ASKS_NEVER_DAYS 90
/* An empty role weighs as much as who has power, legitimacy and urgency. */
#define ASKS_ROLE_WEIGHT 3
/* A hundred years. */
#define ASKS_NEVER_MOST 36500

/* No day. */
#define DAY_NONE INT64_MIN

struct asks_item {
    enum asks_what what;
    enum kind kind;       /* of what it is about */
    uint64_t of;          /* its number, to know it again */
    char *tender, *party; /* names, or NULL */
    char *line;
    const char *role; /* of an empty one */
    uint64_t stake;   /* whose attributes weigh, 0 for nobody's */
    unsigned salience;
    bool at_least_one; /* a weight of 0 counts as 1 */
    unsigned weight;
    int64_t since; /* a day, or DAY_NONE */
    int64_t days, score;
};

struct asks_contact {
    uint64_t party;
    int64_t day;
};

struct asks {
    uint64_t never;
    int64_t today; /* in days since 1970 */
    struct asks_item *list;
    size_t n, room;
    struct asks_contact *met;
    size_t met_n, met_room;
    struct crowd crowd; /* of the tender at hand */
    const struct object *tender;
};

/**
 * asks_word - what asks, as it stands on the wire
 *
 * Gives   a word
 * Thread  any
 */
const char *asks_word(enum asks_what what);

/**
 * asks_why - why it asks, in a sentence
 *
 * Gives   a sentence
 * Thread  any
 */
const char *asks_why(enum asks_what what, enum language language);

/**
 * asks_never - what a person never met counts as, by never=
 *
 * Gives   *days
 * Errors  ERR_ARG  in *fault
 * Thread  any
 */
enum err asks_never(
    const struct request *q, uint64_t *days, struct fault *fault) MUST_USE;

/**
 * asks_day - the day on which a touch was held, else recorded
 *
 * Gives   days since 1970
 * Thread  any
 */
int64_t asks_day(const struct object *touch);

/**
 * asks_met - note that somebody was met
 *
 * Gives   *a grown
 * Thread  any
 */
void asks_met(struct asks *a, const struct object *touch);

/**
 * asks_tender - what asks for attention in a tender
 *
 * Takes   record  of it; everybody who was met is noted before
 * Gives   *a grown by items; what asks in two tenders stands in the list
 *         once, where it is heavier
 * Thread  any
 */
void asks_tender(struct asks *a, const struct record *record);

/**
 * asks_sort - the highest score first
 *
 * Gives   the list in order
 * Thread  any
 */
void asks_sort(struct asks *a);

/**
 * asks_fini - free what it holds
 *
 * Gives   *a empty
 * Thread  any
 */
void asks_fini(struct asks *a);

#endif
