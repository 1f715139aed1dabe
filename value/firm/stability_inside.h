/* SPDX-License-Identifier: Apache-2.0
 *
 * stability_inside.h - what the files of stability.h share.
 */
#ifndef VALUE_FIRM_STABILITY_INSIDE_H
#define VALUE_FIRM_STABILITY_INSIDE_H

#include "value/award/score.h"
#include "value/firm/stability.h"

/**
 * stability_in_words - criteria and rivals in machine words
 *
 * Takes   score  that adds up
 * Gives   result->leader, criteria, rivals: what fractions would give; false,
 *         and nothing, where numbers have no common measure that is small
 * Thread  any
 * Cost    O(bids x criteria), of rivals with a log of the criteria
 * Source  docs/value.md 14
 */
bool stability_in_words(
    const struct score *score, struct stability_result *result) MUST_USE;

/**
 * stability_of_marks - the same where nothing but marks decides
 *
 * Takes   model  that has all that FIGURE_DECIDER asks for
 * Gives   *result  whole; false, and nothing, where there is a price, a table,
 *         a gate, a possible element, or no small common measure
 * Thread  any
 * Cost    O(bids x criteria), of rivals with a log of the criteria
 * Source  docs/value.md 14
 */
bool stability_of_marks(
    const struct model *model, struct stability_result *result) MUST_USE;

/**
 * stability_by_fractions - stability_compute without machine words
 *
 * Takes   model  any
 * Gives   *made  the same, freed with stability_free
 * Errors  as stability_compute
 * Thread  any
 * Cost    some hundred times that of stability_compute
 * Source  docs/value.md 14
 */
enum err stability_by_fractions(
    const struct model *model, struct stability_result **made) MUST_USE;

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
