/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_slopes.c - what a higher price of ours costs in points, at least and
 * at most, over all prices that elements can lead to.
 */
#include "value/front/frontier_inside.h"

/* The prices that the choices can make of ours. */
static void find_span(const struct frontier_table *table, mpq_t low, mpq_t high)
{
    const struct model *m = table->model;
    int64_t least = m->bids[m->ours].price.likely;
    int64_t most;

    for (size_t i = 0; i < m->elements_n; i++)
        least += m->elements[i].always ? m->elements[i].cost : 0;
    most = least;
    for (size_t i = 0; i < table->n; i++) {
        if (table->items[i].cost < 0)
            least += table->items[i].cost;
        else
            most += table->items[i].cost;
    }
    fraction_set(low, least);
    fraction_set(high, most);
}

/* The one price criterion, where points are added and never rounded one by
 * one, and where no gate looks at quality. */
static size_t find_criterion(const struct frontier_table *table)
{
    const struct model *m = table->model;
    size_t found = MODEL_NOWHERE;

    if (!score_adds_up(&table->score) || model_rounds_points(m) ||
        m->min_quality > 0 || table->score.cheapest == MODEL_NOWHERE)
        return MODEL_NOWHERE;
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            continue;
        if (found != MODEL_NOWHERE)
            return MODEL_NOWHERE;
        found = k;
    }
    return found;
}

/* Slopes per unit of money and of weight, our price never being the lowest:
 * then the rivals' points stay as they are. */
static bool slopes_of(const struct model_criterion *c, mpq_t lowest, mpq_t low,
    mpq_t high, mpq_t least, mpq_t most)
{
    if (c->rule == RULE_LOWEST_RATIO) {
        mpq_mul(least, high, high);
        mpq_div(least, lowest, least);
        mpq_mul(most, low, low);
        mpq_div(most, lowest, most);
        return true;
    }
    if (c->rule != RULE_ZERO_AT)
        return false;
    fraction_set(most, c->zero_at - DECIMAL_ONE);
    mpq_mul(most, most, lowest);
    mpq_inv(most, most);
    if (c->clamp)
        mpq_set_ui(least, 0, 1);
    else
        mpq_set(least, most);
    return true;
}

/* Brings a slope to scaled points per 1/10000 of money, outwards. */
static bool scale_slope(
    const struct frontier_table *table, mpq_t slope, bool up, int64_t *scaled)
{
    mpz_t whole;

    mpz_init(whole);
    mpz_mul(mpq_numref(slope), mpq_numref(slope), table->points_scale);
    mpz_mul_ui(mpq_denref(slope), mpq_denref(slope), DECIMAL_ONE);
    mpq_canonicalize(slope);
    if (up)
        mpz_cdiv_q(whole, mpq_numref(slope), mpq_denref(slope));
    else
        mpz_fdiv_q(whole, mpq_numref(slope), mpq_denref(slope));
    bool fits = mpz_fits_slong_p(whole) != 0;
    *scaled = fits ? mpz_get_si(whole) : 0;
    mpz_clear(whole);
    return fits;
}

/* Whether the slope times any cost stays far within 64 bits. */
static bool slope_fits(const struct frontier_table *table, int64_t slope)
{
    int64_t room = INT64_C(1000000000000000000);

    for (size_t i = 0; i < table->n; i++) {
        int64_t cost = table->items[i].cost;
        int64_t size = cost < 0 ? -cost : cost;
        if (slope > 0 && size > room / slope)
            return false;
        room -= slope * size;
    }
    return true;
}

/* A whole number that fits in 120 bits. */
static bool take_whole(const mpz_t value, wide *whole)
{
    uint64_t words[2] = {0, 0};

    if (mpz_sgn(value) < 0 || mpz_sizeinbase(value, 2) > 120)
        return false;
    mpz_export(words, NULL, -1, sizeof *words, 0, 0, value);
    *whole = (wide)words[1] << 64 | words[0];
    return true;
}

/* scale x weight x lowest x 10000, over the price in 1/10000. */
static bool read_ratio(struct frontier_curve *curve, mpq_t scaled, mpq_t lowest)
{
    mpz_t whole;

    mpz_init(whole);
    mpq_mul(scaled, scaled, lowest);
    mpz_mul_ui(mpq_numref(scaled), mpq_numref(scaled), DECIMAL_ONE);
    mpz_fdiv_q(whole, mpq_numref(scaled), mpq_denref(scaled));
    curve->is_ratio = true;
    bool fits = take_whole(whole, &curve->above);
    mpz_clear(whole);
    return fits;
}

/* scale x weight x (n x lowest - price) / ((n - 1) x lowest). */
static bool read_line(struct frontier_curve *curve, mpq_t scaled, mpq_t lowest,
    const struct model_criterion *c)
{
    mpq_t part;
    mpz_t whole;

    mpz_init(whole);
    mpq_init(part);
    fraction_set(part, c->zero_at - DECIMAL_ONE);
    mpq_mul(part, part, lowest);
    mpq_div(scaled, scaled, part);
    mpz_mul_ui(mpq_denref(scaled), mpq_denref(scaled), DECIMAL_ONE);
    mpq_canonicalize(scaled);
    fraction_set(part, c->zero_at);
    mpq_mul(part, part, lowest);
    mpz_mul_ui(mpq_numref(part), mpq_numref(part), DECIMAL_ONE);
    mpz_mul(mpq_numref(part), mpq_numref(part), mpq_numref(scaled));
    mpz_fdiv_q(whole, mpq_numref(part), mpq_denref(part));
    curve->clamp = c->clamp;
    bool fits = take_whole(whole, &curve->above) &&
                take_whole(mpq_numref(scaled), &curve->step) &&
                take_whole(mpq_denref(scaled), &curve->below);
    mpq_clear(part);
    mpz_clear(whole);
    return fits;
}

/* Whether the points at a cost, and what they are made of, stay far within
 * their words. */
static bool fits_at(const struct frontier_curve *curve, int64_t cost)
{
    const wide most = (wide)1 << 60;
    wide price = (wide)curve->base + cost;
    wide taken;

    if (price <= 0)
        return false;
    if (curve->is_ratio)
        return curve->above / price < most;
    if (__builtin_mul_overflow(curve->step, price, &taken) ||
        __builtin_sub_overflow(curve->above, taken, &taken))
        return false;
    wide points = taken / curve->below;
    return points < most && points > -most;
}

static void read_curve(struct frontier_table *table, size_t k, mpq_t lowest)
{
    const struct model *m = table->model;
    struct frontier_curve *curve = &table->curve;
    mpq_t scaled;

    mpq_init(scaled);
    mpq_set_z(scaled, table->points_scale);
    mpq_mul(scaled, scaled, table->score.weight[k]);
    curve->base = m->bids[m->ours].price.likely;
    for (size_t i = 0; i < m->elements_n; i++)
        curve->base += m->elements[i].always ? m->elements[i].cost : 0;
    for (size_t i = 0; i < table->n; i++) {
        int64_t cost = table->items[i].cost;
        curve->least += cost < 0 ? cost : 0;
        curve->most += cost > 0 ? cost : 0;
    }
    curve->known = m->criteria[k].rule == RULE_LOWEST_RATIO
                       ? read_ratio(curve, scaled, lowest)
                       : read_line(curve, scaled, lowest, &m->criteria[k]);
    /* It falls with the cost: between its ends it lies between them. */
    curve->known = curve->known && fits_at(curve, curve->least) &&
                   fits_at(curve, curve->most);
    mpq_clear(scaled);
}

int64_t curve_points(const struct frontier_curve *curve, int64_t cost)
{
    wide price = (wide)curve->base + cost;

    if (curve->is_ratio)
        return (int64_t)(curve->above / price);
    wide above = curve->above - curve->step * price;
    if (above < 0 && curve->clamp)
        return 0;
    return (int64_t)(above / curve->below) - (above < 0);
}

void table_find_slopes(struct frontier_table *table, bool slopes)
{
    const struct score *score = &table->score;
    size_t k = find_criterion(table);
    mpq_t low;
    mpq_t high;
    mpq_t least;
    mpq_t most;

    if (k == MODEL_NOWHERE)
        return;
    mpq_inits(low, high, least, most, NULL);
    find_span(table, low, high);
    mpq_ptr lowest = score->price[score->cheapest];
    if (mpq_cmp(low, lowest) >= 0 && mpq_sgn(lowest) > 0 &&
        slopes_of(&table->model->criteria[k], lowest, low, high, least, most)) {
        read_curve(table, k, lowest);
        mpq_mul(least, least, score->weight[k]);
        mpq_mul(most, most, score->weight[k]);
        table->has_slopes =
            slopes && scale_slope(table, least, false, &table->slope_low) &&
            scale_slope(table, most, true, &table->slope_high) &&
            slope_fits(table, table->slope_high);
    }
    mpq_clears(low, high, least, most, NULL);
}
