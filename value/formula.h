/* SPDX-License-Identifier: Apache-2.0
 *
 * formula.h - the small published formulas, each by itself.
 *
 * Those that rank bids, value offers and measure the gap have headers of their
 * own; formulas.def lists all.  Decimals are integers of 1/10000, results
 * integers of 1/1000000, rounded half up from the exact value.
 */
#ifndef VALUE_FORMULA_H
#define VALUE_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Classes of Kano; questionable where the two answers contradict. */
enum kano {
    KANO_MUST,
    KANO_ONE,
    KANO_ATTRACTIVE,
    KANO_INDIFFERENT,
    KANO_REVERSE,
    KANO_QUESTIONABLE,
    KANO_COUNT
};

/* Answers to "if it is there" and "if it is not". */
enum kano_answer {
    ANSWER_LIKE,
    ANSWER_MUST,
    ANSWER_NEUTRAL,
    ANSWER_LIVE_WITH,
    ANSWER_DISLIKE
};

/* Bands of an opportunity. */
enum opportunity {
    OPPORTUNITY_SERVED,
    OPPORTUNITY_LOOK,
    OPPORTUNITY_RIPE,
    OPPORTUNITY_EXTREME
};

/* Power, legitimacy and urgency as bits give the class as their sum. */
enum salience {
    SALIENCE_POWER = 1,
    SALIENCE_LEGITIMACY = 2,
    SALIENCE_URGENCY = 4
};

/* What to do with power above and below the middle, and interest. */
enum attention {
    ATTENTION_MONITOR,
    ATTENTION_INFORM,
    ATTENTION_SATISFY,
    ATTENTION_MANAGE
};

/**
 * formula_centroid - the weight at a place of an order of importance
 *
 * Takes   place  1..n
 * Gives   (1/n) x sum over k >= place of 1/k
 * Thread  any
 * Cost    O(n)
 * Source  F12, rank-order centroid (Barron & Barrett 1996)
 * Vector  n 3: .611111 .277778 .111111
 */
int64_t formula_centroid(size_t place, size_t n);

/**
 * formula_rank_sum - the same by rank sum
 *
 * Takes   place  1..n
 * Gives   2 (n + 1 - place) / (n (n + 1))
 * Thread  any
 * Cost    O(1)
 * Source  F12, Stillwell et al. 1981
 * Vector  n 3: .5 .333333 .166667
 */
int64_t formula_rank_sum(size_t place, size_t n);

/**
 * formula_friedman - the chance to beat all of several rivals, independently
 *
 * Takes   chances  [n] to beat each, 1/10000
 * Gives   their product
 * Thread  any
 * Cost    O(n)
 * Source  F18, Friedman 1956
 * Vector  .75 .82 .67 .88 -> .362604
 */
int64_t formula_friedman(const int64_t *chances, size_t n);

/**
 * formula_gates - the same where wins over rivals go together
 *
 * Takes   chances  [n] to beat each, 1/10000, above 0
 * Gives   1 / (1 + sum of (1 - p) / p)
 * Thread  any
 * Cost    O(n)
 * Source  F18, Gates 1967
 * Vector  .75 .82 .67 .88 -> .458348
 */
int64_t formula_gates(const int64_t *chances, size_t n);

/**
 * formula_mean - a weighted mean
 *
 * Takes   values, weights  [n]; weights at least 0, not all 0
 * Gives   sum of weight x value / sum of weights
 * Thread  any
 * Cost    O(n)
 * Source  F19, go or no go
 * Vector  55 80 70 40 by 40 30 20 10 -> 64
 */
int64_t formula_mean(const int64_t *values, const int64_t *weights, size_t n);

/**
 * formula_expected - what a bid is worth before it is made
 *
 * Takes   chance  to win, 1/10000
 *         margin  where won
 *         cost    of bidding
 * Gives   chance x margin - cost
 * Thread  any
 * Cost    O(1)
 * Source  F19
 * Vector  .35 x 400 - 60 -> 80
 */
int64_t formula_expected(int64_t chance, int64_t margin, int64_t cost);

/**
 * formula_brier - how far forecasts were from what happened
 *
 * Takes   forecasts  [n], 1/10000
 *         happened   [n]
 * Gives   mean of (forecast - 1 or 0) squared; n above 0
 * Thread  any
 * Cost    O(n)
 * Source  F20, Brier 1950
 * Vector  .7 won, .4 lost, .2 won -> .296667
 */
int64_t formula_brier(const int64_t *forecasts, const bool *happened, size_t n);

/* Bins of chance, each as wide. */
#define FORMULA_BINS 5

struct formula_bin {
    size_t n, won;  /* forecasts in it, and those that happened */
    int64_t chance; /* micro, mean of what was foreseen */
    int64_t share;  /* micro, won / n */
};

/**
 * formula_bin_of - what was foreseen beside what happened, of a range of chance
 *
 * Takes   forecasts  [n], 1/10000
 *         happened   [n]
 *         bin        0 .. FORMULA_BINS - 1; 1 belongs to the last
 * Gives   *made; false, and *made untouched, where no forecast is in it
 * Thread  any
 * Cost    O(n)
 * Source  F20, calibration diagram; Murphy 1973
 * Vector  .7 won, .75 lost, .2 won: of .6 to .8 mean .725, won 1 of 2
 */
bool formula_bin_of(const int64_t *forecasts, const bool *happened, size_t n,
    int bin, struct formula_bin *made);

/**
 * formula_spread - what a panel's marks are about
 *
 * Takes   marks  [n], n above 0
 * Gives   *mean, *deviation (n - 1 below; 0 for one mark), *range
 * Thread  any
 * Cost    O(n)
 * Source  F21
 * Vector  6 8 9 -> 7.666667, 1.527525, 3
 */
void formula_spread(const int64_t *marks, size_t n, int64_t *mean,
    int64_t *deviation, int64_t *range);

/**
 * formula_option - what a better quality is worth after its cost
 *
 * Takes   points  gained
 *         cost    of it
 *         rate    points that one of money is worth
 * Gives   points - cost x rate; above 0 keeps the option
 * Thread  any
 * Cost    O(1)
 * Source  F22, Che 1993; Asker & Cantillon 2008
 * Vector  4 points, 6, .4 -> 1.6; 1.5 points, 5, .4 -> -.5
 */
int64_t formula_option(int64_t points, int64_t cost, int64_t rate);

/**
 * formula_opportunity - how much a need asks to be served
 *
 * Takes   importance, satisfaction  0..10
 * Gives   importance + what it exceeds satisfaction by
 * Thread  any
 * Cost    O(1)
 * Source  F24, Ulwick
 * Vector  9 3 -> 15; 9 9 -> 9; 8.5 4.2 -> 12.8
 */
int64_t formula_opportunity(int64_t importance, int64_t satisfaction);

/**
 * formula_band - the band of an opportunity
 *
 * Takes   score  micro
 * Gives   extreme above 15, ripe from 12, worth a look from 10, else served
 * Thread  any
 * Cost    O(1)
 * Source  F24
 * Vector  15 -> ripe; 9 -> served
 */
enum opportunity formula_band(int64_t score);

/**
 * formula_kano - the class of a pair of answers
 *
 * Takes   there, missing  answers
 * Gives   the class
 * Thread  any
 * Cost    O(1)
 * Source  F25, Kano et al. 1984
 * Vector  like, dislike -> one-dimensional; neutral, dislike -> must
 */
enum kano formula_kano(enum kano_answer there, enum kano_answer missing);

/**
 * formula_better - by how much a thing satisfies when it is there, and
 * dissatisfies when it is not
 *
 * Takes   counts  [KANO_COUNT] answers by class, of the first four not all 0
 * Gives   *better  (A + O) / (A + O + M + I)
 *         *worse   -(O + M) / (A + O + M + I)
 * Thread  any
 * Cost    O(1)
 * Source  F25, Berger et al. 1993
 * Vector  A 12 O 20 M 10 I 8 -> .64, -.6
 */
void formula_better(const size_t *counts, int64_t *better, int64_t *worse);

/**
 * formula_qfd - the weight of a need in quality function deployment
 *
 * Takes   importance, target, now, sales  now above 0
 * Gives   importance x target / now x sales
 * Thread  any
 * Cost    O(1)
 * Source  F26, Akao 1990
 * Vector  5, 5 of 3, 1.5 -> 12.5; 3, 4 of 4, 1 -> 3
 */
int64_t formula_qfd(
    int64_t importance, int64_t target, int64_t now, int64_t sales);

/**
 * formula_peak_end - what is remembered of a journey
 *
 * Takes   emotions  [n], n above 0
 * Gives   (the one furthest from 0 + the last) / 2, the first of several
 * Thread  any
 * Cost    O(n)
 * Source  F29, Fredrickson & Kahneman 1993
 * Vector  1 -4 2 3 -> -.5; 2 3 -1 -> 1
 */
int64_t formula_peak_end(const int64_t *emotions, size_t n);

/**
 * formula_readability - how easily French is read, 100 very
 *
 * Takes   words, syllables  words in a sentence, syllables in a word
 * Gives   207 - 1.015 x words - 73.6 x syllables
 * Thread  any
 * Cost    O(1)
 * Source  F30, Kandel & Moles 1958
 * Vector  20, 1.6 -> 68.94
 */
int64_t formula_readability(int64_t words, int64_t syllables);

/**
 * formula_flesch - how easily English is read, 100 very
 *
 * Takes   words, syllables  words in a sentence, syllables in a word
 * Gives   206.835 - 1.015 x words - 84.6 x syllables
 * Thread  any
 * Cost    O(1)
 * Source  F30B, Flesch 1948
 * Vector  20, 1.5 -> 59.635
 */
int64_t formula_flesch(int64_t words, int64_t syllables);

/**
 * formula_attention - what to do with a stakeholder
 *
 * Takes   power, interest  1/10000 of 0..10; above 5 is high
 * Gives   the quadrant
 * Thread  any
 * Cost    O(1)
 * Source  F32, Mendelow 1991
 * Vector  8 2 -> satisfy; 2 8 -> inform
 */
enum attention formula_attention(int64_t power, int64_t interest);

/**
 * formula_load - how heavily a decision weighs on who takes it
 *
 * Takes   alone, unreferenced, justified, permanent  0..1
 *         options  from which to choose, above 0
 * Gives   mean of these four and of min(1, log2(options) / 10)
 * Thread  any
 * Cost    two logarithms
 * Source  F36, own definition
 * Vector  1 .5 4 .8 .2 -> .54
 */
int64_t formula_load(int64_t alone, int64_t unreferenced, size_t options,
    int64_t justified, int64_t permanent);

#endif
