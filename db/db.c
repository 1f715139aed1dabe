/* SPDX-License-Identifier: Apache-2.0
 *
 * db.c - the threads over the record.
 *
 * One writer owns the only connection that writes and checkpoints; what has
 * queued up while one commit was on its way to the disk shares the next.  A
 * disk that fails leaves memory and disk different: the process then ends
 * without answering anybody, and the journal on the disk is the truth.
 */
#include "db/db.h"

#include "db/commit.h"
#include "db/inside.h"
#include "db/queue.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define READERS 2
#define WORKERS 2
/* More than processors, so that nobody's long work holds up all others'. */
#define LONG_WORKERS 4
/* How much their threads give way to others. */
#define LONG_NICE 10
/* sysexits.h EX_SOFTWARE: whoever watches the server starts it again. */
#define STATUS_DISK 70

struct thread {
    pthread_t id;
    struct db *db;
    struct queue *queue;
    struct store *store; /* NULL for workers and the hasher */
};

struct db {
    job_finished_fn *finished;
    void *ctx;
    uint64_t epoch;
    struct queue writes, reads, works, longs, hashes;
    pthread_mutex_t lock; /* guards what follows, of the writer */
    uint64_t wal_bytes;
    uint64_t busy_since; /* 0: it waits for work */
    struct histogram took, group;
    struct thread threads[1 + READERS + WORKERS + LONG_WORKERS + 1];
    size_t threads_n; /* that have been started */
};

static void finish(struct db *db, struct job *job)
{
    job->next = NULL;
    db->finished(db->ctx, job);
}

static void finish_all(struct db *db, struct job *jobs)
{
    while (jobs) {
        struct job *next = jobs->next;

        finish(db, jobs);
        jobs = next;
    }
}

_Noreturn static void stop_on_disk_error(const char *what)
{
    fprintf(stderr, "the disk failed at %s; ending without answering\n", what);
    _exit(STATUS_DISK);
}

static uint64_t now_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void count_commit(
    struct thread *self, const struct job *jobs, uint64_t started)
{
    struct db *db = self->db;
    size_t weight = 0;

    for (const struct job *job = jobs; job; job = job->next)
        weight += job->weight;
    pthread_mutex_lock(&db->lock);
    db->wal_bytes = self->store->wal_bytes;
    histogram_add(&db->took, now_us() - started);
    histogram_add(&db->group, weight);
    pthread_mutex_unlock(&db->lock);
}

static void note_busy(struct db *db, uint64_t since)
{
    pthread_mutex_lock(&db->lock);
    db->busy_since = since;
    pthread_mutex_unlock(&db->lock);
}

static void write_batch(struct thread *self, struct job *jobs)
{
    uint64_t started = now_us();

    note_busy(self->db, started);
    for (struct job *job = jobs; job; job = job->next)
        job->err = ERR_OK;
    enum err err = commit_jobs(self->store, jobs);
    if (err == ERR_UNAVAILABLE)
        stop_on_disk_error("a commit");
    if (err == ERR_OK)
        count_commit(self, jobs, started);
    for (struct job *job = jobs; job && err != ERR_OK; job = job->next)
        if (job->err == ERR_OK)
            job->err = err;
    finish_all(self->db, jobs);
}

static void *run_writer(void *ctx)
{
    struct thread *self = ctx;
    struct job *jobs;

    while ((jobs = queue_take(self->queue)) != NULL) {
        write_batch(self, jobs);
        if (queue_is_empty(self->queue) ||
            self->store->wal_bytes >= LIMIT_NOW(WAL_TRUNCATE))
            store_tidy(self->store);
        /* An fsync that failed must not be tried again: the kernel may have
         * dropped what it could not write. */
        if (self->store->disk_failed)
            stop_on_disk_error("a checkpoint");
        note_busy(self->db, 0);
    }
    return NULL;
}

static void *run_reader(void *ctx)
{
    struct thread *self = ctx;
    struct job *job;

    while ((job = queue_take(self->queue)) != NULL) {
        job->err = store_begin(self->store);
        if (job->err == ERR_OK) {
            job->err = job->run(self->store, job);
            store_rollback(self->store);
        }
        finish(self->db, job);
    }
    return NULL;
}

static void *run_worker(void *ctx)
{
    struct thread *self = ctx;
    struct job *job;

    while ((job = queue_take(self->queue)) != NULL) {
        job->err = job->run(NULL, job);
        finish(self->db, job);
    }
    return NULL;
}

/* A thread of Linux has its own niceness; where that can not be set it only
 * gives way less. */
static void *run_long_worker(void *ctx)
{
    struct thread *self = ctx;
    struct job *job;

    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), LONG_NICE);
    while ((job = queue_take(self->queue)) != NULL) {
        job->err = job->run(NULL, job);
        queue_done(self->queue, job->team);
        finish(self->db, job);
    }
    return NULL;
}

/* Signals are for the loop. */
static void start_thread(struct db *db, struct queue *queue,
    struct store *store, void *(*run)(void *))
{
    struct thread *thread = &db->threads[db->threads_n++];
    sigset_t all, old;

    *thread = (struct thread){.db = db, .queue = queue, .store = store};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    INSIST(pthread_create(&thread->id, NULL, run, thread) == 0);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void start_threads(
    struct db *db, struct store *writer, struct store *const *readers)
{
    queue_init(&db->writes, LIMIT_ROW_WRITES, LIMIT_ROW_COMMIT, 0);
    queue_init(&db->reads, LIMIT_ROW_READS, LIMIT_COUNT, 0);
    queue_init(&db->works, LIMIT_ROW_READS, LIMIT_COUNT, 0);
    queue_init(&db->longs, LIMIT_ROW_LONGS, LIMIT_COUNT, LONG_WORKERS / 2);
    queue_init(&db->hashes, LIMIT_ROW_LOGINS, LIMIT_COUNT, 0);
    start_thread(db, &db->writes, writer, run_writer);
    for (int i = 0; i < READERS; i++)
        start_thread(db, &db->reads, readers[i], run_reader);
    for (int i = 0; i < WORKERS; i++)
        start_thread(db, &db->works, NULL, run_worker);
    for (int i = 0; i < LONG_WORKERS; i++)
        start_thread(db, &db->longs, NULL, run_long_worker);
    start_thread(db, &db->hashes, NULL, run_worker);
}

/* The writer is opened first: it recovers the write-ahead log. */
enum err db_start(const char *folder, job_finished_fn *finished, void *ctx,
    struct db **made, struct text *why)
{
    struct store *writer, *readers[READERS] = {0};
    enum err err = store_open(folder, STORE_WRITE, &writer, why);

    if (err != ERR_OK)
        return err;
    for (int i = 0; i < READERS && err == ERR_OK; i++)
        err = store_open(folder, STORE_READ, &readers[i], why);
    if (err != ERR_OK) {
        for (int i = 0; i < READERS; i++)
            store_close(&readers[i]);
        store_close(&writer);
        return err;
    }
    struct db *db = mem_new(sizeof *db);
    db->finished = finished;
    INSIST(pthread_mutex_init(&db->lock, NULL) == 0);
    db->ctx = ctx;
    db->epoch = writer->epoch;
    start_threads(db, writer, readers);
    *made = db;
    return ERR_OK;
}

enum err db_write(struct db *db, struct job *job)
{
    return queue_add(&db->writes, job);
}

enum err db_read(struct db *db, struct job *job)
{
    return queue_add(&db->reads, job);
}

enum err db_work(struct db *db, struct job *job)
{
    return queue_add(&db->works, job);
}

enum err db_long(struct db *db, struct job *job)
{
    return queue_add(&db->longs, job);
}

enum err db_hash(struct db *db, struct job *job)
{
    return queue_add(&db->hashes, job);
}

void db_counts(struct db *db, struct db_counts *got)
{
    *got = (struct db_counts){.writes = queue_waiting(&db->writes),
        .reads = queue_waiting(&db->reads),
        .works = queue_waiting(&db->works),
        .longs = queue_waiting(&db->longs),
        .hashes = queue_waiting(&db->hashes)};
    pthread_mutex_lock(&db->lock);
    got->wal_bytes = db->wal_bytes;
    got->busy_us = db->busy_since ? now_us() - db->busy_since : 0;
    got->took = db->took;
    got->group = db->group;
    pthread_mutex_unlock(&db->lock);
}

uint64_t db_epoch(const struct db *db)
{
    return db->epoch;
}

/* Readers are closed first, so that the writer takes the log with it. */
void db_stop(struct db **db)
{
    struct db *d = *db;
    struct queue *queues[] = {
        &d->writes, &d->reads, &d->works, &d->longs, &d->hashes};
    const size_t queues_n = sizeof queues / sizeof(struct queue *);

    *db = NULL;
    for (size_t i = 0; i < queues_n; i++)
        queue_close(queues[i]);
    for (size_t i = 0; i < d->threads_n; i++)
        INSIST(pthread_join(d->threads[i].id, NULL) == 0);
    for (size_t i = d->threads_n; i-- > 0;)
        store_close(&d->threads[i].store);
    for (size_t i = 0; i < queues_n; i++)
        queue_fini(queues[i]);
    pthread_mutex_destroy(&d->lock);
    free(d);
}
