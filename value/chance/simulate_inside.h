/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_inside.h - what the files of simulate.h share.
 */
#ifndef VALUE_CHANCE_SIMULATE_INSIDE_H
#define VALUE_CHANCE_SIMULATE_INSIDE_H

#include "value/chance/simulate.h"
#include "value/chance/simulate_price.h"
#include "value/quick.h"

/* One draw, in parts that up to twenty bids can share evenly. */
#define SIMULATE_UNIT INT64_C(232792560)
/* One, in the sums of central weights. */
#define SIMULATE_ONE 0x1p32

/* What random numbers are for. */
#define SIMULATE_PRICE    UINT64_C(0x70726963)
#define SIMULATE_PRESENCE UINT64_C(0x68657265)
#define SIMULATE_JURY     UINT64_C(0x6a757279)
#define SIMULATE_MARK     UINT64_C(0x6d61726b)

/* Bids that are summed side by side. */
#define SIMULATE_TILE ((size_t)4)

/* A price. */
struct simulate_cell {
    bool sure; /* always likely */
    double low, likely, high;
    double turn;       /* share of the draws below likely */
    double rise, fall; /* squared distances from the ends */
    double shift;      /* what elements of ours add */
};

/* The mark of a bid on a criterion, as a share of the scale.  What is drawn is
 * drawn in floats: a guess has no seven digits. */
struct simulate_mark {
    bool sure;     /* always share */
    uint64_t name; /* of its random numbers */
    size_t at;     /* among those that are drawn */
    double share;
    float low, high;  /* with what elements of ours add */
    float turn;       /* share of the draws below likely */
    float rise, fall; /* squared distances from the ends */
    bool stays;       /* no draw leaves the scale, however it is rounded */
};

struct simulate {
    const struct model *model;
    const struct simulate_ask *ask;
    size_t bids_n, criteria_n;
    struct weight_plan *plan;
    size_t nodes_n;
    const size_t *node_of;
    size_t *own_node_of;          /* where ask has none */
    struct simulate_mark *marks;  /* [bids_n][criteria_n] */
    struct simulate_cell *prices; /* [bids_n] */
    struct quick_rule *rules;     /* [criteria_n] of price criteria */
    uint64_t *keys;               /* [bids_n] */
    double shock; /* chance that a mark follows the jury of all */
    const struct model_criterion *by_total; /* or NULL */
    double sign;
    bool needs_median, has_prices;
    bool has_expression; /* of the price, which may look at quality */
    bool totals_by_draw; /* price points differ from draw to draw */
    double *price_share; /* [bids_n][criteria_n] where they do not */
    /* Nothing stands between marks and points: no table, gate or rounding.
     * Then the shares [plain_n][tiled_n] of criteria and bids, 0 where drawn,
     * of the criteria on which any is not. */
    bool is_plain;
    bool is_bare; /* and every draw compares all bids, at the same prices */
    double *plain_share;
    size_t *plain;           /* [plain_n] */
    size_t plain_n, tiled_n; /* bids_n up to a whole number of tiles */
    size_t drawn_n;          /* marks that are not sure, bid by bid */
    size_t *drawn_on;        /* [drawn_n] their criteria */
    size_t *drawn_from;      /* [bids_n + 1] the first of each bid */
    size_t *gated;           /* [gated_n] groups of criteria with a gate */
    size_t gated_n;
    bool rounds_groups; /* some group rounds what its parts earn together */
    bool
        *waits; /* [groups_n] holds a price, where such a one rounds; or NULL */
    double *thresholds; /* [draws] or NULL */
    /* By an expression the prices that each draw is tried at, and, where
     * thresholds are asked for, what wins between them; or NULL. */
    double *grid;                /* [SIMULATE_GRID] rising */
    struct simulate_span *spans; /* [draws][SIMULATE_SPANS] */
    uint64_t blocks;
    bool wide;
};

struct simulate_counts {
    uint64_t draws, none;
    uint64_t full;     /* draws in which all bids were compared */
    uint64_t *present; /* [bids_n] in others */
    int64_t *first;    /* [bids_n] SIMULATE_UNIT a draw */
    int64_t *ranks;    /* [bids_n][bids_n] SIMULATE_UNIT a draw */
    int64_t *beats;    /* [bids_n][bids_n] draws */
    int64_t *central;  /* [bids_n][criteria_n] SIMULATE_ONE a whole */
    /* Room for one block. */
    double *weights;     /* [nodes_n][QUICK_BLOCK] */
    const double **rows; /* [criteria_n] which of them are a criterion's */
    double *quality, *price, *alive, *total; /* [bids_n][QUICK_BLOCK] */
    float *rough;                            /* [bids_n][QUICK_BLOCK] totals */
    int32_t *rank;                           /* [bids_n][QUICK_BLOCK] */
    uint8_t *place; /* [bids_n][QUICK_BLOCK] rank, packed */
    int64_t *met;   /* [bids_n][bids_n] */
    double *sums;   /* [bids_n][criteria_n] */
    double *gated;  /* [bids_n][gated_n][2][QUICK_BLOCK] points, weights */
    float *kept;    /* [drawn_n][QUICK_BLOCK] marks of this block, or NULL */
    bool is_kept;   /* they are */
    double *side; /* [SIMULATE_TILE][tiled_n][QUICK_BLOCK] qualities at several
                     centres, and [criteria_n][SIMULATE_TILE] their weights;
                     or NULL */
    double *deciding; /* [bids_n][QUICK_BLOCK] of a corridor, else NULL */
    /* Where groups round: [bids_n][groups_n][QUICK_BLOCK] what they earn, those
     * that wait for a price without it; [bids_n][QUICK_BLOCK] what is outside
     * of these; [groups_n] room for one draw. */
    double *branch, *outside, *waiting;
};

QUICK const double *weights_on(
    const struct simulate_counts *c, size_t criterion)
{
    return c->rows[criterion];
}

/**
 * simulate_levels - shares of a published table, in place of marks
 *
 * Takes   c      with levels
 *         marks  [QUICK_BLOCK]
 * Gives   marks  shares of the weight, straight lines between the levels
 * Thread  any
 * Cost    QUICK_BLOCK x levels
 * Source  docs/value.md 3
 */
void simulate_levels(const struct model_criterion *c, double *marks);

/**
 * simulate_round - the published rounding of points, half up
 *
 * Takes   points  [QUICK_BLOCK], digits  0..6
 * Gives   points
 * Thread  any
 * Cost    QUICK_BLOCK
 * Source  docs/value.md 3
 */
void simulate_round(double *points, int digits);

/* The weights at which the wins of a bid are counted. */
struct simulate_centre {
    size_t bid;
    double *weights; /* [criteria_n] points */
    double *sure;    /* [bids_n] points that are not drawn */
    int64_t units;   /* won, SIMULATE_UNIT a draw */
};

/* Room that marks may take to be kept. */
#define SIMULATE_KEPT ((size_t)1 << 26)

/**
 * simulate_keep_marks - room to draw the marks of a block only once
 *
 * Takes   counts  for simulate_block_at
 * Gives   counts->kept and side, unless that would be above SIMULATE_KEPT: then they
 *         are drawn again each time, the same ones
 * Thread  any, one owner of counts
 * Cost    O(marks that are drawn)
 * Source  none
 */
void simulate_keep_marks(
    const struct simulate *sim, struct simulate_counts *counts);

/**
 * simulate_block_at - one block of draws at other weights
 *
 * Takes   centres  [n]
 *         counts   of this thread alone; its counts are not touched
 * Gives   centres->units grown
 * Thread  any
 * Cost    QUICK_BLOCK x bids x criteria, to draw once, to add up n times
 * Source  docs/value.md 13
 */
void simulate_block_at(const struct simulate *sim, uint64_t block,
    struct simulate_centre *centres, size_t n, struct simulate_counts *counts);

/**
 * simulate_share - units of draws as a share
 *
 * Takes   units, unit  of which one draw has so many
 * Gives   units / (draws x unit) in micro, half up
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
int64_t simulate_share(int64_t units, int64_t unit, uint64_t draws);

/**
 * simulate_part_left - what is left of a share where nothing may be awarded
 *
 * Takes   share  micro, of the draws
 * Gives   micro, half up
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
int64_t simulate_part_left(const struct simulate_result *result, int64_t share);

/**
 * simulate_marks - the marks of a bid on a criterion in a block
 *
 * Takes   k  a criterion that is marked
 * Gives   marks  [QUICK_BLOCK]
 * Thread  any
 * Cost    QUICK_BLOCK
 * Source  docs/value.md 13
 */
void simulate_marks(const struct simulate *sim, uint64_t block, size_t bid,
    size_t k, double *marks);

/**
 * simulate_name - the name of random numbers
 *
 * Takes   what       SIMULATE_PRICE and so on
 *         bid        its key; 0 of none
 *         criterion  1 + its place; 0 of none
 * Gives   a name that no other has
 * Thread  any
 * Cost    O(1)
 * Source  splitmix64
 */
uint64_t simulate_name(uint64_t what, uint64_t bid, uint64_t criterion);

/**
 * simulate_totals - totals of one draw by the published rule
 *
 * Takes   counts  with weights, quality, price and alive of a block
 *         s       the draw in it
 *         own     the price of our bid, or below 0: as drawn
 * Gives   totals  [bids_n], larger is better; -INFINITY for one not compared;
 *                 of a corridor the number of bids that stand worse
 * Thread  any, one owner of counts
 * Cost    O(bids x price criteria)
 * Source  docs/value.md 13
 */
void simulate_totals(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double own, double *totals);

/**
 * simulate_indexes - the same, of a corridor the index itself
 *
 * Takes   counts, s  as simulate_totals; prices as drawn
 * Gives   totals     [bids_n]
 * Thread  any, one owner of counts
 * Cost    as simulate_totals
 * Source  docs/value.md 13
 */
void simulate_indexes(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double *totals);

/**
 * simulate_has_corridor - whether the rule is quality-corridor
 *
 * Takes   sim  any
 * Gives   true where it is
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
bool simulate_has_corridor(const struct simulate *sim);

/**
 * simulate_corridor_judge - what each bid has of the criterion that decides
 *
 * Takes   sim    with a corridor
 *         block  as simulate_block, with its weights drawn
 * Gives   counts->deciding
 * Thread  any, one owner of counts
 * Cost    QUICK_BLOCK x bids x criteria that decide
 * Source  corridor_find
 */
void simulate_corridor_judge(
    const struct simulate *sim, struct simulate_counts *counts, uint64_t block);

/**
 * simulate_corridor_place - the order of the two stages
 *
 * Takes   sim     with a corridor
 *         totals  [bids_n] the indexes of draw s
 * Gives   totals  the number of bids that stand worse
 * Thread  any
 * Cost    O(bids x bids)
 * Source  corridor_compare
 */
void simulate_corridor_place(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, double *totals);

/**
 * simulate_order - which of two bids stands better in a draw
 *
 * Takes   totals    of simulate_totals
 *         s         the draw
 *         one, two  bids
 * Gives   above 0 when the first does; 0 when they tie, by the published rule
 *         for ties too
 * Thread  any
 * Cost    O(1)
 * Source  score_compare
 */
int simulate_order(const struct simulate *sim,
    const struct simulate_counts *counts, const double *totals, size_t s,
    size_t one, size_t two);

/**
 * simulate_units - what a bid has of a draw that others may share
 *
 * Takes   counts  with total, alive, quality and price of draw s
 *         bid     that is compared
 * Gives   SIMULATE_UNIT over those that stand level before all others; else 0
 * Thread  any
 * Cost    O(bids)
 * Source  score_compare
 */
int64_t simulate_units(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, size_t bid);

/**
 * simulate_threshold - the highest price at which our bid wins a draw
 *
 * Takes   s  the draw
 * Gives   the price, 0 where it wins at none, INFINITY where at any
 * Thread  any, one owner of counts
 * Cost    60 x simulate_totals
 * Source  score_to_win
 */
double simulate_threshold(
    const struct simulate *sim, const struct simulate_counts *counts, size_t s);

/**
 * simulate_spans_new - the prices at which draws are tried, by an expression
 *
 * Takes   sim  with its model
 * Gives   sim->grid: from half the lowest price recorded to twice the highest,
 *         the least and the most that can be recorded; room in sim->spans
 * Thread  any, one owner
 * Cost    O(bids)
 * Source  docs/value.md 13
 */
void simulate_spans_new(struct simulate *sim);

/**
 * simulate_spans - the prices at which our bid wins a draw, by an expression
 *
 * Takes   s      the draw
 *         spans  [SIMULATE_SPANS]
 * Gives   spans  rising, the dearest of more; those not needed of high 0
 *         the highest winning price: 0 none, INFINITY any
 * Thread  any, one owner of counts
 * Cost    SIMULATE_GRID x simulate_totals, and 50 for each end
 * Source  docs/value.md 13
 */
double simulate_spans(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s,
    struct simulate_span *spans);

/**
 * simulate_gates_new - take note of the groups that can refuse a bid
 *
 * Takes   sim  with its model
 * Gives   gated, gated_n
 * Thread  any, one owner
 * Cost    O(groups)
 * Source  docs/value.md 3
 */
void simulate_gates_new(struct simulate *sim);

/**
 * simulate_gates_add - add what one criterion earns to the groups it is in
 *
 * Takes   points, weights  [QUICK_BLOCK] of the criterion
 * Gives   counts->gated of the bid grown
 * Thread  any, one owner of counts
 * Cost    O(gated groups x depth)
 * Source  docs/value.md 3
 */
void simulate_gates_add(const struct simulate *sim,
    struct simulate_counts *counts, size_t bid, size_t criterion,
    const double *points, const double *weights);

/**
 * simulate_gates_pass - refuse a bid where a group earned too little
 *
 * Takes   bid  all of whose criteria were added
 * Gives   counts->alive 0 where it is refused; counts->gated of the bid empty
 * Thread  any, one owner of counts
 * Cost    O(gated groups)
 * Source  docs/value.md 3
 */
void simulate_gates_pass(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid);

/**
 * simulate_tree_new - see which groups of criteria round
 *
 * Takes   sim  with its model
 * Gives   rounds_groups, waits
 * Thread  any, one owner
 * Cost    O(criteria + groups)
 * Source  none
 */
void simulate_tree_new(struct simulate *sim);

/**
 * simulate_tree_open - begin a block of a bid
 *
 * Takes   sim  whose groups round
 * Gives   counts->branch of the bid empty
 * Thread  any, one owner of counts
 * Cost    QUICK_BLOCK x groups
 * Source  none
 */
void simulate_tree_open(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid);

/**
 * simulate_tree_close - add up what the groups of a bid have earned
 *
 * Takes   bid  all of whose criteria were added, to counts->branch where they
 *              stand in a group, else to its quality
 * Gives   quality, outside, and counts->branch of the groups that wait for no
 *         price, rounded
 * Thread  any, one owner of counts
 * Cost    QUICK_BLOCK x groups
 * Source  score_tree_quality
 */
void simulate_tree_close(
    const struct simulate *sim, struct simulate_counts *counts, size_t bid);

/**
 * simulate_tree_wait - what groups that wait have in a draw without prices
 *
 * Takes   bid  closed; sim->waits
 * Gives   counts->waiting, to which points of prices are then added
 * Thread  any, one owner of counts
 * Cost    O(groups)
 * Source  none
 */
void simulate_tree_wait(const struct simulate *sim,
    const struct simulate_counts *counts, size_t s, size_t bid);

/**
 * simulate_tree_rest - what groups that wait earn, rounded
 *
 * Takes   counts->waiting  with the points of prices
 * Gives   what is added to the points outside of them
 * Thread  any, one owner of counts
 * Cost    O(groups)
 * Source  score_tree_total
 */
double simulate_tree_rest(
    const struct simulate *sim, const struct simulate_counts *counts);

/**
 * simulate_round_one - the published rounding of one number
 *
 * Takes   digits  0..6
 * Gives   half up, a hair's breadth before it too, as binary halves fall short
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 3
 */
double simulate_round_one(double value, int digits);

#endif
