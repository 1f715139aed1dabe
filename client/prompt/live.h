/* SPDX-License-Identifier: Apache-2.0
 *
 * live.h - a tender as it is now, on the whole terminal, until one leaves.
 */
#ifndef CLIENT_PROMPT_LIVE_H
#define CLIENT_PROMPT_LIVE_H

#include "client/link/resume.h"

/**
 * live_show - keep the newest state of a tender on the terminal
 *
 * Points, rank, lead and price of the bids, what the figures lack, and who
 * changed what: drawn anew after each event, and when the terminal changes
 * its size.  q and Ctrl-C leave.
 *
 * Takes   resume  of the session; its ways are replaced meanwhile
 *         target  id or code of a tender
 * Gives   an exit status; the terminal as it was
 * Thread  main; it waits for a person
 */
int live_show(
    struct client *client, struct resume *resume, const char *target) MUST_USE;

/**
 * live_run - "diptych live [TENDER]", and "watch TENDER" on a terminal
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int live_run(struct client *client) MUST_USE;

#endif
