/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_send.h - an answer becomes lines of the wire, which are shown, sent,
 * and can be taken back.
 *
 * Several lines are a batch: all of them are recorded, or none.
 */
#ifndef CLIENT_GUIDE_GUIDE_SEND_H
#define CLIENT_GUIDE_GUIDE_SEND_H

#include "client/guide/guide_fill.h"

/**
 * guide_send - record what a step makes of an answer
 *
 * Gives   *undo  grown by the lines that take it back, the last change first,
 *                LF behind each
 *         *code  that was made from the answer, owned; NULL for none; gaps
 *                points to it
 *         *refused  the server would not have it, which has been said
 * Thread  main; it waits
 */
int guide_send(struct client *client, const struct guide_step *step,
    struct guide_gaps *gaps, struct text *undo, char **code,
    bool *refused) MUST_USE;

/**
 * guide_undo - send the lines that take something back
 *
 * Takes   lines  of guide_send
 * Gives   *refused  the server would not, which has been said
 * Thread  main; it waits
 */
int guide_undo(
    struct client *client, const char *lines, bool *refused) MUST_USE;

/**
 * guide_use - make a tender the one in use
 *
 * Takes   tender  its id or code; "" leaves it
 * Gives   client->tender
 * Thread  main; it waits
 */
int guide_use(struct client *client, const char *tender) MUST_USE;

#endif
