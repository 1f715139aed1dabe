/* SPDX-License-Identifier: Apache-2.0
 *
 * events.c - how fast many watchers are told.
 */
#include "tests/bench/measure.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>

#define SECOND     INT64_C(1000000000)
#define PATIENCE   (20 * SECOND)
#define LONGEST_NS (SECOND / 10)

/* The first connection speaks, the others watch. */
static bool open_watchers(struct net *net, const struct peer *peer,
    const struct place *place, size_t watchers)
{
    struct text line = {0};

    net_init(net, place->port, place->ca);
    if (!measure_open(net, peer, place, watchers + 1))
        return false;
    peer->watch(&line);
    bool good = true;
    for (size_t i = 1; i < net->n && good; i++) {
        conn_say(net->list[i], line.bytes, line.len, 1);
        good = conn_wait(net, net->list[i]);
        net->list[i]->events = 0;
    }
    text_fini(&line);
    return good;
}

static void count_events(void *ctx, struct conn *conn)
{
    size_t *told = ctx;

    *told += conn->events;
    conn->events = 0;
}

/* Until so many were told in all. */
static bool hear(struct net *net, size_t *told, size_t until)
{
    int64_t deadline = now_ns() + PATIENCE;

    while (*told < until && now_ns() < deadline)
        (void)net_turn(net, LONGEST_NS, count_events, told);
    return *told >= until;
}

bool measure_burst(const struct peer *peer, const struct place *place,
    size_t watchers, size_t events, struct measured *got)
{
    struct net net;
    struct text burst = {0};
    size_t told = 0;
    bool good = open_watchers(&net, peer, place, watchers);

    if (good) {
        size_t answers = peer->burst(events, &burst);
        int64_t start = now_ns();
        conn_say(net.list[0], burst.bytes, burst.len, answers);
        good = hear(&net, &told, events * watchers);
        got->rate = (double)told * (double)SECOND / (double)(now_ns() - start);
    }
    if (!good)
        (void)fprintf(stderr, "%s: burst: %zu events told; %s\n", peer->name,
            told, net.n ? net.list[0]->fault : "no connection");
    text_fini(&burst);
    net_fini(&net);
    return good;
}

bool measure_tells(const struct peer *peer, const struct place *place,
    size_t watchers, double seconds, struct measured *got)
{
    struct net net;
    struct text burst = {0};
    int64_t *samples = NULL;
    size_t n = 0;
    size_t room = 0;
    size_t told = 0;
    bool good = open_watchers(&net, peer, place, watchers);
    int64_t start = now_ns();
    int64_t end = start + (int64_t)(seconds * (double)SECOND);

    while (good && now_ns() < end) {
        int64_t sent = now_ns();

        text_fini(&burst);
        if (peer->change)
            peer->change(net.list[0], 0, n + 1, &burst);
        size_t answers = peer->change ? 1 : peer->burst(1, &burst);
        conn_say(net.list[0], burst.bytes, burst.len, answers);
        good = hear(&net, &told, (n + 1) * watchers) &&
               conn_wait(&net, net.list[0]);
        samples = mem_grow(samples, &room, n + 1, sizeof *samples);
        samples[n++] = now_ns() - sent;
    }
    got->rate = (double)told * (double)SECOND / (double)(now_ns() - start);
    got->spread = spread_of(samples, n);
    text_fini(&burst);
    free(samples);
    net_fini(&net);
    return good;
}
