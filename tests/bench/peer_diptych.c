/* SPDX-License-Identifier: Apache-2.0
 *
 * peer_diptych.c - the server of this build.
 *
 * A change is "set" with if=: refused unless the revision is the one it was
 * told, recorded in the journal, synced, told to who watches.
 */
#include "tests/bench/peer.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An answer to a change ends in " rev=N", what else follows starts a word. */
static void take_rev(struct conn *conn, const char *line, size_t len)
{
    const char *at = memmem(line, len, " rev=", 5);

    if (at)
        conn->rev = strtoull(at + 5, NULL, 10);
}

static void take_line(struct conn *conn, const char *line, size_t len)
{
    if (len >= 2 && memcmp(line, "ok", 2) == 0) {
        conn->answers++;
        take_rev(conn, line, len);
    } else if (len >= 3 && memcmp(line, "err", 3) == 0) {
        conn_refused(conn, line, len);
    } else if (len >= 2 && line[0] == '*') {
        conn->events++;
    }
}

static size_t take(struct conn *conn, const char *bytes, size_t len)
{
    return conn_lines(conn, bytes, len, take_line);
}

static bool start(struct place *place, struct text *version)
{
    struct text program = {0};

    text_printf(&program, "%s/diptychd", place->stage->build);
    const char *const argv[] = {program.bytes, "version", NULL};
    if (!peer_say(argv, version))
        text_puts(version, "diptychd");
    text_fini(&program);
    place->port = (uint16_t)strtoul(place->stage->port, NULL, 10);
    return true;
}

static size_t greet(const struct place *place, size_t who, struct text *to)
{
    char *token = stage_read(place->stage, "token", cast[who % 2].name);

    text_printf(to, "auth token %s\nuse tender=BENCH\nset B-%zu price=0\n",
        token, who % BENCH_OBJECTS + 1);
    free(token);
    return 3;
}

static void change(struct conn *conn, size_t who, size_t value, struct text *to)
{
    text_printf(to, "set B-%zu price=%zu if=%llu\n", who + 1, value,
        (unsigned long long)conn->rev);
}

static void read_one(size_t who, struct text *to)
{
    text_printf(to, "show B-%zu\n", who + 1);
}

static void watch(struct text *to)
{
    text_puts(to, "watch BENCH\n");
}

static size_t burst(size_t events, struct text *to)
{
    text_puts(to, "begin\n");
    for (size_t i = 0; i < events; i++)
        text_printf(to, "set B-1 price=%zu\n", i + 1);
    text_puts(to, "commit\n");
    return events + 2;
}

const struct peer peer_diptych = {.name = "diptych",
    .durable = "synced before the answer",
    .speech = {.take = take},
    .start = start,
    .greet = greet,
    .change = change,
    .read = read_one,
    .watch = watch,
    .burst = burst};
