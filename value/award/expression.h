/* SPDX-License-Identifier: Apache-2.0
 *
 * expression.h - a published formula that no named rule covers, typed in.
 *
 *   sum      = product { ("+" | "-") product }
 *   product  = factor { ("*" | "/") factor }
 *   factor   = [ "-" ] ( number | name | call | "(" sum ")" )
 *   call     = ("min" | "max") "(" sum { "," sum } ")"
 *            | ("log" | "sqrt") "(" sum ")"
 *
 * No loops, no assignment, no memory: every text ends in a value or a fault
 * within EXPRESSION_STEPS steps.  Arithmetic, min and max are exact; log
 * (natural) and sqrt are as root.h says.
 */
#ifndef VALUE_AWARD_EXPRESSION_H
#define VALUE_AWARD_EXPRESSION_H

#include <stdbool.h>

#include "value/fraction.h"

/* How deep brackets may nest, and how many numbers, names and signs in all. */
#define EXPRESSION_DEPTH 32
#define EXPRESSION_STEPS 256

/* VARIABLE(ID, word, English): what an expression may name. */
#define EXPRESSION_VARIABLES                                                   \
    VARIABLE(P, "p", "price of the bid")                                       \
    VARIABLE(Q, "q", "quality points of the bid")                              \
    VARIABLE(PMIN, "pmin", "lowest admitted price")                            \
    VARIABLE(PMAX, "pmax", "highest admitted price")                           \
    VARIABLE(PAVG, "pavg", "mean of the admitted prices")                      \
    VARIABLE(PMED, "pmed", "median of the admitted prices")                    \
    VARIABLE(N, "n", "number of admitted bids")                                \
    VARIABLE(QBEST, "qbest", "most quality points of an admitted bid")         \
    VARIABLE(WQ, "wq", "weight of all but the price")                          \
    VARIABLE(WP, "wp", "weight of the price")                                  \
    VARIABLE(CEILING, "ceiling", "set-max, the price that may not be exceeded")

enum expression_variable {
#define VARIABLE(id, word, english) EXPRESSION_##id,
    EXPRESSION_VARIABLES
#undef VARIABLE
        EXPRESSION_VARIABLES_N
};

enum expression_fault {
    EXPRESSION_FINE,
    EXPRESSION_SYNTAX,  /* something else was expected here */
    EXPRESSION_UNKNOWN, /* no variable or function of that name */
    EXPRESSION_TOO_DEEP,
    EXPRESSION_TOO_LONG,
    EXPRESSION_BY_ZERO, /* a division by 0 */
    EXPRESSION_BAD_LOG, /* the logarithm of what is not above 0 */
    EXPRESSION_BAD_ROOT /* the square root of what is below 0 */
};

struct expression_told {
    enum expression_fault fault;
    size_t column; /* of the fault, in bytes from 1; 0 when fine */
    bool exact;    /* no log and no sqrt took part */
};

/**
 * expression_value - the value of an expression
 *
 * Takes   text       ends with 0
 *         variables  [EXPRESSION_VARIABLES_N]
 * Gives   value  untouched where told.fault is not EXPRESSION_FINE
 *         what happened, the first fault in reading order
 * Thread  any
 * Cost    O(EXPRESSION_STEPS)
 * Source  docs/value.md 2
 * Vector  "wp * pmin / p" with 40 100 120 -> 33.333333
 */
struct expression_told expression_value(
    const char *text, mpq_t *variables, mpq_t value);

/**
 * expression_check - whether a text is an expression at all
 *
 * Takes   text  ends with 0
 * Gives   what is wrong with it; faults that depend on values are not told
 * Thread  any
 * Cost    O(EXPRESSION_STEPS)
 * Source  docs/value.md 2
 * Vector  "p +" -> EXPRESSION_SYNTAX at column 4
 */
struct expression_told expression_check(const char *text);

#endif
