/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_known.c - the whole offers that are known: a staircase of
 * rising users' value and falling lead, and its corners by every weighing.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_bound.h"

/* The points of a price are less than that too low. */
#define CURVE_DOUBT 2

static int64_t lead_of(
    const struct frontier_bound *b, const struct frontier_state *state)
{
    if (!b->by_price)
        return state->points;
    return state->points + curve_points(&b->table->curve, state->cost);
}

/* Finds the step that an offer would be; false where one there is as good. */
static bool find_step(
    const struct frontier_bound *b, const struct known *one, size_t *start)
{
    int64_t users = one->state.users;
    size_t at = 0;
    size_t end = b->known_n;

    while (at < end) {
        size_t middle = at + (end - at) / 2;
        if (b->known[middle].lead > one->lead)
            at = middle + 1;
        else
            end = middle;
    }
    *start = at;
    return (at == 0 || b->known[at - 1].state.users < users) &&
           (at == b->known_n || b->known[at].lead < one->lead ||
               b->known[at].state.users < users);
}

bool bound_is_new(
    const struct frontier_bound *b, const struct frontier_state *state)
{
    struct known one = {.lead = lead_of(b, state), .state = *state};
    size_t start;

    one.lead += b->doubt_points + (b->by_price ? CURVE_DOUBT : 0);
    one.state.users += b->doubt_users;
    return find_step(b, &one, &start);
}

/* Takes a whole offer into the staircase, unless one there is as good.  Where
 * something looks at several targets together, the sums are not all of it. */
bool bound_learn(struct frontier_bound *b, const struct frontier_state *state)
{
    struct known one = {.lead = lead_of(b, state), .state = *state};
    size_t start;

    if (!find_step(b, &one, &start))
        return false;
    if (b->table->watches &&
        (!frontier_sees(b->table, &one.state) || !find_step(b, &one, &start)))
        return false;
    size_t end = start;
    while (end < b->known_n && b->known[end].state.users <= one.state.users)
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

/* The way by which a corner lies highest above the most of all offers. */
static void choose_closing(struct frontier_bound *b, size_t corner)
{
    const int64_t *at = b->corners[corner].at;
    size_t first = 0;
    int64_t best = INT64_MIN;

    /* Whatever is chosen, a corner is closed by the same. */
    for (size_t w = 0; w < b->ways_n; w++) {
        int64_t gain =
            at[w] == INT64_MIN
                ? INT64_MIN
                : ((at[w] - b->root[w]) >> PART_BITS) * b->ways[w].part;
        if (w == 0 || gain > best) {
            first = w;
            best = gain;
        }
    }
    b->closing[corner] = (struct closing){first, at[first]};
}

/* Of some corners that follow each other, the way that closes the middle one
 * and the least that it closes of them: what is no higher closes all. */
static void close_pack(struct frontier_bound *b, size_t pack)
{
    size_t from = pack * CORNER_PACK;
    size_t end =
        from + CORNER_PACK <= b->known_n ? from + CORNER_PACK : b->known_n + 1;
    struct closing *closing = &b->packs[pack];

    *closing = b->closing[from + (end - from) / 2];
    for (size_t c = from; c < end; c++) {
        int64_t at = b->corners[c].at[closing->way];
        closing->at = at < closing->at ? at : closing->at;
    }
}

/* The corners of the staircase, weighed each way. */
void bound_corners(struct frontier_bound *b)
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
        choose_closing(b, c);
    }
    for (size_t pack = 0; pack <= b->known_n / CORNER_PACK; pack++)
        close_pack(b, pack);
}

void bound_known(const struct frontier_bound *b, struct frontier_states *states)
{
    struct frontier_state *list =
        mem_new((states->n + b->known_n + 1) * sizeof *list);

    if (states->n > 0)
        memcpy(list, states->list, states->n * sizeof *list);
    states->room = states->n + b->known_n + 1;
    for (size_t i = 0; i < b->known_n; i++)
        list[states->n++] = b->known[i].state;
    free(states->list);
    states->list = list;
}
