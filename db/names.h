/* SPDX-License-Identifier: Apache-2.0
 *
 * names.h - a small hash table from words to numbers.
 *
 * For the names of a batch ("$x") and for the objects met while deleting; for
 * files of db/ alone.  A zeroed struct names is empty and needs no init.
 */
#ifndef DB_NAMES_H
#define DB_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct name {
    char *word; /* NULL: the place is free */
    size_t value;
};

struct names {
    struct name *list;
    size_t n;
    size_t room; /* a power of two, more than n */
};

/**
 * names_add - remember a word
 *
 * Gives   true, or false when the word is there already; nothing changes then
 * Thread  the one that owns *names
 * Cost    O(1)
 */
bool names_add(struct names *names, const char *word, size_t value);

/**
 * names_find - the number of a word
 *
 * Gives   true and *value, or false
 * Thread  the one that owns *names
 * Cost    O(1)
 */
bool names_find(const struct names *names, const char *word, size_t *value);

/**
 * names_fini - free the words
 *
 * Gives   *names all zero
 * Thread  the one that owns *names
 */
void names_fini(struct names *names);

#endif
