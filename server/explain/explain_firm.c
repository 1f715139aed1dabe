/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_firm.c - how the figures came about that say what would change the
 * winner, and what each element brings; to be followed by hand.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain.h"
#include "server/figure/chance.h"
#include "value/award/award.h"
#include "value/firm/stability.h"
#include "value/fraction.h"

#include <stdlib.h>
#include <string.h>

/* What all of these need. */
struct firm {
    struct chance *chance;
    struct figures *f;
    const struct award_result *a;
    const struct stability_result *s;
};

static int64_t share_of(const struct firm *x, size_t bid, size_t k)
{
    return x->a->shares[bid * x->a->criteria_n + k];
}

/* What the rival is ahead on the other criteria, and their weights. */
static void put_others(const struct firm *x, size_t rival, size_t but,
    struct text *ahead, struct text *weights)
{
    for (size_t k = 0; k < x->a->criteria_n; k++) {
        const char *plus = weights->len ? " + " : "";
        struct number weight =
            explain_decimal(x->f->made->model.criteria[k].weight.likely);

        if (k == but)
            continue;
        text_printf(ahead, "%s%s x (%s - %s)", plus, weight.text,
            explain_micro(share_of(x, rival, k)).text,
            explain_micro(share_of(x, x->s->leader, k)).text);
        text_printf(weights, "%s%s", plus, weight.text);
    }
}

static double rest_of(const struct firm *x, size_t rival, size_t but)
{
    double sum = 0.0, weights = 0.0;

    for (size_t k = 0; k < x->a->criteria_n; k++) {
        double weight =
            (double)x->f->made->model.criteria[k].weight.likely / DECIMAL_ONE;
        if (k == but)
            continue;
        weights += weight;
        sum += weight *
               (double)(share_of(x, rival, k) - share_of(x, x->s->leader, k)) /
               1e6;
    }
    return sum / weights;
}

/* Where a rival draws level when the share of one weight is changed. */
static void say_end(const struct firm *x, size_t k, size_t rival, bool is_low)
{
    size_t leader = x->s->leader;
    int64_t end = is_low ? x->s->criteria[k].low : x->s->criteria[k].high;
    struct text name = {0}, ahead = {0}, weights = {0};

    if (rival == MODEL_NOWHERE) {
        explain_say(x->f,
            is_low ? "low = no bid takes over, whatever the weight = 0 = %s"
                   : "high = no bid takes over, whatever the weight = 1 = %s",
            explain_micro(end).text);
        return;
    }
    object_name(&name, x->f->made->bids[rival]);
    put_others(x, rival, k, &ahead, &weights);
    int64_t a = share_of(x, leader, k) - share_of(x, rival, k);
    double b = rest_of(x, rival, k);
    explain_say(x->f,
        "a = share of the leader on it - share of %s = %s - %s = %s",
        text_peek(&name), explain_micro(share_of(x, leader, k)).text,
        explain_micro(share_of(x, rival, k)).text, explain_micro(a).text);
    explain_say(x->f,
        "b = lead of %s on the other criteria / their weights = (%s) / (%s) = "
        "%.6f",
        text_peek(&name), text_peek(&ahead), text_peek(&weights), b);
    explain_say(x->f,
        is_low ? "low = where they are level = b / (a + b) = %.6f / (%s + "
                 "%.6f) = %s"
               : "high = where they are level = b / (a + b) = %.6f / (%s + "
                 "%.6f) = %s",
        b, explain_micro(a).text, b, explain_micro(end).text);
    text_fini(&name);
    text_fini(&ahead);
    text_fini(&weights);
}

static enum err tell_interval(const struct firm *x)
{
    size_t k;
    enum err err = explain_find_criterion(x->f, &k);

    if (err != ERR_OK)
        return err;
    struct text all = {0};
    for (size_t i = 0; i < x->a->criteria_n; i++)
        text_printf(&all, "%s%s", i ? " + " : "",
            explain_decimal(x->f->made->model.criteria[i].weight.likely).text);
    explain_say(x->f, "weight = its weight / sum of weights = %s / (%s) = %s",
        explain_decimal(x->f->made->model.criteria[k].weight.likely).text,
        text_peek(&all), explain_micro(x->s->criteria[k].weight).text);
    text_fini(&all);
    explain_say(x->f, "the leader stays between low and high, all other "
                      "weights keeping their proportions");
    if (x->s->criteria[k].weight < MICRO_ONE) {
        say_end(x, k, x->s->criteria[k].below, true);
        say_end(x, k, x->s->criteria[k].above, false);
    }
    explain_input(x->f, x->f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    return ERR_OK;
}

static enum err tell_mark(const struct firm *x)
{
    const struct model *m = &x->f->made->model;
    size_t k;
    enum err err = explain_find_criterion(x->f, &k);

    if (err != ERR_OK)
        return err;
    if (x->s->criteria[k].mark == MODEL_ABSENT) {
        explain_say(x->f,
            "no mark on it makes a tie: it is a price, a table of "
            "levels or without weight, or the scale ends before");
        return ERR_OK;
    }
    explain_say(x->f,
        "change = -(lead) x scale-max / weight = -(%s) x %s / %s = %s, rounded "
        "away from 0",
        explain_micro(x->a->bids[x->a->ours].lead).text,
        explain_decimal(m->criteria[k].scale_max).text,
        explain_decimal(m->criteria[k].weight.likely).text,
        explain_micro(x->s->criteria[k].mark).text);
    return ERR_OK;
}

/* The criterion that has most left to give. */
static size_t next_giver(const struct firm *x, size_t rival, const double *left)
{
    size_t leader = x->s->leader;
    size_t best = MODEL_NOWHERE;

    for (size_t k = 0; k < x->a->criteria_n; k++) {
        int64_t lead = share_of(x, leader, k) - share_of(x, rival, k);
        if (left[k] > 0.0 &&
            (best == MODEL_NOWHERE ||
                lead > share_of(x, leader, best) - share_of(x, rival, best)))
            best = k;
    }
    return best;
}

static size_t find_taker(const struct firm *x, size_t rival)
{
    size_t leader = x->s->leader;
    size_t best = 0;

    for (size_t k = 1; k < x->a->criteria_n; k++)
        if (share_of(x, leader, k) - share_of(x, rival, k) <
            share_of(x, leader, best) - share_of(x, rival, best))
            best = k;
    return best;
}

/* One move after the other, until the gap is gone. */
static void say_moves(
    const struct firm *x, size_t rival, struct text *mass, struct text *closed)
{
    const struct model *m = &x->f->made->model;
    size_t leader = x->s->leader;
    size_t taker = find_taker(x, rival);
    double *left = mem_new(m->criteria_n * sizeof *left);
    double gap = (double)x->s->rivals[rival].gap / 1e6;
    double rest = (double)x->s->rivals[rival].mass / 1e6;

    for (size_t k = 0; k < m->criteria_n; k++)
        left[k] = k == taker
                      ? 0.0
                      : (double)m->criteria[k].weight.likely / DECIMAL_ONE;
    for (size_t k;
         gap > 5e-7 && (k = next_giver(x, rival, left)) != MODEL_NOWHERE;) {
        double worth =
            (double)(share_of(x, leader, k) - share_of(x, rival, k) -
                     share_of(x, leader, taker) + share_of(x, rival, taker)) /
            1e6;
        if (worth <= 0.0)
            break;
        /* The last one is told by the exact sum, of which shares that were
         * rounded fall short. */
        bool last = gap / worth <= left[k] + 1e-5;
        double moved = last ? rest : left[k];
        struct reply *r = figures_row(x->f, "move");
        figures_name(r, "from", x->f->made->criteria[k]);
        figures_name(r, "to", x->f->made->criteria[taker]);
        reply_micro(r, "weight", (int64_t)(moved * 1e6 + 0.5));
        reply_micro(r, "worth", (int64_t)(worth * 1e6 + 0.5));
        reply_end(r);
        text_printf(mass, "%s%.6f", mass->len ? " + " : "", moved);
        text_printf(
            closed, "%s%.6f x %.6f", closed->len ? " + " : "", moved, worth);
        gap = last ? 0.0 : gap - moved * worth;
        rest -= moved;
        left[k] = 0.0;
    }
    free(left);
}

static enum err tell_mass(const struct firm *x)
{
    struct figures *f = x->f;
    size_t bid;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, x->a->bids_n, &bid);

    if (err != ERR_OK)
        return err;
    const struct stability_rival *rival = &x->s->rivals[bid];
    if (rival->gap == MODEL_ABSENT) {
        explain_say(f, "the bid leads, or is not admitted");
        return ERR_OK;
    }
    const struct award_bid *leader = &x->a->bids[x->s->leader];
    struct text mass = {0}, closed = {0};
    /* Published totals may be rounded, and these are not. */
    if (leader->points - x->a->bids[bid].points == rival->gap)
        explain_say(f, "gap = points of the leader - its points = %s - %s = %s",
            explain_micro(leader->points).text,
            explain_micro(x->a->bids[bid].points).text,
            explain_micro(rival->gap).text);
    if (rival->mass == MODEL_ABSENT) {
        explain_say(f, "no weights bring it level");
        return ERR_OK;
    }
    explain_say(f, "worth: each point of weight moved closes the gap by (lead "
                   "of the leader in share on the one criterion) - (on the "
                   "other)");
    say_moves(x, bid, &mass, &closed);
    explain_say(f, "mass = sum of the weights moved = %s = %s",
        text_peek(&mass), explain_micro(rival->mass).text);
    explain_say(f, "gap = sum of weight moved x worth = %s = %s",
        text_peek(&closed), explain_micro(rival->gap).text);
    text_fini(&mass);
    text_fini(&closed);
    return ERR_OK;
}

static enum err explain_stable(struct figures *f, struct chance *chance)
{
    static const struct {
        const char *word;
        enum err (*tell)(const struct firm *x);
    } rows[] = {
        {"interval", tell_interval}, {"mark", tell_mark}, {"mass", tell_mass}};
    struct award_result *a = NULL;
    struct stability_result *s = NULL;
    enum err err = award_compute(&f->made->model, &a);

    if (err == ERR_OK)
        err = stability_compute(&f->made->model, &s);
    if (err != ERR_OK) {
        award_free(&a);
        return figures_lack(f, FIGURE_DECIDER);
    }
    const struct firm x = {chance, f, a, s};
    if (!s->adds_up || s->leader == MODEL_NOWHERE)
        explain_say(f, "points are not added up by weight, or nobody leads: "
                       "there is no such figure");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (s->adds_up && s->leader != MODEL_NOWHERE &&
            strcmp(rows[i].word, f->figure) == 0)
            err = rows[i].tell(&x);
    stability_free(&s);
    award_free(&a);
    return err;
}

enum err explain_firm(struct figures *f)
{
    struct chance chance;
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    err = strcmp(f->figure, "share") == 0 ? explain_shares(&chance)
                                          : explain_stable(f, &chance);
    chance_fini(&chance);
    return err;
}
