/* SPDX-License-Identifier: Apache-2.0
 *
 * shapley.h - what each player of a game of sets adds, on average over all
 * orders in which they could have come.
 */
#ifndef VALUE_FIRM_SHAPLEY_H
#define VALUE_FIRM_SHAPLEY_H

#include "value/fraction.h"

/* The most players: all their sets are looked at. */
#define SHAPLEY_PLAYERS 16

/**
 * shapley_of - the Shapley value of every player
 *
 * phi_e = sum over sets S without e of |S|! (k - |S| - 1)! / k! times
 * v(S with e) - v(S); the values sum to v(all) - v(none).
 *
 * Takes   values   [2^k], of the set whose bits are the index
 *         players  k, 1..SHAPLEY_PLAYERS
 * Gives   shares  [k], exact
 * Thread  any
 * Cost    O(k 2^k) additions of integers
 * Source  Shapley 1953; docs/value.md 15
 * Vector  min(10, sum of 6 5 3) -> 4.5 3.5 2
 */
void shapley_of(const int64_t *values, size_t players, mpq_t *shares);

#endif
