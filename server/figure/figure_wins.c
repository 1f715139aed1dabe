/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_wins.c - what wins: our lead by criterion, discriminators, ghosts,
 * what we claim without proof and what we leave without an answer.
 */
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "value/award/award.h"
#include "value/firm/attribute.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

/* So far ahead or behind, on a criterion of so much of all weight, counts. */
enum { AHEAD = DECIMAL_ONE, TENTHS = 10 };

static int64_t least_weight(const struct model *model)
{
    int64_t all = 0;

    for (size_t k = 0; k < model->criteria_n; k++) {
        int64_t weight = model->criteria[k].weight.likely;
        if (weight > 0 && weight < INT64_MAX - all)
            all += weight;
    }
    return (all + TENTHS - 1) / TENTHS;
}

static int64_t points_over(const struct award_result *a, size_t bid, size_t k)
{
    int64_t ours = a->points[a->ours * a->criteria_n + k];
    int64_t theirs = a->points[bid * a->criteria_n + k];

    return ours == MODEL_ABSENT || theirs == MODEL_ABSENT ? MODEL_ABSENT
                                                          : ours - theirs;
}

static void rows_criteria(struct figures *f, const struct award_result *a,
    const struct attribute_result *what)
{
    for (size_t k = 0; k < what->criteria_n; k++) {
        const struct attribute_criterion *c = &what->criteria[k];

        if (c->lead == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "wins");
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "lead", c->lead);
        figures_name(r, "rival", f->made->bids[c->rival]);
        if (a->rival != MODEL_NOWHERE)
            figures_micro(r, "over-best", points_over(a, a->rival, k));
        if (c->discriminator)
            reply_yes(r, "discriminator", true);
        if (c->ghost)
            reply_yes(r, "ghost", true);
        reply_end(r);
    }
}

/* An element that may be in our offer claims something; without a proof, or
 * with one that is empty, it is a claim alone. */
static void rows_themes(struct figures *f)
{
    const struct model *m = &f->made->model;
    bool *answered = mem_new((m->criteria_n + 1) * sizeof *answered);

    for (size_t i = 0; i < m->effects_n; i++) {
        if (m->effects[i].criterion != MODEL_NOWHERE && m->effects[i].by > 0)
            answered[m->effects[i].criterion] = true;
    }
    for (size_t e = 0; e < m->elements_n; e++) {
        if (VALUE(f->made->elements[e], ELEMENT, PROOF)->set)
            continue;
        struct reply *r = figures_row(f, "unproven");
        figures_name(r, "element", f->made->elements[e]);
        reply_end(r);
    }
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (answered[k] || m->criteria[k].is_price)
            continue;
        struct reply *r = figures_row(f, "no-theme");
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_end(r);
    }
    free(answered);
}

void figures_decider_more(struct figures *f, const struct award_result *a)
{
    const struct model *m = &f->made->model;
    struct attribute_result *what = NULL;

    if (!f->all)
        return;
    if (attribute_compute(m, 0, AHEAD, least_weight(m), &what) == ERR_OK)
        rows_criteria(f, a, what);
    attribute_free(&what);
    rows_themes(f);
}
