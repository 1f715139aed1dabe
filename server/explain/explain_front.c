/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_front.c - how one offer of the front came about, and the cut that
 * makes it win.
 *
 * The offer is our bid with the elements of in=, which move the price or, with
 * pays=margin, are paid by the margin; what is said of any bid is said of it,
 * with the draws that front takes.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain_draws.h"
#include "server/figure/front_ask.h"
#include "value/fraction.h"
#include "value/missing.h"

#include <math.h>
#include <string.h>

/* The elements of in= and what the margin pays for. */
struct pays {
    bool margin; /* they leave the price as it is */
    const struct model *before;
};

static enum err read_pays(struct figures *f, struct pays *pays)
{
    const char *word = request_key(f->request, "pays");

    pays->margin = word != NULL && strcmp(word, "margin") == 0;
    if (word == NULL || pays->margin || strcmp(word, "price") == 0)
        return ERR_OK;
    return fault_set(f->fault, ERR_ARG, "pays", word, "price or margin");
}

/* What the margin pays for costs nothing as far as the award is concerned. */
static void free_costs(struct chance *c, const struct pays *pays)
{
    for (size_t e = 0; e < pays->before->elements_n; e++)
        if (pays->margin && !pays->before->elements[e].always)
            c->elements[e].cost = 0;
}

/* Costs of the elements of the offer, each in brackets: of those that move the
 * price, or of all. */
static void add_costs(const struct figures *f, const struct pays *pays,
    bool all, const char *sign, struct text *sum)
{
    const struct model *m = &f->made->model;

    for (size_t e = 0; e < m->elements_n; e++) {
        const struct model_element *was = &pays->before->elements[e];
        if (m->elements[e].always && (all || was->always || !pays->margin))
            text_printf(sum, " %s (%s)", sign, explain_decimal(was->cost).text);
    }
}

/* Our price, and what does not move it. */
static void say_price(
    struct figures *f, const struct pays *pays, const struct award_result *a)
{
    explain_our_price(f, a->bids[a->ours].price);
    if (pays->margin)
        explain_say(f,
            "the margin pays for the elements that are possible: they leave "
            "the price as it is");
}

/* What the offer leaves at a price, where our cost is recorded. */
static void say_margin(
    struct figures *f, const struct pays *pays, int64_t price)
{
    const struct model *m = &f->made->model;
    int64_t cost = m->bids[m->ours].cost;
    int64_t costs = 0;
    struct text sum = {0};

    if (cost == MODEL_ABSENT || price == MODEL_ABSENT)
        return;
    for (size_t e = 0; e < m->elements_n; e++)
        costs += m->elements[e].always ? pays->before->elements[e].cost : 0;
    text_printf(&sum, "%s - (%s)", explain_micro(price).text,
        explain_decimal(cost).text);
    add_costs(f, pays, true, "-", &sum);
    explain_say(f,
        "margin = price - our cost - costs of the elements = %s = %s",
        text_peek(&sum),
        explain_micro(price - (cost + costs) * (MICRO_ONE / DECIMAL_ONE)).text);
    text_fini(&sum);
    explain_input(f, f->made->bids[m->ours], FIELD_BID_COST);
}

/* Says of our bid what explain says of that figure of any. */
static enum err say_figure(
    struct figures *f, const char *figure, figure_fn *explain)
{
    const char *bid = f->bid;
    const char *asked = f->figure;
    struct text name = {0};

    object_name(&name, f->made->bids[f->made->model.ours]);
    f->bid = text_peek(&name);
    f->figure = figure;
    enum err err = explain(f);
    f->bid = bid;
    f->figure = asked;
    text_fini(&name);
    return err;
}

static void take_draws(struct chance *c)
{
    if (request_key(c->figures->request, "draws") == NULL)
        c->ask.draws = FRONT_DRAWS;
}

static enum err tell_offer(
    struct chance *c, const struct pays *pays, const struct award_result *a)
{
    struct figures *f = c->figures;

    take_draws(c);
    say_price(f, pays, a);
    enum err err = say_figure(f, "total", explain_award);
    if (err == ERR_OK)
        err = say_figure(f, "mean", explain_users);
    if (err != ERR_OK)
        return err;
    say_margin(f, pays, a->bids[a->ours].price);
    return explain_wins(c, f->made->model.ours);
}

/* The price that is asked for at last, and what it leaves. */
static void say_cut(struct figures *f, const struct pays *pays, int64_t full,
    enum to_win to_win, int64_t price)
{
    int64_t cut = full > price ? full - price : 0;

    if (to_win == TO_WIN_AT && full != MODEL_ABSENT)
        explain_say(f, "cut = max(0, price - to-win) = max(0, %s - %s) = %s",
            explain_micro(full).text, explain_micro(price).text,
            explain_micro(cut).text);
    say_margin(f, pays, to_win == TO_WIN_AT && cut > 0 ? price : full);
}

/* The price that keeps a chance: how many draws it wins, and the lowest of the
 * highest prices that so many of them allow. */
static void say_threshold(struct chance *c, const struct simulate_result *s,
    double price, int64_t chance)
{
    struct figures *f = c->figures;
    struct number at = explain_micro((int64_t)floor(price * (double)MICRO_ONE));
    uint64_t wins = explain_curve(f, s, at, price);
    struct text last = {0};

    explain_left(c, (double)wins, s->draws);
    if (s->lows != NULL) {
        explain_say(f,
            "to-win = the highest price up to that of the offer with a chance "
            "of %s or more = %s = %s",
            explain_micro(chance).text, at.text, at.text);
        return;
    }
    for (uint64_t i = s->draws - wins; i < s->draws && last.len < 60; i++)
        if (s->thresholds[i] < INFINITY)
            text_printf(&last, "%s%s", last.len ? ", " : "",
                explain_micro(
                    (int64_t)floor(s->thresholds[i] * (double)MICRO_ONE))
                    .text);
    explain_say(f,
        "to-win = the highest price with a chance of %s or more = the lowest "
        "of the %llu highest of these prices, which end with = min(%s) = %s",
        explain_micro(chance).text, (unsigned long long)wins, text_peek(&last),
        at.text);
    text_fini(&last);
}

static enum err tell_chance(
    struct chance *c, const struct pays *pays, int64_t chance, int64_t full)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;

    take_draws(c);
    enum err err = chance_run(c, 0, true, &s);
    if (err != ERR_OK)
        return err;
    double price = s->lows ? simulate_price_below(
                                 s, chance, (double)full / (double)MICRO_ONE)
                           : simulate_price_for(s, chance);
    bool any = price == INFINITY;
    int64_t at = any ? 0 : (int64_t)floor(price * (double)MICRO_ONE);
    if (any)
        explain_say(f,
            "in a share of %s of the %llu draws ours wins at any price: no cut",
            explain_micro(chance).text, (unsigned long long)s->draws);
    else if (price > 0)
        say_threshold(c, s, price, chance);
    else
        explain_say(f,
            "no price has a chance of %s in %llu draws: no cut is enough",
            explain_micro(chance).text, (unsigned long long)s->draws);
    say_cut(f, pays, full,
        any         ? TO_WIN_ANY
        : price > 0 ? TO_WIN_AT
                    : TO_WIN_NONE,
        at);
    simulate_result_free(&s);
    return ERR_OK;
}

static enum err tell_cut(
    struct chance *c, const struct pays *pays, const struct award_result *a)
{
    struct figures *f = c->figures;
    int64_t full = a->bids[a->ours].price;
    int64_t chance = 0;
    enum err err = chance_decimal(f, "pwin", 1, DECIMAL_ONE,
        "a chance above 0, at most 1, up to 4 decimals", &chance);

    if (err != ERR_OK)
        return err;
    say_price(f, pays, a);
    if (chance > 0)
        return tell_chance(c, pays, chance * (MICRO_ONE / DECIMAL_ONE), full);
    err = say_figure(f, "to-win", explain_award);
    if (err == ERR_OK)
        say_cut(f, pays, full, a->to_win, a->to_win_price);
    return err;
}

static enum err explain_offer(struct figures *f,
    enum err (*tell)(struct chance *c, const struct pays *pays,
        const struct award_result *a))
{
    struct award_result *a = NULL;
    struct chance chance;
    struct pays pays = {false, &chance.before};
    enum err err = read_pays(f, &pays);

    if (err == ERR_OK)
        err = chance_init(&chance, f);
    if (err != ERR_OK)
        return err;
    free_costs(&chance, &pays);
    if (f->made->model.ours == MODEL_NOWHERE ||
        missing_blocks(pays.before, FIGURE_FRONT) ||
        award_compute(&f->made->model, &a) != ERR_OK)
        err = figures_lack(f, FIGURE_FRONT);
    else
        err = tell(&chance, &pays, a);
    award_free(&a);
    chance_fini(&chance);
    return err;
}

enum err explain_front(struct figures *f)
{
    return explain_offer(f, tell_offer);
}

enum err explain_discount(struct figures *f)
{
    return explain_offer(f, tell_cut);
}
