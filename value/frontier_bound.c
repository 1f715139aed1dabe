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

/* The most that is known of a weighing for all completions of a state. */
int64_t bound_most(const struct frontier_bound *b, size_t decided, size_t way,
    const struct span *span, const int64_t *points, int64_t users)
{
    const struct way *w = &b->ways[way];
    const int64_t *rest = b->rest[decided][way];
    int64_t best = INT64_MIN;

    if (!b->by_price) {
        best = INT64_MAX;
        for (size_t l = 0; l < b->lines_n; l++) {
            int64_t value = rest[l];
            if (b->fees[way][l] > 0)
                value += ceil_shift((wide)b->fees[way][l] * span->left, FINE);
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
void bound_span(const struct frontier_bound *b, size_t decided,
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
        points[l] = ceil_shift(((wide)(own + line->points) * (1 << FINE)) - off,
            FINE + b->points_shift);
    }
}

/* Whether some completion may be better than what is known, on a side on
 * which nothing known is as good and at least as good on the other. */
static bool is_open(const struct frontier_bound *b, size_t decided,
    const struct frontier_state *state)
{
    int64_t points[BOUND_LINES];
    int64_t most[BOUND_WAYS] = {0};
    struct span span;
    int64_t users = ceil_shift(
        state->users + state->hope_users + b->doubt_users, b->users_shift);

    bound_span(b, decided, state, &span, points);
    for (size_t w = 0; w < b->ways_n; w++)
        most[w] = bound_most(b, decided, w, &span, points, users);
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
void bound_try(
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
