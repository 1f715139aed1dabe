/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_more.c - how the figures behind the users' side and behind the gap
 * came about.
 */
#include "protocol/french.h"
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/brings.h"
#include "value/gap/contrast.h"
#include "value/users/advantage.h"
#include "value/users/asked.h"
#include "value/users/effort.h"
#include "value/users/worth.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

static enum err find_segment(struct figures *f, size_t *at)
{
    return explain_find_key(f, "segment", f->segment, f->made->segments,
        f->made->model.segments_n, at);
}

static enum err find_need(struct figures *f, size_t *at)
{
    return explain_find_key(f, "need", request_key(f->request, "need"),
        f->made->needs, f->made->model.needs_n, at);
}

static enum err find_bid(struct figures *f, size_t *at)
{
    return explain_find_key(
        f, "bid", f->bid, f->made->bids, f->made->model.bids_n, at);
}

/* A recorded value as it is in the arithmetic. */
static const char *number_of(
    const struct datum *d, const char *otherwise, struct number *room)
{
    if (!d->set)
        return otherwise;
    *room = explain_decimal(d->number);
    return room->text;
}

static void input_efforts(struct figures *f, size_t segment)
{
    for (size_t i = 0; i < f->record->n[KIND_EFFORT]; i++) {
        const struct object *o = f->record->list[KIND_EFFORT][i];
        size_t e = maker_index(f->made->elements, f->made->model.elements_n,
            VALUE(o, EFFORT, ELEMENT));

        if (e == MODEL_NOWHERE || !f->made->model.elements[e].always ||
            (uint64_t)VALUE(o, EFFORT, PARTY)->number !=
                f->made->segments[segment]->id)
            continue;
        explain_input(f, o, FIELD_EFFORT_MINUTES);
        explain_input(f, o, FIELD_EFFORT_TIMES);
        explain_input(f, o, FIELD_EFFORT_REWARD);
        explain_input(f, o, FIELD_EFFORT_SAVING);
    }
}

static void say_net(struct figures *f, const struct effort_segment *e,
    const struct users_result *u, size_t s)
{
    const struct object *party = f->made->segments[s];
    struct number hour, full;

    input_efforts(f, s);
    explain_say(f, "hours = sum of minutes / 60 x times = %s, reward = %s",
        explain_micro(e->hours).text, explain_micro(e->reward).text);
    explain_say(f, "unfair when saving is above %zu x reward: %s",
        (size_t)LIMIT_NOW(UNFAIR), e->unfair ? "yes" : "no");
    if (!e->recorded)
        explain_say(f, "nothing is asked of it: net = value = %s",
            explain_micro(e->net).text);
    else
        explain_say(f,
            "net = value - (hours x hour-value - reward) / full-value = %s - "
            "(%s x %s - %s) / %s = %s",
            explain_micro(u->values[f->made->model.ours * u->segments_n + s])
                .text,
            explain_micro(e->hours).text,
            number_of(VALUE(party, PARTY, HOUR_VALUE), "none", &hour),
            explain_micro(e->reward).text,
            number_of(VALUE(party, PARTY, FULL_VALUE), "none", &full),
            explain_micro(e->net).text);
    explain_input(f, party, FIELD_PARTY_HOUR_VALUE);
    explain_input(f, party, FIELD_PARTY_FULL_VALUE);
}

enum err explain_net(struct figures *f)
{
    struct effort_result *e = NULL;
    struct users_result *u = NULL;
    size_t s;
    enum err err = find_segment(f, &s);

    if (err != ERR_OK)
        return err;
    if (users_compute(&f->made->model, &u) != ERR_OK ||
        effort_compute(&f->made->model, 0, LIMIT_NOW(UNFAIR), &e) != ERR_OK)
        err = figures_lack(f, FIGURE_USERS);
    else
        say_net(f, &e->segments[s], u, s);
    effort_free(&e);
    users_free(&u);
    return err;
}

/* Which alternative over= names; "today", which it is without it, is none. */
static enum err find_over(struct figures *f, size_t *at)
{
    const char *word = request_key(f->request, "over");

    *at = MODEL_NOWHERE;
    if (word == NULL || strcmp(word, "today") == 0)
        return ERR_OK;
    return explain_find_key(f, "over", word, f->made->alternatives,
        f->made->model.alternatives_n, at);
}

static const struct advantage_row *row_of(
    const struct advantage_result *a, size_t bid, size_t segment, size_t over)
{
    for (size_t i = 0; i < a->rows_n; i++)
        if (a->rows[i].bid == bid && a->rows[i].segment == segment &&
            a->rows[i].over == over)
            return &a->rows[i];
    return NULL;
}

static void say_range(struct figures *f, const char *what, const char *how,
    struct advantage_range range)
{
    how = french_of(how, f->language);
    what = french_of(what, f->language);
    if (range.low == range.high)
        explain_say(
            f, "%s = %s = %s", what, how, explain_micro(range.low).text);
    else
        explain_say(f, "%s = %s = %s to %s, as not all is recorded", what, how,
            explain_micro(range.low).text, explain_micro(range.high).text);
}

static void say_advantage(struct figures *f, const struct advantage_result *a,
    const struct advantage_row *row)
{
    explain_say(f, "net of a need = importance / sum of importance x "
                   "(coverage - theirs); theirs today is satisfaction / 10");
    for (size_t i = 0; i < a->parts_n; i++) {
        const struct advantage_part *part = &a->parts[i];

        if (&a->rows[part->row] != row)
            continue;
        struct reply *r = figures_row(f, "part");
        figures_name(r, "need", f->made->needs[part->need]);
        reply_micro(r, "low", part->net.low);
        reply_micro(r, "high", part->net.high);
        reply_end(r);
    }
    say_range(f, "gain", "sum of what is above 0", row->gain);
    say_range(f, "loss", "sum of what is below 0", row->loss);
    say_range(f, "net", "gain - loss", row->net);
}

enum err explain_advantage(struct figures *f)
{
    struct advantage_result *a = NULL;
    size_t bid = 0, segment = 0, over = 0;
    enum err err = find_bid(f, &bid);

    if (err == ERR_OK)
        err = find_segment(f, &segment);
    if (err == ERR_OK)
        err = find_over(f, &over);
    if (err != ERR_OK)
        return err;
    if (advantage_compute(&f->made->model, 0, true, &a) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    const struct advantage_row *row = row_of(a, bid, segment, over);
    if (row != NULL)
        say_advantage(f, a, row);
    else
        explain_say(f, "nothing to compare: record the satisfaction of the "
                       "segment, or what an alternative that it can reach "
                       "covers");
    advantage_free(&a);
    return ERR_OK;
}

static void say_opportunity(struct figures *f, size_t s, size_t n)
{
    const struct model *m = &f->made->model;
    struct asked_opportunity o;

    if (!asked_opportunity(m, s, n, &o)) {
        explain_say(f, "importance or satisfaction is not recorded");
        return;
    }
    struct number i = explain_decimal(m->importance[s * m->needs_n + n]);
    struct number t = explain_decimal(m->satisfaction[s * m->needs_n + n]);
    explain_say(f,
        "score = importance + max(0, importance - satisfaction) = %s + max(0, "
        "%s - %s) = %s",
        i.text, i.text, t.text, explain_micro(o.score).text);
    explain_say(f, "extreme above 15, ripe from 12, look from 10, else served");
}

static void say_qfd(struct figures *f, size_t s, size_t n)
{
    const struct model *m = &f->made->model;
    size_t at = s * m->needs_n + n;
    int64_t *list =
        mem_new((2 * m->needs_n + m->criteria_n + 1) * sizeof *list);

    if (asked_qfd(m, s, list, list + m->needs_n, list + 2 * m->needs_n) &&
        list[n] != MODEL_ABSENT)
        explain_say(f,
            "weight = importance x target / satisfaction x sales-point = %s x "
            "%s / %s x %s = %s; %s of all that are known",
            explain_decimal(m->importance[at]).text,
            explain_decimal(m->targets[at]).text,
            explain_decimal(m->satisfaction[at]).text,
            m->sales_points[at] == MODEL_ABSENT
                ? "1"
                : explain_decimal(m->sales_points[at]).text,
            explain_micro(list[n]).text,
            explain_micro(list[m->needs_n + n]).text);
    else
        explain_say(f, "importance, target or a satisfaction above 0 is not "
                       "recorded");
    free(list);
}

static void input_weighs(struct figures *f, size_t s, size_t n)
{
    for (size_t i = 0; i < f->record->n[KIND_WEIGHS]; i++) {
        const struct object *o = f->record->list[KIND_WEIGHS][i];

        if ((uint64_t)VALUE(o, WEIGHS, PARTY)->number !=
                f->made->segments[s]->id ||
            (uint64_t)VALUE(o, WEIGHS, NEED)->number != f->made->needs[n]->id)
            continue;
        explain_input(f, o, FIELD_WEIGHS_IMPORTANCE);
        explain_input(f, o, FIELD_WEIGHS_SATISFACTION);
        if (strcmp(f->figure, "qfd") == 0) {
            explain_input(f, o, FIELD_WEIGHS_TARGET);
            explain_input(f, o, FIELD_WEIGHS_SALES_POINT);
        }
    }
}

static void say_kano(struct figures *f, size_t segment, size_t need)
{
    struct asked_kano k;

    if (!asked_kano(&f->made->model, segment, need, &k)) {
        explain_say(f, "no answer is recorded");
        return;
    }
    explain_say(f,
        "answers: must M %zu, one-dimensional O %zu, attractive A %zu, "
        "indifferent I %zu, reverse %zu, questionable %zu; the most frequent "
        "is the class",
        k.counts[KANO_MUST], k.counts[KANO_ONE], k.counts[KANO_ATTRACTIVE],
        k.counts[KANO_INDIFFERENT], k.counts[KANO_REVERSE],
        k.counts[KANO_QUESTIONABLE]);
    explain_say(f, "better = (A + O) / (A + O + M + I) = %s",
        explain_micro(k.better).text);
    explain_say(f, "worse = -(O + M) / (A + O + M + I) = %s",
        explain_micro(k.worse).text);
    for (size_t i = 0; i < f->record->n[KIND_ANSWER]; i++) {
        const struct object *o = f->record->list[KIND_ANSWER][i];

        if ((uint64_t)VALUE(o, ANSWER, NEED)->number !=
                f->made->needs[need]->id ||
            (segment != MODEL_NOWHERE &&
                (uint64_t)VALUE(o, ANSWER, PARTY)->number !=
                    f->made->segments[segment]->id))
            continue;
        explain_input(f, o, FIELD_ANSWER_COUNT);
    }
}

enum err explain_asked(struct figures *f)
{
    bool of_all = strcmp(f->figure, "kano") == 0 && f->segment == NULL;
    size_t need = 0, segment = MODEL_NOWHERE;
    enum err err = find_need(f, &need);

    if (err == ERR_OK && !of_all)
        err = find_segment(f, &segment);
    if (err != ERR_OK)
        return err;
    if (strcmp(f->figure, "kano") == 0) {
        say_kano(f, segment, need);
        return ERR_OK;
    }
    if (strcmp(f->figure, "qfd") == 0)
        say_qfd(f, segment, need);
    else
        say_opportunity(f, segment, need);
    input_weighs(f, segment, need);
    return ERR_OK;
}

enum err explain_worth(struct figures *f)
{
    const struct model *m = &f->made->model;
    struct users_result *u = NULL;
    int64_t relative;
    size_t bid;
    enum err err = find_bid(f, &bid);

    if (err != ERR_OK)
        return err;
    if (users_compute(m, &u) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    int64_t worth = worth_of(m, u, bid, &relative);
    explain_say(f, "value = users' mean / price = %s / price = %s",
        explain_micro(u->bids[bid].mean).text, explain_micro(worth).text);
    explain_say(f, "relative = value / the highest value of a bid = %s",
        explain_micro(worth == MODEL_ABSENT ? MODEL_ABSENT : relative).text);
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    explain_say(f, "our price is taken with the elements that are always in");
    users_free(&u);
    return ERR_OK;
}

static int64_t figure_of(const struct users_bid *bid, enum contrast_of of)
{
    return of == CONTRAST_MEAN    ? bid->mean
           : of == CONTRAST_WORST ? bid->min
                                  : bid->captives;
}

static void say_regret(struct figures *f, const struct award_result *award,
    const struct users_result *users, enum contrast_of of, const char *word)
{
    struct contrast_regret regret;
    struct text winner = {0};
    struct text best = {0};

    if (!contrast_regret(award, users, of, &regret))
        return;
    word = french_of(word, f->language);
    object_name(&winner, f->made->bids[regret.winner]);
    object_name(&best, f->made->bids[regret.best]);
    explain_say(f, "users, %s: %s of %s - %s of the winner %s = %s", word,
        explain_micro(figure_of(&users->bids[regret.best], of)).text,
        text_peek(&best),
        explain_micro(figure_of(&users->bids[regret.winner], of)).text,
        text_peek(&winner), explain_micro(regret.users).text);
    explain_say(f, "points by which %s is ahead of %s = %s", text_peek(&winner),
        text_peek(&best), explain_micro(regret.points).text);
    text_fini(&winner);
    text_fini(&best);
}

enum err explain_regret(struct figures *f)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    enum err err = ERR_OK;

    if (award_compute(&f->made->model, &award) != ERR_OK) {
        err = figures_lack(f, FIGURE_DECIDER);
    } else if (users_compute(&f->made->model, &users) != ERR_OK) {
        err = figures_lack(f, FIGURE_USERS);
    } else {
        say_regret(f, award, users, CONTRAST_MEAN, "mean");
        say_regret(f, award, users, CONTRAST_WORST, "worst segment");
        say_regret(f, award, users, CONTRAST_CAPTIVES, "captives");
    }
    award_free(&award);
    users_free(&users);
    return err;
}

static void say_shadow(
    struct figures *f, const struct brings_result *b, size_t need)
{
    const struct brings_need *n = &b->needs[need];
    struct text name = {0};
    size_t i = 0;

    if (n->element == MODEL_NOWHERE) {
        explain_say(f, "no possible element covers more of it");
        return;
    }
    while (b->elements[i].element != n->element)
        i++;
    object_name(&name, f->made->elements[n->element]);
    explain_say(f, "by %s our lead changes by %s and the coverage by %s",
        text_peek(&name), explain_micro(b->elements[i].lead).text,
        explain_micro(n->more).text);
    explain_say(f,
        "lost for each 0.1 = -(%s) / %s x 0.1 = %s, the least of all elements",
        explain_micro(b->elements[i].lead).text, explain_micro(n->more).text,
        explain_micro(n->price).text);
    explain_input(f, f->made->elements[n->element], FIELD_ELEMENT_COST);
    text_fini(&name);
}

enum err explain_shadow(struct figures *f)
{
    struct brings_result *b = NULL;
    size_t need;
    enum err err = find_need(f, &need);

    if (err != ERR_OK)
        return err;
    err = brings_compute(&f->made->model, &b);
    if (err != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    say_shadow(f, b, need);
    brings_free(&b);
    return ERR_OK;
}

enum err explain_fidelity(struct figures *f)
{
    const struct model *m = &f->made->model;
    bool *only = mem_new((m->segments_n + 1) * sizeof *only);
    struct gap_result *g = NULL;
    size_t s = 0;
    enum err err = f->segment != NULL ? find_segment(f, &s) : ERR_OK;

    if (err == ERR_OK && f->segment != NULL)
        only[s] = true;
    if (err == ERR_OK)
        err = contrast_gap(m, f->segment != NULL ? only : NULL, &g) == ERR_OK
                  ? ERR_OK
                  : figures_lack(f, FIGURE_GAP);
    for (size_t i = 0; err == ERR_OK && i < g->needs_n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "need", f->made->needs[i]);
        reply_micro(r, "users", g->needs[i].users);
        reply_micro(r, "criteria", g->needs[i].criteria);
        reply_end(r);
    }
    if (err == ERR_OK)
        explain_say(f,
            "fidelity = 1 - half the sum of |users - criteria| = 1 - %s = %s",
            explain_micro(g->divergence).text,
            explain_micro(MICRO_ONE - g->divergence).text);
    gap_free(&g);
    free(only);
    return err;
}
