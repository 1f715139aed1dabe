/* SPDX-License-Identifier: Apache-2.0
 *
 * db.h - the threads: one writer, readers, workers, others for what takes
 * long, and a hasher.
 *
 * Work crosses threads as a struct job, one owner at a time.  Queues are
 * bounded: full is ERR_BUSY, at once.  A finished job is handed to the
 * function given to db_start, on the thread that ran it; the loop takes over
 * from there.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "db/store.h"
#include "protocol/base_histogram.h"

#define JOB_MAGIC 0x6a6f6221u

struct job;

/* Runs on a thread of the pool; store is NULL on workers and the hasher.  On
 * the writer it runs inside the transaction of the batch; what it returns
 * other than ERR_OK undoes what this job wrote, not the others' work. */
typedef enum err job_run_fn(struct store *store, struct job *job);

struct job {
    unsigned magic; /* JOB_MAGIC */
    struct job *next;
    uint64_t ticket; /* rises with each job that enters the queue */
    job_run_fn *run;
    uint64_t team; /* for fair shares of the queues; 0 for none */
    size_t weight; /* changes it holds, at least 1 */
    bool again;   /* the writer may run it twice: what it leaves is then that of
                      the last time */
    enum err err; /* of run, or of the commit that should have kept it */
};

struct db;

typedef void job_finished_fn(void *ctx, struct job *job);

/**
 * db_start - open the stores and start the threads
 *
 * Takes   finished  called on the threads of the pool
 * Gives   *made
 * Errors  as store_open; *why tells
 * Thread  any
 */
enum err db_start(const char *folder, job_finished_fn *finished, void *ctx,
    struct db **made, struct text *why) MUST_USE;

/**
 * db_write - have a job run by the writer
 *
 * What is queued is taken together (up to the limit "commit"), run one
 * behind the other, committed once, and then finished one by one.
 *
 * Gives   the job belongs to the db until it is finished
 * Errors  ERR_BUSY  the queue, or the team's half of it, is full
 * Thread  any
 */
enum err db_write(struct db *db, struct job *job) MUST_USE;

/**
 * db_read - have a job run by a reader, inside a snapshot
 *
 * Gives   the job belongs to the db until it is finished
 * Errors  ERR_BUSY
 * Thread  any
 */
enum err db_read(struct db *db, struct job *job) MUST_USE;

/**
 * db_work - have a job run by a worker
 *
 * Gives   the job belongs to the db until it is finished
 * Errors  ERR_BUSY
 * Thread  any
 */
enum err db_work(struct db *db, struct job *job) MUST_USE;

/**
 * db_long - have a job run by a thread for what takes seconds
 *
 * These threads give way to all others where processors are scarce, and one
 * team has at most half of them.
 *
 * Gives   the job belongs to the db until it is finished
 * Errors  ERR_BUSY
 * Thread  any
 */
enum err db_long(struct db *db, struct job *job) MUST_USE;

/**
 * db_hash - have a job run by the one thread for passwords
 *
 * Gives   the job belongs to the db until it is finished
 * Errors  ERR_BUSY
 * Thread  any
 */
enum err db_hash(struct db *db, struct job *job) MUST_USE;

/* What the threads have done and have to do. */
struct db_counts {
    size_t writes, reads, works, longs, hashes; /* waiting */
    uint64_t wal_bytes;                         /* after the last commit */
    uint64_t busy_us;       /* of the commit under way, or 0 */
    struct histogram took;  /* microseconds of a commit */
    struct histogram group; /* changes of a commit */
};

/**
 * db_counts - what the threads have done and have to do
 *
 * Gives   *got
 * Thread  any
 */
void db_counts(struct db *db, struct db_counts *got);

/**
 * db_epoch - the epoch of the record, 1 unless restored from a backup
 *
 * Gives   a number
 * Thread  any
 */
uint64_t db_epoch(const struct db *db);

/**
 * db_stop - finish what is queued, end the threads, close the stores
 *
 * Gives   *db NULL; every job was finished
 * Thread  any but those of the pool
 */
void db_stop(struct db **db);

#endif
