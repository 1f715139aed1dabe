/* SPDX-License-Identifier: Apache-2.0
 *
 * queue.c - the bounded queues between the loop and the threads.
 */
#include "db/queue.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

void queue_init(
    struct queue *queue, enum limit room, enum limit batch, size_t most_out)
{
    *queue = (struct queue){.room = room,
        .batch = batch,
        .limit = limit_now(room),
        .most_out = most_out};
    INSIST(pthread_mutex_init(&queue->mutex, NULL) == 0);
    INSIST(pthread_cond_init(&queue->filled, NULL) == 0);
}

void queue_fini(struct queue *queue)
{
    INSIST(queue->shares_n == 0);
    pthread_mutex_destroy(&queue->mutex);
    pthread_cond_destroy(&queue->filled);
    free(queue->shares);
    free(queue->out);
}

/* What a job counts: never more than half the queue, so that one heavy batch
 * leaves room for the other teams. */
static size_t charge(const struct queue *queue, const struct job *job)
{
    size_t half = queue->limit / 2;

    return job->weight < half ? job->weight : half;
}

static struct share *find_share(struct queue *queue, uint64_t team)
{
    for (size_t i = 0; i < queue->shares_n; i++)
        if (queue->shares[i].team == team)
            return &queue->shares[i];
    return NULL;
}

static void add_to_share(struct queue *queue, struct job *job)
{
    struct share *share = find_share(queue, job->team);

    if (share == NULL) {
        queue->shares = mem_grow(queue->shares, &queue->shares_room,
            queue->shares_n + 1, sizeof *queue->shares);
        share = &queue->shares[queue->shares_n++];
        *share = (struct share){.team = job->team};
    }
    if (share->last)
        share->last->next = job;
    else
        share->first = job;
    share->last = job;
    share->weight += charge(queue, job);
    queue->weight += charge(queue, job);
}

/* Takes the first job of a share; the turn goes to the next share. */
static struct job *take_from_share(struct queue *queue, size_t at)
{
    struct share *share = &queue->shares[at];
    struct job *job = share->first;

    INSIST(share->weight >= charge(queue, job));
    share->weight -= charge(queue, job);
    queue->weight -= charge(queue, job);
    share->first = job->next;
    job->next = NULL;
    queue->turn = at + 1;
    if (share->first)
        return job;
    queue->shares_n--;
    memmove(share, share + 1, (queue->shares_n - at) * sizeof *share);
    queue->turn = at;
    return job;
}

static bool is_oldest(const struct queue *queue, const struct job *job)
{
    for (size_t i = 0; i < queue->shares_n; i++)
        if (queue->shares[i].first->ticket < job->ticket)
            return false;
    return true;
}

static bool has_enough_out(const struct queue *queue, uint64_t team)
{
    size_t n = 0;

    for (size_t i = 0; i < queue->out_n; i++)
        n += queue->out[i] == team;
    return queue->most_out > 0 && n >= queue->most_out;
}

/* The share whose turn it is; shares_n when all teams have enough running.
 * Where any number may run one always can: the oldest job's. */
static size_t find_turn(const struct queue *queue)
{
    for (size_t i = 0; i < queue->shares_n; i++) {
        size_t at = (queue->turn + i) % queue->shares_n;
        const struct share *share = &queue->shares[at];

        if (!has_enough_out(queue, share->team) &&
            (share->team != 0 || is_oldest(queue, share->first)))
            return at;
    }
    INSIST(queue->most_out > 0 || queue->shares_n == 0);
    return queue->shares_n;
}

static void note_out(struct queue *queue, uint64_t team)
{
    if (queue->most_out == 0)
        return;
    queue->out = mem_grow(
        queue->out, &queue->out_room, queue->out_n + 1, sizeof *queue->out);
    queue->out[queue->out_n++] = team;
}

static bool is_full(struct queue *queue, uint64_t team)
{
    const struct share *share = team ? find_share(queue, team) : NULL;

    limit_met(queue->room, queue->weight + 1, queue->limit);
    return queue->weight >= queue->limit ||
           (share && share->weight >= queue->limit / 2);
}

enum err queue_add(struct queue *queue, struct job *job)
{
    enum err err = ERR_OK;

    INSIST(job->magic == JOB_MAGIC && job->weight >= 1);
    pthread_mutex_lock(&queue->mutex);
    if (queue->closed || is_full(queue, job->team)) {
        err = ERR_BUSY;
    } else {
        job->next = NULL;
        job->ticket = ++queue->tickets;
        add_to_share(queue, job);
        pthread_cond_signal(&queue->filled);
    }
    pthread_mutex_unlock(&queue->mutex);
    return err;
}

/* As many jobs as fit; none only when there is none. */
static struct job *take_jobs(struct queue *queue)
{
    bool many = queue->batch != LIMIT_COUNT;
    struct job *jobs = NULL, **end = &jobs;
    size_t weight = 0;

    for (;;) {
        size_t at = find_turn(queue);

        if (at == queue->shares_n)
            break;
        weight += queue->shares[at].first->weight;
        if (jobs && !(many && limit_allows(queue->batch, weight)))
            break;
        *end = take_from_share(queue, at);
        note_out(queue, (*end)->team);
        end = &(*end)->next;
    }
    return jobs;
}

struct job *queue_take(struct queue *queue)
{
    struct job *jobs;

    pthread_mutex_lock(&queue->mutex);
    while ((jobs = take_jobs(queue)) == NULL &&
           !(queue->closed && queue->shares_n == 0))
        pthread_cond_wait(&queue->filled, &queue->mutex);
    pthread_mutex_unlock(&queue->mutex);
    return jobs;
}

void queue_done(struct queue *queue, uint64_t team)
{
    pthread_mutex_lock(&queue->mutex);
    for (size_t i = 0; i < queue->out_n; i++) {
        if (queue->out[i] != team)
            continue;
        queue->out[i] = queue->out[--queue->out_n];
        break;
    }
    if (queue->most_out > 0)
        pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}

bool queue_is_empty(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    bool empty = queue->shares_n == 0;
    pthread_mutex_unlock(&queue->mutex);
    return empty;
}

size_t queue_waiting(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    size_t weight = queue->weight;
    pthread_mutex_unlock(&queue->mutex);
    return weight;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->closed = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}
