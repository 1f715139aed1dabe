/* SPDX-License-Identifier: Apache-2.0
 *
 * spell.h - amounts, counts, shares and days inside a sentence, as each
 * language writes them, and its typography.
 */
#ifndef PROTOCOL_SPELL_H
#define PROTOCOL_SPELL_H

#include "protocol/number.h"

enum spell_unit {
#define UNIT(id, ...) UNIT_##id,
#include "protocol/units.def"
    UNIT_COUNT
};

/* What amounts of a tender stand for. */
struct spell_money {
    const char *currency; /* three letters; NULL: none is known */
    int64_t unit;         /* 1, 1000 or 1000000 */
    const char *tax;      /* "net", "gross", or NULL */
};

/**
 * spell_number - a number with no zeros behind its last decimal
 *
 * Takes   digits  decimals at most
 * Gives   *to grown
 * Thread  any
 * Vector  78615385, 1 -> 78.6; 8000000, 1 -> 8
 */
void spell_number(
    struct text *to, int64_t micro, int digits, enum language language);

/**
 * spell_share - a share as percent
 *
 * Takes   digits  decimals at most
 * Gives   *to grown
 * Thread  any
 * Vector  900000, 0 -> 90%, in French 90 % with a blank that does not break
 */
void spell_share(
    struct text *to, int64_t micro, int digits, enum language language);

/**
 * spell_count - a number with its unit, singular or plural
 *
 * English has the singular for 1 alone, French for all below 2.
 *
 * Gives   *to grown
 * Thread  any
 * Vector  1500000, points -> 1.5 points, in French 1,5 point
 */
void spell_count(struct text *to, int64_t micro, int digits,
    enum spell_unit unit, enum language language);

/**
 * spell_money - an amount with its currency, and whether tax is in it
 *
 * Takes   micro  millionths of the tender's unit of money
 *         tax    false: says nothing of tax
 * Gives   *to grown
 * Thread  any
 * Vector  520, EUR, 1000, net -> €520,000 excluding tax; 520 000 € HT
 */
void spell_money(struct text *to, int64_t micro, const struct spell_money *of,
    bool tax, enum language language);

/**
 * spell_day - a day
 *
 * Takes   day  yyyy-mm-dd, perhaps with a time behind it
 * Gives   *to grown; by the word itself where it is no day
 * Thread  any
 * Vector  2027-03-01 -> 1 March 2027, 1er mars 2027
 */
void spell_day(struct text *to, const char *day, enum language language);

/**
 * spell_go_on - a text that goes on a sentence behind a colon
 *
 * Only words that are no names lose their capital: articles, possessives,
 * prepositions.
 *
 * Gives   *text with its first letter small, or as it was
 * Thread  any
 * Vector  "Our line" -> "our line"; "Lens runs" -> "Lens runs"
 */
void spell_go_on(struct text *text, enum language language);

/**
 * spell_blanks - a sentence with the blanks of its language
 *
 * In French those before : ; ? ! % and inside guillemets do not break.
 *
 * Gives   *to grown
 * Thread  any
 */
void spell_blanks(
    struct text *to, const char *sentence, enum language language);

#endif
