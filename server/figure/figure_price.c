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

/* Calls act for each decimal of a list, comma between them. */
static enum err each_decimal(struct figures *f, const char *key, int64_t low,
    int64_t high, const char *allowed,
    void (*act)(struct figures *, const struct simulate_result *, int64_t),
    const struct simulate_result *s)
{
    char *words = mem_text(request_key(f->request, key));
    char *rest = words;
    enum err err = ERR_OK;

    for (char *word; err == ERR_OK && (word = strsep(&rest, ",")) != NULL;) {
        int64_t value;

        if (decimal_read(word, &value) == ERR_OK && value >= low &&
            value <= high)
            act(f, s, value);
        else
            err = fault_set(f->fault, ERR_ARG, key, word, allowed);
    }
    free(words);
    return err;
}

static void act_price(
    struct figures *f, const struct simulate_result *s, int64_t price)
{
    row_chance(f, s, unit_of(price), false);
}

static void act_chance(
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

static enum err rows_chances(struct figures *f, const struct simulate_result *s)
{
    const struct model_bid *ours = &f->made->model.bids[f->made->model.ours];
    enum err err = ERR_OK;

    if (ours->price.low != MODEL_ABSENT)
        row_chance(f, s, unit_of(ours->price.likely), true);
    if (request_key(f->request, "prices"))
        err = each_decimal(
            f, "prices", 1, INT64_MAX, "prices above 0", act_price, s);
    else
        rows_grid(f, s);
    return err;
}

static enum err rows_to_win(struct figures *f, const struct simulate_result *s)
{
    static const int64_t usual[] = {9000, 7000, 5000, 3000, 1000};

    if (request_key(f->request, "pwin"))
        return each_decimal(f, "pwin", 1, DECIMAL_ONE,
            "chances above 0, at most 1", act_chance, s);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        act_chance(f, s, usual[i]);
    return ERR_OK;
}

/* The least chance that pwin= asks for, micro; 0 without it. */
static int64_t least_chance(const struct figures *f)
{
    const char *word = request_key(f->request, "pwin");
    int64_t chance;

    if (word == NULL || decimal_read(word, &chance) != ERR_OK)
        return 0;
    return chance * (MICRO_ONE / DECIMAL_ONE);
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

static enum err row_profit(struct figures *f, const struct simulate_result *s)
{
    const struct model_bid *ours = &f->made->model.bids[f->made->model.ours];
    int64_t margin = 0;
    double price, profit;
    enum err err = chance_decimal(f, "margin", 0, INT64_MAX / DECIMAL_ONE,
        "an amount, 0 or more", &margin);

    if (err != ERR_OK)
        return err;
    if (ours->cost == MODEL_ABSENT) {
        if (request_key(f->request, "margin") == NULL)
            return ERR_OK;
        return fault_set(f->fault, ERR_STATE, "cost", "nothing",
            "a cost of our bid, from which the margin is reckoned");
    }
    simulate_best_offer(s, unit_of(ours->cost), unit_of(margin),
        least_chance(f), &price, &profit);
    struct reply *r = figures_row(f, "profit");
    reply_micro(r, "cost", ours->cost * (MICRO_ONE / DECIMAL_ONE));
    if (margin > 0)
        reply_micro(r, "margin", margin * (MICRO_ONE / DECIMAL_ONE));
    if (price > 0.0) {
        reply_micro(r, "price", micro_of(price));
        reply_micro(r, "wins", simulate_win_at(s, price));
        reply_micro(r, "profit", (int64_t)floor(profit * 1e6 + 0.5));
    } else {
        reply_word(r, "price", "none");
    }
    reply_end(r);
    return ERR_OK;
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

enum err figure_price(struct figures *f)
{
    struct chance chance;
    struct simulate_result *result = NULL;
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    err = chance_run(&chance, 0, true, &result);
    if (err == ERR_OK)
        err = rows_chances(f, result);
    if (err == ERR_OK)
        err = rows_to_win(f, result);
    if (err == ERR_OK)
        err = rows_winning(f);
    if (err == ERR_OK)
        err = row_profit(f, result);
    if (err == ERR_OK)
        last_words(&chance, result);
    simulate_result_free(&result);
    chance_fini(&chance);
    return err;
}
