/* SPDX-License-Identifier: Apache-2.0
 *
 * task.c - requests that are worked on by another thread.
 *
 * A task is in its session's list from task_start to task_done.  The list
 * ends first when the link goes away: the task then frees itself.
 */
#include "server/session/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

static int64_t now_of(const struct engine *engine)
{
    return engine->hooks.now_ms(engine->hooks.ctx);
}

/* Called on the thread of the task. */
static void tell_engine(void *ctx)
{
    struct task *t = ctx;
    struct engine *engine = t->engine;

    pthread_mutex_lock(&engine->lock);
    if (!t->has_news) {
        t->has_news = true;
        t->next_of_news = engine->news;
        engine->news = t;
    }
    pthread_mutex_unlock(&engine->lock);
    engine->hooks.wake(engine->hooks.ctx);
}

/* What a task told last may still be in the list when it has run. */
static void drop_news(struct task *t)
{
    struct engine *engine = t->engine;

    if (!t->has_news)
        return;
    pthread_mutex_lock(&engine->lock);
    for (struct task **p = &engine->news; *p; p = &(*p)->next_of_news) {
        if (*p != t)
            continue;
        *p = t->next_of_news;
        break;
    }
    pthread_mutex_unlock(&engine->lock);
}

struct task *task_new(struct session *s, struct request *q)
{
    struct task *t = mem_new(sizeof *t);

    t->job.magic = JOB_MAGIC;
    t->job.team = s->user.team;
    t->job.weight = 1;
    t->engine = s->engine;
    t->session = s;
    t->order = s->answering;
    t->request = *q;
    *q = (struct request){0};
    t->user = mem_text(s->user.name);
    t->tenders = mem_text(s->user.tenders);
    t->viewer = (struct viewer){
        s->user.team, t->user, s->user.role, s->user.most, t->tenders};
    t->scope = s->scope;
    t->json = s->json;
    t->grease = s->engine->grease ? reply_random(&s->engine->grease) : 0;
    t->language = s->language;
    t->now_ms = now_of(s->engine);
    t->counts = s->counts;
    t->began_us = s->began_us;
    long_work_init(&t->work, tell_engine, t);
    return t;
}

static void free_task(struct task *t)
{
    if (t->request.command && !t->silent)
        session_answered(t->session, t->counts, t->request.id, t->began_us);
    drop_news(t);
    if (t->clean)
        t->clean(t);
    if (t->set)
        changeset_fini(t->set);
    free(t->set);
    request_fini(&t->request);
    free(t->user);
    free(t->tenders);
    text_fini(&t->out);
    text_fini(&t->after);
    fault_fini(&t->fault);
    seen_fini(&t->seen);
    free(t);
}

void task_drop(struct task *t)
{
    if (!t->finishing)
        free_task(t);
}

static void leave_session(struct task *t)
{
    struct session *s = t->session;

    for (struct task **p = &s->tasks; *p; p = &(*p)->next_of_session) {
        if (*p != t)
            continue;
        *p = t->next_of_session;
        s->tasks_n--;
        break;
    }
    s->waits = false;
    for (struct task *other = s->tasks; other; other = other->next_of_session)
        if (!other->keeps_order)
            s->waits = true;
}

static void enter_session(struct task *t)
{
    struct session *s = t->session;

    t->next_of_session = s->tasks;
    s->tasks = t;
    s->tasks_n++;
    if (!t->keeps_order)
        s->waits = true;
}

bool task_start(
    struct task *t, task_queue_fn *queue, job_run_fn *run, task_fn *finish)
{
    struct session *s = t->session;

    t->job.run = run;
    t->job.err = ERR_OK;
    t->finish = finish;
    enter_session(t);
    t->engine->jobs++;
    if (queue(t->engine->db, &t->job) == ERR_OK)
        return true;
    t->engine->jobs--;
    leave_session(t);
    t->finish = NULL;
    if (!t->silent)
        session_refuse(s, &t->request, ERR_BUSY, NULL, NULL, NULL);
    if (!t->finishing)
        free_task(t);
    return false;
}

void task_write_alone(struct task *t, struct engine *engine, job_run_fn *run,
    void (*conclude)(struct task *t))
{
    t->job = (struct job){.magic = JOB_MAGIC, .run = run, .weight = 1};
    t->engine = engine;
    t->conclude = conclude;
    engine->jobs++;
    enum err err = db_write(engine->db, &t->job);
    /* A job that was taken is the writer's, and not to be touched. */
    if (err != ERR_OK) {
        t->job.err = err;
        task_done(t);
    }
}

void task_done(struct task *t)
{
    struct session *s = t->session;

    INSIST(t->job.magic == JOB_MAGIC);
    t->engine->jobs--;
    if (s == NULL) {
        if (t->conclude)
            t->conclude(t);
        free_task(t);
        return;
    }
    leave_session(t);
    task_fn *finish = t->finish;
    t->finish = NULL;
    t->finishing = true;
    s->answering = t->order;
    finish(s, t);
    t->finishing = false;
    if (t->finish == NULL) {
        text_add(session_out(s), text_peek(&t->after), t->after.len);
        free_task(t);
    }
    session_changed(s);
}

void task_stop(struct session *s)
{
    for (struct task *t = s->tasks; t; t = t->next_of_session)
        long_work_stop(&t->work);
}

/* Of one session one computation runs at a time, and it is all that is in
 * flight, so the notice can not come between lines of an answer. */
void task_told(struct task *t)
{
    struct session *s = t->session;

    if (s == NULL || s->out_full || s->over)
        return;
    text_printf(&s->out, "# %u %%\n", long_work_percent(&t->work));
    session_changed(s);
}

void task_forget(struct session *s)
{
    task_stop(s);
    for (struct task *t = s->tasks; t; t = t->next_of_session)
        t->session = NULL;
    s->tasks = NULL;
    s->tasks_n = 0;
}

struct reply task_reply(struct task *t)
{
    return (struct reply){.to = &t->out, .json = t->json, .grease = t->grease};
}

bool task_answer(struct session *s, struct task *t)
{
    enum err err = t->fault.err != ERR_OK ? t->fault.err : t->job.err;

    if (err != ERR_OK) {
        t->fault.err = err;
        session_fail(s, &t->request, &t->fault);
        return false;
    }
    text_add(session_out(s), text_peek(&t->out), t->out.len);
    seen_merge(&s->seen, &t->seen);
    return true;
}

void task_final(struct session *s, struct task *t, struct reply *r)
{
    *r = session_reply(s);
    reply_ok(r, t->request.tag);
    reply_int(r, "n", (int64_t)t->rows);
}
