/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_gap.c - how the figures of the gap came about: what needs weigh on
 * either side, how far the two part, what each side loses by the other.
 */
#include "server/explain/explain_aid.h"
#include "server/figure/tender_maker.h"
#include "value/award/award.h"
#include "value/fraction.h"
#include "value/gap/contrast.h"
#include "value/gap/gap.h"
#include "value/gap/weigh.h"
#include "value/users/users.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* The sum of importances of a segment, as numbers to add. */
static void put_importances(const struct model *m, size_t s, struct text *to)
{
    for (size_t n = 0; n < m->needs_n; n++) {
        int64_t importance = m->importance[s * m->needs_n + n];

        if (importance > 0)
            text_printf(to, "%s%s", to->len ? " + " : "",
                explain_decimal(importance).text);
    }
}

void explain_need_weight(
    struct figures *f, const bool *only, size_t need, int64_t users)
{
    const struct model *m = &f->made->model;
    struct text above = {0}, below = {0};
    size_t counting = 0;

    for (size_t s = 0; s < m->segments_n; s++)
        counting += (only == NULL || only[s]) && weigh_counts(m, s);
    for (size_t s = 0; s < m->segments_n; s++) {
        int64_t importance = m->importance[s * m->needs_n + need];
        int64_t heads = m->segments[s].heads;
        const char *plus = below.len ? " + " : "";
        struct text sum = {0};

        if ((only != NULL && !only[s]) || !weigh_counts(m, s))
            continue;
        put_importances(m, s, &sum);
        /* Of one alone it does not matter how many they are. */
        heads = heads == MODEL_ABSENT ? 1 : heads;
        text_printf(&above, "%s%lld x %s / (%s)", plus, (long long)heads,
            explain_decimal(importance > 0 ? importance : 0).text,
            text_peek(&sum));
        text_printf(&below, "%s%lld", plus, (long long)heads);
        text_fini(&sum);
        explain_importance(f, f->made->segments[s], f->made->needs[need]);
        if (counting > 1)
            explain_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    explain_say(f,
        "users = sum over segments of heads x importance / sum of importance, "
        "by heads = (%s) / (%s) = %s",
        text_peek(&above), text_peek(&below), explain_micro(users).text);
    text_fini(&above);
    text_fini(&below);
}

static int strength_of(const struct model *m, size_t need, size_t k)
{
    int strength = m->relates[need * m->criteria_n + k];

    return strength > 0 ? strength : 0;
}

/* The strengths with which needs stand behind a criterion; "" of none. */
static void put_strengths(const struct model *m, size_t k, struct text *to)
{
    for (size_t n = 0; n < m->needs_n; n++)
        if (strength_of(m, n, k) > 0)
            text_printf(to, "%s%d", to->len ? " + " : "", strength_of(m, n, k));
}

static void input_relates(struct figures *f, size_t need)
{
    for (size_t i = 0; i < f->record->n[KIND_RELATES]; i++) {
        const struct object *o = f->record->list[KIND_RELATES][i];

        if ((uint64_t)VALUE(o, RELATES, NEED)->number ==
            f->made->needs[need]->id)
            explain_input(f, o, FIELD_RELATES_STRENGTH);
    }
}

/* What the criteria make a need weigh. */
static void say_criteria(struct figures *f, size_t need, int64_t criteria)
{
    const struct model *m = &f->made->model;
    struct text above = {0}, below = {0};

    for (size_t k = 0; k < m->criteria_n; k++) {
        struct number weight = explain_decimal(m->criteria[k].weight.likely);
        struct text sum = {0};

        put_strengths(m, k, &sum);
        if (sum.len > 0)
            text_printf(&below, "%s%s", below.len ? " + " : "", weight.text);
        if (strength_of(m, need, k) > 0) {
            text_printf(&above, "%s%s x %d / (%s)", above.len ? " + " : "",
                weight.text, strength_of(m, need, k), text_peek(&sum));
            explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
        }
        text_fini(&sum);
    }
    if (below.len > 0)
        explain_say(f,
            "criteria = sum over criteria of weight x strength / sum of "
            "strengths, / all weight that looks at a need = (%s) / (%s) = %s",
            above.len ? above.bytes : "0", text_peek(&below),
            explain_micro(criteria).text);
    input_relates(f, need);
    text_fini(&above);
    text_fini(&below);
}

static enum err explain_need(
    struct figures *f, const bool *only, const struct gap_result *g)
{
    size_t need;
    enum err err = explain_find_key(f, "need", request_key(f->request, "need"),
        f->made->needs, g->needs_n, &need);

    if (err != ERR_OK)
        return err;
    explain_need_weight(f, only, need, g->needs[need].users);
    say_criteria(f, need, g->needs[need].criteria);
    explain_say(f, "gap = users - criteria = %s - %s = %s",
        explain_micro(g->needs[need].users).text,
        explain_micro(g->needs[need].criteria).text,
        explain_micro(g->needs[need].gap).text);
    return ERR_OK;
}

/* The needs, and half of what the two weightings differ by. */
static void say_divergence(
    struct figures *f, const struct gap_result *g, bool fidelity)
{
    struct text sum = {0};

    for (size_t i = 0; i < g->needs_n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "need", f->made->needs[i]);
        reply_micro(r, "users", g->needs[i].users);
        reply_micro(r, "criteria", g->needs[i].criteria);
        reply_end(r);
        text_printf(&sum, "%s|%s - %s|", i ? " + " : "",
            explain_micro(g->needs[i].users).text,
            explain_micro(g->needs[i].criteria).text);
    }
    explain_say(f,
        "divergence = half the sum of |users - criteria| = 0.5 x "
        "(%s) = %s",
        text_peek(&sum), explain_micro(g->divergence).text);
    if (fidelity)
        explain_say(f, "fidelity = 1 - divergence = 1 - %s = %s",
            explain_micro(g->divergence).text,
            explain_micro(MICRO_ONE - g->divergence).text);
    explain_say(f, "what a need weighs: explain TENDER gap need=...");
    text_fini(&sum);
}

static void say_criteria_only(struct figures *f, const struct gap_result *g)
{
    const struct model *m = &f->made->model;
    struct text none = {0}, all = {0};

    for (size_t k = 0; k < m->criteria_n; k++) {
        struct number weight = explain_decimal(m->criteria[k].weight.likely);
        struct text sum = {0};

        put_strengths(m, k, &sum);
        text_printf(&all, "%s%s", k ? " + " : "", weight.text);
        if (sum.len == 0)
            text_printf(&none, "%s%s", none.len ? " + " : "", weight.text);
        text_fini(&sum);
    }
    if (all.len > 0)
        explain_say(f,
            "criteria-only = weight that looks at no need / all weight = (%s) "
            "/ (%s) = %s",
            none.len ? none.bytes : "0", text_peek(&all),
            explain_micro(g->criteria_only).text);
    text_fini(&none);
    text_fini(&all);
}

/* Marks the segments that the figure is over: segment=, or those that the
 * party of over= represents; *any false: over all. */
static enum err mark_only(struct figures *f, bool *only, bool *any)
{
    const char *over = request_key(f->request, "over");
    const struct record *r = f->record;
    size_t at;

    *any = f->segment != NULL;
    if (f->segment != NULL) {
        enum err err = explain_find_key(f, "segment", f->segment,
            f->made->segments, f->made->model.segments_n, &at);
        if (err == ERR_OK)
            only[at] = true;
        return err;
    }
    if (over == NULL)
        return ERR_OK;
    enum err err = explain_find_key(f, "over", over,
        (const struct object *const *)r->list[KIND_PARTY], r->n[KIND_PARTY],
        &at);
    for (size_t i = 0; err == ERR_OK && i < r->n[KIND_LINK]; i++) {
        const struct object *link = r->list[KIND_LINK][i];
        size_t segment = maker_index(f->made->segments,
            f->made->model.segments_n, VALUE(link, LINK, TO));

        if (!maker_is_word(VALUE(link, LINK, SORT), "represents") ||
            (uint64_t)VALUE(link, LINK, FROM)->number !=
                r->list[KIND_PARTY][at]->id ||
            segment == MODEL_NOWHERE)
            continue;
        only[segment] = *any = true;
    }
    return err;
}

enum err explain_gap(struct figures *f)
{
    bool *only = mem_new((f->made->model.segments_n + 1) * sizeof *only);
    struct gap_result *g = NULL;
    bool any;
    enum err err = mark_only(f, only, &any);

    if (err == ERR_OK)
        err = contrast_gap(&f->made->model, any ? only : NULL, &g) == ERR_OK
                  ? ERR_OK
                  : figures_lack(f, FIGURE_GAP);
    if (err == ERR_OK && request_key(f->request, "need") != NULL) {
        err = explain_need(f, any ? only : NULL, g);
    } else if (err == ERR_OK) {
        say_divergence(f, g, strcmp(f->figure, "fidelity") == 0);
        say_criteria_only(f, g);
    }
    gap_free(&g);
    free(only);
    return err;
}

static const struct regret_of {
    const char *word;
    enum contrast_of of;
} regrets[] = {{"mean", CONTRAST_MEAN}, {"worst", CONTRAST_WORST},
    {"captives", CONTRAST_CAPTIVES}};

static int64_t figure_of(const struct users_bid *bid, enum contrast_of of)
{
    return of == CONTRAST_MEAN    ? bid->mean
           : of == CONTRAST_WORST ? bid->min
                                  : bid->captives;
}

static void say_regret(struct figures *f, const struct award_result *award,
    const struct users_result *users, const struct regret_of *row)
{
    struct contrast_regret regret;
    struct text winner = {0};
    struct text best = {0};

    if (!contrast_regret(award, users, row->of, &regret))
        return;
    object_name(&winner, f->made->bids[regret.winner]);
    object_name(&best, f->made->bids[regret.best]);
    explain_say(f,
        "users (%s) = value of the best for users, %s, - value of the winner, "
        "%s = %s - %s = %s",
        row->word, text_peek(&best), text_peek(&winner),
        explain_micro(figure_of(&users->bids[regret.best], row->of)).text,
        explain_micro(figure_of(&users->bids[regret.winner], row->of)).text,
        explain_micro(regret.users).text);
    if (regret.points != MODEL_ABSENT && regret.best != regret.winner)
        explain_say(f,
            "points (%s) = -(lead of the best for users) = -(%s) = %s",
            row->word, explain_micro(award->bids[regret.best].lead).text,
            explain_micro(regret.points).text);
    else if (regret.points != MODEL_ABSENT)
        explain_say(f, "points (%s) = they are one and the same = 0 = %s",
            row->word, explain_micro(regret.points).text);
    text_fini(&winner);
    text_fini(&best);
}

enum err explain_regret(struct figures *f)
{
    const char *over = request_key(f->request, "over");
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    enum err err = ERR_OK;

    if (award_compute(&f->made->model, &award) != ERR_OK) {
        err = figures_lack(f, FIGURE_DECIDER);
    } else if (users_compute(&f->made->model, &users) != ERR_OK) {
        err = figures_lack(f, FIGURE_USERS);
    } else {
        for (size_t i = 0; i < sizeof regrets / sizeof *regrets; i++)
            if (over == NULL || strcmp(over, regrets[i].word) == 0)
                say_regret(f, award, users, &regrets[i]);
        explain_say(f, "either side: explain TENDER mean bid=..., explain "
                       "TENDER lead bid=...");
    }
    award_free(&award);
    users_free(&users);
    return err;
}
