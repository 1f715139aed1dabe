/* SPDX-License-Identifier: Apache-2.0
 *
 * chunks.h - a queue of bytes in pieces of memory that can be handed on.
 *
 * Bytes are copied in once and never moved: a whole queue changes its owner
 * without a copy, so that what is being sent no longer belongs to who wrote
 * it.  An empty queue holds no memory; a zeroed struct is an empty queue.
 */
#ifndef SERVER_SESSION_CHUNKS_H
#define SERVER_SESSION_CHUNKS_H

#include <stddef.h>

struct chunk {
    struct chunk *next;
    size_t start; /* bytes before it were taken */
    size_t end;   /* start < end <= room */
    size_t room;
    char bytes[];
};

struct chunks {
    struct chunk *first, *last;
    size_t len; /* bytes in all pieces */
};

/**
 * chunks_add - append a copy of bytes
 *
 * Gives   *to longer by len
 * Thread  the owner
 */
void chunks_add(struct chunks *to, const char *bytes, size_t len);

/**
 * chunks_cut - drop bytes from the front
 *
 * Takes   len  at most from->len
 * Gives   *from shorter by len
 * Thread  the owner
 */
void chunks_cut(struct chunks *from, size_t len);

/**
 * chunks_read - take bytes from the front
 *
 * Takes   to[room]
 * Gives   how many bytes were copied, 0 when the queue is empty
 * Thread  the owner
 */
size_t chunks_read(struct chunks *from, char *to, size_t room);

/**
 * chunks_give - move whole pieces from the front of one queue behind another
 *
 * Takes   most  pieces, at least 1
 * Gives   *to longer by what *from lost; nothing is copied
 * Thread  the owner of both
 */
void chunks_give(struct chunks *to, struct chunks *from, size_t most);

/**
 * chunks_fini - free what is held
 *
 * Gives   *chunks all zero
 * Thread  the owner
 */
void chunks_fini(struct chunks *chunks);

#endif
