/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_price.c - rows of the whole curve from price to chance and back.
 */
#include "protocol/base_mem.h"
#include "server/figure/chance.h"
#include "value/formula.h"
#include "value/fraction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Prices of the curve unless prices= names some. */
#define GRID 11

/* Down, so that the chance is not less. */
static int64_t micro_of(double price)
{
    return (int64_t)floor(price * 1e6);
}

static double unit_of(int64_t decimal)
{
    return (double)decimal / (double)DECIMAL_ONE;
}

static void row_chance(
    struct figures *f, const struct simulate_result *s, double price, bool ours)
{
    struct reply *r = figures_row(f, "chance");
    int64_t wins = simulate_win_at(s, price);
    int64_t low, high;

    simulate_interval_at(s, price, &low, &high);
    reply_micro(r, "price", micro_of(price));
    reply_micro(r, "wins", wins);
    reply_micro(r, "low", low);
    reply_micro(r, "high", high);
    if (ours)
        reply_yes(r, "ours", true);
    reply_end(r);
}

/* What a request asks about prices, read before anything is drawn. */
struct price_ask {
    struct decimals {
        int64_t *list; /* owned */
        size_t n;
        bool said;
    } prices, chances;
    int64_t least;  /* the chance that a profit must come with at least */
    int64_t margin; /* 1/10000 of the currency */
};

static enum err read_decimals(struct figures *f, const char *key, int64_t high,
    const char *allowed, struct decimals *made)
{
    const char *list = request_key(f->request, key);
    enum err err = ERR_OK;

    if (list == NULL)
        return ERR_OK;
    char *words = mem_text(list);
    char *rest = words;
    made->said = true;
    made->list = mem_new((strlen(list) + 1) * sizeof *made->list);
    for (char *word; err == ERR_OK && (word = strsep(&rest, ",")) != NULL;) {
        int64_t *value = &made->list[made->n++];

        if (decimal_read(word, value) != ERR_OK || *value < 1 || *value > high)
            err = fault_set(f->fault, ERR_ARG, key, word, allowed);
    }
    free(words);
    return err;
}

static enum err read_margin(struct figures *f, struct price_ask *ask)
{
    const struct model *model = &f->made->model;
    enum err err = chance_decimal(f, "margin", 0, INT64_MAX / DECIMAL_ONE,
        "an amount, 0 or more", &ask->margin);

    /* That a bid of ours is missing is told with all else that is. */
    if (err != ERR_OK || request_key(f->request, "margin") == NULL ||
        model->ours == MODEL_NOWHERE ||
        model->bids[model->ours].cost != MODEL_ABSENT)
        return err;
    return fault_set(f->fault, ERR_STATE, "cost", "nothing",
        "a cost of our bid, from which the margin is reckoned");
}

static enum err read_ask(struct figures *f, struct price_ask *ask)
{
    enum err err =
        read_decimals(f, "prices", INT64_MAX, "prices above 0", &ask->prices);

    if (err == ERR_OK)
        err = read_decimals(f, "pwin", DECIMAL_ONE,
            "chances above 0, at most 1", &ask->chances);
    if (err == ERR_OK)
        err = read_margin(f, ask);
    /* With several chances asked for, none is the least. */
    if (ask->chances.n == 1)
        ask->least = ask->chances.list[0];
    return err;
}

static void ask_fini(struct price_ask *ask)
{
    free(ask->prices.list);
    free(ask->chances.list);
    *ask = (struct price_ask){0};
}

static void row_to_win(
    struct figures *f, const struct simulate_result *s, int64_t chance)
{
    struct reply *r = figures_row(f, "to-win");
    double price = simulate_price_for(s, chance * (MICRO_ONE / DECIMAL_ONE));

    reply_micro(r, "wins", chance * (MICRO_ONE / DECIMAL_ONE));
    if (price == 0.0)
        reply_word(r, "price", "none");
    else if (price == INFINITY)
        reply_word(r, "price", "any");
    else
        reply_micro(r, "price", micro_of(price));
    reply_end(r);
}

/* The first finite threshold at or behind a place, 0 when there is none. */
static double finite_at(const struct simulate_result *s, double share)
{
    uint64_t i = (uint64_t)(share * (double)(s->draws - 1));

    while (i < s->draws && s->thresholds[i] == 0.0)
        i++;
    while (i > 0 && (i == s->draws || s->thresholds[i] == INFINITY))
        i--;
    return s->thresholds[i] < INFINITY ? s->thresholds[i] : 0.0;
}

static void rows_grid(struct figures *f, const struct simulate_result *s)
{
    double low = finite_at(s, 0.01);
    double high = finite_at(s, 0.99);

    for (int i = 0; i < GRID && low > 0.0; i++) {
        double price = low + (high - low) * i / (GRID - 1);
        if (i > 0 && high <= low)
            break;
        row_chance(f, s, floor(price * 100.0) / 100.0, false);
    }
}

static void rows_chances(struct figures *f, const struct simulate_result *s,
    const struct decimals *prices)
{
    const struct model *model = &f->made->model;
    const struct model_bid *ours = &model->bids[model->ours];

    /* What is in every offer of ours adds to its price, and to its cost. */
    if (ours->price.low != MODEL_ABSENT)
        row_chance(
            f, s, unit_of(ours->price.likely + model_cost_always(model)), true);
    for (size_t i = 0; i < prices->n; i++)
        row_chance(f, s, unit_of(prices->list[i]), false);
    if (!prices->said)
        rows_grid(f, s);
}

static void rows_to_win(struct figures *f, const struct simulate_result *s,
    const struct decimals *chances)
{
    static const int64_t usual[] = {9000, 7000, 5000, 3000, 1000};
    const int64_t *list = chances->said ? chances->list : usual;
    size_t n = chances->said ? chances->n : sizeof usual / sizeof *usual;

    for (size_t i = 0; i < n; i++)
        row_to_win(f, s, list[i]);
}

/* The prices that win with everything at its likely value. */
static enum err rows_winning(struct figures *f)
{
    struct award_result *a = NULL;
    enum err err = figures_award(f, &a);

    if (err == ERR_OK)
        figures_winning(f, a);
    award_free(&a);
    return err;
}

static void row_profit(struct figures *f, const struct simulate_result *s,
    const struct price_ask *ask)
{
    const struct model *model = &f->made->model;
    const struct model_bid *ours = &model->bids[model->ours];
    double price, profit;

    if (ours->cost == MODEL_ABSENT)
        return;
    const int64_t cost = ours->cost + model_cost_always(model);
    simulate_best_offer(s, unit_of(cost), unit_of(ask->margin),
        ask->least * (MICRO_ONE / DECIMAL_ONE), &price, &profit);
    struct reply *r = figures_row(f, "profit");
    reply_micro(r, "cost", cost * (MICRO_ONE / DECIMAL_ONE));
    if (ask->margin > 0)
        reply_micro(r, "margin", ask->margin * (MICRO_ONE / DECIMAL_ONE));
    if (price > 0.0) {
        reply_micro(r, "price", micro_of(price));
        reply_micro(r, "wins", simulate_win_at(s, price));
        reply_micro(r, "profit", (int64_t)floor(profit * 1e6 + 0.5));
    } else {
        reply_word(r, "price", "none");
    }
    reply_end(r);
}

/* What models that look at prices alone would make of the pairs. */
static void rows_rivals(struct figures *f, const struct simulate_result *s)
{
    size_t ours = f->made->model.ours;
    int64_t chances[SIMULATE_BIDS];
    size_t n = 0;
    bool none = false;

    for (size_t b = 0; b < s->bids_n; b++) {
        int64_t beats = s->beats[ours * s->bids_n + b];
        if (b == ours)
            continue;
        struct reply *r = figures_row(f, "beats");
        figures_name(r, "rival", f->made->bids[b]);
        reply_micro(r, "share", beats);
        reply_end(r);
        chances[n] = (beats + 50) / (MICRO_ONE / DECIMAL_ONE);
        none = none || chances[n] == 0;
        n++;
    }
    reply_micro(f->last, "friedman", formula_friedman(chances, n));
    reply_micro(f->last, "gates", none ? 0 : formula_gates(chances, n));
}

static void last_words(struct chance *c, const struct simulate_result *s)
{
    uint64_t none = 0;
    uint64_t any = 0;

    for (uint64_t i = 0; i < s->draws; i++) {
        none += s->thresholds[i] == 0.0;
        any += s->thresholds[i] == INFINITY;
    }
    /* In so many draws no price wins, or every price does. */
    reply_int(c->figures->last, "none", (int64_t)none);
    reply_int(c->figures->last, "any", (int64_t)any);
    if (c->ask.no_award > 0)
        reply_micro(c->figures->last, "no-award",
            c->ask.no_award * (MICRO_ONE / DECIMAL_ONE));
    if (s->lows != NULL)
        reply_int(c->figures->last, "tried", SIMULATE_GRID);
    rows_rivals(c->figures, s);
    chance_last(c, s);
}

static enum err tell_price(struct chance *c, const struct price_ask *ask)
{
    struct figures *f = c->figures;
    struct simulate_result *result = NULL;
    enum err err = chance_run(c, 0, true, &result);

    if (err == ERR_OK) {
        rows_chances(f, result, &ask->prices);
        rows_to_win(f, result, &ask->chances);
        err = rows_winning(f);
    }
    if (err == ERR_OK) {
        row_profit(f, result, ask);
        last_words(c, result);
    }
    simulate_result_free(&result);
    return err;
}

enum err figure_price(struct figures *f)
{
    struct chance chance;
    struct price_ask ask = {0};
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    err = read_ask(f, &ask);
    if (err == ERR_OK)
        err = tell_price(&chance, &ask);
    ask_fini(&ask);
    chance_fini(&chance);
    return err;
}
