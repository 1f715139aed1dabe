/* SPDX-License-Identifier: Apache-2.0
 *
 * guide.h - "diptych guide": from nothing to both value propositions, one
 * plain question at a time.
 */
#ifndef CLIENT_GUIDE_GUIDE_H
#define CLIENT_GUIDE_GUIDE_H

#include "client/client.h"

/**
 * guide_run - the verb "guide" of the command line
 *
 * Gives   an exit status; leaving early is none that failed
 * Thread  main; it waits for a person
 */
int guide_run(struct client *client) MUST_USE;

#endif
