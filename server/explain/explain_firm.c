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
#include "value/front/subset.h"

#include <stdlib.h>
#include <string.h>

/* Elements of which all sets are listed. */
#define ELEMENTS 6

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

/* Sum of shares of weight x shares earned, over all criteria but one. */
static double rest_of(const struct firm *x, size_t bid, size_t but)
{
    double sum = 0.0;

    for (size_t k = 0; k < x->a->criteria_n; k++)
        if (k != but)
            sum += (double)x->s->criteria[k].weight / 1e6 *
                   ((double)share_of(x, bid, k) / 1e6);
    return sum;
}

static void say_end(
    const struct firm *x, size_t k, size_t rival, const char *end)
{
    size_t leader = x->s->leader;
    double left = 1.0 - (double)x->s->criteria[k].weight / 1e6;
    struct text name = {0};

    if (rival == MODEL_NOWHERE) {
        explain_say(x->f, "%s: no bid takes over, whatever the weight", end);
        return;
    }
    double a = (double)(share_of(x, leader, k) - share_of(x, rival, k)) / 1e6;
    double b = (rest_of(x, rival, k) - rest_of(x, leader, k)) / left;
    object_name(&name, x->f->made->bids[rival]);
    explain_say(x->f,
        "%s: level with %s at b / (a + b), where a = share on it of the leader "
        "- its share = %.6f and b = its lead on the other criteria, their "
        "weights summing to 1, = %.6f: %.6f",
        end, text_peek(&name), a, b, b / (a + b));
    text_fini(&name);
}

static enum err find_criterion(const struct firm *x, size_t *k)
{
    return explain_find_key(x->f, "criterion", x->f->criterion,
        x->f->made->criteria, x->a->criteria_n, k);
}

static enum err tell_interval(const struct firm *x)
{
    size_t k;
    enum err err = find_criterion(x, &k);

    if (err != ERR_OK)
        return err;
    explain_say(x->f,
        "weight = its weight / sum of weights = %s; the leader stays within %s "
        "and %s, all other weights keeping their proportions",
        explain_micro(x->s->criteria[k].weight).text,
        explain_micro(x->s->criteria[k].low).text,
        explain_micro(x->s->criteria[k].high).text);
    if (x->s->criteria[k].weight < MICRO_ONE) {
        say_end(x, k, x->s->criteria[k].below, "low");
        say_end(x, k, x->s->criteria[k].above, "high");
    }
    explain_input(x->f, x->f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    return ERR_OK;
}

static enum err tell_mark(const struct firm *x)
{
    const struct model *m = &x->f->made->model;
    size_t k;
    enum err err = find_criterion(x, &k);

    if (err != ERR_OK)
        return err;
    if (x->s->criteria[k].mark == MODEL_ABSENT) {
        explain_say(x->f,
            "no mark on it makes a tie: it is a price, a table of "
            "levels or without weight, or the scale ends before");
        return ERR_OK;
    }
    explain_say(x->f,
        "change = - lead x scale-max / weight = - (%s) x %s / %s = %s, rounded "
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
static void say_moves(const struct firm *x, size_t rival)
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
    explain_say(f,
        "gap = points of the leader - its points = %s; each point of weight "
        "moved closes it by worth = (lead of the leader in share on the one "
        "criterion) - (on the other)",
        explain_micro(rival->gap).text);
    if (rival->mass == MODEL_ABSENT) {
        explain_say(f, "no weights bring it level");
        return ERR_OK;
    }
    say_moves(x, bid);
    explain_say(f, "mass = sum of the weights moved = %s",
        explain_micro(rival->mass).text);
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

/* Our points with a set of elements. */
static int64_t points_with(const struct model *model, uint32_t set)
{
    struct award_result *a = NULL;

    if (award_compute_offer(model, set, &a) != ERR_OK)
        return MODEL_ABSENT;
    int64_t points = a->bids[a->ours].points;
    award_free(&a);
    return points;
}

static void row_set(struct figures *f, const struct model *model,
    const struct subsets *subsets, uint32_t set)
{
    struct reply *r = figures_row(f, "set");
    struct text names = {0};

    for (size_t i = 0; i < subsets->n; i++) {
        if (!(set >> i & 1))
            continue;
        if (names.len)
            text_putc(&names, ',');
        object_name(&names, f->made->elements[subsets->element[i]]);
    }
    reply_word(r, "set", names.len ? names.bytes : "none");
    figures_micro(r, "points", points_with(model, set));
    reply_end(r);
    text_fini(&names);
}

static enum err explain_shares(struct figures *f, struct chance *chance)
{
    struct model model = f->made->model;
    struct subsets subsets;
    size_t n = 0;

    model.elements = chance->before.elements;
    subsets_init(&subsets, &chance->before);
    for (size_t i = 0; i < subsets.n; i++)
        n += chance->set >> i & 1;
    if (n == 0 || n > ELEMENTS)
        return fault_set(f->fault, ERR_ARG, "in", n ? "more" : "nothing",
            "one to six elements of the offer");
    explain_say(f, "points of ours with each set of the elements:");
    for (uint32_t set = 0; set <= chance->set; set++)
        if ((set & chance->set) == set)
            row_set(f, &model, &subsets, set);
    explain_say(f,
        "lost = points of all - points of all but it; alone = points "
        "of it - points of none");
    explain_say(f,
        "share = sum over sets S without it of |S|! (k - |S| - 1)! / k! x "
        "(points of S with it - points of S), k = %zu",
        n);
    return ERR_OK;
}

enum err explain_firm(struct figures *f)
{
    struct chance chance;
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    err = strcmp(f->figure, "share") == 0 ? explain_shares(f, &chance)
                                          : explain_stable(f, &chance);
    chance_fini(&chance);
    return err;
}
