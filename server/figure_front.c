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
    const struct front_result *front, uint32_t set)
{
    struct text names = {0};

    for (size_t i = 0; i < front->choices_n; i++) {
        if (!(set >> i & 1))
            continue;
        if (names.len)
            text_putc(&names, ',');
        object_name(&names, f->made->elements[front->choices[i]]);
    }
    reply_word(r, "set", names.len ? names.bytes : "none");
    text_fini(&names);
}

static void row_offer(
    struct figures *f, const struct front_result *front, size_t at)
{
    const struct front_offer *o = &front->offers[at];
    struct reply *r = figures_row(f, "offer");

    reply_set(f, r, front, o->set);
    figures_micro(r, "price", o->price);
    figures_micro(r, "points", o->points);
    figures_micro(r, "lead", o->lead);
    figures_micro(r, "users", o->users);
    reply_yes(r, "wins", o->wins);
    reply_yes(r, "best", at == front->best);
    reply_yes(r, "front", o->front);
    if (at == front->discount.offer)
        reply_yes(r, "users-best", true);
    if (!o->admitted)
        reply_yes(r, "admitted", false);
    reply_end(r);
}

static enum err fail_front(struct figures *f, enum err err)
{
    if (err == ERR_LIMIT)
        return fault_set(f->fault, ERR_LIMIT, "elements", "more",
            "16 elements that are possible; set some to in or out");
    return figures_lack(f, FIGURE_FRONT);
}

enum err figure_front(struct figures *f)
{
    struct front_result *front = NULL;
    enum err err = front_compute(&f->made->model, &front);

    if (err != ERR_OK)
        return fail_front(f, err);
    bool all = f->all || front->choices_n <= SHORT_CHOICES;
    for (size_t i = 0; i < front->offers_n; i++) {
        const struct front_offer *o = &front->offers[i];

        if (all || o->front || o->set == 0 || i == front->best ||
            i == front->discount.offer)
            row_offer(f, front, i);
    }
    reply_int(f->last, "offers", (int64_t)front->offers_n);
    if (front->best == MODEL_NOWHERE)
        reply_word(f->last, "set", "-");
    else
        reply_set(f, f->last, front, front->offers[front->best].set);
    front_free(&front);
    return ERR_OK;
}

enum err figure_discount(struct figures *f)
{
    struct front_result *front = NULL;
    enum err err = front_compute(&f->made->model, &front);

    if (err != ERR_OK)
        return fail_front(f, err);
    const struct front_discount *d = &front->discount;
    const struct front_offer *o = &front->offers[d->offer];
    struct reply *r = figures_row(f, "offer");
    reply_set(f, r, front, o->set);
    figures_micro(r, "price", d->price);
    figures_micro(r, "cut", d->cut);
    figures_micro(r, "full-price", o->price);
    figures_micro(r, "users", o->users);
    if (d->to_win != TO_WIN_AT)
        reply_word(r, "to-win", d->to_win == TO_WIN_ANY ? "any" : "none");
    if (front->best != MODEL_NOWHERE)
        figures_micro(r, "best-users", front->offers[front->best].users);
    reply_end(r);
    front_free(&front);
    return ERR_OK;
}
