/* SPDX-License-Identifier: Apache-2.0
 *
 * load - measure a server of this build over TLS on this machine.
 *
 * One process speaks for all clients, so the figures are those of server and
 * client together on the processors that are there.  Nothing passes or fails.
 */
#include "protocol/base_mem.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 30000
#define MEASURE_MS  3000

struct client {
    struct wire *wire;
    unsigned long sent, answered, events;
};

struct load {
    struct stage stage;
    struct client *list;
    size_t n;
};

_Noreturn static void give_up(struct load *load, const char *why)
{
    printf("load: %s\n", why);
    stage_free(&load->stage);
    exit(EXIT_FAILURE);
}

static void say(struct load *load, size_t who, const char *request)
{
    struct client *c = &load->list[who];

    if (!wire_send(c->wire, request, strlen(request), PATIENCE_MS))
        give_up(load, "a connection was lost");
    c->sent++;
}

/* Count what is there; true when there was something. */
static bool hear(struct load *load, size_t who, int timeout_ms)
{
    struct client *c = &load->list[who];
    char *line;
    bool any = false;

    for (;;) {
        enum wire_got got = wire_line(c->wire, &line, any ? 0 : timeout_ms);

        if (got == WIRE_LATE)
            return any;
        if (got != WIRE_LINE)
            give_up(load, "a connection was lost");
        if (strncmp(line, "err", 3) == 0)
            give_up(load, line);
        c->answered += strncmp(line, "ok", 2) == 0;
        c->events += line[0] == '*';
        free(line);
        any = true;
    }
}

static void ask(struct load *load, size_t who, const char *request)
{
    say(load, who, request);
    while (load->list[who].answered < load->list[who].sent)
        if (!hear(load, who, PATIENCE_MS))
            give_up(load, "no answer");
}

/* Two users, since one may have a hundred sessions at most. */
static void open_clients(struct load *load, size_t n)
{
    struct text hello[2] = {{0}};
    struct text why = {0};

    for (size_t i = 0; i < 2; i++) {
        char *token = stage_read(&load->stage, "token", cast[i].name);

        text_printf(&hello[i], "auth token %s\n", token);
        free(token);
    }
    load->list = mem_new(n * sizeof *load->list);
    for (load->n = 0; load->n < n; load->n++) {
        struct client *c = &load->list[load->n];

        c->wire =
            wire_open(load->stage.port, load->stage.ca, PATIENCE_MS, &why);
        if (c->wire == NULL)
            give_up(load, why.bytes);
        ask(load, load->n, hello[load->n % 2].bytes);
    }
    text_fini(&hello[0]);
    text_fini(&hello[1]);
    text_fini(&why);
}

static void close_clients(struct load *load)
{
    for (size_t i = 0; i < load->n; i++)
        wire_free(&load->list[i].wire);
    free(load->list);
    load->list = NULL;
    load->n = 0;
}

static void wait_for_any(struct load *load)
{
    struct pollfd *fds = mem_new(load->n * sizeof *fds);

    for (size_t i = 0; i < load->n; i++)
        fds[i] = (struct pollfd){wire_fd(load->list[i].wire), POLLIN, 0};
    (void)poll(fds, load->n, PATIENCE_MS);
    free(fds);
}

static unsigned long count_answers(const struct load *load)
{
    unsigned long sum = 0;

    for (size_t i = 0; i < load->n; i++)
        sum += load->list[i].answered;
    return sum;
}

/* Clients that each have one request on its way, for a while. */
static void measure(
    struct load *load, size_t clients, const char *request, const char *what)
{
    open_clients(load, clients);
    unsigned long before = count_answers(load);
    long long start = clock_ms();
    while (clock_ms() - start < MEASURE_MS) {
        bool any = false;

        for (size_t i = 0; i < load->n; i++) {
            any |= hear(load, i, 0);
            if (load->list[i].answered == load->list[i].sent) {
                say(load, i, request);
                any = true;
            }
        }
        if (!any)
            wait_for_any(load);
    }
    long long took = clock_ms() - start;
    printf("%-46s %9.0f a second\n", what,
        (double)(count_answers(load) - before) * 1000 / (double)took);
    close_clients(load);
}

static void measure_events(struct load *load, size_t watchers)
{
    enum { CHANGES = 2000 };
    struct text batch = {0};
    unsigned long heard = 0;

    open_clients(load, watchers);
    for (size_t i = 1; i < load->n; i++)
        ask(load, i, "watch NB\n");
    text_puts(&batch, "begin\n");
    for (int i = 0; i < CHANGES; i++)
        text_printf(&batch, "set B-1 price=%d\n", i + 1);
    text_puts(&batch, "commit\n");
    long long start = clock_ms();
    say(load, 0, batch.bytes);
    while (heard < (unsigned long)CHANGES * (watchers - 1)) {
        bool any = false;

        heard = 0;
        for (size_t i = 0; i < load->n; i++) {
            any |= hear(load, i, 0);
            heard += load->list[i].events;
        }
        if (!any)
            wait_for_any(load);
    }
    long long took = clock_ms() - start;
    printf("%-46s %9.0f a second\n", "events delivered to 100 sessions",
        (double)heard * 1000 / (double)(took ? took : 1));
    close_clients(load);
    text_fini(&batch);
}

static void measure_handshakes(struct load *load)
{
    struct text why = {0};
    unsigned long n = 0;
    long long start = clock_ms();

    while (clock_ms() - start < MEASURE_MS) {
        struct wire *wire =
            wire_open(load->stage.port, load->stage.ca, PATIENCE_MS, &why);

        if (wire == NULL)
            give_up(load, why.bytes);
        wire_free(&wire);
        n++;
    }
    printf("%-46s %9.0f a second\n", "TLS connections, one behind the other",
        (double)n * 1000 / MEASURE_MS);
    text_fini(&why);
}

static long resident_kib(pid_t pid)
{
    char name[40];
    char line[200];
    long kib = 0;

    (void)snprintf(name, sizeof name, "/proc/%d/status", (int)pid);
    FILE *from = fopen(name, "re");
    while (from && fgets(line, sizeof line, from))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (from)
        (void)fclose(from);
    return kib;
}

static void measure_idle(struct load *load)
{
    long before = resident_kib(load->stage.server.pid);

    open_clients(load, 95);
    long after = resident_kib(load->stage.server.pid);
    printf("%-46s %9.1f KiB\n", "resident memory of an idle session",
        (double)(after - before) / 95);
    close_clients(load);
}

/* The golden tender is what is worked on. */
static void prepare(struct load *load)
{
    char line[4096];
    FILE *from = fopen("tests/samples/night-bus.dpt", "re");

    open_clients(load, 1);
    while (from && fgets(line, sizeof line, from))
        if (line[0] != '#')
            ask(load, 0, line);
    if (from)
        (void)fclose(from);
    close_clients(load);
}

int main(void)
{
    const char *build = getenv("BUILD");
    struct load load = {0};
    struct text why = {0};

    if (!stage_new(build ? build : "build", &load.stage, &why) ||
        !stage_start(&load.stage, NULL, &why))
        give_up(&load, why.bytes);
    prepare(&load);
    measure_idle(&load);
    measure_handshakes(&load);
    measure(
        &load, 4, "decider NB\n", "decider of the golden tender, 4 sessions");
    measure(&load, 1, "ping\n", "ping, 1 session");
    measure(&load, 50, "ping\n", "ping, 50 sessions");
    measure(&load, 1, "add need sort=job tender=NB\n",
        "durable changes, 1 session");
    measure(&load, 50, "add need sort=job tender=NB\n",
        "durable changes, 50 sessions");
    measure(&load, 50, "show B-1\n", "show, 50 sessions");
    measure_events(&load, 101);
    if (!stage_stop(&load.stage, SIGTERM, &why))
        give_up(&load, why.bytes);
    stage_free(&load.stage);
    text_fini(&why);
    return EXIT_SUCCESS;
}
