/* SPDX-License-Identifier: Apache-2.0
 *
 * process.h - running other programs with a deadline.
 */
#ifndef TESTS_TALK_PROCESS_H
#define TESTS_TALK_PROCESS_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <sys/types.h>

/* How a program ended that was killed since its time was over. */
#define PROCESS_LATE (-2)

struct process {
    pid_t pid; /* 0: none */
    int out;   /* what it writes comes out here; -1: none */
};

/**
 * process_start - start a program in a process group of its own
 *
 * Takes   argv      NULL-ended; the first is looked up in PATH
 *         folder    to run in, NULL for this one
 *         err_file  stderr is appended to it; NULL: goes where stdout goes
 * Gives   whether it was started; *p
 * Thread  any
 */
bool process_start(struct process *p, const char *const *argv,
    const char *folder, const char *err_file);

/**
 * process_line - read one line that it writes
 *
 * Gives   true and *line grown by it, without its end; false at its end or
 *         when the time is over
 * Thread  the one that owns *p
 */
bool process_line(struct process *p, struct text *line, int timeout_ms);

/**
 * process_wait - wait for the end
 *
 * Takes   all  NULL, or grown by everything it still writes
 * Gives   its exit status, minus the signal that ended it, or PROCESS_LATE
 *         when it had to be killed; *p is none
 * Thread  the one that owns *p
 */
int process_wait(struct process *p, struct text *all, int timeout_ms);

/**
 * process_run - start a program and wait for its end
 *
 * Gives   as process_wait; -1 when it could not be started
 * Thread  any
 */
int process_run(const char *const *argv, const char *folder, struct text *all,
    int timeout_ms);

/**
 * process_resident - how much memory a program holds
 *
 * Gives   KiB; 0 when it does not run
 * Thread  any
 */
long process_resident(const struct process *p);

/**
 * process_used - how much processor time a program has used so far
 *
 * Gives   seconds, of all its threads; 0 when it does not run
 * Thread  any
 */
double process_used(const struct process *p);

/**
 * process_files - how many files and sockets a program has open
 *
 * Gives   a count; 0 when it does not run
 * Thread  any
 */
size_t process_files(const struct process *p);

#endif
