/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_chance.c - how chances came about: counts and intervals.  One draw
 * of them stands in explain_draw.c.
 *
 * With the same seed=, draws= and other keys the draws are those of stress and
 * price.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain_draws.h"
#include "server/figure/chance.h"
#include "value/chance/simulate_confidence.h"
#include "value/chance/wilson.h"
#include "value/fraction.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Wilson's interval of a share that was counted. */
static void say_interval(
    struct figures *f, double won, int64_t share, uint64_t draws)
{
    int64_t low, high;
    const unsigned long long n = draws;
    const struct number room = explain_count(won);
    const char *count = room.text;

    wilson_interval(share, draws, &low, &high);
    explain_say(f,
        "low = the lower bound of Wilson at 95 %% = (%s / %llu + 1.959964 ^ "
        "2 / (2 x %llu) - 1.959964 x (%s / %llu x (1 - %s / %llu) / %llu + "
        "1.959964 ^ 2 / (4 x %llu ^ 2)) ^ 0.5) / (1 + 1.959964 ^ 2 / %llu) = "
        "%s",
        count, n, n, count, n, count, n, n, n, n, explain_micro(low).text);
    explain_say(f,
        "high = the upper bound of Wilson at 95 %% = (%s / %llu + 1.959964 ^ "
        "2 / (2 x %llu) + 1.959964 x (%s / %llu x (1 - %s / %llu) / %llu + "
        "1.959964 ^ 2 / (4 x %llu ^ 2)) ^ 0.5) / (1 + 1.959964 ^ 2 / %llu) = "
        "%s",
        count, n, n, count, n, count, n, n, n, n, explain_micro(high).text);
}

struct number explain_count(double draws)
{
    struct number made;
    double whole = floor(draws + 0.5);
    bool is_whole = fabs(draws - whole) < 0.005;

    (void)snprintf(made.text, sizeof made.text, is_whole ? "%.0f" : "%.6f",
        is_whole ? whole : draws);
    return made;
}

/* How many draws a share of them is; a tie counts its part. */
static double count_of(int64_t share, uint64_t draws)
{
    double count = (double)share / 1e6 * (double)draws;
    double whole = floor(count + 0.5);

    return fabs(count - whole) < 0.005 ? whole : count;
}

/* Of draws that are won, in millionths, rounded half up. */
static int64_t share_of(double won, uint64_t draws, int64_t left)
{
    return (int64_t)floor(
        won / (double)draws * (double)left * (MICRO_ONE / DECIMAL_ONE) + 0.5);
}

void explain_left(struct chance *c, double won, uint64_t draws)
{
    int64_t left = DECIMAL_ONE - c->ask.no_award;

    if (c->ask.no_award == 0)
        return;
    explain_say(c->figures,
        "x (1 - no-award) = %s / %llu x (1 - %s) = %s: that nothing is awarded "
        "is a rival of its own",
        explain_count(won).text, (unsigned long long)draws,
        explain_decimal(c->ask.no_award).text,
        explain_micro(share_of(won, draws, left)).text);
    explain_input(c->figures, c->figures->made->tender, FIELD_TENDER_NO_AWARD);
}

/* What is left of a bound, as it is told. */
static struct number bound_left(const struct chance *c, int64_t bound)
{
    int64_t left = DECIMAL_ONE - c->ask.no_award;

    return explain_micro((bound * left + DECIMAL_ONE / 2) / DECIMAL_ONE);
}

/* A chance that was counted, between its bounds, and what is left of them. */
static void say_counted(struct chance *c, double won, uint64_t draws)
{
    int64_t share = share_of(won, draws, DECIMAL_ONE);
    int64_t low, high;

    say_interval(c->figures, won, share, draws);
    explain_left(c, won, draws);
    if (c->ask.no_award == 0)
        return;
    wilson_interval(share, draws, &low, &high);
    struct number none = explain_decimal(c->ask.no_award);
    explain_say(c->figures, "low x (1 - no-award) = %s x (1 - %s) = %s",
        explain_micro(low).text, none.text, bound_left(c, low).text);
    explain_say(c->figures, "high x (1 - no-award) = %s x (1 - %s) = %s",
        explain_micro(high).text, none.text, bound_left(c, high).text);
}

static void say_draws(struct chance *c)
{
    explain_say(c->figures,
        "each draw can be followed: explain TENDER draw number=1, 2, ... with "
        "the same keys");
    explain_say(c->figures, "seed %llu, jury %s%s",
        (unsigned long long)c->ask.seed,
        explain_decimal(c->ask.correlation).text,
        c->jury_is_assumed ? " (assumed)" : "");
}

/* The draws themselves, of which the chance that nothing is awarded takes no
 * part. */
static enum err run_whole(struct chance *c, struct simulate_result **s)
{
    int64_t no_award = c->ask.no_award;

    c->ask.no_award = 0;
    enum err err = chance_run(c, 0, false, s);
    c->ask.no_award = no_award;
    return err;
}

enum err explain_wins(struct chance *c, size_t bid)
{
    struct figures *f = c->figures;
    struct simulate_result *s = NULL;
    enum err err = run_whole(c, &s);

    if (err != ERR_OK)
        return err;
    int64_t share = s->bids[bid].wins;
    double won = count_of(share, s->draws);
    explain_say(f,
        "wins = draws in which it has the most points, a tie counting its "
        "part, / draws = %s / %llu = %s",
        explain_count(won).text, (unsigned long long)s->draws,
        explain_micro(share).text);
    say_counted(c, won, s->draws);
    if (s->bids[bid].missing > 0)
        explain_say(f,
            "missing = draws in which it is not there or refused / draws = "
            "%s / %llu = %s",
            explain_count(count_of(s->bids[bid].missing, s->draws)).text,
            (unsigned long long)s->draws,
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
    enum err err = explain_find_bid(c->figures, &bid);

    return err == ERR_OK ? explain_wins(c, bid) : err;
}

/* The draws that a price wins, counted one by one. */
uint64_t explain_curve(struct figures *f, const struct simulate_result *s,
    struct number price, double at)
{
    uint64_t wins = 0;

    INSIST(s->draws > 0);
    for (uint64_t i = 0; i < s->draws && s->lows == NULL; i++)
        wins += s->thresholds[i] >= at;
    for (uint64_t i = 0; s->lows && i < s->spans_n; i++)
        wins += (uint64_t)(s->lows[i] <= at) - (uint64_t)(s->highs[i] < at);
    int64_t share = share_of((double)wins, s->draws, DECIMAL_ONE);
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
            (unsigned long long)s->draws, explain_micro(share).text);
    else
        explain_say(f,
            "chance at %s = draws in which one of them holds it / draws = %llu "
            "/ %llu = %s",
            price.text, (unsigned long long)wins, (unsigned long long)s->draws,
            explain_micro(share).text);
    return wins;
}

/* How many draws no price wins, and how many any does. */
static void tell_ends(struct figures *f, const struct simulate_result *s)
{
    uint64_t none = 0, any = 0;

    for (uint64_t i = 0; i < s->draws; i++) {
        none += s->thresholds[i] == 0.0;
        any += s->thresholds[i] == INFINITY;
    }
    explain_say(f,
        "none = draws - those that some price wins = %llu - %llu = %llu",
        (unsigned long long)s->draws, (unsigned long long)(s->draws - none),
        (unsigned long long)none);
    explain_say(f,
        "any = draws - those that a price high enough loses = %llu - %llu = "
        "%llu",
        (unsigned long long)s->draws, (unsigned long long)(s->draws - any),
        (unsigned long long)any);
}

/* A price as it is told elsewhere, with six decimals, is taken at four. */
static enum err read_price(struct figures *f, const char *word, int64_t *price)
{
    const char *dot = strchr(word, '.');
    size_t len = strlen(word);

    if (dot && strspn(dot + 1, "0123456789") == strlen(dot + 1) &&
        len > (size_t)(dot - word) + 5)
        len = (size_t)(dot - word) + 5;
    char *cut = mem_copy(word, len);
    enum err err = decimal_read(cut, price);
    free(cut);
    if (err == ERR_OK && *price >= 1)
        return ERR_OK;
    return fault_set(f->fault, ERR_ARG, "price", word, "a price above 0");
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
    err = read_price(f, word, &price);
    if (err == ERR_OK)
        err = chance_run(c, 0, true, &s);
    if (err != ERR_OK)
        return err;
    double at = (double)price / DECIMAL_ONE;
    uint64_t wins = explain_curve(f, s, explain_decimal(price), at);
    say_counted(c, (double)wins, s->draws);
    tell_ends(f, s);
    say_draws(c);
    simulate_result_free(&s);
    return ERR_OK;
}

/* The mean share of the weights over what the bid won of the draws. */
static void rows_central(
    struct figures *f, const struct simulate_result *s, size_t bid)
{
    const double won = count_of(s->bids[bid].wins, s->draws);

    explain_say(f, "central weights = mean share of each weight over the draws "
                   "that the bid wins, a tie counting its part:");
    for (size_t k = 0; k < s->criteria_n; k++) {
        int64_t central = s->central[bid * s->criteria_n + k];
        struct text name = {0};

        if (central == MODEL_ABSENT)
            continue;
        object_name(&name, f->made->criteria[k]);
        explain_say(f,
            "weight of %s = sum of its shares / draws won = %.6f / %s = %s",
            text_peek(&name), (double)central / 1e6 * won,
            explain_count(won).text, explain_micro(central).text);
        text_fini(&name);
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
    rows_central(f, s, bid);
    explain_say(f,
        "confidence = draws that it wins with exactly these weights, marks and "
        "prices drawn as before / draws = %s / %llu = %s",
        explain_count(count_of(confidence[bid], s->draws)).text,
        (unsigned long long)s->draws, explain_micro(confidence[bid]).text);
    return ERR_OK;
}

static enum err tell_confidence(struct chance *c)
{
    struct simulate_result *s = NULL;
    size_t bid;
    enum err err = explain_find_bid(c->figures, &bid);

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
    struct text sum = {0}, ranks = {0};

    for (size_t r = 0; r < s->bids_n; r++) {
        int64_t share = s->ranks[bid * s->bids_n + r];

        if (share == 0)
            continue;
        text_printf(&sum, "%s%zu x %s", sum.len ? " + " : "", r + 1,
            explain_micro(share).text);
        text_printf(&ranks, "%s%zu", ranks.len ? ", " : "", r + 1);
        explain_say(f,
            "share of rank %zu = draws in which it has it, a tie counting its "
            "part, / draws = %s / %llu = %s",
            r + 1, explain_count(count_of(share, s->draws)).text,
            (unsigned long long)s->draws, explain_micro(share).text);
    }
    if (b->mean_rank != MODEL_ABSENT)
        explain_say(f,
            "mean-rank = sum of rank x share / share of draws with it = (%s) / "
            "(1 - %s) = %s",
            text_peek(&sum), explain_micro(b->missing).text,
            explain_micro(b->mean_rank).text);
    if (ranks.len > 0) {
        explain_say(f, "best = the best rank it had = min(%s) = %lld",
            text_peek(&ranks), (long long)b->best);
        explain_say(f, "worst = the worst rank it had = max(%s) = %lld",
            text_peek(&ranks), (long long)b->worst);
    }
    text_fini(&sum);
    text_fini(&ranks);
}

static enum err tell_places(struct chance *c)
{
    struct simulate_result *s = NULL;
    size_t bid;
    enum err err = explain_find_bid(c->figures, &bid);

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
    enum err err = explain_find_bid(f, &bid);

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
    enum err err = explain_find_bid(f, &bid);

    if (err == ERR_OK)
        err = chance_run(c, 0, false, &s);
    if (err != ERR_OK)
        return err;
    if (s->weights_are_exact || s->bids[bid].wins == 0) {
        explain_say(
            f, "there is none: the bid never wins, or the weights are exact");
    } else {
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
        {"draw", explain_draw}, {"confidence", tell_confidence},
        {"places", tell_places}, {"beats", tell_beats},
        {"central", tell_central}, {"order", explain_orders}};
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
