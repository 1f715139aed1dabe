/* SPDX-License-Identifier: Apache-2.0
 *
 * task.h - work on another thread on behalf of a request.
 *
 * A task is in the list of its session from task_start to task_done.  When the
 * session ends first the task frees itself.
 */
#ifndef SERVER_SESSION_TASK_H
#define SERVER_SESSION_TASK_H

#include "db/db.h"
#include "protocol/reply.h"
#include "protocol/texts.h"
#include "server/figure/long_work.h"
#include "server/session/request.h"
#include "server/session/seen.h"

struct counts;
struct engine;
struct task;

typedef void task_fn(struct session *s, struct task *t);

/* Work on another thread on behalf of a request.  Stages follow each other:
 * finish may start the next one on the same task. */
struct task {
    struct job job; /* first, so that a job is its task */
    struct engine *engine;
    struct session *session; /* NULL once the session is gone */
    struct task *next_of_session;
    struct request request;
    bool finishing;    /* finish runs; who called it frees the task */
    bool silent;       /* it answers no request */
    uint64_t order;    /* of its request among those of the session */
    struct text after; /* answers of later requests that are ready already */
    bool keeps_order;  /* a change that may share a commit with others */
    task_fn *finish;   /* on the loop; answers */
    void (*conclude)(struct task *t); /* of work that no session asked for */
    void (*clean)(struct task *t);    /* frees state; may be NULL */
    void *state;
    struct changeset *set; /* of a change; its events are published whether
                              or not the session is still there */
    /* Copies of what the thread needs of the session. */
    char *user;
    char *tenders;
    struct viewer viewer;
    uint64_t scope;
    bool json;
    uint64_t grease; /* as in struct reply */
    enum language language;
    int64_t now_ms;
    struct counts *counts; /* of the team; the loop's */
    uint64_t began_us;
    struct long_work work;     /* of a computation */
    struct task *next_of_news; /* guarded by the lock of the engine, and */
    bool has_news;             /* whether it is in the list */
    /* What the thread leaves for the loop. */
    struct text out; /* data lines */
    size_t rows;
    struct fault fault;
    uint64_t head;
    struct seen_list seen; /* what the data lines showed */
};

/**
 * task_new - a task for a request, which it takes
 *
 * Gives   a task that copies what it needs of the session; *q all zero
 * Thread  loop
 */
struct task *task_new(struct session *s, struct request *q);

typedef enum err task_queue_fn(struct db *db, struct job *job);

/**
 * task_start - hand a task to a thread; it may be called again by finish
 *
 * Takes   queue   db_read, db_write, db_work or db_hash
 *         finish  called on the loop when it has run, unless the session is
 *                 gone; the task is freed after the finish that starts no
 *                 other stage
 * Gives   true: the task belongs to the engine; false: the queue is full,
 *         "err busy" was answered and the task is freed
 * Thread  loop
 */
bool task_start(
    struct task *t, task_queue_fn *queue, job_run_fn *run, task_fn *finish);

/**
 * task_write_alone - hand the writer a task that no session asked for
 *
 * Takes   t         its state, clean and now_ms are set
 *         conclude  called on the loop when it has run, or at once with
 *                   t->job.err when the queue is full; the task is then freed
 * Gives   the task belongs to the engine
 * Thread  loop
 */
void task_write_alone(struct task *t, struct engine *engine, job_run_fn *run,
    void (*conclude)(struct task *t));

/**
 * task_drop - a task that was answered without being started
 *
 * Gives   freed now, or by whoever called its finish
 * Thread  loop
 */
void task_drop(struct task *t);

/**
 * task_done - a job of the engine has run
 *
 * Gives   the request answered, the task freed or in its next stage
 * Thread  loop
 */
void task_done(struct task *t);

/**
 * task_forget - the session of the tasks is gone
 *
 * Gives   tasks that free themselves when they have run
 * Thread  loop
 */
void task_forget(struct session *s);

/**
 * task_stop - nobody wants the answers of a session's tasks any more
 *
 * Gives   computations that end soon, with an error
 * Thread  loop
 */
void task_stop(struct session *s);

/**
 * task_told - a computation has told how far it is
 *
 * Gives   a notice, unless the peer is too slow to read or has left
 * Thread  loop
 */
void task_told(struct task *t);

/**
 * task_reply - a reply that writes data lines into the task
 *
 * Gives   a struct to write with
 * Thread  the one that runs the task
 */
struct reply task_reply(struct task *t);

/**
 * task_answer - send the data lines of a task, or its fault
 *
 * Gives   true when it went well: the caller then writes the final line
 * Thread  loop
 */
bool task_answer(struct session *s, struct task *t);

/**
 * task_final - begin the final line "ok TAG n=ROWS"
 *
 * Gives   *r with a line begun
 * Thread  loop
 */
void task_final(struct session *s, struct task *t, struct reply *r);

#endif
