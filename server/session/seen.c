/* SPDX-License-Identifier: Apache-2.0
 *
 * seen.c - a small hash table from objects to revisions.
 */
#include "server/session/seen.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

static size_t place_of(
    const struct seen_list *seen, enum kind kind, uint64_t id)
{
    uint64_t key = id * 31 + (uint64_t)kind;
    size_t at =
        (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (seen->room - 1);

    while (seen->list[at].rev &&
           (seen->list[at].kind != kind || seen->list[at].id != id))
        at = (at + 1) & (seen->room - 1);
    return at;
}

/* A full table of the greatest size is emptied: what was shown last comes
 * back with the next answer, and the memory of a session stays bounded. */
static void make_room(struct seen_list *seen)
{
    struct seen_list old = *seen;

    if ((seen->n + 1) * 2 <= seen->room)
        return;
    bool full = old.room / 2 >= SEEN_MOST;
    seen->room = full ? old.room : old.room ? old.room * 2 : 16;
    seen->n = 0;
    seen->list = mem_new(seen->room * sizeof *seen->list);
    for (size_t i = 0; i < old.room && !full; i++)
        if (old.list[i].rev)
            seen_put(seen, old.list[i].kind, old.list[i].id, old.list[i].rev);
    free(old.list);
}

void seen_put(struct seen_list *seen, enum kind kind, uint64_t id, uint64_t rev)
{
    if (rev == 0)
        return;
    make_room(seen);
    struct seen_entry *entry = &seen->list[place_of(seen, kind, id)];
    if (entry->rev == 0)
        seen->n++;
    if (rev > entry->rev)
        *entry = (struct seen_entry){kind, id, rev};
}

uint64_t seen_get(const struct seen_list *seen, enum kind kind, uint64_t id)
{
    return seen->room ? seen->list[place_of(seen, kind, id)].rev : 0;
}

void seen_merge(struct seen_list *to, const struct seen_list *from)
{
    for (size_t i = 0; i < from->room; i++)
        if (from->list[i].rev)
            seen_put(
                to, from->list[i].kind, from->list[i].id, from->list[i].rev);
}

void seen_fini(struct seen_list *seen)
{
    free(seen->list);
    *seen = (struct seen_list){0};
}
