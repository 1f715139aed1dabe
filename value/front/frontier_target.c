/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_target.c - what a mark or a coverage earns with some of its
 * effects, as offer.h and score.h have it, in whole numbers.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/front/frontier_inside.h"

void target_init(struct frontier_table *table, bool is_cover, size_t index)
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
    mpz_inits(t->above, t->below, NULL);
    if (is_cover) {
        mpq_set_ui(t->unit, 1, (unsigned long)DECIMAL_ONE);
        mpq_mul(t->unit, t->unit, table->need_weights[index]);
    } else {
        mpq_mul(
            t->unit, table->score.weight[index], table->score.per_mark[index]);
    }
}

void target_fini(struct frontier_target *target)
{
    free(target->changes);
    mpq_clear(target->unit);
    mpz_clears(target->above, target->below, NULL);
}

bool frontier_scale(const mpq_t value, const mpz_t scale, int64_t *scaled)
{
    mpz_t above;

    mpz_init(above);
    mpz_mul(above, mpq_numref(value), scale);
    bool lost = !mpz_divisible_p(above, mpq_denref(value));
    mpz_fdiv_q(above, above, mpq_denref(value));
    INSIST(mpz_fits_slong_p(above));
    *scaled = mpz_get_si(above);
    mpz_clear(above);
    return lost;
}

/* A product that grows in a machine word as long as it fits. */
struct product {
    mpz_ptr value;
    unsigned long word;
};

static void product_take(struct product *p, unsigned long by)
{
    unsigned long more;

    if (__builtin_mul_overflow(p->word, by, &more)) {
        mpz_mul_ui(p->value, p->value, p->word);
        more = by;
    }
    p->word = more;
}

/* What a coverage that shares complement earns with a sum: of the whole, all
 * but what is left open, rounded down once at the end. */
static int64_t earn_shares(struct frontier_table *table,
    const struct frontier_target *t, int64_t sum,
    const struct frontier_set *set)
{
    struct product left = {table->left, (unsigned long)(DECIMAL_ONE - sum)};
    struct product all = {table->all, (unsigned long)DECIMAL_ONE};

    mpz_set_ui(table->left, 1);
    mpz_set_ui(table->all, 1);
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->combine != COMBINE_COMPLEMENT ||
            (c->at != MODEL_NOWHERE && !frontier_has(set, c->at)))
            continue;
        product_take(&left,
            c->by >= DECIMAL_ONE ? 0 : (unsigned long)(DECIMAL_ONE - c->by));
        product_take(&all, (unsigned long)DECIMAL_ONE);
    }
    mpz_mul_ui(table->left, table->left, left.word);
    mpz_mul_ui(table->all, table->all, all.word);
    mpz_sub(table->left, table->all, table->left);
    if (mpz_sgn(table->left) <= 0)
        return 0;
    mpz_mul(table->left, table->left, t->above);
    mpz_mul_ui(table->left, table->left, (unsigned long)DECIMAL_ONE);
    mpz_mul(table->all, table->all, t->below);
    mpz_fdiv_q(table->left, table->left, table->all);
    return mpz_get_si(table->left);
}

/* The same of a sum alone. */
static int64_t earn_sum(
    struct frontier_table *table, const struct frontier_target *t, int64_t sum)
{
    if (t->even)
        return t->whole * sum;
    mpz_mul_ui(table->left, t->above, (unsigned long)sum);
    mpz_fdiv_q(table->left, table->left, t->below);
    return mpz_get_si(table->left);
}

/* What a mark on a table, or one that is rounded, earns. */
static int64_t earn_mark(
    struct frontier_table *table, const struct frontier_target *t, int64_t mark)
{
    const struct model *m = table->model;
    int64_t value;
    mpq_t earned;

    mpq_init(earned);
    table->score.marks[m->ours * m->criteria_n + t->index] = mark;
    score_points(&table->score, m->ours, t->index, earned);
    frontier_scale(earned, table->points_scale, &value);
    mpq_clear(earned);
    return value;
}

static int64_t clamped_sum(
    const struct frontier_target *t, const struct frontier_set *set)
{
    int64_t sum = t->base;
    int64_t top = 0;
    int64_t low = 0;

    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at != MODEL_NOWHERE && !frontier_has(set, c->at))
            continue;
        if (c->combine == COMBINE_ADD)
            sum += c->by;
        if (c->combine == COMBINE_CAP && c->by > top)
            top = c->by;
        if (c->combine == COMBINE_CAP && c->by < low)
            low = c->by;
    }
    sum += top + low;
    return sum < 0 ? 0 : sum > t->limit ? t->limit : sum;
}

bool target_value(struct frontier_table *table,
    const struct frontier_target *target, const struct frontier_set *set,
    int64_t *value)
{
    int64_t sum = clamped_sum(target, set);

    if (target->plain)
        *value = earn_sum(table, target, sum);
    else if (target->is_cover)
        *value = earn_shares(table, target, sum, set);
    else
        *value = earn_mark(table, target, sum);
    if (target->is_cover)
        return true;
    int64_t least = table->model->criteria[target->index].min_score;
    return least == MODEL_ABSENT || sum >= least;
}
