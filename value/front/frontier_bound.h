/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound.h - what bounds of partial offers are made of; for the files
 * frontier_bound*.c alone.
 *
 * Coarse figures are scaled ones without their last bits, so that weighings of
 * both sides fit: rounded up where they bound, down where they are known.
 *
 * What a mark or a coverage with a limit still earns lies below every mean of
 * two lines: all that helps it, and its limit.  The part of the first is a
 * share of the target, one for each weighing and each line of the price.
 */
#ifndef VALUE_FRONT_FRONTIER_BOUND_H
#define VALUE_FRONT_FRONTIER_BOUND_H

#include "value/front/frontier_inside.h"

#define BOUND_WAYS  32 /* weighings of the two sides */
#define BOUND_LINES 16 /* chords of a price, or prices of a budget */
#define KNOWN_MOST  1024
/* Weights are whole numbers up to that. */
#define WEIGHT 16384
/* Slopes and fees have so many bits behind the point, shares so many. */
#define FINE       16
#define FINE_LESS  ((INT64_C(1) << FINE) - 1)
#define SHARE_BITS 6
#define SHARE_ALL  (1 << SHARE_BITS)
/* Partial offers of one length that are completed. */
#define TRIES 128

#define PART_BITS 28

struct way {
    int64_t points, users; /* weights */
    int64_t part;          /* 1 over their sum, times 2^PART_BITS */
};

/* Over costs from `from` on, points less slope x cost lies above what the
 * price earns. */
struct line {
    int64_t from, points, slope;
};

struct known {
    int64_t lead; /* scaled, but for what rivals have */
    struct frontier_state state;
    bool looked; /* at what is near it */
};

struct corner {
    int64_t at[BOUND_WAYS];
};

/* The way that is most likely to close a corner, or several, and how high it
 * is, or the lowest of them. */
struct closing {
    size_t way;
    int64_t at;
};

/* Corners that follow each other and are closed together where they can be. */
#define CORNER_PACK 8

/* A figure for each line and weighing. */
typedef int64_t along[BOUND_LINES][BOUND_WAYS];

/* What is known of a block. */
struct block_bound {
    along most;                             /* what it adds at most */
    const struct frontier_states *offers;   /* all it can be; NULL not known */
    uint32_t best[BOUND_LINES][BOUND_WAYS]; /* of them */
};

/* A target of the block that is being decided. */
struct open_bound {
    size_t target, last; /* of the table; its last place */
    int64_t hope, top;   /* as of the target */
    int64_t coarse_top;
    int shift;
    bool drops;
};

/* What a place adds to the hope of an open target. */
struct help {
    size_t open;
    int64_t by;
};

/* A place that changes a target: what it is worth without it, and what the
 * whole of its effect weighs. */
struct part {
    int64_t worth, weight;
    bool must;
};

struct frontier_bound {
    struct frontier_table *table;
    bool by_price;
    int points_shift, users_shift;
    int64_t doubt_points, doubt_users;
    size_t ways_n, lines_n;
    struct way ways[BOUND_WAYS];
    struct line lines[BOUND_LINES];
    along fees;
    bool fees_fit, fees_wide;   /* there are some, of 64 bits times a budget */
    int64_t root[BOUND_WAYS];   /* the most of all offers */
    struct block_bound *blocks; /* [table->blocks_n] */
    unsigned char (*share)[BOUND_LINES][BOUND_WAYS]; /* [table->targets_n] */
    struct part *parts; /* room for those of any target */
    along *worth;       /* [table->n] of each place */
    /* The scope: blocks that are done with, and the one that is being decided,
     * MODEL_NOWHERE for none.  What is left adds at most, and costs: */
    bool done[FRONTIER_MAX];
    bool whole; /* nothing is left */
    size_t open;
    along *rest; /* [table->n + 1] by places decided */
    int64_t least[FRONTIER_MAX + 1], most[FRONTIER_MAX + 1];
    size_t open_n; /* targets of the open block */
    struct open_bound open_targets[FRONTIER_MAX];
    int32_t (*share_weight)[BOUND_LINES][BOUND_WAYS]; /* [table->targets_n] the
                        share of each of them times what its side weighs */
    struct help *helps; /* of its places, one after another */
    size_t helps_room;
    size_t helps_from[FRONTIER_MAX + 1]; /* where those of a place begin */
    size_t last_line, last_corner;       /* that left room last */
    size_t known_n;
    struct known known[KNOWN_MOST]; /* falling lead, rising users */
    struct corner corners[KNOWN_MOST + 1];
    struct closing closing[KNOWN_MOST + 1];
    struct closing packs[KNOWN_MOST / CORNER_PACK + 1];
};

/* Coarser by so many bits, rounded up. */
static inline int64_t ceil_shift(wide value, int shift)
{
    return (int64_t)((value + (((wide)1 << shift) - 1)) >> shift);
}

/* What a way weighs the side of a target by. */
static inline int64_t bound_side(
    const struct way *way, const struct frontier_target *target)
{
    return target->is_cover ? way->users : way->points;
}

/* By how many bits figures of that side are made coarse. */
static inline int bound_shift(
    const struct frontier_bound *b, const struct frontier_target *target)
{
    return target->is_cover ? b->users_shift : b->points_shift;
}

/**
 * bound_decided - whether a block is not among those that are left
 *
 * Takes   block  any
 * Gives   true where it is done with or open
 * Thread  the one that owns the bounds
 * Source  none
 */
bool bound_decided(const struct frontier_bound *b, size_t block);

/**
 * bound_worth - fill in what the places of a block add along each line
 *
 * Takes   block  whose targets have their shares
 * Gives   worth of its places
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_worth(struct frontier_bound *b, size_t block);

/**
 * bound_share - find the shares of a block that bound it best
 *
 * Takes   block  any
 *         step   of so many lines that follow each other the first decides
 * Gives   share of its targets, and the most of the block
 * Thread  the one that owns the bounds
 * Source  Lagrange multipliers for the limits, one target after the other
 */
void bound_share(struct frontier_bound *b, size_t block, size_t step);

/**
 * bound_try - complete a state every way, and learn the offers
 *
 * Takes   from  a state with `decided` places of the scope decided
 * Gives   *b  with what is new
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_try(struct frontier_bound *b, size_t decided,
    const struct frontier_state *from);

/**
 * bound_learn - take a whole offer into the staircase
 *
 * Takes   state  a whole offer
 * Gives   false where one that is known is as good
 * Thread  the one that owns the bounds
 * Source  none
 */
bool bound_learn(struct frontier_bound *b, const struct frontier_state *state);

/**
 * bound_is_new - whether the staircase may have nothing as good
 *
 * Takes   state  a whole offer
 * Gives   false where something known is as good on both sides, whatever is
 *         rounded
 * Thread  the one that owns the bounds
 * Source  none
 */
bool bound_is_new(
    const struct frontier_bound *b, const struct frontier_state *state);

/**
 * bound_near - learn offers that differ little from those that are known
 *
 * Takes   most  offers to look at
 * Gives   *b  with what is new
 * Thread  the one that owns the bounds
 * Source  Paquete, Chiarandini and Stuetzle 2004 (Pareto local search)
 */
void bound_near(struct frontier_bound *b, size_t most);

/**
 * bound_corners - weigh the corners of the staircase
 *
 * Takes   b  with root
 * Gives   corners and closing
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_corners(struct frontier_bound *b);

/**
 * bound_root - the most of all offers, each way
 *
 * Takes   b  with the scope of nothing decided
 * Gives   root
 * Thread  the one that owns the bounds
 * Source  none
 */
void bound_root(struct frontier_bound *b);

#endif
