/* SPDX-License-Identifier: Apache-2.0
 *
 * decider_notes.c - what stands beside the points: prices that ask to be
 * explained, what a panel's marks are about, what to know of the rules.
 */
#include "protocol/base_mem.h"
#include "server/figure/figures.h"
#include "value/award/low_price.h"
#include "value/award/warn.h"

#include <stdlib.h>

static void row_low(struct figures *f, size_t bid, enum low_price test,
    int64_t price, int64_t limit)
{
    struct reply *r = figures_row(f, "low-price");

    figures_name(r, "bid", f->made->bids[bid]);
    reply_word(r, "test", low_price_word(test));
    reply_micro(r, "price", price);
    reply_micro(r, "limit", limit);
    reply_word(r, "why", low_price_text(test, f->language == LANGUAGE_FRENCH));
    reply_end(r);
}

/* Prices of the admitted bids, which are whole ten-thousandths. */
static void rows_low(struct figures *f, const struct award_result *a)
{
    int64_t *prices = mem_new(a->bids_n * sizeof *prices);
    size_t *bids = mem_new(a->bids_n * sizeof *bids);
    size_t n = 0;

    for (size_t b = 0; b < a->bids_n; b++) {
        if (!a->bids[b].admitted || a->bids[b].price <= 0)
            continue;
        prices[n] = a->bids[b].price / 100;
        bids[n++] = b;
    }
    for (size_t i = 0; i < n; i++) {
        for (int test = 0; test < LOW_COUNT; test++) {
            int64_t limit;
            bool fails;

            if (prices[i] > 0 &&
                low_price_limit(
                    (enum low_price)test, prices, n, i, &limit, &fails) &&
                fails)
                row_low(f, bids[i], (enum low_price)test,
                    a->bids[bids[i]].price, limit);
        }
    }
    free(prices);
    free(bids);
}

/* Whether the row before is that of the round before on the same cell. */
static bool is_next_round(const struct tender_model *t, size_t at)
{
    return at > 0 && t->panels[at - 1].round > 0 &&
           t->panels[at - 1].bid == t->panels[at].bid &&
           t->panels[at - 1].criterion == t->panels[at].criterion;
}

static void rows_panel(struct figures *f)
{
    const struct tender_model *t = f->made;

    for (size_t i = 0; i < t->panels_n; i++) {
        const struct tender_panel *p = &t->panels[i];
        struct reply *r = figures_row(f, p->round ? "round" : "panel");

        figures_name(r, "bid", t->bids[p->bid]);
        figures_name(r, "criterion", t->criteria[p->criterion]);
        if (p->round)
            reply_int(r, "round", p->round);
        reply_int(r, "marks", (int64_t)p->n);
        reply_micro(r, "mean", p->mean);
        reply_micro(r, "deviation", p->deviation);
        reply_micro(r, "range", p->range);
        if (p->moderated != MODEL_ABSENT) {
            reply_micro(r, "moderated", p->moderated);
            reply_micro(r, "change", p->moderated - p->mean);
        } else if (p->round && is_next_round(t, i)) {
            reply_micro(r, "change", p->mean - t->panels[i - 1].mean);
        }
        reply_end(r);
    }
}

static void rows_warn(struct figures *f)
{
    const struct model *m = &f->made->model;

    for (size_t i = 0; i < m->criteria_n * WARN_COUNT; i++) {
        size_t k = i / WARN_COUNT;
        enum warn what = (enum warn)(i % WARN_COUNT);

        if (!warn_holds(&m->criteria[k], what))
            continue;
        struct reply *r = figures_row(f, "warn");
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_word(r, "what", warn_word(what));
        reply_word(r, "why", warn_text(what, f->language == LANGUAGE_FRENCH));
        reply_end(r);
    }
}

void decider_notes(struct figures *f, const struct award_result *a)
{
    if (!f->all)
        return;
    rows_low(f, a);
    rows_panel(f);
    rows_warn(f);
}
