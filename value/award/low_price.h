/* SPDX-License-Identifier: Apache-2.0
 *
 * low_price.h - published tests of an abnormally low price.
 *
 * Flags only: who fails a test is asked to explain the price, and is never
 * rejected for it here.
 */
#ifndef VALUE_AWARD_LOW_PRICE_H
#define VALUE_AWARD_LOW_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum low_price {
#define LOW_PRICE(id, word, en, fr) LOW_##id,
#include "value/award/low_price.def"
#undef LOW_PRICE
    LOW_COUNT
};

/**
 * low_price_limit - the price at which a test asks a bid to explain itself
 *
 * Takes   test    below LOW_COUNT
 *         prices  [n], 1/10000, above 0
 *         bid     below n
 * Gives   *limit  micro, half up
 *         *fails  whether the price is at it or below; for EU_DRAFT and MEAN
 *                 below it
 *         false: the test says nothing of this bid, both untouched; of a lone
 *         bid no test says anything
 * Thread  any
 * Cost    O(n)
 * Source  F14: ProZorro; French double moyenne; EU draft art. 69; Zaragoza
 * Vector  280 480 500 520, the first: OTHERS 300, NEXT 336; 100 130 140 145
 *         220: DOUBLE_MEAN 115.875
 */
bool low_price_limit(enum low_price test, const int64_t *prices, size_t n,
    size_t bid, int64_t *limit, bool *fails);

/**
 * low_price_word - the short name of a test
 *
 * Takes   test  below LOW_COUNT
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  low_price.def
 */
const char *low_price_word(enum low_price test);

/**
 * low_price_text - what a test asks, as a sentence
 *
 * Takes   test    below LOW_COUNT
 *         french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  low_price.def
 */
const char *low_price_text(enum low_price test, int french);

#endif
