/* SPDX-License-Identifier: Apache-2.0
 *
 * word_map.c - an open hash of words.
 */
#include "client/word_map.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* FNV-1a, 64 bits (draft-eastlake-fnv), from a start that a file can not
 * know, so that ids can not be chosen to collide. */
static uint64_t hash_word(uint64_t start, const char *word)
{
    uint64_t hash = start;

    for (; *word; word++)
        hash = (hash ^ (unsigned char)*word) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

/* The slot of a word, or the free one where it belongs. */
static struct word_slot *find_slot(const struct word_map *map, const char *word)
{
    size_t at = (size_t)hash_word(map->start, word) & (map->room - 1);

    while (map->slots[at].word && strcmp(map->slots[at].word, word) != 0)
        at = (at + 1) & (map->room - 1);
    return &map->slots[at];
}

static void double_room(struct word_map *map)
{
    struct word_map larger = {
        .room = map->room ? map->room * 2 : 64, .start = map->start};

    if (map->room == 0 &&
        getrandom(&larger.start, sizeof larger.start, GRND_NONBLOCK) < 0)
        larger.start = UINT64_C(14695981039346656037);
    larger.slots = mem_new(larger.room * sizeof *larger.slots);
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].word)
            (void)word_map_put(
                &larger, map->slots[i].word, map->slots[i].number);
    word_map_fini(map);
    *map = larger;
}

bool word_map_put(struct word_map *map, const char *word, size_t number)
{
    if (map->n * 2 >= map->room)
        double_room(map);
    struct word_slot *slot = find_slot(map, word);
    if (slot->word)
        return false;
    *slot = (struct word_slot){word, number};
    map->n++;
    return true;
}

size_t word_map_find(const struct word_map *map, const char *word)
{
    if (map->n == 0)
        return WORD_MAP_NONE;
    const struct word_slot *slot = find_slot(map, word);
    return slot->word ? slot->number : WORD_MAP_NONE;
}

void word_map_fini(struct word_map *map)
{
    free(map->slots);
    *map = (struct word_map){0};
}
