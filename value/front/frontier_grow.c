/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_grow.c - grows partial offers.
 *
 * Each block of elements is decided on by itself, with bounds for all that the
 * other blocks can add, and what is left of the blocks is then put together
 * two by two.  Without bounds all elements are decided on one after the other.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_inside.h"

/* Thinning begins with a width over 2^16 and doubles that so often. */
#define THIN_FINEST 16
#define THIN_STEPS  22
/* What part of the states may be kept where marks or coverage cap, and where
 * something looks at several together, so that hardly any are near ones. */
#define OPEN_PART  8
#define WATCH_PART 2
/* So many sums of two offers are made before they are compared. */
#define SUMS_LEAST 16384
/* So many states are passed over together where that can be. */
#define PACK 8
/* Times that offers of blocks are held against the bounds of the others. */
#define ROUNDS 2

/* Places that are decided one after the other. */
struct run {
    size_t from, end;
    int64_t least[FRONTIER_MAX + 1]; /* what may still come off the cost */
};

/* What rounding could feign: every figure is a sum of numbers rounded down,
 * at most one of each element and target. */
static struct frontier_slack doubt(const struct frontier_work *s)
{
    int64_t terms = (int64_t)(s->table.n + s->table.targets_n + 1);

    return (struct frontier_slack){s->table.points_rounded ? 2 * terms : 0,
        s->table.users_rounded ? 2 * terms : 0};
}

static bool cost_fits(const struct frontier_work *s, int64_t cost)
{
    return cost <= s->table.budget;
}

static void states_free(struct frontier_states *states)
{
    free(states->list);
    *states = (struct frontier_states){NULL, 0, 0};
}

/* One partial offer without anything. */
static void states_begin(struct frontier_states *states)
{
    *states = (struct frontier_states){mem_new(sizeof *states->list), 1, 1};
}

/* Decides one more element in every state: first all without, then all with
 * it, so that both parts keep the order of the states. */
static void decide(struct frontier_work *s, const struct run *run, size_t at,
    struct frontier_states *states)
{
    const struct frontier_item *item = &s->table.items[at];
    int64_t least = run->least[at + 1];
    struct frontier_states next = {
        mem_new((2 * states->n + 1) * sizeof *next.list), 0, 2 * states->n + 1};

    for (size_t i = 0; i < states->n; i++) {
        const struct frontier_state *state = &states->list[i];
        if (place_may_leave(&s->table, at, &state->set) &&
            cost_fits(s, state->cost + least))
            next.list[next.n++] = *state;
    }
    for (size_t i = 0; i < states->n; i++) {
        struct frontier_state state = states->list[i];
        if (!place_may_take(&s->table, at, &state.set))
            continue;
        state.cost += item->cost;
        state.points += item->points;
        state.users += item->users;
        set_add(&state.set, at);
        if (cost_fits(s, state.cost + least))
            next.list[next.n++] = state;
    }
    states_free(states);
    *states = next;
}

/* Adds to every state what a target earns that no further element changes. */
static void close_target(struct frontier_work *s,
    const struct frontier_target *t, struct frontier_states *states)
{
    size_t kept = 0;

    for (size_t i = 0; i < states->n; i++) {
        struct frontier_state *state = &states->list[i];
        int64_t value = 0;
        if (!target_value(&s->table, t, &state->set, &value))
            continue;
        if (t->is_cover)
            state->users += value;
        else
            state->points += value;
        states->list[kept++] = *state;
    }
    states->n = kept;
}

static void close_targets(
    struct frontier_work *s, size_t at, struct frontier_states *states)
{
    for (size_t i = 0; i < s->table.targets_n; i++) {
        const struct frontier_target *t = &s->table.targets[i];
        if (!t->straight && t->first != MODEL_NOWHERE && t->last == at)
            close_target(s, t, states);
    }
}

/* Whether what thinning loses can be told as points. */
static bool can_thin(const struct frontier_work *s)
{
    return score_adds_up(&s->table.score) && s->table.model->min_quality <= 0;
}

/* A part of a width, twice as large at every step. */
static int64_t widen(int64_t low, int64_t high, int step)
{
    return (((high - low) >> THIN_FINEST) + 1) << step;
}

/* So many states may be kept: fewer where each is compared with all. */
static size_t most_states(const struct frontier_work *s, size_t decided)
{
    bool apart = false;

    for (size_t i = 0; i < s->table.targets_n; i++)
        apart |= target_is_open(&s->table.targets[i], decided);
    if (s->table.watches)
        return s->states_max / WATCH_PART + 1;
    return apart ? s->states_max / OPEN_PART + 1 : s->states_max;
}

/* Lets near states stand for each other, ever more so until few are left. */
static enum err thin(
    struct frontier_work *s, size_t decided, struct frontier_states *states)
{
    const struct frontier_slack sure = doubt(s);
    struct frontier_slack low = {INT64_MAX, INT64_MAX};
    struct frontier_slack high = {INT64_MIN, INT64_MIN};

    if (!can_thin(s))
        return ERR_LIMIT;
    for (size_t i = 0; i < states->n; i++) {
        const struct frontier_state *state = &states->list[i];
        int64_t points = state->points - s->table.slope_low * state->cost;
        low.points = points < low.points ? points : low.points;
        high.points = points > high.points ? points : high.points;
        low.users = state->users < low.users ? state->users : low.users;
        high.users = state->users > high.users ? state->users : high.users;
    }
    for (size_t i = 0; i < s->table.targets_n; i++) {
        const struct frontier_target *t = &s->table.targets[i];
        if (target_is_open(t, decided) && t->is_cover)
            high.users += (t->whole + 1) * t->limit;
        else if (target_is_open(t, decided))
            high.points += (t->whole + 1) * t->limit;
    }
    /* What was enough last time is hardly more than enough now. */
    for (int step = s->thin_from; step < THIN_STEPS; step++) {
        struct frontier_slack slack = {-widen(low.points, high.points, step),
            -widen(low.users, high.users, step)};
        if (!states_filter(&s->table, s->ask, decided, &slack, states))
            return ERR_ABORTED;
        s->lost.points += sure.points - slack.points;
        s->lost.users += sure.users - slack.users;
        if (states->n > most_states(s, decided) / 2 + 1)
            continue;
        s->thin_from = step > 0 ? step - 1 : 0;
        return ERR_OK;
    }
    return ERR_LIMIT;
}

static bool is_stopped(const struct frontier_work *s)
{
    return s->ask->stop != NULL && s->ask->stop(s->ask->context);
}

/* Drops what need not be kept, and more where that is too much. */
static enum err sift(
    struct frontier_work *s, size_t decided, struct frontier_states *states)
{
    const struct frontier_slack sure = doubt(s);

    if (is_stopped(s))
        return ERR_ABORTED;
    if (s->table.mode == FRONTIER_EVERY)
        return ERR_OK;
    if (!states_filter(&s->table, s->ask, decided, &sure, states))
        return ERR_ABORTED;
    if (states->n > s->most)
        s->most = states->n;
    if (states->n > most_states(s, decided))
        return thin(s, decided, states);
    return ERR_OK;
}

/* Decides places one after the other. */
static enum err run_places(struct frontier_work *s, struct run *run,
    int64_t least, struct frontier_states *states)
{
    enum err err = ERR_OK;

    run->least[run->end] = least;
    s->thin_from = 0;
    for (size_t at = run->end; at-- > run->from;) {
        int64_t cost = s->table.items[at].cost;
        run->least[at] = run->least[at + 1] + (cost < 0 ? cost : 0);
    }
    for (size_t at = run->from; at < run->end && err == ERR_OK; at++) {
        decide(s, run, at, states);
        close_targets(s, at, states);
        if (s->bound != NULL)
            bound_drop(s->bound, at + 1, states);
        err = sift(s, at + 1, states);
    }
    return err;
}

/* What blocks but one can take off the cost. */
static int64_t least_of_others(
    const struct frontier_table *table, size_t block, const bool *done)
{
    int64_t least = 0;

    for (size_t j = 0; j < table->blocks_n; j++) {
        if (j != block && (done == NULL || !done[j]))
            least += table->blocks[j].least;
    }
    return least;
}

/* Decides on one block by itself. */
static enum err run_block(
    struct frontier_work *s, size_t block, struct frontier_states *offers)
{
    const struct frontier_block *b = &s->table.blocks[block];
    struct run run = {.from = b->first, .end = b->end};

    states_begin(offers);
    bound_scope(s->bound, block, NULL);
    enum err err =
        run_places(s, &run, least_of_others(&s->table, block, NULL), offers);
    if (err == ERR_OK)
        bound_offers(s->bound, block, offers);
    return err;
}

static void add_sum(
    struct frontier_states *next, const struct frontier_state *sum)
{
    next->list =
        mem_grow(next->list, &next->room, next->n + 1, sizeof *next->list);
    next->list[next->n++] = *sum;
}

/* The best of every side of so many states that follow each other.  What a
 * whole number of blocks has decided is completed by the same offers of the
 * others, whichever it is: a completion of one of these states has no more
 * points and users' value, and no lower a cost, than these have with the same
 * added, so that when they come to nothing new, it does not either. */
static struct frontier_state best_of(
    const struct frontier_state *list, size_t n)
{
    struct frontier_state best = list[0];

    for (size_t i = 1; i < n; i++) {
        const struct frontier_state *state = &list[i];
        best.points = best.points > state->points ? best.points : state->points;
        best.users = best.users > state->users ? best.users : state->users;
        best.cost = best.cost < state->cost ? best.cost : state->cost;
    }
    return best;
}

/* Puts an offer of a block to every state; those that follow each other and
 * can come to nothing are passed over together. */
static void join_offer(struct frontier_work *s,
    const struct frontier_state *offer, int64_t least,
    const struct frontier_state *packs, struct frontier_states *next)
{
    for (size_t from = 0; from < s->states.n; from += PACK) {
        size_t end = from + PACK < s->states.n ? from + PACK : s->states.n;
        struct frontier_state best = packs[from / PACK];
        state_join(&best, offer);
        if (!cost_fits(s, best.cost + least) ||
            !bound_may_open(s->bound, &best))
            continue;
        for (size_t k = from; k < end; k++) {
            struct frontier_state sum = s->states.list[k];
            state_join(&sum, offer);
            if (cost_fits(s, sum.cost + least) &&
                bound_open(s->bound, s->table.n, &sum))
                add_sum(next, &sum);
        }
    }
}

/* Puts every offer of a block to every state. */
static enum err join_block(struct frontier_work *s, size_t block, bool *done,
    const struct frontier_states *offers)
{
    struct frontier_states next = {NULL, 0, 0};
    struct frontier_state *packs =
        mem_new((s->states.n / PACK + 1) * sizeof *packs);
    size_t full = SUMS_LEAST;
    enum err err = ERR_OK;

    done[block] = true;
    s->thin_from = 0;
    int64_t least = least_of_others(&s->table, MODEL_NOWHERE, done);
    bound_scope(s->bound, MODEL_NOWHERE, done);
    for (size_t from = 0; from < s->states.n; from += PACK) {
        size_t left = s->states.n - from;
        packs[from / PACK] =
            best_of(&s->states.list[from], left < PACK ? left : PACK);
    }
    for (size_t i = 0; i < offers->n && err == ERR_OK; i++) {
        join_offer(s, &offers->list[i], least, packs, &next);
        if (next.n <= full)
            continue;
        err = sift(s, s->table.n, &next);
        full = 2 * next.n > SUMS_LEAST ? 2 * next.n : SUMS_LEAST;
    }
    free(packs);
    if (err == ERR_OK) {
        bound_drop(s->bound, s->table.n, &next);
        err = sift(s, s->table.n, &next);
    }
    states_free(&s->states);
    s->states = next;
    return err;
}

/* Decides on what stands alone in every state. */
static enum err run_loose(
    struct frontier_work *s, const struct frontier_block *block, bool *done)
{
    struct run run = {.from = block->first, .end = block->end};

    bound_scope(s->bound, s->table.blocks_n - 1, done);
    return run_places(s, &run, 0, &s->states);
}

/* Holds the offers of every block against what the others can add. */
static void sift_offers(struct frontier_work *s, struct frontier_states *offers)
{
    size_t n = s->table.blocks_n;

    for (size_t i = 0; i < ROUNDS * n; i++) {
        size_t block = i % n;
        if (s->table.blocks[block].loose)
            continue;
        bound_scope(s->bound, block, NULL);
        bound_drop(s->bound, s->table.blocks[block].end, &offers[block]);
        bound_offers(s->bound, block, &offers[block]);
    }
}

static enum err grow_blocks(struct frontier_work *s)
{
    size_t n = s->table.blocks_n;
    struct frontier_states *offers = mem_new((n + 1) * sizeof *offers);
    bool done[FRONTIER_MAX] = {false};
    enum err err = ERR_OK;

    for (size_t j = 0; j < n && err == ERR_OK; j++) {
        if (!s->table.blocks[j].loose)
            err = run_block(s, j, &offers[j]);
    }
    if (err == ERR_OK)
        sift_offers(s, offers);
    states_begin(&s->states);
    for (size_t j = 0; j < n && err == ERR_OK; j++) {
        const struct frontier_block *block = &s->table.blocks[j];
        err = block->loose ? run_loose(s, block, done)
                           : join_block(s, j, done, &offers[j]);
    }
    for (size_t j = 0; j < n; j++)
        states_free(&offers[j]);
    free(offers);
    if (err == ERR_OK)
        bound_known(s->bound, &s->states);
    return err;
}

enum err frontier_grow(struct frontier_work *s)
{
    struct run all = {.from = 0, .end = s->table.n};
    enum err err;

    s->bound = bound_new(&s->table);
    if (s->bound != NULL) {
        err = grow_blocks(s);
    } else {
        states_begin(&s->states);
        err = run_places(s, &all, 0, &s->states);
    }
    bound_free(&s->bound);
    return err;
}
