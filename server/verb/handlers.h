/* SPDX-License-Identifier: Apache-2.0
 *
 * handlers.h - the prototype of each verb's handler, from commands.def.
 *
 * A row without a handler does not link, a handler without a row does not
 * compile.  A handler answers at once or starts a task; it may take *q.
 */
#ifndef SERVER_VERB_HANDLERS_H
#define SERVER_VERB_HANDLERS_H

#include "server/session/inside.h"

#define CMD(id, name, ...) void do_##name(struct session *s, struct request *q);
#include "protocol/commands.def"
#undef CMD

#endif
