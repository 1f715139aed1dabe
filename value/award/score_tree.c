/* SPDX-License-Identifier: Apache-2.0
 *
 * score_tree.c - points of criteria that are made of others, where what their
 * parts earn together is rounded.  Where nothing is, sums need no tree.
 */
#include "value/award/score_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"

void score_tree_init(struct score *score)
{
    const struct model *m = score->model;
    bool any = false;

    score->rounds_groups = model_rounds_groups(m);
    if (!score->rounds_groups)
        return;
    score->waits = mem_new(m->groups_n * sizeof *score->waits);
    tree_mark_prices(m, score->waits);
    for (size_t g = 0; g < m->groups_n; g++)
        any = any || (score->waits[g] && m->groups[g].round > 0);
    if (any)
        score->within = fractions_new(m->bids_n * m->groups_n);
    else
        score_tree_fini(score);
}

void score_tree_fini(struct score *score)
{
    if (score->within != NULL)
        fractions_free(
            &score->within, score->model->bids_n * score->model->groups_n);
    free(score->waits);
    score->waits = NULL;
}

static void round_group(const struct model_group *group, mpq_t sum)
{
    if (group->round > 0)
        fraction_round(sum, group->round - 1);
}

/* Whether a group has its points only with those of a price. */
static bool waits(const struct score *score, size_t group)
{
    return score->within != NULL && score->waits[group];
}

/* Where what stands in a group, or below none, is added up. */
static mpq_ptr place_of(mpq_t *sums, size_t group, mpq_ptr all)
{
    return group == MODEL_NOWHERE ? all : sums[group];
}

static void add_marked(
    const struct score *score, size_t bid, mpq_t *sums, mpq_ptr all)
{
    const struct model *m = score->model;
    mpq_t points;

    mpq_init(points);
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (m->criteria[k].is_price)
            continue;
        mpq_ptr to = place_of(sums, m->group_of[k], all);
        score_points(score, bid, k, points);
        mpq_add(to, to, points);
    }
    mpq_clear(points);
}

void score_tree_quality(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    mpq_ptr all = score->quality[bid];
    mpq_t *own = score->within ? NULL : fractions_new(m->groups_n);
    mpq_t *sums = own ? own : score->within + bid * m->groups_n;

    mpq_set_ui(all, 0, 1);
    for (size_t g = 0; g < m->groups_n; g++)
        mpq_set_ui(sums[g], 0, 1);
    add_marked(score, bid, sums, all);
    for (size_t g = m->groups_n; g-- > 0;) {
        if (!waits(score, g))
            round_group(&m->groups[g], sums[g]);
        mpq_ptr to =
            waits(score, g) ? all : place_of(sums, m->groups[g].parent, all);
        mpq_add(to, to, sums[g]);
    }
    if (own != NULL)
        fractions_free(&own, m->groups_n);
}

/* Adds the points of prices, also to the groups they stand in. */
static void add_prices(
    const struct score *score, size_t bid, mpq_t *sums, mpq_ptr all)
{
    mpq_t points;

    mpq_init(points);
    for (size_t i = 0; i < score->prices_n; i++) {
        size_t g = score->model->group_of[score->prices[i]];
        score_points(score, bid, score->prices[i], points);
        mpq_add(all, all, points);
        if (g != MODEL_NOWHERE)
            mpq_add(sums[g], sums[g], points);
    }
    mpq_clear(points);
}

/* The quality holds what is marked in the groups that wait, unrounded: what
 * is added is the prices, and what each rounding changes. */
void score_tree_total(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    mpq_t *sums = fractions_new(m->groups_n);
    mpq_ptr all = score->total[bid];

    mpq_set(all, score->quality[bid]);
    for (size_t g = 0; g < m->groups_n; g++)
        mpq_set(sums[g], score->within[bid * m->groups_n + g]);
    add_prices(score, bid, sums, all);
    for (size_t g = m->groups_n; g-- > 0;) {
        size_t above = m->groups[g].parent;
        if (!score->waits[g])
            continue;
        mpq_sub(all, all, sums[g]);
        round_group(&m->groups[g], sums[g]);
        mpq_add(all, all, sums[g]);
        if (above != MODEL_NOWHERE)
            mpq_add(sums[above], sums[above], sums[g]);
    }
    fractions_free(&sums, m->groups_n);
}
