/* SPDX-License-Identifier: Apache-2.0
 *
 * pager.c - a pipe to a program that shows one screen after the other.
 */
#include "client/show/pager.h"

#include "client/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_wanted(
    const struct client *client, const struct page *page, FILE *out)
{
    const char *terminal = getenv("TERM");
    const char *pager = getenv("PAGER");
    struct winsize size;

    if (client->set.value[OPTION_NO_PAGER] || out != stdout ||
        !isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO) || terminal == NULL ||
        strcmp(terminal, "dumb") == 0 || (pager && *pager == '\0'))
        return false;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row &&
           page->n + 1 > size.ws_row;
}

/* The shell takes the words of $PAGER apart.  Without any pager the page is
 * printed as it is. */
static int spawn(int input, int other, pid_t *pid)
{
    static const char script[] =
        "if [ -n \"$PAGER\" ]; then exec $PAGER; fi; "
        "if command -v less >/dev/null 2>&1; then exec less -FRX; fi; "
        "exec cat";
    posix_spawn_file_actions_t files;
    sigset_t usual;

    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGINT);
    (void)sigaddset(&usual, SIGPIPE);
    (void)posix_spawn_file_actions_init(&files);
    (void)posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    (void)posix_spawn_file_actions_addclose(&files, input);
    (void)posix_spawn_file_actions_addclose(&files, other);
    int error = shell_start(script, NULL, &files, &usual, pid);
    (void)posix_spawn_file_actions_destroy(&files);
    return error;
}

/* Whoever leaves the pager early has read enough: that is no failure, and
 * Ctrl-C belongs to the pager. */
static bool show_paged(const struct page *page)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction pipe_was;
    struct sigaction interrupt_was;
    int ends[2];
    pid_t pid;
    int status;

    (void)fflush(stdout);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    (void)sigaction(SIGPIPE, &ignore, &pipe_was);
    (void)sigaction(SIGINT, &ignore, &interrupt_was);
    int error = spawn(ends[0], ends[1], &pid);
    (void)close(ends[0]);
    FILE *to = error ? NULL : fdopen(ends[1], "w");
    if (to) {
        page_print(page, to);
        (void)fclose(to);
    } else {
        (void)close(ends[1]);
    }
    while (error == 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    (void)sigaction(SIGPIPE, &pipe_was, NULL);
    (void)sigaction(SIGINT, &interrupt_was, NULL);
    return to != NULL;
}

void pager_print(
    const struct client *client, const struct page *page, FILE *out)
{
    if (!is_wanted(client, page, out) || !show_paged(page))
        page_print(page, out);
}
