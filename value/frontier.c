/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier.c - grows partial offers and weighs exactly those that are left.
 */
#include "value/frontier.h"

#include <stdlib.h>

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
    struct frontier_slack lost; /* by thinning, in all */
    size_t most;
};

/* An offer that is left, as it is compared: exact. */
struct weighed {
    bool has_lead;
    mpq_t lead, users;
    struct frontier_offer offer;
};

/* What rounding could feign: every figure is a sum of numbers rounded down,
 * at most one of each element and target. */
static struct frontier_slack doubt(const struct frontier_work *s)
{
    int64_t terms = (int64_t)(s->table.n + s->table.targets_n + 1);

    return (struct frontier_slack){s->table.points_rounded ? 2 * terms : 0,
        s->table.users_rounded ? 2 * terms : 0};
}

static bool may_take(
    const struct frontier_work *s, size_t at, const struct frontier_set *set)
{
    const struct frontier_item *item = &s->table.items[at];

    if (item->never || sets_meet(&item->excludes, set))
        return false;
    for (size_t i = 0; i < at; i++) {
        if (set_has(&item->requires, i) && !set_has(set, i))
            return false;
    }
    return true;
}

static bool may_leave(
    const struct frontier_work *s, size_t at, const struct frontier_set *set)
{
    const struct frontier_item *item = &s->table.items[at];

    return !item->must && !sets_meet(&item->required, set);
}

/* Whether the budget can still be kept after a place. */
static bool is_within(const struct frontier_work *s, size_t at, int64_t cost)
{
    if (s->ask->budget == MODEL_ABSENT)
        return true;
    for (size_t i = at + 1; i < s->table.n; i++) {
        if (s->table.items[i].cost < 0)
            cost += s->table.items[i].cost;
    }
    return cost <= s->ask->budget;
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
        if (may_leave(s, at, &state->set) && is_within(s, at, state->cost))
            next.list[next.n++] = *state;
    }
    for (size_t i = 0; i < s->states.n; i++) {
        struct frontier_state state = s->states.list[i];
        if (!may_take(s, at, &state.set))
            continue;
        state.cost += item->cost;
        state.points += item->points;
        state.users += item->users;
        set_add(&state.set, at);
        if (is_within(s, at, state.cost))
            next.list[next.n++] = state;
    }
    free(s->states.list);
    s->states = next;
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
        if (t->is_cover)
            state->users += value;
        else
            state->points += value;
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
        if (s->ask->stop != NULL && s->ask->stop(s->ask->context))
            return ERR_ABORTED;
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

/* Our bid with a set, as if all in it were one element that is always in:
 * then offer.h says what the offer is, as everywhere else. */
struct fitting {
    struct model model;
    struct model_element element;
    struct model_effect *effects;
    bool *in; /* [elements_n] of the model */
};

static bool is_in(const struct frontier_work *s,
    const struct frontier_set *chosen, size_t element, size_t *choice)
{
    if (s->table.model->elements[element].always)
        return true;
    return set_has(chosen, (*choice)++);
}

static void fit_model(struct fitting *f, const struct frontier_work *s,
    const struct frontier_set *chosen)
{
    const struct model *m = s->table.model;
    size_t choice = 0;

    f->model = *m;
    f->element = (struct model_element){.always = true, .group = MODEL_NOWHERE};
    f->model.elements = &f->element;
    f->model.elements_n = 1;
    f->model.effects = f->effects;
    f->model.effects_n = 0;
    for (size_t i = 0; i < m->elements_n; i++) {
        f->in[i] = is_in(s, chosen, i, &choice);
        if (f->in[i] && (m->elements[i].always || s->table.price_moves))
            f->element.cost += m->elements[i].cost;
    }
    for (size_t i = 0; i < m->effects_n; i++) {
        if (!f->in[m->effects[i].element])
            continue;
        f->effects[f->model.effects_n] = m->effects[i];
        f->effects[f->model.effects_n++].element = 0;
    }
}

static void sum_users(
    const struct frontier_table *table, const struct offer *offer, mpq_t users)
{
    mpq_t cover;

    mpq_init(cover);
    mpq_set_ui(users, 0, 1);
    for (size_t k = 0; k < table->model->needs_n; k++) {
        fraction_set_integers(cover, offer->covers[k], offer->cover_one[k]);
        mpq_mul(cover, cover, table->need_weights[k]);
        mpq_add(users, users, cover);
    }
    mpq_clear(cover);
}

/* Weighs one offer; false when it is not admitted. */
static bool weigh_offer(struct frontier_work *s, struct fitting *f,
    const struct frontier_state *state, struct weighed *w)
{
    struct score *score = &s->table.score;
    size_t ours = s->table.model->ours;
    struct offer offer;

    struct frontier_set chosen = {{0}};
    for (size_t i = 0; i < s->table.n; i++) {
        if (set_has(&state->set, i))
            set_add(&chosen, s->table.items[i].choice);
    }
    fit_model(f, s, &chosen);
    offer_init(&offer, &f->model);
    score_set_offer(score, &offer);
    sum_users(&s->table, &offer, w->users);
    bool admitted = score->admitted[ours];
    w->has_lead = score_lead(score, ours, w->lead);
    w->offer = (struct frontier_offer){.price = MODEL_ABSENT,
        .cost = state->cost * (MICRO_ONE / DECIMAL_ONE),
        .lead = MODEL_ABSENT,
        .users = fraction_micro(w->users, FRACTION_HALF_UP),
        .wins = !w->has_lead || mpq_sgn(w->lead) >= 0};
    if (offer.has_price)
        w->offer.price = fraction_micro(offer.price, FRACTION_HALF_UP);
    if (admitted)
        w->offer.points = fraction_micro(score->total[ours], FRACTION_HALF_UP);
    if (w->has_lead)
        w->offer.lead = fraction_micro(w->lead, FRACTION_HALF_UP);
    w->offer.set = chosen;
    offer_fini(&offer);
    return admitted;
}

static int count_elements(const struct frontier_set *set)
{
    int n = 0;

    for (size_t w = 0; w < FRONTIER_MAX / 64; w++)
        n += __builtin_popcountll(set->word[w]);
    return n;
}

/* For sorting: the larger lead, the larger users' mean, the lower price, the
 * fewer elements first. */
static int order_weighed(const void *one, const void *other)
{
    const struct weighed *a = one;
    const struct weighed *b = other;
    int lead = a->has_lead ? mpq_cmp(b->lead, a->lead) : 0;
    int users = mpq_cmp(b->users, a->users);

    if (lead != 0)
        return lead;
    if (users != 0)
        return users;
    if (a->offer.price != b->offer.price)
        return a->offer.price < b->offer.price ? -1 : 1;
    int elements =
        count_elements(&a->offer.set) - count_elements(&b->offer.set);
    if (elements != 0)
        return elements;
    for (size_t w = 0; w < FRONTIER_MAX / 64; w++) {
        if (a->offer.set.word[w] != b->offer.set.word[w])
            return a->offer.set.word[w] < b->offer.set.word[w] ? -1 : 1;
    }
    return 0;
}

/* Keeps what is better for users than all with a larger lead. */
static void keep_front(
    struct weighed *list, size_t n, struct frontier_found *found)
{
    const struct weighed *last = NULL;

    qsort(list, n, sizeof *list, order_weighed);
    found->offers = mem_new((n + 1) * sizeof *found->offers);
    for (size_t i = 0; i < n; i++) {
        if (last != NULL && mpq_cmp(list[i].users, last->users) <= 0)
            continue;
        last = &list[i];
        found->offers[found->offers_n++] = last->offer;
    }
}

static enum err weigh_states(
    struct frontier_work *s, struct frontier_found *found)
{
    const struct model *m = s->table.model;
    struct weighed *list = mem_new((s->states.n + 1) * sizeof *list);
    struct fitting f = {.in = mem_new((m->elements_n + 1) * sizeof *f.in),
        .effects = mem_new((m->effects_n + 1) * sizeof *f.effects)};
    enum err err = ERR_OK;
    size_t n = 0;

    for (size_t i = 0; i < s->states.n && err == ERR_OK; i++) {
        if (i % 64 == 63 && s->ask->stop != NULL &&
            s->ask->stop(s->ask->context))
            err = ERR_ABORTED;
        mpq_inits(list[n].lead, list[n].users, NULL);
        if (weigh_offer(s, &f, &s->states.list[i], &list[n]))
            n++;
        else
            mpq_clears(list[n].lead, list[n].users, NULL);
    }
    if (err == ERR_OK)
        keep_front(list, n, found);
    for (size_t i = 0; i < n; i++)
        mpq_clears(list[i].lead, list[i].users, NULL);
    free(list);
    free(f.in);
    free(f.effects);
    return err;
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

static void tell(struct frontier_work *s, struct frontier_found *found)
{
    const struct model *m = s->table.model;

    found->states = s->most;
    for (size_t i = 0; i < m->elements_n; i++) {
        if (!m->elements[i].always)
            found->choices[found->choices_n++] = i;
    }
    if (s->lost.points == 0)
        return;
    found->gap_lead = tell_gap(s->lost.points, s->table.points_scale);
    found->gap_users = tell_gap(s->lost.users, s->table.users_scale);
    if (m->rounding == ROUND_TOTAL)
        found->gap_lead += MICRO_ONE / (int64_t)fraction_scale(m->round_digits);
}

enum err frontier_compute(const struct model *model,
    const struct frontier_ask *ask, struct frontier_found **found)
{
    struct frontier_work s = {.ask = ask,
        .states_max = ask->states_max != 0 ? ask->states_max : FRONTIER_STATES};
    enum err err = table_init(&s.table, model, ask);

    if (err != ERR_OK)
        return err;
    s.states.list = mem_new(sizeof *s.states.list);
    s.states.n = 1;
    err = grow(&s);
    if (err == ERR_OK) {
        struct frontier_found *made = mem_new(sizeof *made);
        tell(&s, made);
        err = weigh_states(&s, made);
        if (err == ERR_OK)
            *found = made;
        else
            frontier_free(&made);
    }
    free(s.states.list);
    table_fini(&s.table);
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
