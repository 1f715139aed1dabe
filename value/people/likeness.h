/* SPDX-License-Identifier: Apache-2.0
 *
 * likeness.h - how far two things are from each other, side by side: an
 * organisation from the ideal client, a tender from a past one.
 *
 * Distances are micro, 0 alike to 1 as far as can be; MODEL_ABSENT where a side
 * is not recorded.
 */
#ifndef VALUE_PEOPLE_LIKENESS_H
#define VALUE_PEOPLE_LIKENESS_H

#include "value/model.h"

/**
 * likeness_level - the distance of two levels
 *
 * Takes   a, b  1/10000 of 0..10
 * Gives   |a - b| / 10
 * Thread  any
 * Cost    O(1)
 * Source  own definition
 * Vector  8, 2 -> .6
 */
int64_t likeness_level(int64_t a, int64_t b);

/**
 * likeness_number - the distance of two amounts
 *
 * Takes   a, b  at least 0, in the same unit
 * Gives   1 - the smaller / the larger; 0 for two zeros
 * Thread  any
 * Cost    O(1)
 * Source  own definition
 * Vector  400, 500 -> .2
 */
int64_t likeness_number(int64_t a, int64_t b);

/**
 * likeness_words - the distance of two sets of words
 *
 * Takes   a, b  commas between the words, each once; a single word is a set
 * Gives   1 - words in both / words in any
 * Thread  any
 * Cost    O(words squared)
 * Source  Jaccard 1901
 * Vector  "web,phone", "web,shop" -> .666667
 */
int64_t likeness_words(const char *a, const char *b);

/**
 * likeness_code - the distance of two codes of a tree, as those of the CPV
 *
 * Takes   a, b  of which the first eight digits count
 * Gives   1 - leading digits that agree / 8
 * Thread  any
 * Cost    O(1)
 * Source  own definition
 * Vector  60112000, 60130000 -> .625
 */
int64_t likeness_code(const char *a, const char *b);

/**
 * likeness_weights - the distance of two weightings
 *
 * Takes   a, b  [n] at least 0, neither all 0
 * Gives   half the sum of the differences of their shares
 * Thread  any
 * Cost    O(n)
 * Source  total variation
 * Vector  (40, 60) of 100, (60, 40) of 100 -> .2
 */
int64_t likeness_weights(const int64_t *a, const int64_t *b, size_t n);

/**
 * likeness_mean - the distance over several sides
 *
 * Takes   sides  [n] distances
 * Gives   the mean of those that are known, MODEL_ABSENT where none is;
 *         *known  how many are
 * Thread  any
 * Cost    O(n)
 * Source  own definition
 * Vector  .6, absent, .2 -> .4 of 2
 */
int64_t likeness_mean(const int64_t *sides, size_t n, size_t *known);

#endif
