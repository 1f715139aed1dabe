/* SPDX-License-Identifier: Apache-2.0
 *
 * figures.c - asks one thing after the other and takes the medians.
 */
#include "tests/bench/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "tests/bench/tender.h"

enum { TURNS = 21, VIEWS = 5, BATCH_LINES = 10002 };

const char *const figures_verbs[FIGURES_VERBS] = {"decider", "users", "gap"};
const char *const figures_views[FIGURES_VIEWS] = {"a list of 20 bids of it",
    "the 20 dearest bids of it", "one bid of it",
    "the beginning of a watch of it"};

static const char *const view_lines[FIGURES_VIEWS] = {
    "list bid tender=BOARD limit=20\n",
    "list bid tender=BOARD limit=20 order-by=-price\n", "show B-50000\n",
    "watch BOARD\n"};

/* The sum of all latencies of a verb stands in the line of "stat VERB" as
 * sum=, and is kept where the revision of an object would be. */
static void take_line(struct conn *conn, const char *line, size_t len)
{
    const char *sum = memmem(line, len, " sum=", 5);

    if (len > 10 && memcmp(line, "  latency ", 10) == 0 && sum)
        conn->rev = strtoull(sum + 5, NULL, 10);
    if (len >= 2 && memcmp(line, "ok", 2) == 0)
        conn->answers++;
    if (len >= 3 && memcmp(line, "err", 3) == 0) {
        conn_refused(conn, line, len);
    }
}

static size_t take(struct conn *conn, const char *bytes, size_t len)
{
    return conn_lines(conn, bytes, len, take_line);
}

static const struct speech speech = {.take = take};

/* A session of one user; NULL, which has been said, when it can not be. */
static struct conn *log_in(const struct place *place, struct net *net)
{
    struct text hello = {0};
    char *token = stage_read(place->stage, "token", "ann");

    net_init(net, place->port, place->ca);
    struct conn *conn = net_open(net, &speech);
    text_printf(&hello, "auth token %s\n", token);
    if (conn)
        conn_say(conn, hello.bytes, hello.len, 1);
    if (conn && !conn_wait(net, conn))
        conn = NULL;
    if (conn == NULL)
        (void)fprintf(stderr, "figures: no session\n");
    text_fini(&hello);
    free(token);
    return conn;
}

/* Asks and waits; microseconds. */
static double ask(struct net *net, struct conn *conn, const char *line)
{
    int64_t since = now_ns();

    conn_say(conn, line, strlen(line), 1);
    (void)conn_wait(net, conn);
    return (double)(now_ns() - since) / 1e3;
}

/* Sends many lines, some thousand at a time; true when all were taken. */
static bool record(
    struct net *net, struct conn *conn, const struct text *all, size_t asked)
{
    size_t from = 0;
    size_t said = 0;

    while (from < all->len && !conn->lost) {
        size_t to = from;
        size_t lines = 0;

        while (to < all->len && lines < BATCH_LINES)
            lines += all->bytes[to++] == '\n';
        conn_say(conn, all->bytes + from, to - from, lines);
        if (!conn_wait(net, conn))
            break;
        said += lines;
        from = to;
    }
    if (said == asked && conn->faults == 0)
        return true;
    (void)fprintf(
        stderr, "figures: %zu of %zu: %s\n", said, asked, conn->fault);
    return false;
}

static int order_numbers(const void *one, const void *other)
{
    double a = *(const double *)one;
    double b = *(const double *)other;

    return (a > b) - (a < b);
}

static double median_of(double *samples, size_t n)
{
    qsort(samples, n, sizeof *samples, order_numbers);
    return n ? samples[n / 2] : 0;
}

static uint64_t latency_sum(struct net *net, struct conn *conn, size_t verb)
{
    char line[40];

    (void)snprintf(line, sizeof line, "stat %s\n", figures_verbs[verb]);
    conn->rev = 0;
    (void)ask(net, conn, line);
    return conn->rev;
}

/* What the server says one question took. */
static double ask_figure(struct net *net, struct conn *conn, size_t verb)
{
    char line[40];

    uint64_t before = latency_sum(net, conn, verb);
    (void)snprintf(line, sizeof line, "%s LARGE\n", figures_verbs[verb]);
    (void)ask(net, conn, line);
    return (double)(latency_sum(net, conn, verb) - before);
}

struct samples {
    double list[FIGURES_VERBS][TURNS];
    size_t n[FIGURES_VERBS];
};

static void add_sample(struct samples *samples, size_t verb, double took)
{
    samples->list[verb][samples->n[verb]++] = took;
}

static void take_turn(struct net *net, struct conn *conn, size_t turn,
    struct samples *again, struct samples *first, struct samples *changed)
{
    char line[40];

    (void)snprintf(line, sizeof line, "set LB3 price=%zu\n", 500 + turn);
    (void)ask(net, conn, line);
    for (size_t i = 0; i < FIGURES_VERBS; i++) {
        size_t verb = (turn + i) % FIGURES_VERBS;

        add_sample(i == 0 ? changed : first, verb, ask_figure(net, conn, verb));
    }
    for (size_t i = 0; i < FIGURES_VERBS; i++)
        add_sample(again, i, ask_figure(net, conn, i));
}

bool figures_measure(const struct place *place, struct figures *got)
{
    struct net net = {0};
    struct text all = {0};
    struct samples *samples = mem_new(3 * sizeof *samples);
    struct conn *conn = log_in(place, &net);
    size_t asked = large_tender(&all);
    bool good = conn && record(&net, conn, &all, asked);

    for (size_t turn = 0; good && turn < TURNS; turn++)
        take_turn(&net, conn, turn, &samples[0], &samples[1], &samples[2]);
    good = good && !conn->lost && conn->faults == 0;
    for (size_t verb = 0; good && verb < FIGURES_VERBS; verb++) {
        got->again[verb] = median_of(samples[0].list[verb], samples[0].n[verb]);
        got->first[verb] = median_of(samples[1].list[verb], samples[1].n[verb]);
        got->changed[verb] =
            median_of(samples[2].list[verb], samples[2].n[verb]);
    }
    if (conn && conn->faults)
        (void)fprintf(stderr, "figures: %s\n", conn->fault);
    net_fini(&net);
    text_fini(&all);
    free(samples);
    return good;
}

bool views_measure(const struct place *place, struct views *got)
{
    struct net net = {0};
    struct text all = {0};
    struct conn *conn = log_in(place, &net);
    size_t asked = large_board(&all, "BOARD", FIGURES_BOARD);
    bool good = conn && record(&net, conn, &all, asked);

    for (size_t view = 0; good && view < FIGURES_VIEWS; view++) {
        double samples[VIEWS];

        for (size_t i = 0; i < VIEWS; i++)
            samples[i] = ask(&net, conn, view_lines[view]);
        got->took[view] = median_of(samples, VIEWS);
    }
    good = good && !conn->lost && conn->faults == 0;
    if (conn && conn->faults)
        (void)fprintf(stderr, "views: %s\n", conn->fault);
    net_fini(&net);
    text_fini(&all);
    return good;
}
