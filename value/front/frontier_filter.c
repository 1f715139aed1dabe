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
#include "value/front/frontier_open.h"

/* So many kept views are looked at together by the most that any has. */
#define PACK 32

/* What a view comes to at one end of what may still come: no less than what
 * counts when it is compared. */
struct end {
    int64_t a, b, users;
};

/* What a kept view comes to, apart from the rest of it: most of them are looked
 * at no closer. */
struct kept {
    struct end most, least;
};

/* A state as it is compared. */
struct view {
    const struct frontier_state *state;
    int64_t a, b, users;    /* points as costs count least and most; or one is
                            minus the cost itself */
    struct end most, least; /* with some completion, and another */
    struct frontier_set forbidden, owed; /* of what is not yet decided */
    int64_t *parts;
};

struct filter {
    const struct frontier_table *table;
    size_t decided;
    struct open_target *open;
    size_t open_n;
    struct open_alike *alike;
    size_t alike_n;
    int64_t need_points, need_cost, need_users;
    /* Less of them than that is never enough, each target being rounded. */
    struct end never;
    bool a_is_cost, b_is_cost;
    bool has_rules; /* something decided excludes or requires what is not */
    struct view *views, *spare;
    size_t n;
    int64_t *parts;
    struct kept *kept; /* [n] of the kept views, at both ends */
    struct end *packs; /* the most of each pack of them */
};

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

/* Adds what a target earns, points to those of both that are points. */
static void add_earned(const struct filter *f, const struct frontier_target *t,
    int64_t earned, struct end *to)
{
    if (t->is_cover) {
        to->users += earned;
        return;
    }
    to->a += f->a_is_cost ? 0 : earned;
    to->b += f->b_is_cost ? 0 : earned;
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
    } else if (f->b_is_cost) {
        v->b = -state->cost;
    } else if (f->a_is_cost) {
        v->a = -state->cost;
    }
    v->most = v->least = (struct end){v->a, v->b, v->users};
    for (size_t i = 0; i < f->open_n; i++, parts += PARTS) {
        const struct frontier_target *t = f->open[i].target;
        open_parts(&f->open[i], state, parts);
        if (!f->open[i].counts)
            continue;
        add_earned(f, t, parts[PART_MOST], &v->most);
        add_earned(f, t, parts[is_simple(t) ? 1 : PART_MOST], &v->least);
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
    if (one->most.a != other->most.a)
        return one->most.a > other->most.a;
    if (one->b != other->b)
        return one->b > other->b;
    return one->most.users >= other->most.users;
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

static int64_t larger(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

/* Whether a difference is enough: where it has to be beyond rounding, one that
 * is none does, too, if both hold the same of all that rounds. */
static bool is_enough(const struct filter *f, bool is_cover, int64_t more,
    int64_t need, const struct view *one, const struct view *other)
{
    return more >= need ||
           (more >= 0 && open_same(f->alike, f->alike_n, is_cover,
                             &one->state->set, &other->state->set));
}

/* The least that the first earns more on an open target, whatever is still to
 * come; false where that may be less in a way that is not told. */
static bool least_more(const struct filter *f, size_t open,
    const struct view *one, const struct view *other, int64_t *more)
{
    const struct open_target *o = &f->open[open];
    const int64_t *p = one->parts + open * PARTS;
    const int64_t *q = other->parts + open * PARTS;

    *more = 0;
    if (is_simple(o->target))
        *more = smaller(p[0] - q[0], p[1] - q[1]);
    else if (is_curved(o->target))
        *more = open_more(o, p, q);
    else
        return open_covers(o, p, q, &one->state->set, &other->state->set);
    return !o->target->watched || *more >= 0;
}

/* Whether less is there at an end than is ever enough. */
static bool falls_short(
    const struct filter *f, const struct end *one, const struct end *other)
{
    return one->users - other->users < f->never.users ||
           one->b - other->b < f->never.b || one->a - other->a < f->never.a;
}

/* Whether the first makes the other needless.  What it is ahead by at the end
 * of the most is an upper bound, from which each target takes something. */
static bool view_covers(
    const struct filter *f, const struct view *one, const struct view *other)
{
    struct end more = {one->most.a - other->most.a, one->most.b - other->most.b,
        one->most.users - other->most.users};

    if (f->has_rules && (!set_within(&one->forbidden, &other->forbidden) ||
                            !set_within(&one->owed, &other->owed)))
        return false;
    for (size_t i = 0; i < f->open_n; i++) {
        const struct frontier_target *t = f->open[i].target;
        size_t at = i * PARTS + PART_MOST;
        int64_t least;
        if (!least_more(f, i, one, other, &least))
            return false;
        if (!f->open[i].counts)
            continue;
        add_earned(f, t, least - (one->parts[at] - other->parts[at]), &more);
        if (more.users < f->never.users || more.b < f->never.b)
            return false;
    }
    return is_enough(f, false, more.a, f->need_points, one, other) &&
           is_enough(f, false, more.b, f->need_cost, one, other) &&
           is_enough(f, true, more.users, f->need_users, one, other);
}

/* Whether one of the kept views makes another needless; whole packs of them
 * have too little of something. */
static bool is_needless(
    const struct filter *f, const struct view *v, size_t kept)
{
    for (size_t from = 0; from < kept; from += PACK) {
        size_t end = from + PACK < kept ? from + PACK : kept;
        if (falls_short(f, &f->packs[from / PACK], &v->most))
            continue;
        for (size_t j = from; j < end; j++) {
            if (!falls_short(f, &f->kept[j].most, &v->most) &&
                !falls_short(f, &f->kept[j].least, &v->least) &&
                view_covers(f, &f->views[j], v))
                return true;
        }
    }
    return false;
}

/* Keeps a view behind those that are. */
static void keep_view(struct filter *f, const struct view *v, size_t kept)
{
    struct end *pack = &f->packs[kept / PACK];

    if (kept % PACK == 0)
        *pack = v->most;
    pack->b = larger(pack->b, v->most.b);
    pack->users = larger(pack->users, v->most.users);
    pack->a = larger(pack->a, v->most.a);
    f->kept[kept] = (struct kept){v->most, v->least};
    f->views[kept] = *v;
}

/* Compares every view with all that are kept; the kept ones move together at
 * the start. */
static bool filter_pairs(struct filter *f, const struct frontier_ask *ask)
{
    size_t kept = 0;

    f->kept = mem_new((f->n + 1) * sizeof *f->kept);
    f->packs = mem_new((f->n / PACK + 1) * sizeof *f->packs);
    for (size_t i = 0; i < f->n; i++) {
        if (i % 256 == 255 && ask->stop != NULL && ask->stop(ask->context))
            return false;
        if (!is_needless(f, &f->views[i], kept))
            keep_view(f, &f->views[i], kept++);
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

/* Whether a step makes a view needless: the lowest with enough b, or one that
 * is level but for rounding. */
static bool is_below(
    const struct filter *f, const struct stairs *s, const struct view *v)
{
    size_t step = find_step(s, v->b + f->need_cost);

    if (step > 0 && s->steps[step - 1]->users >= v->users + f->need_users)
        return true;
    step = find_step(s, v->b);
    return step > 0 && f->alike_n > 0 && view_covers(f, s->steps[step - 1], v);
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
        bool needless = is_below(f, &stairs, v);
        for (size_t j = ready; j < kept && f->alike_n > 0 && !needless; j++)
            needless = view_covers(f, &f->views[j], v);
        if (!needless)
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

    /* What makes others needless comes first: of near ones the cheapest. */
    bool costs = table->cost_counts && !table->has_slopes;
    f->a_is_cost = costs && slack->points < 0;
    f->b_is_cost = costs && slack->points >= 0;
    f->need_points = f->a_is_cost ? 0 : slack->points;
    f->need_cost = f->b_is_cost ? 0 : slack->points;
    f->need_users = slack->users;
    f->alike = open_find_alike(table, &f->alike_n);
    f->has_rules = crosses(f);
    f->open = mem_new((table->targets_n + 1) * sizeof *f->open);
    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        if (target_is_open(t, f->decided) ||
            (t->watched && t->first != MODEL_NOWHERE))
            open_read(&f->open[f->open_n++], t, f->decided);
    }
    f->never.a = smaller(f->need_points, 0) - (int64_t)f->open_n;
    f->never.b = smaller(f->need_cost, 0) - (int64_t)f->open_n;
    f->never.users = smaller(f->need_users, 0) - (int64_t)f->open_n;
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
    free(f.alike);
    free(f.views);
    free(f.spare);
    free(f.parts);
    free(f.kept);
    free(f.packs);
    return done;
}
