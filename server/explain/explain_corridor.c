/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_corridor.c - the two stages of quality-corridor, in numbers.
 */
#include "server/explain/explain.h"
#include "value/award/award.h"

static int64_t depth_of(const struct model_criterion *c)
{
    return DECIMAL_ONE - c->corridor;
}

/* The admitted bid with the best index, one apart. */
static size_t find_nearest(const struct award_result *a, size_t apart)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < a->bids_n; b++) {
        if (b == apart || !a->bids[b].admitted)
            continue;
        if (best == MODEL_NOWHERE || a->bids[b].points > a->bids[best].points)
            best = b;
    }
    return best;
}

static void rows_decide(struct figures *f, const struct award_result *a)
{
    for (size_t b = 0; b < a->bids_n; b++) {
        if (!a->bids[b].admitted)
            continue;
        struct reply *r = figures_row(f, "stage");
        figures_name(r, "bid", f->made->bids[b]);
        reply_micro(r, "points", a->bids[b].points);
        reply_yes(r, "corridor", a->bids[b].within);
        reply_micro(r, "decides", a->bids[b].decide);
        reply_end(r);
    }
}

void explain_corridor(
    struct figures *f, const struct award_result *a, size_t criterion)
{
    const struct model_criterion *c = &f->made->model.criteria[criterion];
    size_t best = find_nearest(a, MODEL_NOWHERE);
    struct number percent = explain_decimal(c->corridor);

    rows_decide(f, a);
    if (best == MODEL_NOWHERE)
        return;
    explain_say(f,
        "edge of the corridor = (1 - %s) x the best total = (1 - %s) x %s = %s",
        percent.text, percent.text, explain_micro(a->bids[best].points).text,
        explain_micro(a->edge).text);
    explain_say(f, "among the bids within, the most of what decides stands "
                   "first (of prices: the lowest); where that is level, and "
                   "among the others, the total");
    explain_input(f, f->made->criteria[criterion], FIELD_CRITERION_CORRIDOR);
    explain_input(f, f->made->criteria[criterion], FIELD_CRITERION_DECIDES);
    explain_input(f, f->made->criteria[criterion], FIELD_CRITERION_DECIDING);
}

/* What a bid has to have for its index to win against another, as text. */
static bool put_least(const struct award_result *a, size_t bid, size_t other,
    struct number depth, struct text *to)
{
    const struct award_bid *own = &a->bids[bid];
    const struct award_bid *theirs = &a->bids[other];

    if (other == bid || !theirs->admitted || theirs->decide < own->decide)
        return false;
    text_printf(to, ", %s%s%s", explain_micro(theirs->points).text,
        theirs->decide > own->decide ? " / " : "",
        theirs->decide > own->decide ? depth.text : "");
    return true;
}

void explain_corridor_lead(struct figures *f, const struct award_result *a,
    size_t bid, size_t criterion)
{
    const struct model_criterion *c = &f->made->model.criteria[criterion];
    size_t best = find_nearest(a, bid);
    struct number depth = explain_decimal(depth_of(c));
    struct text least = {0};

    if (best == MODEL_NOWHERE)
        return;
    /* Who is out of the corridor of the others need not be beaten. */
    double edge = (double)a->bids[best].points * (double)depth_of(c) /
                  (double)DECIMAL_ONE;
    text_printf(&least, "max(%s x %s", depth.text,
        explain_micro(a->bids[best].points).text);
    for (size_t b = 0; b < a->bids_n; b++) {
        if (a->bids[b].admitted && (double)a->bids[b].points >= edge)
            (void)put_least(a, bid, b, depth, &least);
    }
    explain_say(f,
        "lead = total - the least that wins: to be within, and nobody within "
        "who has more of what decides = %s - %s) = %s",
        explain_micro(a->bids[bid].points).text, text_peek(&least),
        explain_micro(a->bids[bid].lead).text);
    text_fini(&least);
}

/* The rival that stays within the longest of those that have more of what
 * decides. */
static size_t find_stopper(const struct award_result *a)
{
    size_t found = MODEL_NOWHERE;

    for (size_t b = 0; b < a->bids_n; b++) {
        if (b == a->ours || !a->bids[b].admitted ||
            a->bids[b].decide <= a->bids[a->ours].decide)
            continue;
        if (found == MODEL_NOWHERE || a->bids[b].points > a->bids[found].points)
            found = b;
    }
    return found;
}

void explain_stages(
    struct figures *f, const struct award_result *a, size_t criterion)
{
    const struct model_criterion *c = &f->made->model.criteria[criterion];
    struct number depth = explain_decimal(depth_of(c));
    struct number price = explain_micro(a->bids[a->ours].price);
    size_t best = find_nearest(a, a->ours);
    size_t stopper = find_stopper(a);
    struct text own = {0};
    struct text theirs = {0};

    if (a->near == MODEL_ABSENT ||
        !explain_by_total(f, a, a->ours, criterion, &own))
        return;
    if (explain_by_total(f, a, best, criterion, &theirs))
        explain_say(f,
            "first stage, within the corridor up to price x our total / "
            "((1 - corridor) x the best other total) = %s x (%s) / (%s x "
            "(%s)) = %s",
            price.text, text_peek(&own), depth.text, text_peek(&theirs),
            explain_micro(a->near).text);
    text_fini(&theirs);
    if (a->alone == MODEL_ABSENT)
        explain_say(f, "second stage: nobody within has more of what decides");
    else if (explain_by_total(f, a, stopper, criterion, &theirs))
        explain_say(f,
            "second stage, alone with what decides below price x (1 - "
            "corridor) x our total / the total of who has more of it = %s x "
            "%s x (%s) / (%s) = %s",
            price.text, depth.text, text_peek(&own), text_peek(&theirs),
            explain_micro(a->alone).text);
    if (c->deciding == DECIDING_PRICE && a->alone != MODEL_ABSENT)
        explain_say(f, "or at a price below that of all who are within");
    text_fini(&own);
    text_fini(&theirs);
}
