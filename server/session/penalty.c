/* SPDX-License-Identifier: Apache-2.0
 *
 * penalty.c - a bounded table of those who failed to log in.
 *
 * When it is full the one that failed longest ago is forgotten: memory is
 * bounded, and who fills the table on purpose had to fail as often.
 */
#include "server/session/penalty.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#define PENALTIES_MOST 65536
#define BUCKETS        16384

struct penalty {
    TAILQ_ENTRY(penalty) by_age;
    LIST_ENTRY(penalty) in_bucket;
    char *key;
    unsigned failures;
    int64_t until_ms;
    int64_t last_ms;
};

TAILQ_HEAD(ages, penalty);
LIST_HEAD(bucket, penalty);

struct penalties {
    struct ages ages; /* the newest first */
    struct bucket buckets[BUCKETS];
    size_t n;
};

void penalties_new(struct penalties **made)
{
    *made = mem_new(sizeof **made);
    TAILQ_INIT(&(*made)->ages);
}

static void forget(struct penalties *penalties, struct penalty *penalty)
{
    TAILQ_REMOVE(&penalties->ages, penalty, by_age);
    LIST_REMOVE(penalty, in_bucket);
    penalties->n--;
    free(penalty->key);
    free(penalty);
}

void penalties_free(struct penalties **made)
{
    struct penalty *next;

    if (*made == NULL)
        return;
    for (struct penalty *at = TAILQ_FIRST(&(*made)->ages); at; at = next) {
        next = TAILQ_NEXT(at, by_age);
        free(at->key);
        free(at);
    }
    free(*made);
    *made = NULL;
}

static struct bucket *bucket_of(struct penalties *penalties, const char *key)
{
    uint32_t hash = 2166136261u;

    for (const char *p = key; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    return &penalties->buckets[hash % BUCKETS];
}

static struct penalty *find(struct penalties *penalties, const char *key)
{
    struct penalty *at;

    LIST_FOREACH(at, bucket_of(penalties, key), in_bucket)
    if (strcmp(at->key, key) == 0)
        return at;
    return NULL;
}

/* A network of IPv6 is one place: its 64 low bits can be chosen freely. */
static bool print_network(
    const char *address, size_t len, char *to, size_t room)
{
    unsigned char raw[16];
    char text[64];

    if (len >= sizeof text)
        return false;
    memcpy(text, address, len);
    text[len] = '\0';
    if (inet_pton(AF_INET6, text, raw) != 1)
        return false;
    (void)snprintf(to, room, "@%02x%02x%02x%02x%02x%02x%02x%02x", raw[0],
        raw[1], raw[2], raw[3], raw[4], raw[5], raw[6], raw[7]);
    return true;
}

/* "192.0.2.7:4711" as "@192.0.2.7"; false for this machine's own. */
static bool read_address(const char *address, char *to, size_t room)
{
    const char *port = strrchr(address, ':');
    size_t len = port ? (size_t)(port - address) : strlen(address);

    if (strncmp(address, "127.", 4) == 0 || strncmp(address, "[::1]", 5) == 0) {
        size_t counts = LIMIT_NOW(PENALTY_LOOPBACK);

        limit_met(LIMIT_ROW_PENALTY_LOOPBACK, counts, 1);
        if (counts == 1)
            return false;
    }
    if (address[0] == '[' && len > 2 &&
        print_network(address + 1, len - 2, to, room))
        return true;
    (void)snprintf(to, room, "@%.*s", (int)len, address);
    return true;
}

/* What was long ago counts no more. */
static bool is_over(const struct penalty *penalty, int64_t now_ms)
{
    return now_ms - penalty->last_ms > 2 * LIMIT_MS(PENALTY_MOST);
}

static int64_t wait_of(
    struct penalties *penalties, const char *key, int64_t now_ms)
{
    const struct penalty *penalty = find(penalties, key);

    if (penalty == NULL)
        return 0;
    int64_t wait = penalty->until_ms - now_ms;
    if (penalty->failures == 1 && wait >= 0)
        limit_met(LIMIT_ROW_PENALTY_SECONDS,
            (uint64_t)(LIMIT_MS(PENALTY_SECONDS) + wait),
            (uint64_t)LIMIT_MS(PENALTY_SECONDS));
    return wait > 0 ? wait : 0;
}

int64_t penalty_wait(struct penalties *penalties, const char *address,
    const char *user, int64_t now_ms)
{
    char key[64];

    if (!read_address(address, key, sizeof key))
        return 0;
    int64_t wait = wait_of(penalties, key, now_ms);
    int64_t other = user ? wait_of(penalties, user, now_ms) : 0;
    return wait > other ? wait : other;
}

static struct penalty *add(struct penalties *penalties, const char *key)
{
    struct penalty *penalty = mem_new(sizeof *penalty);

    if (penalties->n == PENALTIES_MOST)
        forget(penalties, TAILQ_LAST(&penalties->ages, ages));
    penalty->key = mem_text(key);
    LIST_INSERT_HEAD(bucket_of(penalties, key), penalty, in_bucket);
    TAILQ_INSERT_HEAD(&penalties->ages, penalty, by_age);
    penalties->n++;
    return penalty;
}

static void count(struct penalties *penalties, const char *key, int64_t now_ms)
{
    struct penalty *penalty = find(penalties, key);
    int64_t most = LIMIT_MS(PENALTY_MOST), wait = LIMIT_MS(PENALTY_SECONDS);

    if (penalty == NULL)
        penalty = add(penalties, key);
    if (is_over(penalty, now_ms))
        penalty->failures = 0;
    for (unsigned i = 0; i < penalty->failures && wait < most; i++)
        wait *= 2;
    penalty->failures++;
    penalty->last_ms = now_ms;
    limit_met(
        LIMIT_ROW_PENALTY_MOST, (uint64_t)wait / 1000, (uint64_t)most / 1000);
    penalty->until_ms = now_ms + (wait < most ? wait : most);
    TAILQ_REMOVE(&penalties->ages, penalty, by_age);
    TAILQ_INSERT_HEAD(&penalties->ages, penalty, by_age);
}

void penalty_fail(struct penalties *penalties, const char *address,
    const char *user, int64_t now_ms)
{
    char key[64];

    if (!read_address(address, key, sizeof key))
        return;
    count(penalties, key, now_ms);
    if (user)
        count(penalties, user, now_ms);
}

void penalty_clear(struct penalties *penalties, const char *user)
{
    struct penalty *penalty = find(penalties, user);

    if (penalty)
        forget(penalties, penalty);
}
