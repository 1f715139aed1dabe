/* SPDX-License-Identifier: Apache-2.0
 *
 * score_criteria.c - what is known of criteria before any bid: weights, what
 * rules look at, the points of marks as one weighted sum.
 */
#include "value/award/score_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"

/* Takes note of what a price criterion's rule looks at and gives. */
static void read_rule(struct score *score, const struct model_criterion *c)
{
    if (price_looks(c) > score->looks)
        score->looks = price_looks(c);
    if (price_gives(c) == PRICE_GIVES_SHARE || score->by_total != NULL)
        return;
    score->by_total = c;
    if (price_gives(c) == PRICE_GIVES_LOW)
        score->sign = -1;
}

/* Over DECIMAL_ONE, until all are there. */
static void add_quality(struct score *score, int64_t weight)
{
    mpq_ptr all = score->field.all_quality;

    mpz_set_si(mpq_denref(all), DECIMAL_ONE);
    if (weight >= 0)
        mpz_add_ui(mpq_numref(all), mpq_numref(all), (unsigned long)weight);
    else
        mpz_sub_ui(
            mpq_numref(all), mpq_numref(all), 0ul - (unsigned long)weight);
}

void score_read_criteria(struct score *score)
{
    const struct model *m = score->model;
    int64_t *above = mem_new((m->criteria_n + 1) * sizeof *above);
    int64_t *below = mem_new((m->criteria_n + 1) * sizeof *below);
    bool is_marked = false;

    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        below[k] = 1;
        fraction_set(score->weight[k], c->weight.likely);
        if (c->is_price) {
            score->prices[score->prices_n++] = k;
            read_rule(score, c);
            continue;
        }
        score->has_levels |=
            c->levels_n > 0 || (is_marked && c->round != score->round);
        score->round = c->round;
        is_marked = true;
        add_quality(score, c->weight.likely);
        mpq_set_si(score->per_mark[k], 1, (unsigned long)c->scale_max);
        above[k] = c->weight.likely;
        below[k] = c->scale_max;
    }
    mpq_canonicalize(score->field.all_quality);
    score->has_group_gates = tree_has_gates(m);
    score_tree_init(score);
    linear_init_parts(
        &score->quality_of, above, below, DECIMAL_ONE, m->criteria_n);
    free(above);
    free(below);
}
