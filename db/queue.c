/* SPDX-License-Identifier: Apache-2.0
 *
 * queue.c - the bounded queues between the loop and the threads.
 */
#include "db/queue.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

void queue_init(struct queue *queue, size_t limit)
{
    *queue = (struct queue){.limit = limit};
    INSIST(pthread_mutex_init(&queue->mutex, NULL) == 0);
    INSIST(pthread_cond_init(&queue->filled, NULL) == 0);
}

void queue_fini(struct queue *queue)
{
    INSIST(queue->first == NULL);
    pthread_mutex_destroy(&queue->mutex);
    pthread_cond_destroy(&queue->filled);
    free(queue->shares);
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

static void add_share(struct queue *queue, const struct job *job)
{
    struct share *share = find_share(queue, job->team);

    queue->weight += charge(queue, job);
    if (job->team == 0)
        return;
    if (share == NULL) {
        queue->shares = mem_grow(queue->shares, &queue->shares_room,
            queue->shares_n + 1, sizeof *queue->shares);
        share = &queue->shares[queue->shares_n++];
        *share = (struct share){.team = job->team};
    }
    share->weight += charge(queue, job);
}

static void drop_share(struct queue *queue, const struct job *job)
{
    struct share *share = find_share(queue, job->team);

    queue->weight -= charge(queue, job);
    if (job->team == 0)
        return;
    INSIST(share && share->weight >= charge(queue, job));
    share->weight -= charge(queue, job);
    if (share->weight == 0)
        *share = queue->shares[--queue->shares_n];
}

static bool is_full(struct queue *queue, uint64_t team)
{
    const struct share *share = team ? find_share(queue, team) : NULL;

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
        if (queue->last)
            queue->last->next = job;
        else
            queue->first = job;
        queue->last = job;
        add_share(queue, job);
        pthread_cond_signal(&queue->filled);
    }
    pthread_mutex_unlock(&queue->mutex);
    return err;
}

/* Jobs from the front, as many as fit; never none. */
static struct job *cut_front(struct queue *queue, size_t most)
{
    struct job *first = queue->first, *last = NULL;
    size_t weight = 0;

    for (struct job *job = first; job; job = job->next) {
        if (last && weight + job->weight > most)
            break;
        weight += job->weight;
        drop_share(queue, job);
        last = job;
    }
    if (last) {
        queue->first = last->next;
        last->next = NULL;
    }
    if (queue->first == NULL)
        queue->last = NULL;
    return first;
}

struct job *queue_take(struct queue *queue, size_t most)
{
    pthread_mutex_lock(&queue->mutex);
    while (queue->first == NULL && !queue->closed)
        pthread_cond_wait(&queue->filled, &queue->mutex);
    struct job *jobs = cut_front(queue, most);
    pthread_mutex_unlock(&queue->mutex);
    return jobs;
}

bool queue_is_empty(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    bool empty = queue->first == NULL;
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
