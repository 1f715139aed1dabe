/* SPDX-License-Identifier: Apache-2.0
 *
 * qualifying.h - what go or no go is judged by, for those who tell it and those
 * who explain it; nobody else's.
 */
#ifndef SERVER_FIGURE_QUALIFYING_H
#define SERVER_FIGURE_QUALIFYING_H

#include "server/figure/chance.h"
#include "value/qualify.h"

struct qualifying {
    struct figures *f;
    struct chance chance;
    const struct object *const *asked; /* the questions */
    struct qualify_question *questions;
    struct qualify_ask ask;
    struct qualify_result result;
    int64_t pwin;         /* 1/10000; MODEL_ABSENT not known */
    int64_t wins;         /* micro, that it is rounded from where simulated */
    int64_t margin, cost; /* 1/10000 of money; MODEL_ABSENT */
    bool simulated;
    uint64_t draws;   /* where it is */
    int64_t no_award; /* micro, then: nobody is there who can win */
};

typedef void qualifying_fn(struct qualifying *q);

/**
 * qualifying_judge - read what was asked and recorded, judge, and tell it
 *
 * Takes   tell  called once, with what was found
 * Gives   what tell gives
 * Errors  as figure_qualify
 * Thread  worker
 */
enum err qualifying_judge(struct figures *f, qualifying_fn *tell) MUST_USE;

#endif
