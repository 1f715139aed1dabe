/* SPDX-License-Identifier: Apache-2.0
 *
 * scale - what the record costs when it is large: changes, pages, the start.
 *
 * Fills a database and keeps a copy of it at 10 000, 100 000, 300 000 and
 * 1 000 000 objects.  Then the four take turns, work by work, so that a machine
 * that is fast now and slow then is so for all of them.  Times are those of the
 * processor.  Nothing passes or fails.
 *
 *   scale FOLDER [MOST [WORK]]   Databases that stand in FOLDER are used again.
 *                                MOST: no more objects than that.
 *                                WORK: the work of that name alone
 */
#include "db/db.h"
#include "protocol/base_mem.h"
#include "tests/bench/large.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Each turn of a work warms the caches of the processor first. */
#define TURNS  12
#define FIRST  4000
#define WARM   16
#define STEPS  50
#define STARTS 5
#define SIZES  (sizeof sizes / sizeof *sizes)
#define WORKS  (sizeof works / sizeof *works)

static const uint64_t sizes[] = {10000, 100000, 300000, 1000000};

static const struct work {
    const char *name;
    large_fn *step;
    size_t objects;     /* a step is one of these */
    size_t warm, steps; /* of a turn */
} works[] = {
    {"set of one field, a commit each", large_set_one, 1, WARM, STEPS},
    {"add of one object, a commit each", large_add_one, 1, WARM, STEPS},
    {"add in batches, per object", large_add_tender, LARGE_TENDER, 0, 1},
    {"page of 100 of the team, the first", large_list_first, 1, WARM, STEPS},
    {"in the middle", large_list_middle, 1, WARM, STEPS},
    {"the last", large_list_last, 1, WARM, STEPS},
    {"page of 100 of a tender, the first", large_list_tender, 1, WARM, STEPS},
};

/* What one work took on one database, and what SQLite counted meanwhile. */
struct taken {
    double us[TURNS * STEPS];
    size_t n;
    uint64_t steps, misses, pages;
};

struct scale {
    struct large of[SIZES];
    struct taken taken[SIZES];
    size_t n;
};

static double now_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Filling. */

static char *path_of(const char *folder, uint64_t size, const char *file)
{
    struct text path = {0};

    text_printf(&path, "%s/%" PRIu64 "%s", folder, size, file);
    return text_take(&path);
}

static void copy_database(const char *from, const char *folder, uint64_t size)
{
    char *path = path_of(folder, size, ""), *to;
    char *file = path_of(folder, size, "/" STORE_FILE);
    struct text source = {0};
    struct stat of = {0};

    text_printf(&source, "%s/" STORE_FILE, from);
    (void)mkdir(path, 0700);
    int in = open(source.bytes, O_RDONLY | O_CLOEXEC);
    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done = in >= 0 && out >= 0 && fstat(in, &of) == 0;
    for (off_t left = of.st_size; done && left > 0;) {
        ssize_t moved = sendfile(out, in, NULL, (size_t)left);

        done = moved > 0;
        left -= moved;
    }
    if (!done) {
        fprintf(stderr, "scale: %s can not be copied\n", source.bytes);
        exit(EXIT_FAILURE);
    }
    to = file;
    close(in);
    close(out);
    free(path);
    free(to);
    text_fini(&source);
}

/* Closing takes the log into the file, so the file alone is the database. */
static void fill(const char *folder, uint64_t most)
{
    struct text path = {0};
    struct large large;

    text_printf(&path, "%s/all", folder);
    (void)mkdir(folder, 0700);
    large_make(&large, path.bytes);
    for (size_t i = 0; i < SIZES && sizes[i] <= most; i++) {
        while (large.objects < sizes[i])
            large_add_tender(&large, large.tenders);
        large_close(&large);
        copy_database(path.bytes, folder, sizes[i]);
        large_open(&large, path.bytes);
    }
    large_close(&large);
    text_fini(&path);
}

/* Measures. */

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

static double median(double *times, size_t n)
{
    qsort(times, n, sizeof *times, compare);
    return times[n / 2];
}

static uint64_t counted(struct large *large, int what)
{
    int now = 0, most = 0;

    (void)sqlite3_db_status(large->store->sql, what, &now, &most, 1);
    return (uint64_t)now;
}

static void take_turn(
    const struct work *work, struct large *large, struct taken *taken)
{
    (void)counted(large, SQLITE_DBSTATUS_CACHE_MISS);
    (void)counted(large, SQLITE_DBSTATUS_CACHE_WRITE);
    for (size_t i = 0; i < work->warm + work->steps; i++) {
        double start = now_us(CLOCK_PROCESS_CPUTIME_ID);

        work->step(large, i);
        if (i >= work->warm)
            taken->us[taken->n++] = (now_us(CLOCK_PROCESS_CPUTIME_ID) - start) /
                                    (double)work->objects;
    }
    taken->steps += (work->warm + work->steps) * work->objects;
    taken->misses += counted(large, SQLITE_DBSTATUS_CACHE_MISS);
    taken->pages += counted(large, SQLITE_DBSTATUS_CACHE_WRITE);
}

/* A server that has run for a while has in its cache what is asked for. */
static void fill_caches(struct scale *scale, const struct work *work)
{
    for (size_t i = 0; i < scale->n && work->warm; i++)
        for (size_t step = 0; step < FIRST; step++)
            work->step(&scale->of[i], step);
}

static void measure(struct scale *scale, const struct work *work)
{
    double first = 0;

    fill_caches(scale, work);

    memset(scale->taken, 0, sizeof scale->taken);
    for (size_t turn = 0; turn < TURNS; turn++)
        for (size_t i = 0; i < scale->n; i++) {
            size_t at = (i + turn) % scale->n;

            take_turn(work, &scale->of[at], &scale->taken[at]);
        }
    printf("%s\n", work->name);
    for (size_t i = 0; i < scale->n; i++) {
        struct taken *taken = &scale->taken[i];
        double us = median(taken->us, taken->n);

        if (i == 0)
            first = us;
        printf("  %8" PRIu64 " objects %8.1f us %6.2f x  %6.2f pages read, "
               "%.2f written\n",
            sizes[i], us, us / first,
            (double)taken->misses / (double)taken->steps,
            (double)taken->pages / (double)taken->steps);
    }
    fflush(stdout);
}

static void no_answer(void *ctx, struct job *job)
{
    (void)ctx;
    (void)job;
}

/* What the threads of a server open, in time that passes. */
static double start_server(const char *folder)
{
    struct text why = {0};
    struct db *db;
    double start = now_us(CLOCK_MONOTONIC);

    if (db_start(folder, no_answer, NULL, &db, &why) != ERR_OK) {
        fprintf(stderr, "scale: %s\n", text_peek(&why));
        exit(EXIT_FAILURE);
    }
    double took = now_us(CLOCK_MONOTONIC) - start;
    db_stop(&db);
    return took;
}

static void close_one(struct large *large, uint64_t size)
{
    double starts[STARTS];
    struct text path = {0};
    struct stat of = {0};
    uint64_t used = counted(large, SQLITE_DBSTATUS_CACHE_USED);
    char *folder = mem_text(large->folder);

    large_close(large);
    text_printf(&path, "%s/" STORE_FILE, folder);
    (void)stat(path.bytes, &of);
    for (size_t i = 0; i < STARTS; i++)
        starts[i] = start_server(folder);
    printf("  %8" PRIu64 " objects %8.1f ms to start, file %lld MiB, cache of "
           "the writer %.0f MiB\n",
        size, median(starts, STARTS) / 1e3, (long long)of.st_size / 1048576,
        (double)used / 1048576);
    text_fini(&path);
    free(folder);
}

int main(int argc, char **argv)
{
    struct scale *scale = mem_new(sizeof *scale);
    uint64_t most = argc > 2 ? strtoull(argv[2], NULL, 10) : sizes[SIZES - 1];

    if (argc < 2 || most < sizes[0]) {
        fprintf(stderr, "usage: scale FOLDER [MOST [WORK]]\n");
        return EXIT_FAILURE;
    }
    if (access(argv[1], F_OK) != 0)
        fill(argv[1], most);
    for (; scale->n < SIZES && sizes[scale->n] <= most; scale->n++) {
        char *path = path_of(argv[1], sizes[scale->n], "");

        large_open(&scale->of[scale->n], path);
        free(path);
    }
    for (size_t i = 0; i < WORKS; i++)
        if (argc < 4 || strcmp(argv[3], works[i].name) == 0)
            measure(scale, &works[i]);
    puts("the server");
    for (size_t i = 0; i < scale->n; i++)
        close_one(&scale->of[i], sizes[i]);
    free(scale);
    return EXIT_SUCCESS;
}
