/* SPDX-License-Identifier: Apache-2.0
 *
 * warn.h - what is known to go wrong with a price rule.
 *
 * Said of the rule alone, from what is published about it; what happens with
 * the bids at hand stands in award.h (paradoxes) and stability.h.
 */
#ifndef VALUE_AWARD_WARN_H
#define VALUE_AWARD_WARN_H

#include "value/model.h"

enum warn {
#define WARN(id, word, en, fr) WARN_##id,
#include "value/award/warn.def"
#undef WARN
    WARN_COUNT
};

/**
 * warn_holds - whether a warning is true of the rule of a criterion
 *
 * Takes   by    a criterion
 *         what  below WARN_COUNT
 * Gives   false of a criterion without a price rule
 * Thread  any
 * Cost    O(1)
 * Source  Bergman & Lundberg 2013 (reversal); OLG Duesseldorf, French and Swiss
 *         guides (min-max); Bevan Brittan (zero); Stilger et al. 2017 (extremes)
 */
bool warn_holds(const struct model_criterion *by, enum warn what);

/**
 * warn_word - the short name of a warning
 *
 * Takes   what  below WARN_COUNT
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  warn.def
 */
const char *warn_word(enum warn what);

/**
 * warn_text - a warning as a sentence
 *
 * Takes   what    below WARN_COUNT
 *         french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  warn.def
 */
const char *warn_text(enum warn what, int french);

#endif
