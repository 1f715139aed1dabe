/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_users.c - how a figure of the users' side, or of the gap, came
 * about.
 */
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/offer.h"
#include "value/gap/gap.h"
#include "value/gap/weigh.h"
#include "value/users/users.h"

#include <string.h>

/* Without zeros behind where four decimals say it all. */
static struct number plain_micro(int64_t micro)
{
    int64_t part = MICRO_ONE / DECIMAL_ONE;

    return micro % part == 0 ? explain_decimal(micro / part)
                             : explain_micro(micro);
}

/* The value of a bid to a segment before needs that must be met cap it. */
static int64_t level_of(const struct offer *offer, size_t bid, size_t segment)
{
    const struct model *m = offer->model;
    int64_t micro = MODEL_ABSENT;
    mpq_t *weights = fractions_new(m->needs_n);
    mpq_t sum, cover;

    mpq_inits(sum, cover, NULL);
    if (weigh_counts(m, segment)) {
        weigh_needs_of(m, segment, weights);
        for (size_t n = 0; n < m->needs_n; n++) {
            offer_cover(offer, bid, n, cover);
            mpq_mul(cover, cover, weights[n]);
            mpq_add(sum, sum, cover);
        }
        micro = fraction_micro(sum, FRACTION_HALF_UP);
    }
    mpq_clears(sum, cover, NULL);
    fractions_free(&weights, m->needs_n);
    return micro;
}

/* What elements that are always in do to our coverage of a need. */
static void input_effects(struct figures *f, size_t need)
{
    const struct object *of = f->made->needs[need];

    for (size_t i = 0; i < f->record->n[KIND_EFFECT]; i++) {
        const struct object *o = f->record->list[KIND_EFFECT][i];
        const struct datum *on = VALUE(o, EFFECT, ON);
        size_t e = maker_index(f->made->elements, f->made->model.elements_n,
            VALUE(o, EFFECT, ELEMENT));

        if (e == MODEL_NOWHERE || !f->made->model.elements[e].always ||
            on->ref_kind != of->kind || (uint64_t)on->number != of->id)
            continue;
        explain_input(f, o, FIELD_EFFECT_BY);
        explain_input(f, o, FIELD_EFFECT_COMBINE);
    }
}

static void say_cap(struct figures *f, const struct users_result *u,
    const struct offer *offer, size_t bid, size_t s)
{
    const struct model *m = &f->made->model;
    size_t need = u->capped[bid * u->segments_n + s];

    if (need == MODEL_NOWHERE)
        return;
    explain_say(f,
        "a need that must be met is covered less than its threshold: "
        "level = min(%s, %s) = %s",
        explain_micro(level_of(offer, bid, s)).text,
        explain_micro(offer_cover_micro(offer, bid, need)).text,
        explain_micro(u->values[bid * u->segments_n + s]).text);
    struct reply *r = figures_row(f, "part");
    figures_name(r, "need", f->made->needs[need]);
    reply_word(
        r, "threshold", explain_decimal(m->needs[need].must_threshold).text);
    reply_end(r);
    explain_input(f, f->made->needs[need], FIELD_NEED_MUST_THRESHOLD);
}

static void explain_level(
    struct figures *f, const struct users_result *u, size_t bid, size_t s)
{
    const struct model *m = &f->made->model;
    int64_t weights = 0;
    struct offer offer;

    offer_init(&offer, m);
    for (size_t i = 0; i < m->needs_n; i++) {
        int64_t importance = m->importance[s * m->needs_n + i];

        if (importance == MODEL_ABSENT)
            continue;
        weights += importance;
        struct reply *r = figures_row(f, "part");
        figures_name(r, "need", f->made->needs[i]);
        reply_word(r, "importance", explain_decimal(importance).text);
        reply_word(
            r, "coverage", plain_micro(offer_cover_micro(&offer, bid, i)).text);
        reply_end(r);
        if (bid == m->ours)
            input_effects(f, i);
    }
    explain_say(f,
        "level = sum of importance x coverage / sum of importance (%s) = %s",
        explain_decimal(weights).text,
        explain_micro(level_of(&offer, bid, s)).text);
    say_cap(f, u, &offer, bid, s);
    explain_say(f, "our bid is taken with the elements that are always in");
    offer_fini(&offer);
}

static enum err explain_value(struct figures *f, const struct users_result *u)
{
    size_t bid, s;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err == ERR_OK)
        err = explain_find_key(
            f, "segment", f->segment, f->made->segments, u->segments_n, &s);
    if (err == ERR_OK)
        explain_level(f, u, bid, s);
    return err;
}

static enum err explain_mean(struct figures *f, const struct users_result *u)
{
    size_t bid;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err != ERR_OK)
        return err;
    for (size_t s = 0; s < u->segments_n; s++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "segment", f->made->segments[s]);
        figures_micro(r, "level", u->values[bid * u->segments_n + s]);
        reply_end(r);
        explain_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    explain_say(f,
        "mean = sum of heads x level / sum of heads = %s; the lowest "
        "segment has %s",
        explain_micro(u->bids[bid].mean).text,
        explain_micro(u->bids[bid].min).text);
    return ERR_OK;
}

static enum err explain_choice(struct figures *f, const struct users_result *u)
{
    size_t s;
    enum err err = explain_find_key(
        f, "segment", f->segment, f->made->segments, u->segments_n, &s);

    if (err != ERR_OK)
        return err;
    const struct reach_choice *c = &u->segments[s].choice;
    explain_say(f, "alternatives recorded %zu, of which it can reach %zu",
        c->recorded, c->reachable);
    explain_say(f,
        "degree = 1 / sum of squared shares of use over those it can reach "
        "= %s",
        explain_micro(c->degree).text);
    explain_say(f,
        "captive: alternatives are recorded and fewer than %zu can be reached",
        f->made->model.captive_below);
    return ERR_OK;
}

enum err explain_users(struct figures *f)
{
    struct users_result *u = NULL;
    enum err err;

    if (users_compute(&f->made->model, &u) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    if (strcmp(f->figure, "value") == 0)
        err = explain_value(f, u);
    else if (strcmp(f->figure, "mean") == 0)
        err = explain_mean(f, u);
    else
        err = explain_choice(f, u);
    users_free(&u);
    return err;
}

enum err explain_gap(struct figures *f)
{
    struct gap_result *g = NULL;

    if (gap_compute(&f->made->model, &g) != ERR_OK)
        return figures_lack(f, FIGURE_GAP);
    explain_say(f,
        "users = mean over heads of importance / sum of importances of the "
        "segment");
    explain_say(f,
        "criteria = sum over criteria of weight x strength / sum of the "
        "criterion's strengths, as a share of all weight that looks at a "
        "need");
    for (size_t i = 0; i < g->needs_n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "need", f->made->needs[i]);
        reply_micro(r, "users", g->needs[i].users);
        reply_micro(r, "criteria", g->needs[i].criteria);
        reply_end(r);
    }
    explain_say(f, "divergence = half the sum of |users - criteria| = %s",
        explain_micro(g->divergence).text);
    explain_say(f, "criteria-only = share of weight that looks at no need = %s",
        explain_micro(g->criteria_only).text);
    gap_free(&g);
    return ERR_OK;
}
