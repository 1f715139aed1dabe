/* SPDX-License-Identifier: Apache-2.0
 *
 * measure.c - requests and their times.
 */
#include "tests/bench/measure.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND     INT64_C(1000000000)
#define LONGEST_NS (SECOND / 10)
/* What is due at the end of a run is still waited for, so long. */
#define LATE_NS (10 * SECOND)

struct run {
    struct net net;
    const struct peer *peer;
    const struct job *job;
    int64_t start, end;
    size_t due; /* requests that were sent or wait for a session */
    struct conn **idle;
    size_t idle_n;
    int64_t *samples;
    size_t n, room;
    struct conn *watcher;
};

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static double pick(const int64_t *samples, size_t n, double part)
{
    size_t at = (size_t)((double)n * part);

    return n ? (double)samples[at < n ? at : n - 1] / 1e6 : 0;
}

struct spread spread_of(int64_t *samples, size_t n)
{
    if (n)
        qsort(samples, n, sizeof *samples, compare);
    return (struct spread){
        pick(samples, n, 0.5), pick(samples, n, 0.99), pick(samples, n, 0.999)};
}

static bool fail(const struct peer *peer, const char *what, const char *why)
{
    (void)fprintf(stderr, "%s: %s: %s\n", peer->name, what, why);
    return false;
}

bool measure_open(struct net *net, const struct peer *peer,
    const struct place *place, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct text hello = {0};
        struct conn *conn = net_open(net, &peer->speech);

        if (conn == NULL)
            return fail(peer, "open", "no connection");
        size_t answers = peer->greet(place, i, &hello);
        conn_say(conn, hello.bytes, hello.len, answers);
        bool good = conn_wait(net, conn) && conn->faults == 0;
        text_fini(&hello);
        if (!good)
            return fail(peer, "open", conn->fault);
        if (peer->from_zero)
            conn->rev = 0;
    }
    return true;
}

static int64_t due_ns(const struct run *run)
{
    if (run->job->rate <= 0)
        return run->start;
    return run->start +
           (int64_t)((double)run->due / run->job->rate * (double)SECOND);
}

static void ask(struct run *run, struct conn *conn, size_t who, int64_t due)
{
    struct text request = {0};

    if (run->job->work == WORK_CHANGE)
        run->peer->change(conn, who, run->due + 1, &request);
    else if (run->job->work == WORK_READ)
        run->peer->read(who, &request);
    else
        text_puts(&request, run->job->line);
    conn->sent_ns = due;
    conn_say(conn, request.bytes, request.len, 1);
    text_fini(&request);
}

static size_t number_of(const struct run *run, const struct conn *conn)
{
    size_t who = 0;

    while (run->net.list[who] != conn)
        who++;
    return who;
}

/* Sends what is due, as far as there are sessions for it. */
static void send_due(struct run *run)
{
    int64_t now = now_ns();

    while (run->idle_n > 0) {
        int64_t due = due_ns(run);

        if (due >= run->end || due > now ||
            (run->job->rate <= 0 && now >= run->end))
            return;
        struct conn *conn = run->idle[--run->idle_n];
        ask(run, conn, number_of(run, conn), run->job->rate > 0 ? due : now);
        run->due++;
    }
}

static void on_answer(void *ctx, struct conn *conn)
{
    struct run *run = ctx;

    if (conn == run->watcher || conn->answers < conn->asked ||
        conn->sent_ns == 0)
        return;
    run->samples =
        mem_grow(run->samples, &run->room, run->n + 1, sizeof *run->samples);
    run->samples[run->n++] = now_ns() - conn->sent_ns;
    conn->sent_ns = 0;
    run->idle[run->idle_n++] = conn;
    send_due(run);
}

static bool is_lost(const struct run *run)
{
    for (size_t i = 0; i < run->net.n; i++)
        if (run->net.list[i]->lost || run->net.list[i]->faults)
            return fail(run->peer, "a session was lost or refused",
                run->net.list[i]->fault);
    return true;
}

/* Until what was due before the end is answered. */
static void turn(struct run *run)
{
    int64_t now;

    while ((now = now_ns()) < run->end + LATE_NS) {
        send_due(run);
        bool over =
            run->job->rate > 0 ? due_ns(run) >= run->end : now >= run->end;
        if (over && run->idle_n == run->job->sessions)
            return;
        int64_t wait = run->job->rate > 0 && run->idle_n > 0 ? due_ns(run) - now
                                                             : LONGEST_NS;
        if (over || wait > LONGEST_NS)
            wait = LONGEST_NS;
        (void)net_turn(&run->net, wait > 0 ? wait : 0, on_answer, run);
    }
}

static bool add_watcher(struct run *run, const struct place *place)
{
    struct text line = {0};

    if (run->job->work != WORK_CHANGE || run->peer->watch == NULL)
        return true;
    if (!measure_open(&run->net, run->peer, place, 1))
        return false;
    run->watcher = run->net.list[run->net.n - 1];
    run->peer->watch(&line);
    conn_say(run->watcher, line.bytes, line.len, 1);
    text_fini(&line);
    return conn_wait(&run->net, run->watcher);
}

/* Every change has been told to who watches. */
static bool check_watcher(struct run *run)
{
    int64_t until = now_ns() + LATE_NS;

    if (run->watcher == NULL)
        return true;
    while (run->watcher->events < run->n && now_ns() < until)
        (void)net_turn(&run->net, LONGEST_NS, NULL, NULL);
    return run->watcher->events == run->n
               ? true
               : fail(run->peer, "events", "not as many as changes");
}

bool measure_job(const struct peer *peer, const struct place *place,
    const struct job *job, struct measured *got)
{
    struct run run = {.peer = peer, .job = job};

    net_init(&run.net, place->port, place->ca);
    run.idle = mem_new(job->sessions * sizeof(struct conn *));
    bool good = measure_open(&run.net, peer, place, job->sessions) &&
                add_watcher(&run, place);
    for (size_t i = 0; good && i < job->sessions; i++)
        run.idle[run.idle_n++] = run.net.list[i];
    if (good) {
        double used = process_used(&place->process);
        run.start = now_ns();
        run.end = run.start + (int64_t)(job->seconds * (double)SECOND);
        turn(&run);
        int64_t took = now_ns() - run.start;
        good = is_lost(&run) && check_watcher(&run);
        used = process_used(&place->process) - used;
        got->cost = run.n ? used * 1e6 / (double)run.n : 0;
        got->rate = (double)run.n * (double)SECOND / (double)took;
        got->spread = spread_of(run.samples, run.n);
    }
    net_fini(&run.net);
    free(run.idle);
    free(run.samples);
    return good;
}
