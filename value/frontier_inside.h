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

/* What stays the same while partial offers are grown. */
struct frontier_table {
    const struct model *model;
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

static inline bool set_has(const struct frontier_set *set, size_t at)
{
    return (set->word[at / 64] >> at % 64 & 1) != 0;
}

static inline void set_add(struct frontier_set *set, size_t at)
{
    set->word[at / 64] |= UINT64_C(1) << at % 64;
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

/* Reads a model; ERR_LIMIT and ERR_STATE as frontier_compute. Freed by table_fini
 * when ERR_OK. */
enum err table_init(struct frontier_table *table, const struct model *model,
    const struct frontier_ask *ask) MUST_USE;
void table_fini(struct frontier_table *table);

/* Scales and rounds down; true where that lost something. */
bool frontier_scale(const mpq_t value, const mpz_t scale, int64_t *scaled);

/* What a target earns with a set of places, scaled and rounded down; false
 * where its gate refuses the offer. */
bool target_value(struct frontier_table *table,
    const struct frontier_target *target, const struct frontier_set *set,
    int64_t *value);

/* Keeps of the states, all decided up to a place, those that no other makes
 * needless; false when stopped.  *states stays as it was but for what is
 * dropped. */
bool states_filter(const struct frontier_table *table,
    const struct frontier_ask *ask, size_t decided,
    const struct frontier_slack *slack, struct frontier_states *states);

/* Finds slope_low and slope_high, where the price rule has them. */
void table_find_slopes(struct frontier_table *table);

#endif
