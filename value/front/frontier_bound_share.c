/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_share.c - what the elements of a block add at most to a
 * weighing of the two sides, limits of its targets and all.
 *
 * With a share s of a target counted, an element adds s times its effect, and
 * whatever is taken the target earns at most s times all of that and 1 - s
 * times its limit.  The best share is found for one target after the other.
 */
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_bound.h"

/* Times that all targets of a block are gone through. */
#define SWEEPS 2

/* What an element adds to straight targets and takes from the price. */
static int64_t straight_worth(
    const struct frontier_bound *b, size_t way, size_t line, size_t at)
{
    const struct frontier_item *item = &b->table->items[at];
    wide points = (wide)item->points * (1 << FINE);

    if (b->by_price)
        points -= (wide)b->lines[line].slope * item->cost;
    return ceil_shift(points * b->ways[way].points, FINE + b->points_shift) +
           ceil_shift((wide)item->users * b->ways[way].users, b->users_shift);
}

/* What is paid for an element along a line that stands for a budget. */
static int64_t paid_for(
    const struct frontier_bound *b, size_t way, size_t line, size_t at)
{
    if (b->by_price)
        return 0;
    return (
        int64_t)((wide)b->fees[line][way] * b->table->items[at].cost >> FINE);
}

/* A figure of a target by a weighing, of which a share counts. */
static int64_t weigh_share(const struct frontier_bound *b,
    const struct frontier_target *t, size_t way, int64_t figure, int64_t share)
{
    int64_t weight = bound_side(&b->ways[way], t);

    int64_t coarse = ceil_shift(figure, bound_shift(b, t));

    return (coarse * weight * share + SHARE_ALL - 1) >> SHARE_BITS;
}

/* What is taken of the worth of a place: it may be left, or has to be in. */
static int64_t take_worth(const struct frontier_item *item, int64_t worth)
{
    if (item->never)
        return 0;
    return worth > 0 || item->must ? worth : 0;
}

/* Adds the part of a target to the worth of each place, or takes it away. */
static void add_part(const struct frontier_bound *b,
    const struct frontier_target *t, size_t way, int64_t share, int sign,
    int64_t *worth)
{
    for (size_t c = 0; c < t->changes_n; c++) {
        const struct frontier_change *change = &t->changes[c];
        if (change->at != MODEL_NOWHERE)
            worth[change->at] +=
                sign * weigh_share(b, t, way, change_hope(t, change), share);
    }
}

/* A target and the places that change it, as a share of it is looked for. */
struct parts {
    int64_t hope, top; /* weighed */
    size_t n;
    struct part *list;
};

static int64_t share_of(int64_t weighed, int64_t share)
{
    return (weighed * share + SHARE_ALL - 1) >> SHARE_BITS;
}

static void read_parts(const struct frontier_bound *b,
    const struct frontier_target *t, size_t way, const int64_t *worth,
    struct parts *parts)
{
    int64_t hope = t->hope < t->top || t->drops ? t->hope : t->top;
    int shift = bound_shift(b, t);
    int64_t weight = bound_side(&b->ways[way], t);

    parts->n = 0;
    parts->hope = ceil_shift(hope, shift) * weight;
    parts->top = ceil_shift(t->top, shift) * weight;
    for (size_t c = 0; c < t->changes_n; c++) {
        const struct frontier_change *change = &t->changes[c];
        if (change->at == MODEL_NOWHERE || b->table->items[change->at].never)
            continue;
        parts->list[parts->n++] = (struct part){worth[change->at],
            ceil_shift(change_hope(t, change), shift) * weight,
            b->table->items[change->at].must};
    }
}

/* What a target and its places come to with a share. */
static int64_t sum_parts(const struct parts *parts, int64_t share)
{
    int64_t sum =
        share_of(parts->hope, share) + share_of(parts->top, SHARE_ALL - share);

    for (size_t i = 0; i < parts->n; i++) {
        const struct part *part = &parts->list[i];
        int64_t worth = part->worth + share_of(part->weight, share);
        sum += worth > 0 || part->must ? worth : 0;
    }
    return sum;
}

/* The share with the least sum, which falls and then rises with it. */
static int64_t best_share(const struct parts *parts)
{
    int64_t low = 0;
    int64_t high = SHARE_ALL;

    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (sum_parts(parts, middle) <= sum_parts(parts, middle + 1))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static size_t count_targets(
    const struct frontier_table *table, const struct frontier_block *block)
{
    size_t n = 0;

    for (size_t i = 0; i < table->targets_n; i++)
        n += target_within(&table->targets[i], block);
    return n;
}

/* Finds the shares along one line, or leaves them as they are; gives the most
 * of the block. */
static int64_t share_along(struct frontier_bound *b,
    const struct frontier_block *block, size_t way, size_t line, bool finds,
    const int64_t *straight)
{
    int64_t worth[FRONTIER_MAX];
    struct parts parts = {.list = b->parts};
    int64_t most = 0;

    for (size_t at = block->first; at < block->end; at++)
        worth[at] = straight[at] - paid_for(b, way, line, at);
    for (size_t i = 0; i < b->table->targets_n; i++) {
        const struct frontier_target *t = &b->table->targets[i];
        if (target_within(t, block))
            add_part(b, t, way, b->share[i][line][way], 1, worth);
    }
    size_t sweeps = count_targets(b->table, block) > 1 ? SWEEPS : 1;
    for (size_t i = 0; i < sweeps * b->table->targets_n && finds; i++) {
        size_t target = i % b->table->targets_n;
        const struct frontier_target *t = &b->table->targets[target];
        unsigned char *share = &b->share[target][line][way];
        if (!target_within(t, block))
            continue;
        add_part(b, t, way, *share, -1, worth);
        read_parts(b, t, way, worth, &parts);
        *share = (unsigned char)best_share(&parts);
        add_part(b, t, way, *share, 1, worth);
    }
    for (size_t at = block->first; at < block->end; at++) {
        b->worth[at][line][way] = worth[at];
        most += take_worth(&b->table->items[at], worth[at]);
    }
    for (size_t i = 0; i < b->table->targets_n; i++) {
        const struct frontier_target *t = &b->table->targets[i];
        int64_t share = b->share[i][line][way];
        int64_t hope = t->hope < t->top || t->drops ? t->hope : t->top;
        if (target_within(t, block))
            most += weigh_share(b, t, way, hope, share) +
                    weigh_share(b, t, way, t->top, SHARE_ALL - share);
    }
    return most;
}

void bound_share(struct frontier_bound *b, size_t block, size_t step)
{
    const struct frontier_block *within = &b->table->blocks[block];
    int64_t straight[BOUND_WAYS][FRONTIER_MAX]; /* the same along all fees */

    for (size_t l = 0; l < b->lines_n; l++) {
        for (size_t i = 0; i < b->table->targets_n && l % step > 0; i++) {
            if (target_within(&b->table->targets[i], within))
                memcpy(
                    b->share[i][l], b->share[i][l - 1], sizeof b->share[i][l]);
        }
        for (size_t w = 0; w < b->ways_n; w++) {
            for (size_t at = within->first;
                 at < within->end && (b->by_price || l == 0); at++)
                straight[w][at] = straight_worth(b, w, l, at);
            b->blocks[block].most[l][w] =
                share_along(b, within, w, l, l % step == 0, straight[w]);
        }
    }
}

void bound_worth(struct frontier_bound *b, size_t block)
{
    const struct frontier_block *within = &b->table->blocks[block];

    for (size_t w = 0; w < b->ways_n; w++) {
        for (size_t l = 0; l < b->lines_n; l++) {
            int64_t worth[FRONTIER_MAX];
            for (size_t at = within->first; at < within->end; at++)
                worth[at] = straight_worth(b, w, l, at) - paid_for(b, w, l, at);
            for (size_t i = 0; i < b->table->targets_n; i++) {
                const struct frontier_target *t = &b->table->targets[i];
                if (target_within(t, within))
                    add_part(b, t, w, b->share[i][l][w], 1, worth);
            }
            for (size_t at = within->first; at < within->end; at++)
                b->worth[at][l][w] = worth[at];
        }
    }
}
