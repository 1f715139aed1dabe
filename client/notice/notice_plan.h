/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_plan.h - the requests that an import sends, each with the line of
 * the notice it comes from.
 *
 * A zeroed struct notice_plan is empty and needs no init.
 */
#ifndef CLIENT_NOTICE_NOTICE_PLAN_H
#define CLIENT_NOTICE_NOTICE_PLAN_H

#include "protocol/base_text.h"
#include "protocol/kind.h"

struct notice_plan {
    struct text requests; /* all of them, each with its line ends */
    struct plan_step {
        size_t at; /* where it starts in requests */
        long line; /* of the notice; 0 for begin and commit */
    } * steps;
    size_t n;
    size_t room;
    size_t added[KIND_COUNT];   /* objects, by kind */
    size_t changed[KIND_COUNT]; /* objects, by kind */
};

/**
 * plan_add - append one request
 *
 * Takes   request  with its line end, and heredoc when it has one
 * Gives   *plan grown
 * Thread  any, one owner at a time
 */
void plan_add(struct notice_plan *plan, long line, const char *request);

/**
 * plan_request - one request of the plan
 *
 * Gives   bytes[*len] with the line ends; they live as long as the plan
 * Thread  any
 */
const char *plan_request(
    const struct notice_plan *plan, size_t step, size_t *len);

/**
 * plan_fini - free the plan
 *
 * Gives   *plan all zero
 * Thread  any, one owner at a time
 */
void plan_fini(struct notice_plan *plan);

#endif
