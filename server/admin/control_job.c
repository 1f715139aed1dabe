/* SPDX-License-Identifier: Apache-2.0
 *
 * control_job.c - a change by the administrator beside the sessions.
 *
 * The queue of the writer keeps its order: what the user asked before the
 * change is done before it, and nothing is taken up until it is through, so
 * that no request is carried out with a right that was taken away.
 */
#include "server/admin/control_job.h"

#include "protocol/base_mem.h"
#include "server/log.h"
#include "server/session/inside.h"

#include <stdlib.h>
#include <string.h>

struct work {
    struct control control;
    struct control_done done;
    enum err err;
    control_answer_fn *answer;
    void *ctx;
};

static enum err run_work(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct work *w = t->state;

    w->err = control_apply(store, &w->control, t->now_ms, &w->done);
    return w->err;
}

static void clean_work(struct task *t)
{
    struct work *w = t->state;

    control_fini(&w->control);
    control_done_fini(&w->done);
    free(w);
}

/* Two changes of one user may be on their way. */
static void freeze(struct engine *engine, const char *name, bool more)
{
    struct session *next;

    for (struct session *s = engine->sessions; s; s = next) {
        next = s->next;
        if (s->user.id == 0 || strcmp(s->user.name, name) != 0)
            continue;
        s->frozen = more ? s->frozen + 1 : s->frozen - 1;
        if (s->frozen == 0)
            session_pump(s);
    }
}

static void change_sessions(struct engine *engine, const struct work *w)
{
    struct session *next;

    for (struct session *s = engine->sessions; s; s = next) {
        next = s->next;
        if (s->user.id == 0 || s->user.id != w->done.user)
            continue;
        if (w->control.what == CONTROL_USER_ROLE)
            s->user.role = w->control.role;
        else if (w->control.what != CONTROL_USER_CERT ||
                 (s->by_certificate && w->control.remove))
            session_end(s, "removed");
    }
}

static void log_change(const struct work *w)
{
    struct text words = {0};

    log_value(&words, "name", w->control.name);
    log_value(&words, "done", w->err == ERR_OK ? "yes" : "no");
    log_words(LOG_ADMINISTERED, text_peek(&words));
    text_fini(&words);
}

static void conclude(struct task *t)
{
    struct engine *engine = t->engine;
    struct work *w = t->state;

    engine->controls--;
    if (t->job.err != ERR_OK && w->err == ERR_OK) {
        w->err = t->job.err;
        control_refuse(&w->done, &w->control, w->err);
    }
    if (w->err == ERR_OK) {
        engine->users_changed++;
        change_sessions(engine, w);
        feed_publish(engine, &w->done.events);
    }
    log_change(w);
    w->answer(w->ctx, w->err, text_peek(&w->done.said));
    freeze(engine, w->control.name, false);
}

void control_start(struct engine *engine, struct control *control,
    control_answer_fn *answer, void *ctx)
{
    struct task *t = mem_new(sizeof *t);
    struct work *w = mem_new(sizeof *w);

    *w = (struct work){.control = *control, .answer = answer, .ctx = ctx};
    *control = (struct control){0};
    t->now_ms = engine->hooks.now_ms(engine->hooks.ctx);
    t->state = w;
    t->clean = clean_work;
    engine->controls++;
    freeze(engine, w->control.name, true);
    task_write_alone(t, engine, run_work, conclude);
}
