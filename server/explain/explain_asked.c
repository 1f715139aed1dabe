/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_asked.c - how the figures of what users ask for came about:
 * opportunity, Kano's class, quality function deployment, classes of
 * flexibility.
 */
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/offer.h"
#include "value/gap/gap.h"
#include "value/users/asked.h"
#include "value/users/worth.h"

#include "protocol/base_mem.h"

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

/* One need: importance x target / satisfaction x sales-point. */
static void put_weight(
    const struct model *m, size_t s, size_t n, struct text *to)
{
    size_t at = s * m->needs_n + n;

    text_printf(to, "%s x %s / %s x %s",
        explain_decimal(m->importance[at]).text,
        explain_decimal(m->targets[at]).text,
        explain_decimal(m->satisfaction[at]).text,
        m->sales_points[at] == MODEL_ABSENT
            ? "1"
            : explain_decimal(m->sales_points[at]).text);
}

static void say_qfd_need(struct figures *f, size_t s, size_t n,
    const int64_t *weights, const int64_t *shares)
{
    const struct model *m = &f->made->model;
    struct text how = {0}, all = {0};

    put_weight(m, s, n, &how);
    explain_say(f,
        "weight = importance x target / satisfaction x sales-point = %s = %s",
        text_peek(&how), explain_micro(weights[n]).text);
    for (size_t i = 0; i < m->needs_n; i++)
        if (weights[i] != MODEL_ABSENT)
            text_printf(&all, "%s%s", all.len ? " + " : "",
                explain_micro(weights[i]).text);
    explain_say(f, "share = weight / sum of the weights known = %s / (%s) = %s",
        explain_micro(weights[n]).text, text_peek(&all),
        explain_micro(shares[n]).text);
    text_fini(&how);
    text_fini(&all);
}

/* Weights of needs x how strongly a criterion looks at them. */
static void put_looks(
    const struct model *m, size_t k, const int64_t *weights, struct text *to)
{
    for (size_t n = 0; n < m->needs_n; n++) {
        int strength = m->relates[n * m->criteria_n + k];

        if (weights[n] != MODEL_ABSENT && strength > 0)
            text_printf(to, "%s%s x %d", to->len ? " + " : "",
                explain_micro(weights[n]).text, strength);
    }
}

static void say_qfd_criterion(struct figures *f, size_t k,
    const int64_t *weights, const int64_t *criteria)
{
    const struct model *m = &f->made->model;
    struct text own = {0}, all = {0};

    put_looks(m, k, weights, &own);
    for (size_t i = 0; i < m->criteria_n; i++)
        put_looks(m, i, weights, &all);
    if (all.len == 0 || criteria[k] == MODEL_ABSENT)
        explain_say(f, "no criterion looks at a need whose weight is known");
    else
        explain_say(f,
            "share = sum of weight of a need x strength / the same over all "
            "criteria = (%s) / (%s) = %s",
            own.len ? own.bytes : "0", text_peek(&all),
            explain_micro(criteria[k]).text);
    text_fini(&own);
    text_fini(&all);
}

static void input_weighs(struct figures *f, size_t s, size_t n)
{
    for (size_t i = 0; i < f->record->n[KIND_WEIGHS]; i++) {
        const struct object *o = f->record->list[KIND_WEIGHS][i];

        if ((uint64_t)VALUE(o, WEIGHS, PARTY)->number !=
                f->made->segments[s]->id ||
            (n != MODEL_NOWHERE && (uint64_t)VALUE(o, WEIGHS, NEED)->number !=
                                       f->made->needs[n]->id))
            continue;
        explain_input(f, o, FIELD_WEIGHS_IMPORTANCE);
        explain_input(f, o, FIELD_WEIGHS_SATISFACTION);
        if (strcmp(f->figure, "qfd") == 0) {
            explain_input(f, o, FIELD_WEIGHS_TARGET);
            explain_input(f, o, FIELD_WEIGHS_SALES_POINT);
        }
    }
}

static void say_qfd(struct figures *f, size_t s, size_t need, size_t k)
{
    const struct model *m = &f->made->model;
    int64_t *weights =
        mem_new((2 * m->needs_n + m->criteria_n + 1) * sizeof *weights);
    int64_t *shares = weights + m->needs_n;
    int64_t *criteria = shares + m->needs_n;
    bool known = asked_qfd(m, s, weights, shares, criteria);

    if (known && need == MODEL_NOWHERE)
        say_qfd_criterion(f, k, weights, criteria);
    else if (known && weights[need] != MODEL_ABSENT)
        say_qfd_need(f, s, need, weights, shares);
    else
        explain_say(f, "importance, target or a satisfaction above 0 is not "
                       "recorded");
    input_weighs(f, s, need);
    free(weights);
}

static void input_answers(struct figures *f, size_t segment, size_t need)
{
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

static void say_kano(struct figures *f, size_t segment, size_t need)
{
    struct asked_kano k;

    if (!asked_kano(&f->made->model, segment, need, &k)) {
        explain_say(f, "no answer is recorded");
        return;
    }
    size_t m = k.counts[KANO_MUST], o = k.counts[KANO_ONE],
           a = k.counts[KANO_ATTRACTIVE], i = k.counts[KANO_INDIFFERENT];
    explain_say(f,
        "answers = must M + one-dimensional O + attractive A + indifferent I + "
        "reverse + questionable = %zu + %zu + %zu + %zu + %zu + %zu = %zu",
        m, o, a, i, k.counts[KANO_REVERSE], k.counts[KANO_QUESTIONABLE],
        k.answers);
    explain_say(f, "the most frequent of them is the class");
    if (k.better != MODEL_ABSENT) {
        explain_say(f,
            "better = (A + O) / (A + O + M + I) = (%zu + %zu) / (%zu + %zu + "
            "%zu + %zu) = %s",
            a, o, a, o, m, i, explain_micro(k.better).text);
        explain_say(f,
            "worse = -(O + M) / (A + O + M + I) = -(%zu + %zu) / (%zu + %zu + "
            "%zu + %zu) = %s",
            o, m, a, o, m, i, explain_micro(k.worse).text);
    }
    input_answers(f, segment, need);
}

static enum err explain_qfd(struct figures *f)
{
    size_t need = MODEL_NOWHERE, k = 0, segment = 0;
    enum err err = f->criterion != NULL
                       ? explain_find_key(f, "criterion", f->criterion,
                             f->made->criteria, f->made->model.criteria_n, &k)
                       : find_need(f, &need);

    if (err == ERR_OK)
        err = find_segment(f, &segment);
    if (err == ERR_OK)
        say_qfd(f, segment, need, k);
    return err;
}

enum err explain_asked(struct figures *f)
{
    bool of_all = strcmp(f->figure, "kano") == 0 && f->segment == NULL;
    size_t need = 0, segment = MODEL_NOWHERE;

    if (strcmp(f->figure, "qfd") == 0)
        return explain_qfd(f);
    enum err err = find_need(f, &need);
    if (err == ERR_OK && !of_all)
        err = find_segment(f, &segment);
    if (err != ERR_OK)
        return err;
    if (strcmp(f->figure, "kano") == 0) {
        say_kano(f, segment, need);
        return ERR_OK;
    }
    say_opportunity(f, segment, need);
    input_weighs(f, segment, need);
    return ERR_OK;
}

/* The weights of the needs of one class, and what our offer covers of them. */
static void say_class(struct figures *f, const struct gap_result *g, int class)
{
    const struct model *m = &f->made->model;
    struct text sum = {0}, covered = {0};
    struct worth_class w;
    struct offer offer;

    if (!worth_class_of(m, class, &w)) {
        explain_say(f, "no need of that class has a weight");
        return;
    }
    offer_init(&offer, m);
    for (size_t n = 0; n < m->needs_n; n++) {
        struct number users = explain_micro(g->needs[n].users);

        if (m->needs[n].flexibility != class + 1)
            continue;
        text_printf(&sum, "%s%s", sum.len ? " + " : "", users.text);
        text_printf(&covered, "%s%s x %s", covered.len ? " + " : "", users.text,
            explain_cover(&offer, m->ours, n).text);
        explain_input(f, f->made->needs[n], FIELD_NEED_FLEXIBILITY);
    }
    explain_say(f, "weight = sum of users' weights of its needs = (%s) = %s",
        text_peek(&sum), explain_micro(w.weight).text);
    explain_say(f,
        "coverage = sum of weight x our coverage / weight = (%s) / (%s) = %s",
        text_peek(&covered), text_peek(&sum), explain_micro(w.coverage).text);
    explain_say(f, "what a need weighs: explain TENDER gap need=...");
    offer_fini(&offer);
    text_fini(&sum);
    text_fini(&covered);
}

enum err explain_flexibility(struct figures *f)
{
    static const char *const classes[] = {"F0", "F1", "F2", "F3"};
    const char *over = request_key(f->request, "over");
    struct gap_result *g = NULL;
    int class = 0;

    while (class < WORTH_CLASSES &&
           (over == NULL || strcmp(classes[class], over) != 0))
        class ++;
    if (class == WORTH_CLASSES)
        return fault_set(f->fault, ERR_ARG, "over", over ? over : "nothing",
            "F0, F1, F2, F3");
    if (f->made->model.ours == MODEL_NOWHERE ||
        gap_compute(&f->made->model, &g) != ERR_OK)
        return figures_lack(f, FIGURE_GAP);
    say_class(f, g, class);
    gap_free(&g);
    return ERR_OK;
}
