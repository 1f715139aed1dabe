/* SPDX-License-Identifier: Apache-2.0
 *
 * names.c - open addressing, at most half full, FNV-1a.
 *
 * The words come from one peer and live for one request, so a peer that makes
 * them collide slows down nobody's requests but its own batch.
 */
#include "db/names.h"

#include "protocol/base_mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The place where a word stands, or would stand. */
static struct name *find_place(const struct names *names, const char *word)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (const char *p = word; *p; p++)
        hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
    size_t at = (size_t)hash & (names->room - 1);
    while (names->list[at].word && strcmp(names->list[at].word, word) != 0)
        at = (at + 1) & (names->room - 1);
    return &names->list[at];
}

static void grow(struct names *names)
{
    struct names old = *names;

    names->room = old.room ? old.room * 2 : 64;
    names->list = mem_new(names->room * sizeof *names->list);
    for (size_t i = 0; i < old.room; i++)
        if (old.list[i].word)
            *find_place(names, old.list[i].word) = old.list[i];
    free(old.list);
}

bool names_add(struct names *names, const char *word, size_t value)
{
    if (names->n * 2 >= names->room)
        grow(names);
    struct name *place = find_place(names, word);
    if (place->word)
        return false;
    *place = (struct name){mem_text(word), value};
    names->n++;
    return true;
}

bool names_find(const struct names *names, const char *word, size_t *value)
{
    if (names->room == 0)
        return false;
    const struct name *place = find_place(names, word);
    if (place->word == NULL)
        return false;
    *value = place->value;
    return true;
}

void names_fini(struct names *names)
{
    for (size_t i = 0; i < names->room; i++)
        free(names->list[i].word);
    free(names->list);
    *names = (struct names){0};
}
