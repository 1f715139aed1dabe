/* SPDX-License-Identifier: Apache-2.0
 *
 * price.c - what rules need, what they look at, and those that give a share.
 */
#include "value/award/price.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/expression.h"
#include "value/root.h"

enum { ZERO_FINE, ZERO_REFUSED };

static const struct {
    const char *word;
    enum price_gives gives;
    enum price_looks looks;
    int zero;
} rules[RULE_COUNT] = {
    [RULE_NONE] = {"none", PRICE_GIVES_SHARE, PRICE_LOOKS_NOTHING, ZERO_FINE},
#define RULE(id, word, gives, looks, zero, source)                             \
    [RULE_##id] = {word, PRICE_GIVES_##gives, PRICE_LOOKS_##looks, ZERO_##zero},
#include "value/award/rules.def"
#undef RULE
};

enum price_gives price_gives(const struct model_criterion *by)
{
    if (by->rule == RULE_SUPERFORMULA && by->power < 0)
        return PRICE_GIVES_LOW;
    return rules[by->rule].gives;
}

enum price_looks price_looks(const struct model_criterion *by)
{
    return rules[by->rule].looks;
}

const char *price_rule_word(enum price_rule rule)
{
    INSIST(rule < RULE_COUNT);
    return rules[rule].word;
}

static bool has_power(const struct model_criterion *by, bool negative_too)
{
    const int64_t most = (int64_t)ROOT_EXPONENT_MAX * DECIMAL_ONE;

    if (by->power == MODEL_ABSENT || by->power == 0 || by->power > most)
        return false;
    return by->power > 0 || (negative_too && by->power >= -most);
}

static bool has_weight(const struct model_criterion *by)
{
    return by->weight.low != MODEL_ABSENT && by->weight.likely > 0;
}

static enum price_fault fault_of_discount(const struct model_criterion *by)
{
    if (by->set_max <= 0)
        return PRICE_NO_CEILING;
    if (by->rule == RULE_DISCOUNT_KNEE)
        return by->knee >= 0 && by->knee <= DECIMAL_ONE ? PRICE_FINE
                                                        : PRICE_NO_KNEE;
    return has_power(by, false) ? PRICE_FINE : PRICE_NO_POWER;
}

static enum price_fault fault_of_superformula(const struct model_criterion *by)
{
    if (!has_power(by, true))
        return PRICE_NO_POWER;
    return by->reference > 0 && by->reference_quality > 0 ? PRICE_FINE
                                                          : PRICE_NO_REFERENCE;
}

static enum price_fault fault_of_expression(const struct model_criterion *by)
{
    if (by->expression == NULL ||
        expression_check(by->expression).fault != EXPRESSION_FINE)
        return PRICE_NO_EXPRESSION;
    return PRICE_FINE;
}

static enum price_fault fault_of_corridor(const struct model_criterion *by)
{
    if (by->corridor <= 0 || by->corridor >= DECIMAL_ONE ||
        by->deciding == DECIDING_NONE)
        return PRICE_NO_CORRIDOR;
    if (by->deciding == DECIDING_CRITERION && by->deciding_at == MODEL_NOWHERE)
        return PRICE_NO_CORRIDOR;
    return PRICE_FINE;
}

enum price_fault price_rule_fault(const struct model_criterion *by)
{
    switch (by->rule) {
    case RULE_LOWEST_RATIO:
    case RULE_MIN_MAX:
    case RULE_MEAN_LINEAR:
    case RULE_MEDIAN_LINEAR:
    case RULE_QUALITY_PER_PRICE:
    case RULE_VALUE_OFF_PRICE:
    case RULE_PRICE_PER_QUALITY:
    case RULE_RELATIVE_COST:
        return PRICE_FINE;
    case RULE_LOWEST_POWER:
        return has_power(by, false) ? PRICE_FINE : PRICE_NO_POWER;
    case RULE_ZERO_AT:
    case RULE_LOWEST_LOG:
        /* MODEL_ABSENT is far below 1. */
        return by->zero_at > DECIMAL_ONE ? PRICE_FINE : PRICE_NO_ZERO_AT;
    case RULE_SET_LIMITS:
        if (by->set_min == MODEL_ABSENT || by->set_max <= by->set_min)
            return PRICE_NO_LIMITS;
        return PRICE_FINE;
    case RULE_SET_RATIO:
        return by->reference > 0 ? PRICE_FINE : PRICE_NO_REFERENCE;
    case RULE_DISCOUNT_POWER:
    case RULE_DISCOUNT_KNEE:
        return fault_of_discount(by);
    case RULE_QUALITY_CORRIDOR:
        return fault_of_corridor(by);
    case RULE_QUALITY_POWER:
    case RULE_UTILITY_INDEX:
    case RULE_SURCHARGE:
    case RULE_NORMALISED_PRICE:
        return has_weight(by) ? PRICE_FINE : PRICE_NO_WEIGHT;
    case RULE_SUPERFORMULA:
        return fault_of_superformula(by);
    case RULE_EXPRESSION:
    case RULE_EXPRESSION_TOTAL:
        return fault_of_expression(by);
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
    return price == 0 && rules[by->rule].zero == ZERO_REFUSED ? PRICE_ZERO
                                                              : PRICE_FINE;
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
    mpq_t share, mpq_srcptr price, const mpq_t full, const mpq_t zero)
{
    mpq_t span;

    mpq_init(span);
    mpq_sub(span, zero, full);
    mpq_sub(share, zero, price);
    mpq_div(share, share, span);
    mpq_clear(span);
}

static void fall_to_zero_at(const struct model_criterion *by, mpq_srcptr price,
    const mpq_t lowest, mpq_t share)
{
    mpq_t zero;

    mpq_init(zero);
    fraction_set(zero, by->zero_at);
    mpq_mul(zero, zero, lowest);
    fall_linearly(share, price, lowest, zero);
    mpq_clear(zero);
}

/* Half at the middle price, nothing at twice it. */
static void fall_from_middle(mpq_srcptr price, const mpq_t middle, mpq_t share)
{
    mpq_t two;

    mpq_init(two);
    mpq_set_ui(two, 2, 1);
    mpq_div(share, price, middle);
    mpq_sub(share, two, share);
    mpq_div(share, share, two);
    mpq_clear(two);
}

static void fall_between_limits(
    const struct model_criterion *by, mpq_srcptr price, mpq_t share)
{
    mpq_t full, zero;

    mpq_inits(full, zero, NULL);
    fraction_set(full, by->set_min);
    fraction_set(zero, by->set_max);
    fall_linearly(share, price, full, zero);
    mpq_clears(full, zero, NULL);
}

/* 1 - log(price / lowest) / log n */
static void fall_by_log(const struct model_criterion *by, mpq_srcptr price,
    const mpq_t lowest, mpq_t share)
{
    mpq_t base;

    mpq_init(base);
    fraction_set(base, by->zero_at);
    fraction_log(base);
    mpq_div(share, price, lowest);
    fraction_log(share);
    mpq_div(share, share, base);
    mpq_set_ui(base, 1, 1);
    mpq_sub(share, base, share);
    mpq_clear(base);
}

static void raise_share(const struct model_criterion *by, mpq_t share)
{
    mpq_t power;

    mpq_init(power);
    fraction_set(power, by->power);
    if (mpq_cmp_ui(power, 1, 2) == 0)
        fraction_sqrt(share);
    else
        fraction_power(share, power);
    mpq_clear(power);
}

/* What a price stays below the ceiling; nothing when it does not. */
static void set_discount(
    const struct model_criterion *by, mpq_srcptr price, mpq_t discount)
{
    fraction_set(discount, by->set_max);
    mpq_sub(discount, discount, price);
    if (mpq_sgn(discount) < 0)
        mpq_set_ui(discount, 0, 1);
}

/* knee x discount / mean up to the mean, then linear to 1 at the best. */
static void bend_at_mean(
    const struct model_criterion *by, mpq_t share, mpq_t mean, const mpq_t best)
{
    mpq_t knee, rest;

    mpq_inits(knee, rest, NULL);
    fraction_set(knee, by->knee);
    if (mpq_equal(share, best)) {
        mpq_set_ui(share, 1, 1);
    } else if (mpq_sgn(share) == 0) {
        mpq_set_ui(share, 0, 1);
    } else if (mpq_cmp(share, mean) <= 0) {
        mpq_div(share, share, mean);
        mpq_mul(share, share, knee);
    } else {
        mpq_sub(share, share, mean);
        mpq_sub(mean, best, mean);
        mpq_div(share, share, mean);
        mpq_set_ui(rest, 1, 1);
        mpq_sub(rest, rest, knee);
        mpq_mul(share, share, rest);
        mpq_add(share, share, knee);
    }
    mpq_clears(knee, rest, NULL);
}

static void share_of_discount(const struct model_criterion *by,
    mpq_srcptr price, const struct price_field *field, mpq_t share)
{
    mpq_t best, mean;

    mpq_inits(best, mean, NULL);
    set_discount(by, field->lowest, best);
    set_discount(by, price, share);
    if (mpq_sgn(best) == 0) {
        mpq_set_ui(share, 0, 1);
    } else if (by->rule == RULE_DISCOUNT_POWER) {
        mpq_div(share, share, best);
        raise_share(by, share);
    } else {
        set_discount(by, field->mean, mean);
        bend_at_mean(by, share, mean, best);
    }
    mpq_clears(best, mean, NULL);
}

bool price_expression(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t value)
{
    mpq_t *v = fractions_new(EXPRESSION_VARIABLES_N);

    mpq_set(v[EXPRESSION_P], bid->price);
    mpq_set(v[EXPRESSION_Q], bid->quality);
    mpq_set(v[EXPRESSION_PMIN], field->lowest);
    mpq_set(v[EXPRESSION_PMAX], field->highest);
    mpq_set(v[EXPRESSION_PAVG], field->mean);
    mpq_set(v[EXPRESSION_PMED], field->median);
    mpq_set_ui(v[EXPRESSION_N], field->n, 1);
    mpq_set(v[EXPRESSION_QBEST], field->best);
    mpq_set(v[EXPRESSION_WQ], field->all_quality);
    fraction_set(v[EXPRESSION_WP], by->weight.likely);
    if (by->set_max != MODEL_ABSENT)
        fraction_set(v[EXPRESSION_CEILING], by->set_max);
    mpq_set_ui(value, 0, 1);
    bool fine =
        expression_value(by->expression, v, value).fault == EXPRESSION_FINE;
    fractions_free(&v, EXPRESSION_VARIABLES_N);
    return fine;
}

static void share_of_expression(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t share)
{
    mpq_t weight;

    mpq_init(weight);
    fraction_set(weight, by->weight.likely);
    (void)price_expression(by, bid, field, share);
    if (mpq_sgn(weight) > 0)
        mpq_div(share, share, weight);
    else
        mpq_set_ui(share, 0, 1);
    mpq_clear(weight);
}

static void set_share(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t share)
{
    switch (by->rule) {
    case RULE_LOWEST_RATIO:
        mpq_div(share, field->lowest, bid->price);
        return;
    case RULE_LOWEST_POWER:
        mpq_div(share, field->lowest, bid->price);
        raise_share(by, share);
        return;
    case RULE_MIN_MAX:
        if (mpq_equal(field->lowest, field->highest))
            mpq_set_ui(share, 1, 1);
        else
            fall_linearly(share, bid->price, field->lowest, field->highest);
        return;
    case RULE_ZERO_AT:
        fall_to_zero_at(by, bid->price, field->lowest, share);
        return;
    case RULE_LOWEST_LOG:
        fall_by_log(by, bid->price, field->lowest, share);
        return;
    case RULE_MEAN_LINEAR:
        fall_from_middle(bid->price, field->mean, share);
        return;
    case RULE_MEDIAN_LINEAR:
        fall_from_middle(bid->price, field->median, share);
        return;
    case RULE_SET_LIMITS:
        fall_between_limits(by, bid->price, share);
        return;
    case RULE_SET_RATIO:
        fraction_set(share, by->reference);
        mpq_div(share, share, bid->price);
        return;
    case RULE_DISCOUNT_POWER:
    case RULE_DISCOUNT_KNEE:
        share_of_discount(by, bid->price, field, share);
        return;
    case RULE_EXPRESSION:
        share_of_expression(by, bid, field, share);
        return;
    default:
        /* Whoever asks has made sure that there is a rule of this sort. */
        INSIST(by->rule != RULE_NONE && price_gives(by) == PRICE_GIVES_SHARE);
        return;
    }
}

void price_share(const struct model_criterion *by, const struct price_bid *bid,
    const struct price_field *field, mpq_t share)
{
    set_share(by, bid, field, share);
    if (by->clamp)
        clamp_share(share);
}
