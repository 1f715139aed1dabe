/* SPDX-License-Identifier: Apache-2.0
 *
 * seen.h - which revision of which object a session was shown last.
 *
 * It serves "if=seen", so that people need not copy numbers.
 */
#ifndef SERVER_SESSION_SEEN_H
#define SERVER_SESSION_SEEN_H

#include "protocol/kind.h"

/* Objects remembered; beyond, the ones seen longest ago are forgotten. */
#define SEEN_MOST 4096

struct seen_entry {
    enum kind kind;
    uint64_t id;
    uint64_t rev;
};

struct seen_list {
    struct seen_entry *list; /* a hash table with open addressing */
    size_t n, room;          /* room is a power of two, or 0 */
};

/**
 * seen_put - remember a revision; a lower one than known is not taken
 *
 * Gives   *seen
 * Thread  the one that owns *seen
 */
void seen_put(
    struct seen_list *seen, enum kind kind, uint64_t id, uint64_t rev);

/**
 * seen_get - the revision seen last
 *
 * Gives   0 when none is known
 * Thread  the one that owns *seen
 */
uint64_t seen_get(const struct seen_list *seen, enum kind kind, uint64_t id);

/**
 * seen_merge - remember all of another list
 *
 * Gives   *to
 * Thread  the one that owns both
 */
void seen_merge(struct seen_list *to, const struct seen_list *from);

/**
 * seen_fini - free the list
 *
 * Gives   *seen all zero
 * Thread  the one that owns *seen
 */
void seen_fini(struct seen_list *seen);

#endif
