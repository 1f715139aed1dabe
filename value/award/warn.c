/* SPDX-License-Identifier: Apache-2.0
 *
 * warn.c - what is known to go wrong with a price rule.
 */
#include "value/award/warn.h"

#include "value/award/price.h"
#include "value/told.h"

static const struct told warnings[WARN_COUNT] = {
#define WARN(id, word, en, fr) [WARN_##id] = {word, {en, fr}},
#include "value/award/warn.def"
#undef WARN
};

const char *warn_word(enum warn what)
{
    return told_at(warnings, WARN_COUNT, what)->word;
}

const char *warn_text(enum warn what, int french)
{
    return told_at(warnings, WARN_COUNT, what)->text[french != 0];
}

static bool is_typed(const struct model_criterion *by)
{
    return by->rule == RULE_EXPRESSION || by->rule == RULE_EXPRESSION_TOTAL;
}

/* A third bid moves all points of lowest-log by the same, unless they are held
 * within 0 and the weight, and divides all totals of relative-cost by the
 * same. */
static bool can_reverse(const struct model_criterion *by)
{
    if (by->rule == RULE_LOWEST_LOG)
        return by->clamp;
    return price_looks(by) != PRICE_LOOKS_NOTHING &&
           by->rule != RULE_RELATIVE_COST;
}

/* Rules that fall on without an end. */
static bool can_be_negative(const struct model_criterion *by)
{
    switch (by->rule) {
    case RULE_ZERO_AT:
    case RULE_LOWEST_LOG:
    case RULE_MEAN_LINEAR:
    case RULE_MEDIAN_LINEAR:
    case RULE_SET_LIMITS:
    case RULE_EXPRESSION:
        return !by->clamp;
    default:
        return false;
    }
}

bool warn_holds(const struct model_criterion *by, enum warn what)
{
    if (!by->is_price || by->rule == RULE_NONE)
        return false;
    switch (what) {
    case WARN_REVERSAL:
        return can_reverse(by);
    case WARN_NEUTRAL:
        return by->rule == RULE_MIN_MAX;
    case WARN_EXTREMES:
        return by->rule == RULE_LOWEST_RATIO || by->rule == RULE_LOWEST_POWER;
    case WARN_ZERO:
        return price_fault_of(by, 0) != PRICE_FINE;
    case WARN_NEGATIVE:
        return can_be_negative(by);
    case WARN_CLIFF:
        return by->rule == RULE_MEAN_LINEAR || by->rule == RULE_MEDIAN_LINEAR ||
               by->rule == RULE_DISCOUNT_KNEE;
    case WARN_TYPED:
        return is_typed(by);
    case WARN_COUNT:
        break;
    }
    return false;
}
