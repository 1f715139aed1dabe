/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_draw.c - one draw of a simulation, to be followed by hand: what was
 * drawn, the points that it gives, and the prices that win it.
 */
#include "server/explain/explain.h"
#include "server/figure/chance.h"
#include "value/chance/simulate_show.h"

#include <math.h>

static void rows_weights(struct figures *f, const struct simulate_shown *d)
{
    for (size_t k = 0; k < d->criteria_n; k++) {
        struct reply *r = figures_row(f, "weight");

        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "weight", d->weights[k]);
        reply_end(r);
        explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    }
}

static void rows_marks(
    struct figures *f, const struct simulate_shown *d, size_t bid)
{
    const struct model *m = &f->made->model;

    for (size_t k = 0; k < d->criteria_n; k++) {
        int64_t mark = d->marks[bid * d->criteria_n + k];

        if (mark == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "mark");
        figures_name(r, "bid", f->made->bids[bid]);
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "mark", mark);
        reply_word(
            r, "scale-max", explain_decimal(m->criteria[k].scale_max).text);
        reply_end(r);
    }
}

static void rows_bid(
    struct figures *f, const struct simulate_shown *d, size_t bid)
{
    rows_marks(f, d, bid);
    struct reply *r = figures_row(f, "total");
    figures_name(r, "bid", f->made->bids[bid]);
    reply_micro(r, "price", d->prices[bid]);
    reply_micro(r, "quality", d->quality[bid]);
    figures_micro(r, "points", d->totals[bid]);
    if (d->totals[bid] == MODEL_ABSENT)
        reply_yes(r, "admitted", false);
    else
        reply_int(r, "rank", (int64_t)d->ranks[bid]);
    reply_end(r);
}

/* The prices that win, rounded inwards. */
static void say_spans(struct figures *f, const struct simulate_shown *d)
{
    for (size_t i = 0; i < SIMULATE_SPANS; i++) {
        int64_t low = (int64_t)ceil(d->spans[i].low * 1e6);
        if (d->spans[i].high == INFINITY)
            explain_say(f, "in this draw ours wins from %s on",
                explain_micro(low).text);
        else if (d->spans[i].high > 0.0)
            explain_say(f, "in this draw ours wins from %s to %s",
                explain_micro(low).text,
                explain_micro((int64_t)floor(d->spans[i].high * 1e6)).text);
    }
    if (d->to_win == 0)
        explain_say(f, "in this draw ours wins at no price");
}

static void tell_shown(struct chance *c, const struct simulate_shown *d)
{
    struct figures *f = c->figures;

    explain_say(f, "weights as drawn from what is published of them:");
    rows_weights(f, d);
    explain_say(f,
        "marks and prices as drawn from their estimates; quality = sum of "
        "weight x mark / scale-max, with preference points; points = quality + "
        "the points of the price by its rule");
    for (size_t b = 0; b < d->bids_n; b++)
        rows_bid(f, d, b);
    if (d->has_spans)
        say_spans(f, d);
    else if (d->to_win == MODEL_ABSENT)
        explain_say(f, "in this draw ours wins at any price");
    else if (d->to_win == 0)
        explain_say(f, "in this draw ours wins at no price");
    else
        explain_say(f, "in this draw ours wins up to %s",
            explain_micro(d->to_win).text);
}

enum err explain_draw(struct chance *c)
{
    struct figures *f = c->figures;
    struct simulate *sim = NULL;
    uint64_t number;
    enum err err = request_int(f->request, "number", 1, &number, f->fault);

    if (err != ERR_OK)
        return err;
    if (number < 1 || number > c->ask.draws)
        return fault_set(f->fault, ERR_ARG, "number",
            request_key(f->request, "number"), "1 to the number of draws");
    err = simulate_new(&f->made->model, 0, &c->ask, &sim);
    if (err != ERR_OK)
        return chance_fail(c, err);
    struct simulate_shown *shown = simulate_show(sim, number - 1);
    tell_shown(c, shown);
    simulate_shown_free(&shown);
    simulate_free(&sim);
    return ERR_OK;
}
