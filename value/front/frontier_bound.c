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
#include "value/front/frontier_bound.h"

#include <string.h>

/* The lines that a state can still reach, or the budget it has left. */
struct span {
    size_t first, last;
    int64_t left;
};

/* A state as it is bounded, in coarse figures. */
struct bounded {
    struct span span;
    size_t decided;
    int64_t points[BOUND_LINES]; /* with all that the price can earn */
    int64_t users;
    int64_t own[BOUND_WAYS]; /* weighed, where a budget holds */
    /* What open targets earn with all that helps them so far, less what they
     * earn at most. */
    int64_t less[FRONTIER_MAX];
};

/* What the targets of the open block earn of a set by all that helps them,
 * less their limits, in coarse figures. */
static void read_less(const struct frontier_bound *b, size_t decided,
    const struct frontier_set *set, int64_t *less)
{
    const struct frontier_block *block = &b->table->blocks[b->open];

    for (size_t i = 0; i < b->open_n; i++)
        less[i] = b->open_targets[i].hope;
    for (size_t at = block->first; at < decided; at++) {
        if (!frontier_has(set, at))
            continue;
        for (size_t k = b->helps_from[at]; k < b->helps_from[at + 1]; k++)
            less[b->helps[k].open] += b->helps[k].by;
    }
    for (size_t i = 0; i < b->open_n; i++) {
        const struct open_bound *open = &b->open_targets[i];
        int64_t hope = less[i] < open->top || open->drops ? less[i] : open->top;
        less[i] = ceil_shift(hope, open->shift) - open->coarse_top;
    }
}

/* The lines within reach, and the points along each. */
static void read_span(const struct frontier_bound *b,
    const struct frontier_state *state, struct bounded *s)
{
    int64_t own = state->points + b->doubt_points;
    struct span *span = &s->span;

    if (!b->by_price) {
        if (b->table->budget != INT64_MAX)
            span->left = b->table->budget - state->cost;
        s->points[0] = ceil_shift(own, b->points_shift);
        return;
    }
    int64_t low = state->cost + b->least[s->decided];
    int64_t high = state->cost + b->most[s->decided];
    while (
        span->first + 1 < b->lines_n && b->lines[span->first + 1].from <= low)
        span->first++;
    span->last = span->first;
    while (span->last + 1 < b->lines_n && b->lines[span->last + 1].from < high)
        span->last++;
    for (size_t l = span->first; l <= span->last; l++) {
        const struct line *line = &b->lines[l];
        wide off = (wide)line->slope * (state->cost - line->from);
        s->points[l] =
            ceil_shift(((wide)(own + line->points) * (1 << FINE)) - off,
                FINE + b->points_shift);
    }
}

/* What a state has by each weighing, whatever is still to come along a line. */
static void weigh_state(const struct frontier_bound *b, const struct bounded *s,
    int64_t points, int64_t *own)
{
    for (size_t w = 0; w < b->ways_n; w++)
        own[w] = b->ways[w].points * points + b->ways[w].users * s->users;
}

static void read_bounded(const struct frontier_bound *b, size_t decided,
    const struct frontier_state *state, struct bounded *s)
{
    s->span = (struct span){0};
    s->decided = decided;
    read_span(b, state, s);
    s->users = ceil_shift(state->users + b->doubt_users, b->users_shift);
    if (b->open_n > 0)
        read_less(b, decided, &state->set, s->less);
    if (!b->by_price)
        weigh_state(b, s, s->points[0], s->own);
}

/* Adds what open targets earn less than their limits. */
static void add_less(const struct frontier_bound *b, const struct bounded *s,
    size_t line, int64_t *most)
{
    for (size_t i = 0; i < b->open_n; i++) {
        const struct open_bound *open = &b->open_targets[i];
        const int32_t *share = b->share_weight[open->target][line];
        int64_t less = s->less[i];
        if (open->last < s->decided)
            continue;
        for (size_t w = 0; w < b->ways_n; w++)
            most[w] += (share[w] * less + SHARE_ALL - 1) >> SHARE_BITS;
    }
}

/* The most that is known of each weighing for all completions along a line. */
static void most_along(const struct frontier_bound *b, const struct bounded *s,
    size_t line, int64_t *most)
{
    const int64_t *rest = b->rest[s->decided][line];
    const int64_t *fees = b->fees[line];
    int64_t left = s->span.left;

    if (b->by_price)
        weigh_state(b, s, s->points[line], most);
    else
        memcpy(most, s->own, b->ways_n * sizeof *most);
    for (size_t w = 0; w < b->ways_n && !b->fees_fit; w++)
        most[w] += rest[w];
    for (size_t w = 0; w < b->ways_n && b->fees_fit; w++)
        most[w] += rest[w] + ((fees[w] * left + FINE_LESS) >> FINE);
    for (size_t w = 0; w < b->ways_n && b->fees_wide; w++)
        most[w] += ceil_shift((wide)fees[w] * left, FINE);
    add_less(b, s, line, most);
}

/* Whether a corner has room by every weighing.  The one that closed the corner
 * before it, or one near that, is likely to close this one too. */
static bool corner_has_room(const struct frontier_bound *b, size_t corner,
    const int64_t *most, size_t *way)
{
    const int64_t *at = b->corners[corner].at;

    if (most[*way] <= at[*way] ||
        most[b->closing[corner].way] <= b->closing[corner].at)
        return false;
    for (size_t w = *way + 1; w < b->ways_n; w++) {
        if (most[w] > at[w])
            continue;
        *way = w;
        return false;
    }
    for (size_t w = 0; w < *way; w++) {
        if (most[w] > at[w])
            continue;
        *way = w;
        return false;
    }
    return true;
}

/* Whether a corner of a pack has room; most packs are closed by one way. */
static bool pack_has_room(
    struct frontier_bound *b, size_t pack, const int64_t *most, size_t *way)
{
    size_t from = pack * CORNER_PACK;
    size_t end =
        from + CORNER_PACK <= b->known_n ? from + CORNER_PACK : b->known_n + 1;

    if (most[b->packs[pack].way] <= b->packs[pack].at)
        return false;
    for (size_t c = from; c < end; c++) {
        if (!corner_has_room(b, c, most, way))
            continue;
        b->last_corner = c;
        return true;
    }
    return false;
}

/* Whether some corner has; the one that had last is looked at first. */
static bool has_room(struct frontier_bound *b, const int64_t *most)
{
    size_t way = 0;

    if (b->last_corner <= b->known_n &&
        corner_has_room(b, b->last_corner, most, &way))
        return true;
    way = 0;
    for (size_t pack = 0; pack <= b->known_n / CORNER_PACK; pack++) {
        if (pack_has_room(b, pack, most, &way))
            return true;
    }
    return false;
}

/* The price of every completion lies on one of the lines within reach. */
static bool open_by_price(struct frontier_bound *b, const struct bounded *s)
{
    int64_t most[BOUND_WAYS] = {0};
    size_t n = s->span.last - s->span.first + 1;
    size_t from = b->last_line >= s->span.first && b->last_line <= s->span.last
                      ? b->last_line - s->span.first
                      : 0;

    for (size_t i = 0; i < n; i++) {
        size_t line = s->span.first + (from + i) % n;
        most_along(b, s, line, most);
        if (!has_room(b, most))
            continue;
        b->last_line = line;
        return true;
    }
    return false;
}

/* Takes the most by a fee into the least of them; gives the sum of all ways. */
static wide lower_most(const struct frontier_bound *b, const struct bounded *s,
    size_t line, int64_t *most)
{
    int64_t by_fee[BOUND_WAYS] = {0};
    wide sum = 0;

    most_along(b, s, line, by_fee);
    for (size_t w = 0; w < b->ways_n; w++) {
        sum += by_fee[w];
        most[w] = by_fee[w] < most[w] ? by_fee[w] : most[w];
    }
    return sum;
}

/* Every fee tells the most of all completions.  They are tried from the one
 * that was the best last, as long as they get better. */
static bool open_by_fee(struct frontier_bound *b, const struct bounded *s)
{
    int64_t most[BOUND_WAYS] = {0};
    size_t line = b->last_line < b->lines_n ? b->last_line : 0;

    for (size_t w = 0; w < b->ways_n; w++)
        most[w] = INT64_MAX;
    wide best = lower_most(b, s, line, most);
    b->last_line = line;
    for (int way = -1; way <= 1; way += 2) {
        for (size_t l = line; way < 0 ? l > 0 : l + 1 < b->lines_n;) {
            if (!has_room(b, most))
                return false;
            l = way < 0 ? l - 1 : l + 1;
            wide sum = lower_most(b, s, l, most);
            if (sum >= best)
                break;
            best = sum;
            b->last_line = l;
        }
    }
    return has_room(b, most);
}

/* Some completion may be better than what is known, on a side on which nothing
 * known is as good and at least as good on the other. */
bool bound_open(struct frontier_bound *b, size_t decided,
    const struct frontier_state *state)
{
    struct bounded s;

    if (b->whole) {
        /* A whole offer that is new is known from now on. */
        bool is_new = bound_is_new(b, state);
        if (is_new && !b->table->watches)
            (void)bound_learn(b, state);
        return is_new;
    }
    read_bounded(b, decided, state, &s);
    return b->by_price ? open_by_price(b, &s) : open_by_fee(b, &s);
}

bool bound_may_open(
    struct frontier_bound *b, const struct frontier_state *state)
{
    size_t line = b->last_line;
    struct bounded s;

    if (b->whole)
        return bound_is_new(b, state);
    read_bounded(b, b->table->n, state, &s);
    bool may = b->by_price ? open_by_price(b, &s) : open_by_fee(b, &s);
    b->last_line = line;
    return may;
}

/* The most of each weighing: of all lines, on one of which the price lies, or
 * the least by any fee. */
static void find_most(
    const struct frontier_bound *b, const struct bounded *s, int64_t *most)
{
    size_t last = b->by_price ? s->span.last : b->lines_n - 1;

    most_along(b, s, s->span.first, most);
    for (size_t l = s->span.first + 1; l <= last; l++) {
        int64_t line[BOUND_WAYS] = {0};
        most_along(b, s, l, line);
        for (size_t w = 0; w < b->ways_n; w++) {
            if (b->by_price ? line[w] > most[w] : line[w] < most[w])
                most[w] = line[w];
        }
    }
}

void bound_root(struct frontier_bound *b)
{
    const struct frontier_state none = {0};
    struct bounded s;

    read_bounded(b, b->table->n, &none, &s);
    find_most(b, &s, b->root);
}

/* A completion in the making. */
struct trial {
    size_t way, line;
    int64_t least; /* what may still come off the cost */
    struct frontier_state state;
};

/* Takes what is worth taking of the places of a block from one on; false where
 * that can not be. */
static bool take_places(
    struct frontier_bound *b, size_t from, size_t end, struct trial *t)
{
    const struct frontier_table *table = b->table;

    for (size_t at = from; at < end; at++) {
        const struct frontier_item *item = &table->items[at];
        t->least -= item->cost < 0 ? item->cost : 0;
        bool may_take = place_may_take(table, at, &t->state.set) &&
                        t->state.cost + item->cost + t->least <= table->budget;
        bool may_leave = place_may_leave(table, at, &t->state.set) &&
                         t->state.cost + t->least <= table->budget;
        if (!may_take && !may_leave)
            return false;
        if (!may_take || (may_leave && b->worth[at][t->line][t->way] <= 0))
            continue;
        t->state.cost += item->cost;
        t->state.points += item->points;
        t->state.users += item->users;
        set_add(&t->state.set, at);
    }
    return true;
}

/* Adds what the targets of a block earn that were not closed at a place. */
static bool close_block(struct frontier_bound *b,
    const struct frontier_block *block, size_t decided,
    struct frontier_state *state)
{
    for (size_t i = 0; i < b->table->targets_n; i++) {
        const struct frontier_target *t = &b->table->targets[i];
        int64_t value = 0;
        if (!target_within(t, block) || t->last < decided)
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

/* Adds the offer of a block that is the best along the line. */
static bool take_best(struct frontier_bound *b, size_t block, struct trial *t)
{
    const struct block_bound *known = &b->blocks[block];

    if (known->offers->n == 0)
        return false;
    const struct frontier_state *best =
        &known->offers->list[known->best[t->line][t->way]];
    t->least -= b->table->blocks[block].least;
    state_join(&t->state, best);
    return t->state.cost + t->least <= b->table->budget;
}

/* Completes a state by what is worth taking; false where that can not be. */
static bool complete(struct frontier_bound *b, size_t decided, size_t way,
    size_t line, struct frontier_state *state)
{
    struct trial t = {way, line, b->least[decided], *state};
    bool can = true;

    if (b->open != MODEL_NOWHERE) {
        const struct frontier_block *open = &b->table->blocks[b->open];
        can = take_places(b, decided, open->end, &t) &&
              close_block(b, open, decided, &t.state);
    }
    for (size_t j = 0; can && j < b->table->blocks_n; j++) {
        const struct frontier_block *block = &b->table->blocks[j];
        if (bound_decided(b, j))
            continue;
        if (b->blocks[j].offers != NULL)
            can = take_best(b, j, &t);
        else
            can = take_places(b, block->first, block->end, &t) &&
                  close_block(b, block, block->first, &t.state);
    }
    *state = t.state;
    return can;
}

/* Completes a state in all ways. */
void bound_try(
    struct frontier_bound *b, size_t decided, const struct frontier_state *from)
{
    for (size_t w = 0; w < b->ways_n; w++) {
        for (size_t l = 0; l < b->lines_n; l++) {
            struct frontier_state state = *from;
            if (complete(b, decided, w, l, &state))
                (void)bound_learn(b, &state);
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
            (void)bound_learn(b, &state);
    }
    bound_corners(b);
    for (size_t i = 0; i < states->n; i++) {
        if (bound_open(b, decided, &states->list[i]))
            states->list[kept++] = states->list[i];
    }
    states->n = kept;
}
