/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_distributor.c - how the figures of distributors and of the chain came
 * about: what each side can choose between, and what an offer is worth to
 * somebody between us and the users.
 */
#include "server/explain/explain_people.h"
#include "server/people/market.h"
#include "value/front/offer.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Both sides of a distributor. */

static void say_ways(struct figures *f, const struct market_ways *w)
{
    const struct model m = {.reaches_n = w->n, .reaches = w->reaches};

    explain_reached(f, &m, 0, &w->choice);
}

/* How many distributors we can choose between. */
static int64_t say_ours(struct market *m)
{
    struct market_ways w;
    struct text ones = {0};
    int64_t degree = (int64_t)m->distributors_n * MICRO_ONE;

    market_ways_ours(&w, m);
    if (w.n) {
        explain_say(m->f, "what we can reach that distributors supply:");
        say_ways(m->f, &w);
        explain_reaches(m->f, m->we);
        degree = w.choice.degree;
    } else {
        for (size_t i = 0; i < m->distributors_n; i++)
            text_puts(&ones, i ? " + 1" : "1");
        explain_say(m->f,
            "distributors = one of each that distributes here = %s = %zu",
            ones.len ? text_peek(&ones) : "0", m->distributors_n);
        explain_say(m->f,
            "ours = all of them, since nothing is recorded of which we can "
            "reach = %zu = %s",
            m->distributors_n, explain_micro(degree).text);
    }
    market_ways_fini(&w);
    text_fini(&ones);
    return degree;
}

static void say_margins(struct market *m, const struct object *party)
{
    const struct object *link = m->we ? market_link(m, m->we, party) : NULL;

    if (link == NULL)
        return;
    explain_say(m->f, "margin = that of our link to it = %s = %s",
        explain_decimal(VALUE(link, LINK, MARGIN)->number).text,
        explain_micro(VALUE(link, LINK, MARGIN)->number * 100).text);
    explain_input(m->f, link, FIELD_LINK_MARGIN);
}

enum err explain_distributor(struct figures *f)
{
    const char *slot = request_key(f->request, "over");
    const struct object *party;
    struct market_ways w;
    struct market m;
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);

    if (err != ERR_OK)
        return err;
    market_init(&m, f);
    market_ways_slot(&w, &m, party, slot ? slot : "");
    int64_t theirs = w.n ? w.choice.degree : MODEL_ABSENT;
    explain_say(f, "what it can reach for the slot, doing without left out:");
    say_ways(f, &w);
    explain_reaches(f, party);
    int64_t ours = say_ours(&m);
    int64_t ratio = distributor_ratio(theirs, ours);
    if (ratio != MODEL_ABSENT)
        explain_say(f,
            "ratio = its degree of choice / ours = %s / %s = %s: a client "
            "above 1, a supplier below",
            explain_micro(theirs).text, explain_micro(ours).text,
            explain_micro(ratio).text);
    say_margins(&m, party);
    market_ways_fini(&w);
    return ERR_OK;
}

/* What an offer is worth to somebody between. */

/* The offer of over=, ours unless told, among bids and then others. */
static enum err find_offer(
    const struct market *m, const struct market_worth *w, size_t *at)
{
    const char *word = request_key(m->f->request, "over");
    size_t n = w->users->bids_n;

    *at = m->f->made->model.ours;
    if (word == NULL && *at != MODEL_NOWHERE)
        return ERR_OK;
    const struct object **all = mem_new((n + 1) * sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = market_worth_name(m, w, i);
    enum err err = explain_find_key(
        m->f, "over", word, (const struct object *const *)all, n, at);
    free(all);
    return err;
}

static void say_need(const struct market *m, const struct market_worth *w,
    const struct offer *offer, size_t at, size_t n)
{
    const struct object *need = m->f->made->needs[n];
    struct text name = {0};

    object_name(&name, need);
    explain_importance(m->f, w->party, need);
    if (at < m->f->made->model.bids_n)
        explain_covers(m->f, at, n);
    else
        explain_levels(m->f, market_worth_name(m, w, at), need);
    explain_say(m->f, "coverage of %s = %s = %s", text_peek(&name),
        explain_cover(offer, at, n).text,
        explain_micro(offer_cover_micro(offer, at, n)).text);
    text_fini(&name);
}

static void say_level(struct figures *f, const struct market_worth *w,
    const struct offer *offer, size_t at, const struct text *above,
    const struct text *below)
{
    size_t cap = w->users->capped[at];
    int64_t level = w->users->values[at];

    if (cap != MODEL_NOWHERE)
        explain_say(f,
            "level = sum of importance x coverage / sum of importance, and no "
            "more than the coverage of a need that must be met = "
            "min((%s) / (%s), %s) = %s",
            text_peek(above), text_peek(below),
            explain_cover(offer, at, cap).text, explain_micro(level).text);
    else
        explain_say(f,
            "level = sum of importance x coverage / sum of importance = (%s) / "
            "(%s) = %s",
            text_peek(above), text_peek(below), explain_micro(level).text);
}

static void say_proposition(
    const struct market *m, const struct market_worth *w, size_t at)
{
    struct text above = {0}, below = {0};
    struct offer offer;

    offer_init(&offer, &w->p.model);
    for (size_t n = 0; n < w->p.model.needs_n; n++) {
        const char *plus = below.len ? " + " : "";
        if (w->p.importance[n] <= 0)
            continue;
        say_need(m, w, &offer, at, n);
        text_printf(&above, "%s%s x %s", plus,
            explain_decimal(w->p.importance[n]).text,
            explain_cover(&offer, at, n).text);
        text_printf(
            &below, "%s%s", plus, explain_decimal(w->p.importance[n]).text);
    }
    if (w->users->bids[at].known)
        say_level(m->f, w, &offer, at, &above, &below);
    else
        explain_say(m->f, "no coverage of this offer is recorded");
    offer_fini(&offer);
    text_fini(&above);
    text_fini(&below);
}

enum err explain_proposition(struct figures *f)
{
    const struct object *party;
    struct market_worth w;
    struct market m;
    size_t at;
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);

    if (err != ERR_OK)
        return err;
    market_init(&m, f);
    size_t *others =
        mem_new((f->made->model.alternatives_n + 1) * sizeof *others);
    if (market_worth_init(&w, &m, party, others, market_others(&m, others))) {
        err = find_offer(&m, &w, &at);
        if (err == ERR_OK)
            say_proposition(&m, &w, at);
        market_worth_fini(&w);
    } else {
        explain_say(f, "it weighs no need, or no coverage is recorded");
    }
    free(others);
    return err;
}
