/* SPDX-License-Identifier: Apache-2.0
 *
 * score_share.c - what a bid earns on one criterion.
 */
#include "value/award/score_inside.h"

#include "value/award/tree.h"
#include "value/wide.h"

/* A mark between two levels earns what lies between them; below the first
 * and above the last it earns what they do. */
static void read_levels(
    const struct model_criterion *c, int64_t mark, mpq_t share)
{
    const struct model_level *l = c->levels;
    size_t at = 0;
    mpq_t way;

    while (at < c->levels_n && mark > l[at].mark)
        at++;
    if (at == 0 || at == c->levels_n || mark == l[at].mark) {
        fraction_set(share, l[at == c->levels_n ? at - 1 : at].share);
        return;
    }
    mpq_init(way);
    mpq_set_si(way, mark - l[at - 1].mark, 1);
    mpq_set_si(share, 1, (unsigned long)(l[at].mark - l[at - 1].mark));
    mpq_mul(way, way, share);
    fraction_set(share, l[at].share - l[at - 1].share);
    mpq_mul(way, way, share);
    fraction_set(share, l[at - 1].share);
    mpq_add(share, share, way);
    mpq_clear(way);
}

void score_share(
    const struct score *score, size_t bid, size_t criterion, mpq_t share)
{
    const struct model_criterion *c = &score->model->criteria[criterion];
    const struct price_bid view = price_bid_of(score, bid);

    if (c->is_price && price_gives(c) == PRICE_GIVES_SHARE) {
        price_share(c, &view, &score->field, share);
    } else if (c->is_price) {
        mpq_set_ui(share, 0, 1);
    } else if (c->levels_n > 0) {
        read_levels(c, marks_of(score, bid)[criterion], share);
    } else {
        mpq_set_si(share, marks_of(score, bid)[criterion], 1);
        mpq_mul(share, share, score->per_mark[criterion]);
    }
}

void score_points(
    const struct score *score, size_t bid, size_t criterion, mpq_t points)
{
    int round = score->model->criteria[criterion].round;

    score_share(score, bid, criterion, points);
    mpq_mul(points, points, score->weight[criterion]);
    if (round > 0)
        fraction_round(points, round - 1);
}

/* What a mark on a scale without levels earns, in machine words; false where
 * they have no room. */
static bool set_cell(const struct model_criterion *c, int64_t mark,
    int64_t *share, int64_t *points)
{
    wide below = (wide)c->scale_max * DECIMAL_ONE;
    int64_t scale =
        c->round > 0 ? (int64_t)fraction_scale(c->round - 1) : MICRO_ONE;
    wide part, whole;

    if (c->is_price || c->levels_n > 0 || scale > MICRO_ONE ||
        !wide_half_up(mark, MICRO_ONE, c->scale_max, &part) ||
        !wide_half_up((wide)c->weight.likely * mark, scale, below, &whole) ||
        __builtin_mul_overflow(whole, (wide)(MICRO_ONE / scale), &whole))
        return false;
    *share = wide_micro(part);
    *points = wide_micro(whole);
    return true;
}

void score_cell(const struct score *score, size_t bid, size_t criterion,
    int64_t *share, int64_t *points)
{
    mpq_t value;

    if (set_cell(&score->model->criteria[criterion],
            marks_of(score, bid)[criterion], share, points))
        return;
    mpq_init(value);
    score_share(score, bid, criterion, value);
    *share = fraction_micro(value, FRACTION_HALF_UP);
    score_points(score, bid, criterion, value);
    *points = fraction_micro(value, FRACTION_HALF_UP);
    mpq_clear(value);
}

/* Points of all criteria; those of prices, which can not be known before it is
 * known who is compared, only where they are asked for. */
static void sum_groups(
    const struct score *score, size_t bid, bool with_prices, mpq_t *sums)
{
    const struct model *m = score->model;
    mpq_t *points = fractions_new(m->criteria_n);

    for (size_t k = 0; k < m->criteria_n; k++) {
        if (with_prices || !m->criteria[k].is_price)
            score_points(score, bid, k, points[k]);
    }
    tree_sum(m, points, sums);
    fractions_free(&points, m->criteria_n);
}

void score_groups(const struct score *score, size_t bid, mpq_t *sums)
{
    if (score->model->groups_n > 0)
        sum_groups(score, bid, true, sums);
}

size_t score_group_gate(const struct score *score, size_t bid)
{
    const struct model *m = score->model;
    mpq_t *sums = fractions_new(m->groups_n);
    size_t gate = MODEL_NOWHERE;

    sum_groups(score, bid, false, sums);
    for (size_t g = m->groups_n; g-- > 0;) {
        if (!tree_passes(&m->groups[g], sums[g]))
            gate = g;
    }
    fractions_free(&sums, m->groups_n);
    return gate;
}

/* The points that the price criteria earn, or all. */
static void add_unrounded(
    const struct score *score, size_t bid, bool prices_alone, mpq_t total)
{
    mpq_t points;

    mpq_init(points);
    for (size_t k = 0; k < score->model->criteria_n; k++) {
        if (prices_alone && !score->model->criteria[k].is_price)
            continue;
        score_share(score, bid, k, points);
        mpq_mul(points, points, score->weight[k]);
        mpq_add(total, total, points);
    }
    mpq_clear(points);
}

void score_unrounded(const struct score *score, size_t bid, mpq_t total)
{
    bool is_rounded = model_rounds_points(score->model);

    /* What is known of the quality holds preference points too. */
    if (is_rounded)
        fraction_set(total, score->model->bids[bid].bonus);
    else
        mpq_set(total, score->quality[bid]);
    add_unrounded(score, bid, !is_rounded, total);
}
