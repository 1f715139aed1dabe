/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_chain.c - what offers are worth to somebody between us and the users,
 * and the chain of links from us to them.
 */
#include "server/people/market.h"

#include "protocol/base_mem.h"
#include "value/front/offer.h"

#include <stdlib.h>

static bool passes_on(const struct object *link)
{
    return maker_is_word(VALUE(link, LINK, SORT), "distributes") ||
           maker_is_word(VALUE(link, LINK, SORT), "supplies");
}

static const struct object *party_at(
    const struct market *m, const struct datum *d)
{
    return client_case_of(&m->c, (size_t)d->number);
}

/* Links are the team's: a party that matters elsewhere has no part here. */
static bool has_part(const struct market *m, const struct object *party)
{
    const struct record *r = m->f->record;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++)
        if (maker_is_ref(VALUE(r->list[KIND_STAKE][i], STAKE, PARTY), party) &&
            maker_is_of_lot(
                &m->c.maker, VALUE(r->list[KIND_STAKE][i], STAKE, LOT)))
            return true;
    for (size_t i = 0; i < r->n[KIND_REACH]; i++)
        if (maker_is_ref(VALUE(r->list[KIND_REACH][i], REACH, PARTY), party))
            return true;
    return false;
}

bool market_distributes(const struct market *m, const struct object *party)
{
    const struct record *r = m->f->record;

    if (client_case_has_role(&m->c, party, "distributes"))
        return true;
    if (!has_part(m, party))
        return false;
    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];

        if (party != m->we &&
            maker_is_word(VALUE(o, LINK, SORT), "distributes") &&
            maker_is_ref(VALUE(o, LINK, FROM), party) &&
            client_case_alive(&m->c, o))
            return true;
    }
    return false;
}

void market_init(struct market *m, struct figures *f)
{
    const struct model *model = &f->made->model;
    const struct record *r = f->record;

    *m = (struct market){.f = f};
    m->c.maker =
        (struct maker){.record = r, .lot = f->made->lot ? f->made->lot->id : 0};
    m->c.made = f->made;
    if (model->ours != MODEL_NOWHERE)
        m->we = party_at(m, VALUE(f->made->bids[model->ours], BID, PARTY));
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        m->distributors_n += market_distributes(m, r->list[KIND_PARTY][i]);
}

const struct object *market_link(const struct market *m,
    const struct object *supplier, const struct object *party)
{
    const struct record *r = m->f->record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];

        if (passes_on(o) && maker_is_ref(VALUE(o, LINK, FROM), supplier) &&
            maker_is_ref(VALUE(o, LINK, TO), party) &&
            client_case_alive(&m->c, o) && VALUE(o, LINK, MARGIN)->set)
            return o;
    }
    return NULL;
}

/* The worth of offers. */

bool market_worth_init(struct market_worth *w, const struct market *m,
    const struct object *party, const size_t *others, size_t n)
{
    *w = (struct market_worth){.party = party, .others = others, .others_n = n};
    party_model_init(&w->p, m->f->record, m->f->made, party, others, n);
    if (w->p.weighed && users_compute(&w->p.model, &w->users) == ERR_OK)
        return true;
    party_model_fini(&w->p);
    return false;
}

void market_worth_fini(struct market_worth *w)
{
    users_free(&w->users);
    party_model_fini(&w->p);
}

size_t market_worth_best(const struct market *m, const struct market_worth *w)
{
    size_t best = MODEL_NOWHERE;

    for (size_t i = 0; i < w->users->bids_n; i++)
        if (i != m->f->made->model.ours && w->users->bids[i].known &&
            (best == MODEL_NOWHERE ||
                w->users->values[i] > w->users->values[best]))
            best = i;
    return best;
}

const struct object *market_worth_name(
    const struct market *m, const struct market_worth *w, size_t bid)
{
    size_t bids = m->f->made->model.bids_n;

    return bid < bids ? m->f->made->bids[bid]
                      : m->f->made->alternatives[w->others[bid - bids]];
}

/* How far an offer covers one need, micro. */
static int64_t covered(const struct market_worth *w, const struct offer *offer,
    size_t bid, size_t n)
{
    return w->users->bids[bid].known ? offer_cover_micro(offer, bid, n)
                                     : MODEL_ABSENT;
}

static void row_need(struct market *m, const struct market_worth *w,
    const struct offer *offer, size_t n)
{
    struct reply *r = figures_row(m->f, "need");
    size_t best = MODEL_NOWHERE;
    int64_t most = MODEL_ABSENT;

    figures_name(r, "party", w->party);
    figures_name(r, "need", m->f->made->needs[n]);
    reply_micro(r, "importance", w->p.importance[n] * 100);
    figures_micro(r, "covered", covered(w, offer, m->f->made->model.ours, n));
    for (size_t i = 0; i < w->users->bids_n; i++) {
        int64_t cover = covered(w, offer, i, n);

        if (i == m->f->made->model.ours || cover == MODEL_ABSENT ||
            cover <= most)
            continue;
        most = cover;
        best = i;
    }
    if (best != MODEL_NOWHERE) {
        figures_name(r, "best", market_worth_name(m, w, best));
        reply_micro(r, "best-covered", most);
    }
    reply_end(r);
}

void market_rows_need(struct market *m, const struct market_worth *w)
{
    struct offer offer;

    offer_init(&offer, &w->p.model);
    for (size_t n = 0; n < w->p.model.needs_n; n++)
        if (w->p.importance[n] > 0)
            row_need(m, w, &offer, n);
    offer_fini(&offer);
}

void market_rows_value(struct market *m, const struct market_worth *w)
{
    for (size_t i = 0; i < w->users->bids_n; i++) {
        if (!w->users->bids[i].known)
            continue;
        struct reply *r = figures_row(m->f, "value");

        figures_name(r, "party", w->party);
        figures_name(r, "of", market_worth_name(m, w, i));
        reply_micro(r, "level", w->users->values[i]);
        reply_int(r, "rank", (int64_t)w->users->ranks[i]);
        if (w->users->capped[i] != MODEL_NOWHERE)
            figures_name(
                r, "capped-by", m->f->made->needs[w->users->capped[i]]);
        if (i == m->f->made->model.ours)
            reply_yes(r, "ours", true);
        reply_end(r);
    }
}

/* The chain. */

static const char *what_is(struct market *m, const struct object *party)
{
    if (market_distributes(m, party))
        return distributor_is_word(market_is(m, party));
    if (client_case_has_role(&m->c, party, "uses") ||
        client_case_has_role(&m->c, party, "uses-indirectly") ||
        maker_is_word(VALUE(party, PARTY, SORT), "segment"))
        return "users";
    if (client_case_has_role(&m->c, party, "decides"))
        return "decider";
    return "other";
}

/* What could be had instead of what we offer, as far as its coverage is
 * recorded. */
size_t market_others(const struct market *m, size_t *others)
{
    const struct tender_model *made = m->f->made;
    size_t n = 0;

    for (size_t i = 0; i < made->model.alternatives_n; i++)
        if (made->model.alternatives[i].bid == MODEL_NOWHERE &&
            (m->we == NULL ||
                !maker_is_ref(
                    VALUE(made->alternatives[i], ALTERNATIVE, PARTY), m->we)))
            others[n++] = i;
    return n;
}

static void put_worth(
    struct market *m, struct reply *r, const struct object *to)
{
    size_t *others =
        mem_new((m->f->made->model.alternatives_n + 1) * sizeof *others);
    size_t n = market_others(m, others);
    struct market_worth w;

    if (market_worth_init(&w, m, to, others, n)) {
        size_t ours = m->f->made->model.ours;
        size_t best = market_worth_best(m, &w);

        if (w.users->bids[ours].known)
            reply_micro(r, "value", w.users->values[ours]);
        if (best != MODEL_NOWHERE) {
            figures_name(r, "best", market_worth_name(m, &w, best));
            reply_micro(r, "best-value", w.users->values[best]);
        }
        market_worth_fini(&w);
    }
    free(others);
}

static void row_link(struct market *m, const struct object *link,
    const struct object *from, const struct object *to, size_t step)
{
    const struct datum *margin = VALUE(link, LINK, MARGIN);
    struct reply *r = figures_row(m->f, "chain");

    reply_int(r, "step", (int64_t)step);
    figures_name(r, "from", from);
    figures_name(r, "to", to);
    reply_word(r, "sort", VALUE(link, LINK, SORT)->text);
    reply_word(r, "to-us", what_is(m, to));
    if (margin->set)
        reply_micro(r, "margin", margin->number * 100);
    put_worth(m, r, to);
    reply_end(r);
}

static size_t place_of(const struct record *r, const struct object *party)
{
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (r->list[KIND_PARTY][i] == party)
            return i;
    return MODEL_NOWHERE;
}

/* Breadth first: whoever is nearer to us comes first, and each but once. */
void market_chain(struct market *m)
{
    const struct record *r = m->f->record;
    size_t *steps = mem_new((r->n[KIND_PARTY] + 1) * sizeof *steps);
    const struct object **queue =
        mem_new((r->n[KIND_PARTY] + 1) * sizeof *queue);
    size_t first = 0, last = 0;

    if (m->we) {
        queue[last++] = m->we;
        steps[place_of(r, m->we)] = 1;
    }
    for (; first < last; first++) {
        size_t step = steps[place_of(r, queue[first])];

        for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
            const struct object *link = r->list[KIND_LINK][i];

            if (!passes_on(link) || !client_case_alive(&m->c, link) ||
                !maker_is_ref(VALUE(link, LINK, FROM), queue[first]))
                continue;
            const struct object *to = party_at(m, VALUE(link, LINK, TO));
            if (to == NULL)
                continue;
            row_link(m, link, queue[first], to, step);
            if (steps[place_of(r, to)] == 0) {
                steps[place_of(r, to)] = step + 1;
                queue[last++] = to;
            }
        }
    }
    free(steps);
    free(queue);
}
