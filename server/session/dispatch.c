/* SPDX-License-Identifier: Apache-2.0
 *
 * dispatch.c - from the row of a verb to its handler.
 */
#include "server/verb/handlers.h"

typedef void handler_fn(struct session *s, struct request *q);

static handler_fn *const handlers[CMD_COUNT] = {
#define CMD(id, name, ...) [CMD_##id] = do_##name,
#include "protocol/commands.def"
#undef CMD
};

static bool may_stand_in_batch(const struct request *q)
{
    /* What a batch has changed stands in no journal yet, so forget could not
     * wipe it there, nor merge find it. */
    bool change = q->command->class == COMMAND_CHANGE && q->id != CMD_FORGET &&
                  q->id != CMD_MERGE;

    return change || q->id == CMD_COMMIT || q->id == CMD_ABORT ||
           q->id == CMD_QUIT || q->id == CMD_ON_ERROR;
}

void dispatch(struct session *s, struct request *q)
{
    if (s->batch && !may_stand_in_batch(q)) {
        session_refuse(s, q, ERR_STATE, "verb", q->command->name,
            "add set del undo note commit abort, while a batch is open");
        return;
    }
    handlers[q->id](s, q);
}
