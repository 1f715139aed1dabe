/* SPDX-License-Identifier: Apache-2.0
 *
 * peer_redis.c - Redis over TLS, its log of commands synced at every write.
 *
 * A change is a script: refused unless the revision is the one it was told,
 * the new value, one entry in a stream as a journal, one message to who
 * subscribed.  Bursts of events are messages alone, which are not durable.
 */
#include "tests/bench/peer.h"

#include "protocol/base_mem.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char script[] =
    "local rev=tonumber(redis.call('HGET',KEYS[1],'rev') or '0') "
    "if rev~=tonumber(ARGV[1]) then return redis.error_reply('CONFLICT') end "
    "redis.call('HSET',KEYS[1],'rev',rev+1,'price',ARGV[2]) "
    "redis.call('XADD','journal','*','id',KEYS[1],'price',ARGV[2],"
    "'rev',rev+1) "
    "redis.call('PUBLISH','events',KEYS[1]..' price='..ARGV[2]) "
    "return rev+1";

/* One reply of RESP: its length, 0 while it is not whole. */
static size_t measure(const char *bytes, size_t len, int *depth)
{
    const char *end = len ? memchr(bytes, '\n', len) : NULL;

    if (end == NULL || ++*depth > 8)
        return 0;
    size_t line = (size_t)(end + 1 - bytes);
    long n = strtol(bytes + 1, NULL, 10);
    if (bytes[0] == '$')
        return n < 0                         ? line
               : line + (size_t)n + 2 <= len ? line + (size_t)n + 2
                                             : 0;
    if (bytes[0] != '*')
        return line;
    for (long i = 0; i < n; i++) {
        int below = *depth;
        size_t part = measure(bytes + line, len - line, &below);

        if (part == 0)
            return 0;
        line += part;
    }
    return line;
}

static void count(struct conn *conn, const char *bytes, size_t len)
{
    static const char message[] = "*3\r\n$7\r\nmessage";

    if (len >= sizeof message - 1 &&
        memcmp(bytes, message, sizeof message - 1) == 0) {
        conn->events++;
        return;
    }
    conn->answers++;
    if (bytes[0] == ':')
        conn->rev = strtoull(bytes + 1, NULL, 10);
    if (bytes[0] == '-' && conn->faults++ == 0)
        (void)snprintf(conn->fault, sizeof conn->fault, "%.*s",
            (int)strcspn(bytes, "\r"), bytes);
}

static size_t take(struct conn *conn, const char *bytes, size_t len)
{
    size_t done = 0;

    for (;;) {
        int depth = 0;
        size_t part = measure(bytes + done, len - done, &depth);

        if (part == 0)
            return done;
        count(conn, bytes + done, part);
        done += part;
    }
}

static bool start(struct place *place, struct text *version)
{
    static const char *const ask[] = {"redis-server", "--version", NULL};
    char port[8];

    if (!peer_say(ask, version))
        return false;
    peer_folder(place, "redis");
    peer_port(place);
    (void)snprintf(port, sizeof port, "%u", place->port);
    const char *const argv[] = {"redis-server", "--bind", "127.0.0.1", "--port",
        "0", "--tls-port", port, "--tls-cert-file", "cert.pem",
        "--tls-key-file", "key.pem", "--tls-ca-cert-file", "cert.pem",
        "--tls-auth-clients", "no", "--tls-protocols", "TLSv1.3",
        "--tls-session-caching", "no", "--appendonly", "yes", "--appendfsync",
        "always", "--save", "", "--dir", ".", "--maxclients", "12000", NULL};
    return peer_spawn(place, argv);
}

static void put_bulk(struct text *to, const char *word)
{
    text_printf(to, "$%zu\r\n%s\r\n", strlen(word), word);
}

static size_t greet(const struct place *place, size_t who, struct text *to)
{
    char object[32];

    (void)place;
    (void)snprintf(object, sizeof object, "bid:%zu", who);
    text_puts(to, "*2\r\n");
    put_bulk(to, "DEL");
    put_bulk(to, object);
    text_printf(to, "*3\r\n$6\r\nSCRIPT\r\n$4\r\nLOAD\r\n$%zu\r\n%s\r\n",
        sizeof script - 1, script);
    return 2;
}

/* EVALSHA names a script by its SHA-1, so that its text goes over once. */
static const char *digest_of_script(void)
{
    static char hex[41];
    unsigned char digest[20];
    size_t len = 0;

    if (hex[0] == '\0') {
        INSIST(EVP_Q_digest(NULL, "SHA1", NULL, script, sizeof script - 1,
                   digest, &len) == 1);
        for (size_t i = 0; i < len; i++)
            (void)snprintf(hex + i * 2, 3, "%02x", digest[i]);
    }
    return hex;
}

static void change(struct conn *conn, size_t who, size_t value, struct text *to)
{
    char word[32];

    text_puts(to, "*6\r\n");
    put_bulk(to, "EVALSHA");
    put_bulk(to, digest_of_script());
    put_bulk(to, "1");
    (void)snprintf(word, sizeof word, "bid:%zu", who);
    put_bulk(to, word);
    (void)snprintf(word, sizeof word, "%llu", (unsigned long long)conn->rev);
    put_bulk(to, word);
    (void)snprintf(word, sizeof word, "%zu", value);
    put_bulk(to, word);
}

static void read_one(size_t who, struct text *to)
{
    char word[32];

    (void)snprintf(word, sizeof word, "bid:%zu", who);
    text_puts(to, "*2\r\n");
    put_bulk(to, "HGETALL");
    put_bulk(to, word);
}

static void watch(struct text *to)
{
    text_puts(to, "*2\r\n");
    put_bulk(to, "SUBSCRIBE");
    put_bulk(to, "events");
}

static size_t burst(size_t events, struct text *to)
{
    for (size_t i = 0; i < events; i++) {
        text_puts(to, "*3\r\n");
        put_bulk(to, "PUBLISH");
        put_bulk(to, "events");
        put_bulk(to, "B-1 bid.set author=ann price=12345 was.price=12344");
    }
    return events;
}

const struct peer peer_redis = {.name = "redis",
    .durable = "appendfsync always",
    .from_zero = true,
    .speech = {.take = take},
    .start = start,
    .greet = greet,
    .change = change,
    .read = read_one,
    .watch = watch,
    .burst = burst};
