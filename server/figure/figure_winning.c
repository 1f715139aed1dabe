/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_winning.c - rows of the prices at which our bid wins, all else as it
 * is recorded.
 */
#include "server/figure/figures.h"
#include "value/award/winning.h"

static void row_span(struct figures *f, const struct award_result *a,
    const char *kind, struct winning_span span)
{
    struct reply *r = figures_row(f, kind);
    int64_t own = a->bids[a->ours].price;

    if (span.low == a->winning.all.low)
        reply_word(r, "low", "any");
    else
        reply_micro(r, "low", span.low);
    if (span.high == a->winning.all.high)
        reply_word(r, "high", "any");
    else
        reply_micro(r, "high", span.high);
    if (own != MODEL_ABSENT && span.low <= own && own <= span.high)
        reply_yes(r, "ours", true);
    reply_end(r);
}

bool figures_winning_is_plain(const struct award_result *a)
{
    const struct winning *w = &a->winning;

    return w->open_n == 0 &&
           (w->spans_n == 0 ||
               (w->spans_n == 1 && w->spans[0].low == w->all.low));
}

void figures_winning(struct figures *f, const struct award_result *a)
{
    for (size_t i = 0; i < a->winning.spans_n; i++)
        row_span(f, a, "winning", a->winning.spans[i]);
    for (size_t i = 0; i < a->winning.open_n; i++)
        row_span(f, a, "unsettled", a->winning.open[i]);
}
