/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_front.c - rows of the offers, and of the discount.
 */
#include "protocol/datum.h"
#include "server/figures.h"
#include "value/front.h"

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

static void row_offer(
    struct figures *f, const struct frontier_found *found, size_t at)
{
    const struct frontier_offer *o = &found->offers[at];
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
    reply_end(r);
}

static size_t count_choices(const struct model *model)
{
    size_t n = 0;

    for (size_t i = 0; i < model->elements_n; i++)
        n += !model->elements[i].always;
    return n;
}

static enum err fail_search(
    struct figures *f, const struct frontier_ask *ask, enum err err)
{
    if (err == ERR_STATE)
        return figures_lack(f, FIGURE_FRONT);
    if (ask->all)
        return fault_set(f->fault, ERR_LIMIT, "all", "yes",
            "16 elements that are possible; set some to in or out");
    return fault_set(f->fault, ERR_LIMIT, "elements", "more",
        "128 elements that are possible, 16 with an expression, max-pass, "
        "gates "
        "on parents, needs that must be met or costs above the price; set some "
        "to in or out");
}

static enum err search(struct figures *f, struct frontier_found **found)
{
    const struct model *model = &f->made->model;
    struct frontier_ask ask = {.cost = FRONTIER_PRICE,
        .budget = MODEL_ABSENT,
        .all = f->all || count_choices(model) <= SHORT_CHOICES};
    enum err err = frontier_compute(model, &ask, found);

    return err == ERR_OK ? ERR_OK : fail_search(f, &ask, err);
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

/* Whether an offer is told where not all are. */
static bool matters(const struct frontier_found *found, size_t at)
{
    return found->offers[at].front || at == found->least || at == found->best ||
           at == found->users_best;
}

enum err figure_front(struct figures *f)
{
    struct frontier_found *found = NULL;
    enum err err = search(f, &found);

    if (err != ERR_OK)
        return err;
    bool all = f->all || found->choices_n <= SHORT_CHOICES;
    for (size_t i = 0; i < found->offers_n; i++) {
        if (all || matters(found, i))
            row_offer(f, found, i);
    }
    if (found->all)
        reply_int(f->last, "offers", (int64_t)found->offers_n);
    if (found->best == MODEL_NOWHERE)
        reply_word(f->last, "set", "-");
    else
        reply_set(f, f->last, found, &found->offers[found->best].set);
    reply_exact(f->last, found);
    frontier_free(&found);
    return ERR_OK;
}

static void row_discount(struct figures *f, const struct frontier_found *found)
{
    const struct frontier_offer *o = &found->offers[found->users_best];
    struct front_discount d;
    struct reply *r = figures_row(f, "offer");

    front_discount_of(
        &f->made->model, FRONTIER_PRICE, found, found->users_best, &d);
    reply_set(f, r, found, &o->set);
    figures_micro(r, "price", d.price);
    figures_micro(r, "cut", d.cut);
    figures_micro(r, "full-price", o->price);
    figures_micro(r, "users", o->users);
    if (d.to_win != TO_WIN_AT)
        reply_word(r, "to-win", d.to_win == TO_WIN_ANY ? "any" : "none");
    if (found->best != MODEL_NOWHERE)
        figures_micro(r, "best-users", found->offers[found->best].users);
    reply_end(r);
}

enum err figure_discount(struct figures *f)
{
    struct frontier_found *found = NULL;
    enum err err = search(f, &found);

    if (err != ERR_OK)
        return err;
    row_discount(f, found);
    reply_exact(f->last, found);
    frontier_free(&found);
    return ERR_OK;
}
