/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_inside.h - what the files of frontier.h share.
 *
 * Partial offers are compared by whole numbers: points and users' value times
 * a scale that makes them whole where one does.  Where none does they are
 * rounded down, and only a difference that is beyond doubt counts.
 */
#ifndef VALUE_FRONTIER_INSIDE_H
#define VALUE_FRONTIER_INSIDE_H

#include "value/frontier.h"
#include "value/score.h"

struct frontier_change {
    size_t at; /* place in the order of decision; MODEL_NOWHERE always in */
    int64_t by;
    enum combine combine;
};

/* A mark or a coverage that possible elements change. */
struct frontier_target {
    bool is_cover;
    size_t index; /* of the criterion or of the need */
    int64_t base, limit;
    struct frontier_change *changes;
    size_t changes_n, changes_room;
    size_t first, last; /* places of the first and last choice */
    mpq_t unit;         /* points or users' value of 1/10000 */
    int64_t whole;      /* the same times the scale, where straight */
    bool straight;      /* limits are never reached: effects just add up */
    bool bent;          /* only the upper limit can be reached */
    bool rises;         /* more of an effect never earns less */
};

/* An element in the order of decision. */
struct frontier_item {
    size_t choice;               /* its bit in the sets given out */
    int64_t cost, points, users; /* scaled; of straight targets only */
    bool never, must;
    struct frontier_set excludes; /* places, earlier and later */
    struct frontier_set requires; /* places that it requires */
    struct frontier_set required; /* places that require it */
    struct frontier_set linked; /* places that share any of this or a target */
};

/* A partial offer. */
struct frontier_state {
    int64_t points, users, cost; /* scaled; of closed targets */
    struct frontier_set set;     /* places */
};

/* Partial offers of one length. */
struct frontier_states {
    struct frontier_state *list;
    size_t n;
};

/* How far two may differ and one still be dropped for the other: above 0
 * because of rounding, below 0 in a front that is not exact. */
struct frontier_slack {
    int64_t points, users;
};

/* What is looked for. */
enum frontier_mode {
    FRONTIER_BOTH,  /* the front of both sides */
    FRONTIER_USERS, /* the most for users, whatever refuses the offer */
    FRONTIER_EVERY  /* all offers: nothing is dropped */
};

/* What stays the same while partial offers are grown. */
struct frontier_table {
    const struct model *model;
    enum frontier_mode mode;
    struct score score; /* of our bid without any element */
    struct offer offer;
    mpq_t *need_weights;
    size_t n;
    struct frontier_item items[FRONTIER_MAX];
    struct frontier_target *targets;
    size_t targets_n;
    mpz_t points_scale, users_scale;
    bool points_rounded, users_rounded;
    bool price_moves;
    /* How many points a 1/10000 of cost takes away at least and at most, as
     * far as that is known; otherwise costs are compared themselves. */
    bool has_slopes;
    int64_t slope_low, slope_high;
    bool cost_counts;
};

static inline void set_add(struct frontier_set *set, size_t at)
{
    set->word[at / 64] |= UINT64_C(1) << at % 64;
}

static inline void set_join(
    struct frontier_set *set, const struct frontier_set *more)
{
    set->word[0] |= more->word[0];
    set->word[1] |= more->word[1];
}

static inline bool sets_meet(
    const struct frontier_set *one, const struct frontier_set *other)
{
    return ((one->word[0] & other->word[0]) |
               (one->word[1] & other->word[1])) != 0;
}

/* Whether all of the first set is in the other. */
static inline bool set_within(
    const struct frontier_set *one, const struct frontier_set *other)
{
    return ((one->word[0] & ~other->word[0]) |
               (one->word[1] & ~other->word[1])) == 0;
}

/**
 * table_init - read a model
 *
 * Takes   model, ask  as frontier_compute; they outlive the table
 *         mode        what is looked for
 * Gives   *table, freed with table_fini
 * Errors  ERR_LIMIT, ERR_STATE  as frontier_compute
 * Thread  any, one owner at a time
 * Source  the questions of frontier.h
 */
enum err table_init(struct frontier_table *table, const struct model *model,
    enum frontier_mode mode, const struct frontier_ask *ask) MUST_USE;

/**
 * table_fini - free what table_init made
 *
 * Takes   table  that table_init gave
 * Gives   *table freed
 * Thread  the one that owns it
 * Source  none
 */
void table_fini(struct frontier_table *table);

/**
 * table_check - whether what is asked for can be searched
 *
 * Takes   table  with model, mode and price_moves
 * Gives   nothing
 * Errors  ERR_LIMIT  as frontier_compute
 * Thread  any
 * Source  the rules of value/rules.def
 */
enum err table_check(const struct frontier_table *table) MUST_USE;

/**
 * frontier_scale - a fraction as an integer of a scale, rounded down
 *
 * Takes   value, scale  the result is below 2^63 in size
 * Gives   *scaled; true where the rounding lost something
 * Thread  any
 * Source  exact arithmetic of GMP
 */
bool frontier_scale(const mpq_t value, const mpz_t scale, int64_t *scaled);

/**
 * target_value - what a criterion or a need earns with a set of changes
 *
 * Takes   set  of places in the target's own list of changes
 * Gives   *value, scaled and rounded down; false where a gate of the target
 *         refuses the offer
 * Thread  the one that owns the table
 * Source  offer.h and score.h
 */
bool target_value(struct frontier_table *table,
    const struct frontier_target *target, const struct frontier_set *set,
    int64_t *value);

/**
 * frontier_weigh - weigh what is left, exactly, and tell of it
 *
 * Takes   states  whole offers
 *         least   places of the offer with the fewest elements
 * Gives   *found  with offers, best and users_best
 * Errors  ERR_ABORTED  ask->stop said so
 * Thread  the one that owns the table
 * Source  offer.h and score.h
 */
enum err frontier_weigh(struct frontier_table *table,
    const struct frontier_ask *ask, const struct frontier_states *states,
    const struct frontier_set *least, struct frontier_found *found) MUST_USE;

/**
 * states_filter - keep the partial offers that no other makes needless
 *
 * Takes   states  all decided up to the place `decided`
 * Gives   *states without what was dropped; false when stopped
 * Thread  the one that owns the table
 * Source  dominance, docs/value.md section 10
 */
bool states_filter(const struct frontier_table *table,
    const struct frontier_ask *ask, size_t decided,
    const struct frontier_slack *slack, struct frontier_states *states);

/**
 * table_find_slopes - how much points a step of cost takes away
 *
 * Takes   table  whose score and offer stand
 * Gives   slope_low and slope_high where the price rule has them
 * Thread  the one that owns it
 * Source  the rules of value/rules.def
 */
void table_find_slopes(struct frontier_table *table);

#endif
