/* SPDX-License-Identifier: Apache-2.0
 *
 * low_price.c - tests of an abnormally low price, exactly.
 */
#include "value/award/low_price.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/fraction.h"
#include "value/told.h"

static const struct told tests[LOW_COUNT] = {
#define LOW_PRICE(id, word, en, fr) [LOW_##id] = {word, {en, fr}},
#include "value/award/low_price.def"
#undef LOW_PRICE
};

const char *low_price_word(enum low_price test)
{
    return told_at(tests, LOW_COUNT, test)->word;
}

const char *low_price_text(enum low_price test, int french)
{
    return told_at(tests, LOW_COUNT, test)->text[french != 0];
}

/* The mean of the prices that are not above a bound, one apart. */
static void find_mean(const int64_t *prices, size_t n, size_t apart,
    const __mpq_struct *bound, mpq_t mean)
{
    unsigned long counted = 0;
    mpq_t price;

    mpq_init(price);
    mpq_set_ui(mean, 0, 1);
    for (size_t i = 0; i < n; i++) {
        fraction_set(price, prices[i]);
        if (i == apart || (bound != NULL && mpq_cmp(price, bound) > 0))
            continue;
        mpq_add(mean, mean, price);
        counted++;
    }
    mpq_set_ui(price, counted ? counted : 1, 1);
    mpq_div(mean, mean, price);
    mpq_clear(price);
}

/* value becomes percent of itself. */
static void take_percent(mpq_t value, unsigned long percent)
{
    mpq_t share;

    mpq_init(share);
    mpq_set_ui(share, percent, 100);
    mpq_canonicalize(share);
    mpq_mul(value, value, share);
    mpq_clear(share);
}

/* What comes after the lowest price, if that is the bid. */
static bool find_next(const int64_t *prices, size_t n, size_t bid, mpq_t next)
{
    int64_t found = INT64_MAX;

    for (size_t i = 0; i < n; i++) {
        if (prices[i] < prices[bid])
            return false;
        if (i != bid && prices[i] < found)
            found = prices[i];
    }
    fraction_set(next, found);
    return true;
}

static void find_double_mean(const int64_t *prices, size_t n, mpq_t limit)
{
    mpq_t bound;

    mpq_init(bound);
    find_mean(prices, n, n, NULL, bound);
    take_percent(bound, 120);
    find_mean(prices, n, n, bound, limit);
    take_percent(limit, 90);
    mpq_clear(bound);
}

/* Both bounds of the draft: the lower of them. */
static bool find_draft(const int64_t *prices, size_t n, size_t bid, mpq_t limit)
{
    mpq_t next;

    mpq_init(next);
    bool found = n >= 5 && find_next(prices, n, bid, next);
    if (found) {
        take_percent(next, 80);
        find_mean(prices, n, bid, NULL, limit);
        take_percent(limit, 50);
        if (mpq_cmp(next, limit) < 0)
            mpq_set(limit, next);
    }
    mpq_clear(next);
    return found;
}

static bool find_limit(enum low_price test, const int64_t *prices, size_t n,
    size_t bid, mpq_t limit)
{
    switch (test) {
    case LOW_OTHERS:
        find_mean(prices, n, bid, NULL, limit);
        take_percent(limit, 60);
        return true;
    case LOW_NEXT:
        if (!find_next(prices, n, bid, limit))
            return false;
        take_percent(limit, 70);
        return true;
    case LOW_DOUBLE_MEAN:
        find_double_mean(prices, n, limit);
        return true;
    case LOW_EU_DRAFT:
        return find_draft(prices, n, bid, limit);
    case LOW_MEAN:
        find_mean(prices, n, n, NULL, limit);
        take_percent(limit, 90);
        return true;
    case LOW_COUNT:
        break;
    }
    return false;
}

bool low_price_limit(enum low_price test, const int64_t *prices, size_t n,
    size_t bid, int64_t *limit, bool *fails)
{
    mpq_t bound, price;

    INSIST(bid < n);
    if (n < 2)
        return false;
    mpq_inits(bound, price, NULL);
    bool found = find_limit(test, prices, n, bid, bound);
    if (found) {
        fraction_set(price, prices[bid]);
        int order = mpq_cmp(price, bound);
        bool strictly = test == LOW_EU_DRAFT || test == LOW_MEAN;
        *fails = strictly ? order < 0 : order <= 0;
        *limit = fraction_micro(bound, FRACTION_HALF_UP);
    }
    mpq_clears(bound, price, NULL);
    return found;
}
