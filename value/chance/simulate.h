/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate.h - who wins when weights, marks and prices are not sure.
 *
 * Each draw takes one set of weights that the notice allows, and marks and
 * prices from their estimates, and lets the published rule decide.  What comes
 * out are shares of the draws, with the interval that their number allows.
 *
 * A draw depends on the seed, its number and the keys of what is drawn, and on
 * nothing else: not on the threads, the order of the bids, or what other bids
 * hold, so that one price changed moves the figures smoothly.  Counts are
 * integers, so that blocks may be computed in any order.  value/ starts no
 * thread: whoever has some calls simulate_block from each, with counts of its
 * own, and merges them.
 */
#ifndef VALUE_CHANCE_SIMULATE_H
#define VALUE_CHANCE_SIMULATE_H

#include "value/chance/simulate_weights.h"
#include "value/model.h"

/* Bids that can be simulated at once. */
#define SIMULATE_BIDS 64
/* Blocks between two looks at whether the figures are close enough. */
#define SIMULATE_ROUND 64
/* Blocks between two questions whether to go on. */
#define SIMULATE_ASK 8
/* The most draws that can be asked for. */
#define SIMULATE_DRAWS 10000000

/* What to simulate; all 0 but seed and draws is a good beginning. */
struct simulate_ask {
    uint64_t seed;
    uint64_t draws;          /* rounded up to whole blocks of QUICK_BLOCK */
    int64_t half_width;      /* micro; stop once every probability of winning is
                           known so closely; 0 never */
    int64_t correlation;     /* 1/10000, 0..DECIMAL_ONE: of the marks of two
                                bids on one criterion (a severe jury) */
    const int64_t *presence; /* [bids_n] 1/10000, chance that the bid is made;
                                NULL: all are */
    const uint64_t *keys;    /* [bids_n] name the bids' random numbers; NULL:
                                their places */
    /* What is published of the weights, and which node is which criterion;
     * NULL: each criterion's estimate, or place where all have one. */
    const struct weight_node *nodes;
    const size_t *node_of; /* [criteria_n] */
    size_t nodes_n;
    int64_t no_award; /* 1/10000, chance that nothing is awarded, whoever is
                         best: a rival of its own, independent of all bids */
    bool thresholds;  /* the highest winning price of each draw too */
    bool plain;       /* no wide registers; changes nothing but the time */
    /* Asked every few blocks by simulate_run; false ends it early.  NULL: never
     * asked. */
    bool (*go_on)(void *context, uint64_t done, uint64_t draws);
    void *context;
};

/* Prices at which each draw is tried where the rule is an expression, and the
 * spans of winning ones that are kept of a draw. */
#define SIMULATE_GRID  51
#define SIMULATE_SPANS 3

/* Prices that win a draw, both ends among them. */
struct simulate_span {
    double low, high;
};

struct simulate;        /* what is drawn; read-only but for the thresholds */
struct simulate_counts; /* what one thread has counted */

struct simulate_bid {
    int64_t wins;        /* micro, share of draws won; a tie is split */
    int64_t low, high;   /* micro, 95 % interval of it (Wilson) */
    int64_t best, worst; /* rank, over all draws; 0 never admitted */
    int64_t mean_rank;   /* micro, where admitted; MODEL_ABSENT never */
    int64_t missing;     /* micro, share of draws without it */
};

struct simulate_result {
    size_t bids_n, criteria_n;
    uint64_t draws;   /* made */
    bool stopped;     /* go_on said so */
    int64_t no_award; /* micro, the chance of ask->no_award, and of what is
                         left the share of draws with no admitted bid; the
                         wins of all bids and this sum to exactly 1 */
    int64_t left;     /* 1/10000, the chance that something is awarded: wins,
                         their intervals, simulate_win_at and what follows are
                         shares of draws multiplied by it */
    struct simulate_bid *bids; /* [bids_n] */
    int64_t *ranks;   /* [bids_n][bids_n] micro, share of draws at rank 1, 2..;
                         a tie is split over the ranks it covers */
    int64_t *beats;   /* [bids_n][bids_n] micro, share of draws in which the
                         first stands strictly better */
    int64_t *central; /* [bids_n][criteria_n] micro, mean share of the weights
                         in the draws it wins; ABSENT where it wins none, or
                         weights are exact */
    bool weights_are_exact;
    double *thresholds; /* [draws] rising, highest winning price of ours: 0 at
                           no price, INFINITY at any; NULL not asked for */
    /* Where a lower price may lose: the ends of all spans that win some draw,
     * each rising by itself; NULL: all prices up to the threshold win. */
    double *lows, *highs; /* [spans_n] */
    uint64_t spans_n;
};

/**
 * simulate_new - prepare a simulation
 *
 * Takes   model  kept until simulate_free; its ranges are what is not sure
 *         set    possible elements in our bid
 *         ask    kept until simulate_free
 * Gives   *made  freed with simulate_free
 * Errors  ERR_STATE  missing_list has rows that block FIGURE_DECIDER
 *         ERR_ARG    the set may not be offered, or weights contradict
 *         ERR_LIMIT  too many bids or draws
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  Lahdelma & Salminen 2001 (SMAA-2); docs/value.md 13
 */
enum err simulate_new(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, struct simulate **made) MUST_USE;

/**
 * simulate_free - free a simulation
 *
 * Takes   simulate  of simulate_new, or NULL within
 * Gives   *simulate NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void simulate_free(struct simulate **simulate);

/**
 * simulate_blocks - how many blocks there are to compute
 *
 * Takes   simulate  of simulate_new
 * Gives   draws / QUICK_BLOCK, rounded up
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
uint64_t simulate_blocks(const struct simulate *simulate);

/**
 * simulate_counts_new - an empty count, with room to compute in
 *
 * Takes   simulate  of simulate_new
 * Gives   the counts, freed with simulate_counts_free
 * Thread  any
 * Cost    O(bids x bids)
 * Source  none
 */
struct simulate_counts *simulate_counts_new(const struct simulate *simulate);

/**
 * simulate_counts_free - free counts
 *
 * Takes   counts  of simulate_counts_new, or NULL within
 * Gives   *counts NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void simulate_counts_free(struct simulate_counts **counts);

/**
 * simulate_block - compute one block of draws
 *
 * Takes   block   below simulate_blocks, each once
 *         counts  of this thread alone
 * Gives   *counts grown, and the block's thresholds
 * Thread  any, several blocks at once
 * Cost    QUICK_BLOCK x bids x (criteria + bids)
 * Source  docs/value.md 13
 */
void simulate_block(const struct simulate *simulate, uint64_t block,
    struct simulate_counts *counts);

/**
 * simulate_merge - add one count to another
 *
 * Takes   from  of the same simulation
 * Gives   *into grown
 * Thread  any, one owner of both at a time
 * Cost    O(bids x (bids + criteria))
 * Source  none
 */
void simulate_merge(const struct simulate *simulate,
    struct simulate_counts *into, const struct simulate_counts *from);

/**
 * simulate_is_close - whether every probability is known closely enough
 *
 * Takes   counts  of all blocks so far; ask after each SIMULATE_ROUND blocks,
 *                 or the threads would change where it stops
 * Gives   true when ask->half_width is above 0 and no interval is wider
 * Thread  any
 * Cost    O(bids)
 * Source  Wilson 1927
 */
bool simulate_is_close(
    const struct simulate *simulate, const struct simulate_counts *counts);

/**
 * simulate_tell - the figures that counts give
 *
 * Takes   counts  of all blocks
 *         blocks  how many: the first ones, where thresholds were asked for
 * Gives   a result, freed with simulate_result_free
 * Thread  any
 * Cost    O(bids x (bids + criteria) + draws log draws)
 * Source  docs/value.md 13
 */
struct simulate_result *simulate_tell(const struct simulate *simulate,
    const struct simulate_counts *counts, uint64_t blocks);

/**
 * simulate_result_free - free a result
 *
 * Takes   result  of simulate_tell, or NULL within
 * Gives   *result NULL
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void simulate_result_free(struct simulate_result **result);

/**
 * simulate_run - all of it on this thread
 *
 * Takes   as simulate_new
 * Gives   *made  freed with simulate_result_free
 * Errors  as simulate_new
 * Thread  any
 * Cost    20 bids, 30 criteria, 100 000 draws: some 30 ms with sure marks, 100
 *         with triangular ones
 * Source  docs/value.md 13
 * Vector  two criteria, nothing published, A (1, 0) B (0, 1) C (.6, .6):
 *         .4 .4 .2, central weights of A .8 .2; w1 >= w2: A .8, C .2
 */
enum err simulate_run(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, struct simulate_result **made) MUST_USE;

/**
 * simulate_win_at - the chance to win at a price
 *
 * Takes   result  with thresholds
 *         price   of ours
 * Gives   micro, share of the thresholds at or above it
 * Thread  any
 * Cost    O(log draws)
 * Source  docs/value.md 13
 */
int64_t simulate_win_at(const struct simulate_result *result, double price);

/**
 * simulate_interval_at - how closely the chance to win at a price is known
 *
 * Takes   result  with thresholds
 *         price   of ours
 * Gives   *low, *high  micro, 95 % (Wilson) of the share of draws, times what
 *                      is left where nothing may be awarded
 * Thread  any
 * Cost    O(log draws)
 * Source  Wilson 1927
 */
void simulate_interval_at(const struct simulate_result *result, double price,
    int64_t *low, int64_t *high);

/**
 * simulate_price_for - the highest price with a chance to win
 *
 * Takes   chance  micro, above 0
 * Gives   the price, INFINITY for any, 0 for none
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 13
 */
double simulate_price_for(const struct simulate_result *result, int64_t chance);

/**
 * simulate_price_below - the highest price with a chance to win, up to one
 *
 * Takes   chance  micro, above 0
 *         most    the price it may not exceed
 * Gives   the price, 0 for none
 * Thread  any
 * Cost    O(spans)
 * Source  docs/value.md 13
 */
double simulate_price_below(
    const struct simulate_result *result, int64_t chance, double most);

/**
 * simulate_best_offer - the price at which price less cost, times the chance
 * to win, is largest, among those that leave a margin and a chance
 *
 * Takes   cost    what the offer costs us
 *         margin  the least price less cost; 0 any above it
 *         chance  micro, the least chance to win; 0 any
 * Gives   *price, *profit (expected), the lowest of several prices; 0 and 0
 *         where no finite price does
 * Thread  any
 * Cost    O(draws): only thresholds can be best
 * Source  docs/value.md 13
 */
void simulate_best_offer(const struct simulate_result *result, double cost,
    double margin, int64_t chance, double *price, double *profit);

#endif
