/* SPDX-License-Identifier: Apache-2.0
 *
 * door.c - counts by address in a small hash table.
 *
 * The table has as many buckets as there may be connections, so chains stay
 * short whatever addresses come; its hash starts from a random number, so
 * that nobody can choose addresses that share a bucket.
 */
#include "server/net/door.h"

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

struct door_place {
    struct visitor *visitor; /* NULL: of the loopback */
    bool known;
};

struct door {
    size_t most;
    size_t n;
    size_t unknown; /* before login, loopback not counted */
    size_t buckets;
    uint64_t seed;
    struct visitor *bucket[];
};

void door_new(size_t most, struct door **made)
{
    size_t buckets = most < 64 ? 64 : most;
    struct door *door =
        mem_new(sizeof *door + buckets * sizeof(struct visitor *));

    door->most = most;
    door->buckets = buckets;
    INSIST(getrandom(&door->seed, sizeof door->seed, 0) == sizeof door->seed);
    *made = door;
}

void door_free(struct door **door)
{
    if (*door == NULL)
        return;
    INSIST((*door)->n == 0);
    free(*door);
    *door = NULL;
}

bool door_is_full(const struct door *door)
{
    limit_met(LIMIT_ROW_SESSIONS, door->n + 1, door->most);
    return door->n >= door->most;
}

static struct visitor **find_visitor(
    struct door *door, const struct address_key *key)
{
    uint64_t hash = door->seed;

    for (size_t i = 0; i < sizeof key->bytes; i++)
        hash = (hash ^ key->bytes[i]) * UINT64_C(0x100000001b3);
    hash ^= hash >> 32;
    struct visitor **at = &door->bucket[hash % door->buckets];
    while (*at != NULL &&
           memcmp((*at)->key.bytes, key->bytes, sizeof key->bytes) != 0)
        at = &(*at)->next;
    return at;
}

void door_count(const struct door *door, size_t *all, size_t *unknown)
{
    *all = door->n;
    *unknown = door->unknown;
}

static bool is_crowded(const struct door *door, uint32_t random)
{
    size_t early = LIMIT_NOW(SHAKING_EARLY);
    size_t most = LIMIT_NOW(SHAKING);

    if (!limit_allows(LIMIT_ROW_SHAKING, door->unknown + 1))
        return true;
    if (limit_allows(LIMIT_ROW_SHAKING_EARLY, door->unknown + 1))
        return false;
    return random % (most - early + 1) <= door->unknown - early;
}

static enum door_said admit_visitor(struct door *door,
    const struct address_key *key, uint32_t random, struct visitor **got)
{
    struct visitor **at = find_visitor(door, key);

    size_t n = *at ? (*at)->n : 0, unknown = *at ? (*at)->unknown : 0;
    if (!limit_allows(LIMIT_ROW_PER_ADDRESS, n + 1) ||
        !limit_allows(LIMIT_ROW_SHAKING_ADDRESS, unknown + 1))
        return DOOR_ADDRESS;
    if (is_crowded(door, random))
        return DOOR_CROWDED;
    if (*at == NULL) {
        *at = mem_new(sizeof **at);
        (*at)->key = *key;
    }
    (*at)->n++;
    (*at)->unknown++;
    door->unknown++;
    *got = *at;
    return DOOR_WELCOME;
}

enum door_said door_admit(struct door *door,
    const struct sockaddr_storage *from, uint32_t random,
    struct door_place **place)
{
    struct visitor *visitor = NULL;

    INSIST(!door_is_full(door));
    if (!address_is_local(from)) {
        struct address_key key = address_key(from);
        enum door_said said = admit_visitor(door, &key, random, &visitor);
        if (said != DOOR_WELCOME)
            return said;
    }
    struct door_place *made = mem_new(sizeof *made);
    made->visitor = visitor;
    door->n++;
    *place = made;
    return DOOR_WELCOME;
}

void door_know(struct door *door, struct door_place *place)
{
    if (place->known)
        return;
    place->known = true;
    if (place->visitor == NULL)
        return;
    INSIST(door->unknown > 0 && place->visitor->unknown > 0);
    door->unknown--;
    place->visitor->unknown--;
}

void door_leave(struct door *door, struct door_place **place)
{
    if (*place == NULL)
        return;
    door_know(door, *place);
    struct visitor *visitor = (*place)->visitor;
    INSIST(door->n > 0);
    door->n--;
    if (visitor != NULL && --visitor->n == 0) {
        struct visitor **at = find_visitor(door, &visitor->key);
        INSIST(*at == visitor);
        *at = visitor->next;
        free(visitor);
    }
    free(*place);
    *place = NULL;
}
