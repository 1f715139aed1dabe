/* SPDX-License-Identifier: Apache-2.0
 *
 * import_verb.h - the verb "import": notices through the link of the client.
 */
#ifndef CLIENT_NOTICE_IMPORT_VERB_H
#define CLIENT_NOTICE_IMPORT_VERB_H

#include "client/client.h"

/**
 * import_notices - record the notices of the command line
 *
 * With --dry-run a server is asked only when one was named or is kept in the
 * profile; without one the record is taken to be empty.
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int import_notices(struct client *client) MUST_USE;

#endif
