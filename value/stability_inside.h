/* SPDX-License-Identifier: Apache-2.0
 *
 * stability_inside.h - what the files of stability.h share.
 */
#ifndef VALUE_STABILITY_INSIDE_H
#define VALUE_STABILITY_INSIDE_H

#include "value/score.h"
#include "value/stability.h"

/**
 * stability_rules - who would win by each other price rule
 *
 * Takes   score  of the award as it is
 *         offer  ours in it
 * Gives   result->rules
 * Thread  any
 * Cost    O(rules x bids x criteria)
 * Source  docs/value.md 14
 */
void stability_rules(const struct score *score, const struct offer *offer,
    struct stability_result *result);

#endif
