/* SPDX-License-Identifier: Apache-2.0
 *
 * corridor.h - two stages: who comes near the best index, and who of those
 * has more of what decides (price rule quality-corridor).
 *
 * A part of score.h, for a model whose rule it is.  The lower the price of a
 * bid the nearer it comes and the fewer others do, so that here too the prices
 * that win are all those up to some price.
 */
#ifndef VALUE_AWARD_CORRIDOR_H
#define VALUE_AWARD_CORRIDOR_H

#include "value/award/score.h"

struct corridor {
    mpq_t edge;    /* the least index that is within */
    bool *within;  /* [bids_n] admitted and not below the edge */
    mpq_t *decide; /* [bids_n] what decides: more is better */
};

/**
 * corridor_new - room for one
 *
 * Takes   bids_n  number of bids
 * Gives   freed with corridor_free
 * Thread  any
 * Cost    O(bids)
 * Source  none
 */
struct corridor *corridor_new(size_t bids_n);

/**
 * corridor_free - free one
 *
 * Takes   corridor  of corridor_new, or NULL within
 *         bids_n    as then
 * Gives   *corridor NULL
 * Thread  any
 * Cost    O(bids)
 * Source  none
 */
void corridor_free(struct corridor **corridor, size_t bids_n);

/**
 * corridor_find - who is within, and what each has of what decides
 *
 * Takes   score  with the totals of all admitted bids
 * Gives   *score->corridor
 * Thread  any, one owner of score
 * Cost    O(bids), and where a criterion decides O(bids x criteria)
 * Source  UfAB, erweiterte Richtwertmethode: edge = (1 - corridor) x best
 */
void corridor_find(struct score *score);

/**
 * corridor_compare - which of two bids stands better, as far as the corridor
 *                    says
 *
 * Takes   one, other  admitted, after corridor_find
 * Gives   above 0 when the first does: alone within, or both within and more
 *         of what decides; 0 when the index has to say
 * Thread  any
 * Cost    O(1)
 * Source  as corridor_find
 */
int corridor_compare(const struct score *score, size_t one, size_t other);

/**
 * corridor_lead - by how much of its index a bid wins, or fails to
 *
 * Takes   bid  admitted, with an admitted rival
 * Gives   lead  index less the least that would win with what it has of what
 *                decides: to be within, and to leave without whoever has more
 * Thread  any
 * Cost    O(bids)
 * Source  docs/value.md 2
 */
void corridor_lead(const struct score *score, size_t bid, mpq_t lead);

/**
 * corridor_stages - the two thresholds of our price, all else as it is
 *
 * Takes   score  after score_total, totals not rounded
 * Gives   *near   micro, rounded down: up to it we are within
 *         *alone  micro, rounded down: below it nobody is within who has more
 *                 of what decides; MODEL_ABSENT where nobody has
 * Thread  any
 * Cost    O(bids)
 * Source  docs/value.md 4
 * Vector  quality .9 .85 .8, prices 100 90 82, corridor .05, quality decides,
 *         the first ours: 97.105263, nobody
 */
void corridor_stages(const struct score *score, int64_t *near, int64_t *alone);

#endif
