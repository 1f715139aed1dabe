/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_rest.c - how the figures beside the points came about: panels, leads
 * by criterion, tests of low prices, paradoxes, weights that make a tie.
 */
#include "server/explain/explain.h"
#include "value/award/award.h"
#include "value/award/low_price.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void put_list(struct text *to, const int64_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        text_printf(to, "%s%s", i ? ", " : "", explain_decimal(values[i]).text);
}

static void say_panel(struct figures *f, const struct tender_panel *p)
{
    struct number mean = explain_micro(p->mean);
    struct text all = {0};
    struct text squares = {0};
    struct text ones = {0};

    if (p->round)
        explain_say(f, "round %lld of marking:", (long long)p->round);
    put_list(&all, p->values, p->n);
    for (size_t i = 0; i < p->n; i++)
        text_puts(&ones, i ? " + 1" : "1");
    for (size_t i = 0; i < p->n; i++)
        text_printf(&squares, "%s(%s - %s) ^ 2", i ? " + " : "",
            explain_decimal(p->values[i]).text, mean.text);
    explain_say(f, "marks = one of each person, the newest = %s = %zu",
        text_peek(&ones), p->n);
    explain_say(f, "mean of the newest mark of each = mean(%s) = %s",
        text_peek(&all), mean.text);
    if (p->n == 1)
        explain_say(f, "deviation = that of one mark alone = 0 = %s",
            explain_micro(p->deviation).text);
    else
        explain_say(f,
            "deviation = square root of the sum of squares / (marks - 1) = "
            "((%s) / (%zu - 1)) ^ 0.5 = %s",
            text_peek(&squares), p->n, explain_micro(p->deviation).text);
    explain_say(f, "range = max(%s) - min(%s) = %s", text_peek(&all),
        text_peek(&all), explain_micro(p->range).text);
    if (p->moderated != MODEL_ABSENT)
        explain_say(f, "change by moderation = moderated - mean = %s - %s = %s",
            explain_micro(p->moderated).text, mean.text,
            explain_micro(p->moderated - p->mean).text);
    text_fini(&all);
    text_fini(&squares);
    text_fini(&ones);
}

static void say_next_round(struct figures *f, const struct tender_panel *p,
    const struct tender_panel *before)
{
    if (p->round == 0 || before == NULL || p->moderated != MODEL_ABSENT)
        return;
    explain_say(f, "change since the round before = %s - %s = %s",
        explain_micro(p->mean).text, explain_micro(before->mean).text,
        explain_micro(p->mean - before->mean).text);
}

enum err explain_panel(struct figures *f)
{
    size_t bid, k;
    enum err err = explain_find_bid(f, &bid);

    if (err == ERR_OK)
        err = explain_find_criterion(f, &k);
    if (err != ERR_OK)
        return err;
    const struct tender_panel *before = NULL;
    for (size_t i = 0; i < f->made->panels_n; i++) {
        const struct tender_panel *p = &f->made->panels[i];
        if (p->bid != bid || p->criterion != k)
            continue;
        say_panel(f, p);
        say_next_round(f, p, before);
        before = p->round ? p : NULL;
    }
    explain_marks(f, f->made->bids[bid], f->made->criteria[k]);
    return ERR_OK;
}

/* The best points of a rival on a criterion. */
static size_t find_rival(const struct award_result *a, size_t k)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < a->bids_n; b++) {
        int64_t points = a->points[b * a->criteria_n + k];
        if (b == a->ours || points == MODEL_ABSENT)
            continue;
        if (best == MODEL_NOWHERE ||
            points > a->points[best * a->criteria_n + k])
            best = b;
    }
    return best;
}

static void say_ahead(struct figures *f, const struct award_result *a, size_t k)
{
    size_t rival = find_rival(a, k);
    int64_t own = a->points[a->ours * a->criteria_n + k];

    if (rival == MODEL_NOWHERE || own == MODEL_ABSENT) {
        explain_say(f, "there are no points to compare on it");
        return;
    }
    int64_t theirs = a->points[rival * a->criteria_n + k];
    explain_say(f,
        "lead = our points - those of the best rival on it = %s - %s = %s",
        explain_micro(own).text, explain_micro(theirs).text,
        explain_micro(own - theirs).text);
    if (a->rival == MODEL_NOWHERE)
        return;
    theirs = a->points[a->rival * a->criteria_n + k];
    explain_say(f,
        "over-best = our points - those of the best other bid = %s - %s = %s",
        explain_micro(own).text, explain_micro(theirs).text,
        explain_micro(own - theirs).text);
}

enum err explain_ahead(struct figures *f)
{
    struct award_result *a = NULL;
    size_t k;
    enum err err = explain_find_criterion(f, &k);

    if (err == ERR_OK)
        err = figures_award(f, &a);
    if (err != ERR_OK)
        return err;
    say_ahead(f, a, k);
    explain_say(f, "points of each: explain TENDER points bid= criterion=");
    award_free(&a);
    return ERR_OK;
}

enum err explain_paradox(struct figures *f)
{
    struct award_result *a = NULL;
    size_t bid;
    enum err err = explain_find_bid(f, &bid);

    if (err == ERR_OK)
        err = figures_award(f, &a);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < a->paradoxes_n; i++) {
        const struct award_paradox *p = &a->paradoxes[i];
        for (size_t b = 0; b < a->bids_n && p->without == bid; b++) {
            if (p->points[b] == MODEL_ABSENT)
                continue;
            struct reply *r = figures_row(f, "part");
            figures_name(r, "bid", f->made->bids[b]);
            reply_micro(r, "points", p->points[b]);
            reply_end(r);
        }
    }
    explain_say(f,
        "totals as if it had not been made: explain TENDER total bid=OTHER "
        "with=%s.state=withdrawn",
        f->bid);
    award_free(&a);
    return ERR_OK;
}

/* The prices that a test takes the mean of. */
static void put_others(
    struct text *to, const struct award_result *a, size_t apart, int64_t most)
{
    const char *before = "";

    for (size_t b = 0; b < a->bids_n; b++) {
        if (b == apart || !a->bids[b].admitted || a->bids[b].price > most)
            continue;
        text_printf(to, "%s%s", before, explain_micro(a->bids[b].price).text);
        before = ", ";
    }
}

static void say_low(struct figures *f, enum low_price test,
    const struct award_result *a, size_t bid, int64_t limit)
{
    struct text others = {0};
    struct text all = {0};
    const char *word = low_price_word(test);
    int64_t sum = 0;
    size_t n = 0;

    for (size_t b = 0; b < a->bids_n; b++) {
        sum += a->bids[b].admitted ? a->bids[b].price : 0;
        n += a->bids[b].admitted;
    }
    put_others(&others, a, bid, INT64_MAX);
    put_others(&all, a, MODEL_NOWHERE,
        test == LOW_DOUBLE_MEAN ? sum / (int64_t)n * 12 / 10 : INT64_MAX);
    switch (test) {
    case LOW_OTHERS:
        explain_say(f, "%s: limit = 0.6 x mean(%s) = %s", word,
            text_peek(&others), explain_micro(limit).text);
        break;
    case LOW_NEXT:
        explain_say(f, "%s: limit = 0.7 x min(%s) = %s", word,
            text_peek(&others), explain_micro(limit).text);
        break;
    case LOW_EU_DRAFT:
        explain_say(f, "%s: limit = min(0.5 x mean(%s), 0.8 x min(%s)) = %s",
            word, text_peek(&others), text_peek(&others),
            explain_micro(limit).text);
        break;
    default:
        explain_say(f, "%s: limit = 0.9 x mean(%s) = %s", word, text_peek(&all),
            explain_micro(limit).text);
        break;
    }
    text_fini(&others);
    text_fini(&all);
}

static void say_tests(
    struct figures *f, const struct award_result *a, size_t bid)
{
    int64_t *prices = mem_new(a->bids_n * sizeof *prices);
    size_t n = 0;
    size_t at = 0;

    for (size_t b = 0; b < a->bids_n; b++) {
        if (!a->bids[b].admitted || a->bids[b].price <= 0)
            continue;
        at = b == bid ? n : at;
        prices[n++] = a->bids[b].price / 100;
    }
    for (int test = 0; test < LOW_COUNT && a->bids[bid].admitted; test++) {
        int64_t limit;
        bool fails;

        if (n > at && low_price_limit(
                          (enum low_price)test, prices, n, at, &limit, &fails))
            say_low(f, (enum low_price)test, a, bid, limit);
    }
    free(prices);
}

enum err explain_low_price(struct figures *f)
{
    struct award_result *a = NULL;
    size_t bid;
    enum err err = explain_find_bid(f, &bid);

    if (err == ERR_OK)
        err = figures_award(f, &a);
    if (err != ERR_OK)
        return err;
    say_tests(f, a, bid);
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    award_free(&a);
    return ERR_OK;
}

/* A total before any published rounding, which flips are about. */
static void put_unrounded(struct figures *f, const struct award_result *a,
    size_t bid, struct text *to)
{
    const struct model *m = &f->made->model;

    if (!model_rounds_points(m) && m->round_total == 0) {
        text_puts(to, explain_micro(a->bids[bid].points).text);
        return;
    }
    for (size_t k = 0; k < a->criteria_n; k++)
        text_printf(to, "%s%s x %s", k ? " + " : "",
            explain_decimal(m->criteria[k].weight.likely).text,
            explain_micro(a->shares[bid * a->criteria_n + k]).text);
    if (m->bids[bid].bonus)
        text_printf(to, " + (%s)", explain_decimal(m->bids[bid].bonus).text);
}

enum err explain_flip(struct figures *f, const struct award_result *a)
{
    size_t k;
    enum err err = explain_find_criterion(f, &k);

    if (err != ERR_OK)
        return err;
    if (a->rival == MODEL_NOWHERE) {
        explain_say(f, "there is no rival to tie with");
        return ERR_OK;
    }
    size_t ours = a->ours * a->criteria_n + k;
    size_t rival = a->rival * a->criteria_n + k;
    if (a->criteria[k].flip.change == MODEL_ABSENT) {
        explain_say(f, "no change of this weight makes the two tie: their "
                       "shares are the same, or totals do not add up");
        return ERR_OK;
    }
    struct text own = {0}, theirs = {0};
    put_unrounded(f, a, a->ours, &own);
    put_unrounded(f, a, a->rival, &theirs);
    explain_say(f,
        "change = (total of the best rival - our total) / (our share - its "
        "share) = (%s - (%s)) / (%s - %s) = %s",
        text_peek(&theirs), text_peek(&own),
        explain_micro(a->shares[ours]).text,
        explain_micro(a->shares[rival]).text,
        explain_micro(a->criteria[k].flip.change).text);
    text_fini(&own);
    text_fini(&theirs);
    explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    return ERR_OK;
}
