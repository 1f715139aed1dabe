/* SPDX-License-Identifier: Apache-2.0
 *
 * engine.c - what sessions share: threads, finished work, time.
 */
#include "server/session/engine.h"

#include "protocol/base_mem.h"
#include "server/admin/keep.h"
#include "server/session/inside.h"

#include <stdlib.h>

/* Called on the threads of the record. */
static void on_finished(void *ctx, struct job *job)
{
    struct engine *engine = ctx;

    pthread_mutex_lock(&engine->lock);
    job->next = NULL;
    *engine->finished_end = job;
    engine->finished_end = &job->next;
    pthread_mutex_unlock(&engine->lock);
    engine->hooks.wake(engine->hooks.ctx);
}

enum err engine_new(const char *folder, const struct engine_hooks *hooks,
    struct engine **made, struct text *why)
{
    struct engine *engine = mem_new(sizeof *engine);

    engine->hooks = *hooks;
    engine->finished_end = &engine->finished;
    engine->started_us = counts_now_us();
    /* A session of an earlier run must not be taken for one of this run. */
    engine->numbers = (uint64_t)hooks->now_ms(hooks->ctx) * 1000;
    INSIST(pthread_mutex_init(&engine->lock, NULL) == 0);
    enum err err = db_start(folder, on_finished, engine, &engine->db, why);
    if (err != ERR_OK) {
        pthread_mutex_destroy(&engine->lock);
        free(engine);
        return err;
    }
    penalties_new(&engine->penalties);
    *made = engine;
    return ERR_OK;
}

static struct job *take_finished(struct engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    struct job *list = engine->finished;
    engine->finished = NULL;
    engine->finished_end = &engine->finished;
    pthread_mutex_unlock(&engine->lock);
    return list;
}

/* One at a time, since a thread may tell news while these are passed on. */
static struct task *take_news(struct engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    struct task *t = engine->news;
    if (t) {
        engine->news = t->next_of_news;
        t->has_news = false;
    }
    pthread_mutex_unlock(&engine->lock);
    return t;
}

/* The answer goes out before the events of the change, so that a session
 * hears of its own change after the final line. */
static void finish_one(struct engine *engine, struct job *job)
{
    struct task *t = (struct task *)job;
    struct session *s = t->session;
    struct events events = {0};

    if (t->set && job->err == ERR_OK) {
        events = t->set->events;
        t->set->events = (struct events){0};
    }
    task_done(t);
    feed_publish(engine, &events);
    events_fini(&events);
    if (s)
        session_pump(s);
}

void engine_run(struct engine *engine)
{
    struct task *news;

    while ((news = take_news(engine)) != NULL)
        task_told(news);
    struct job *job = take_finished(engine);
    while (job) {
        struct job *next = job->next;

        finish_one(engine, job);
        job = next;
    }
}

static void tick_session(struct session *s, int64_t now)
{
    bool login = s->user.id == 0;
    int64_t quiet = now - s->active_ms;

    if (login && limit_is_over(LIMIT_ROW_LOGIN_SECONDS, now - s->since_ms)) {
        session_end(s, "login-timeout");
        return;
    }
    if (!login && s->watches_n == 0 && s->tasks_n == 0 &&
        limit_is_over(LIMIT_ROW_IDLE_SECONDS, quiet)) {
        session_end(s, "idle");
        return;
    }
    if (s->watches_n == 0 || s->over || s->detail == EVENTS_OFF)
        return;
    feed_follow(s);
    if (s->out_full ||
        !limit_is_over(LIMIT_ROW_TICK_SECONDS, now - s->tick_ms + 1))
        return;
    struct reply r = {.to = &s->out};
    reply_event(&r, feed_seq(s), now, "tick", NULL);
    reply_end(&r);
    s->tick_ms = now;
    session_changed(s);
}

void engine_tick(struct engine *engine)
{
    int64_t now = engine->hooks.now_ms(engine->hooks.ctx);
    struct session *next;

    for (struct session *s = engine->sessions; s; s = next) {
        next = s->next;
        if (!s->over)
            tick_session(s, now);
        if (!s->over && s->throttled)
            session_pump(s);
        if (engine->draining && !s->over && s->tasks_n == 0)
            session_end(s, "shutdown");
    }
    keep_tick(engine, now);
}

void engine_set_outside(
    struct engine *engine, const struct engine_outside *outside)
{
    engine->outside = *outside;
}

bool engine_is_stuck(const struct engine *engine, uint64_t us)
{
    struct db_counts *db = mem_new(sizeof *db);

    db_counts(engine->db, db);
    bool stuck = db->busy_us > us;
    free(db);
    return stuck;
}

void engine_set_grease(struct engine *engine, uint64_t state)
{
    engine->grease = state;
}

void engine_recheck(struct engine *engine)
{
    struct session *next;

    for (struct session *s = engine->sessions; s; s = next) {
        next = s->next;
        session_recheck(s);
    }
    cache_free(engine);
}

void engine_drain(struct engine *engine)
{
    engine->draining = true;
    engine_tick(engine);
}

bool engine_is_idle(const struct engine *engine)
{
    return engine->sessions_n == 0 && engine->jobs == 0;
}

bool engine_may_cut(const struct engine *engine, bool empty, int64_t ms)
{
    return (empty && engine_is_idle(engine)) ||
           limit_is_over(LIMIT_ROW_DRAIN_SECONDS, ms);
}

void engine_free(struct engine **made)
{
    struct engine *engine = *made;

    if (engine == NULL)
        return;
    INSIST(engine->sessions_n == 0);
    db_stop(&engine->db);
    penalties_free(&engine->penalties);
    engine_run(engine);
    feed_free(engine);
    cache_free(engine);
    counts_free(&engine->counts);
    pthread_mutex_destroy(&engine->lock);
    free(engine);
    *made = NULL;
}
