/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_users.c - rows of the proposition for the end users.
 */
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "value/users/users.h"

static const char *captive_word(enum captive captive)
{
    switch (captive) {
    case CAPTIVE_YES:
        return "yes";
    case CAPTIVE_NO:
        return "no";
    case CAPTIVE_UNKNOWN:
        break;
    }
    return "unknown";
}

static void rows_value(struct figures *f, const struct users_result *u)
{
    for (size_t bid = 0; bid < u->bids_n; bid++) {
        for (size_t s = 0; s < u->segments_n; s++) {
            if (u->values[bid * u->segments_n + s] == MODEL_ABSENT)
                continue;
            struct reply *r = figures_row(f, "value");

            figures_name(r, "bid", f->made->bids[bid]);
            figures_name(r, "segment", f->made->segments[s]);
            reply_micro(r, "level", u->values[bid * u->segments_n + s]);
            reply_word(
                r, "captive", captive_word(u->segments[s].choice.captive));
            if (u->capped[bid * u->segments_n + s] != MODEL_NOWHERE)
                figures_name(r, "capped-by",
                    f->made->needs[u->capped[bid * u->segments_n + s]]);
            reply_end(r);
        }
    }
}

static void rows_total(struct figures *f, const struct users_result *u)
{
    for (size_t bid = 0; bid < u->bids_n; bid++) {
        const struct users_bid *b = &u->bids[bid];
        struct reply *r = figures_row(f, "total");

        figures_name(r, "bid", f->made->bids[bid]);
        if (!b->known) {
            reply_yes(r, "known", false);
            reply_end(r);
            continue;
        }
        figures_micro(r, "mean", b->mean);
        figures_micro(r, "min", b->min);
        figures_micro(r, "max", b->max);
        figures_name(r, "worst", f->made->segments[b->worst]);
        figures_micro(r, "captives", b->captives);
        if (b->rank)
            reply_int(r, "rank", (int64_t)b->rank);
        if (bid == f->made->model.ours)
            reply_yes(r, "ours", true);
        reply_end(r);
    }
}

static void rows_choice(struct figures *f, const struct users_result *u)
{
    for (size_t s = 0; s < u->segments_n; s++) {
        const struct users_segment *seg = &u->segments[s];
        struct reply *r = figures_row(f, "choice");

        maker_met(&seg->choice);
        figures_name(r, "segment", f->made->segments[s]);
        if (f->made->usages[s] != MODEL_NOWHERE)
            figures_name(r, "usage", f->made->needs[f->made->usages[s]]);
        figures_micro(r, "degree", seg->choice.degree);
        reply_int(r, "suppliers", (int64_t)seg->choice.suppliers);
        if (seg->choice.suppliers_unknown)
            reply_int(
                r, "suppliers-unknown", (int64_t)seg->choice.suppliers_unknown);
        reply_int(r, "reachable", (int64_t)seg->choice.reachable);
        reply_word(r, "captive", captive_word(seg->choice.captive));
        if (!seg->counts)
            reply_yes(r, "counts", false);
        reply_end(r);
    }
}

enum err figure_users(struct figures *f)
{
    struct users_result *u = NULL;

    if (users_compute(&f->made->model, &u) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    rows_value(f, u);
    rows_total(f, u);
    rows_choice(f, u);
    figures_voice(f, u);
    figures_lowered(f);
    figures_users_more(f, u);
    if (u->estimates)
        reply_int(f->last, "estimates", (int64_t)u->estimates);
    users_free(&u);
    return ERR_OK;
}
