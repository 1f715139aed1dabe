/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_inside.h - what the files of frontier.h share.
 *
 * Partial offers are compared by whole numbers: points and users' value times
 * a scale that makes them whole where one does.  Where none does they are
 * rounded down, and only a difference that is beyond doubt counts.
 */
#ifndef VALUE_FRONT_FRONTIER_INSIDE_H
#define VALUE_FRONT_FRONTIER_INSIDE_H

#include "value/award/score.h"
#include "value/front/frontier.h"

/* Products of scaled figures. */
__extension__ typedef __int128 wide;

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
    mpz_t above, below; /* the same times the scale, a fraction */
    int64_t whole;      /* and rounded down */
    bool plain;         /* it earns its sum times its unit */
    bool even;          /* of which nothing was rounded away */
    bool straight;      /* limits are never reached: effects just add up */
    bool bent;          /* only the upper limit can be reached */
    bool curved;        /* what differs of it can be told of its parts */
    bool rounded;       /* what it earns need not be whole */
    bool rises;         /* more of an effect never earns less */
    bool drops;         /* some effect lowers it */
    bool watched;       /* a gate or a need that must be met looks at it
                           together with others: what has less of it may be
                           worse even where its sums are better */
    bool falls;         /* hopes fall by what lowers it, too */
    int64_t hope; /* scaled, the most that the bid earns on it by itself */
    int64_t top;  /* the most that anything earns on it */
};

/* An element in the order of decision. */
struct frontier_item {
    size_t choice;               /* its bit in the sets given out */
    int64_t cost, points, users; /* scaled; of straight targets only */
    bool never, must;
    struct frontier_set excludes; /* places, earlier and later */
    struct frontier_set requires; /* places that it requires */
    struct frontier_set before;   /* those of them that come before it */
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
    size_t n, room;
};

/* Places that follow each other; what one of them has to do with another
 * place, by a rule or by a target that is not straight, stays among them.  All
 * that have nothing to do with any make the last one. */
struct frontier_block {
    size_t first, end;
    bool loose;
    int64_t least, most; /* what its costs can sum to */
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

/* Points for our price where it is never the lowest, so that rivals keep
 * theirs: above / price, or (above - step x price) / below; scaled, of prices
 * in 1/10000. */
struct frontier_curve {
    bool known, is_ratio, clamp;
    wide above, step, below;
    int64_t base;        /* our price with what is always in */
    int64_t least, most; /* what costs can add to it */
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
    size_t blocks_n;
    struct frontier_block blocks[FRONTIER_MAX];
    struct frontier_target *targets;
    size_t targets_n;
    mpz_t points_scale, users_scale;
    mpz_t left, all; /* room for what target_value computes with */
    bool points_rounded, users_rounded;
    bool price_moves;
    /* How many points a 1/10000 of cost takes away at least and at most, as
     * far as that is known; otherwise costs are compared themselves. */
    bool has_slopes;
    int64_t slope_low, slope_high;
    bool cost_counts, price_counts;
    int64_t budget; /* of the choices; INT64_MAX none */
    bool watches;   /* some target is watched */
    bool can_bound; /* the most that a partial offer can come to is known */
    struct frontier_curve curve;
};

/* How far an effect can raise a target: never by more than its limit. */
static inline int64_t change_rise(
    const struct frontier_target *t, const struct frontier_change *c)
{
    if (c->by < 0)
        return 0;
    return c->by < t->limit ? c->by : t->limit;
}

/* What an effect can add at most to a target that is not straight: whatever
 * limits it only takes away.  What lowers a bent one lowers it in full. */
static inline int64_t change_hope(
    const struct frontier_target *t, const struct frontier_change *c)
{
    if (t->falls)
        return t->whole * c->by;
    return (t->whole + 1) * change_rise(t, c);
}

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

/* Whether a target is not straight and has its choices in a block. */
static inline bool target_within(
    const struct frontier_target *t, const struct frontier_block *block)
{
    return !t->straight && t->first != MODEL_NOWHERE &&
           t->first >= block->first && t->first < block->end;
}

/* Whether a target is not straight and only some of its choices are decided. */
static inline bool target_is_open(
    const struct frontier_target *t, size_t decided)
{
    return !t->straight && t->first != MODEL_NOWHERE && t->first < decided &&
           t->last >= decided;
}

/* Adds what others have chosen. */
static inline void state_join(
    struct frontier_state *state, const struct frontier_state *more)
{
    state->points += more->points;
    state->users += more->users;
    state->cost += more->cost;
    set_join(&state->set, &more->set);
}

/* Whether what is decided before lets a place be taken, or left. */
static inline bool place_may_take(const struct frontier_table *table, size_t at,
    const struct frontier_set *set)
{
    const struct frontier_item *item = &table->items[at];

    return !item->never && !sets_meet(&item->excludes, set) &&
           set_within(&item->before, set);
}

static inline bool place_may_leave(const struct frontier_table *table,
    size_t at, const struct frontier_set *set)
{
    const struct frontier_item *item = &table->items[at];

    return !item->must && !sets_meet(&item->required, set);
}

/**
 * frontier_table_init - read a model
 *
 * Takes   model, ask  as frontier_compute; they outlive the table
 *         mode        what is looked for
 * Gives   *table, freed with frontier_table_fini
 * Errors  ERR_LIMIT, ERR_STATE  as frontier_compute
 * Thread  any, one owner at a time
 * Source  the questions of frontier.h
 */
enum err frontier_table_init(struct frontier_table *table,
    const struct model *model, enum frontier_mode mode,
    const struct frontier_ask *ask) MUST_USE;

/**
 * table_order - put what was read by choice in the order of decision
 *
 * Takes   table  items and targets by choice
 * Gives   *table by places
 * Thread  the one that owns it
 * Source  none
 */
void table_order(struct frontier_table *table);

/**
 * frontier_table_fini - free what frontier_table_init made
 *
 * Takes   table  that frontier_table_init gave
 * Gives   *table freed
 * Thread  the one that owns it
 * Source  none
 */
void frontier_table_fini(struct frontier_table *table);

/**
 * table_check - whether what is asked for can be searched
 *
 * Takes   table  with model, mode and price_moves
 * Gives   nothing
 * Errors  ERR_LIMIT  as frontier_compute
 * Thread  any
 * Source  the rules of value/award/rules.def
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
 * target_init - begin a target, with our bid as recorded
 *
 * Takes   table     with its score and the weights of needs
 *         is_cover  a need, otherwise a criterion
 *         index     of it
 * Gives   one target more, without changes, freed with target_fini
 * Thread  the one that owns the table
 * Source  none
 */
void target_init(struct frontier_table *table, bool is_cover, size_t index);

/**
 * target_fini - free a target and its changes
 *
 * Takes   target  that target_init made
 * Gives   *target freed
 * Thread  the one that owns the table
 * Source  none
 */
void target_fini(struct frontier_target *target);

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
 * frontier_sees - look at a whole offer where targets are watched
 *
 * Takes   state  a whole offer
 * Gives   users of the state less what needs that must be met cap, rounded
 *         down; false where a gate refuses it
 * Thread  the one that owns the table
 * Source  offer.h, score.h and mean.h
 */
bool frontier_sees(struct frontier_table *table, struct frontier_state *state);

/* What tells which partial offers can still come to something. */
struct frontier_bound;

/**
 * bound_new - prepare bounds
 *
 * Takes   table  as it stays
 * Gives   the bounds, freed with bound_free; NULL where none can be told
 * Thread  the one that owns the table
 * Source  Bazgan, Hugot and Vanderpooten 2009; docs/value.md section 10
 */
struct frontier_bound *bound_new(struct frontier_table *table);

/**
 * bound_free - free bounds
 *
 * Takes   bound  of bound_new, or NULL within
 * Gives   *bound NULL
 * Thread  the one that owns the table
 * Source  none
 */
void bound_free(struct frontier_bound **bound);

/**
 * bound_scope - say what states are about
 *
 * Takes   open  the block that is being decided, MODEL_NOWHERE: none
 *         done  [blocks_n] those that are decided; NULL: none
 * Gives   *bound for states of these blocks: `decided` below is then a place
 *         of the open block, or the number of places where none is open
 * Thread  the one that owns the table
 * Source  none
 */
void bound_scope(struct frontier_bound *bound, size_t open, const bool *done);

/**
 * bound_offers - tell all that a block can be
 *
 * Takes   offers  of the block; kept
 * Gives   *bound with the most that they add
 * Thread  the one that owns the table
 * Source  as bound_new
 */
void bound_offers(struct frontier_bound *bound, size_t block,
    const struct frontier_states *offers);

/**
 * bound_open - whether a partial offer can come to something new
 *
 * Takes   decided  of the scope
 *         state    any of it
 * Gives   false where every completion is no better on any side than some
 *         whole offer that was known at the last bound_drop
 * Thread  the one that owns the table
 * Source  as bound_new
 */
bool bound_open(struct frontier_bound *bound, size_t decided,
    const struct frontier_state *state);

/**
 * bound_may_open - the same of figures that need not be those of an offer
 *
 * Takes   state  of a scope of whole blocks; its set is not looked at
 * Gives   as bound_open; nothing is learnt
 * Thread  the one that owns the table
 * Source  as bound_new
 */
bool bound_may_open(
    struct frontier_bound *bound, const struct frontier_state *state);

/**
 * bound_drop - drop the partial offers that come to nothing new
 *
 * Takes   decided  of the scope
 *         states   of it
 * Gives   *states without those that are not open, some whole offers learnt
 * Thread  the one that owns the table
 * Source  as bound_new
 */
void bound_drop(struct frontier_bound *bound, size_t decided,
    struct frontier_states *states);

/**
 * bound_known - the whole offers that are known
 *
 * Takes   bound  of bound_new
 * Gives   *states grown by them
 * Thread  the one that owns the table
 * Source  none
 */
void bound_known(
    const struct frontier_bound *bound, struct frontier_states *states);

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
 * curve_points - the points that our price earns
 *
 * Takes   curve  known
 *         cost   of the choices
 * Gives   scaled points, less than 2 too low and never too high
 * Thread  any
 * Source  the rules of value/award/rules.def
 */
int64_t curve_points(const struct frontier_curve *curve, int64_t cost);

/**
 * table_find_slopes - how much points a step of cost takes away
 *
 * Takes   table   whose score and offer stand
 *         slopes  whether costs may be compared by them
 * Gives   the curve, and slope_low and slope_high, where the price rule has
 *         them
 * Thread  the one that owns it
 * Source  the rules of value/award/rules.def
 */
void table_find_slopes(struct frontier_table *table, bool slopes);

/* A search. */
struct frontier_work {
    struct frontier_table table;
    const struct frontier_ask *ask;
    size_t states_max;
    struct frontier_states states; /* whole offers at the end */
    struct frontier_bound *bound;
    struct frontier_slack lost; /* by thinning, in all */
    size_t most;                /* states kept at once */
    int thin_from;              /* the step that thinning begins with */
};

/**
 * frontier_grow - find the whole offers that are worth weighing
 *
 * Takes   s  with table, ask and states_max
 * Gives   states, lost and most of it; states also where it fails
 * Errors  ERR_ABORTED  ask->stop said so
 *         ERR_LIMIT    too many states where no gap can be told
 * Thread  the one that owns the table
 * Source  docs/value.md section 10
 */
enum err frontier_grow(struct frontier_work *s) MUST_USE;

#endif
