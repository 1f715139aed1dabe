/* SPDX-License-Identifier: Apache-2.0
 *
 * price_total.c - rules that give the total itself, of price and quality.
 */
#include "value/award/price.h"

#include "protocol/base_mem.h"
#include "value/root.h"

/* value = quality points over the most that can be earned, 1 where nothing
 * can: then price alone decides. */
static void set_quality_share(
    const struct price_field *field, mpq_srcptr points, mpq_t share)
{
    if (mpq_sgn(field->all_quality) > 0)
        mpq_div(share, points, field->all_quality);
    else
        mpq_set_ui(share, 1, 1);
}

/* ratio = weight of quality / weight of price */
static void set_weight_ratio(const struct model_criterion *by,
    const struct price_field *field, mpq_t ratio)
{
    fraction_set(ratio, by->weight.likely);
    mpq_div(ratio, field->all_quality, ratio);
}

static void set_reference(const struct model_criterion *by, mpq_t reference)
{
    if (by->reference > 0)
        fraction_set(reference, by->reference);
    else
        mpq_set_ui(reference, 1, 1);
}

static void take_ratio(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t total)
{
    mpq_t part;

    mpq_init(part);
    set_quality_share(field, bid->quality, total);
    if (by->rule == RULE_QUALITY_POWER && mpq_sgn(total) > 0) {
        set_weight_ratio(by, field, part);
        /* Exponents beyond what a power can be taken to are cut there. */
        if (mpq_cmp_ui(part, ROOT_EXPONENT_MAX, 1) > 0)
            mpq_set_ui(part, ROOT_EXPONENT_MAX, 1);
        fraction_power(total, part);
    }
    set_reference(by, part);
    mpq_mul(total, total, part);
    mpq_div(total, total, bid->price);
    mpq_clear(part);
}

static void take_utility(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t total)
{
    mpq_t part;

    /* (best - own) / all x all / weight = (best - own) / weight */
    mpq_init(part);
    fraction_set(part, by->weight.likely);
    mpq_sub(total, field->best, bid->quality);
    mpq_div(total, total, part);
    mpq_set_ui(part, 1, 1);
    mpq_sub(total, part, total);
    /* Below 0 a higher price would stand better. */
    if (mpq_sgn(total) < 0)
        mpq_set_ui(total, 0, 1);
    mpq_mul(total, total, field->lowest);
    mpq_div(total, total, bid->price);
    mpq_clear(part);
}

static void take_superformula(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t total)
{
    mpq_t part, power;

    mpq_inits(part, power, NULL);
    fraction_set(power, by->power);
    set_quality_share(field, bid->quality, total);
    fraction_set(part, by->reference_quality);
    mpq_div(total, total, part);
    fraction_power(total, power);
    fraction_set(part, by->reference);
    mpq_div(part, bid->price, part);
    mpq_neg(power, power);
    fraction_power(part, power);
    mpq_add(total, total, part);
    mpq_clears(part, power, NULL);
}

static void take_value_off(
    const struct model_criterion *by, const struct price_bid *bid, mpq_t total)
{
    set_reference(by, total);
    mpq_mul(total, total, bid->quality);
    mpq_sub(total, bid->price, total);
}

static void take_surcharge(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t total)
{
    mpq_t weight;

    mpq_init(weight);
    fraction_set(weight, by->weight.likely);
    mpq_sub(total, field->all_quality, bid->quality);
    mpq_add(total, total, weight);
    mpq_div(total, total, weight);
    mpq_mul(total, total, bid->price);
    mpq_clear(weight);
}

static void take_relative_cost(
    const struct price_bid *bid, const struct price_field *field, mpq_t total)
{
    mpq_t index;

    mpq_init(index);
    mpq_add(index, bid->quality, field->all_quality);
    mpq_add(total, field->poorest, field->all_quality);
    if (mpq_sgn(index) > 0)
        mpq_div(total, total, index);
    else
        mpq_set_ui(total, 1, 1);
    mpq_mul(total, total, bid->price);
    mpq_clear(index);
}

static void take_normalised(
    const struct model_criterion *by, const struct price_bid *bid, mpq_t total)
{
    mpq_t weight;

    /* p / (1 + Q / w) = p w / (w + Q) */
    mpq_init(weight);
    fraction_set(weight, by->weight.likely);
    mpq_add(total, weight, bid->quality);
    mpq_div(total, weight, total);
    mpq_mul(total, total, bid->price);
    fraction_set(weight, bid->life_cycle);
    mpq_add(total, total, weight);
    mpq_clear(weight);
}

void price_total(const struct model_criterion *by, const struct price_bid *bid,
    const struct price_field *field, mpq_t total)
{
    switch (by->rule) {
    case RULE_QUALITY_PER_PRICE:
    case RULE_QUALITY_CORRIDOR:
    case RULE_QUALITY_POWER:
        take_ratio(by, bid, field, total);
        return;
    case RULE_UTILITY_INDEX:
        take_utility(by, bid, field, total);
        return;
    case RULE_SUPERFORMULA:
        take_superformula(by, bid, field, total);
        return;
    case RULE_EXPRESSION_TOTAL:
        (void)price_expression(by, bid, field, total);
        return;
    case RULE_VALUE_OFF_PRICE:
        take_value_off(by, bid, total);
        return;
    case RULE_SURCHARGE:
        take_surcharge(by, bid, field, total);
        return;
    case RULE_PRICE_PER_QUALITY:
        set_quality_share(field, bid->quality, total);
        mpq_div(total, bid->price, total);
        return;
    case RULE_RELATIVE_COST:
        take_relative_cost(bid, field, total);
        return;
    case RULE_NORMALISED_PRICE:
        take_normalised(by, bid, total);
        return;
    default:
        INSIST(by->rule != RULE_NONE && price_gives(by) != PRICE_GIVES_SHARE);
        return;
    }
}

bool price_can_total(
    const struct model_criterion *by, const struct price_bid *bid)
{
    bool divides =
        by->rule == RULE_PRICE_PER_QUALITY || by->rule == RULE_SUPERFORMULA;

    return !divides || mpq_sgn(bid->quality) > 0;
}
