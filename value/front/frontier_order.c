/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_order.c - the order in which elements are decided.
 *
 * What belongs together is decided together, so that marks at their limits and
 * rules between elements are done with early; otherwise the best first, so
 * that whole offers worth knowing are found early.
 */
#include "value/front/frontier_inside.h"

#define RULE_LINKS 16

static void link_choices(struct frontier_table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        struct frontier_item *item = &table->items[i];
        for (size_t w = 0; w < FRONTIER_MAX / 64; w++)
        item->linked.word[w] = item->excludes.word[w] | item->requires.word[w] |
                               item->required.word[w];
    }
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        for (size_t a = 0; a < t->changes_n && !t->straight; a++) {
            for (size_t b = 0; b < t->changes_n; b++) {
                if (t->changes[a].at != MODEL_NOWHERE &&
                    t->changes[b].at != MODEL_NOWHERE && a != b)
                    set_add(&table->items[t->changes[a].at].linked,
                        t->changes[b].at);
            }
        }
    }
}

static int count_common(
    const struct frontier_set *one, const struct frontier_set *other)
{
    int n = 0;

    for (size_t w = 0; w < FRONTIER_MAX / 64; w++)
        n += __builtin_popcountll(one->word[w] & other->word[w]);
    return n;
}

/* How much a choice is linked with a set; rules count most, since only offers
 * under the same ones are compared where nothing caps. */
static int count_links(
    const struct frontier_item *item, const struct frontier_set *set)
{
    return count_common(&item->linked, set) +
           RULE_LINKS * (count_common(&item->excludes, set) +
                            count_common(&item->requires, set) +
                            count_common(&item->required, set));
}

static int64_t part_in(wide part, wide all)
{
    return all > 0 ? (int64_t)(part * MICRO_ONE / all) : 0;
}

/* What a choice brings to both sides, as parts of what all bring, for what it
 * costs: the best are decided on first. */
static void rate_choices(const struct frontier_table *table, int64_t *rates)
{
    wide brought[2][FRONTIER_MAX] = {{0}};
    wide all[2] = {0, 0};

    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        for (size_t c = 0; c < t->changes_n; c++) {
            const struct frontier_change *change = &t->changes[c];
            if (change->at == MODEL_NOWHERE)
                continue;
            int64_t rise = t->whole * change_rise(t, change);
            brought[t->is_cover][change->at] += rise;
            all[t->is_cover] += rise;
        }
    }
    for (size_t i = 0; i < table->n; i++) {
        int64_t cost = table->items[i].cost;
        rates[i] = part_in(
            part_in(brought[0][i], all[0]) + part_in(brought[1][i], all[1]),
            cost > 0 ? cost : 1);
    }
}

/* All that a choice is linked with, directly or not. */
static struct frontier_set find_group(
    const struct frontier_table *table, size_t choice)
{
    struct frontier_set group = {{0}};
    bool grown = true;

    set_add(&group, choice);
    while (grown) {
        grown = false;
        for (size_t i = 0; i < table->n; i++) {
            if (frontier_has(&group, i) ||
                !sets_meet(&table->items[i].linked, &group))
                continue;
            set_add(&group, i);
            grown = true;
        }
    }
    return group;
}

/* The next of a group: the one that has most links behind it and fewest before
 * it, so that targets and rules stay open for as short as may be. */
static size_t find_next(const struct frontier_table *table,
    const int64_t *rates, const struct frontier_set *done,
    const struct frontier_set *left)
{
    size_t best = MODEL_NOWHERE;
    int best_links = 0;

    for (size_t i = 0; i < table->n; i++) {
        const struct frontier_item *item = &table->items[i];
        int links = count_links(item, done) - count_links(item, left);
        if (!frontier_has(left, i) ||
            (best != MODEL_NOWHERE &&
                (links < best_links ||
                    (links == best_links && rates[i] <= rates[best]))))
            continue;
        best = i;
        best_links = links;
    }
    return best;
}

/* Puts a group behind what has its place. */
static void place_group(struct frontier_table *table, const int64_t *rates,
    const struct frontier_set *group, size_t *place)
{
    struct frontier_block *block = &table->blocks[table->blocks_n];
    struct frontier_set done = {{0}};
    struct frontier_set left = *group;
    size_t at = table->blocks_n > 0 ? block[-1].end : 0;
    size_t next;

    *block = (struct frontier_block){.first = at};
    table->blocks_n++;
    while ((next = find_next(table, rates, &done, &left)) != MODEL_NOWHERE) {
        int64_t cost = table->items[next].cost;
        block->least += cost < 0 ? cost : 0;
        block->most += cost > 0 ? cost : 0;
        place[next] = at++;
        set_add(&done, next);
        left.word[next / 64] &= ~(UINT64_C(1) << next % 64);
    }
    block->end = at;
}

/* Groups of several first, then all that stand alone. */
static void find_order(struct frontier_table *table, size_t *place)
{
    struct frontier_set done = {{0}};
    struct frontier_set alone = {{0}};
    int64_t rates[FRONTIER_MAX];

    rate_choices(table, rates);
    for (size_t i = 0; i < table->n; i++) {
        struct frontier_set group = find_group(table, i);
        if (count_common(&group, &group) == 1)
            set_add(&alone, i);
        else if (!frontier_has(&done, i))
            place_group(table, rates, &group, place);
        set_join(&done, &group);
    }
    if (count_common(&alone, &alone) == 0)
        return;
    place_group(table, rates, &alone, place);
    table->blocks[table->blocks_n - 1].loose = true;
}

static struct frontier_set move_set(const struct frontier_table *table,
    const size_t *place, const struct frontier_set *set)
{
    struct frontier_set moved = {{0}};

    for (size_t i = 0; i < table->n; i++) {
        if (frontier_has(set, i))
            set_add(&moved, place[i]);
    }
    return moved;
}

/* Puts the items, so far by choice, in the order of decision. */
static void put_in_order(struct frontier_table *table, const size_t *place)
{
    struct frontier_item by_choice[FRONTIER_MAX];

    for (size_t i = 0; i < table->n; i++)
        by_choice[i] = table->items[i];
    for (size_t i = 0; i < table->n; i++) {
        struct frontier_item *item = &table->items[place[i]];
        *item = by_choice[i];
        item->excludes = move_set(table, place, &by_choice[i].excludes);
        item->requires = move_set(table, place, &by_choice[i].requires);
        item->required = move_set(table, place, &by_choice[i].required);
        for (size_t k = 0; k < place[i]; k++) {
            if (frontier_has(&item->requires, k))
                set_add(&item->before, k);
        }
    }
    for (size_t i = 0; i < table->targets_n; i++) {
        struct frontier_target *t = &table->targets[i];
        t->first = MODEL_NOWHERE;
        for (size_t c = 0; c < t->changes_n; c++) {
            struct frontier_change *change = &t->changes[c];
            if (change->at == MODEL_NOWHERE)
                continue;
            change->at = place[change->at];
            struct frontier_item *item = &table->items[change->at];
            if (t->straight && t->is_cover)
                item->users += t->whole * change->by;
            else if (t->straight)
                item->points += t->whole * change->by;
            if (t->first == MODEL_NOWHERE || change->at < t->first)
                t->first = change->at;
            if (change->at > t->last)
                t->last = change->at;
        }
    }
}

void table_order(struct frontier_table *table)
{
    size_t place[FRONTIER_MAX] = {0};

    link_choices(table);
    find_order(table, place);
    put_in_order(table, place);
}
