/* SPDX-License-Identifier: Apache-2.0
 *
 * word_map.h - from a word to a number, for joining what refers by id.
 *
 * A zeroed struct word_map is empty and needs no init.  Words are not copied:
 * they must live as long as the map.
 */
#ifndef CLIENT_WORD_MAP_H
#define CLIENT_WORD_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORD_MAP_NONE SIZE_MAX

struct word_map {
    struct word_slot {
        const char *word; /* NULL: the slot is free */
        size_t number;
    } * slots;
    size_t room; /* a power of two, or 0 */
    size_t n;
    uint64_t start; /* of the hash, by chance */
};

/**
 * word_map_put - give a word its number
 *
 * Takes   word  lives as long as the map
 * Gives   true; false when the word has a number already, which stays
 * Thread  any, one owner at a time
 * Cost    O(1) in the mean
 */
bool word_map_put(struct word_map *map, const char *word, size_t number);

/**
 * word_map_find - the number of a word
 *
 * Gives   the number, WORD_MAP_NONE when there is none
 * Thread  any, one owner at a time
 * Cost    O(1) in the mean
 */
size_t word_map_find(const struct word_map *map, const char *word);

/**
 * word_map_fini - free the map
 *
 * Gives   *map all zero
 * Thread  any, one owner at a time
 */
void word_map_fini(struct word_map *map);

#endif
