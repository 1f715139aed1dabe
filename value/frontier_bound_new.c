/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_new.c - prepares bounds: lines over the curve of the price or
 * fees for the budget, weighings along the hull of what is known, and what the
 * elements add at most to each.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/frontier_bound.h"

/* Bits that coarse figures have at most. */
#define COARSE_BITS 40

/* What an element adds to a weighing along a line, in coarse units. */
static int64_t worth_of(
    const struct frontier_bound *b, size_t way, size_t line, size_t at)
{
    const struct frontier_item *item = &b->table->items[at];
    wide points = (wide)(item->points + item->hope_points) * (1 << FINE);
    wide users = item->users + item->hope_users;
    int64_t paid = 0;

    if (b->by_price)
        points -= (wide)b->lines[line].slope * item->cost;
    else
        paid = (int64_t)((wide)b->fees[way][line] * item->cost >> FINE);
    return ceil_shift(points * b->ways[way].points, FINE + b->points_shift) +
           ceil_shift(users * b->ways[way].users, b->users_shift) - paid;
}

static void fill_rest(struct frontier_bound *b)
{
    size_t n = b->table->n;

    for (size_t at = n; at-- > 0;) {
        for (size_t w = 0; w < b->ways_n; w++) {
            for (size_t l = 0; l < b->lines_n; l++) {
                int64_t worth = worth_of(b, w, l, at);
                b->rest[at][w][l] =
                    b->rest[at + 1][w][l] + (worth > 0 ? worth : 0);
            }
        }
    }
}

/* A shift that brings figures of a size down to COARSE_BITS. */
static int shift_for(wide size)
{
    int shift = 0;

    while (size >> shift > (int64_t)1 << COARSE_BITS)
        shift++;
    return shift;
}

static void find_shifts(struct frontier_bound *b)
{
    const struct frontier_table *table = b->table;
    wide points = 1;
    wide users = 1;

    for (size_t i = 0; i < table->n; i++) {
        const struct frontier_item *item = &table->items[i];
        int64_t p = item->points + item->hope_points;
        int64_t u = item->users + item->hope_users;
        points += p < 0 ? -p : p;
        users += u < 0 ? -u : u;
    }
    if (b->by_price)
        points += curve_points(&table->curve, table->curve.least);
    for (size_t i = 0; i < table->targets_n; i++) {
        if (table->targets[i].is_cover)
            users += table->targets[i].hope;
        else
            points += table->targets[i].hope;
    }
    b->points_shift = shift_for(points);
    b->users_shift = shift_for(users);
}

/* Chords of the curve of the price between prices in equal proportions. */
static void find_lines(struct frontier_bound *b)
{
    const struct frontier_curve *curve = &b->table->curve;
    mpz_t square;

    b->lines_n = BOUND_LINES;
    int64_t ends[BOUND_LINES + 1] = {0};
    ends[0] = curve->base + curve->least;
    ends[BOUND_LINES] = curve->base + curve->most;
    mpz_init(square);
    for (size_t step = BOUND_LINES; step > 1; step /= 2) {
        for (size_t i = 0; i < BOUND_LINES; i += step) {
            mpz_set_si(square, ends[i]);
            mpz_mul_si(square, square, ends[i + step]);
            mpz_sqrt(square, square);
            ends[i + step / 2] = mpz_get_si(square);
        }
    }
    mpz_clear(square);
    for (size_t i = 0; i < BOUND_LINES; i++) {
        struct line *line = &b->lines[i];
        int64_t to = ends[i + 1] - curve->base;
        line->from = ends[i] - curve->base;
        line->points = curve_points(curve, line->from) + 2;
        wide fall = line->points - 2 - (curve_points(curve, to) + 2);
        line->slope = to > line->from && fall > 0
                          ? (int64_t)((fall << FINE) / (to - line->from))
                          : 0;
    }
}

/* What a unit of the budget is worth one way, and around that: the cost of
 * what is worth taking then just fits. */
static void find_fees(struct frontier_bound *b, size_t way)
{
    static const int64_t around[BOUND_LINES] = {
        0, 16, 24, 28, 30, 31, 32, 33, 34, 36, 40, 44, 48, 64, 96, 120};
    const struct frontier_table *table = b->table;
    int64_t low = 0;
    int64_t high = INT64_C(1) << 60;

    while (high - low > 1) {
        int64_t cost = 0;
        b->fees[way][0] = low + (high - low) / 2;
        for (size_t i = 0; i < table->n; i++)
            cost += worth_of(b, way, 0, i) > 0 || table->items[i].cost < 0
                        ? table->items[i].cost
                        : 0;
        if (cost > table->budget)
            low = b->fees[way][0];
        else
            high = b->fees[way][0];
    }
    b->lines_n = low == 0 ? 1 : BOUND_LINES;
    for (size_t l = 0; l < b->lines_n; l++)
        b->fees[way][l] = high / 32 * around[l];
}

/* Ways from one side alone to the other. */
static void spread_ways(struct frontier_bound *b)
{
    b->ways_n = BOUND_WAYS;
    for (int64_t w = 0; w < BOUND_WAYS; w++) {
        b->ways[w].points = WEIGHT / (BOUND_WAYS - 1) * (BOUND_WAYS - 1 - w);
        b->ways[w].users = WEIGHT / (BOUND_WAYS - 1) * w;
    }
}

/* The way at right angles to the step between two whole offers. */
static struct way normal_of(const struct frontier_bound *b,
    const struct known *one, const struct known *other)
{
    int64_t points = (other->state.users - one->state.users) >> b->users_shift;
    int64_t users = (one->lead - other->lead) >> b->points_shift;

    while (points > WEIGHT || users > WEIGHT) {
        points >>= 1;
        users >>= 1;
    }
    return (struct way){points > 0 ? points : 1, users > 0 ? users : 1};
}

/* Whether the middle one of three lies below the line through the others. */
static bool is_below(const struct known *one, const struct known *middle,
    const struct known *other)
{
    wide first = (wide)(middle->state.users - one->state.users) *
                 (one->lead - other->lead);
    wide last = (wide)(other->state.users - one->state.users) *
                (one->lead - middle->lead);

    return first <= last;
}

/* Ways along the hull of what is known: there bounds are needed. */
static void follow_hull(struct frontier_bound *b)
{
    struct known *hull = mem_new((b->known_n + 1) * sizeof *hull);
    size_t n = 0;

    for (size_t i = 0; i < b->known_n; i++) {
        while (n >= 2 && is_below(&hull[n - 2], &hull[n - 1], &b->known[i]))
            n--;
        hull[n++] = b->known[i];
    }
    size_t steps = n > 0 ? n - 1 : 0;
    size_t most = steps < BOUND_WAYS - 2 ? steps : BOUND_WAYS - 2;
    b->ways_n = 0;
    b->ways[b->ways_n++] = (struct way){WEIGHT, 0};
    for (size_t i = 0; i < most; i++) {
        size_t at = i * steps / most;
        b->ways[b->ways_n++] = normal_of(b, &hull[at], &hull[at + 1]);
    }
    b->ways[b->ways_n++] = (struct way){0, WEIGHT};
    free(hull);
}

/* Sums for the ways that stand, and whole offers by them. */
static void look_along(
    struct frontier_bound *b, const struct frontier_state *first)
{
    int64_t points[BOUND_LINES];
    struct span span;
    int64_t users = ceil_shift(
        first->users + first->hope_users + b->doubt_users, b->users_shift);

    if (!b->by_price) {
        b->lines_n = 1;
        for (size_t w = 0; w < b->ways_n && b->table->budget != INT64_MAX; w++)
            find_fees(b, w);
    }
    fill_rest(b);
    bound_try(b, 0, first);
    bound_span(b, 0, first, &span, points);
    for (size_t w = 0; w < b->ways_n; w++)
        b->root[w] = bound_most(b, 0, w, &span, points, users);
}

struct frontier_bound *bound_new(
    struct frontier_table *table, const struct frontier_state *first)
{
    if (!table->can_bound || (table->price_counts && !table->curve.known))
        return NULL;
    struct frontier_bound *b = mem_new(sizeof *b);
    int64_t terms = (int64_t)(table->n + table->targets_n + 1);

    b->table = table;
    b->rest = mem_new((table->n + 1) * sizeof *b->rest);
    b->by_price = table->price_counts;
    b->doubt_points = table->points_rounded ? terms : 0;
    b->doubt_users = table->users_rounded ? terms : 0;
    for (size_t i = table->n; i-- > 0;) {
        int64_t cost = table->items[i].cost;
        b->rest_most[i] = b->rest_most[i + 1] + (cost > 0 ? cost : 0);
    }
    find_shifts(b);
    if (b->by_price)
        find_lines(b);
    spread_ways(b);
    look_along(b, first);
    follow_hull(b);
    look_along(b, first);
    return b;
}

void bound_free(struct frontier_bound **bound)
{
    if (*bound != NULL)
        free((*bound)->rest);
    free(*bound);
    *bound = NULL;
}
