/* SPDX-License-Identifier: Apache-2.0
 *
 * replay.h - the arithmetic of the lines of explain, computed again from
 * their text alone.
 *
 * It knows nothing of a tender: sums, products and means are taken in exact
 * fractions; a number printed with six decimals may have been rounded there,
 * so each result is known within two bounds.  A date is its number of days.
 */
#ifndef TESTS_PARTS_REPLAY_H
#define TESTS_PARTS_REPLAY_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>

/* What some lines came to. */
struct replay {
    size_t followed;     /* equations that were computed again */
    struct text reached; /* their results, a blank around each */
    struct text wrong;   /* what did not add up, a line each */
    double held, lost;   /* prices at which a lead was shown to be held, and
                            to be lost */
};

/**
 * replay_line - compute the equations of one line again
 *
 * An equation is "words = arithmetic = number"; a line may hold several,
 * semicolons between them. Lines without one are words, and are passed over.
 *
 * Takes   line  without its marker
 * Gives   r grown
 * Thread  any
 */
void replay_line(struct replay *r, const char *line);

/**
 * replay_answer - the lines of a whole answer of explain
 *
 * Gives   r grown by those that begin with "|"
 * Thread  any
 */
void replay_answer(struct replay *r, const char *answer);

/**
 * replay_reaches - whether a number is the result of an equation
 *
 * Takes   number  as it stands in a row
 * Gives   true where one gave it, or where a lead was shown to be held just
 *         below it and lost just above
 * Thread  any
 */
bool replay_reaches(const struct replay *r, const char *number);

/**
 * replay_fini - give back what it holds
 *
 * Gives   nothing; what it held is freed
 * Thread  any
 */
void replay_fini(struct replay *r);

#endif
