/* SPDX-License-Identifier: Apache-2.0
 *
 * winning.h - the set of all prices at which our bid wins, all else fixed.
 *
 * With the named rules these are all prices up to one (score_search.c).  An
 * expression may win at some, lose at higher ones and win again: then spans of
 * prices are settled by bounds of all totals over the span (bounds.h), where
 * these leave it open halved, and where a lead only falls or only rises its
 * end is found with exact totals.  What is told as settled holds at every
 * millionth of money that can be recorded, not only where somebody looked.
 */
#ifndef VALUE_AWARD_WINNING_H
#define VALUE_AWARD_WINNING_H

#include "value/award/award.h"

struct score;

/**
 * winning_find - every price at which our bid wins
 *
 * Takes   score  all else stays fixed
 * Gives   *winning  freed with winning_fini; the work is bounded, and prices
 *                   that are not settled by then are told as such
 *         *score    with totals at the price it had
 * Thread  any, one owner at a time
 * Cost    as score_to_win; of an expression, WINNING_WORK steps at most
 * Source  docs/value.md 4
 * Vector  total 60 - (p - 100) * (p - 140), one rival at 100 -> 100 to 140
 */
void winning_find(struct score *score, struct winning *winning);

/**
 * winning_fini - free the spans
 *
 * Takes   winning  of winning_find, or all 0
 * Gives   *winning all 0
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void winning_fini(struct winning *winning);

/**
 * winning_to_win - the highest price at which we win
 *
 * Takes   winning  of winning_find
 * Gives   TO_WIN_AT and *micro; TO_WIN_ANY, TO_WIN_NONE, or TO_WIN_UNSURE
 *         where higher prices are not settled; *micro untouched
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 4
 */
enum to_win winning_to_win(const struct winning *winning, int64_t *micro);

/**
 * winning_below - the winning price that asks for the smallest cut
 *
 * Takes   winning  of winning_find
 *         micro    the price we would ask for
 * Gives   where that one wins TO_WIN_AT and in *best the highest price up to
 *         which all win, or TO_WIN_ANY; else the highest winning price below
 *         it, TO_WIN_NONE without one, TO_WIN_UNSURE where prices between are
 *         not settled
 * Thread  any
 * Cost    O(spans)
 * Source  docs/value.md 10
 */
enum to_win winning_below(
    const struct winning *winning, int64_t micro, int64_t *best);

/**
 * winning_nearest - the price next to ours at which the award changes
 *
 * Takes   winning  of winning_find
 *         micro    our price
 * Gives   *near  where it wins, the nearest end of the prices that win with
 *                it; else the nearest price that wins; the lower of two
 *         true, or false: there is none, or prices nearer are not settled
 * Thread  any
 * Cost    O(spans)
 * Source  docs/value.md 14
 */
bool winning_nearest(
    const struct winning *winning, int64_t micro, int64_t *near);

/**
 * winning_at - whether a price is known to win
 *
 * Takes   micro  a price
 * Gives   true when it lies in one of the spans
 * Thread  any
 * Cost    O(log spans)
 * Source  docs/value.md 4
 */
bool winning_at(const struct winning *winning, int64_t micro);

#endif
