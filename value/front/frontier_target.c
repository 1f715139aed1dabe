/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_target.c - what a mark or a coverage earns with some of its
 * effects, as offer.h and score.h have it, in whole numbers.
 */
#include "protocol/base_mem.h"
#include "value/front/frontier_inside.h"

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

/* What a coverage comes to with some of its effects, as offer_set has it. */
static void set_cover(const struct frontier_target *t, int64_t sum,
    const struct frontier_set *set, mpq_t cover)
{
    mpq_t open;
    mpq_t one;

    mpq_init(one);
    mpq_init(open);
    mpq_set_ui(one, 1, 1);
    fraction_set(open, DECIMAL_ONE - sum);
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->combine != COMBINE_COMPLEMENT ||
            (c->at != MODEL_NOWHERE && !frontier_has(set, c->at)))
            continue;
        fraction_set(cover, c->by >= DECIMAL_ONE ? 0 : DECIMAL_ONE - c->by);
        mpq_mul(open, open, cover);
    }
    mpq_sub(cover, one, open);
    if (mpq_sgn(cover) < 0)
        mpq_set_ui(cover, 0, 1);
    mpq_clear(open);
    mpq_clear(one);
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
    const struct model *m = table->model;
    int64_t sum = clamped_sum(target, set);
    mpq_t earned;

    mpq_init(earned);
    if (target->is_cover) {
        set_cover(target, sum, set, earned);
        mpq_mul(earned, earned, table->need_weights[target->index]);
        frontier_scale(earned, table->users_scale, value);
        mpq_clear(earned);
        return true;
    }
    int64_t least = m->criteria[target->index].min_score;
    table->score.marks[m->ours * m->criteria_n + target->index] = sum;
    score_points(&table->score, m->ours, target->index, earned);
    frontier_scale(earned, table->points_scale, value);
    mpq_clear(earned);
    return least == MODEL_ABSENT || sum >= least;
}
