/* SPDX-License-Identifier: Apache-2.0
 *
 * price_order.c - order statistics of prices, one bid taken away or added.
 */
#include "value/award/price_order.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* The prices of an order, one skipped or one put in. */
struct row {
    const struct price_order *order;
    size_t n;
    size_t skipped;  /* a place, or MODEL_NOWHERE */
    mpq_srcptr more; /* or NULL */
    size_t at;       /* its place */
};

static mpq_srcptr price_at(const struct row *row, size_t i)
{
    if (row->more != NULL && i >= row->at) {
        if (i == row->at)
            return row->more;
        i--;
    }
    /* NOWHERE is behind all places. */
    i += i >= row->skipped;
    return row->order->prices[row->order->rising[i]];
}

static int compare_prices(const void *one, const void *other, void *prices)
{
    const size_t *a = one;
    const size_t *b = other;
    int order = mpq_cmp(((mpq_t *)prices)[*a], ((mpq_t *)prices)[*b]);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* Keeps the two bids that go furthest in the direction of sign. */
static void keep_two(
    const struct price_order *o, size_t two[2], size_t bid, int sign)
{
    if (two[0] == MODEL_NOWHERE ||
        mpq_cmp(o->qualities[bid], o->qualities[two[0]]) * sign > 0) {
        two[1] = two[0];
        two[0] = bid;
    } else if (two[1] == MODEL_NOWHERE ||
               mpq_cmp(o->qualities[bid], o->qualities[two[1]]) * sign > 0) {
        two[1] = bid;
    }
}

struct price_order *price_order_new(
    mpq_t *prices, mpq_t *qualities, const bool *counts, size_t bids_n)
{
    struct price_order *o = mem_new(sizeof *o);

    o->prices = prices;
    o->qualities = qualities;
    o->rising = mem_new((bids_n + 1) * sizeof *o->rising);
    o->place = mem_new((bids_n + 1) * sizeof *o->place);
    o->best[0] = o->best[1] = o->poorest[0] = o->poorest[1] = MODEL_NOWHERE;
    mpq_init(o->sum);
    for (size_t i = 0; i < bids_n; i++) {
        o->place[i] = MODEL_NOWHERE;
        if (!counts[i])
            continue;
        o->rising[o->n++] = i;
        mpq_add(o->sum, o->sum, prices[i]);
        keep_two(o, o->best, i, 1);
        keep_two(o, o->poorest, i, -1);
    }
    if (o->n > 0)
        qsort_r(
            o->rising, o->n, sizeof *o->rising, compare_prices, (void *)prices);
    for (size_t i = 0; i < o->n; i++)
        o->place[o->rising[i]] = i;
    return o;
}

void price_order_free(struct price_order **order)
{
    if (*order == NULL)
        return;
    free((*order)->rising);
    free((*order)->place);
    mpq_clear((*order)->sum);
    free(*order);
    *order = NULL;
}

static void set_none(struct price_field *field)
{
    field->n = 0;
    mpq_set_ui(field->lowest, 0, 1);
    mpq_set_ui(field->highest, 0, 1);
    mpq_set_ui(field->mean, 0, 1);
    mpq_set_ui(field->median, 0, 1);
    mpq_set_ui(field->best, 0, 1);
    mpq_set_ui(field->poorest, 0, 1);
}

/* The prices of a row of one or more, whose sum stands in field->mean. */
static void set_prices(const struct row *row, struct price_field *field)
{
    size_t n = row->n;

    field->n = n;
    mpq_set(field->lowest, price_at(row, 0));
    mpq_set(field->highest, price_at(row, n - 1));
    mpq_set_ui(field->median, n, 1);
    mpq_div(field->mean, field->mean, field->median);
    mpq_add(field->median, price_at(row, (n - 1) / 2), price_at(row, n / 2));
    mpq_div_2exp(field->median, field->median, 1);
}

static void take_quality(const struct price_order *o, const size_t two[2],
    size_t without, mpq_t quality)
{
    size_t bid = two[0] == without ? two[1] : two[0];

    if (bid == MODEL_NOWHERE)
        mpq_set_ui(quality, 0, 1);
    else
        mpq_set(quality, o->qualities[bid]);
}

void price_order_without(
    const struct price_order *order, size_t without, struct price_field *field)
{
    struct row row = {order, order->n, MODEL_NOWHERE, NULL, 0};

    mpq_set(field->mean, order->sum);
    if (without != MODEL_NOWHERE) {
        INSIST(order->place[without] != MODEL_NOWHERE);
        row.skipped = order->place[without];
        row.n--;
        mpq_sub(field->mean, field->mean, order->prices[without]);
    }
    if (row.n == 0) {
        set_none(field);
        return;
    }
    set_prices(&row, field);
    take_quality(order, order->best, without, field->best);
    take_quality(order, order->poorest, without, field->poorest);
}

/* How many stand before a price. */
static size_t find_place(const struct price_order *o, mpq_srcptr price)
{
    size_t low = 0;
    size_t high = o->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mpq_cmp(o->prices[o->rising[middle]], price) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void price_order_with(const struct price_order *order, mpq_srcptr price,
    mpq_srcptr quality, struct price_field *field)
{
    struct row row = {
        order, order->n + 1, MODEL_NOWHERE, price, find_place(order, price)};

    mpq_add(field->mean, order->sum, price);
    set_prices(&row, field);
    take_quality(order, order->best, MODEL_NOWHERE, field->best);
    take_quality(order, order->poorest, MODEL_NOWHERE, field->poorest);
    if (order->n == 0 || mpq_cmp(quality, field->best) > 0)
        mpq_set(field->best, quality);
    if (order->n == 0 || mpq_cmp(quality, field->poorest) < 0)
        mpq_set(field->poorest, quality);
}
