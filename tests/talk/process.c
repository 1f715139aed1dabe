/* SPDX-License-Identifier: Apache-2.0
 *
 * process.c - fork and exec; a pidfd tells the end without waiting in vain.
 */
#include "tests/talk/process.h"

#include "tests/talk/wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn static void become(
    const char *const *argv, const char *folder, const char *err_file, int out)
{
    int err = out;
    int null = open("/dev/null", O_RDONLY);

    (void)setpgid(0, 0);
    if (err_file)
        err = open(err_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (folder && chdir(folder) != 0)
        _exit(126);
    if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        _exit(126);
    closefrom(3);
    /* execvp takes char *const[] and does not write through it. */
    union {
        const char *const *in;
        char *const *out;
    } args = {argv};
    (void)execvp(argv[0], args.out);
    _exit(127);
}

bool process_start(struct process *p, const char *const *argv,
    const char *folder, const char *err_file)
{
    int pipes[2];

    *p = (struct process){.out = -1};
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0)
        become(argv, folder, err_file, pipes[1]);
    (void)close(pipes[1]);
    if (pid < 0) {
        (void)close(pipes[0]);
        return false;
    }
    *p = (struct process){pid, pipes[0]};
    return true;
}

/* Read once; 0 at the end or when the time is over. */
static size_t take(
    struct process *p, char *bytes, size_t room, long long deadline)
{
    struct pollfd fd = {.fd = p->out, .events = POLLIN};
    long long left = deadline - clock_ms();

    if (p->out < 0 || poll(&fd, 1, left > 0 ? (int)left : 0) <= 0)
        return 0;
    ssize_t got = read(p->out, bytes, room);
    return got > 0 ? (size_t)got : 0;
}

bool process_line(struct process *p, struct text *line, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;
    char c;

    while (take(p, &c, 1, deadline)) {
        if (c == '\n')
            return true;
        text_putc(line, c);
    }
    return false;
}

int process_wait(struct process *p, struct text *all, int timeout_ms)
{
    long long deadline = clock_ms() + timeout_ms;
    char bytes[4096];
    size_t got;
    int status = 0;
    bool late = false;

    while ((got = take(p, bytes, sizeof bytes, deadline)) > 0)
        if (all)
            text_add(all, bytes, got);
    struct pollfd fd = {
        .fd = (int)syscall(SYS_pidfd_open, p->pid, 0), .events = POLLIN};
    long long left = deadline - clock_ms();
    if (fd.fd >= 0 && poll(&fd, 1, left > 0 ? (int)left : 0) <= 0) {
        late = true;
        (void)kill(-p->pid, SIGKILL);
    }
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (fd.fd >= 0)
        (void)close(fd.fd);
    if (p->out >= 0)
        (void)close(p->out);
    *p = (struct process){.out = -1};
    if (late)
        return PROCESS_LATE;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int process_run(const char *const *argv, const char *folder, struct text *all,
    int timeout_ms)
{
    struct process p;

    if (!process_start(&p, argv, folder, NULL))
        return -1;
    return process_wait(&p, all, timeout_ms);
}

long process_resident(const struct process *p)
{
    char name[40];
    char line[200];
    long kib = 0;

    (void)snprintf(name, sizeof name, "/proc/%d/status", (int)p->pid);
    FILE *from = fopen(name, "re");
    while (from && fgets(line, sizeof line, from))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (from)
        (void)fclose(from);
    return kib;
}

/* The 14th and 15th word of its stat, counted from behind its name, which may
 * hold blanks. */
double process_used(const struct process *p)
{
    char name[40];
    char line[1024] = "";
    unsigned long ticks = 0;

    (void)snprintf(name, sizeof name, "/proc/%d/stat", (int)p->pid);
    FILE *from = fopen(name, "re");
    if (from && fgets(line, sizeof line, from)) {
        char *at = strrchr(line, ')');

        for (int word = 2; at && word < 14; word++)
            at = strchr(at + 1, ' ');
        for (int i = 0; at && i < 2; i++)
            ticks += strtoul(at, &at, 10);
    }
    if (from)
        (void)fclose(from);
    return (double)ticks / (double)sysconf(_SC_CLK_TCK);
}

size_t process_files(const struct process *p)
{
    char name[40];
    size_t n = 0;

    (void)snprintf(name, sizeof name, "/proc/%d/fd", (int)p->pid);
    DIR *folder = opendir(name);
    while (folder && readdir(folder))
        n++;
    if (folder)
        (void)closedir(folder);
    return n > 2 ? n - 2 : 0;
}
