/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_chance.c - how chances came about: counts, intervals, one draw of
 * them, to be followed by hand.
 *
 * With the same seed=, draws= and other keys the draws are those of stress and
 * price.
 */
#include "server/explain/explain.h"
#include "server/figure/chance.h"
#include "value/chance/simulate_confidence.h"
#include "value/chance/simulate_show.h"
#include "value/chance/wilson.h"
#include "value/fraction.h"

#include <math.h>
#include <string.h>

#define Z "1.959964"

static void say_interval(struct figures *f, int64_t share, uint64_t draws)
{
    int64_t low, high;

    wilson_interval(share, draws, &low, &high);
    explain_say(f,
        "low, high = (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / "
        "(1 + z^2 / n) with p = %s, n = %llu, z = " Z " (95 %%): %s, %s",
        explain_micro(share).text, (unsigned long long)draws,
        explain_micro(low).text, explain_micro(high).text);
}

/* What is left of a share of draws where nothing may be awarded. */
static void say_left(struct chance *c, int64_t share, int64_t left)
{
    if (c->ask.no_award == 0)
        return;
    explain_say(c->figures,
        "x (1 - no-award) = %s x (1 - %s) = %s: that nothing is awarded is a "
        "rival of its own, and the interval is multiplied likewise",
        explain_micro(share).text, explain_decimal(c->ask.no_award).text,
        explain_micro(left).text);
    explain_input(c->figures, c->figures->made->tender, FIELD_TENDER_NO_AWARD);
}

static void say_draws(struct chance *c)
{
    explain_say(c->figures,
        "each draw can be followed: explain TENDER draw number=1, 2, ... with "
        "the same keys");
    explain_say(c->figures, "seed = %llu, jury = %s%s",
        (unsigned long long)c->ask.seed,
        explain_decimal(c->ask.correlation).text,
        c->jury_is_assumed ? " (assumed)" : "");
}

static enum err find_bid(struct figures *f, size_t *bid)
{
    return explain_find_key(
        f, "bid", f->bid, f->made->bids, f->made->model.bids_n, bid);
}

/* The share of draws that a chance is, before what is left of it. */
static int64_t share_of_draws(const struct simulate_result *s, int64_t chance)
{
    return s->left > 0 ? (chance * DECIMAL_ONE + s->left / 2) / s->left : 0;
}

enum err explain_wins(struct chance *c, size_t bid)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;
    enum err err = chance_run(c, 0, false, &s);

    if (err != ERR_OK)
        return err;
    int64_t share = share_of_draws(s, s->bids[bid].wins);
    double won = (double)share / 1e6 * (double)s->draws;
    explain_say(f,
        "wins = draws in which it has the most points, a tie counting its "
        "part, / draws = %.2f / %llu = %s",
        won, (unsigned long long)s->draws, explain_micro(share).text);
    say_interval(f, share, s->draws);
    say_left(c, share, s->bids[bid].wins);
    if (s->bids[bid].missing > 0)
        explain_say(f, "in a share of %s it is not there or refused",
            explain_micro(s->bids[bid].missing).text);
    say_draws(c);
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    explain_input(f, f->made->bids[bid], FIELD_BID_PRESENCE);
    simulate_result_free(&s);
    return ERR_OK;
}

static enum err tell_wins(struct chance *c)
{
    size_t bid;
    enum err err = find_bid(c->figures, &bid);

    return err == ERR_OK ? explain_wins(c, bid) : err;
}

/* The draws that a price wins, counted one by one. */
static void say_curve(struct figures *f, const struct simulate_result *s,
    struct number price, double at)
{
    uint64_t wins = 0;

    for (uint64_t i = 0; i < s->draws && s->lows == NULL; i++)
        wins += s->thresholds[i] >= at;
    for (uint64_t i = 0; i < s->spans_n; i++)
        wins += (uint64_t)(s->lows[i] <= at) - (uint64_t)(s->highs[i] < at);
    if (s->lows == NULL)
        explain_say(f,
            "each draw has a highest price at which ours wins (explain TENDER "
            "draw shows it)");
    else
        explain_say(f,
            "each draw has spans of prices at which ours wins (explain TENDER "
            "draw shows them); they were looked for at %d prices",
            SIMULATE_GRID);
    if (s->lows == NULL)
        explain_say(f,
            "chance at %s = draws in which that is %s or more / draws = %llu "
            "/ %llu = %s",
            price.text, price.text, (unsigned long long)wins,
            (unsigned long long)s->draws,
            explain_micro(share_of_draws(s, simulate_win_at(s, at))).text);
    else
        explain_say(f,
            "chance at %s = draws in which one of them holds it / draws = %llu "
            "/ %llu = %s",
            price.text, (unsigned long long)wins, (unsigned long long)s->draws,
            explain_micro(share_of_draws(s, simulate_win_at(s, at))).text);
}

static enum err tell_chance(struct chance *c)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;
    const char *word = request_key(f->request, "price");
    int64_t price = 0;
    enum err err = ERR_OK;

    if (word == NULL)
        return fault_set(
            f->fault, ERR_ARG, "price", "nothing", "the price of the chance");
    err = chance_decimal(f, "price", 1, INT64_MAX, "a price above 0", &price);
    if (err == ERR_OK)
        err = chance_run(c, 0, true, &s);
    if (err != ERR_OK)
        return err;
    double at = (double)price / DECIMAL_ONE;
    say_curve(f, s, explain_decimal(price), at);
    int64_t chance = simulate_win_at(s, at);
    say_interval(f, share_of_draws(s, chance), s->draws);
    say_left(c, share_of_draws(s, chance), chance);
    say_draws(c);
    simulate_result_free(&s);
    return ERR_OK;
}

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

static enum err tell_draw(struct chance *c)
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

static void rows_central(
    struct figures *f, const struct simulate_result *s, size_t bid)
{
    for (size_t k = 0; k < s->criteria_n; k++) {
        struct reply *r = figures_row(f, "central");

        figures_name(r, "bid", f->made->bids[bid]);
        figures_name(r, "criterion", f->made->criteria[k]);
        figures_micro(r, "weight", s->central[bid * s->criteria_n + k]);
        reply_end(r);
    }
}

static enum err say_confidence(
    struct chance *c, const struct simulate_result *s, size_t bid)
{
    struct figures *f = c->figures;
    int64_t confidence[SIMULATE_BIDS];
    bool stopped = false;
    enum err err = simulate_confidence(
        &f->made->model, 0, &c->ask, s, confidence, &stopped);

    if (err != ERR_OK)
        return chance_fail(c, err);
    if (stopped)
        return chance_ended(c);
    if (confidence[bid] == MODEL_ABSENT) {
        explain_say(f, "there is none: the bid never wins, the weights are "
                       "exact, or nothing but them is drawn");
        return ERR_OK;
    }
    explain_say(f, "central weights = mean share of each weight over the draws "
                   "that the bid wins:");
    rows_central(f, s, bid);
    explain_say(f,
        "confidence = its wins with exactly these weights, marks and prices "
        "drawn as before = %s",
        explain_micro(confidence[bid]).text);
    return ERR_OK;
}

static enum err tell_confidence(struct chance *c)
{
    struct simulate_result *s = NULL;
    size_t bid;
    enum err err = find_bid(c->figures, &bid);

    c->stages = 2;
    if (err == ERR_OK)
        err = chance_run(c, 0, false, &s);
    if (err != ERR_OK)
        return err;
    c->stage++;
    err = say_confidence(c, s, bid);
    say_draws(c);
    simulate_result_free(&s);
    return err;
}

/* The share of draws at each rank, and their mean. */
static void say_places(
    struct figures *f, const struct simulate_result *s, size_t bid)
{
    const struct simulate_bid *b = &s->bids[bid];
    struct text sum = {0};

    for (size_t r = 0; r < s->bids_n; r++) {
        int64_t share = s->ranks[bid * s->bids_n + r];

        if (share == 0)
            continue;
        text_printf(&sum, "%s%zu x %s", sum.len ? " + " : "", r + 1,
            explain_micro(share).text);
        explain_say(f,
            "share of rank %zu = draws in which it has it, a tie counting its "
            "part, / draws = %.2f / %llu = %s",
            r + 1, (double)share / 1e6 * (double)s->draws,
            (unsigned long long)s->draws, explain_micro(share).text);
    }
    if (b->mean_rank != MODEL_ABSENT)
        explain_say(f,
            "mean-rank = sum of rank x share / share of draws with it = (%s) / "
            "(1 - %s) = %s",
            text_peek(&sum), explain_micro(b->missing).text,
            explain_micro(b->mean_rank).text);
    text_fini(&sum);
}

static enum err tell_places(struct chance *c)
{
    struct simulate_result *s = NULL;
    size_t bid;
    enum err err = find_bid(c->figures, &bid);

    if (err == ERR_OK)
        err = chance_run(c, 0, false, &s);
    if (err != ERR_OK)
        return err;
    say_places(c->figures, s, bid);
    say_draws(c);
    simulate_result_free(&s);
    return ERR_OK;
}

static enum err tell_beats(struct chance *c)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;
    size_t bid, rival;
    enum err err = find_bid(f, &bid);

    if (err == ERR_OK)
        err = explain_find_key(f, "over", request_key(f->request, "over"),
            f->made->bids, f->made->model.bids_n, &rival);
    if (err == ERR_OK)
        err = chance_run(c, 0, false, &s);
    if (err != ERR_OK)
        return err;
    int64_t share = s->beats[bid * s->bids_n + rival];
    explain_say(f,
        "share = draws in which it stands before the other, not level, / draws "
        "= %.0f / %llu = %s",
        (double)share / 1e6 * (double)s->draws, (unsigned long long)s->draws,
        explain_micro(share).text);
    say_draws(c);
    simulate_result_free(&s);
    return ERR_OK;
}

static enum err tell_central(struct chance *c)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;
    size_t bid;
    enum err err = find_bid(f, &bid);

    if (err == ERR_OK)
        err = chance_run(c, 0, false, &s);
    if (err != ERR_OK)
        return err;
    if (s->weights_are_exact || s->bids[bid].wins == 0) {
        explain_say(
            f, "there is none: the bid never wins, or the weights are exact");
    } else {
        explain_say(f, "central weights = mean share of each weight over the "
                       "draws that the bid wins:");
        rows_central(f, s, bid);
    }
    say_draws(c);
    simulate_result_free(&s);
    return ERR_OK;
}

enum err explain_chance(struct figures *f)
{
    static const struct {
        const char *word;
        enum err (*tell)(struct chance *c);
    } rows[] = {{"wins", tell_wins}, {"chance", tell_chance},
        {"draw", tell_draw}, {"confidence", tell_confidence},
        {"places", tell_places}, {"beats", tell_beats},
        {"central", tell_central}};
    struct chance chance;
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, f->figure) == 0)
            err = rows[i].tell(&chance);
    chance_fini(&chance);
    return err;
}
