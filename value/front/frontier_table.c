/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_table.c - a model as the search for the front sees it: elements in
 * an order of decision, targets they share, and scales that make it whole.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"
#include "value/front/frontier_inside.h"
#include "value/gap/weigh.h"
#include "value/missing.h"

/* Beyond this sums of scaled figures could leave 64 bits. */
#define FIGURE_LIMIT INT64_C(100000000000000000) /* 10^17 */
/* The scale where none makes all figures whole. */
#define ROUGH_SCALE 1000000000000ul
#define SCALE_BITS  50
/* So fine a scale leaves slopes of prices enough digits. */
#define FINE_BITS 36

struct reading {
    struct frontier_table *table;
    size_t element[FRONTIER_MAX]; /* of each choice */
};

static size_t choice_of(const struct reading *r, size_t element)
{
    for (size_t i = 0; i < r->table->n; i++) {
        if (r->element[i] == element)
            return i;
    }
    return MODEL_NOWHERE;
}

static struct frontier_target *target_for(
    struct frontier_table *table, bool is_cover, size_t index)
{
    for (size_t i = 0; i < table->targets_n; i++) {
        if (table->targets[i].is_cover == is_cover &&
            table->targets[i].index == index)
            return &table->targets[i];
    }
    return NULL;
}

static void read_effect(struct reading *r, const struct model_effect *effect)
{
    struct frontier_table *table = r->table;
    const struct model *m = table->model;
    bool is_cover = effect->criterion == MODEL_NOWHERE;
    size_t index = is_cover ? effect->need : effect->criterion;
    bool always = m->elements[effect->element].always;
    size_t choice = choice_of(r, effect->element);

    if (index == MODEL_NOWHERE || (!is_cover && m->criteria[index].is_price))
        return;
    if (!is_cover && table->mode == FRONTIER_USERS)
        return;
    if (!always && choice == MODEL_NOWHERE)
        return;
    if (target_for(table, is_cover, index) == NULL)
        target_init(table, is_cover, index);
    struct frontier_target *t = target_for(table, is_cover, index);
    t->changes = mem_grow(
        t->changes, &t->changes_room, t->changes_n + 1, sizeof *t->changes);
    t->changes[t->changes_n++] = (struct frontier_change){
        always ? MODEL_NOWHERE : choice, effect->by, effect->combine};
    if (!is_cover && effect->combine == COMBINE_COMPLEMENT)
        t->changes[t->changes_n - 1].combine = COMBINE_ADD;
}

static bool levels_are_shares(const struct model_criterion *c)
{
    for (size_t i = 0; i < c->levels_n; i++) {
        if (c->levels[i].share < 0 || c->levels[i].share > DECIMAL_ONE)
            return false;
    }
    return true;
}

static bool levels_rise(const struct model_criterion *c)
{
    for (size_t i = 0; i + 1 < c->levels_n; i++) {
        if (c->levels[i + 1].share < c->levels[i].share)
            return false;
    }
    return true;
}

/* Whether a target earns its sum up to its limit, of which effects cap each
 * other or take a share of what is open, and never lower it by that. */
static bool can_curve(const struct model *m, const struct frontier_target *t)
{
    for (size_t i = 0; i < t->changes_n; i++) {
        if (t->changes[i].combine != COMBINE_ADD && t->changes[i].by < 0)
            return false;
    }
    return t->is_cover || (m->criteria[t->index].levels_n == 0 &&
                              m->criteria[t->index].round == 0);
}

/* By what they do, so that like ones are taken in the same order. */
static int order_changes(const void *one, const void *other)
{
    const struct frontier_change *a = one;
    const struct frontier_change *b = other;

    if (a->combine != b->combine)
        return a->combine < b->combine ? -1 : 1;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static void sort_changes(struct frontier_target *t)
{
    if (t->changes_n > 0)
        qsort(t->changes, t->changes_n, sizeof *t->changes, order_changes);
}

/* Finds how a target answers to effects, by all that could happen to it. */
static enum err judge_target(
    const struct frontier_table *table, struct frontier_target *t)
{
    const struct model *m = table->model;
    int64_t low = t->base;
    int64_t high = low;
    int64_t least = 0;
    bool sums = true;

    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->by > FIGURE_LIMIT / 1000 || c->by < -FIGURE_LIMIT / 1000)
            return ERR_LIMIT;
        sums = sums && c->combine == COMBINE_ADD;
        low += c->by < 0 || c->at == MODEL_NOWHERE ? c->by : 0;
        high += c->by > 0 || c->at == MODEL_NOWHERE ? c->by : 0;
    }
    if (!t->is_cover) {
        const struct model_criterion *c = &m->criteria[t->index];
        sums = sums && c->levels_n == 0 && c->round == 0;
        if (c->min_score != MODEL_ABSENT)
            least = c->min_score;
        t->rises = levels_rise(c);
        if (!levels_are_shares(c))
            return ERR_LIMIT;
    }
    t->straight = sums && low >= 0 && low >= least && high <= t->limit;
    t->bent = sums && low >= 0 && low >= least && !t->straight;
    t->curved = !sums && low >= 0 && least <= 0 && can_curve(m, t);
    sort_changes(t);
    return low < -FIGURE_LIMIT || high > FIGURE_LIMIT ? ERR_LIMIT : ERR_OK;
}

/* The scale that makes every unit of one side whole, or a rough one. */
static bool find_scale(struct frontier_table *table, bool covers, mpz_t scale)
{
    mpz_set_ui(scale, covers ? 1 : MICRO_ONE);
    for (size_t i = 0; i < table->targets_n; i++) {
        if (table->targets[i].is_cover == covers)
            mpz_lcm(scale, scale, mpq_denref(table->targets[i].unit));
    }
    if (mpz_sizeinbase(scale, 2) < FINE_BITS)
        mpz_mul_2exp(scale, scale, FINE_BITS - mpz_sizeinbase(scale, 2));
    if (mpz_sizeinbase(scale, 2) <= SCALE_BITS)
        return false;
    mpz_set_ui(scale, ROUGH_SCALE);
    return true;
}

static enum err scale_target(
    struct frontier_table *table, struct frontier_target *t)
{
    mpz_ptr scale = t->is_cover ? table->users_scale : table->points_scale;
    bool *rounded =
        t->is_cover ? &table->users_rounded : &table->points_rounded;
    mpq_t most;
    mpz_t limit;

    mpq_init(most);
    mpz_init_set_si(limit, t->limit);
    mpz_mul(limit, limit, scale);
    mpq_set_z(most, limit);
    mpq_mul(most, most, t->unit);
    bool too_big = mpq_cmp_si(most, FIGURE_LIMIT / FRONTIER_MAX, 1) > 0;
    mpz_clear(limit);
    mpq_clear(most);
    if (too_big)
        return ERR_LIMIT;
    bool lost = frontier_scale(t->unit, scale, &t->whole);
    mpz_mul(t->above, mpq_numref(t->unit), scale);
    mpz_set(t->below, mpq_denref(t->unit));
    t->even = !lost;
    /* A unit that is not whole can not be added up exactly. */
    if (lost)
        t->straight = t->bent = t->curved = false;
    t->rounded =
        lost || (!t->is_cover && table->model->criteria[t->index].levels_n > 0);
    t->plain = t->is_cover || (table->model->criteria[t->index].levels_n == 0 &&
                                  table->model->criteria[t->index].round == 0);
    for (size_t i = 0; i < t->changes_n; i++) {
        t->rounded |= t->changes[i].combine == COMBINE_COMPLEMENT;
        t->plain &= t->changes[i].combine != COMBINE_COMPLEMENT;
    }
    *rounded |= t->rounded;
    return ERR_OK;
}

/* Whether the most that a set earns on a target can be told as a sum. */
static bool can_hope(const struct model *m, const struct frontier_target *t)
{
    const struct model_criterion *c = &m->criteria[t->index];

    return t->straight || t->is_cover ||
           (c->levels_n == 0 && c->round == 0 &&
               (t->bent || c->min_score == MODEL_ABSENT));
}

/* What the bid earns at most on a target by itself. */
static int64_t base_hope(
    struct frontier_table *table, const struct frontier_target *t)
{
    const struct frontier_set none = {{0}};
    int64_t sum = t->base;
    int64_t value = 0;

    for (size_t c = 0; c < t->changes_n; c++)
        sum += t->changes[c].at == MODEL_NOWHERE ? t->changes[c].by : 0;
    if (t->falls)
        return t->whole * sum;
    (void)target_value(table, t, &none, &value);
    return value + 1;
}

/* The most that a target can earn, with everything that helps it or at its
 * limit, whichever is less. */
static int64_t find_top(const struct frontier_target *t)
{
    int64_t limit = (t->bent ? t->whole : t->whole + 1) * t->limit;
    wide all = t->hope;

    for (size_t c = 0; c < t->changes_n; c++) {
        int64_t hope = change_hope(t, &t->changes[c]);
        all += t->changes[c].at != MODEL_NOWHERE && hope > 0 ? hope : 0;
    }
    return all < limit ? (int64_t)all : limit;
}

/* Whether all that is ever added to the hopes of a target and taken from them
 * is a figure: effects far beyond a limit are none. */
static bool hopes_fall(const struct frontier_target *t)
{
    wide sum = t->base;

    for (size_t c = 0; c < t->changes_n; c++) {
        int64_t by = t->changes[c].by;
        sum += by < 0 ? -by : by;
    }
    return t->bent && sum * t->whole <= FIGURE_LIMIT;
}

static void hope_for(
    struct frontier_table *table, struct frontier_target *t, wide *all)
{
    t->falls = hopes_fall(t);
    t->hope = base_hope(table, t);
    *all += t->hope;
    for (size_t c = 0; c < t->changes_n; c++) {
        const struct frontier_change *change = &t->changes[c];
        if (change->at == MODEL_NOWHERE)
            continue;
        int64_t hope = change_hope(t, change);
        t->drops |= hope < 0;
        *all += hope < 0 ? -hope : hope;
    }
    t->top = find_top(t);
}

static void read_hopes(struct frontier_table *table)
{
    wide all = 0;

    table->can_bound = table->mode != FRONTIER_EVERY;
    for (size_t i = 0; i < table->targets_n && table->can_bound; i++) {
        struct frontier_target *t = &table->targets[i];
        table->can_bound = can_hope(table->model, t);
        if (table->can_bound && !t->straight)
            hope_for(table, t, &all);
        table->can_bound &= all <= FIGURE_LIMIT * 10;
    }
}

/* Whether a gate looks at a criterion together with others. */
static bool gate_watches(const struct model *m, size_t criterion)
{
    bool watches = false;

    for (size_t g = 0; g < m->groups_n; g++)
        watches |= m->groups[g].min_score != MODEL_ABSENT &&
                   tree_holds(m, g, criterion);
    return watches;
}

/* Whether a need counts for a segment whose value a need may cap. */
static bool cap_watches(const struct model *m, size_t need)
{
    for (size_t s = 0; s < m->segments_n; s++) {
        const int64_t *importance = &m->importance[s * m->needs_n];
        bool caps = false;
        for (size_t n = 0; n < m->needs_n; n++)
            caps |= m->needs[n].must_threshold > 0 && importance[n] > 0;
        if (caps && importance[need] > 0)
            return true;
    }
    return false;
}

static void find_watched(struct frontier_table *table)
{
    for (size_t i = 0; i < table->targets_n; i++) {
        struct frontier_target *t = &table->targets[i];
        t->watched = t->is_cover ? cap_watches(table->model, t->index)
                                 : gate_watches(table->model, t->index);
        table->watches |= t->watched;
    }
}

static enum err read_targets(struct reading *r)
{
    struct frontier_table *table = r->table;
    const struct model *m = table->model;
    enum err err = ERR_OK;

    table->targets =
        mem_new((m->criteria_n + m->needs_n) * sizeof *table->targets);
    for (size_t i = 0; i < m->effects_n; i++)
        read_effect(r, &m->effects[i]);
    find_watched(table);
    for (size_t i = 0; i < table->targets_n && err == ERR_OK; i++)
        err = judge_target(table, &table->targets[i]);
    table->points_rounded = find_scale(table, false, table->points_scale);
    table->users_rounded = find_scale(table, true, table->users_scale);
    for (size_t i = 0; i < table->targets_n && err == ERR_OK; i++)
        err = scale_target(table, &table->targets[i]);
    return err;
}

static void read_relations(struct reading *r, size_t choice)
{
    struct frontier_table *table = r->table;
    const struct model *m = table->model;
    struct frontier_item *item = &table->items[choice];
    const struct model_element *e = &m->elements[r->element[choice]];

    item->choice = choice;
    item->cost = e->cost;
    for (size_t i = 0; i < m->elements_n; i++) {
        size_t other = choice_of(r, i);
        if (!elements_conflict(m, r->element[choice], i))
            continue;
        item->never |= m->elements[i].always;
        if (other != MODEL_NOWHERE)
            set_add(&item->excludes, other);
    }
    for (size_t i = 0; i < e->needs_n; i++) {
        size_t other =
            e->needs[i] == MODEL_NOWHERE ? i : choice_of(r, e->needs[i]);
        item->never |= e->needs[i] == MODEL_NOWHERE;
        if (e->needs[i] == MODEL_NOWHERE || other == MODEL_NOWHERE)
            continue;
        set_add(&item->requires, other);
        set_add(&table->items[other].required, choice);
    }
}

/* What is always in may require choices, and may contradict itself. */
static enum err read_always(struct reading *r)
{
    const struct model *m = r->table->model;

    for (size_t i = 0; i < m->elements_n; i++) {
        const struct model_element *e = &m->elements[i];
        if (!e->always)
            continue;
        for (size_t j = 0; j < i; j++) {
            if (m->elements[j].always && elements_conflict(m, i, j))
                return ERR_STATE;
        }
        for (size_t j = 0; j < e->needs_n; j++) {
            if (e->needs[j] == MODEL_NOWHERE)
                return ERR_STATE;
            if (!m->elements[e->needs[j]].always)
                r->table->items[choice_of(r, e->needs[j])].must = true;
        }
    }
    return ERR_OK;
}

static enum err read_choices(struct reading *r, const struct frontier_ask *ask)
{
    struct frontier_table *table = r->table;
    const struct model *m = table->model;
    size_t most = table->mode == FRONTIER_EVERY ? FRONTIER_ALL : FRONTIER_MAX;

    for (size_t i = 0; i < m->elements_n; i++) {
        if (m->elements[i].always)
            continue;
        if (table->n == most)
            return ERR_LIMIT;
        table->items[table->n].must = ask->must != NULL && ask->must[i];
        r->element[table->n++] = i;
    }
    return ERR_OK;
}

static enum err fill(struct reading *r)
{
    struct frontier_table *table = r->table;
    enum err err = table_check(table);

    if (err == ERR_OK && table->mode != FRONTIER_EVERY)
        err = read_targets(r);
    for (size_t i = 0; i < table->n; i++)
        read_relations(r, i);
    if (err == ERR_OK)
        err = read_always(r);
    if (err != ERR_OK)
        return err;
    table_order(table);
    read_hopes(table);
    return ERR_OK;
}

enum err frontier_table_init(struct frontier_table *table,
    const struct model *model, enum frontier_mode mode,
    const struct frontier_ask *ask)
{
    struct model bare = *model;
    struct reading r = {.table = table};

    *table = (struct frontier_table){.model = model,
        .mode = mode,
        .budget = ask->budget == MODEL_ABSENT ? INT64_MAX : ask->budget,
        .price_moves = ask->cost == FRONTIER_PRICE};
    enum err err = read_choices(&r, ask);
    if (err != ERR_OK)
        return err;
    bare.elements_n = bare.effects_n = 0;
    if (missing_blocks(model, FIGURE_FRONT))
        return ERR_STATE;
    offer_init(&table->offer, &bare);
    table->offer.model = model;
    score_init(&table->score, model, &table->offer);
    table->need_weights = fractions_new(model->needs_n);
    INSIST(weigh_needs(model, table->need_weights));
    mpz_inits(
        table->points_scale, table->users_scale, table->left, table->all, NULL);
    err = fill(&r);
    table->price_counts = table->price_moves && mode == FRONTIER_BOTH;
    table->cost_counts = table->price_counts || ask->budget != MODEL_ABSENT;
    if (err != ERR_OK)
        frontier_table_fini(table);
    else if (table->price_counts)
        table_find_slopes(table, ask->budget == MODEL_ABSENT);
    return err;
}

void frontier_table_fini(struct frontier_table *table)
{
    for (size_t i = 0; i < table->targets_n; i++)
        target_fini(&table->targets[i]);
    free(table->targets);
    fractions_free(&table->need_weights, table->model->needs_n);
    mpz_clears(
        table->points_scale, table->users_scale, table->left, table->all, NULL);
    score_fini(&table->score);
    offer_fini(&table->offer);
}
