/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_new.c - prepares bounds: lines over the curve of the price or
 * fees for the budget, weighings along the hull of what is known, and what the
 * elements add at most to each.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_bound.h"

/* Offers near known ones that are looked at, each time. */
#define NEAR_MOST 50000
/* Bits that coarse figures have at most. */
#define COARSE_BITS 38
/* Halvings of what a unit of the budget may be worth. */
#define FEE_BITS 58
/* Products of so many bits can be added up. */
#define FEES_FIT 61

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
        int64_t p = table->items[i].points;
        int64_t u = table->items[i].users;
        points += p < 0 ? -p : p;
        users += u < 0 ? -u : u;
    }
    if (b->by_price)
        points += curve_points(&table->curve, table->curve.least);
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        wide size = t->hope;
        for (size_t c = 0; c < t->changes_n && !t->straight; c++) {
            int64_t hope = change_hope(t, &t->changes[c]);
            size += hope < 0 ? -hope : hope;
        }
        if (t->is_cover)
            users += size;
        else
            points += size;
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
        wide slope = to > line->from && fall > 0
                         ? (fall << FINE) / (to - line->from)
                         : 0;
        /* A line that falls less lies above the curve all the more. */
        line->slope = slope < INT64_MAX ? (int64_t)slope : INT64_MAX;
    }
}

/* What all that is worth taking at a fee costs; what it is worth without one
 * stands along the first line. */
static wide cost_of_wanted(
    const struct frontier_bound *b, size_t way, int64_t fee)
{
    wide cost = 0;

    for (size_t i = 0; i < b->table->n; i++) {
        int64_t one = b->table->items[i].cost;
        int64_t paid = (int64_t)((wide)fee * one >> FINE);
        cost += b->worth[i][0][way] > paid || one < 0 ? one : 0;
    }
    return cost;
}

/* So fine a fee can be told that no product with a cost leaves 64 bits. */
static int fee_bits(const struct frontier_table *table)
{
    int64_t most = 1;
    int bits = FEE_BITS;

    for (size_t i = 0; i < table->n; i++) {
        int64_t cost = table->items[i].cost;
        most = cost > most ? cost : -cost > most ? -cost : most;
    }
    while (bits > FINE && ((wide)most << bits >> FINE) >> FEE_BITS > 0)
        bits--;
    return bits;
}

/* The most of a budget that can be left. */
static int64_t left_most(const struct frontier_table *table)
{
    int64_t left = table->budget;

    for (size_t j = 0; j < table->blocks_n; j++)
        left -= table->blocks[j].least;
    return left;
}

/* What a unit of the budget is worth, each way, and around that: the cost of
 * what is worth taking then just fits. */
static void find_fees(struct frontier_bound *b)
{
    static const int64_t around[BOUND_LINES] = {
        0, 16, 24, 28, 30, 31, 32, 33, 34, 36, 40, 44, 48, 64, 96, 120};
    int64_t low[BOUND_WAYS] = {0};
    int64_t high[BOUND_WAYS] = {0};

    int bits = fee_bits(b->table);
    int64_t most = 0;

    b->lines_n = 1;
    memset(b->fees[0], 0, sizeof b->fees[0]);
    for (size_t j = 0; j < b->table->blocks_n; j++)
        bound_worth(b, j);
    for (size_t w = 0; w < b->ways_n; w++) {
        high[w] = INT64_C(1) << bits;
        for (int step = 0; step < bits; step++) {
            int64_t fee = low[w] + (high[w] - low[w]) / 2;
            if (cost_of_wanted(b, w, fee) > b->table->budget)
                low[w] = fee;
            else
                high[w] = fee;
        }
    }
    for (size_t w = 0; w < b->ways_n; w++) {
        if (low[w] > 0)
            b->lines_n = BOUND_LINES;
        for (size_t l = 0; l < BOUND_LINES; l++) {
            b->fees[l][w] = high[w] / 32 * around[l];
            most = b->fees[l][w] > most ? b->fees[l][w] : most;
        }
    }
    b->fees_wide = (wide)most * left_most(b->table) >= (wide)1 << FEES_FIT;
    b->fees_fit = !b->fees_wide;
}

static struct way way_of(int64_t points, int64_t users)
{
    return (struct way){
        points, users, (INT64_C(1) << PART_BITS) / (points + users)};
}

/* Ways from one side alone to the other. */
static void spread_ways(struct frontier_bound *b)
{
    const int64_t step = WEIGHT / (BOUND_WAYS - 1);

    b->ways_n = BOUND_WAYS;
    for (int64_t w = 0; w < BOUND_WAYS; w++)
        b->ways[w] = way_of(step * (BOUND_WAYS - 1 - w), step * w);
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
    return way_of(points > 0 ? points : 1, users > 0 ? users : 1);
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
    b->ways[b->ways_n++] = way_of(WEIGHT, 0);
    for (size_t i = 0; i < most; i++) {
        size_t at = i * steps / most;
        b->ways[b->ways_n++] = normal_of(b, &hull[at], &hull[at + 1]);
    }
    b->ways[b->ways_n++] = way_of(0, WEIGHT);
    free(hull);
}

/* Sums for the ways that stand, and whole offers by them. */
static void look_along(struct frontier_bound *b, size_t step)
{
    const struct frontier_state none = {0};

    if (b->table->targets_n > 0)
        memset(b->share, SHARE_ALL, b->table->targets_n * sizeof *b->share);
    if (!b->by_price) {
        b->lines_n = 1;
        if (b->table->budget != INT64_MAX)
            find_fees(b);
    }
    for (size_t j = 0; j < b->table->blocks_n; j++)
        bound_share(b, j, step);
    bound_scope(b, MODEL_NOWHERE, NULL);
    bound_try(b, b->table->n, &none);
    bound_root(b);
}

static size_t most_changes(const struct frontier_table *table)
{
    size_t most = 0;

    for (size_t i = 0; i < table->targets_n; i++)
        most = table->targets[i].changes_n > most ? table->targets[i].changes_n
                                                  : most;
    return most;
}

struct frontier_bound *bound_new(struct frontier_table *table)
{
    if (!table->can_bound || (table->price_counts && !table->curve.known))
        return NULL;
    struct frontier_bound *b = mem_new(sizeof *b);
    int64_t terms = (int64_t)(table->n + table->targets_n + 1);

    b->table = table;
    b->rest = mem_new((table->n + 1) * sizeof *b->rest);
    b->worth = mem_new((table->n + 1) * sizeof *b->worth);
    b->blocks = mem_new((table->blocks_n + 1) * sizeof *b->blocks);
    b->share = mem_new((table->targets_n + 1) * sizeof *b->share);
    b->parts = mem_new((most_changes(table) + 1) * sizeof *b->parts);
    b->share_weight = mem_new((table->targets_n + 1) * sizeof *b->share_weight);
    b->by_price = table->price_counts;
    b->doubt_points = table->points_rounded ? terms : 0;
    b->doubt_users = table->users_rounded ? terms : 0;
    find_shifts(b);
    if (b->by_price)
        find_lines(b);
    spread_ways(b);
    look_along(b, BOUND_LINES / 2);
    bound_near(b, NEAR_MOST);
    follow_hull(b);
    look_along(b, 1);
    bound_near(b, NEAR_MOST);
    return b;
}

void bound_free(struct frontier_bound **bound)
{
    if (*bound != NULL) {
        free((*bound)->rest);
        free((*bound)->worth);
        free((*bound)->blocks);
        free((*bound)->share);
        free((*bound)->share_weight);
        free((*bound)->helps);
        free((*bound)->parts);
    }
    free(*bound);
    *bound = NULL;
}
