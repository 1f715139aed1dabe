/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_filter.c - which partial offers make others needless.
 *
 * One does when it can be completed by all that can complete the other, and
 * comes out at least as well on both sides whatever that is.  What a price or
 * a mark at its limit makes of a completion differs most at one of the two
 * ends of what may still come, so that looking at both ends is enough.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_inside.h"

#define PARTS 3 /* numbers kept of an open target */

/* A target with choices both decided and open. */
struct open_target {
    const struct frontier_target *target;
    bool counts;                  /* it is not yet in the sums */
    int64_t least, most;          /* what may still come */
    struct frontier_set up, down; /* choices by how they complement */
};

/* A state as it is compared. */
struct view {
    const struct frontier_state *state;
    int64_t a, b, users; /* points as costs count least and most, or minus the
                            cost itself as b */
    int64_t key, key_users;
    struct frontier_set forbidden, owed; /* of what is not yet decided */
    int64_t *parts;
};

struct filter {
    const struct frontier_table *table;
    size_t decided;
    struct open_target *open;
    size_t open_n;
    int64_t need_points, need_cost, need_users;
    bool b_is_cost;
    bool has_rules; /* something decided excludes or requires what is not */
    struct view *views, *spare;
    size_t n;
    int64_t *parts;
};

/* Whether a target has choices both decided and open, and is no plain sum. */
static bool is_open(const struct filter *f, const struct frontier_target *t)
{
    return !t->straight && t->first != MODEL_NOWHERE && t->first < f->decided &&
           t->last >= f->decided;
}

static void read_open(struct filter *f, const struct frontier_target *t)
{
    struct open_target *o = &f->open[f->open_n++];

    *o = (struct open_target){.target = t, .counts = is_open(f, t)};
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at == MODEL_NOWHERE)
            continue;
        if (c->at >= f->decided && c->by < 0)
            o->least += c->by;
        if (c->at >= f->decided && c->by > 0)
            o->most += c->by;
        if (c->combine == COMBINE_COMPLEMENT)
            set_add(c->by >= 0 ? &o->up : &o->down, c->at);
    }
}

/* Whether what a target earns differs most at the ends of what may come. */
static bool is_simple(const struct frontier_target *t)
{
    return t->straight || t->bent;
}

/* Effects of decided choices on a target that is not simple. */
static void read_parts(const struct frontier_target *t,
    const struct frontier_state *state, int64_t *parts)
{
    memset(parts, 0, PARTS * sizeof *parts);
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
}

static void read_rules(const struct filter *f, struct view *v)
{
    for (size_t i = f->decided; i < f->table->n; i++) {
        const struct frontier_item *item = &f->table->items[i];
        if (sets_meet(&item->required, &v->state->set))
            set_add(&v->owed, i);
        bool lacks = false;
        for (size_t j = 0; j < f->decided && !lacks; j++)
            lacks = frontier_has(&item->requires, j) &&
                    !frontier_has(&v->state->set, j);
        if (lacks || sets_meet(&item->excludes, &v->state->set))
            set_add(&v->forbidden, i);
    }
}

static void read_view(struct filter *f, const struct frontier_state *state,
    struct view *v, int64_t *parts)
{
    const struct frontier_table *table = f->table;

    *v = (struct view){.state = state, .users = state->users, .parts = parts};
    v->a = v->b = state->points;
    if (table->has_slopes) {
        v->a -= table->slope_low * state->cost;
        v->b -= table->slope_high * state->cost;
    } else if (table->cost_counts) {
        v->b = -state->cost;
    }
    v->key = v->a;
    v->key_users = v->users;
    for (size_t i = 0; i < f->open_n; i++, parts += PARTS) {
        const struct frontier_target *t = f->open[i].target;
        if (!is_simple(t)) {
            read_parts(t, state, parts);
            continue;
        }
        read_ends(&f->open[i], state, parts);
        if (f->open[i].counts && t->is_cover)
            v->key_users += parts[0];
        else if (f->open[i].counts)
            v->key += parts[0];
    }
    if (f->has_rules)
        read_rules(f, v);
}

static int compare_sets(
    const struct frontier_set *one, const struct frontier_set *other)
{
    for (size_t w = 0; w < FRONTIER_MAX / 64; w++) {
        if (one->word[w] != other->word[w])
            return one->word[w] < other->word[w] ? -1 : 1;
    }
    return 0;
}

static bool same_rules(const struct view *one, const struct view *other)
{
    return compare_sets(&one->forbidden, &other->forbidden) == 0 &&
           compare_sets(&one->owed, &other->owed) == 0;
}

/* Whether one comes before another: those with the same rules together where
 * they are compared apart, and what can make others needless first. */
static bool comes_first(
    const struct filter *f, const struct view *one, const struct view *other)
{
    int order = 0;

    if (f->open_n == 0 && f->has_rules) {
        order = compare_sets(&one->forbidden, &other->forbidden);
        if (order == 0)
            order = compare_sets(&one->owed, &other->owed);
    }
    if (order != 0)
        return order < 0;
    if (one->key != other->key)
        return one->key > other->key;
    if (one->b != other->b)
        return one->b > other->b;
    return one->key_users >= other->key_users;
}

/* Where the run that begins at a place ends. */
static size_t run_end(const struct filter *f, size_t at)
{
    size_t end = at + 1;

    while (end < f->n && comes_first(f, &f->views[end - 1], &f->views[end]))
        end++;
    return end < f->n ? end : f->n;
}

/* Merges the runs two by two; true when one was left. */
static bool merge_runs(struct filter *f)
{
    size_t at = 0;
    size_t out = 0;
    size_t runs = 0;

    while (at < f->n) {
        size_t middle = run_end(f, at);
        size_t end = middle < f->n ? run_end(f, middle) : middle;
        size_t one = at;
        size_t other = middle;
        while (one < middle || other < end) {
            bool first = other == end ||
                         (one < middle &&
                             comes_first(f, &f->views[one], &f->views[other]));
            f->spare[out++] = f->views[first ? one++ : other++];
        }
        at = end;
        runs++;
    }
    struct view *views = f->views;
    f->views = f->spare;
    f->spare = views;
    return runs <= 1;
}

static int64_t smaller(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Whether effects so far on a target that is not bent earn at least as much,
 * whatever is still to come. */
static bool parts_cover(const struct open_target *o, const struct view *one,
    const struct view *other, size_t at)
{
    const int64_t *p = one->parts + at;
    const int64_t *q = other->parts + at;
    const struct frontier_set *set = &one->state->set;
    const struct frontier_set *than = &other->state->set;

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

/* Whether the first makes the other needless. */
static bool view_covers(
    const struct filter *f, const struct view *one, const struct view *other)
{
    int64_t a = one->a - other->a;
    int64_t b = one->b - other->b;
    int64_t users = one->users - other->users;

    if (f->has_rules && (!set_within(&one->forbidden, &other->forbidden) ||
                            !set_within(&one->owed, &other->owed)))
        return false;
    for (size_t i = 0; i < f->open_n; i++) {
        const struct frontier_target *t = f->open[i].target;
        const int64_t *p = one->parts + i * PARTS;
        const int64_t *q = other->parts + i * PARTS;
        if (!is_simple(t)) {
            if (!parts_cover(&f->open[i], one, other, i * PARTS))
                return false;
            continue;
        }
        int64_t worst = smaller(p[0] - q[0], p[1] - q[1]);
        if (t->watched && worst < 0)
            return false;
        if (!f->open[i].counts)
            continue;
        if (t->is_cover)
            users += worst;
        else
            a += worst;
        if (!t->is_cover && !f->b_is_cost)
            b += worst;
    }
    return a >= f->need_points && b >= f->need_cost && users >= f->need_users;
}

/* Compares every view with all that are kept; the kept ones move together at
 * the start. */
static bool filter_pairs(struct filter *f, const struct frontier_ask *ask)
{
    size_t kept = 0;

    for (size_t i = 0; i < f->n; i++) {
        bool needless = false;
        if (i % 256 == 255 && ask->stop != NULL && ask->stop(ask->context))
            return false;
        for (size_t j = 0; j < kept && !needless; j++)
            needless = view_covers(f, &f->views[j], &f->views[i]);
        if (!needless)
            f->views[kept++] = f->views[i];
    }
    f->n = kept;
    return true;
}

/* The kept views that none beats on b and users: b falls, users rise. */
struct stairs {
    const struct view **steps;
    size_t n;
};

/* The number of steps with at least so much b. */
static size_t find_step(const struct stairs *s, int64_t b)
{
    size_t low = 0;
    size_t high = s->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->steps[middle]->b >= b)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_step(struct stairs *s, const struct view *v)
{
    size_t end = find_step(s, v->b);

    if (end > 0 && s->steps[end - 1]->users >= v->users)
        return;
    size_t start = end;
    while (start > 0 && s->steps[start - 1]->b == v->b)
        start--;
    while (end < s->n && s->steps[end]->users <= v->users)
        end++;
    memmove(
        &s->steps[start + 1], &s->steps[end], (s->n - end) * sizeof *s->steps);
    s->steps[start] = v;
    s->n -= end - start;
    s->n++;
}

/* The same where nothing is open, for views of the same rules at a time: only
 * those with enough a are on the stairs, and b and users decide. */
static void filter_stairs(struct filter *f)
{
    struct stairs stairs = {mem_new(f->n * sizeof(struct view *) + 1), 0};
    size_t kept = 0;
    size_t ready = 0; /* of the kept, those on the stairs or before */

    for (size_t i = 0; i < f->n; i++) {
        const struct view *v = &f->views[i];
        if (kept > 0 && !same_rules(&f->views[kept - 1], v)) {
            stairs.n = 0;
            ready = kept;
        }
        while (ready < kept && (f->need_points <= 0 ||
                                   f->views[ready].a - v->a >= f->need_points))
            add_step(&stairs, &f->views[ready++]);
        size_t step = find_step(&stairs, v->b + f->need_cost);
        if (step == 0 ||
            stairs.steps[step - 1]->users < v->users + f->need_users)
            f->views[kept++] = *v;
    }
    f->n = kept;
    free(stairs.steps);
}

static bool crosses(const struct filter *f)
{
    for (size_t i = 0; i < f->decided; i++) {
        const struct frontier_item *item = &f->table->items[i];
        for (size_t j = f->decided; j < f->table->n; j++) {
            if (frontier_has(&item->excludes, j) ||
                frontier_has(&item->requires, j) ||
                frontier_has(&item->required, j))
                return true;
        }
    }
    return false;
}

static void start(struct filter *f, const struct frontier_slack *slack,
    const struct frontier_states *states)
{
    const struct frontier_table *table = f->table;

    f->b_is_cost = table->cost_counts && !table->has_slopes;
    f->need_points = slack->points;
    f->need_cost = f->b_is_cost ? 0 : slack->points;
    f->need_users = slack->users;
    f->has_rules = crosses(f);
    f->open = mem_new((table->targets_n + 1) * sizeof *f->open);
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        if (is_open(f, t) || (t->watched && t->first != MODEL_NOWHERE))
            read_open(f, t);
    }
    f->n = states->n;
    f->views = mem_new((f->n + 1) * sizeof *f->views);
    f->spare = mem_new((f->n + 1) * sizeof *f->spare);
    f->parts = mem_new((f->n * f->open_n * PARTS + 1) * sizeof *f->parts);
    for (size_t i = 0; i < f->n; i++)
        read_view(f, &states->list[i], &f->views[i],
            &f->parts[i * f->open_n * PARTS]);
}

bool states_filter(const struct frontier_table *table,
    const struct frontier_ask *ask, size_t decided,
    const struct frontier_slack *slack, struct frontier_states *states)
{
    struct filter f = {.table = table, .decided = decided};
    bool done = true;

    start(&f, slack, states);
    while (!merge_runs(&f))
        continue;
    if (f.open_n > 0)
        done = filter_pairs(&f, ask);
    else
        filter_stairs(&f);
    if (done) {
        struct frontier_state *kept = mem_new((f.n + 1) * sizeof *kept);
        for (size_t i = 0; i < f.n; i++)
            kept[i] = *f.views[i].state;
        free(states->list);
        *states = (struct frontier_states){kept, f.n, f.n + 1};
    }
    free(f.open);
    free(f.views);
    free(f.spare);
    free(f.parts);
    return done;
}
