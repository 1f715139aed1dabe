/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_curve.c - from price to chance and back, by the winning prices of
 * all draws.
 *
 * Of each draw these are the prices up to one, its threshold; by an expression
 * they are spans, of which there may be several.
 */
#include "value/chance/simulate_inside.h"

#include <math.h>

#include "protocol/base_mem.h"
#include "value/chance/wilson.h"
#include "value/fraction.h"

/* How many of a rising list are below a price. */
static uint64_t count_below(const double *rising, uint64_t n, double price)
{
    uint64_t low = 0;
    uint64_t high = n;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (rising[middle] < price)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The draws that a price wins. */
static uint64_t count_won(const struct simulate_result *r, double price)
{
    /* A threshold of 0 wins at no price at all. */
    double above = price > 0.0 ? price : 0x1p-1000;

    if (r->lows == NULL)
        return r->draws - count_below(r->thresholds, r->draws, above);
    return count_below(r->lows, r->spans_n, nextafter(above, INFINITY)) -
           count_below(r->highs, r->spans_n, above);
}

int64_t simulate_win_at(const struct simulate_result *result, double price)
{
    INSIST(result->thresholds != NULL);
    return simulate_share((int64_t)count_won(result, price) * result->left,
        DECIMAL_ONE, result->draws);
}

int64_t simulate_part_left(const struct simulate_result *result, int64_t share)
{
    return (share * result->left + DECIMAL_ONE / 2) / DECIMAL_ONE;
}

void simulate_interval_at(const struct simulate_result *result, double price,
    int64_t *low, int64_t *high)
{
    int64_t share =
        simulate_share((int64_t)count_won(result, price), 1, result->draws);

    wilson_interval(share, result->draws, low, high);
    *low = simulate_part_left(result, *low);
    *high = simulate_part_left(result, *high);
}

/* The fewest draws that make a chance, with what is left of it where nothing
 * may be awarded; more than there are where no number does. */
static uint64_t draws_for(const struct simulate_result *r, int64_t chance)
{
    mpq_t share;

    if (r->left == 0)
        return r->draws + 1;
    mpq_init(share);
    fraction_set_micro(share, chance);
    mpz_mul_ui(mpq_numref(share), mpq_numref(share), r->draws);
    mpz_mul_ui(mpq_numref(share), mpq_numref(share), DECIMAL_ONE);
    mpz_mul_ui(mpq_denref(share), mpq_denref(share), (unsigned long)r->left);
    mpz_cdiv_q(mpq_numref(share), mpq_numref(share), mpq_denref(share));
    uint64_t needed = mpz_get_ui(mpq_numref(share));
    mpq_clear(share);
    return needed;
}

/* A chance falls behind the upper ends of spans only, so that the highest
 * price that still has it is one of them. */
static double price_among_spans(
    const struct simulate_result *r, uint64_t needed, double most)
{
    if (most < INFINITY && count_won(r, most) >= needed)
        return most;
    for (uint64_t i = r->spans_n; i-- > 0;) {
        if (r->highs[i] <= most && (i == 0 || r->highs[i] > r->highs[i - 1]) &&
            count_won(r, r->highs[i]) >= needed)
            return r->highs[i];
    }
    return 0.0;
}

double simulate_price_below(
    const struct simulate_result *result, int64_t chance, double most)
{
    INSIST(result->thresholds != NULL && chance > 0);
    uint64_t needed = draws_for(result, chance);
    if (needed > result->draws)
        return 0.0;
    if (result->lows != NULL)
        return price_among_spans(result, needed, most);
    return fmin(result->thresholds[result->draws - needed], most);
}

double simulate_price_for(const struct simulate_result *result, int64_t chance)
{
    return simulate_price_below(result, chance, INFINITY);
}

void simulate_best_offer(const struct simulate_result *result, double cost,
    double margin, int64_t chance, double *price, double *profit)
{
    bool by_spans = result->lows != NULL;
    const double *list = by_spans ? result->highs : result->thresholds;
    uint64_t n = by_spans ? result->spans_n : result->draws;
    double least = (double)chance / 1e6;
    double left = (double)result->left / DECIMAL_ONE;

    INSIST(result->thresholds != NULL);
    *price = *profit = 0.0;
    for (uint64_t i = 0; i < n; i++) {
        double at = list[i];
        uint64_t won = by_spans ? count_won(result, at) : result->draws - i;
        double wins = (double)won / (double)result->draws * left;
        if (at > cost && at >= cost + margin && at < INFINITY &&
            wins >= least && (at - cost) * wins > *profit) {
            *price = at;
            *profit = (at - cost) * wins;
        }
    }
}
