/* SPDX-License-Identifier: Apache-2.0
 *
 * audit.c - what was refused for want of a right is written down.
 *
 * The row is written behind the answer, by a task that answers nothing.
 */
#include "server/log.h"
#include "server/session/inside.h"

#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdlib.h>

struct denial {
    char *address;
    struct text detail;
};

static void clean_denial(struct task *t)
{
    struct denial *d = t->state;

    free(d->address);
    text_fini(&d->detail);
    free(d);
}

static enum err run_denial(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct denial *d = t->state;

    return user_audit(
        store, t->now_ms, t->user, d->address, "denied", text_peek(&d->detail));
}

static void finish_denial(struct session *s, struct task *t)
{
    if (t->job.err != ERR_OK)
        log_event(
            LOG_AUDIT_FAILED, "session=%llu", (unsigned long long)s->number);
}

static void put_part(struct text *to, const char *key, const char *value)
{
    if (value == NULL)
        return;
    text_printf(to, "%s%s=", to->len ? " " : "", key);
    word_print(to, value);
}

void session_audit(
    struct session *s, const struct request *q, const struct fault *fault)
{
    struct denial *d = mem_new(sizeof *d);
    struct request none = {0};

    d->address = mem_text(s->address);
    put_part(&d->detail, "verb", q->command->name);
    put_part(&d->detail, "id", fault->id);
    put_part(&d->detail, "field", fault->field);
    log_event(LOG_DENIED, "session=%llu user=%s %s",
        (unsigned long long)s->number, s->user.name, text_peek(&d->detail));
    struct task *t = task_new(s, &none);
    t->silent = true;
    t->keeps_order = true;
    t->state = d;
    t->clean = clean_denial;
    task_start(t, db_write, run_denial, finish_denial);
}
