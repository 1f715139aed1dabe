/* SPDX-License-Identifier: Apache-2.0
 *
 * mcda.h - methods of decision analysis, as aids for one's own judgement.
 *
 * For what users find important and how offers rank for them.  Never for the
 * institution's points: its rule is published, and none of these is it.  Each
 * takes a table of m alternatives by n criteria, row by row, with a weight
 * and a direction for each criterion.  Binary fractions, with + - x / and
 * square roots alone, and logarithms of our own: the same digits everywhere.
 */
#ifndef VALUE_AWARD_MCDA_H
#define VALUE_AWARD_MCDA_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol/err.h"

/* The largest table of comparisons for which a random index is published. */
#define MCDA_COMPARED 10

/* How columns are made comparable. */
enum mcda_scale {
    MCDA_AS_IS,
    MCDA_BY_SUM,    /* over their sum; a column to be small is inverted */
    MCDA_BY_VECTOR, /* over the root of the sum of squares */
    MCDA_BY_RANGE   /* from the worst 0 to the best 1; all 1 when equal */
};

struct mcda_table {
    const double *values; /* [rows][columns] */
    size_t rows, columns;
    const double *weights; /* [columns], at least 0, not all 0 */
    const bool *small;     /* [columns] less is better; NULL: more always is */
};

/* What a table of pairwise comparisons is worth. */
struct mcda_consistency {
    double lambda; /* principal eigenvalue, n when all agree */
    double index;  /* (lambda - n) / (n - 1) */
    double ratio;  /* index over what random answers give; 0 for n < 3 */
};

/**
 * mcda_ahp - weights from pairwise comparisons
 *
 * The principal right eigenvector, by repeated multiplication.  Random
 * indexes are Saaty's: 0 0 .58 .90 1.12 1.24 1.32 1.41 1.45 1.49.
 *
 * Takes   pairs  [n][n], how many times more row than column matters
 *         n      1 to MCDA_COMPARED
 * Gives   weights  [n], sum 1
 *         *told
 * Errors  ERR_ARG  a number is not above 0, or the opposite one is not its
 *                  inverse, by more than 1 in 10 000
 *         ERR_LIMIT  n
 * Thread  any
 * Cost    O(n x n), some twenty times
 * Source  Saaty 1980, 2008
 * Vector  1 6 3, 1/6 1 1/2, 1/3 2 1 -> 2/3 1/9 2/9, ratio 0
 */
enum err mcda_ahp(const double *pairs, size_t n, double *weights,
    struct mcda_consistency *told) MUST_USE;

/**
 * mcda_random - the mean index of answers given at random
 *
 * Takes   n  1 to MCDA_COMPARED
 * Gives   that of Saaty 1980; tables of others differ
 * Thread  any
 * Cost    O(1)
 * Source  Saaty 1980
 * Vector  4 -> .90
 */
double mcda_random(size_t n);

/**
 * mcda_topsis - nearness to the best of each criterion, away from the worst
 *
 * Takes   scale  BY_VECTOR as published first, or BY_RANGE
 * Gives   scores  [rows], 0..1; .5 where best and worst are the same
 * Errors  ERR_ARG  a value or weight is not finite, a weight below 0, or all 0
 * Thread  any
 * Cost    O(rows x columns)
 * Source  Hwang & Yoon 1981; Tzeng & Huang 2011; Opricovic & Tzeng 2004
 * Vector  5 8 4, 7 6 8, 8 8 6, 7 4 6, weights .3 .4 .3: .5037 .6581 .7482 .334
 */
enum err mcda_topsis(const struct mcda_table *table, enum mcda_scale scale,
    double *scores) MUST_USE;

/**
 * mcda_prefer - how far a difference is preferred
 *
 * Takes   ahead  of one before another; 0 <= q <= p
 * Gives   0 up to q, 1 from p on, between them evenly
 * Thread  any
 * Cost    O(1)
 * Source  Brans & Vincke 1985 (criterion with linear preference)
 * Vector  .3, q .1, p .5 -> .5
 */
double mcda_prefer(double ahead, double q, double p);

/**
 * mcda_promethee - net flow: by how much it is preferred to the others, less
 * by how much they are to it
 *
 * A difference up to q counts nothing, from p on all, between them evenly;
 * both 0 count any difference as all.
 *
 * Takes   q, p  [columns], 0 <= q <= p; or both NULL
 * Gives   flows  [rows], -1..1, sum 0; 0 of a lone row
 * Errors  ERR_ARG  as mcda_topsis; q below 0 or above p
 * Thread  any
 * Cost    O(rows x rows x columns)
 * Source  Brans & Vincke 1985 (PROMETHEE II)
 * Vector  4 3 2, 3 2 4, 5 1 3, weights .5 .3 .2: .1 -.3 .2
 */
enum err mcda_promethee(const struct mcda_table *table, const double *q,
    const double *p, double *flows) MUST_USE;

/**
 * mcda_sum - weighted sums
 *
 * Takes   scale  AS_IS, with the weights as they are; or any other, with the
 *                weights over their sum
 * Gives   scores  [rows]
 * Errors  ERR_ARG  as mcda_topsis; a value not above 0 that has to be inverted
 * Thread  any
 * Cost    O(rows x columns)
 * Source  Kracka, Brauers & Zavadskas 2010 (by sum)
 * Vector  1 0 3, 0 5 6, weights 1 -> 4 11
 */
enum err mcda_sum(const struct mcda_table *table, enum mcda_scale scale,
    double *scores) MUST_USE;

/**
 * mcda_product - logarithm to base 10 of the weighted product, by sum
 *
 * Takes   table  of values above 0
 * Gives   scores  [rows]
 * Errors  ERR_ARG  as mcda_sum; a value not above 0
 * Thread  any
 * Cost    O(rows x columns)
 * Source  weighted product model (Bridgman 1922)
 * Vector  25 20 15 30, 10 30 20 30, 30 10 30 10, weights 20 15 40 25:
 *         -.501286 -.504485 -.529472
 */
enum err mcda_product(const struct mcda_table *table, double *scores) MUST_USE;

/* How alike two rankings are, 1 the same. */
struct mcda_alike {
    double spearman;
    double weighted; /* the top counts more */
    double ws;       /* the top of the first counts twice each place below */
};

/**
 * mcda_alike - how alike two rankings without ties are
 *
 * Takes   one, other  [n] places 1..n, n above 1
 * Gives   three measures
 * Thread  any
 * Cost    O(n)
 * Source  Spearman 1904; da Costa & Soares 2005; Salabun & Urbaniak 2020
 * Vector  1 2 3 4 5 and 1 3 2 4 5: .9, .883333, .854167
 */
struct mcda_alike mcda_alike(const size_t *one, const size_t *other, size_t n);

#endif
