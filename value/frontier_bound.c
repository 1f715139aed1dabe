/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound.c - which partial offers can not come to anything new.
 *
 * Whole offers that are known make a staircase.  A partial offer is worth
 * going on with when for one corner of it every weighing of the two sides
 * leaves room above the corner.  What a completion can come to by a weighing
 * is bounded without looking at sets: the points of a price lie below chords
 * of a convex curve, a budget below what a price for it makes of it, and then
 * each element is worth taking or not by itself.
 */
#include "value/frontier_bound.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"

/* Bits that coarse figures have at most. */
#define COARSE_BITS 40

static int64_t ceil_shift(wide value, int shift)
{
    return (int64_t)((value + (((wide)1 << shift) - 1)) >> shift);
}

/* What an element adds to a weighing along a line, in coarse units. */
static int64_t worth_of(
    const struct frontier_bound *b, size_t way, size_t line, size_t at)
{
    const struct frontier_item *item = &b->table->items[at];
    wide points = (wide)(item->points + item->hope_points) << FINE;
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

/* The most that is known of a weighing for all completions of a state. */
static int64_t most_of(const struct frontier_bound *b, size_t decided,
    size_t way, const struct span *span, const int64_t *points, int64_t users)
{
    const struct way *w = &b->ways[way];
    const int64_t *rest = b->rest[decided][way];
    int64_t best = INT64_MIN;

    if (!b->by_price) {
        best = INT64_MAX;
        for (size_t l = 0; l < b->lines_n; l++) {
            int64_t value = rest[l];
            if (b->fees[way][l] > 0)
                value +=
                    ceil_shift((wide)b->fees[way][l] * span->left, FINE);
            best = value < best ? value : best;
        }
        return best + w->points * points[0] + w->users * users;
    }
    for (size_t l = span->first; l <= span->last; l++) {
        int64_t value = w->points * points[l] + rest[l];
        best = value > best ? value : best;
    }
    return best + w->users * users;
}

/* Points of a state with all that its price can earn along each line. */
static void read_span(const struct frontier_bound *b, size_t decided,
    const struct frontier_state *state, struct span *span, int64_t *points)
{
    const struct frontier_table *table = b->table;
    int64_t own = state->points + state->hope_points + b->doubt_points;

    *span = (struct span){0};
    if (!b->by_price) {
        if (table->budget != INT64_MAX)
            span->left = table->budget - state->cost;
        points[0] = ceil_shift(own, b->points_shift);
        return;
    }
    int64_t low = state->cost + table->rest_least[decided];
    int64_t high = state->cost + b->rest_most[decided];
    while (
        span->first + 1 < b->lines_n && b->lines[span->first + 1].from <= low)
        span->first++;
    span->last = span->first;
    while (span->last + 1 < b->lines_n && b->lines[span->last + 1].from < high)
        span->last++;
    for (size_t l = span->first; l <= span->last; l++) {
        const struct line *line = &b->lines[l];
        wide off = (wide)line->slope * (state->cost - line->from);
        points[l] = ceil_shift(((wide)(own + line->points) << FINE) - off,
            FINE + b->points_shift);
    }
}

/* Whether some completion may be better than what is known, on a side on
 * which nothing known is as good and at least as good on the other. */
static bool is_open(const struct frontier_bound *b, size_t decided,
    const struct frontier_state *state)
{
    int64_t points[BOUND_LINES];
    int64_t most[BOUND_WAYS];
    struct span span;
    int64_t users = ceil_shift(
        state->users + state->hope_users + b->doubt_users, b->users_shift);

    read_span(b, decided, state, &span, points);
    for (size_t w = 0; w < b->ways_n; w++)
        most[w] = most_of(b, decided, w, &span, points, users);
    for (size_t c = 0; c <= b->known_n; c++) {
        const int64_t *corner = b->corners[c].at;
        size_t w = b->corners[c].first;
        bool room = most[w] > corner[w];
        for (w = 0; room && w < b->ways_n; w++)
            room = most[w] > corner[w];
        if (room)
            return true;
    }
    return false;
}

/* Adds what targets earn that are still open. */
static bool close_rest(
    struct frontier_bound *b, size_t decided, struct frontier_state *state)
{
    for (size_t i = 0; i < b->table->targets_n; i++) {
        const struct frontier_target *t = &b->table->targets[i];
        int64_t value = 0;
        if (t->straight || t->first == MODEL_NOWHERE || t->last < decided)
            continue;
        if (!target_value(b->table, t, &state->set, &value))
            return false;
        if (t->is_cover)
            state->users += value;
        else
            state->points += value;
    }
    return true;
}

/* Completes a state by what is worth taking; false where that can not be. */
static bool complete(struct frontier_bound *b, size_t decided, size_t way,
    size_t line, struct frontier_state *state)
{
    const struct frontier_table *table = b->table;

    for (size_t at = decided; at < table->n; at++) {
        const struct frontier_item *item = &table->items[at];
        bool may_take = place_may_take(table, at, &state->set) &&
                        cost_fits(table, at + 1, state->cost + item->cost);
        bool may_leave = place_may_leave(table, at, &state->set) &&
                         cost_fits(table, at + 1, state->cost);
        bool wanted = b->rest[at][way][line] > b->rest[at + 1][way][line];
        if (!may_take && !may_leave)
            return false;
        if (!may_take || (may_leave && !wanted))
            continue;
        state->cost += item->cost;
        state->points += item->points;
        state->users += item->users;
        set_add(&state->set, at);
    }
    return close_rest(b, decided, state);
}

static int64_t lead_of(
    const struct frontier_bound *b, const struct frontier_state *state)
{
    if (!b->by_price)
        return state->points;
    return state->points + curve_points(&b->table->curve, state->cost);
}

/* Takes a whole offer into the staircase, unless one there is as good. */
static bool learn(struct frontier_bound *b, const struct frontier_state *state)
{
    const struct known one = {lead_of(b, state), *state};
    size_t start = 0;

    while (start < b->known_n && b->known[start].lead > one.lead)
        start++;
    if (start > 0 && b->known[start - 1].state.users >= state->users)
        return false;
    if (start < b->known_n && b->known[start].lead == one.lead &&
        b->known[start].state.users >= state->users)
        return false;
    size_t end = start;
    while (end < b->known_n && b->known[end].state.users <= state->users)
        end++;
    if (end == start && b->known_n == KNOWN_MOST)
        return false;
    memmove(
        &b->known[start + 1], &b->known[end], (b->known_n - end) * sizeof one);
    b->known[start] = one;
    b->known_n += start + 1 - end;
    return true;
}

static int64_t floor_points(const struct frontier_bound *b, int64_t points)
{
    return points >> b->points_shift;
}

/* The corners of the staircase, weighed each way. */
static void find_corners(struct frontier_bound *b)
{
    for (size_t c = 0; c <= b->known_n; c++) {
        struct corner *corner = &b->corners[c];
        int64_t lead = c < b->known_n ? floor_points(b, b->known[c].lead) : 0;
        int64_t users =
            c > 0 ? b->known[c - 1].state.users >> b->users_shift : 0;
        for (size_t w = 0; w < b->ways_n; w++) {
            const struct way *way = &b->ways[w];
            bool beyond = (c == b->known_n && way->points > 0) ||
                          (c == 0 && way->users > 0);
            corner->at[w] =
                beyond ? INT64_MIN : way->points * lead + way->users * users;
        }
        corner->first = 0;
        for (size_t w = 1; w < b->ways_n; w++) {
            if (corner->at[w] == INT64_MIN)
                continue;
            int64_t gain = corner->at[w] - b->root[w];
            int64_t best =
                corner->at[corner->first] == INT64_MIN
                    ? INT64_MIN
                    : corner->at[corner->first] - b->root[corner->first];
            if (gain / (b->ways[w].points + b->ways[w].users) >
                best / (b->ways[corner->first].points +
                           b->ways[corner->first].users))
                corner->first = w;
        }
    }
}

/* Completes a state in all ways. */
static void try_completions(
    struct frontier_bound *b, size_t decided, const struct frontier_state *from)
{
    for (size_t w = 0; w < b->ways_n; w++) {
        for (size_t l = 0; l < b->lines_n; l++) {
            struct frontier_state state = *from;
            if (complete(b, decided, w, l, &state))
                (void)learn(b, &state);
        }
    }
}

void bound_drop(
    struct frontier_bound *b, size_t decided, struct frontier_states *states)
{
    size_t step = states->n / TRIES + 1;
    size_t kept = 0;

    for (size_t i = step / 2; i < states->n; i += step) {
        struct frontier_state state = states->list[i];
        size_t way = (i / step * 7 + decided) % b->ways_n;
        size_t line = (i / step + decided) % b->lines_n;
        if (complete(b, decided, way, line, &state))
            (void)learn(b, &state);
    }
    find_corners(b);
    for (size_t i = 0; i < states->n; i++) {
        if (is_open(b, decided, &states->list[i]))
            states->list[kept++] = states->list[i];
    }
    states->n = kept;
}

void bound_known(const struct frontier_bound *b, struct frontier_states *states)
{
    struct frontier_state *list =
        mem_new((states->n + b->known_n + 1) * sizeof *list);

    if (states->n > 0)
        memcpy(list, states->list, states->n * sizeof *list);
    for (size_t i = 0; i < b->known_n; i++)
        list[states->n++] = b->known[i].state;
    free(states->list);
    states->list = list;
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
    try_completions(b, 0, first);
    read_span(b, 0, first, &span, points);
    for (size_t w = 0; w < b->ways_n; w++)
        b->root[w] = most_of(b, 0, w, &span, points, users);
}

struct frontier_bound *bound_new(
    struct frontier_table *table, const struct frontier_state *first)
{
    if (!table->can_bound || (table->price_counts && !table->curve.known))
        return NULL;
    struct frontier_bound *b = mem_new(sizeof *b);
    int64_t terms = (int64_t)(table->n + table->targets_n + 1);

    b->table = table;
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
    free(*bound);
    *bound = NULL;
}
