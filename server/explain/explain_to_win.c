/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_to_win.c - the price at which we would win: what our lead is just
 * below it and just above, each to be followed by hand.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain.h"
#include "value/award/award.h"
#include "value/award/price.h"

#include <stdlib.h>

/* The two prices stand so many parts of the price away from it. */
#define NEAR INT64_C(1000000)

/* The best of the other bids that are compared. */
static size_t find_best_other(const struct award_result *a)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < a->bids_n; b++)
        if (b != a->ours && a->bids[b].admitted &&
            (best == MODEL_NOWHERE || a->bids[b].rank < a->bids[best].rank))
            best = b;
    return best;
}

/* The points of a criterion of ours, those of a price as their arithmetic;
 * false where its rule gives the total itself. */
static bool put_points(
    struct figures *f, const struct award_result *a, size_t k, struct text *to)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    struct text how = {0};

    if (c->is_price && price_gives(c) != PRICE_GIVES_SHARE)
        return false;
    text_puts(to, to->len ? " + " : "");
    if (c->is_price && c->round == 0 && explain_share(f, a, a->ours, k, &how))
        text_printf(to, "%s x (%s)", explain_decimal(c->weight.likely).text,
            text_peek(&how));
    else
        text_puts(
            to, explain_micro(a->points[a->ours * a->criteria_n + k]).text);
    text_fini(&how);
    return true;
}

/* Our total as its parts: all criteria, or where some round what their parts
 * earn together, what stands at the root. */
static bool put_total(
    struct figures *f, const struct award_result *a, struct text *to)
{
    const struct model *m = &f->made->model;
    const int64_t *groups = a->group_points + a->ours * a->groups_n;
    const bool roots = model_rounds_groups(m);

    for (size_t g = 0; g < a->groups_n && roots; g++) {
        if (m->groups[g].parent == MODEL_NOWHERE)
            text_printf(to, "%s%s", to->len ? " + " : "",
                explain_micro(groups[g]).text);
    }
    for (size_t k = 0; k < a->criteria_n; k++) {
        if (roots && m->group_of[k] != MODEL_NOWHERE)
            continue;
        if (!put_points(f, a, k, to))
            return false;
    }
    if (m->bids[a->ours].bonus)
        text_printf(
            to, " + (%s)", explain_decimal(m->bids[a->ours].bonus).text);
    return m->round_total == 0;
}

static void say_lead(
    struct figures *f, const struct award_result *a, const char *price)
{
    size_t other = find_best_other(a);
    int64_t own = a->bids[a->ours].points;
    struct text how = {0};

    if (other == MODEL_NOWHERE || a->bids[a->ours].lead == MODEL_ABSENT)
        return;
    int64_t theirs = a->bids[other].points;
    if (!put_total(f, a, &how)) {
        text_fini(&how);
        text_puts(&how, explain_micro(own).text);
    }
    if (a->bids[a->ours].lead == own - theirs)
        explain_say(f,
            "at %s: lead = our total - the best other = %s - %s = %s", price,
            text_peek(&how), explain_micro(theirs).text,
            explain_micro(own - theirs).text);
    else if (a->bids[a->ours].lead == theirs - own)
        explain_say(f,
            "at %s: lead = the best other total - ours = %s - %s = %s", price,
            explain_micro(theirs).text, explain_micro(own).text,
            explain_micro(theirs - own).text);
    else
        explain_say(f, "at %s our lead is %s", price,
            explain_micro(a->bids[a->ours].lead).text);
    text_fini(&how);
}

/* The lead that a price of our whole offer, in 1/10000, gives. */
static void say_at(struct figures *f, int64_t price)
{
    struct model *m = &f->made->model;
    struct model changed = *m;
    struct model_bid *bids = mem_new(m->bids_n * sizeof *bids);
    struct award_result *a = NULL;
    int64_t own = price;

    for (size_t b = 0; b < m->bids_n; b++)
        bids[b] = m->bids[b];
    for (size_t e = 0; e < m->elements_n; e++)
        own -= m->elements[e].always ? m->elements[e].cost : 0;
    bids[m->ours].price = (struct estimate){own, own, own};
    changed.bids = bids;
    if (own > 0 && award_compute(&changed, &a) == ERR_OK)
        say_lead(f, a, explain_decimal(price).text);
    award_free(&a);
    free(bids);
}

void explain_near_to_win(struct figures *f, const struct award_result *a)
{
    const int64_t part = MICRO_ONE / DECIMAL_ONE;
    int64_t away = a->to_win_price / NEAR;

    if (a->to_win != TO_WIN_AT || a->ours == MODEL_NOWHERE)
        return;
    explain_say(f, "just below it we still win, just above no longer:");
    say_at(f, (a->to_win_price - away) / part);
    say_at(f, (a->to_win_price + away) / part + 1);
}
