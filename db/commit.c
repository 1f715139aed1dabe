/* SPDX-License-Identifier: Apache-2.0
 *
 * commit.c - many jobs in one transaction, where one that fails undoes itself
 * alone.
 *
 * A savepoint for each job would do that, and be paid for by every page that is
 * written, which SQLite then copies first.  Nearly all jobs go well, and nearly
 * all that fail do so before they have written anything; so jobs that may run
 * again run without.  Should one fail too late, the whole transaction is rolled
 * back, and the jobs run again, each in a savepoint.
 */
#include "db/commit.h"

#include "db/inside.h"

/* Runs a job; what comes back ends the transaction. */
static enum err run_job(struct store *store, struct job *job)
{
    store->covered = job->again;
    job->err = job->run(store, job);
    store->covered = false;
    if (job->err == ERR_UNAVAILABLE)
        return ERR_UNAVAILABLE;
    if (!store_is_writing(store))
        return job->err == ERR_OK ? ERR_INTERNAL : job->err;
    return ERR_OK;
}

static enum err run_saved(struct store *store, struct job *job)
{
    enum err err = sql_run(store_fixed(store, STATEMENT_SAVE_JOB));

    if (err == ERR_OK)
        err = run_job(store, job);
    if (err == ERR_OK && job->err != ERR_OK)
        err = sql_run(store_fixed(store, STATEMENT_UNDO_JOB));
    if (err == ERR_OK)
        err = sql_run(store_fixed(store, STATEMENT_KEEP_JOB));
    return err;
}

/* A statement that the engine gave up may have left a part of its work. */
static bool is_of_engine(enum err err)
{
    return err == ERR_INTERNAL || err == ERR_FULL || err == ERR_LIMIT ||
           err == ERR_BUSY;
}

static enum err run_bare(struct store *store, struct job *job, bool *spoiled)
{
    uint64_t before = dialect_changes(store->sql);
    enum err err = run_job(store, job);

    *spoiled =
        err == ERR_OK && job->err != ERR_OK &&
        (is_of_engine(job->err) || dialect_changes(store->sql) != before);
    return err;
}

/* *spoiled: a job failed when it had written, and all that was written must
 * go. */
static enum err run_all(
    struct store *store, struct job *jobs, bool bare, bool *spoiled)
{
    enum err err = store_begin(store);

    *spoiled = false;
    for (struct job *job = jobs; job && err == ERR_OK && !*spoiled;
         job = job->next)
        err = bare ? run_bare(store, job, spoiled) : run_saved(store, job);
    return err;
}

static bool may_run_again(const struct job *jobs)
{
    for (const struct job *job = jobs; job; job = job->next)
        if (!job->again)
            return false;
    return true;
}

enum err commit_jobs(struct store *store, struct job *jobs)
{
    bool spoiled;
    enum err err = run_all(store, jobs, may_run_again(jobs), &spoiled);

    if (err == ERR_OK && spoiled) {
        store_rollback(store);
        err = run_all(store, jobs, false, &spoiled);
    }
    if (err == ERR_OK)
        return store_commit(store);
    store_rollback(store);
    return err;
}
