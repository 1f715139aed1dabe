/* SPDX-License-Identifier: Apache-2.0
 *
 * formula.c - small published formulas, exactly.
 */
#include "value/formula.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "protocol/types.h"
#include "value/root.h"

static int64_t take_micro(mpq_t value)
{
    int64_t micro = fraction_micro(value, FRACTION_HALF_UP);

    mpq_clear(value);
    return micro;
}

int64_t formula_centroid(size_t place, size_t n)
{
    mpq_t sum, part;

    INSIST(place > 0 && place <= n);
    mpq_inits(sum, part, NULL);
    for (size_t k = place; k <= n; k++) {
        mpq_set_ui(part, 1, k);
        mpq_add(sum, sum, part);
    }
    mpq_set_ui(part, 1, n);
    mpq_mul(sum, sum, part);
    mpq_clear(part);
    return take_micro(sum);
}

int64_t formula_rank_sum(size_t place, size_t n)
{
    mpq_t share;

    INSIST(place > 0 && place <= n);
    mpq_init(share);
    mpq_set_ui(share, 2 * (n + 1 - place), n * (n + 1));
    mpq_canonicalize(share);
    return take_micro(share);
}

static void mean_of(const int64_t *values, size_t n, mpq_t mean)
{
    mpq_t value;

    mpq_init(value);
    mpq_set_ui(mean, 0, 1);
    for (size_t i = 0; i < n; i++) {
        fraction_set(value, values[i]);
        mpq_add(mean, mean, value);
    }
    mpq_set_ui(value, n, 1);
    mpq_div(mean, mean, value);
    mpq_clear(value);
}

int64_t formula_friedman(const int64_t *chances, size_t n)
{
    mpq_t product, chance;

    mpq_inits(product, chance, NULL);
    mpq_set_ui(product, 1, 1);
    for (size_t i = 0; i < n; i++) {
        fraction_set(chance, chances[i]);
        mpq_mul(product, product, chance);
    }
    mpq_clear(chance);
    return take_micro(product);
}

int64_t formula_gates(const int64_t *chances, size_t n)
{
    mpq_t sum, odds, one;

    mpq_inits(sum, odds, one, NULL);
    mpq_set_ui(one, 1, 1);
    mpq_set_ui(sum, 1, 1);
    for (size_t i = 0; i < n; i++) {
        INSIST(chances[i] > 0);
        fraction_set(odds, chances[i]);
        mpq_inv(odds, odds);
        mpq_sub(odds, odds, one);
        mpq_add(sum, sum, odds);
    }
    mpq_inv(sum, sum);
    mpq_clears(odds, one, NULL);
    return take_micro(sum);
}

int64_t formula_mean(const int64_t *values, const int64_t *weights, size_t n)
{
    mpq_t sum, all, value, weight;

    mpq_inits(sum, all, value, weight, NULL);
    for (size_t i = 0; i < n; i++) {
        fraction_set(value, values[i]);
        fraction_set(weight, weights[i]);
        mpq_mul(value, value, weight);
        mpq_add(sum, sum, value);
        mpq_add(all, all, weight);
    }
    mpq_div(sum, sum, all);
    mpq_clears(all, value, weight, NULL);
    return take_micro(sum);
}

/* one + two x three, of decimals. */
static int64_t add_product(int64_t one, int64_t two, int64_t three)
{
    mpq_t sum, a, b;

    mpq_inits(sum, a, b, NULL);
    fraction_set(sum, one);
    fraction_set(a, two);
    fraction_set(b, three);
    mpq_mul(a, a, b);
    mpq_add(sum, sum, a);
    mpq_clears(a, b, NULL);
    return take_micro(sum);
}

int64_t formula_expected(int64_t chance, int64_t margin, int64_t cost)
{
    return add_product(-cost, chance, margin);
}

int64_t formula_brier(const int64_t *forecasts, const bool *happened, size_t n)
{
    mpq_t sum, miss;

    INSIST(n > 0);
    mpq_inits(sum, miss, NULL);
    for (size_t i = 0; i < n; i++) {
        fraction_set(miss, forecasts[i] - (happened[i] ? DECIMAL_ONE : 0));
        mpq_mul(miss, miss, miss);
        mpq_add(sum, sum, miss);
    }
    mpq_set_ui(miss, 1, n);
    mpq_mul(sum, sum, miss);
    mpq_clear(miss);
    return take_micro(sum);
}

bool formula_bin_of(const int64_t *forecasts, const bool *happened, size_t n,
    int bin, struct formula_bin *made)
{
    struct formula_bin found = {0};
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t of = forecasts[i] * FORMULA_BINS / DECIMAL_ONE;

        if ((of < FORMULA_BINS ? of : FORMULA_BINS - 1) != bin)
            continue;
        sum += forecasts[i];
        found.won += happened[i];
        found.n++;
    }
    if (found.n == 0)
        return false;
    int64_t count = (int64_t)found.n;
    found.chance = (sum * (MICRO_ONE / DECIMAL_ONE) * 2 + count) / (count * 2);
    found.share = ((int64_t)found.won * MICRO_ONE * 2 + count) / (count * 2);
    *made = found;
    return true;
}

void formula_spread(const int64_t *marks, size_t n, int64_t *mean,
    int64_t *deviation, int64_t *range)
{
    int64_t low = marks[0];
    int64_t high = marks[0];
    mpq_t middle, sum, miss;

    mpq_inits(middle, sum, miss, NULL);
    mean_of(marks, n, middle);
    for (size_t i = 0; i < n; i++) {
        low = marks[i] < low ? marks[i] : low;
        high = marks[i] > high ? marks[i] : high;
        fraction_set(miss, marks[i]);
        mpq_sub(miss, miss, middle);
        mpq_mul(miss, miss, miss);
        mpq_add(sum, sum, miss);
    }
    mpq_set_ui(miss, 1, n > 1 ? n - 1 : 1);
    mpq_mul(sum, sum, miss);
    fraction_sqrt(sum);
    *range = add_product(high, -DECIMAL_ONE, low);
    mpq_clear(miss);
    *mean = take_micro(middle);
    *deviation = take_micro(sum);
}

int64_t formula_option(int64_t points, int64_t cost, int64_t rate)
{
    return add_product(points, -cost, rate);
}

int64_t formula_opportunity(int64_t importance, int64_t satisfaction)
{
    int64_t lacking = importance - satisfaction;

    return add_product(importance, DECIMAL_ONE, lacking > 0 ? lacking : 0);
}

enum opportunity formula_band(int64_t score)
{
    if (score > 15 * MICRO_ONE)
        return OPPORTUNITY_EXTREME;
    if (score >= 12 * MICRO_ONE)
        return OPPORTUNITY_RIPE;
    return score >= 10 * MICRO_ONE ? OPPORTUNITY_LOOK : OPPORTUNITY_SERVED;
}

enum kano formula_kano(enum kano_answer there, enum kano_answer missing)
{
    bool likes_without = missing == ANSWER_LIKE;
    bool dislikes_without = missing == ANSWER_DISLIKE;

    if (there == ANSWER_LIKE)
        return likes_without      ? KANO_QUESTIONABLE
               : dislikes_without ? KANO_ONE
                                  : KANO_ATTRACTIVE;
    if (there == ANSWER_DISLIKE)
        return dislikes_without ? KANO_QUESTIONABLE : KANO_REVERSE;
    return likes_without      ? KANO_REVERSE
           : dislikes_without ? KANO_MUST
                              : KANO_INDIFFERENT;
}

static int64_t quotient(size_t above, size_t below)
{
    mpq_t share;

    mpq_init(share);
    mpq_set_ui(share, above, below);
    mpq_canonicalize(share);
    return take_micro(share);
}

void formula_better(const size_t *counts, int64_t *better, int64_t *worse)
{
    size_t all = counts[KANO_ATTRACTIVE] + counts[KANO_ONE] +
                 counts[KANO_MUST] + counts[KANO_INDIFFERENT];

    INSIST(all > 0);
    *better = quotient(counts[KANO_ATTRACTIVE] + counts[KANO_ONE], all);
    *worse = -quotient(counts[KANO_ONE] + counts[KANO_MUST], all);
}

int64_t formula_qfd(
    int64_t importance, int64_t target, int64_t now, int64_t sales)
{
    mpq_t weight, part;

    INSIST(now > 0);
    mpq_inits(weight, part, NULL);
    fraction_set(weight, importance);
    fraction_set(part, target);
    mpq_mul(weight, weight, part);
    fraction_set(part, now);
    mpq_div(weight, weight, part);
    fraction_set(part, sales);
    mpq_mul(weight, weight, part);
    mpq_clear(part);
    return take_micro(weight);
}

static int64_t size_of(int64_t value)
{
    return value < 0 ? -value : value;
}

int64_t formula_peak_end(const int64_t *emotions, size_t n)
{
    int64_t peak = emotions[0];
    const int64_t half = DECIMAL_ONE / 2;

    INSIST(n > 0);
    for (size_t i = 1; i < n; i++) {
        if (size_of(emotions[i]) > size_of(peak))
            peak = emotions[i];
    }
    return add_product(0, half, peak + emotions[n - 1]);
}

/* All three in thousandths, of the published formula. */
static int64_t read_easily(unsigned long top, unsigned long by_words,
    unsigned long by_syllables, int64_t words, int64_t syllables)
{
    mpq_t score, part, by;

    mpq_inits(score, part, by, NULL);
    mpq_set_ui(score, top, 1000);
    mpq_canonicalize(score);
    fraction_set(part, words);
    mpq_set_ui(by, by_words, 1000);
    mpq_canonicalize(by);
    mpq_mul(part, part, by);
    mpq_sub(score, score, part);
    fraction_set(part, syllables);
    mpq_set_ui(by, by_syllables, 1000);
    mpq_canonicalize(by);
    mpq_mul(part, part, by);
    mpq_sub(score, score, part);
    mpq_clears(part, by, NULL);
    return take_micro(score);
}

int64_t formula_readability(int64_t words, int64_t syllables)
{
    return read_easily(207000, 1015, 73600, words, syllables);
}

int64_t formula_flesch(int64_t words, int64_t syllables)
{
    return read_easily(206835, 1015, 84600, words, syllables);
}

enum attention formula_attention(int64_t power, int64_t interest)
{
    const int64_t middle = 5 * (int64_t)DECIMAL_ONE;

    if (power > middle)
        return interest > middle ? ATTENTION_MANAGE : ATTENTION_SATISFY;
    return interest > middle ? ATTENTION_INFORM : ATTENTION_MONITOR;
}

int64_t formula_load(int64_t alone, int64_t unreferenced, size_t options,
    int64_t justified, int64_t permanent)
{
    mpq_t load, part;

    INSIST(options > 0);
    mpq_inits(load, part, NULL);
    mpq_set_ui(load, options < 1024 ? options : 1024, 1);
    fraction_log(load);
    mpq_set_ui(part, 1024, 1);
    fraction_log(part);
    mpq_div(load, load, part);
    fraction_set(part, alone + unreferenced + justified + permanent);
    mpq_add(load, load, part);
    mpq_set_ui(part, 1, 5);
    mpq_mul(load, load, part);
    mpq_clear(part);
    return take_micro(load);
}
