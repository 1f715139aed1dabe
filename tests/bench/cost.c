/* SPDX-License-Identifier: Apache-2.0
 *
 * cost.c - what handshakes and idle sessions cost a server, what one session
 * costs the others, and what the disk gives.
 */
#include "tests/bench/measure.h"

#include "protocol/base_mem.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECOND  INT64_C(1000000000)
#define SHAKERS 4

struct shaker {
    const struct net *net;
    const struct peer *peer;
    int64_t end;
    size_t done;
};

static void *shake(void *arg)
{
    struct shaker *s = arg;

    while (now_ns() < s->end && net_shake(s->net, &s->peer->speech))
        s->done++;
    return NULL;
}

bool measure_handshakes(const struct peer *peer, const struct place *place,
    double seconds, struct measured *got)
{
    struct net net;
    pthread_t threads[SHAKERS];
    struct shaker shakers[SHAKERS];
    double before = process_used(&place->process);
    size_t done = 0;

    net_init(&net, place->port, place->ca);
    for (size_t i = 0; i < SHAKERS; i++) {
        shakers[i] = (struct shaker){
            &net, peer, now_ns() + (int64_t)(seconds * (double)SECOND), 0};
        INSIST(pthread_create(&threads[i], NULL, shake, &shakers[i]) == 0);
    }
    for (size_t i = 0; i < SHAKERS; i++) {
        INSIST(pthread_join(threads[i], NULL) == 0);
        done += shakers[i].done;
    }
    double used = process_used(&place->process) - before;
    net_fini(&net);
    got->rate = used > 0 ? (double)done / used : 0;
    return done > 0;
}

bool measure_idle(const struct peer *peer, const struct place *place,
    size_t sessions, struct measured *got)
{
    struct net net;
    long before = process_resident(&place->process);

    net_init(&net, place->port, place->ca);
    bool good = measure_open(&net, peer, place, sessions);
    long after = process_resident(&place->process);
    net_fini(&net);
    got->rate = (double)(after - before) / (double)sessions;
    return good;
}

/* It asks for lists until nothing more goes, and never reads. */
static bool offend(
    struct net *net, const struct peer *peer, const struct place *place)
{
    struct text flood = {0};

    net_init(net, place->port, place->ca);
    if (!measure_open(net, peer, place, 1))
        return false;
    for (int i = 0; i < 20000; i++)
        text_puts(&flood, "list bid limit=1000\n");
    conn_say(net->list[0], flood.bytes, flood.len, 20000);
    text_fini(&flood);
    return true;
}

bool measure_fair(const struct peer *peer, const struct place *place,
    size_t turns, struct measured *alone, struct measured *beside)
{
    struct job job = {
        .work = WORK_CHANGE, .sessions = 20, .rate = 1000, .seconds = 1};
    bool good = true;

    for (size_t i = 0; i < turns && good; i++) {
        struct net offender;

        good = measure_job(peer, place, &job, &alone[i]) &&
               offend(&offender, peer, place) &&
               measure_job(peer, place, &job, &beside[i]);
        net_fini(&offender);
    }
    return good;
}

double measure_disk(const char *folder, double seconds)
{
    static const char page[4096];
    struct text path = {0};
    size_t n = 0;

    text_printf(&path, "%s/disk", folder);
    int fd = open(path.bytes, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    int64_t start = now_ns();
    int64_t end = start + (int64_t)(seconds * (double)SECOND);
    while (fd >= 0 && now_ns() < end) {
        if (write(fd, page, sizeof page) != (ssize_t)sizeof page ||
            fdatasync(fd) != 0)
            break;
        n++;
    }
    double took = (double)(now_ns() - start) / (double)SECOND;
    if (fd >= 0)
        (void)close(fd);
    (void)unlink(path.bytes);
    text_fini(&path);
    return (double)n / took;
}
