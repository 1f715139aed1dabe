/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_confidence.h - how surely a bid wins if the weights are those that
 * suit it.
 */
#ifndef VALUE_CHANCE_SIMULATE_CONFIDENCE_H
#define VALUE_CHANCE_SIMULATE_CONFIDENCE_H

#include "value/chance/simulate.h"

/**
 * simulate_confidence_applies - whether confidence factors say anything
 *
 * Takes   result  of the same model
 * Gives   true when weights are drawn and some mark, price or presence is too:
 *         with exact weights the factor is the chance to win, and with nothing
 *         else drawn it is 1
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  none
 */
bool simulate_confidence_applies(const struct model *model,
    const struct simulate_ask *ask, const struct simulate_result *result);

/**
 * simulate_confidence - the confidence factors of the bids
 *
 * The chance of each bid to win with the weights at its central weights, marks
 * and prices drawn from the same numbers as in the result.
 *
 * Takes   set, ask    of the result, whose draws are made again, once for all
 *                     bids; no thresholds
 *         result      with central weights
 * Gives   confidence  [bids_n] micro; MODEL_ABSENT for a bid that never wins,
 *                     or where simulate_confidence_applies says no
 *         *stopped    go_on said so; confidence is then not whole
 * Errors  as simulate_new
 * Thread  any
 * Cost    one simulation, and adding up again for each bid that wins at all
 * Source  Lahdelma & Salminen 2001 (SMAA-2); docs/value.md 13
 */
enum err simulate_confidence(const struct model *model, uint32_t set,
    const struct simulate_ask *ask, const struct simulate_result *result,
    int64_t *confidence, bool *stopped) MUST_USE;

#endif
