/* SPDX-License-Identifier: Apache-2.0
 *
 * commit.h - the jobs of one transaction of the writer; for files of db/ alone.
 */
#ifndef DB_COMMIT_H
#define DB_COMMIT_H

#include "db/db.h"

/**
 * commit_jobs - run jobs one behind the other and commit what they wrote
 *
 * Takes   jobs  their err is ERR_OK; at least one
 * Gives   ERR_OK: each job's err is its own, and what those wrote that went
 *         well is on the disk
 * Errors  the fate of all: nothing of any job was written
 * Thread  the writer
 */
enum err commit_jobs(struct store *store, struct job *jobs) MUST_USE;

#endif
