/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_more.c - how the figures behind the users' side came about that look
 * beyond coverage: effort, worth for money, what an element brings to either
 * side and what a need costs.
 */
#include "protocol/french.h"
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/award/award.h"
#include "value/fraction.h"
#include "value/front/brings.h"
#include "value/front/offer.h"
#include "value/users/effort.h"
#include "value/users/worth.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

static enum err find_segment(struct figures *f, size_t *at)
{
    return explain_find_key(f, "segment", f->segment, f->made->segments,
        f->made->model.segments_n, at);
}

/* A recorded value as it is in the arithmetic. */
static const char *number_of(
    const struct datum *d, const char *otherwise, struct number *room)
{
    if (!d->set)
        return otherwise;
    *room = explain_decimal(d->number);
    return room->text;
}

static void input_efforts(struct figures *f, size_t segment)
{
    for (size_t i = 0; i < f->record->n[KIND_EFFORT]; i++) {
        const struct object *o = f->record->list[KIND_EFFORT][i];
        size_t e = maker_index(f->made->elements, f->made->model.elements_n,
            VALUE(o, EFFORT, ELEMENT));

        if (e == MODEL_NOWHERE || !f->made->model.elements[e].always ||
            (uint64_t)VALUE(o, EFFORT, PARTY)->number !=
                f->made->segments[segment]->id)
            continue;
        explain_input(f, o, FIELD_EFFORT_MINUTES);
        explain_input(f, o, FIELD_EFFORT_TIMES);
        explain_input(f, o, FIELD_EFFORT_REWARD);
        explain_input(f, o, FIELD_EFFORT_SAVING);
    }
}

/* The sums over what our elements ask of a segment. */
static void say_sums(
    struct figures *f, const struct effort_segment *e, size_t segment)
{
    const struct model *m = &f->made->model;
    struct text hours = {0}, reward = {0}, saving = {0};

    for (size_t i = 0; i < m->efforts_n; i++) {
        const struct model_effort *one = &m->efforts[i];
        const char *plus = hours.len ? " + " : "";

        if (one->segment != segment || !m->elements[one->element].always)
            continue;
        text_printf(&hours, "%s%s / 60 x %s", plus,
            explain_decimal(one->minutes).text,
            explain_decimal(one->times).text);
        text_printf(&reward, "%s%s", plus, explain_decimal(one->reward).text);
        text_printf(&saving, "%s%s", plus, explain_decimal(one->saving).text);
    }
    if (hours.len > 0) {
        explain_say(f, "hours = sum of minutes / 60 x times = %s = %s",
            text_peek(&hours), explain_micro(e->hours).text);
        explain_say(f, "reward = sum of rewards = %s = %s", text_peek(&reward),
            explain_micro(e->reward).text);
        explain_say(f, "saving = sum of what we save = %s = %s",
            text_peek(&saving), explain_micro(e->saving).text);
        explain_say(f, "unfair when saving is above %zu x reward: %s",
            (size_t)LIMIT_NOW(UNFAIR),
            french_of(e->unfair ? "yes" : "no", f->language));
    }
    text_fini(&hours);
    text_fini(&reward);
    text_fini(&saving);
}

static void say_net(struct figures *f, const struct effort_segment *e,
    const struct users_result *u, size_t s)
{
    const struct object *party = f->made->segments[s];
    struct number hour, full;

    input_efforts(f, s);
    say_sums(f, e, s);
    if (!e->recorded)
        explain_say(f, "nothing is asked of it: net = value = %s",
            explain_micro(e->net).text);
    else
        explain_say(f,
            "net = value - (hours x hour-value - reward) / full-value = %s - "
            "(%s x %s - %s) / %s = %s",
            explain_micro(u->values[f->made->model.ours * u->segments_n + s])
                .text,
            explain_micro(e->hours).text,
            number_of(VALUE(party, PARTY, HOUR_VALUE), "none", &hour),
            explain_micro(e->reward).text,
            number_of(VALUE(party, PARTY, FULL_VALUE), "none", &full),
            explain_micro(e->net).text);
    explain_input(f, party, FIELD_PARTY_HOUR_VALUE);
    explain_input(f, party, FIELD_PARTY_FULL_VALUE);
}

/* Over all segments, as a mean of values is. */
static void say_nets(struct figures *f, const struct effort_result *e,
    const struct users_result *u)
{
    int64_t *nets = mem_new((e->segments_n + 1) * sizeof *nets);

    for (size_t s = 0; s < e->segments_n; s++) {
        struct reply *r = figures_row(f, "part");

        nets[s] = e->segments[s].net;
        figures_name(r, "segment", f->made->segments[s]);
        figures_micro(r, "net", nets[s]);
        reply_end(r);
    }
    explain_mean_of(f, u, nets, false, e->mean);
    explain_mean_of(f, u, nets, true, e->captives);
    if (e->min != MODEL_ABSENT)
        explain_ends_of(f, nets, e->min, e->max);
    explain_say(f, "the net of each: explain TENDER net segment=...");
    free(nets);
}

enum err explain_net(struct figures *f)
{
    struct effort_result *e = NULL;
    struct users_result *u = NULL;
    size_t s = MODEL_NOWHERE;
    enum err err = f->segment != NULL ? find_segment(f, &s) : ERR_OK;

    if (err != ERR_OK)
        return err;
    if (users_compute(&f->made->model, &u) != ERR_OK ||
        effort_compute(&f->made->model, 0, LIMIT_NOW(UNFAIR), &e) != ERR_OK)
        err = figures_lack(f, FIGURE_USERS);
    else if (s == MODEL_NOWHERE)
        say_nets(f, e, u);
    else
        say_net(f, &e->segments[s], u, s);
    effort_free(&e);
    users_free(&u);
    return err;
}

/* The price of a bid, ours with what is always in. */
static int64_t price_of(const struct model *m, size_t bid)
{
    int64_t price = m->bids[bid].price.likely;

    for (size_t e = 0; bid == m->ours && e < m->elements_n; e++)
        price += m->elements[e].always ? m->elements[e].cost : 0;
    return price;
}

static void say_relative(struct figures *f, const struct users_result *u,
    int64_t worth, int64_t relative, size_t bid)
{
    const struct model *m = &f->made->model;
    struct text all = {0};
    int64_t other;

    for (size_t b = 0; b < m->bids_n; b++)
        if (worth_of(m, u, b, &other) != MODEL_ABSENT)
            text_printf(&all, "%s%s / %s", all.len ? ", " : "",
                explain_micro(u->bids[b].mean).text,
                explain_decimal(price_of(m, b)).text);
    if (worth != MODEL_ABSENT)
        explain_say(f,
            "relative = value / the highest value of a bid = %s / %s / max(%s) "
            "= %s",
            explain_micro(u->bids[bid].mean).text,
            explain_decimal(price_of(m, bid)).text, text_peek(&all),
            explain_micro(relative).text);
    text_fini(&all);
}

enum err explain_worth(struct figures *f)
{
    const struct model *m = &f->made->model;
    struct users_result *u = NULL;
    int64_t relative = MODEL_ABSENT;
    size_t bid;
    enum err err = explain_find_bid(f, &bid);

    if (err != ERR_OK)
        return err;
    if (users_compute(m, &u) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    int64_t worth = worth_of(m, u, bid, &relative);
    if (worth == MODEL_ABSENT)
        explain_say(f, "there is none: no price above 0, or no mean value");
    else
        explain_say(f, "value = users' mean / price = %s / %s = %s",
            explain_micro(u->bids[bid].mean).text,
            explain_decimal(price_of(m, bid)).text, explain_micro(worth).text);
    say_relative(f, u, worth, relative, bid);
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    explain_say(f, "our price is taken with the elements that are always in");
    users_free(&u);
    return ERR_OK;
}

/* Our offer as either side sees it. */
struct side {
    struct model model;
    struct model_element *elements;
    int64_t lead, users;
    bool leads; /* lead is over a rival; else it is our points */
};

/* Measures our offer with what is always in, and one element more with all
 * that it requires. */
static void side_init(struct side *side, const struct model *m, size_t more)
{
    struct award_result *a = NULL;
    struct users_result *u = NULL;
    bool grown = true;

    side->model = *m;
    side->elements = mem_new((m->elements_n + 1) * sizeof *side->elements);
    for (size_t e = 0; e < m->elements_n; e++) {
        side->elements[e] = m->elements[e];
        side->elements[e].always |= e == more;
    }
    while (grown) {
        grown = false;
        for (size_t e = 0; e < m->elements_n; e++)
            for (size_t i = 0;
                 side->elements[e].always && i < side->elements[e].needs_n;
                 i++) {
                size_t needed = side->elements[e].needs[i];
                if (needed == MODEL_NOWHERE || side->elements[needed].always)
                    continue;
                side->elements[needed].always = grown = true;
            }
    }
    side->model.elements = side->elements;
    side->lead = side->users = MODEL_ABSENT;
    if (award_compute(&side->model, &a) == ERR_OK) {
        side->leads = a->bids[a->ours].lead != MODEL_ABSENT;
        side->lead =
            side->leads ? a->bids[a->ours].lead : a->bids[a->ours].points;
    }
    if (users_compute(&side->model, &u) == ERR_OK)
        side->users = u->bids[m->ours].mean;
    award_free(&a);
    users_free(&u);
}

static void say_lead(struct figures *f, const struct side *with,
    const struct side *without, int64_t lead)
{
    if (lead == MODEL_ABSENT || with->lead == MODEL_ABSENT ||
        without->lead == MODEL_ABSENT)
        return;
    explain_say(f,
        with->leads ? "lead = our lead with it - without = %s - (%s) = %s"
                    : "lead = our points with it, as there is no rival, - "
                      "without = %s - (%s) = %s",
        explain_micro(with->lead).text, explain_micro(without->lead).text,
        explain_micro(lead).text);
}

static void say_element(struct figures *f, const struct brings_element *e)
{
    struct side with, without;

    side_init(&with, &f->made->model, e->element);
    side_init(&without, &f->made->model, MODEL_NOWHERE);
    say_lead(f, &with, &without, e->lead);
    if (e->users != MODEL_ABSENT)
        explain_say(f, "users = users' mean with it - without = %s - %s = %s",
            explain_micro(with.users).text, explain_micro(without.users).text,
            explain_micro(e->users).text);
    explain_say(f, "either offer: explain TENDER front in=...");
    explain_input(f, f->made->elements[e->element], FIELD_ELEMENT_COST);
    free(with.elements);
    free(without.elements);
}

static const struct brings_element *find_element(
    const struct brings_result *b, size_t element)
{
    for (size_t i = 0; i < b->elements_n; i++)
        if (b->elements[i].element == element)
            return &b->elements[i];
    return NULL;
}

enum err explain_element(struct figures *f)
{
    struct brings_result *b = NULL;
    size_t e;
    enum err err = explain_find_key(f, "in", request_key(f->request, "in"),
        f->made->elements, f->made->model.elements_n, &e);

    if (err != ERR_OK)
        return err;
    if (brings_compute(&f->made->model, &b) != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    const struct brings_element *found = find_element(b, e);
    if (found == NULL || !found->possible)
        explain_say(f, "it is in the offer already, or can not be offered");
    else
        say_element(f, found);
    brings_free(&b);
    return ERR_OK;
}

static void say_shadow(
    struct figures *f, const struct brings_result *b, size_t need)
{
    const struct brings_need *n = &b->needs[need];
    struct offer with, without;
    struct side more;

    if (n->element == MODEL_NOWHERE) {
        explain_say(f, "no possible element covers more of it");
        return;
    }
    const struct brings_element *e = find_element(b, n->element);
    say_element(f, e);
    side_init(&more, &f->made->model, n->element);
    offer_init(&with, &more.model);
    offer_init(&without, &f->made->model);
    explain_say(f, "more = coverage with it - without = %s - %s = %s",
        explain_cover(&with, more.model.ours, need).text,
        explain_cover(&without, more.model.ours, need).text,
        explain_micro(n->more).text);
    explain_say(f,
        "lost for each 0.1 = -(lead) / more x 0.1 = -(%s) / %s x "
        "0.1 = %s",
        explain_micro(e->lead).text, explain_micro(n->more).text,
        explain_micro(n->price).text);
    explain_say(f, "no other element does it for less");
    offer_fini(&with);
    offer_fini(&without);
    free(more.elements);
}

enum err explain_shadow(struct figures *f)
{
    struct brings_result *b = NULL;
    size_t need;
    enum err err = explain_find_key(f, "need", request_key(f->request, "need"),
        f->made->needs, f->made->model.needs_n, &need);

    if (err != ERR_OK)
        return err;
    err = brings_compute(&f->made->model, &b);
    if (err != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    say_shadow(f, b, need);
    brings_free(&b);
    return ERR_OK;
}
