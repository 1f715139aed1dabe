/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_open.h - marks and coverages that are only partly decided, as
 * partial offers are compared; for frontier_open.c and frontier_filter.c alone.
 *
 * Two partial offers are completed by the same elements.  What one earns more
 * than the other on such a target depends on those; here is the least of it.
 */
#ifndef VALUE_FRONT_FRONTIER_OPEN_H
#define VALUE_FRONT_FRONTIER_OPEN_H

#include "value/front/frontier_inside.h"

#define PARTS     4 /* numbers kept of an open target */
#define PART_MOST 3 /* what it earns with some completion */

/* A target with choices both decided and open. */
struct open_target {
    const struct frontier_target *target;
    bool counts;         /* it is not yet in the sums */
    int64_t least, most; /* what may still be added */
    int64_t top;         /* the most that may still cap */
    int64_t share;       /* the least share that may still be left open */
    struct frontier_set up, down; /* choices by how they complement */
};

/* Elements that do the same to one target, where that need not be whole. */
struct open_alike {
    bool is_cover;
    struct frontier_set set; /* places */
};

/* Whether what a target earns differs most at the ends of what may come. */
static inline bool is_simple(const struct frontier_target *t)
{
    return t->straight || t->bent;
}

/* Whether the parts of a target tell what it earns. */
static inline bool is_curved(const struct frontier_target *t)
{
    return t->curved && !t->watched;
}

/**
 * open_read - what may still come to a target
 *
 * Takes   t        any with choices
 *         decided  places that are decided
 * Gives   *o
 * Thread  any
 * Source  none
 */
void open_read(
    struct open_target *o, const struct frontier_target *t, size_t decided);

/**
 * open_parts - what a partial offer has on a target
 *
 * Takes   state  decided up to there
 * Gives   parts  [PARTS]: of a simple target what it earns at most and at
 *                least; else its sum, its largest cap above 0, and the lowest
 *                below 0 or, where it is curved, the share left open; the last
 *                is what it earns with the best, or with some, completion; 0
 *                where that is not known
 * Thread  any
 * Source  offer.h
 */
void open_parts(const struct open_target *o, const struct frontier_state *state,
    int64_t *parts);

/**
 * open_more - what one earns at least more than the other on a curved target
 *
 * Takes   p, q  parts of one and of the other
 * Gives   scaled, below 0 where it may earn less; less than 1 too high
 * Thread  any
 * Source  docs/value.md 10: what is left open, (1 - sum - cap) x share, at the
 *         ends of what may come and where one is full
 */
int64_t open_more(
    const struct open_target *o, const int64_t *p, const int64_t *q);

/**
 * open_covers - whether all parts of one are at least those of the other
 *
 * Takes   p, q       parts of a target that is not simple
 *         set, than  what both hold
 * Gives   true where one earns no less whatever is still to come
 * Thread  any
 * Source  none
 */
bool open_covers(const struct open_target *o, const int64_t *p,
    const int64_t *q, const struct frontier_set *set,
    const struct frontier_set *than);

/**
 * open_find_alike - elements that do the same, for all targets that round
 *
 * Takes   table  ordered
 * Gives   *n, and that many, freed with free
 * Thread  any
 * Source  none
 */
struct open_alike *open_find_alike(
    const struct frontier_table *table, size_t *n);

/**
 * open_same - whether two sets earn the same on all that rounds
 *
 * Takes   alike, n  of open_find_alike
 *         is_cover  of this side alone
 * Gives   true where both hold as many of each; their rounding is the same
 * Thread  any
 * Source  none
 */
bool open_same(const struct open_alike *alike, size_t n, bool is_cover,
    const struct frontier_set *one, const struct frontier_set *other);

#endif
