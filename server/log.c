/* SPDX-License-Identifier: Apache-2.0
 *
 * log.c - lines for standard error, and the thread that writes them.
 *
 * The queue is one text behind a mutex; the thread takes all of it at once.
 * It waits for its reader with poll and writes no more than a pipe takes
 * whole, so it never stands still in a write and can always be ended.
 */
#include "server/log.h"

#include "protocol/base_mem.h"
#include "protocol/types.h"
#include "protocol/words.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Bytes that wait for the reader; some thousand lines. */
#define QUEUE_MOST ((size_t)1024 * 1024)
/* What a reader that stands still is given when the server ends. */
#define LAST_WAIT_MS 500
#define POLL_MS      100

static struct {
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t filled;
    struct text waiting;
    uint64_t lost;      /* in all */
    uint64_t lost_told; /* of them */
    bool running, ending;
    pthread_t thread;
} writer = {
    .lock = PTHREAD_MUTEX_INITIALIZER, .filled = PTHREAD_COND_INITIALIZER};

static _Atomic int wanted = LOG_LEVEL_INFO;

/* Lines. */

/* JOURNAL_STREAM names device and inode of the journal's socket; a standard
 * error that was sent elsewhere since is another one. */
static bool is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct text here = {0};
    struct stat is;

    if (stream == NULL || fstat(STDERR_FILENO, &is) != 0)
        return false;
    text_printf(&here, "%llu:%llu", (unsigned long long)is.st_dev,
        (unsigned long long)is.st_ino);
    bool same = strcmp(stream, text_peek(&here)) == 0;
    text_fini(&here);
    return same;
}

static void print_line(struct text *to, enum log_id id, const char *words)
{
    const struct log_row *row = &log_rows[id];
    struct timespec now;

    if (is_journal()) {
        text_printf(to, "<%d>", (int)row->level);
    } else {
        (void)clock_gettime(CLOCK_REALTIME, &now);
        text_puts(to, "time=");
        time_print(
            to, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, true);
        text_putc(to, ' ');
    }
    text_printf(to, "level=%s what=%s%s%s\n", log_level_word(row->level),
        row->word, *words ? " " : "", words);
}

/* The thread. */

/* Whether standard error takes more within a moment, or shows that it never
 * will, which a write then finds out. */
static bool may_write(int ms)
{
    struct pollfd to = {.fd = STDERR_FILENO, .events = POLLOUT};
    int got = poll(&to, 1, ms);

    return got > 0 || (got < 0 && errno != EINTR);
}

static bool is_ending(void)
{
    pthread_mutex_lock(&writer.lock);
    bool ending = writer.ending;
    pthread_mutex_unlock(&writer.lock);
    return ending;
}

/* Waits for the reader as long as the server runs, and not for long when it
 * ends. */
static bool wait_for_reader(void)
{
    int left = LAST_WAIT_MS;

    while (!may_write(POLL_MS))
        if (is_ending() && (left -= POLL_MS) <= 0)
            return false;
    return true;
}

/* A log that can not be written is no reason to stop serving. */
static void write_lines(const struct text *lines)
{
    size_t done = 0;

    while (done < lines->len && wait_for_reader()) {
        size_t len = lines->len - done;
        ssize_t got = write(STDERR_FILENO, lines->bytes + done,
            len < PIPE_BUF ? len : PIPE_BUF);

        if (got < 0 && errno != EINTR && errno != EAGAIN)
            return;
        done += got > 0 ? (size_t)got : 0;
    }
}

/* The line that tells of lines that were lost; under the lock. */
static void tell_lost(struct text *to)
{
    char words[32];

    if (writer.lost == writer.lost_told)
        return;
    (void)snprintf(words, sizeof words, "n=%llu",
        (unsigned long long)(writer.lost - writer.lost_told));
    print_line(to, LOG_LINES_LOST, words);
    writer.lost_told = writer.lost;
}

static void *run_writer(void *ctx)
{
    (void)ctx;
    pthread_mutex_lock(&writer.lock);
    for (;;) {
        while (writer.waiting.len == 0 && !writer.ending)
            pthread_cond_wait(&writer.filled, &writer.lock);
        if (writer.waiting.len == 0)
            break;
        struct text lines = writer.waiting;
        writer.waiting = (struct text){0};
        tell_lost(&lines);
        pthread_mutex_unlock(&writer.lock);
        write_lines(&lines);
        text_fini(&lines);
        pthread_mutex_lock(&writer.lock);
    }
    pthread_mutex_unlock(&writer.lock);
    return NULL;
}

void log_start(void)
{
    sigset_t all, old;

    INSIST(!writer.running);
    writer.ending = false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    INSIST(pthread_create(&writer.thread, NULL, run_writer, NULL) == 0);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_mutex_lock(&writer.lock);
    writer.running = true;
    pthread_mutex_unlock(&writer.lock);
}

void log_stop(void)
{
    pthread_mutex_lock(&writer.lock);
    writer.running = false;
    writer.ending = true;
    pthread_cond_signal(&writer.filled);
    pthread_mutex_unlock(&writer.lock);
    INSIST(pthread_join(writer.thread, NULL) == 0);
}

/* Events. */

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&wanted, (int)level, memory_order_relaxed);
}

bool log_wants(enum log_id id)
{
    return (int)log_rows[id].level <=
           atomic_load_explicit(&wanted, memory_order_relaxed);
}

void log_words(enum log_id id, const char *words)
{
    struct text line = {0};

    if (!log_wants(id))
        return;
    print_line(&line, id, words);
    pthread_mutex_lock(&writer.lock);
    bool queued = writer.running;
    if (queued && writer.waiting.len + line.len > QUEUE_MOST) {
        writer.lost++;
    } else if (queued) {
        text_add(&writer.waiting, line.bytes, line.len);
        pthread_cond_signal(&writer.filled);
    }
    pthread_mutex_unlock(&writer.lock);
    if (!queued)
        write_lines(&line);
    text_fini(&line);
}

void log_event(enum log_id id, const char *format, ...)
{
    struct text words = {0};
    va_list list;

    if (!log_wants(id))
        return;
    va_start(list, format);
    text_vprintf(&words, format, list);
    va_end(list);
    log_words(id, text_peek(&words));
    text_fini(&words);
}

void log_value(struct text *to, const char *key, const char *value)
{
    text_printf(to, "%s%s=", to->len ? " " : "", key);
    word_print(to, value);
}

uint64_t log_lost(void)
{
    pthread_mutex_lock(&writer.lock);
    uint64_t lost = writer.lost;
    pthread_mutex_unlock(&writer.lock);
    return lost;
}
