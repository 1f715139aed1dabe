/* SPDX-License-Identifier: Apache-2.0
 *
 * editor.c - a file and a process.
 */
#include "client/editor.h"

#include "protocol/base_mem.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int write_all(int fd, const struct text *content)
{
    size_t done = 0;

    while (done < content->len) {
        ssize_t n = write(fd, content->bytes + done, content->len - done);

        if (n < 0 && errno != EINTR)
            return errno;
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

int editor_file(const char *name, const struct text *content, struct text *path)
{
    const char *folder = getenv("TMPDIR");
    struct text made = {0};

    text_printf(
        &made, "%s/diptych-", folder && *folder == '/' ? folder : "/tmp");
    for (; *name; name++)
        text_putc(&made, isalnum((unsigned char)*name) ? *name : '-');
    text_puts(&made, ".XXXXXX.txt");
    int fd = mkostemps(made.bytes, 4, O_CLOEXEC);
    int error = fd < 0 ? errno : write_all(fd, content);
    if (fd >= 0 && close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0)
        text_puts(path, made.bytes);
    else if (fd >= 0)
        (void)unlink(made.bytes);
    text_fini(&made);
    return error;
}

/* The same file, which an editor may have made anew: its text is replaced
 * and not the file. */
int editor_write(const char *path, const struct text *content)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0)
        return errno;
    int error = write_all(fd, content);
    if (close(fd) != 0 && error == 0)
        error = errno;
    return error;
}

/* The shell takes the words of $EDITOR apart, as everybody expects. */
static int spawn(const char *path, pid_t *pid)
{
    static const char script[] =
        "if [ -n \"$VISUAL\" ]; then exec $VISUAL \"$1\"; fi; "
        "if [ -n \"$EDITOR\" ]; then exec $EDITOR \"$1\"; fi; "
        "for e in sensible-editor editor nano vi; do "
        "command -v \"$e\" >/dev/null 2>&1 && exec \"$e\" \"$1\"; done; "
        "exit 127";
    char shell[] = "sh";
    char option[] = "-c";
    char *copy = mem_text(path);
    char *text = mem_text(script);
    char *argv[] = {shell, option, text, shell, copy, NULL};
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t usual;

    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGINT);
    (void)sigaddset(&usual, SIGTERM);
    (void)sigaddset(&usual, SIGHUP);
    (void)sigaddset(&usual, SIGQUIT);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &usual);
    (void)posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawn(pid, "/bin/sh", NULL, &attributes, argv, environ);
    (void)posix_spawnattr_destroy(&attributes);
    free(copy);
    free(text);
    return error;
}

int editor_run(const char *path)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction was[2];
    struct termios found;
    pid_t pid;
    int status = 127;

    /* What is typed at the editor is for the editor. */
    (void)sigaction(SIGINT, &ignore, &was[0]);
    (void)sigaction(SIGQUIT, &ignore, &was[1]);
    bool terminal = tcgetattr(STDIN_FILENO, &found) == 0;
    if (terminal) {
        struct termios usual = found;

        usual.c_lflag |= ECHO | ICANON | ISIG | IEXTEN;
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &usual);
    }
    (void)fflush(stdout);
    if (spawn(path, &pid) == 0) {
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
        status = WIFEXITED(status) ? WEXITSTATUS(status) : 126;
    }
    if (terminal)
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
    (void)sigaction(SIGINT, &was[0], NULL);
    (void)sigaction(SIGQUIT, &was[1], NULL);
    return status;
}
