/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier.c - grows partial offers and weighs exactly those that are left.
 */
#include "value/frontier.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/frontier_inside.h"

/* Thinning begins with a width over 2^16 and doubles that so often. */
#define THIN_FINEST 16
#define THIN_STEPS  22
/* What part of the states may be kept where marks or coverage cap. */
#define OPEN_PART 8

struct frontier_work {
    struct frontier_table table;
    const struct frontier_ask *ask;
    size_t states_max;
    struct frontier_states states;
    struct frontier_bound *bound;
    struct frontier_slack lost; /* by thinning, in all */
    size_t most;
};

/* What rounding could feign: every figure is a sum of numbers rounded down,
 * at most one of each element and target. */
static struct frontier_slack doubt(const struct frontier_work *s)
{
    int64_t terms = (int64_t)(s->table.n + s->table.targets_n + 1);

    return (struct frontier_slack){s->table.points_rounded ? 2 * terms : 0,
        s->table.users_rounded ? 2 * terms : 0};
}

/* Decides one more element in every state: first all without, then all with
 * it, so that both parts keep the order of the states. */
static void decide(struct frontier_work *s, size_t at)
{
    const struct frontier_item *item = &s->table.items[at];
    struct frontier_states next = {
        mem_new((2 * s->states.n + 1) * sizeof *next.list), 0};

    for (size_t i = 0; i < s->states.n; i++) {
        const struct frontier_state *state = &s->states.list[i];
        if (place_may_leave(&s->table, at, &state->set) &&
            cost_fits(&s->table, at + 1, state->cost))
            next.list[next.n++] = *state;
    }
    for (size_t i = 0; i < s->states.n; i++) {
        struct frontier_state state = s->states.list[i];
        if (!place_may_take(&s->table, at, &state.set))
            continue;
        state.cost += item->cost;
        state.points += item->points;
        state.users += item->users;
        state.hope_points += item->hope_points;
        state.hope_users += item->hope_users;
        set_add(&state.set, at);
        if (cost_fits(&s->table, at + 1, state.cost))
            next.list[next.n++] = state;
    }
    free(s->states.list);
    s->states = next;
}

/* What was hoped of a target with a set. */
static int64_t hope_of(
    const struct frontier_target *t, const struct frontier_set *set)
{
    int64_t hope = t->hope;

    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at != MODEL_NOWHERE && frontier_has(set, c->at))
            hope += change_hope(t, c);
    }
    return hope;
}

/* Adds to every state what a target earns that no further element changes. */
static void close_target(
    struct frontier_work *s, const struct frontier_target *t)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->states.n; i++) {
        struct frontier_state *state = &s->states.list[i];
        int64_t value = 0;
        if (!target_value(&s->table, t, &state->set, &value))
            continue;
        if (t->is_cover) {
            state->users += value;
            state->hope_users -= hope_of(t, &state->set);
        } else {
            state->points += value;
            state->hope_points -= hope_of(t, &state->set);
        }
        s->states.list[kept++] = *state;
    }
    s->states.n = kept;
}

static void close_targets(struct frontier_work *s, size_t at)
{
    for (size_t i = 0; i < s->table.targets_n; i++) {
        const struct frontier_target *t = &s->table.targets[i];
        if (!t->straight && t->first != MODEL_NOWHERE && t->last == at)
            close_target(s, t);
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
    for (size_t i = 0; i < s->table.targets_n; i++) {
        const struct frontier_target *t = &s->table.targets[i];
        if (!t->straight && t->first != MODEL_NOWHERE && t->first < decided &&
            t->last >= decided)
            return s->states_max / OPEN_PART + 1;
    }
    return s->states_max;
}

/* Lets near states stand for each other, ever more so until few are left. */
static enum err thin(struct frontier_work *s, size_t decided)
{
    const struct frontier_slack sure = doubt(s);
    struct frontier_slack low = {INT64_MAX, INT64_MAX};
    struct frontier_slack high = {INT64_MIN, INT64_MIN};

    if (!can_thin(s))
        return ERR_LIMIT;
    for (size_t i = 0; i < s->states.n; i++) {
        const struct frontier_state *state = &s->states.list[i];
        int64_t points = state->points - s->table.slope_low * state->cost;
        low.points = points < low.points ? points : low.points;
        high.points = points > high.points ? points : high.points;
        low.users = state->users < low.users ? state->users : low.users;
        high.users = state->users > high.users ? state->users : high.users;
    }
    for (int step = 0; step < THIN_STEPS; step++) {
        struct frontier_slack slack = {-widen(low.points, high.points, step),
            -widen(low.users, high.users, step)};
        if (!states_filter(&s->table, s->ask, decided, &slack, &s->states))
            return ERR_ABORTED;
        s->lost.points += sure.points - slack.points;
        s->lost.users += sure.users - slack.users;
        if (s->states.n <= most_states(s, decided) / 2 + 1)
            return ERR_OK;
    }
    return ERR_LIMIT;
}

static enum err grow(struct frontier_work *s)
{
    const struct frontier_slack sure = doubt(s);

    for (size_t at = 0; at < s->table.n; at++) {
        decide(s, at);
        close_targets(s, at);
        if (s->bound != NULL)
            bound_drop(s->bound, at + 1, &s->states);
        if (s->ask->stop != NULL && s->ask->stop(s->ask->context))
            return ERR_ABORTED;
        if (s->table.mode == FRONTIER_EVERY)
            continue;
        if (!states_filter(&s->table, s->ask, at + 1, &sure, &s->states))
            return ERR_ABORTED;
        if (s->states.n > s->most)
            s->most = s->states.n;
        if (s->states.n > most_states(s, at + 1)) {
            enum err err = thin(s, at + 1);
            if (err != ERR_OK)
                return err;
        }
    }
    return ERR_OK;
}

/* What no offer can do without: false where that contradicts itself. */
static bool find_least(struct frontier_work *s, struct frontier_state *least)
{
    const struct frontier_table *table = &s->table;
    bool grown = true;

    *least = (struct frontier_state){0};
    for (size_t i = 0; i < table->n; i++) {
        if (table->items[i].must)
            set_add(&least->set, i);
    }
    while (grown) {
        grown = false;
        for (size_t i = 0; i < table->n; i++) {
            const struct frontier_item *item = &table->items[i];
            if (!frontier_has(&least->set, i) ||
                set_within(&item->requires, &least->set))
                continue;
            set_join(&least->set, &item->requires);
            grown = true;
        }
    }
    for (size_t i = 0; i < table->n; i++) {
        const struct frontier_item *item = &table->items[i];
        if (!frontier_has(&least->set, i))
            continue;
        if (item->never || sets_meet(&item->excludes, &least->set))
            return false;
        least->cost += item->cost;
    }
    return s->ask->budget == MODEL_ABSENT || least->cost <= s->ask->budget;
}

static void add_state(
    struct frontier_states *states, const struct frontier_state *state)
{
    struct frontier_state *list = mem_new((states->n + 1) * sizeof *list);

    if (states->n > 0)
        memcpy(list, states->list, states->n * sizeof *list);
    list[states->n] = *state;
    free(states->list);
    states->list = list;
    states->n++;
}

/* Whether something may refuse our bid. */
static bool has_gates(const struct model *m)
{
    bool has = m->min_quality > 0;

    for (size_t k = 0; k < m->criteria_n; k++)
        has |= m->criteria[k].min_score != MODEL_ABSENT;
    return has;
}

static void end_search(struct frontier_work *s)
{
    free(s->states.list);
    table_fini(&s->table);
}

/* Nothing is decided yet. */
static struct frontier_state first_state(const struct frontier_table *table)
{
    struct frontier_state first = {0};

    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        if (t->straight || t->first == MODEL_NOWHERE)
            continue;
        if (t->is_cover)
            first.hope_users += t->hope;
        else
            first.hope_points += t->hope;
    }
    return first;
}

static enum err search(struct frontier_work *s, const struct model *model,
    enum frontier_mode mode, const struct frontier_ask *ask)
{
    *s = (struct frontier_work){.ask = ask,
        .states_max = ask->states_max != 0 ? ask->states_max : FRONTIER_STATES};
    enum err err = table_init(&s->table, model, mode, ask);

    if (err != ERR_OK)
        return err;
    s->states.list = mem_new(sizeof *s->states.list);
    s->states.n = 1;
    s->states.list[0] = first_state(&s->table);
    s->bound = bound_new(&s->table, s->states.list);
    err = grow(s);
    if (err == ERR_OK && s->bound != NULL)
        bound_known(s->bound, &s->states);
    bound_free(&s->bound);
    if (err != ERR_OK)
        end_search(s);
    return err;
}

/* The same choices in the order of another table of the model. */
static struct frontier_set move_places(const struct frontier_table *from,
    const struct frontier_table *to, const struct frontier_set *set)
{
    struct frontier_set moved = {{0}};

    for (size_t i = 0; i < to->n; i++) {
        for (size_t j = 0; j < from->n; j++) {
            if (from->items[j].choice == to->items[i].choice &&
                frontier_has(set, j))
                set_add(&moved, i);
        }
    }
    return moved;
}

/* Adds the best offers for users whatever the gates say, where there are any:
 * of those that are refused the front knows nothing. */
static enum err add_refused(struct frontier_work *s, const struct model *model)
{
    struct frontier_work users;

    if (s->table.mode != FRONTIER_BOTH || !has_gates(model))
        return ERR_OK;
    enum err err = search(&users, model, FRONTIER_USERS, s->ask);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < users.states.n; i++) {
        struct frontier_state state = users.states.list[i];
        state.set = move_places(&users.table, &s->table, &state.set);
        add_state(&s->states, &state);
    }
    end_search(&users);
    return ERR_OK;
}

/* What was lost of one side, in millionths, never told too small. */
static int64_t tell_gap(int64_t lost, const mpz_t scale)
{
    mpq_t gap;

    mpq_init(gap);
    mpq_set_si(gap, lost, 1);
    mpz_set(mpq_denref(gap), scale);
    mpq_canonicalize(gap);
    int64_t micro = fraction_micro(gap, FRACTION_CEIL);
    mpq_clear(gap);
    return micro;
}

static void tell_search(struct frontier_work *s, struct frontier_found *found)
{
    const struct model *m = s->table.model;

    found->states = s->most;
    found->all = s->table.mode == FRONTIER_EVERY;
    found->exact = s->lost.points == 0;
    found->best = found->users_best = MODEL_NOWHERE;
    for (size_t i = 0; i < m->elements_n; i++) {
        if (!m->elements[i].always)
            found->choices[found->choices_n++] = i;
    }
    if (found->exact)
        return;
    found->gap_lead = tell_gap(s->lost.points, s->table.points_scale);
    found->gap_users = tell_gap(s->lost.users, s->table.users_scale);
    if (m->round_total > 0)
        found->gap_lead +=
            MICRO_ONE / (int64_t)fraction_scale(m->round_total - 1);
}

static enum err answer(struct frontier_work *s, const struct model *model,
    struct frontier_found **found)
{
    struct frontier_state least;
    bool any = find_least(s, &least);
    enum err err = ERR_OK;

    if (any && s->table.mode == FRONTIER_BOTH) {
        err = add_refused(s, model);
        add_state(&s->states, &least);
    }
    if (err != ERR_OK)
        return err;
    struct frontier_found *made = mem_new(sizeof *made);
    tell_search(s, made);
    if (any)
        err = frontier_weigh(&s->table, s->ask, &s->states, &least.set, made);
    if (err == ERR_OK)
        *found = made;
    else
        frontier_free(&made);
    return err;
}

enum err frontier_compute(const struct model *model,
    const struct frontier_ask *ask, struct frontier_found **found)
{
    struct frontier_work s;
    enum err err =
        search(&s, model, ask->all ? FRONTIER_EVERY : FRONTIER_BOTH, ask);

    /* What can not be searched may be few enough to look at all. */
    if (err == ERR_LIMIT && !ask->all)
        err = search(&s, model, FRONTIER_EVERY, ask);
    if (err != ERR_OK)
        return err;
    err = answer(&s, model, found);
    end_search(&s);
    return err;
}

void frontier_free(struct frontier_found **found)
{
    if (*found == NULL)
        return;
    free((*found)->offers);
    free(*found);
    *found = NULL;
}
