/* SPDX-License-Identifier: Apache-2.0
 *
 * peer_nats.c - NATS over TLS: nothing but passing messages on, which are
 * kept nowhere.
 */
#include "tests/bench/peer.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The server greets before TLS, with one line. */
static bool before(int fd)
{
    char byte = 0;

    while (byte != '\n')
        if (read(fd, &byte, 1) != 1)
            return false;
    return true;
}

static size_t take(struct conn *conn, const char *bytes, size_t len)
{
    size_t done = 0;

    for (;;) {
        const char *line = bytes + done;
        const char *end = memchr(line, '\n', len - done);

        if (end == NULL)
            return done;
        size_t part = (size_t)(end + 1 - line);
        if (strncmp(line, "MSG ", 4) == 0) {
            /* "MSG SUBJECT SID BYTES", then the bytes and a line end. */
            const char *size = memrchr(line, ' ', part);

            part += strtoul(size + 1, NULL, 10) + 2;
            if (part > len - done)
                return done;
            conn->events++;
        } else if (strncmp(line, "PONG", 4) == 0) {
            conn->answers++;
        } else if (strncmp(line, "-ERR", 4) == 0 && conn->faults++ == 0) {
            (void)snprintf(
                conn->fault, sizeof conn->fault, "%.*s", (int)(part - 1), line);
        }
        done += part;
    }
}

static bool start(struct place *place, struct text *version)
{
    static const char *const ask[] = {"nats-server", "--version", NULL};
    char port[8];

    if (!peer_say(ask, version))
        return false;
    peer_folder(place, "nats");
    peer_port(place);
    (void)snprintf(port, sizeof port, "%u", place->port);
    const char *const argv[] = {"nats-server", "-a", "127.0.0.1", "-p", port,
        "--tls", "--tlscert", "cert.pem", "--tlskey", "key.pem", NULL};
    return peer_spawn(place, argv);
}

static size_t greet(const struct place *place, size_t who, struct text *to)
{
    (void)place;
    (void)who;
    text_puts(to, "CONNECT {\"verbose\":false,\"pedantic\":false,"
                  "\"tls_required\":true,\"lang\":\"c\"}\r\nPING\r\n");
    return 1;
}

static void watch(struct text *to)
{
    text_puts(to, "SUB events 1\r\nPING\r\n");
}

static size_t burst(size_t events, struct text *to)
{
    static const char event[] =
        "B-1 bid.set author=ann price=12345 was.price=12344";

    for (size_t i = 0; i < events; i++)
        text_printf(to, "PUB events %zu\r\n%s\r\n", sizeof event - 1, event);
    text_puts(to, "PING\r\n");
    return 1;
}

const struct peer peer_nats = {.name = "nats",
    .durable = "no promise",
    .speech = {.before = before, .take = take},
    .start = start,
    .greet = greet,
    .watch = watch,
    .burst = burst};
