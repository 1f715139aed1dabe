/* SPDX-License-Identifier: Apache-2.0
 *
 * progress.h - how far a computation is, as a bar on a terminal.
 *
 * The bar stands on a line of its own without an end, and is wiped before
 * anything else is printed.
 */
#ifndef CLIENT_SHOW_PROGRESS_H
#define CLIENT_SHOW_PROGRESS_H

#include "client/show/look.h"

#include <stdio.h>

/**
 * progress_read - whether a notice of the server tells how far it is
 *
 * Takes   line  a notice, with its "# "
 * Gives   true and *percent, 0..100
 * Thread  any
 * Vector  "# 40 %" -> 40; "# 400 %", "# 4 cats" -> false
 */
bool progress_read(const char *line, unsigned *percent);

/**
 * progress_draw - draw the bar in place of the one before
 *
 * Takes   out  a terminal
 * Gives   the bar on it
 * Thread  main
 */
void progress_draw(FILE *out, const struct look *look, unsigned percent);

/**
 * progress_wipe - remove the bar
 *
 * Gives   an empty line
 * Thread  main
 */
void progress_wipe(FILE *out);

#endif
