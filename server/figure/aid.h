/* SPDX-License-Identifier: Apache-2.0
 *
 * aid.h - what the files of figure_aid share; nobody else's.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_FIGURE_AID_H
#define SERVER_FIGURE_AID_H

#include "server/explain/explain.h"

/**
 * aid_micro - a binary fraction as a figure
 *
 * Gives   millionths, half up
 * Thread  any
 */
int64_t aid_micro(double value);

/**
 * aid_compare - weights of needs from the comparisons of pairs=
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG    pairs= is not one comparison of each two needs
 *         ERR_NONE   a need or segment that is not there
 *         ERR_LIMIT  more needs than a random index is known for
 * Thread  worker
 */
enum err aid_compare(struct figures *f);

#endif
