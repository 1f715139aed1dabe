/* SPDX-License-Identifier: Apache-2.0
 *
 * talk [FILE...] - play conversations with a real server over real TLS.
 *
 * Without FILE all conversations of this folder and all examples of the pages
 * in docs/ and README.md are played, and it is checked that together they
 * speak every verb, hear every error, set fields of every type and compare each
 * type by each operator that it takes.  $BUILD says where the programs
 * stand.  Each conversation plays in a process and on a stage of its own, as
 * many at once as there are processors.
 */
#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/err.h"
#include "protocol/kind.h"
#include "tests/talk/play.h"
#include "tests/talk/wire.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct run {
    struct stage stage;
    char seen_file[64];
    pid_t *pids;    /* of the conversation at the same place */
    FILE **reports; /* what it wrote */
    long long *began;
    char **files;
    size_t n, passed, failed;
};

/* Errors that a conversation can not provoke: a full disk or queue, a mistake
 * of the server, a history that was thrown away.  Unit tests show those. */
static bool is_out_of_reach(enum err err)
{
    return err == ERR_BUSY || err == ERR_FULL || err == ERR_UNAVAILABLE ||
           err == ERR_INTERNAL;
}

static bool play_file(struct run *run, size_t at, FILE *to)
{
    struct script script;
    struct stage stage;
    struct text report = {0};
    struct text seen = {0};
    char name[24];
    bool good = false;

    (void)snprintf(name, sizeof name, "%zu", at);
    if (script_read(run->files[at], &script, &report)) {
        if (stage_copy(&run->stage, name, &stage, &report)) {
            good = play_script(&script, &stage, &report, &seen);
            stage_free(&stage);
        }
        script_fini(&script);
    }
    (void)fputs(text_peek(&report), to);
    text_fini(&report);
    int fd = open(run->seen_file, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd >= 0) {
        /* One write appends as a whole. */
        if (seen.len && write(fd, seen.bytes, seen.len) < 0)
            good = false;
        (void)close(fd);
    }
    text_fini(&seen);
    return good;
}

static void start_one(struct run *run, size_t at)
{
    run->reports[at] = tmpfile();
    if (run->reports[at] == NULL) {
        run->failed++;
        return;
    }
    (void)fflush(stdout);
    run->began[at] = clock_ms();
    run->pids[at] = fork();
    if (run->pids[at] == 0) {
        bool good = play_file(run, at, run->reports[at]);

        (void)fflush(run->reports[at]);
        _exit(good ? 0 : 1);
    }
}

static void copy_report(FILE *from)
{
    char bytes[4096];
    size_t got;

    rewind(from);
    while ((got = fread(bytes, 1, sizeof bytes, from)) > 0)
        (void)fwrite(bytes, 1, got, stdout);
    (void)fclose(from);
}

static long long in_ms(struct timeval time)
{
    return time.tv_sec * 1000LL + time.tv_usec / 1000;
}

static void finish_one(struct run *run)
{
    int status;
    struct rusage used;
    pid_t pid = wait4(-1, &status, 0, &used);

    for (size_t i = 0; i < run->n; i++) {
        if (pid <= 0 || run->pids[i] != pid)
            continue;
        bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        run->passed += good;
        run->failed += !good;
        copy_report(run->reports[i]);
        printf("%s %s, %lld ms, %lld ms of processor time\n",
            good ? "ok    " : "FAILED", run->files[i],
            clock_ms() - run->began[i],
            in_ms(used.ru_utime) + in_ms(used.ru_stime));
    }
}

static void play_all(struct run *run)
{
    long jobs = sysconf(_SC_NPROCESSORS_ONLN);
    long running = 0;

    run->pids = mem_new(run->n * sizeof *run->pids);
    run->reports = mem_new(run->n * sizeof(FILE *));
    run->began = mem_new(run->n * sizeof *run->began);
    for (size_t i = 0; i < run->n; i++) {
        if (running == jobs) {
            finish_one(run);
            running--;
        }
        start_one(run, i);
        running += run->pids[i] > 0;
    }
    while (running-- > 0)
        finish_one(run);
    free(run->pids);
    free(run->reports);
    free(run->began);
}

static bool was_seen(const char *all, const char *what, const char *word)
{
    struct text line = {0};

    text_printf(&line, "\n%s %s\n", what, word);
    bool found = strstr(all, text_peek(&line)) != NULL;
    text_fini(&line);
    return found;
}

/* For the gate that asks whether each limit was met at its edge. */
static void hand_on_limits(const char *all)
{
    const char *file = getenv("LIMITS_MET");
    FILE *to = file ? fopen(file, "ae") : NULL;

    if (to == NULL)
        return;
    for (const char *p = all; *p;) {
        size_t len = strcspn(p, "\n");

        if (strncmp(p, "limit ", 6) == 0)
            (void)fprintf(to, "%.*s\n", (int)len, p);
        p += len + (p[len] == '\n');
    }
    (void)fclose(to);
}

static size_t report_gap(const char *all, const char *what, const char *word)
{
    if (was_seen(all, what, word))
        return 0;
    printf("no conversation %s %s\n", what, word);
    return 1;
}

/* Types that some field has: each is set, and compared by each operator that
 * it takes. */
static size_t check_types(const char *all)
{
    size_t gaps = 0;
    bool used[TYPE_COUNT] = {false};

    for (size_t i = 0; i < FIELD_COUNT; i++)
        used[fields[i].type] = true;
    for (int i = 0; i < TYPE_COUNT; i++) {
        enum type type = (enum type)i;
        const char *p = type_operators(type);

        if (!used[i])
            continue;
        gaps += report_gap(all, "type", type_word(type));
        while (*p) {
            struct text both = {0};
            size_t len = strcspn(p, " ");

            text_printf(&both, "%s %.*s", type_word(type), (int)len, p);
            gaps += report_gap(all, "compare", both.bytes);
            text_fini(&both);
            p += len;
            p += *p == ' ';
        }
    }
    return gaps;
}

/* A verb that no conversation speaks and an error that none hears is a gap in
 * the tests, and counts as a failure. */
static void check_seen(struct run *run, const char *all)
{
    size_t gaps = 0;

    for (int i = 0; i < CMD_COUNT; i++)
        if (!was_seen(all, "verb", commands[i].name)) {
            printf("no conversation says %s\n", commands[i].name);
            gaps++;
        }
    for (int i = ERR_OK + 1; i < ERR_COUNT; i++)
        if (!is_out_of_reach((enum err)i) &&
            !was_seen(all, "code", err_word((enum err)i))) {
            printf("no conversation hears err %s\n", err_word((enum err)i));
            gaps++;
        }
    gaps += check_types(all);
    run->passed += gaps == 0;
    run->failed += gaps != 0;
}

static void read_seen(const struct run *run, struct text *all)
{
    char bytes[4096];
    FILE *from = fopen(run->seen_file, "re");
    size_t got;

    text_putc(all, '\n');
    while (from && (got = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(all, bytes, got);
    if (from)
        (void)fclose(from);
}

int main(int argc, char **argv)
{
    struct run run = {.files = argv + 1, .n = (size_t)(argc - 1)};
    const char *build = getenv("BUILD");
    struct text why = {0};
    struct text seen = {0};
    glob_t found = {0};

    if (run.n == 0) {
        (void)glob("tests/talk/*.talk", 0, NULL, &found);
        (void)glob("docs/*.md", GLOB_APPEND, NULL, &found);
        (void)glob("README.md", GLOB_APPEND, NULL, &found);
        run.files = found.gl_pathv;
        run.n = found.gl_pathc;
    }
    if (!stage_new(build ? build : "build", &run.stage, &why)) {
        (void)fputs(text_peek(&why), stdout);
        puts("0 passed, 1 failed");
        return EXIT_FAILURE;
    }
    (void)snprintf(
        run.seen_file, sizeof run.seen_file, "%s.seen", run.stage.folder);
    int fd = open(run.seen_file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        (void)close(fd);
    play_all(&run);
    read_seen(&run, &seen);
    hand_on_limits(seen.bytes);
    if (argc == 1)
        check_seen(&run, seen.bytes);
    text_fini(&seen);
    (void)unlink(run.seen_file);
    globfree(&found);
    stage_free(&run.stage);
    text_fini(&why);
    printf("%zu passed, %zu failed\n", run.passed, run.failed);
    return run.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
