/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_bound_near.c - whole offers near those that are known: with one
 * element more or less, or one in the place of another.
 *
 * The better what is known from the start, the fewer partial offers are worth
 * going on with.  Nothing depends on what is found here but that.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_bound.h"
#include "value/front/frontier_open.h"

/* What a place adds to a target, where effects just add up. */
struct touch {
    size_t target;
    int64_t by;
};

/* A whole offer, and what its targets come to. */
struct nearby {
    struct frontier_state state;
    int64_t *sums; /* [targets_n] of effects where they add up, else what they
                      earn */
};

struct near {
    struct frontier_bound *b;
    struct nearby from, one,
        other;             /* with no place turned, with one, with two */
    struct touch *touched; /* targets of one place after the other */
    size_t *touched_n;     /* [n + 1] where those of a place begin */
    size_t left;           /* offers that may still be looked at */
};

static bool is_target(const struct frontier_target *t)
{
    return !t->straight && t->first != MODEL_NOWHERE;
}

/* What a bent target earns with a sum. */
static int64_t earn(const struct frontier_target *t, int64_t sum)
{
    return t->whole * (sum < t->limit ? sum : t->limit);
}

/* Of a bent target its sum; of another what it earns, less than 2 off and but
 * for a number that is always the same. */
static int64_t read_sum(
    const struct frontier_target *t, const struct frontier_set *set)
{
    const struct open_target none = {.target = t, .share = 0};
    const struct frontier_state state = {.set = *set};
    int64_t parts[PARTS];
    int64_t sum = t->base;

    if (!t->bent) {
        open_parts(&none, &state, parts);
        return parts[PART_MOST];
    }
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at == MODEL_NOWHERE || frontier_has(set, c->at))
            sum += c->by;
    }
    return sum;
}

/* Notes which targets each place changes; false where one is not quickly told
 * of. */
static bool read_touched(struct near *s)
{
    const struct frontier_table *table = s->b->table;
    size_t n = 0;

    for (size_t at = 0; at < table->n; at++) {
        s->touched_n[at] = n;
        for (size_t i = 0; i < table->targets_n; i++) {
            const struct frontier_target *t = &table->targets[i];
            struct touch touch = {i, 0};
            bool touches = false;
            if (is_target(t) && !t->bent && !t->curved)
                return false;
            for (size_t c = 0; c < t->changes_n && is_target(t); c++) {
                touches |= t->changes[c].at == at;
                touch.by += t->changes[c].at == at ? t->changes[c].by : 0;
            }
            if (touches)
                s->touched[n++] = touch;
        }
    }
    s->touched_n[table->n] = n;
    return true;
}

/* The offer with a place turned, its figures told quickly. */
static void turn(const struct near *s, const struct nearby *from, size_t at,
    struct nearby *to)
{
    const struct frontier_table *table = s->b->table;
    const struct frontier_item *item = &table->items[at];
    int sign = frontier_has(&from->state.set, at) ? -1 : 1;
    struct frontier_state *state = &to->state;

    *state = from->state;
    state->set.word[at / 64] ^= UINT64_C(1) << at % 64;
    state->points += sign * item->points;
    state->users += sign * item->users;
    state->cost += sign * item->cost;
    for (size_t i = s->touched_n[at]; i < s->touched_n[at + 1]; i++) {
        const struct touch *touch = &s->touched[i];
        const struct frontier_target *t = &table->targets[touch->target];
        int64_t was = from->sums[touch->target];
        int64_t is =
            t->bent ? was + sign * touch->by : read_sum(t, &state->set);
        int64_t more = t->bent ? earn(t, is) - earn(t, was) : is - was;
        to->sums[touch->target] = is;
        if (t->is_cover)
            state->users += more;
        else
            state->points += more;
    }
}

/* Whether rules let a place be as it is. */
static bool fits_rules(const struct frontier_table *table, size_t at,
    const struct frontier_set *set)
{
    const struct frontier_item *item = &table->items[at];

    if (!frontier_has(set, at))
        return place_may_leave(table, at, set);
    return !item->never && !sets_meet(&item->excludes, set) &&
           set_within(&item->requires, set);
}

/* The same figures, exactly; false where a gate refuses the offer. */
static bool weigh(struct near *s, struct frontier_state *state)
{
    struct frontier_table *table = s->b->table;
    struct frontier_state sum = {.set = state->set};

    for (size_t at = 0; at < table->n; at++) {
        const struct frontier_item *item = &table->items[at];
        if (!frontier_has(&sum.set, at))
            continue;
        sum.points += item->points;
        sum.users += item->users;
        sum.cost += item->cost;
    }
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        int64_t value = 0;
        if (!is_target(t))
            continue;
        if (!target_value(table, t, &sum.set, &value))
            return false;
        if (t->is_cover)
            sum.users += value;
        else
            sum.points += value;
    }
    *state = sum;
    return true;
}

/* Learns an offer that seems to be new. */
static void look_at(struct near *s, const struct frontier_state *from)
{
    struct frontier_state state = *from;

    if (s->left > 0)
        s->left--;
    if (state.cost <= s->b->table->budget && bound_is_new(s->b, &state) &&
        weigh(s, &state))
        (void)bound_learn(s->b, &state);
}

/* Looks at what is one element off, and at what has one for another. */
static void look_around(struct near *s)
{
    const struct frontier_table *table = s->b->table;
    const struct frontier_set *without = &s->one.state.set;

    for (size_t i = 0; i < table->targets_n; i++) {
        if (is_target(&table->targets[i]))
            s->from.sums[i] = read_sum(&table->targets[i], &s->from.state.set);
    }
    for (size_t at = 0; at < table->n && s->left > 0; at++) {
        memcpy(
            s->one.sums, s->from.sums, table->targets_n * sizeof *s->one.sums);
        turn(s, &s->from, at, &s->one);
        if (fits_rules(table, at, without))
            look_at(s, &s->one.state);
        if (frontier_has(without, at))
            continue;
        for (size_t i = 0; i < table->n && s->left > 0; i++) {
            if (frontier_has(&s->from.state.set, i))
                continue;
            turn(s, &s->one, i, &s->other);
            if (fits_rules(table, at, &s->other.state.set) &&
                fits_rules(table, i, &s->other.state.set))
                look_at(s, &s->other.state);
        }
    }
}

static void look_at_known(struct near *s)
{
    struct frontier_bound *b = s->b;
    size_t at = 0;

    while (s->left > 0 && at < b->known_n) {
        if (b->known[at].looked) {
            at++;
            continue;
        }
        b->known[at].looked = true;
        s->from.state = b->known[at].state;
        look_around(s);
        at = 0;
    }
}

void bound_near(struct frontier_bound *b, size_t most)
{
    const struct frontier_table *table = b->table;
    size_t n = table->targets_n;
    int64_t *sums = mem_new((3 * n + 1) * sizeof *sums);
    struct near s = {.b = b, .left = most};

    s.from.sums = sums;
    s.one.sums = &sums[n];
    s.other.sums = &sums[2 * n];
    s.touched_n = mem_new((table->n + 1) * sizeof *s.touched_n);
    s.touched = mem_new((table->n * n + 1) * sizeof *s.touched);
    if (!table->watches && read_touched(&s))
        look_at_known(&s);
    free(s.touched);
    free(s.touched_n);
    free(sums);
}
