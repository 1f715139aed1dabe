/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_open.c - what two partial offers differ by at least on a mark or a
 * coverage that further elements still change.
 */
#include "value/front/frontier_open.h"

#include <string.h>

#include "protocol/base_mem.h"

/* Shares that are left open have so many bits behind the point. */
#define SHARE_FINE 62
#define SHARE_ONE  (INT64_C(1) << SHARE_FINE)

static int64_t larger(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static wide smaller(wide one, wide other)
{
    return one < other ? one : other;
}

/* A share of which a part is taken. */
static int64_t take_share(int64_t share, int64_t by)
{
    if (by >= DECIMAL_ONE)
        return 0;
    return share / DECIMAL_ONE * (DECIMAL_ONE - by) +
           share % DECIMAL_ONE * (DECIMAL_ONE - by) / DECIMAL_ONE;
}

void open_read(
    struct open_target *o, const struct frontier_target *t, size_t decided)
{
    *o = (struct open_target){.target = t, .share = SHARE_ONE};
    o->counts = target_is_open(t, decided);
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at == MODEL_NOWHERE)
            continue;
        if (c->combine == COMBINE_COMPLEMENT)
            set_add(c->by >= 0 ? &o->up : &o->down, c->at);
        if (c->at < decided)
            continue;
        if (c->combine == COMBINE_COMPLEMENT)
            o->share = take_share(o->share, c->by);
        else if (c->combine == COMBINE_CAP)
            o->top = larger(o->top, c->by);
        else if (c->by < 0)
            o->least += c->by;
        else
            o->most += c->by;
    }
}

/* Effects of decided choices on a target that is not simple. */
static void read_parts(const struct frontier_target *t,
    const struct frontier_state *state, int64_t *parts)
{
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at == MODEL_NOWHERE || !frontier_has(&state->set, c->at))
            continue;
        if (c->combine == COMBINE_ADD)
            parts[0] += c->by;
        if (c->combine == COMBINE_CAP && c->by > parts[1])
            parts[1] = c->by;
        if (c->combine == COMBINE_CAP && c->by < parts[2])
            parts[2] = c->by;
    }
}

/* The same of a curved one, what is always in among it. */
static void read_curve(const struct frontier_target *t,
    const struct frontier_state *state, int64_t *parts)
{
    parts[0] = t->base;
    parts[2] = SHARE_ONE;
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at != MODEL_NOWHERE && !frontier_has(&state->set, c->at))
            continue;
        if (c->combine == COMBINE_ADD)
            parts[0] += c->by;
        else if (c->combine == COMBINE_CAP)
            parts[1] = larger(parts[1], c->by);
        else
            parts[2] = take_share(parts[2], c->by);
    }
}

/* What a simple target earns at both ends of what may still come. */
static void read_ends(const struct open_target *o,
    const struct frontier_state *state, int64_t *parts)
{
    const struct frontier_target *t = o->target;
    int64_t sum = t->base;

    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at == MODEL_NOWHERE || frontier_has(&state->set, c->at))
            sum += c->by;
    }
    int64_t most = sum + o->most < t->limit ? sum + o->most : t->limit;
    int64_t least = sum + o->least < t->limit ? sum + o->least : t->limit;
    parts[0] = t->whole * most;
    parts[1] = t->whole * least;
    parts[PART_MOST] = parts[0];
}

/* Scaled by SHARE_ONE, what is short of the limit with nothing more to come. */
static wide left_open(const struct frontier_target *t, const int64_t *parts)
{
    return (wide)parts[2] * larger(t->limit - parts[0] - parts[1], 0);
}

void open_parts(const struct open_target *o, const struct frontier_state *state,
    int64_t *parts)
{
    const struct frontier_target *t = o->target;

    memset(parts, 0, PARTS * sizeof *parts);
    if (is_simple(t)) {
        read_ends(o, state, parts);
    } else if (is_curved(t)) {
        read_curve(t, state, parts);
        parts[PART_MOST] =
            -(int64_t)((left_open(t, parts) * t->whole) >> SHARE_FINE);
    } else {
        read_parts(t, state, parts);
    }
}

/* A partial offer on a target: what is short of the limit, and the share of it
 * that is left open. */
struct gap {
    int64_t room, share;
};

static wide fill(const struct gap *g, int64_t by)
{
    return (wide)g->share * larger(g->room - by, 0);
}

/* The least, over additions from one end to the other, of what the other
 * leaves open more: both fall in a straight line until they are full. */
static wide least_between(
    const struct gap *one, const struct gap *other, int64_t low, int64_t high)
{
    wide least = smaller(
        fill(other, low) - fill(one, low), fill(other, high) - fill(one, high));

    if (other->room > low && other->room < high)
        least = smaller(least, -fill(one, other->room));
    return least;
}

/* A share of a figure of up to 110 bits, rounded down. */
static wide part_of(wide figure, int64_t share)
{
    const int half = SHARE_FINE / 2;
    wide low = figure & (SHARE_ONE - 1);
    wide above = share >> half;
    wide below = share & ((INT64_C(1) << half) - 1);

    return (figure >> SHARE_FINE) * share + ((low * above) >> half) +
           ((low * below) >> SHARE_FINE);
}

int64_t open_more(
    const struct open_target *o, const int64_t *p, const int64_t *q)
{
    const struct frontier_target *t = o->target;
    int64_t cap = p[1] > q[1] ? (p[1] < o->top ? p[1] : o->top) : 0;
    struct gap one = {t->limit - p[0] - larger(p[1], cap), p[2]};
    struct gap other = {t->limit - q[0] - larger(q[1], cap), q[2]};
    int64_t beyond = o->top - larger(p[1], q[1]);

    /* A cap to come lifts first the one with the lower cap, then both. */
    wide least = least_between(&one, &other, o->least,
        o->most + (p[1] >= q[1] ? larger(beyond, 0) : 0));
    if (p[1] < q[1] && beyond > 0) {
        one.room -= q[1] - p[1];
        least = smaller(
            least, least_between(&one, &other, o->least, o->most + beyond));
    }
    /* Of what is more, the least share that may be left stays. */
    if (least > 0)
        least = part_of(least, o->share);
    return (int64_t)((least * t->whole) >> SHARE_FINE);
}

bool open_covers(const struct open_target *o, const int64_t *p,
    const int64_t *q, const struct frontier_set *set,
    const struct frontier_set *than)
{
    if (!o->target->rises && memcmp(p, q, PARTS * sizeof *p) != 0)
        return false;
    for (size_t i = 0; i < PARTS; i++) {
        if (p[i] < q[i])
            return false;
    }
    for (size_t w = 0; w < FRONTIER_MAX / 64; w++) {
        if ((than->word[w] & ~set->word[w] & o->up.word[w]) != 0 ||
            (set->word[w] & ~than->word[w] & o->down.word[w]) != 0)
            return false;
    }
    return true;
}

/* Changes are sorted, so that like ones follow each other. */
struct open_alike *open_find_alike(
    const struct frontier_table *table, size_t *n)
{
    struct open_alike *list = NULL;
    size_t room = 0;

    *n = 0;
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        const struct frontier_change *last = NULL;
        for (size_t c = 0; c < t->changes_n && t->rounded; c++) {
            const struct frontier_change *change = &t->changes[c];
            if (change->at == MODEL_NOWHERE)
                continue;
            if (last == NULL || last->by != change->by ||
                last->combine != change->combine) {
                list = mem_grow(list, &room, *n + 1, sizeof *list);
                list[(*n)++] = (struct open_alike){.is_cover = t->is_cover};
            }
            set_add(&list[*n - 1].set, change->at);
            last = change;
        }
    }
    return list;
}

static int count_in(
    const struct frontier_set *one, const struct frontier_set *other)
{
    int n = 0;

    for (size_t w = 0; w < FRONTIER_MAX / 64; w++)
        n += __builtin_popcountll(one->word[w] & other->word[w]);
    return n;
}

bool open_same(const struct open_alike *alike, size_t n, bool is_cover,
    const struct frontier_set *one, const struct frontier_set *other)
{
    for (size_t i = 0; i < n; i++) {
        if (alike[i].is_cover == is_cover &&
            count_in(&alike[i].set, one) != count_in(&alike[i].set, other))
            return false;
    }
    return true;
}
