/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_places.h - a whole tender with the places of its numbers, into which
 * the targets that compute put the bytes of the fuzzer.
 */
#ifndef TESTS_FUZZ_FUZZ_PLACES_H
#define TESTS_FUZZ_FUZZ_PLACES_H

#include "protocol/base_mem.h"
#include "tests/unit/tender.h"

#define PLACES 512

/* A tender with what tender.h has no room for. */
struct whole {
    struct tender t;
    struct model_group groups[3];
    size_t group_of[4];
    struct model_level levels[4];
    int64_t *places[PLACES];
    size_t places_n;
};

static inline void add_place(struct whole *w, int64_t *place)
{
    INSIST(w->places_n < PLACES);
    w->places[w->places_n++] = place;
}

static inline void add_estimate(struct whole *w, struct estimate *e)
{
    add_place(w, &e->low);
    add_place(w, &e->likely);
    add_place(w, &e->high);
}

/* What the record never holds: estimates out of order, or beyond the limit. */
static inline int64_t within_limits(int64_t value)
{
    const int64_t most = DECIMAL_LIMIT * DECIMAL_ONE;

    return value > most || value < -most ? MODEL_ABSENT : value;
}

static inline void put_in_order(struct estimate *e)
{
    if (e->low == MODEL_ABSENT || e->likely == MODEL_ABSENT ||
        e->high == MODEL_ABSENT) {
        *e = not_recorded();
        return;
    }
    e->likely = e->likely < e->low ? e->low : e->likely;
    e->high = e->high < e->likely ? e->likely : e->high;
}

#endif
