/* SPDX-License-Identifier: Apache-2.0
 *
 * chunks.c - a linked list of pieces.
 *
 * A piece is as large as what is added, so that a full TLS record fills one
 * exactly; small ones share a piece of CHUNK_LEAST bytes.
 */
#include "server/session/chunks.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_LEAST ((size_t)2048 - sizeof(struct chunk))

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct chunk *add_piece(struct chunks *to, size_t need)
{
    size_t room = need < CHUNK_LEAST ? CHUNK_LEAST : need;
    struct chunk *made = malloc(sizeof *made + room);

    INSIST(made != NULL);
    made->next = NULL;
    made->start = made->end = 0;
    made->room = room;
    if (to->last)
        to->last->next = made;
    else
        to->first = made;
    to->last = made;
    return made;
}

void chunks_add(struct chunks *to, const char *bytes, size_t len)
{
    struct chunk *last = to->last;

    to->len += len;
    while (len > 0) {
        if (last == NULL || last->end == last->room)
            last = add_piece(to, len);
        size_t n = smaller(len, last->room - last->end);
        memcpy(last->bytes + last->end, bytes, n);
        last->end += n;
        bytes += n;
        len -= n;
    }
}

static void drop_first(struct chunks *from)
{
    struct chunk *first = from->first;

    from->first = first->next;
    if (from->first == NULL)
        from->last = NULL;
    free(first);
}

void chunks_cut(struct chunks *from, size_t len)
{
    INSIST(len <= from->len);
    from->len -= len;
    while (len > 0) {
        struct chunk *first = from->first;
        size_t n = smaller(len, first->end - first->start);
        first->start += n;
        len -= n;
        if (first->start == first->end)
            drop_first(from);
    }
}

size_t chunks_read(struct chunks *from, char *to, size_t room)
{
    size_t done = 0;

    while (done < room && from->first != NULL) {
        const struct chunk *first = from->first;
        size_t n = smaller(room - done, first->end - first->start);
        memcpy(to + done, first->bytes + first->start, n);
        done += n;
        chunks_cut(from, n);
    }
    return done;
}

void chunks_give(struct chunks *to, struct chunks *from, size_t most)
{
    INSIST(most > 0);
    while (most-- > 0 && from->first != NULL) {
        struct chunk *moved = from->first;
        size_t len = moved->end - moved->start;
        from->first = moved->next;
        if (from->first == NULL)
            from->last = NULL;
        from->len -= len;
        moved->next = NULL;
        if (to->last)
            to->last->next = moved;
        else
            to->first = moved;
        to->last = moved;
        to->len += len;
    }
}

void chunks_fini(struct chunks *chunks)
{
    while (chunks->first != NULL)
        drop_first(chunks);
    *chunks = (struct chunks){0};
}
