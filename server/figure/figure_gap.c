/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_gap.c - rows of where the two propositions part.
 */
#include "server/figure/figures.h"
#include "value/gap/gap.h"

static void rows_need(struct figures *f, const struct gap_result *g)
{
    for (size_t i = 0; i < g->needs_n; i++) {
        const struct gap_need *need = &g->needs[i];

        if (f->made->foreign[i])
            continue;
        struct reply *r = figures_row(f, "need");
        figures_name(r, "code", f->made->needs[i]);
        reply_micro(r, "users", need->users);
        reply_micro(r, "criteria", need->criteria);
        reply_micro(r, "gap", need->gap);
        if (!need->touched)
            reply_yes(r, "touched", false);
        reply_end(r);
    }
    for (size_t i = 0; i < g->blind_n; i++) {
        struct reply *r = figures_row(f, "blind");

        figures_name(r, "need", f->made->needs[g->blind[i]]);
        reply_micro(r, "gap", g->needs[g->blind[i]].gap);
        reply_end(r);
    }
}

static void row_agree(
    struct figures *f, const char *with, const struct object *o, int64_t tau)
{
    if (tau == MODEL_ABSENT)
        return;
    struct reply *r = figures_row(f, "agree");
    if (o)
        figures_name(r, "with", o);
    else
        reply_word(r, "with", with);
    reply_micro(r, "tau", tau);
    reply_end(r);
}

enum err figure_gap(struct figures *f)
{
    struct gap_result *g = NULL;

    if (gap_compute(&f->made->model, &g) != ERR_OK)
        return figures_lack(f, FIGURE_GAP);
    rows_need(f, g);
    for (size_t s = 0; s < g->segments_n; s++) {
        if (g->segments[s].divergence == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "part");

        figures_name(r, "segment", f->made->segments[s]);
        reply_micro(r, "divergence", g->segments[s].divergence);
        reply_end(r);
    }
    row_agree(f, "mean", NULL, g->tau);
    row_agree(f, "captives", NULL, g->tau_captives);
    for (size_t s = 0; s < g->segments_n; s++)
        row_agree(f, NULL, f->made->segments[s], g->segments[s].tau);
    figures_lowered(f);
    figures_gap_more(f);
    reply_micro(f->last, "divergence", g->divergence);
    reply_micro(f->last, "criteria-only", g->criteria_only);
    if (g->estimates)
        reply_int(f->last, "estimates", (int64_t)g->estimates);
    gap_free(&g);
    return ERR_OK;
}
