/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_table.c - a model as the search for the front sees it: elements in
 * an order of decision, targets they share, and scales that make it whole.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/frontier_inside.h"
#include "value/mean.h"
#include "value/missing.h"
#include "value/tree.h"
#include "value/weigh.h"

/* Beyond this sums of scaled figures could leave 64 bits. */
#define FIGURE_LIMIT INT64_C(100000000000000000) /* 10^17 */
/* So much money, all costs together, still fits as millionths. */
#define COSTS_LIMIT INT64_C(50000000000000000)
/* The scale where none makes all figures whole. */
#define ROUGH_SCALE 1000000000000ul
#define SCALE_BITS  50
#define RULE_LINKS  16

struct reading {
    struct frontier_table *table;
    size_t element[FRONTIER_MAX]; /* of each choice */
    size_t place[FRONTIER_MAX];   /* of each choice in the order */
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

/* The bid as recorded: what is always in is among the changes. */
static void init_target(
    struct frontier_table *table, bool is_cover, size_t index)
{
    const struct model *m = table->model;
    struct frontier_target *t = &table->targets[table->targets_n++];
    const struct estimate *recorded =
        is_cover ? &m->covers[m->ours * m->needs_n + index]
                 : &m->marks[m->ours * m->criteria_n + index];

    *t = (struct frontier_target){.is_cover = is_cover,
        .index = index,
        .base = recorded->low == MODEL_ABSENT ? 0 : recorded->likely,
        .limit = is_cover ? DECIMAL_ONE : m->criteria[index].scale_max,
        .rises = true};
    mpq_init(t->unit);
    if (is_cover) {
        mpq_set_ui(t->unit, 1, (unsigned long)DECIMAL_ONE);
        mpq_mul(t->unit, t->unit, table->need_weights[index]);
    } else {
        mpq_mul(
            t->unit, table->score.weight[index], table->score.per_mark[index]);
    }
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
    if (!always && choice == MODEL_NOWHERE)
        return;
    if (target_for(table, is_cover, index) == NULL)
        init_target(table, is_cover, index);
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
        sums = sums && c->levels_n == 0 && m->rounding != ROUND_POINTS;
        if (c->min_score != MODEL_ABSENT)
            least = c->min_score;
        t->rises = levels_rise(c);
        if (!levels_are_shares(c))
            return ERR_LIMIT;
    }
    t->straight = sums && low >= 0 && low >= least && high <= t->limit;
    t->bent = sums && low >= 0 && low >= least && !t->straight;
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
    /* A unit that is not whole can not be added up exactly. */
    if (lost)
        t->straight = t->bent = false;
    *rounded |= lost;
    for (size_t i = 0; i < t->changes_n; i++)
        *rounded |= t->changes[i].combine == COMBINE_COMPLEMENT;
    *rounded |= !t->is_cover && table->model->criteria[t->index].levels_n > 0;
    return ERR_OK;
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

/* Decides next on the choice that has most links behind it and fewest before
 * it, so that targets and rules stay open for as short as may be. */
static void find_order(struct reading *r)
{
    struct frontier_table *table = r->table;
    struct frontier_set done = {{0}};
    struct frontier_set left = {{0}};

    for (size_t i = 0; i < table->n; i++)
        set_add(&left, i);
    for (size_t at = 0; at < table->n; at++) {
        size_t best = MODEL_NOWHERE;
        int best_links = 0;
        for (size_t i = 0; i < table->n; i++) {
            const struct frontier_item *item = &table->items[i];
            int links = count_links(item, &done) - count_links(item, &left);
            if (set_has(&done, i) ||
                (best != MODEL_NOWHERE && links <= best_links))
                continue;
            best = i;
            best_links = links;
        }
        r->place[best] = at;
        set_add(&done, best);
        left.word[best / 64] &= ~(UINT64_C(1) << best % 64);
    }
}

static struct frontier_set move_set(
    const struct reading *r, const struct frontier_set *set)
{
    struct frontier_set moved = {{0}};

    for (size_t i = 0; i < r->table->n; i++) {
        if (set_has(set, i))
            set_add(&moved, r->place[i]);
    }
    return moved;
}

/* Puts the items, so far by choice, in the order of decision. */
static void put_in_order(struct reading *r)
{
    struct frontier_table *table = r->table;
    struct frontier_item by_choice[FRONTIER_MAX];

    for (size_t i = 0; i < table->n; i++)
        by_choice[i] = table->items[i];
    for (size_t i = 0; i < table->n; i++) {
        struct frontier_item *item = &table->items[r->place[i]];
        *item = by_choice[i];
        item->excludes = move_set(r, &by_choice[i].excludes);
        item->requires = move_set(r, &by_choice[i].requires);
        item->required = move_set(r, &by_choice[i].required);
    }
    for (size_t i = 0; i < table->targets_n; i++) {
        struct frontier_target *t = &table->targets[i];
        t->first = MODEL_NOWHERE;
        for (size_t c = 0; c < t->changes_n; c++) {
            struct frontier_change *change = &t->changes[c];
            if (change->at == MODEL_NOWHERE)
                continue;
            change->at = r->place[change->at];
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

/* Whether a lower price and more quality never make our bid stand worse. */
static enum err check_award(struct frontier_table *table)
{
    const struct model *m = table->model;
    int64_t low = m->bids[m->ours].price.low == MODEL_ABSENT
                      ? 1
                      : m->bids[m->ours].price.likely;
    bool is_priced = false;
    int64_t all = 0;

    /* Where a need caps the value, what is worse now may be better later. */
    if (m->max_pass > 0 || mean_caps(m) || tree_has_gates(m))
        return ERR_LIMIT;
    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        is_priced |= c->is_price;
        if (c->is_price &&
            (c->rule == RULE_EXPRESSION || c->rule == RULE_EXPRESSION_TOTAL))
            return ERR_LIMIT;
    }
    for (size_t i = 0; i < m->elements_n; i++) {
        int64_t cost = m->elements[i].cost;
        if (cost > COSTS_LIMIT || cost < -COSTS_LIMIT)
            return ERR_LIMIT;
        all += cost < 0 ? -cost : cost;
        if (all > COSTS_LIMIT)
            return ERR_LIMIT;
        if (m->elements[i].always || (cost < 0 && table->price_moves))
            low += cost;
    }
    return is_priced && low <= 0 ? ERR_LIMIT : ERR_OK;
}

static enum err read_choices(struct reading *r)
{
    struct frontier_table *table = r->table;
    const struct model *m = table->model;

    for (size_t i = 0; i < m->elements_n; i++) {
        if (m->elements[i].always)
            continue;
        if (table->n == FRONTIER_MAX)
            return ERR_LIMIT;
        r->element[table->n++] = i;
    }
    return ERR_OK;
}

static enum err fill(struct reading *r)
{
    struct frontier_table *table = r->table;
    enum err err = check_award(table);

    if (err == ERR_OK)
        err = read_targets(r);
    for (size_t i = 0; i < table->n; i++)
        read_relations(r, i);
    if (err == ERR_OK)
        err = read_always(r);
    if (err != ERR_OK)
        return err;
    link_choices(table);
    find_order(r);
    put_in_order(r);
    return ERR_OK;
}

enum err table_init(struct frontier_table *table, const struct model *model,
    const struct frontier_ask *ask)
{
    struct model bare = *model;
    struct reading r = {.table = table};

    *table = (struct frontier_table){
        .model = model, .price_moves = ask->cost == FRONTIER_PRICE};
    enum err err = read_choices(&r);
    if (err != ERR_OK)
        return err;
    bare.elements_n = bare.effects_n = 0;
    if (missing_blocks(&bare, FIGURE_FRONT))
        return ERR_STATE;
    offer_init(&table->offer, &bare);
    table->offer.model = model;
    score_init(&table->score, model, &table->offer);
    table->need_weights = fractions_new(model->needs_n);
    INSIST(weigh_needs(model, table->need_weights));
    mpz_inits(table->points_scale, table->users_scale, NULL);
    err = fill(&r);
    table->cost_counts = table->price_moves || ask->budget != MODEL_ABSENT;
    if (err != ERR_OK)
        table_fini(table);
    else if (table->price_moves && ask->budget == MODEL_ABSENT)
        table_find_slopes(table);
    return err;
}

void table_fini(struct frontier_table *table)
{
    for (size_t i = 0; i < table->targets_n; i++) {
        free(table->targets[i].changes);
        mpq_clear(table->targets[i].unit);
    }
    free(table->targets);
    fractions_free(&table->need_weights, table->model->needs_n);
    mpz_clears(table->points_scale, table->users_scale, NULL);
    score_fini(&table->score);
    offer_fini(&table->offer);
}
