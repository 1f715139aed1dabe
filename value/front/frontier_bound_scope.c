/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_scope.c - what bounds need to know of the blocks that are
 * decided, of the one that is being decided, and of those that are left.
 */
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_bound.h"

bool bound_decided(const struct frontier_bound *b, size_t block)
{
    return b->done[block] || block == b->open;
}

/* Adds the limits of the targets that end at a place to the most of each
 * weighing: what they earn less is told of each state. */
static void add_tops(struct frontier_bound *b, size_t at)
{
    for (size_t i = 0; i < b->open_n; i++) {
        const struct open_bound *open = &b->open_targets[i];
        const struct frontier_target *t = &b->table->targets[open->target];
        for (size_t l = 0; l < b->lines_n && open->last == at; l++) {
            for (size_t w = 0; w < b->ways_n; w++)
                b->rest[at][l][w] +=
                    open->coarse_top * bound_side(&b->ways[w], t);
        }
    }
}

/* What the places of the open block add at most, from the last to the first,
 * to what the blocks that are left do. */
static void fill_rest(struct frontier_bound *b)
{
    const struct frontier_block *block = &b->table->blocks[b->open];

    for (size_t at = block->end; at-- > block->first;) {
        const struct frontier_item *item = &b->table->items[at];
        b->least[at] = b->least[at + 1] + (item->cost < 0 ? item->cost : 0);
        b->most[at] = b->most[at + 1] + (item->cost > 0 ? item->cost : 0);
        for (size_t l = 0; l < b->lines_n; l++) {
            for (size_t w = 0; w < b->ways_n; w++) {
                int64_t worth = item->never ? 0 : b->worth[at][l][w];
                b->rest[at][l][w] = b->rest[at + 1][l][w] +
                                    (worth > 0 || item->must ? worth : 0);
            }
        }
        add_tops(b, at);
    }
}

/* The targets of the open block, and their shares of each weighing. */
static void read_open(struct frontier_bound *b)
{
    const struct frontier_table *table = b->table;

    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        int shift = bound_shift(b, t);
        if (!target_within(t, &table->blocks[b->open]))
            continue;
        b->open_targets[b->open_n++] = (struct open_bound){.target = i,
            .last = t->last,
            .hope = t->hope,
            .top = t->top,
            .coarse_top = ceil_shift(t->top, shift),
            .shift = shift,
            .drops = t->drops};
        for (size_t l = 0; l < b->lines_n; l++) {
            for (size_t w = 0; w < b->ways_n; w++)
                b->share_weight[i][l][w] =
                    (int32_t)(bound_side(&b->ways[w], t) * b->share[i][l][w]);
        }
    }
}

/* What each place of the open block adds to the hopes of its targets. */
static void read_helps(struct frontier_bound *b)
{
    const struct frontier_table *table = b->table;
    const struct frontier_block *block = &table->blocks[b->open];
    size_t n = 0;

    for (size_t at = block->first; at < block->end; at++) {
        b->helps_from[at] = n;
        for (size_t i = 0; i < b->open_n; i++) {
            const struct frontier_target *t =
                &table->targets[b->open_targets[i].target];
            for (size_t c = 0; c < t->changes_n; c++) {
                if (t->changes[c].at != at)
                    continue;
                b->helps =
                    mem_grow(b->helps, &b->helps_room, n + 1, sizeof *b->helps);
                b->helps[n++] =
                    (struct help){i, change_hope(t, &t->changes[c])};
            }
        }
    }
    b->helps_from[block->end] = n;
}

void bound_scope(struct frontier_bound *b, size_t open, const bool *done)
{
    const struct frontier_table *table = b->table;
    size_t end = open == MODEL_NOWHERE ? table->n : table->blocks[open].end;

    b->open = open;
    b->whole = open == MODEL_NOWHERE;
    for (size_t j = 0; j < table->blocks_n; j++) {
        b->done[j] = done != NULL && done[j];
        b->whole &= b->done[j];
    }
    memset(b->rest[end], 0, sizeof b->rest[end]);
    b->least[end] = b->most[end] = 0;
    for (size_t j = 0; j < table->blocks_n; j++) {
        if (bound_decided(b, j))
            continue;
        b->least[end] += table->blocks[j].least;
        b->most[end] += table->blocks[j].most;
        for (size_t l = 0; l < b->lines_n; l++) {
            for (size_t w = 0; w < b->ways_n; w++)
                b->rest[end][l][w] += b->blocks[j].most[l][w];
        }
    }
    b->open_n = 0;
    if (open == MODEL_NOWHERE)
        return;
    read_open(b);
    read_helps(b);
    fill_rest(b);
}

/* What an offer of a block adds along a line; bounds count the doubt once, in
 * the state, and the figures of an offer are sums of the same numbers. */
static int64_t worth_of_offer(const struct frontier_bound *b, size_t way,
    size_t line, const struct frontier_state *offer)
{
    const struct way *w = &b->ways[way];
    wide points = (wide)offer->points * (1 << FINE);
    int64_t paid = 0;

    if (b->by_price)
        points -= (wide)b->lines[line].slope * offer->cost;
    else
        paid = (int64_t)((wide)b->fees[line][way] * offer->cost >> FINE);
    return ceil_shift(points * w->points, FINE + b->points_shift) +
           ceil_shift((wide)offer->users * w->users, b->users_shift) - paid;
}

void bound_offers(struct frontier_bound *b, size_t block,
    const struct frontier_states *offers)
{
    struct block_bound *known = &b->blocks[block];

    known->offers = offers;
    for (size_t w = 0; w < b->ways_n; w++) {
        for (size_t l = 0; l < b->lines_n; l++) {
            int64_t most = INT64_MIN;
            for (size_t i = 0; i < offers->n; i++) {
                int64_t value = worth_of_offer(b, w, l, &offers->list[i]);
                if (value <= most)
                    continue;
                most = value;
                known->best[l][w] = (uint32_t)i;
            }
            known->most[l][w] = offers->n > 0 ? most : 0;
        }
    }
}
