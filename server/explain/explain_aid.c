/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_aid.c - how the aids came to their numbers: what needs weigh that
 * were compared two by two, nearness to the best, preference over the others.
 *
 * Coverages are small fractions; what is carried from one line to the next
 * stands with twelve decimals, so that the last one comes out to six.
 */
#include "server/explain/explain_aid.h"

#include "protocol/base_mem.h"
#include "server/figure/aid.h"
#include "value/fraction.h"
#include "value/gap/kendall.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct number fine(double value)
{
    struct number made;
    size_t len = (size_t)snprintf(made.text, sizeof made.text, "%.12f", value);

    while (made.text[len - 1] == '0')
        made.text[--len] = '\0';
    if (made.text[len - 1] == '.')
        made.text[--len] = '\0';
    return made;
}

/* The place of an index of the model in a list; n where it is not there. */
static size_t place_of(const size_t *list, size_t n, size_t of)
{
    size_t at = 0;

    while (at < n && list[at] != of)
        at++;
    return at;
}

/* The need of a key among those that count; *at stays without the key. */
static enum err find_need(struct figures *f, const char *key,
    const size_t *list, size_t n, size_t *at)
{
    const char *word = request_key(f->request, key);
    size_t need;

    if (word == NULL)
        return ERR_OK;
    enum err err = explain_find_key(
        f, key, word, f->made->needs, f->made->model.needs_n, &need);
    if (err == ERR_OK && place_of(list, n, need) == n)
        err = fault_set(f->fault, ERR_ARG, key, word, "a need of this aid");
    if (err == ERR_OK)
        *at = place_of(list, n, need);
    return err;
}

/* Comparisons in pairs. */

/* What each row of the table makes of the weights: how many times it matters
 * more than each, times what that weighs. */
static void put_row(const struct aid_compared *c, size_t row, struct text *to)
{
    for (size_t k = 0; k < c->n; k++)
        text_printf(to, "%s%s x %s", k ? " + " : "",
            fine(c->pairs[row * c->n + k]).text, fine(c->weights[k]).text);
}

static void say_lambda(const struct aid_compared *c)
{
    struct text all = {0};

    for (size_t i = 0; i < c->n; i++) {
        text_puts(&all, i ? " + " : "");
        put_row(c, i, &all);
    }
    explain_say(c->f,
        "lambda = sum over every two needs of how many times more the one "
        "matters x what the other weighs = %s = %s",
        text_peek(&all), explain_micro(aid_micro(c->told.lambda)).text);
    text_fini(&all);
    if (c->n > 1)
        explain_say(c->f,
            "index = (lambda - needs) / (needs - 1) = (%s - %zu) / (%zu - 1) = "
            "%s",
            fine(c->told.lambda).text, c->n, c->n,
            explain_micro(aid_micro(c->told.index)).text);
    if (c->n > 2)
        explain_say(c->f,
            "ratio = index / that of answers given at random (Saaty 1980) = %s "
            "/ %s = %s",
            fine(c->told.index).text,
            explain_micro(aid_micro(mcda_random(c->n))).text,
            explain_micro(aid_micro(c->told.ratio)).text);
}

static void say_compared(const struct aid_compared *c, size_t at)
{
    struct text sum = {0};

    put_row(c, at, &sum);
    explain_say(c->f,
        "weights sum to 1 and are those that the comparisons give back, lambda "
        "times as large: weight = sum of how many times more it matters x what "
        "the other weighs / lambda = (%s) / %s = %s",
        text_peek(&sum), fine(c->told.lambda).text,
        explain_micro(aid_micro(c->weights[at])).text);
    text_fini(&sum);
    explain_say(c->f,
        "importance = 10 x weight / the largest weight = 10 x %s / %s = %s",
        fine(c->weights[at]).text, fine(aid_most(c)).text,
        explain_micro(aid_micro(aid_importance(c, at))).text);
}

static enum err explain_ahp(struct figures *f)
{
    struct aid_compared c;
    enum err err = aid_weigh(f, &c);

    if (err != ERR_OK)
        return err;
    size_t need = c.n, over = c.n;
    err = find_need(f, "need", c.needs, c.n, &need);
    if (err == ERR_OK)
        err = find_need(f, "over", c.needs, c.n, &over);
    if (err != ERR_OK)
        return err;
    if (need < c.n)
        say_compared(&c, need);
    if (need < c.n && over < c.n)
        explain_say(f,
            "fits = weight of the one / weight of the other = %s / %s = %s",
            fine(c.weights[need]).text, fine(c.weights[over]).text,
            explain_micro(aid_micro(c.weights[need] / c.weights[over])).text);
    say_lambda(&c);
    return ERR_OK;
}

/* Rankings. */

static double cover_of(const struct aid_ranked *k, size_t bid, size_t need)
{
    return k->values[bid * k->needs_n + need];
}

static void say_weight(const struct aid_ranked *k, size_t need)
{
    const struct model *m = &k->f->made->model;
    bool *only = mem_new((m->segments_n + 1) * sizeof *only);

    for (size_t s = 0; s < m->segments_n; s++)
        only[s] = k->segment == MODEL_NOWHERE || k->segment == s;
    explain_need_weight(
        k->f, only, k->needs[need], aid_micro(k->weights[need]));
    free(only);
}

/* What brings coverages of a need to a common scale: a root, or a range. */
static void put_scale(const struct aid_ranked *k, size_t need, double low,
    double high, struct text *to)
{
    if (k->by_range) {
        text_printf(to, "(%s - %s)", fine(high).text, fine(low).text);
        return;
    }
    text_putc(to, '(');
    for (size_t b = 0; b < k->bids_n; b++)
        text_printf(
            to, "%s%s ^ 2", b ? " + " : "", fine(cover_of(k, b, need)).text);
    text_puts(to, ") ^ 0.5");
}

/* How far a bid is from the best and from the worst. */
struct distances {
    struct text to_best, to_worst; /* squares to add */
    double best, worst;            /* sums of them */
};

static void add_square(struct text *to, double *sum, double weight, double one,
    double other, const struct text *scale, double by)
{
    double far = weight * (one - other) / by;

    *sum += far * far;
    text_printf(to, "%s(%s x (%s - %s) / %s) ^ 2", to->len ? " + " : "",
        fine(weight).text, fine(one).text, fine(other).text, scale->bytes);
}

static void add_distances(
    const struct aid_ranked *k, size_t bid, size_t need, struct distances *d)
{
    double low = cover_of(k, 0, need), high = low, squares = 0.0;
    double own = cover_of(k, bid, need);
    struct text scale = {0};

    for (size_t b = 0; b < k->bids_n; b++) {
        double cover = cover_of(k, b, need);
        low = fmin(low, cover);
        high = fmax(high, cover);
        squares += cover * cover;
    }
    /* All alike are as near to the best as to the worst. */
    if (!(high > low))
        return;
    double by = k->by_range ? high - low : sqrt(squares);
    put_scale(k, need, low, high, &scale);
    add_square(&d->to_best, &d->best, k->weights[need], high, own, &scale, by);
    add_square(&d->to_worst, &d->worst, k->weights[need], own, low, &scale, by);
    text_fini(&scale);
}

static void say_distances(
    struct figures *f, const struct distances *d, int64_t score)
{
    const struct number best = fine(sqrt(d->best));
    const struct number worst = fine(sqrt(d->worst));

    explain_say(f,
        "distance from the best = root of the sum of squares of weight x what "
        "is short of the best coverage / scale = (%s) ^ 0.5 = %s",
        text_peek(&d->to_best), best.text);
    explain_say(f,
        "distance from the worst = root of the sum of squares of weight x what "
        "is above the worst coverage / scale = (%s) ^ 0.5 = %s",
        text_peek(&d->to_worst), worst.text);
    explain_say(f,
        "score = distance from the worst / (distance from the best + that "
        "from the worst) = %s / (%s + %s) = %s",
        worst.text, best.text, worst.text, explain_micro(score).text);
}

static void say_nearness(const struct aid_ranked *k, size_t bid)
{
    struct distances d = {0};

    for (size_t n = 0; n < k->needs_n; n++)
        add_distances(k, bid, n, &d);
    if (d.best + d.worst > 0.0)
        say_distances(k->f, &d, k->score[bid]);
    else
        explain_say(k->f,
            "all are alike on every need: score = a half = 1 / 2 = 0.500000");
    text_fini(&d.to_best);
    text_fini(&d.to_worst);
}

/* How far a difference is preferred: not up to q, in full from p on. */
static double put_preference(
    const struct aid_ranked *k, double one, double other, struct text *to)
{
    double far = mcda_prefer(
        one - other, (double)k->q / DECIMAL_ONE, (double)k->p / DECIMAL_ONE);

    /* Where nothing lies between q and p there is nothing to divide by. */
    if (k->p == k->q)
        text_puts(to, fine(far).text);
    else
        text_printf(to, "max(0, min(1, (%s - %s - %s) / (%s - %s)))",
            fine(one).text, fine(other).text, explain_decimal(k->q).text,
            explain_decimal(k->p).text, explain_decimal(k->q).text);
    return far;
}

/* By how much it is preferred to another, less by how much that is to it. */
static double say_flow_over(
    const struct aid_ranked *k, size_t bid, size_t rival)
{
    struct text sum = {0}, name = {0};
    double flow = 0.0;

    for (size_t n = 0; n < k->needs_n; n++) {
        double one = cover_of(k, bid, n), other = cover_of(k, rival, n);
        text_printf(&sum, "%s%s x (", n ? " + " : "", fine(k->weights[n]).text);
        flow += k->weights[n] * put_preference(k, one, other, &sum);
        text_puts(&sum, " - ");
        flow -= k->weights[n] * put_preference(k, other, one, &sum);
        text_putc(&sum, ')');
    }
    object_name(&name, k->f->made->bids[k->bids[rival]]);
    explain_say(k->f,
        "over %s = sum of weight x (how far it is preferred - how far the "
        "other is) = %s = %s",
        text_peek(&name), text_peek(&sum), fine(flow).text);
    text_fini(&sum);
    text_fini(&name);
    return flow;
}

static void say_flow(const struct aid_ranked *k, size_t bid)
{
    struct text all = {0};
    size_t rivals = k->bids_n - 1;

    for (size_t b = 0; b < k->bids_n; b++)
        if (b != bid)
            text_printf(&all, "%s%s", all.len ? " + " : "",
                fine(say_flow_over(k, bid, b)).text);
    if (rivals == 0)
        explain_say(k->f, "there is nobody to be preferred to: score = 0");
    else
        explain_say(k->f,
            "score = sum over the others / others = (%s) / %zu = %s",
            text_peek(&all), rivals, explain_micro(k->score[bid]).text);
    text_fini(&all);
}

static void say_users(const struct aid_ranked *k, size_t bid)
{
    struct text sum = {0};

    for (size_t n = 0; n < k->needs_n; n++) {
        text_printf(&sum, "%s%s x %s", n ? " + " : "", fine(k->weights[n]).text,
            fine(cover_of(k, bid, n)).text);
        explain_covers(k->f, k->bids[bid], k->needs[n]);
    }
    explain_say(k->f, "users = sum of weight x coverage = %s = %s",
        text_peek(&sum), explain_micro(k->users[bid]).text);
    text_fini(&sum);
}

static void say_bid(const struct aid_ranked *k, size_t bid, bool near)
{
    size_t place = aid_place(k->score, k->bids_n, bid);
    size_t among = aid_place(k->users, k->bids_n, bid);

    if (near)
        say_nearness(k, bid);
    else
        say_flow(k, bid);
    explain_say(k->f, "rank = 1 + bids with a higher score = 1 + %zu = %zu",
        place - 1, place);
    say_users(k, bid);
    explain_say(k->f,
        "users-rank = 1 + bids that are more to users = 1 + %zu = %zu",
        among - 1, among);
}

static void say_tau(const struct aid_ranked *k)
{
    const struct pairs p = explain_count_pairs(k->score, k->users, k->bids_n);
    int64_t tau;

    if (!kendall_tau(k->score, k->users, k->bids_n, &tau)) {
        explain_say(
            k->f, "there is none: fewer than two to rank, or all level");
        return;
    }
    explain_say(k->f,
        "tau = (pairs in the same order - pairs in the opposite one) / root of "
        "(pairs not level by score x pairs not level for users) = (%ld - %ld) "
        "/ (%ld x %ld) ^ 0.5 = %s",
        p.same, p.opposite, p.all - p.level_one, p.all - p.level_other,
        explain_micro(tau).text);
}

static enum err say_ranked(const struct aid_ranked *k, bool near)
{
    struct figures *f = k->f;
    size_t need = k->needs_n, bid;
    enum err err = find_need(f, "need", k->needs, k->needs_n, &need);

    if (err != ERR_OK)
        return err;
    if (need < k->needs_n)
        say_weight(k, need);
    if (f->bid == NULL) {
        say_tau(k);
        return ERR_OK;
    }
    err = explain_find_bid(f, &bid);
    if (err != ERR_OK)
        return err;
    size_t at = place_of(k->bids, k->bids_n, bid);
    if (at == k->bids_n)
        return fault_set(f->fault, ERR_ARG, "bid", f->bid,
            "a bid of which some coverage is recorded");
    say_bid(k, at, near);
    return ERR_OK;
}

enum err explain_aid(struct figures *f)
{
    const char *method = request_key(f->request, "method");
    bool near = method != NULL && strcmp(method, "topsis") == 0;
    struct aid_ranked k;

    if (method != NULL && strcmp(method, "ahp") == 0)
        return explain_ahp(f);
    if (!near && (method == NULL || strcmp(method, "promethee") != 0))
        return fault_set(f->fault, ERR_ARG, "method",
            method ? method : "nothing", "ahp,topsis,promethee");
    enum err err = aid_rank(f, method, &k);
    if (err == ERR_OK)
        err = say_ranked(&k, near);
    aid_ranked_fini(&k);
    return err;
}
