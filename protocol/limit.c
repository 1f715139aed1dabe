/* SPDX-License-Identifier: Apache-2.0
 *
 * limit.c - the table of limits, and those in force.
 *
 * Each number in force is read and written as a whole and depends on no other,
 * so relaxed atomics are enough: a thread sees a new one a little later.
 */
#include "protocol/limit.h"

#include "protocol/base_mem.h"

#include <stdatomic.h>
#include <string.h>

#define START false
#define LIVE  true
const struct limit_row limits[LIMIT_COUNT] = {
#define LIMIT(id, word, preset, low, high, unit, scope, when, en, fr)          \
    {word, (preset), (low), (high), unit, scope, when, {en, fr}},
#include "protocol/limits.def"
#undef LIMIT
};
#undef START
#undef LIVE

static _Atomic size_t in_force[LIMIT_COUNT] = {
#define LIMIT(id, word, preset, ...) (preset),
#include "protocol/limits.def"
#undef LIMIT
};

static _Atomic unsigned edges[LIMIT_COUNT];

static const struct {
    enum limit low, high;
} pairs[] = {
#define MUST(low, high) {LIMIT_ROW_##low, LIMIT_ROW_##high},
#include "protocol/limits.def"
#undef MUST
};

size_t limit_now(enum limit limit)
{
    return atomic_load_explicit(&in_force[limit], memory_order_relaxed);
}

int64_t limit_ms(enum limit limit)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"milliseconds", 1}, {"seconds", 1000}, {"hours", 3600000},
        {"days", 86400000}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(limits[limit].unit, units[i].unit) == 0)
            return (int64_t)limit_now(limit) * units[i].ms;
    insist_failed(__FILE__, __LINE__, "a limit of time");
}

enum limit limit_find(const char *word)
{
    enum limit limit = 0;

    while (limit < LIMIT_COUNT && strcmp(limits[limit].word, word) != 0)
        limit++;
    return limit;
}

enum err limit_set(enum limit limit, size_t value)
{
    if (value < limits[limit].low || value > limits[limit].high)
        return ERR_ARG;
    atomic_store_explicit(&in_force[limit], value, memory_order_relaxed);
    return ERR_OK;
}

bool limit_above(const size_t *value, enum limit *low, enum limit *high)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (value[pairs[i].low] <= value[pairs[i].high])
            continue;
        *low = pairs[i].low;
        *high = pairs[i].high;
        return true;
    }
    return false;
}

void limit_met(enum limit limit, uint64_t n, uint64_t most)
{
    unsigned edge = n == most       ? LIMIT_AT
                    : n < most      ? 0
                    : n == most + 1 ? LIMIT_BEYOND
                                    : LIMIT_FAR;

    /* Only the first time costs a write that other threads notice. */
    if (edge & ~atomic_load_explicit(&edges[limit], memory_order_relaxed))
        atomic_fetch_or_explicit(&edges[limit], edge, memory_order_relaxed);
}

bool limit_allows(enum limit limit, size_t n)
{
    size_t most = limit_now(limit);

    limit_met(limit, n, most);
    return n <= most;
}

bool limit_is_over(enum limit limit, int64_t ms)
{
    int64_t most = limit_ms(limit);

    if (ms < 0)
        return false;
    limit_met(limit, (uint64_t)ms, (uint64_t)most);
    return ms > most;
}

void limit_edges(struct text *to)
{
    static const struct {
        unsigned edge;
        const char *word;
    } words[] = {
        {LIMIT_AT, "at"}, {LIMIT_BEYOND, "beyond"}, {LIMIT_FAR, "far"}};
    size_t start = to->len;

    for (enum limit i = 0; i < LIMIT_COUNT; i++) {
        unsigned met = atomic_load_explicit(&edges[i], memory_order_relaxed);
        char before = '=';

        if (met == 0)
            continue;
        text_printf(to, "%s%s", to->len > start ? " " : "", limits[i].word);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if ((met & words[k].edge) == 0)
                continue;
            text_printf(to, "%c%s", before, words[k].word);
            before = ',';
        }
    }
}
