/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.c - counts by address in a small hash table.
 *
 * The table has as many buckets as there may be connections, so chains stay
 * short whatever addresses come; its hash starts from a random number, so
 * that nobody can choose addresses that share a bucket.
 */
#include "server/guard.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct visitor { /* an address that has connections */
    struct visitor *next;
    struct address_key key;
    size_t n;       /* connections */
    size_t unknown; /* of them before login */
};

struct guard_place {
    struct visitor *visitor; /* NULL: of the loopback */
    bool known;
};

struct guard {
    size_t most;
    size_t n;
    size_t unknown; /* before login, loopback not counted */
    size_t buckets;
    uint64_t seed;
    struct visitor *bucket[];
};

void guard_new(size_t most, struct guard **made)
{
    size_t buckets = most < 64 ? 64 : most;
    struct guard *guard =
        mem_new(sizeof *guard + buckets * sizeof guard->bucket[0]);

    guard->most = most;
    guard->buckets = buckets;
    INSIST(
        getrandom(&guard->seed, sizeof guard->seed, 0) == sizeof guard->seed);
    *made = guard;
}

void guard_free(struct guard **guard)
{
    if (*guard == NULL)
        return;
    INSIST((*guard)->n == 0);
    free(*guard);
    *guard = NULL;
}

bool guard_is_full(const struct guard *guard)
{
    return guard->n >= guard->most;
}

static struct visitor **find_visitor(
    struct guard *guard, const struct address_key *key)
{
    uint64_t hash = guard->seed;

    for (size_t i = 0; i < sizeof key->bytes; i++)
        hash = (hash ^ key->bytes[i]) * UINT64_C(0x100000001b3);
    hash ^= hash >> 32;
    struct visitor **at = &guard->bucket[hash % guard->buckets];
    while (*at != NULL &&
           memcmp((*at)->key.bytes, key->bytes, sizeof key->bytes) != 0)
        at = &(*at)->next;
    return at;
}

static bool is_crowded(const struct guard *guard, uint32_t random)
{
    if (guard->unknown < LIMIT_SHAKING_EARLY)
        return false;
    return random % (LIMIT_SHAKING - LIMIT_SHAKING_EARLY) <=
           guard->unknown - LIMIT_SHAKING_EARLY;
}

static enum guard_said admit_visitor(struct guard *guard,
    const struct address_key *key, uint32_t random, struct visitor **got)
{
    struct visitor **at = find_visitor(guard, key);

    if (*at != NULL && ((*at)->n >= LIMIT_PER_ADDRESS ||
                           (*at)->unknown >= LIMIT_SHAKING_ADDRESS))
        return GUARD_ADDRESS;
    if (is_crowded(guard, random))
        return GUARD_CROWDED;
    if (*at == NULL) {
        *at = mem_new(sizeof **at);
        (*at)->key = *key;
    }
    (*at)->n++;
    (*at)->unknown++;
    guard->unknown++;
    *got = *at;
    return GUARD_WELCOME;
}

enum guard_said guard_admit(struct guard *guard,
    const struct sockaddr_storage *from, uint32_t random,
    struct guard_place **place)
{
    struct visitor *visitor = NULL;

    INSIST(!guard_is_full(guard));
    if (!address_is_local(from)) {
        struct address_key key = address_key(from);
        enum guard_said said = admit_visitor(guard, &key, random, &visitor);
        if (said != GUARD_WELCOME)
            return said;
    }
    struct guard_place *made = mem_new(sizeof *made);
    made->visitor = visitor;
    guard->n++;
    *place = made;
    return GUARD_WELCOME;
}

void guard_know(struct guard *guard, struct guard_place *place)
{
    if (place->known)
        return;
    place->known = true;
    if (place->visitor == NULL)
        return;
    INSIST(guard->unknown > 0 && place->visitor->unknown > 0);
    guard->unknown--;
    place->visitor->unknown--;
}

void guard_leave(struct guard *guard, struct guard_place **place)
{
    if (*place == NULL)
        return;
    guard_know(guard, *place);
    struct visitor *visitor = (*place)->visitor;
    INSIST(guard->n > 0);
    guard->n--;
    if (visitor != NULL && --visitor->n == 0) {
        struct visitor **at = find_visitor(guard, &visitor->key);
        INSIST(*at == visitor);
        *at = visitor->next;
        free(visitor);
    }
    free(*place);
    *place = NULL;
}
