/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_users.c - how a figure of the users' side came about: values by
 * segment, their means, the choice that a segment has.
 */
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/offer.h"
#include "value/gap/weigh.h"
#include "value/users/users.h"

#include <string.h>

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
        explain_cover(offer, bid, need).text,
        explain_micro(u->values[bid * u->segments_n + s]).text);
    struct reply *r = figures_row(f, "part");
    figures_name(r, "need", f->made->needs[need]);
    reply_word(
        r, "threshold", explain_decimal(m->needs[need].must_threshold).text);
    reply_end(r);
    explain_input(f, f->made->needs[need], FIELD_NEED_MUST_THRESHOLD);
}

/* What a need weighs to a segment, and how far a bid covers it. */
static void say_need(struct figures *f, const struct offer *offer, size_t bid,
    size_t s, size_t need)
{
    const struct model *m = &f->made->model;
    struct reply *r = figures_row(f, "part");

    figures_name(r, "need", f->made->needs[need]);
    reply_word(r, "importance",
        explain_decimal(m->importance[s * m->needs_n + need]).text);
    reply_word(r, "coverage", explain_cover(offer, bid, need).text);
    reply_end(r);
    explain_importance(f, f->made->segments[s], f->made->needs[need]);
    explain_covers(f, bid, need);
}

static void explain_level(
    struct figures *f, const struct users_result *u, size_t bid, size_t s)
{
    const struct model *m = &f->made->model;
    struct text above = {0}, below = {0};
    struct offer offer;

    offer_init(&offer, m);
    for (size_t i = 0; i < m->needs_n; i++) {
        int64_t importance = m->importance[s * m->needs_n + i];
        const char *plus = below.len ? " + " : "";

        if (importance == MODEL_ABSENT)
            continue;
        say_need(f, &offer, bid, s, i);
        text_printf(&above, "%s%s x %s", plus, explain_decimal(importance).text,
            explain_cover(&offer, bid, i).text);
        text_printf(&below, "%s%s", plus, explain_decimal(importance).text);
    }
    if (u->values[bid * u->segments_n + s] == MODEL_ABSENT)
        explain_say(f, "nothing is told: the segment weighs no need, or no "
                       "coverage of the bid is recorded");
    else
        explain_say(f,
            "level = sum of importance x coverage / sum of importance = (%s) / "
            "(%s) = %s",
            text_peek(&above), text_peek(&below),
            explain_micro(level_of(&offer, bid, s)).text);
    say_cap(f, u, &offer, bid, s);
    if (bid == m->ours)
        explain_say(f, "our bid is taken with the elements that are always in");
    text_fini(&above);
    text_fini(&below);
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

void explain_mean_of(struct figures *f, const struct users_result *u,
    const int64_t *values, bool captives, int64_t mean)
{
    struct text above = {0}, below = {0};

    for (size_t s = 0; s < u->segments_n; s++) {
        int64_t heads = f->made->model.segments[s].heads;
        const char *plus = below.len ? " + " : "";

        if (values[s] == MODEL_ABSENT ||
            (captives && u->segments[s].choice.captive != CAPTIVE_YES))
            continue;
        /* Of one alone it does not matter how many they are. */
        heads = heads == MODEL_ABSENT ? 1 : heads;
        text_printf(&above, "%s%lld x %s", plus, (long long)heads,
            explain_micro(values[s]).text);
        text_printf(&below, "%s%lld", plus, (long long)heads);
    }
    if (mean != MODEL_ABSENT)
        explain_say(f,
            captives ? "captives = the same over captive segments = (%s) / "
                       "(%s) = %s"
                     : "mean = sum of heads x level / sum of heads = (%s) / "
                       "(%s) = %s",
            text_peek(&above), text_peek(&below), explain_micro(mean).text);
    else if (!captives)
        explain_say(f, "mean: not all heads, or no coverage, are recorded");
    text_fini(&above);
    text_fini(&below);
}

void explain_ends_of(
    struct figures *f, const int64_t *values, int64_t min, int64_t max)
{
    size_t n = f->made->model.segments_n;
    struct text all = {0};

    for (size_t s = 0; s < n; s++)
        if (values[s] != MODEL_ABSENT)
            text_printf(&all, "%s%s", all.len ? ", " : "",
                explain_micro(values[s]).text);
    if (all.len > 0) {
        explain_say(f, "min = that of the worst segment = min(%s) = %s",
            text_peek(&all), explain_micro(min).text);
        explain_say(f, "max = that of the best segment = max(%s) = %s",
            text_peek(&all), explain_micro(max).text);
    }
    text_fini(&all);
}

static void say_rank(struct figures *f, const struct users_bid *bid)
{
    if (bid->rank > 0)
        explain_say(f, "rank = 1 + bids with a higher mean = 1 + %zu = %zu",
            bid->rank - 1, bid->rank);
}

static enum err explain_mean(struct figures *f, const struct users_result *u)
{
    size_t bid;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err != ERR_OK)
        return err;
    const struct users_bid *b = &u->bids[bid];
    const int64_t *values = u->values + bid * u->segments_n;
    for (size_t s = 0; s < u->segments_n; s++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "segment", f->made->segments[s]);
        figures_micro(r, "level", values[s]);
        reply_end(r);
        explain_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    explain_mean_of(f, u, values, false, b->mean);
    explain_mean_of(f, u, values, true, b->captives);
    explain_ends_of(f, values, b->min, b->max);
    say_rank(f, b);
    explain_say(
        f, "the level of each: explain TENDER value bid=... segment=...");
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
    else
        err = explain_mean(f, u);
    users_free(&u);
    return err;
}
