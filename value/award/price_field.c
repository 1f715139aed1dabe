/* SPDX-License-Identifier: Apache-2.0
 *
 * price_field.c - what relative rules look at, and points for bare prices.
 */
#include "value/award/price.h"

#include <stdlib.h>

void price_field_init(struct price_field *field)
{
    field->n = 0;
    mpq_inits(field->lowest, field->highest, field->mean, field->median,
        field->best, field->poorest, field->all_quality, NULL);
}

void price_field_fini(struct price_field *field)
{
    mpq_clears(field->lowest, field->highest, field->mean, field->median,
        field->best, field->poorest, field->all_quality, NULL);
}

static int order_fractions(const void *one, const void *other)
{
    return mpq_cmp(one, other);
}

/* Fills in the prices of the field from those admitted, rising. */
static void set_prices(struct price_field *field, mpq_t *rising, size_t n)
{
    mpq_t count;

    mpq_init(count);
    mpq_set(field->lowest, rising[0]);
    mpq_set(field->highest, rising[n - 1]);
    mpq_set_ui(field->mean, 0, 1);
    for (size_t i = 0; i < n; i++)
        mpq_add(field->mean, field->mean, rising[i]);
    mpq_set_ui(count, n, 1);
    mpq_div(field->mean, field->mean, count);
    mpq_add(field->median, rising[(n - 1) / 2], rising[n / 2]);
    mpq_div_2exp(field->median, field->median, 1);
    mpq_clear(count);
}

static void set_empty(struct price_field *field)
{
    mpq_set_ui(field->lowest, 0, 1);
    mpq_set_ui(field->highest, 0, 1);
    mpq_set_ui(field->mean, 0, 1);
    mpq_set_ui(field->median, 0, 1);
    mpq_set_ui(field->best, 0, 1);
    mpq_set_ui(field->poorest, 0, 1);
}

static void take_quality(struct price_field *field, mpq_t quality)
{
    if (field->n == 0 || mpq_cmp(quality, field->best) > 0)
        mpq_set(field->best, quality);
    if (field->n == 0 || mpq_cmp(quality, field->poorest) < 0)
        mpq_set(field->poorest, quality);
}

void price_field_set(struct price_field *field, mpq_t *prices, mpq_t *qualities,
    const bool *admitted, size_t n)
{
    mpq_t *rising = fractions_new(n);

    set_empty(field);
    field->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (admitted != NULL && !admitted[i])
            continue;
        if (qualities != NULL)
            take_quality(field, qualities[i]);
        mpq_set(rising[field->n++], prices[i]);
    }
    if (field->n > 0) {
        qsort(rising, field->n, sizeof *rising, order_fractions);
        set_prices(field, rising, field->n);
    }
    fractions_free(&rising, n);
}

/* The first fault among the rule and the admitted prices. */
static void find_fault(const struct model_criterion *by, const int64_t *prices,
    const bool *admitted, size_t n, struct price_used *used)
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
    }
}

static void set_points(const struct model_criterion *by, mpq_t *prices,
    const bool *admitted, const struct price_field *field, size_t n,
    int64_t *points)
{
    mpq_t weight, none, share;

    mpq_inits(weight, none, share, NULL);
    fraction_set(weight, by->weight.likely);
    for (size_t i = 0; i < n; i++) {
        const struct price_bid bid = {.price = prices[i], .quality = none};
        points[i] = MODEL_ABSENT;
        if (admitted != NULL && !admitted[i])
            continue;
        price_share(by, &bid, field, share);
        mpq_mul(share, share, weight);
        points[i] = fraction_micro(share, FRACTION_HALF_UP);
    }
    mpq_clears(weight, none, share, NULL);
}

enum err price_points(const struct model_criterion *by, const int64_t *prices,
    const bool *admitted, size_t n, int64_t *points, struct price_used *used)
{
    struct price_field field;

    find_fault(by, prices, admitted, n, used);
    if (used->fault != PRICE_FINE)
        return ERR_ARG;
    mpq_t *list = fractions_new(n);
    for (size_t i = 0; i < n; i++)
        fraction_set(list[i], prices[i] == MODEL_ABSENT ? 0 : prices[i]);
    price_field_init(&field);
    price_field_set(&field, list, NULL, admitted, n);
    if (field.n > 0) {
        used->lowest = fraction_micro(field.lowest, FRACTION_HALF_UP);
        used->highest = fraction_micro(field.highest, FRACTION_HALF_UP);
    }
    set_points(by, list, admitted, &field, n, points);
    price_field_fini(&field);
    fractions_free(&list, n);
    return ERR_OK;
}
