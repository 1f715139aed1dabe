/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - bench [OUT.md [WORK]]: the server of this build beside others that
 * are installed, over TLS on this machine, as a page of Markdown.  WORK is one
 * of changes, reads, lines, events, costs, fair, figures and views; all of them
 * without it.
 *
 * Client and server share the processors, the same for all.  Work by work the
 * servers take turns, so that what else the machine does meets all of them.
 * Nothing passes or fails.  $BUILD says where the programs stand.
 */
#include "protocol/base_mem.h"
#include "tests/bench/figures.h"
#include "tests/bench/table.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define SECONDS  1.5
#define WATCHERS 100
#define BURST    2000
#define TURNS    5

struct bench {
    struct stage stage;
    struct place places[TABLE_PEERS];
    struct table table;
    double disk;
    struct measured alone[TURNS], beside[TURNS];
};

static void start_all(struct bench *bench)
{
    static const struct peer *const peers[TABLE_PEERS] = {
        &peer_diptych, &peer_redis, &peer_postgres, &peer_nats};

    for (size_t p = 0; p < TABLE_PEERS; p++) {
        struct place *place = &bench->places[p];

        bench->table.peers[p] = peers[p];
        place->stage = &bench->stage;
        place->ca = bench->stage.ca;
        place->process.out = -1;
        bench->table.runs[p] =
            peers[p]->start(place, &bench->table.versions[p]);
    }
    bench->places[0].process = bench->stage.server;
}

static void note(struct row *row, size_t peer, const struct measured *got)
{
    row->values[peer] = got->rate;
    row->spreads[peer] = got->spread;
    (void)fprintf(stderr, "%-60s %s %.1f\n", row->what, row->unit, got->rate);
}

/* What each cost the server; PostgreSQL has a process for each session, which
 * can not be asked. */
static void note_cost(
    struct bench *bench, const char *what, size_t peer, double cost)
{
    struct measured got = {.rate = cost};

    if (peer != 2)
        note(table_row(&bench->table, what, "µs", true, 0), peer, &got);
}

/* Each peer in turn, as fast as it goes, then at half of that. */
static void measure_changes(struct bench *bench, size_t sessions)
{
    char closed[100];
    char open[100];

    (void)snprintf(closed, sizeof closed,
        "durable changes, %zu session%s, each as soon as it was answered",
        sessions, sessions > 1 ? "s" : "");
    (void)snprintf(open, sizeof open,
        "durable changes, %zu session%s, due evenly at half of that", sessions,
        sessions > 1 ? "s" : "");
    for (size_t p = 0; p < TABLE_PEERS; p++) {
        struct job job = {
            .work = WORK_CHANGE, .sessions = sessions, .seconds = SECONDS};
        struct measured got = {0};

        if (!bench->table.runs[p] || bench->table.peers[p]->change == NULL ||
            !measure_job(bench->table.peers[p], &bench->places[p], &job, &got))
            continue;
        note(table_row(&bench->table, closed, "a second", false, 0), p, &got);
        if (sessions == 50)
            note_cost(bench, "processor time of one of these", p, got.cost);
        job.rate = got.rate / 2;
        if (measure_job(bench->table.peers[p], &bench->places[p], &job, &got))
            note(table_row(&bench->table, open, "a second", false, 0), p, &got);
    }
}

static void measure_reads(struct bench *bench)
{
    struct job job = {.work = WORK_READ, .sessions = 50, .seconds = SECONDS};

    for (size_t p = 0; p < TABLE_PEERS; p++) {
        struct measured got = {0};

        if (bench->table.runs[p] && bench->table.peers[p]->read &&
            measure_job(bench->table.peers[p], &bench->places[p], &job, &got))
            note(table_row(&bench->table, "one object read, 50 sessions",
                     "a second", false, 0),
                p, &got);
    }
}

/* What no other has anything like. */
static void measure_lines(struct bench *bench)
{
    static const struct {
        const char *what, *line;
        size_t sessions;
    } rows[] = {
        {"ping, 50 sessions", "ping\n", 50},
        {"a list of 20 of 200 bids, 50 sessions",
            "list bid tender=BENCH limit=20 order-by=-price\n", 50},
        {"what the decider sees of the golden tender, 4 sessions",
            "decider NB\n", 4},
        {"what the users see of it, 4 sessions", "users NB\n", 4},
        {"where both part, 4 sessions", "gap NB\n", 4},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct job job = {.work = WORK_LINE,
            .line = rows[i].line,
            .sessions = rows[i].sessions,
            .seconds = SECONDS};
        struct measured got = {0};

        if (measure_job(&peer_diptych, &bench->places[0], &job, &got))
            note(table_row(&bench->table, rows[i].what, "a second", false, 0),
                0, &got);
    }
}

static void measure_events(struct bench *bench)
{
    for (size_t p = 0; p < TABLE_PEERS; p++) {
        const struct peer *peer = bench->table.peers[p];
        struct measured got = {0};

        if (!bench->table.runs[p] || peer->watch == NULL)
            continue;
        if (measure_burst(peer, &bench->places[p], WATCHERS, BURST, &got))
            note(table_row(&bench->table,
                     "events delivered to 100 sessions, 2 000 at once",
                     "a second", false, 1000000),
                p, &got);
        got = (struct measured){0};
        if (measure_tells(peer, &bench->places[p], WATCHERS, SECONDS, &got))
            note(table_row(&bench->table,
                     "events delivered to 100 sessions, one by one", "a second",
                     false, 0),
                p, &got);
    }
}

static void measure_costs(struct bench *bench)
{
    static const size_t counts[] = {1000, 5000};

    for (size_t p = 0; p < TABLE_PEERS; p++) {
        const struct peer *peer = bench->table.peers[p];
        struct measured got = {0};

        if (!bench->table.runs[p] || p == 2)
            continue; /* PostgreSQL has a process for each session */
        if (measure_handshakes(peer, &bench->places[p], 2, &got))
            note(table_row(&bench->table,
                     "full handshakes, for a second of one processor",
                     "handshakes", false, 2000),
                p, &got);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            char what[100];

            (void)snprintf(what, sizeof what,
                "memory of an idle session, of %zu", counts[i]);
            if (measure_idle(peer, &bench->places[p], counts[i], &got))
                note(table_row(&bench->table, what, "KiB", true, 18), p, &got);
        }
    }
}

/* Two hundred bids to change, and the golden tender; how many requests. */
static size_t write_record(const struct bench *bench, struct text *to)
{
    size_t asked = BENCH_OBJECTS + 5;
    char part[4096];
    FILE *from = fopen("tests/samples/night-bus.dpt", "re");
    char *token = stage_read(&bench->stage, "token", "ann");

    text_printf(to,
        "auth token %s\nadd tender code=BENCH\nuse tender=BENCH\n"
        "add party code=BENCHER sort=person\n",
        token);
    for (int i = 0; i < BENCH_OBJECTS; i++)
        text_puts(to, "add bid party=BENCHER price=1\n");
    text_puts(to, "use tender=\"\"\n");
    while (from && fgets(part, sizeof part, from))
        if (part[0] != '#' && part[0] != '\n' && ++asked)
            text_puts(to, part);
    if (from)
        (void)fclose(from);
    free(token);
    return asked;
}

static bool prepare(struct bench *bench)
{
    struct net net;
    struct text all = {0};
    size_t asked = write_record(bench, &all);

    net_init(&net, bench->places[0].port, bench->stage.ca);
    struct conn *conn = net_open(&net, &peer_diptych.speech);
    if (conn)
        conn_say(conn, all.bytes, all.len, asked);
    bool good = conn && conn_wait(&net, conn) && conn->faults == 0;
    if (!good)
        (void)fprintf(stderr, "prepare: %s\n", conn ? conn->fault : "");
    net_fini(&net);
    text_fini(&all);
    return good;
}

static void print_fair(const struct bench *bench, struct text *to)
{
    text_printf(to,
        "\nTwenty sessions with 1 000 changes a second between them, by "
        "themselves and beside one that asks for lists without end and reads "
        "none; p99 in milliseconds, %d turns:\n\n| turn | alone | beside "
        "|\n|--:|--:|--:|\n",
        TURNS);
    for (size_t i = 0; i < TURNS; i++)
        text_printf(to, "| %zu | %.2f | %.2f |\n", i + 1,
            bench->alone[i].spread.p99, bench->beside[i].spread.p99);
}

static void measure_all_changes(struct bench *bench)
{
    static const size_t sessions[] = {1, 8, 50, 200};

    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++)
        measure_changes(bench, sessions[i]);
}

static void measure_fairness(struct bench *bench)
{
    (void)measure_fair(
        &peer_diptych, &bench->places[0], TURNS, bench->alone, bench->beside);
}

static void note_took(
    struct bench *bench, const char *what, const char *which, double took)
{
    struct measured got = {.rate = took};
    char name[100];

    (void)snprintf(name, sizeof name, "%s%s", what, which);
    note(table_row(&bench->table, name, "µs", true, 0), 0, &got);
}

static double sum_of(const double *list)
{
    double sum = 0;

    for (size_t i = 0; i < FIGURES_VERBS; i++)
        sum += list[i];
    return sum;
}

/* One millisecond is what all three may take together. */
static void measure_figures(struct bench *bench)
{
    struct figures got = {0};
    struct measured all = {0};

    if (!figures_measure(&bench->places[0], &got))
        return;
    all.rate = sum_of(got.again);
    note(table_row(&bench->table,
             "all three of a large tender, nothing changed since", "µs", true,
             1000),
        0, &all);
    all.rate = sum_of(got.first);
    note(table_row(&bench->table,
             "all three of a large tender, its record in memory", "µs", true,
             1000),
        0, &all);
    for (size_t i = 0; i < FIGURES_VERBS; i++) {
        note_took(
            bench, "its record in memory: ", figures_verbs[i], got.first[i]);
        note_took(
            bench, "after a change to it: ", figures_verbs[i], got.changed[i]);
    }
}

static void measure_views(struct bench *bench)
{
    struct views got = {0};

    if (!views_measure(&bench->places[0], &got))
        return;
    for (size_t i = 0; i < FIGURES_VIEWS; i++)
        note_took(
            bench, "a board of 100 000 bids: ", figures_views[i], got.took[i]);
}

static void measure_all(struct bench *bench, const char *work)
{
    static const struct {
        const char *work;
        void (*measure)(struct bench *bench);
    } rows[] = {
        {"changes", measure_all_changes},
        {"reads", measure_reads},
        {"lines", measure_lines},
        {"events", measure_events},
        {"costs", measure_costs},
        {"fair", measure_fairness},
        {"figures", measure_figures},
        {"views", measure_views},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (work == NULL || strcmp(work, rows[i].work) == 0)
            rows[i].measure(bench);
}

static void print_all(const struct bench *bench, const char *file)
{
    struct text page = {0};

    machine_print(&bench->table, &page);
    text_printf(&page,
        "The disk syncs 4 KiB %.0f times a second. A ratio above 1 is in "
        "favour of Diptych.\n\n",
        bench->disk);
    table_print(&bench->table, &page);
    print_fair(bench, &page);
    (void)fputs(page.bytes, stdout);
    FILE *to = file ? fopen(file, "we") : NULL;
    if (to) {
        (void)fputs(page.bytes, to);
        (void)fclose(to);
    }
    text_fini(&page);
}

int main(int argc, char **argv)
{
    const char *build = getenv("BUILD");
    struct bench bench = {.disk = 0};
    struct text why = {0};
    struct rlimit files;

    (void)signal(SIGPIPE, SIG_IGN);
    (void)getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
    bool good = stage_new(build ? build : "build", &bench.stage, &why) &&
                stage_start(&bench.stage, "--sessions-per-user 6000", &why);
    if (good) {
        start_all(&bench);
        good = prepare(&bench);
    }
    if (good) {
        bench.disk = measure_disk(bench.stage.folder, 1);
        measure_all(&bench, argc > 2 ? argv[2] : NULL);
        print_all(&bench, argc > 1 ? argv[1] : NULL);
    }
    for (size_t p = 1; p < TABLE_PEERS; p++)
        peer_stop(&bench.places[p]);
    (void)stage_stop(&bench.stage, SIGTERM, &why);
    (void)fputs(text_peek(&why), stderr);
    stage_free(&bench.stage);
    table_fini(&bench.table);
    text_fini(&why);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
