/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_value.h - values of a notice as values of the record.
 *
 * Pure: what can not be converted is told to the caller, who warns.
 */
#ifndef CLIENT_NOTICE_NOTICE_VALUE_H
#define CLIENT_NOTICE_NOTICE_VALUE_H

#include "client/notice/notice.h"

#include <stdint.h>

/**
 * value_number - a decimal of XML Schema as an integer of 1/10000
 *
 * Takes   word  [+-]digits[.digits] or .digits, any number of decimals
 *         unit  1, or what one unit of the record stands for
 * Gives   *got = word / unit, *rounded whether decimals were lost (half away
 *         from zero)
 * Errors  ERR_ARG  not such a word, or beyond 10^12; both untouched
 * Thread  any
 * Vector  "375950.00" -> 3759500000; ".00005" -> 1, rounded
 */
enum err value_number(
    const char *word, int64_t unit, int64_t *got, bool *rounded) MUST_USE;

enum value_lack { VALUE_WHOLE, VALUE_NO_HOUR, VALUE_NO_ZONE };

/**
 * value_time - a date and a time, each with or without a zone, as one moment
 *
 * Takes   date  2020-04-03+01:00, 2020-04-03Z or 2020-04-03
 *         time  12:00:00+01:00 and so on, or NULL: the end of the day
 * Gives   *ms; *lack what had to be supplied
 * Errors  ERR_ARG  not of that form; *ms and *lack are untouched
 * Thread  any
 * Vector  "2020-04-03+01:00" "12:00:00+01:00" -> 2020-04-03T11:00:00Z
 */
enum err value_time(const char *date, const char *time, int64_t *ms,
    enum value_lack *lack) MUST_USE;

/**
 * value_day - the day of a date, without its zone
 *
 * Gives   day  yyyy-mm-dd
 * Errors  ERR_ARG  no such day; day is untouched
 * Thread  any
 */
enum err value_day(const char *date, char day[11]) MUST_USE;

/**
 * value_line - a text on one line
 *
 * Texts that were joined by LF are told apart by " / ", the same one twice is
 * printed once.
 *
 * Gives   *to grown
 * Thread  any
 */
void value_line(struct text *to, const char *words);

/**
 * value_cut - cut a text to a number of bytes, between characters
 *
 * Gives   *t at most most bytes long; whether it was cut
 * Thread  any
 */
bool value_cut(struct text *t, size_t most);

/**
 * value_sentence - the first sentence of a text, as a name
 *
 * Gives   *to grown by at most 120 bytes and "…"
 * Thread  any
 * Vector  "2. Name: Of it. More." -> "2. Name: Of it."
 */
void value_sentence(struct text *to, const char *words);

#endif
