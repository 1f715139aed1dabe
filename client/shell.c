/* SPDX-License-Identifier: Apache-2.0
 *
 * shell.c - starting the shell.
 */
#include "client/shell.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <unistd.h>

int shell_start(const char *script, const char *argument,
    const posix_spawn_file_actions_t *files, const sigset_t *usual, pid_t *pid)
{
    char shell[] = "sh";
    char option[] = "-c";
    char *text = mem_text(script);
    char *copy = argument ? mem_text(argument) : NULL;
    char *argv[] = {shell, option, text, shell, copy, NULL};
    posix_spawnattr_t attributes;
    sigset_t none;

    (void)sigemptyset(&none);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, usual);
    (void)posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawn(pid, "/bin/sh", files, &attributes, argv, environ);
    (void)posix_spawnattr_destroy(&attributes);
    free(copy);
    free(text);
    return error;
}
