/* SPDX-License-Identifier: Apache-2.0
 *
 * expression_quick.h - an expression in doubles, for draws.
 *
 * expression.h is what an expression means; this is the same for a draw, where
 * prices are guesses and exactness would be wasted.  The text is read once,
 * into steps that a small stack works off.
 */
#ifndef VALUE_AWARD_EXPRESSION_QUICK_H
#define VALUE_AWARD_EXPRESSION_QUICK_H

#include "value/award/expression.h"

/* What a step does with the numbers on the stack. */
enum expression_act {
    STEP_NUMBER,
    STEP_VARIABLE,
    STEP_NEGATE,
    STEP_ADD,
    STEP_SUBTRACT,
    STEP_MULTIPLY,
    STEP_DIVIDE,
    STEP_MIN,
    STEP_MAX,
    STEP_LOG,
    STEP_SQRT
};

struct expression_step {
    int what;      /* of expression_act */
    double number; /* that it puts on the stack, or which variable */
};

struct expression_program {
    struct expression_step steps[2 * EXPRESSION_STEPS];
    size_t n;
};

/**
 * expression_compile - make steps of an expression
 *
 * Takes   text  that expression_check finds fine
 * Gives   *program
 * Thread  any
 * Cost    O(EXPRESSION_STEPS)
 * Source  docs/value.md 2
 */
void expression_compile(const char *text, struct expression_program *program);

/**
 * expression_run - the value of an expression in doubles
 *
 * Takes   variables  [EXPRESSION_VARIABLES_N]
 * Gives   as expression_value, within 1e-12 of it; 0 where that has none
 * Thread  any
 * Cost    O(steps)
 * Source  docs/value.md 2
 * Vector  "wp * pmin / p" with 40 100 120 -> 33.333333
 */
double expression_run(
    const struct expression_program *program, const double *variables);

#endif
