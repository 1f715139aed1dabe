/* SPDX-License-Identifier: Apache-2.0
 *
 * control_job.h - a change by the administrator beside the sessions.
 */
#ifndef SERVER_ADMIN_CONTROL_JOB_H
#define SERVER_ADMIN_CONTROL_JOB_H

#include "server/admin/control.h"
#include "server/session/engine.h"

/* Told on the loop thread; said lives for the call. */
typedef void control_answer_fn(void *ctx, enum err err, const char *said);

/**
 * control_start - have a change made by the writer
 *
 * Meanwhile no request of the user is taken up; afterwards the sessions of
 * that user have the new role, or end.
 *
 * Takes   control  taken; all zero afterwards
 * Gives   answer called once, perhaps before this returns
 * Thread  loop
 */
void control_start(struct engine *engine, struct control *control,
    control_answer_fn *answer, void *ctx);

#endif
