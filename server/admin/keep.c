/* SPDX-License-Identifier: Apache-2.0
 *
 * keep.c - dropping old rows of the journal, a part at a time, so that changes
 * do not wait for it.
 */
#include "server/admin/keep.h"

#include "protocol/base_mem.h"
#include "server/session/inside.h"

#define DAY_MS  INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)
/* Rows that go in one transaction. */
#define ROWS_AT_ONCE 1000

static enum err run_cut(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    bool more = false;
    enum err err = store_cut(store,
        t->now_ms - (int64_t)LIMIT_NOW(LOG_KEEP) * DAY_MS, ROWS_AT_ONCE, &more);

    t->rows = more;
    return err;
}

static void conclude(struct task *t)
{
    struct engine *engine = t->engine;

    engine->cutting = false;
    if (t->job.err == ERR_OK && t->rows)
        engine->cut_ms = 0;
}

/* The most that can be set means for ever. */
void keep_tick(struct engine *engine, int64_t now)
{
    if (LIMIT_NOW(LOG_KEEP) == LIMIT_LOG_KEEP_MOST || engine->cutting ||
        engine->draining || now < engine->cut_ms)
        return;
    struct task *t = mem_new(sizeof *t);
    t->now_ms = now;
    engine->cutting = true;
    engine->cut_ms = now + HOUR_MS;
    task_write_alone(t, engine, run_cut, conclude);
}
