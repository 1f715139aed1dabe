/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_price.c - price rules in doubles.
 */
#include "value/chance/simulate_price.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/expression_quick.h"
#include "value/quick.h"

static double unit_of(int64_t decimal)
{
    return decimal == MODEL_ABSENT ? 0.0 : (double)decimal / DECIMAL_ONE;
}

static bool is_expression(enum price_rule rule)
{
    return rule == RULE_EXPRESSION || rule == RULE_EXPRESSION_TOTAL;
}

void quick_rule_read(struct quick_rule *rule, const struct model_criterion *by)
{
    *rule = (struct quick_rule){.rule = by->rule,
        .clamp = by->clamp,
        .needs_median =
            by->rule == RULE_MEDIAN_LINEAR || is_expression(by->rule),
        .zero_at = unit_of(by->zero_at),
        .set_min = unit_of(by->set_min),
        .set_max = unit_of(by->set_max),
        .power = unit_of(by->power),
        .reference = by->reference > 0 ? unit_of(by->reference) : 1.0,
        .reference_quality = unit_of(by->reference_quality),
        .knee = unit_of(by->knee)};
    if (by->rule == RULE_LOWEST_LOG)
        rule->log_base = quick_log(rule->zero_at);
    if (is_expression(by->rule)) {
        rule->program = mem_new(sizeof *rule->program);
        expression_compile(by->expression, rule->program);
    }
}

void quick_rule_fini(struct quick_rule *rule)
{
    free(rule->program);
    *rule = (struct quick_rule){0};
}

/* The price with as many counted ones below it as above. */
static double median_of(
    const double *prices, const double *counts, size_t n, size_t step)
{
    double rising[64];
    size_t counted = 0;

    for (size_t i = 0; i < n && counted < 64; i++) {
        size_t at = counted;
        if (counts[i * step] == 0.0)
            continue;
        counted++;
        for (; at > 0 && rising[at - 1] > prices[i * step]; at--)
            rising[at] = rising[at - 1];
        rising[at] = prices[i * step];
    }
    if (counted == 0)
        return 0.0;
    return (rising[(counted - 1) / 2] + rising[counted / 2]) / 2.0;
}

void quick_field_set(struct quick_field *field, const double *prices,
    const double *qualities, const double *counts, size_t n, size_t step,
    bool median)
{
    double all_quality = field->all_quality;
    double sum = 0.0;

    *field = (struct quick_field){.all_quality = all_quality};
    for (size_t i = 0; i < n; i++) {
        double price = prices[i * step];
        double quality = qualities[i * step];
        if (counts[i * step] == 0.0)
            continue;
        bool first = field->n == 0.0;
        field->n += 1.0;
        sum += price;
        if (first || price < field->lowest)
            field->lowest = price;
        if (first || price > field->highest)
            field->highest = price;
        if (first || quality > field->best)
            field->best = quality;
        if (first || quality < field->poorest)
            field->poorest = quality;
    }
    field->mean = field->n > 0.0 ? sum / field->n : 0.0;
    if (median)
        field->median = median_of(prices, counts, n, step);
}

static double raise_to(double base, double power)
{
    if (base <= 0.0)
        return 0.0;
    if (power == 1.0)
        return base;
    if (power == 2.0)
        return base * base;
    return power == 0.5 ? sqrt(base) : quick_power(base, power);
}

static double above_zero(double x)
{
    return x > 0.0 ? x : 0.0;
}

static double share_of_discount(const struct quick_rule *rule,
    const struct quick_field *field, double price)
{
    double own = above_zero(rule->set_max - price);
    double best = above_zero(rule->set_max - field->lowest);
    double mean = above_zero(rule->set_max - field->mean);

    if (own == 0.0)
        return 0.0;
    if (rule->rule == RULE_DISCOUNT_POWER)
        return raise_to(own / best, rule->power);
    if (own == best)
        return 1.0;
    if (own <= mean)
        return rule->knee * own / mean;
    return rule->knee + (1.0 - rule->knee) * (own - mean) / (best - mean);
}

static double share_of(const struct quick_rule *rule,
    const struct quick_field *field, double price)
{
    double low = field->lowest;

    switch (rule->rule) {
    case RULE_LOWEST_RATIO:
        return low / price;
    case RULE_LOWEST_POWER:
        return raise_to(low / price, rule->power);
    case RULE_MIN_MAX:
        return field->highest > low
                   ? (field->highest - price) / (field->highest - low)
                   : 1.0;
    case RULE_ZERO_AT:
        return (rule->zero_at * low - price) / ((rule->zero_at - 1.0) * low);
    case RULE_LOWEST_LOG:
        return 1.0 - quick_log(price / low) / rule->log_base;
    case RULE_MEAN_LINEAR:
        return (2.0 - price / field->mean) / 2.0;
    case RULE_MEDIAN_LINEAR:
        return (2.0 - price / field->median) / 2.0;
    case RULE_SET_LIMITS:
        return (rule->set_max - price) / (rule->set_max - rule->set_min);
    case RULE_SET_RATIO:
        return rule->reference / price;
    case RULE_DISCOUNT_POWER:
    case RULE_DISCOUNT_KNEE:
        return share_of_discount(rule, field, price);
    default:
        return 0.0;
    }
}

double quick_share(const struct quick_rule *rule,
    const struct quick_field *field, double price)
{
    double share = share_of(rule, field, price);

    if (!rule->clamp)
        return share;
    return share > 1.0 ? 1.0 : above_zero(share);
}

double quick_expression(const struct quick_rule *rule,
    const struct quick_field *field, double weight, double price,
    double quality)
{
    const double variables[EXPRESSION_VARIABLES_N] = {
        [EXPRESSION_P] = price,
        [EXPRESSION_Q] = quality,
        [EXPRESSION_PMIN] = field->lowest,
        [EXPRESSION_PMAX] = field->highest,
        [EXPRESSION_PAVG] = field->mean,
        [EXPRESSION_PMED] = field->median,
        [EXPRESSION_N] = field->n,
        [EXPRESSION_QBEST] = field->best,
        [EXPRESSION_WQ] = field->all_quality,
        [EXPRESSION_WP] = weight,
        [EXPRESSION_CEILING] = rule->set_max,
    };

    return expression_run(rule->program, variables);
}

static double take_superformula(
    const struct quick_rule *rule, double price, double q)
{
    double n = rule->power;

    return quick_power(q / rule->reference_quality, n) +
           quick_power(price / rule->reference, -n);
}

double quick_total(const struct quick_rule *rule,
    const struct quick_field *field, double weight, double price,
    double quality, double life_cycle)
{
    double all = field->all_quality;
    double q = all > 0.0 ? quality / all : 1.0;
    double power = all / weight;

    switch (rule->rule) {
    case RULE_EXPRESSION_TOTAL:
        return quick_expression(rule, field, weight, price, quality);
    case RULE_QUALITY_PER_PRICE:
    case RULE_QUALITY_CORRIDOR:
        return q * rule->reference / price;
    case RULE_QUALITY_POWER:
        return raise_to(q, power < 64.0 ? power : 64.0) * rule->reference /
               price;
    case RULE_UTILITY_INDEX:
        return above_zero(1.0 - (field->best - quality) / weight) / price *
               field->lowest;
    case RULE_SUPERFORMULA:
        return take_superformula(rule, price, q);
    case RULE_VALUE_OFF_PRICE:
        return price - rule->reference * quality;
    case RULE_SURCHARGE:
        return price * (1.0 + (all - quality) / weight);
    case RULE_PRICE_PER_QUALITY:
        return price / q;
    case RULE_RELATIVE_COST:
        /* Without any quality to earn there is none to be short of. */
        return quality + all > 0.0
                   ? price * (field->poorest + all) / (quality + all)
                   : price;
    case RULE_NORMALISED_PRICE:
        return price / (1.0 + quality / weight) + life_cycle;
    default:
        return 0.0;
    }
}
