/* SPDX-License-Identifier: Apache-2.0
 *
 * price.c - the price rules, each written once.
 */
#include "value/price.h"

#include "protocol/base_mem.h"

enum price_fault price_rule_fault(const struct model_criterion *by)
{
    switch (by->rule) {
    case RULE_LOWEST_RATIO:
    case RULE_MIN_MAX:
        return PRICE_FINE;
    case RULE_ZERO_AT:
        /* MODEL_ABSENT is far below 1. */
        return by->zero_at > DECIMAL_ONE ? PRICE_FINE : PRICE_NO_ZERO_AT;
    case RULE_SET_LIMITS:
        if (by->set_min == MODEL_ABSENT || by->set_max <= by->set_min)
            return PRICE_NO_LIMITS;
        return PRICE_FINE;
    case RULE_NONE:
    case RULE_COUNT:
        return PRICE_NO_RULE;
    }
    return PRICE_NO_RULE;
}

enum price_fault price_fault_of(const struct model_criterion *by, int64_t price)
{
    if (price == MODEL_ABSENT)
        return PRICE_ABSENT;
    if (price < 0)
        return PRICE_NEGATIVE;
    if (price == 0 &&
        (by->rule == RULE_LOWEST_RATIO || by->rule == RULE_ZERO_AT))
        return PRICE_ZERO;
    return PRICE_FINE;
}

static void clamp_share(mpq_t share)
{
    if (mpq_sgn(share) < 0)
        mpq_set_ui(share, 0, 1);
    if (mpq_cmp_ui(share, 1, 1) > 0)
        mpq_set_ui(share, 1, 1);
}

/* share = (zero - price) / (zero - full): all at full, nothing at zero. */
static void fall_linearly(
    mpq_t share, const mpq_t price, const mpq_t full, const mpq_t zero)
{
    mpq_t span;

    mpq_init(span);
    mpq_sub(span, zero, full);
    mpq_sub(share, zero, price);
    mpq_div(share, share, span);
    mpq_clear(span);
}

static void fall_to_zero_at(const struct model_criterion *by, const mpq_t price,
    const mpq_t lowest, mpq_t share)
{
    mpq_t zero;

    mpq_init(zero);
    fraction_set(zero, by->zero_at);
    mpq_mul(zero, zero, lowest);
    fall_linearly(share, price, lowest, zero);
    clamp_share(share);
    mpq_clear(zero);
}

static void fall_between_limits(
    const struct model_criterion *by, const mpq_t price, mpq_t share)
{
    mpq_t full, zero;

    mpq_inits(full, zero, NULL);
    fraction_set(full, by->set_min);
    fraction_set(zero, by->set_max);
    fall_linearly(share, price, full, zero);
    if (by->clamp)
        clamp_share(share);
    mpq_clears(full, zero, NULL);
}

void price_share(const struct model_criterion *by, const mpq_t price,
    const mpq_t lowest, const mpq_t highest, mpq_t share)
{
    switch (by->rule) {
    case RULE_LOWEST_RATIO:
        mpq_div(share, lowest, price);
        return;
    case RULE_MIN_MAX:
        if (mpq_equal(lowest, highest))
            mpq_set_ui(share, 1, 1);
        else
            fall_linearly(share, price, lowest, highest);
        return;
    case RULE_ZERO_AT:
        fall_to_zero_at(by, price, lowest, share);
        return;
    case RULE_SET_LIMITS:
        fall_between_limits(by, price, share);
        return;
    case RULE_NONE:
    case RULE_COUNT:
        /* Whoever asks has made sure that there is a rule. */
        INSIST(price_rule_fault(by) != PRICE_NO_RULE);
        return;
    }
}

/* Finds the lowest and highest admitted price, or the first fault. */
static void look_at_prices(const struct model_criterion *by,
    const int64_t *prices, const bool *admitted, size_t n,
    struct price_used *used)
{
    *used = (struct price_used){.lowest = MODEL_ABSENT,
        .highest = MODEL_ABSENT,
        .fault = price_rule_fault(by),
        .bid = MODEL_NOWHERE};
    for (size_t i = 0; i < n && used->fault == PRICE_FINE; i++) {
        if (admitted != NULL && !admitted[i])
            continue;
        used->fault = price_fault_of(by, prices[i]);
        if (used->fault != PRICE_FINE)
            used->bid = i;
        if (used->lowest == MODEL_ABSENT || prices[i] < used->lowest)
            used->lowest = prices[i];
        if (used->highest == MODEL_ABSENT || prices[i] > used->highest)
            used->highest = prices[i];
    }
}

static int64_t to_micro(int64_t decimal)
{
    mpq_t value;

    if (decimal == MODEL_ABSENT)
        return MODEL_ABSENT;
    mpq_init(value);
    fraction_set(value, decimal);
    int64_t micro = fraction_micro(value, FRACTION_HALF_UP);
    mpq_clear(value);
    return micro;
}

enum err price_points(const struct model_criterion *by, const int64_t *prices,
    const bool *admitted, size_t n, int64_t *points, struct price_used *used)
{
    mpq_t weight, price, lowest, highest;

    look_at_prices(by, prices, admitted, n, used);
    if (used->fault != PRICE_FINE)
        return ERR_ARG;

    mpq_inits(weight, price, lowest, highest, NULL);
    fraction_set(weight, by->weight.likely);
    fraction_set(lowest, used->lowest);
    fraction_set(highest, used->highest);
    for (size_t i = 0; i < n; i++) {
        points[i] = MODEL_ABSENT;
        if (admitted != NULL && !admitted[i])
            continue;
        fraction_set(price, prices[i]);
        price_share(by, price, lowest, highest, price);
        mpq_mul(price, price, weight);
        points[i] = fraction_micro(price, FRACTION_HALF_UP);
    }
    mpq_clears(weight, price, lowest, highest, NULL);
    used->lowest = to_micro(used->lowest);
    used->highest = to_micro(used->highest);
    return ERR_OK;
}
