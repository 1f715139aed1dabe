/* SPDX-License-Identifier: Apache-2.0
 *
 * queue.h - jobs on their way to a thread: bounded, with a share per team, and
 * teams taking turns, so that one that asks for much does not hold the others
 * up.
 *
 * For files of db/ alone.
 */
#ifndef DB_QUEUE_H
#define DB_QUEUE_H

#include "db/db.h"
#include "protocol/limit.h"

#include <pthread.h>

/* What one team has in the queue, in the order in which it came. */
struct share {
    uint64_t team;
    size_t weight;
    struct job *first, *last;
};

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    enum limit room;  /* weights that may wait: the row of that limit */
    enum limit batch; /* weights taken at once; LIMIT_COUNT: one job */
    size_t limit;     /* what room was when the queue was made */
    size_t weight;    /* that wait */
    bool closed;
    struct share *shares; /* of the teams that have something in it */
    size_t shares_n, shares_room;
    size_t turn;     /* the share whose turn it is */
    size_t most_out; /* jobs of a team that may run at once; 0 any number */
    uint64_t *out;   /* teams of the jobs that run, where most_out is above 0 */
    size_t out_n, out_room;
    uint64_t tickets;
};

/**
 * queue_init - an empty queue
 *
 * Takes   room      the limit of the weights that may wait
 *         batch     that of the weights which are taken at once; LIMIT_COUNT:
 *                   one job is taken at a time
 *         most_out  jobs of one team that may run at once, for a queue whose
 *                   jobs are given back by queue_done; 0 any number
 * Gives   *queue
 * Thread  any
 */
void queue_init(
    struct queue *queue, enum limit room, enum limit batch, size_t most_out);

/**
 * queue_fini - free what an empty queue owns
 *
 * Gives   *queue unusable
 * Thread  the last one that knows the queue
 */
void queue_fini(struct queue *queue);

/**
 * queue_add - put a job behind the others
 *
 * A queue is full when what waits has reached the limit, and for a team when
 * its own jobs have reached half of it; so a job heavier than the limit still
 * finds its way into an empty queue.  Team 0 has no share.
 *
 * Gives   the job belongs to the queue
 * Errors  ERR_BUSY  full, or closed; the job stays the caller's
 * Thread  any
 */
enum err queue_add(struct queue *queue, struct job *job) MUST_USE;

/**
 * queue_take - wait for jobs
 *
 * Teams take turns, a job each; the jobs of one team keep their order.  A job
 * of team 0 comes after all that were queued before it.
 *
 * Gives   jobs, as many as the limit of a batch allows and one at least,
 *         chained by next; NULL when the queue is closed and empty
 * Thread  any
 */
struct job *queue_take(struct queue *queue);

/**
 * queue_done - a job that was taken has run
 *
 * Takes   team  of the job; called before the job is given away
 * Gives   room for the next one of the team, where most_out is above 0
 * Thread  any
 */
void queue_done(struct queue *queue, uint64_t team);

/**
 * queue_is_empty - whether nothing waits just now
 *
 * Gives   true or false
 * Thread  any
 */
bool queue_is_empty(struct queue *queue);

/**
 * queue_waiting - what waits just now
 *
 * Gives   the sum of the weights
 * Thread  any
 */
size_t queue_waiting(struct queue *queue);

/**
 * queue_close - let in no more; whoever waits gets the rest, then NULL
 *
 * Gives   a closed queue
 * Thread  any
 */
void queue_close(struct queue *queue);

#endif
