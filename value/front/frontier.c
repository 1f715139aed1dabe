/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier.c - grows partial offers and weighs exactly those that are left.
 */
#include "value/front/frontier.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"
#include "value/front/frontier_inside.h"

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
    bool has = m->min_quality > 0 || tree_has_gates(m);

    for (size_t k = 0; k < m->criteria_n; k++)
        has |= m->criteria[k].min_score != MODEL_ABSENT;
    return has;
}

static void end_search(struct frontier_work *s)
{
    free(s->states.list);
    frontier_table_fini(&s->table);
}

static enum err search(struct frontier_work *s, const struct model *model,
    enum frontier_mode mode, const struct frontier_ask *ask)
{
    *s = (struct frontier_work){.ask = ask,
        .states_max = ask->states_max != 0 ? ask->states_max : FRONTIER_STATES};
    enum err err = frontier_table_init(&s->table, model, mode, ask);

    if (err != ERR_OK)
        return err;
    err = frontier_grow(s);
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
