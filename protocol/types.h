/* SPDX-License-Identifier: Apache-2.0
 *
 * types.h - the scalar types of the record, read from and printed to words.
 *
 * Decimals of every sort (money, marks, weights, shares) are integers of
 * 1/10000, never binary floating point; an estimate is three of them; a time
 * is milliseconds since 1970 in UTC.  Nothing here knows kinds or sessions.
 */
#ifndef PROTOCOL_TYPES_H
#define PROTOCOL_TYPES_H

#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>
#include <stdint.h>

/* One unit (one euro, one mark, one percent) in the integers that stand for
 * decimals. */
#define DECIMAL_ONE INT64_C(10000)
/* The largest decimal that is accepted, in units: 10^12. */
#define DECIMAL_LIMIT INT64_C(1000000000000)

enum type {
    TYPE_WORD,     /* 1 to 64 characters, no blank */
    TYPE_LINE,     /* one line of text, up to 1000 characters */
    TYPE_TEXT,     /* several lines */
    TYPE_INT,      /* whole number */
    TYPE_NUM,      /* decimal, up to 4 places */
    TYPE_MONEY,    /* decimal >= 0, up to 4 places */
    TYPE_PERCENT,  /* decimal 0..100 */
    TYPE_LEVEL,    /* decimal 0..10 */
    TYPE_SHARE,    /* decimal 0..1 */
    TYPE_BOOL,     /* yes or no */
    TYPE_MEMBER,   /* the name of a user of the team */
    TYPE_TIME,     /* RFC 3339 with offset */
    TYPE_DATE,     /* yyyy-mm-dd */
    TYPE_ENUM,     /* one of the words of the row */
    TYPE_SET,      /* some of the words of the row, comma between them */
    TYPE_REF,      /* an object: id or code */
    TYPE_REFSET,   /* objects of one kind, comma between them */
    TYPE_MEMBERS,  /* names of users, comma between them */
    TYPE_ESTIMATE, /* decimal, low..high or low..likely..high */
    TYPE_COUNT
};

struct estimate {
    int64_t low, likely, high; /* 1/10000; all equal when exact */
};

/**
 * type_word - the name of a type as describe and errors print it
 *
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *type_word(enum type type);

/**
 * type_allowed - what may stand in a value of the type, for allowed=
 *
 * Gives   a string that lives for ever, such as "0..10, up to 4 decimals"
 * Thread  any
 */
const char *type_allowed(enum type type);

/**
 * type_operators - the operators with which a list compares the type
 *
 * Gives   a string that lives for ever, such as "= != ~"
 * Thread  any
 */
const char *type_operators(enum type type);

/**
 * type_compares - whether a list compares the type with an operator
 *
 * Takes   op  as it stands on the wire
 * Gives   true or false
 * Thread  any
 */
bool type_compares(enum type type, const char *op);

/**
 * operators_hold - whether an operator is one of some
 *
 * Takes   operators  blank between them
 *         op         as it stands on the wire
 * Gives   true or false
 * Thread  any
 */
bool operators_hold(const char *operators, const char *op);

/**
 * type_range - the least and the most of a type of numbers
 *
 * Gives   false for what is no number, *least and *most then untouched; else
 *         both in 1/10000
 * Thread  any
 */
bool type_range(enum type type, int64_t *least, int64_t *most);

/**
 * decimal_read - a decimal word as an integer of 1/10000
 *
 * Takes   word  [-]digits[.digits], at most 4 decimals, |value| <= 10^12
 * Gives   *got
 * Errors  ERR_ARG  not such a word; *got is untouched
 * Thread  any
 * Vector  "520" -> 5200000; "8.9" -> 89000; "1e3", "1.23456", "" -> ERR_ARG
 */
enum err decimal_read(const char *word, int64_t *got) MUST_USE;

/**
 * decimal_print - a decimal without trailing zeros
 *
 * Gives   *to grown by the word
 * Thread  any
 * Vector  5200000 -> 520; 89000 -> 8.9; -5 -> -0.0005
 */
void decimal_print(struct text *to, int64_t value);

/**
 * micro_print - a computed figure, with exactly six decimals
 *
 * Takes   value  millionths
 * Gives   *to grown by the word
 * Thread  any
 * Vector  78615385 -> 78.615385; -534615 -> -0.534615
 */
void micro_print(struct text *to, int64_t value);

/**
 * estimate_read - 8, 6..9 (uniform) or 6..8..9 (low, likely, high)
 *
 * Gives   *got; likely of low..high is the middle, rounded half up
 * Errors  ERR_ARG  not such a word, or not in rising order; *got untouched
 * Thread  any
 */
enum err estimate_read(const char *word, struct estimate *got) MUST_USE;

/**
 * estimate_print - the shortest word that reads back as the estimate
 *
 * Gives   *to grown by the word
 * Thread  any
 */
void estimate_print(struct text *to, struct estimate value);

/**
 * time_read - RFC 3339 date and time with an offset
 *
 * Gives   *ms  milliseconds since 1970-01-01T00:00:00Z
 * Errors  ERR_ARG  no offset, no such day, not of that form; *ms untouched
 * Thread  any
 */
enum err time_read(const char *word, int64_t *ms) MUST_USE;

/**
 * time_print - a time as RFC 3339 in UTC
 *
 * Takes   always_ms  print .000 too (events do, fields do not)
 * Gives   *to grown by the word
 * Thread  any
 */
void time_print(struct text *to, int64_t ms, bool always_ms);

/**
 * date_is_valid - whether a word is a day that exists, as yyyy-mm-dd
 *
 * Gives   true or false
 * Thread  any
 */
bool date_is_valid(const char *word);

/**
 * code_is_valid - whether a word can be a code
 *
 * A code has 1 to 64 characters without blank, comma, $ or quote, does not
 * start with # or @ or <, and does not look like an id (X-1, XY-12).
 *
 * Gives   true or false
 * Thread  any
 */
bool code_is_valid(const char *word);

#endif
