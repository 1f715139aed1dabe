/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_front.c - rows of the offers, and of the discount.
 */
#include "protocol/datum.h"
#include "server/figure/front_ask.h"

/* With more possible elements than this only the offers that matter are
 * sent, unless all=yes. */
#define SHORT_CHOICES 6

/* "O1,O3", or "none". */
static void reply_set(struct figures *f, struct reply *r,
    const struct frontier_found *found, const struct frontier_set *set)
{
    struct text names = {0};

    for (size_t i = 0; i < found->choices_n; i++) {
        if (!frontier_has(set, i))
            continue;
        if (names.len)
            text_putc(&names, ',');
        object_name(&names, f->made->elements[found->choices[i]]);
    }
    reply_word(r, "set", names.len ? names.bytes : "none");
    text_fini(&names);
}

/* Whether an offer is told where not all are. */
static bool matters(const struct frontier_found *found, size_t at)
{
    return found->offers[at].front || at == found->least || at == found->best ||
           at == found->users_best;
}

/* Captive segments that a winning offer leaves with less than today. */
static void put_lowers(struct figures *f, struct reply *r,
    const struct front_asked *asked, size_t at)
{
    struct fitted fitted;

    if (!asked->found->offers[at].wins ||
        (asked->found->choices_n > SHORT_CHOICES && !matters(asked->found, at)))
        return;
    front_fit(&fitted, &asked->model, asked->cost, asked->found, at);
    figures_lowers(f, r, &fitted.model);
    fitted_fini(&fitted);
}

static void row_offer(
    struct figures *f, const struct front_asked *asked, size_t at)
{
    const struct frontier_found *found = asked->found;
    const struct frontier_offer *o = &found->offers[at];
    const struct front_point *point = &asked->points[at];
    struct reply *r = figures_row(f, "offer");

    reply_set(f, r, found, &o->set);
    figures_micro(r, "price", o->price);
    figures_micro(r, "points", o->points);
    figures_micro(r, "lead", o->lead);
    figures_micro(r, "users", o->users);
    reply_yes(r, "wins", o->wins);
    reply_yes(r, "best", at == found->best);
    reply_yes(r, "front", o->front);
    if (at == found->users_best)
        reply_yes(r, "users-best", true);
    if (!o->admitted)
        reply_yes(r, "admitted", false);
    figures_micro(r, "worst", point->worst);
    figures_micro(r, "captives", point->captives);
    figures_micro(r, "margin", point->margin);
    figures_micro(r, "pwin", point->pwin);
    figures_micro(r, "low", point->low);
    figures_micro(r, "high", point->high);
    put_lowers(f, r, asked, at);
    reply_end(r);
}

static size_t count_choices(const struct model *model)
{
    size_t n = 0;

    for (size_t i = 0; i < model->elements_n; i++)
        n += !model->elements[i].always;
    return n;
}

/* How far the front can be trusted. */
static void reply_exact(struct reply *r, const struct frontier_found *found)
{
    reply_yes(r, "exact", found->exact);
    if (found->exact)
        return;
    reply_micro(r, "gap", found->gap_lead);
    reply_micro(r, "gap-users", found->gap_users);
}

/* What the chances were drawn with, where there are some. */
static void reply_draws(struct reply *r, const struct front_asked *asked)
{
    if (asked->drawn == 0)
        return;
    reply_int(r, "seed", (int64_t)asked->chance.ask.seed);
    reply_int(r, "draws", (int64_t)asked->drawn);
}

static void rows_front(struct figures *f, const struct front_asked *asked)
{
    const struct frontier_found *found = asked->found;
    bool all = f->all || found->choices_n <= SHORT_CHOICES;

    for (size_t i = 0; i < found->offers_n; i++) {
        if (all || matters(found, i))
            row_offer(f, asked, i);
    }
    if (found->all)
        reply_int(f->last, "offers", (int64_t)found->offers_n);
    if (found->best == MODEL_NOWHERE)
        reply_word(f->last, "set", "-");
    else
        reply_set(f, f->last, found, &found->offers[found->best].set);
    reply_exact(f->last, found);
    reply_draws(f->last, asked);
}

static enum err begin(struct figures *f, struct front_asked *asked)
{
    bool all = f->all || count_choices(&f->made->model) <= SHORT_CHOICES;

    return front_asked_init(asked, f, all);
}

enum err figure_front(struct figures *f)
{
    struct front_asked asked;
    enum err err = begin(f, &asked);

    if (err != ERR_OK)
        return err;
    err = front_asked_points(&asked);
    if (err == ERR_OK)
        rows_front(f, &asked);
    front_asked_fini(&asked);
    return err;
}

/* The offer on the front before one, by users' value; MODEL_NOWHERE none. */
static size_t find_next(const struct frontier_found *found, size_t at)
{
    size_t next = MODEL_NOWHERE;

    for (size_t i = 0; i < found->offers_n; i++) {
        if (!found->offers[i].front ||
            found->offers[i].users >= found->offers[at].users)
            continue;
        if (next == MODEL_NOWHERE ||
            found->offers[i].users > found->offers[next].users)
            next = i;
    }
    return next;
}

/* The price to be asked for: the full one where it needs no cut. */
static int64_t price_asked(const struct front_discount *d, int64_t full)
{
    return d->to_win == TO_WIN_AT && d->cut > 0 ? d->price : full;
}

static bool keeps_margin(
    const struct front_asked *asked, size_t at, const struct front_discount *d)
{
    const struct frontier_offer *o = &asked->found->offers[at];

    return asked->margin == MODEL_ABSENT ||
           (d->to_win != TO_WIN_NONE && d->to_win != TO_WIN_UNSURE &&
               front_asked_margin(asked, o, price_asked(d, o->price)) >=
                   asked->margin);
}

static void row_discount(struct figures *f, const struct front_asked *asked,
    size_t at, const struct front_discount *d)
{
    const struct frontier_found *found = asked->found;
    const struct frontier_offer *o = &found->offers[at];
    struct reply *r = figures_row(f, "offer");

    reply_set(f, r, found, &o->set);
    figures_micro(r, "price", d->price);
    figures_micro(r, "cut", d->cut);
    figures_micro(r, "full-price", o->price);
    figures_micro(r, "users", o->users);
    if (d->to_win != TO_WIN_AT)
        reply_word(r, "to-win", d->to_win == TO_WIN_ANY ? "any" : "none");
    if (found->best != MODEL_NOWHERE)
        figures_micro(r, "best-users", found->offers[found->best].users);
    figures_micro(
        r, "margin", front_asked_margin(asked, o, price_asked(d, o->price)));
    reply_end(r);
}

/* The best for users that leaves the margin, from the very best on. */
static enum err choose_discount(struct figures *f, struct front_asked *asked)
{
    struct front_discount d;

    for (size_t at = asked->found->users_best; at != MODEL_NOWHERE;
         at = find_next(asked->found, at)) {
        enum err err = front_asked_price(asked, at, &d);
        if (err != ERR_OK)
            return err;
        if (!long_work_tell(f->work, 0, 0))
            return long_work_ended(f->work, NULL, f->language, f->fault);
        if (!keeps_margin(asked, at, &d))
            continue;
        row_discount(f, asked, at, &d);
        reply_exact(f->last, asked->found);
        if (asked->pwin != MODEL_ABSENT)
            reply_draws(f->last, asked);
        return ERR_OK;
    }
    return fault_set(f->fault, ERR_ARG, "margin",
        request_key(f->request, "margin"),
        "a margin that some offer of the front keeps and still wins");
}

enum err figure_discount(struct figures *f)
{
    struct front_asked asked;
    enum err err = begin(f, &asked);

    if (err != ERR_OK)
        return err;
    err = choose_discount(f, &asked);
    front_asked_fini(&asked);
    return err;
}
