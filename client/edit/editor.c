/* SPDX-License-Identifier: Apache-2.0
 *
 * editor.c - a file and a process.
 */
#include "client/edit/editor.h"

#include "client/file.h"
#include "client/shell.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

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
    int error = fd < 0 ? errno : file_write(fd, content);
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
    int error = file_write(fd, content);
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
    sigset_t usual;

    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGINT);
    (void)sigaddset(&usual, SIGTERM);
    (void)sigaddset(&usual, SIGHUP);
    (void)sigaddset(&usual, SIGQUIT);
    return shell_start(script, path, NULL, &usual, pid);
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
