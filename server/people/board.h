/* SPDX-License-Identifier: Apache-2.0
 *
 * board.h - the curves of a strategy canvas as they are recorded, for those who
 * tell of it and those who explain it; nobody else's.
 */
#ifndef SERVER_PEOPLE_BOARD_H
#define SERVER_PEOPLE_BOARD_H

#include "server/figure/client_case.h"
#include "server/figure/figures.h"
#include "value/people/canvas.h"

struct board {
    struct figures *f;
    const struct object *const *factors;
    size_t factors_n;
    const struct object **players;
    size_t players_n;
    size_t ours;     /* MODEL_NOWHERE: we have no curve */
    int64_t *levels; /* [players_n][factors_n] */
    int64_t least; /* 1/10000, distance from the rivals that is worth a word */
};

/**
 * board_init - gather players, factors and levels; of= and least= of a request
 *
 * Takes   f  kept
 * Gives   *b  freed with board_fini
 * Errors  ERR_ARG   least=
 *         ERR_NONE  of= has no curve
 * Thread  worker
 */
enum err board_init(struct board *b, struct figures *f) MUST_USE;

/**
 * board_fini - free what board_init made
 *
 * Gives   *b without memory
 * Thread  worker
 */
void board_fini(struct board *b);

/**
 * board_compute - the figures of the canvas
 *
 * Gives   freed with canvas_free
 * Thread  worker
 */
struct canvas_result *board_compute(const struct board *b);

#endif
