/* SPDX-License-Identifier: Apache-2.0
 *
 * falsify.h - the negative of a check: a history that was falsified is found.
 */
#ifndef TESTS_PARTS_FALSIFY_H
#define TESTS_PARTS_FALSIFY_H

#include "tests/parts/history.h"

/**
 * falsify_all - falsify a sound history in every known way, one at a time
 *
 * Gives   *history as it was; *why grown when a way found nothing to falsify,
 *         or was not found
 * Thread  the one that owns *history
 */
void falsify_all(struct history *history, struct text *why);

#endif
