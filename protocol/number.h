/* SPDX-License-Identifier: Apache-2.0
 *
 * number.h - the exact decimals of the wire, rounded for people.
 *
 * Rounding is half away from zero, in decimals; nothing here is binary
 * floating point.  English groups by "," with "." as mark, French by a blank
 * that does not break with "," as mark.
 */
#ifndef PROTOCOL_NUMBER_H
#define PROTOCOL_NUMBER_H

#include "protocol/base_text.h"
#include "protocol/texts.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * number_read - a decimal word as millionths
 *
 * Takes   word  [-]digits[.digits], at most 6 decimals, below 10^12
 * Gives   true and *micro; false when it is no such word
 * Thread  any
 * Vector  "78.615385" -> 78615385; "1.2.3", "", "8..9" -> false
 */
bool number_read(const char *word, int64_t *micro);

/**
 * number_put - a number with so many decimals
 *
 * Gives   *to grown
 * Thread  any
 * Vector  78615385, 2 -> 78.62; -534615, 2 -> -0.53; -1000, 2 -> 0.00
 */
void number_put(
    struct text *to, int64_t micro, int digits, enum language language);

/**
 * number_amount - an amount of money with so many decimals
 *
 * Gives   *to grown; thousands are grouped from 1,000 on
 * Thread  any
 * Vector  6000000000, 0 -> 6,000; number_put says 6000
 */
void number_amount(
    struct text *to, int64_t micro, int digits, enum language language);

/**
 * number_signed - a number with its sign, + too
 *
 * Gives   *to grown
 * Thread  any
 */
void number_signed(
    struct text *to, int64_t micro, int digits, enum language language);

/**
 * number_percent - a share as percent with one decimal
 *
 * Gives   *to grown
 * Thread  any
 * Vector  700125 -> 70.0%, in French 70,0 %
 */
void number_percent(struct text *to, int64_t micro, enum language language);

/**
 * number_towards - a number rounded to one side
 *
 * A price to win is rounded down and a discount up: rounded to the nearest,
 * they would be figures that do not win.
 *
 * Takes   up  away from minus infinity
 * Gives   *to grown
 * Thread  any
 * Vector  512096000, 2, false -> 512.09; 1958678, 2, true -> 1.96
 */
void number_towards(struct text *to, int64_t micro, int digits, bool up,
    enum language language);

#endif
