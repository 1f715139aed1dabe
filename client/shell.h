/* SPDX-License-Identifier: Apache-2.0
 *
 * shell.h - a program that the person has chosen, started by the shell, which
 * takes the words of $EDITOR and $PAGER apart as everybody expects.
 */
#ifndef CLIENT_SHELL_H
#define CLIENT_SHELL_H

#include <signal.h>
#include <spawn.h>

/**
 * shell_start - start a script, with no signal blocked
 *
 * Takes   argument  "$1" of the script; NULL for none
 *         files     what becomes of files; NULL for nothing
 *         usual     signals that do again what they do by themselves
 * Gives   0 and *pid, to be waited for; or an errno
 * Thread  any
 */
int shell_start(const char *script, const char *argument,
    const posix_spawn_file_actions_t *files, const sigset_t *usual, pid_t *pid);

#endif
