/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_award.c - how a figure of the institution's side came about.
 */
#include "server/explain.h"
#include "value/award.h"
#include "value/price.h"

#include <string.h>

static void input_mark(struct figures *f, const struct object *mark)
{
    explain_input(f, mark, FIELD_MARK_VALUE);
    explain_input(f, mark, FIELD_MARK_GRADE);
    explain_input(f, mark, FIELD_MARK_MODERATED);
}

static void input_marks(
    struct figures *f, const struct object *bid, const struct object *criterion)
{
    for (size_t i = 0; i < f->record->n[KIND_MARK]; i++) {
        const struct object *mark = f->record->list[KIND_MARK][i];
        const struct datum *of = &mark->values[field_place(FIELD_MARK_BID)];
        const struct datum *on =
            &mark->values[field_place(FIELD_MARK_CRITERION)];

        if ((uint64_t)of->number == bid->id &&
            (uint64_t)on->number == criterion->id)
            input_mark(f, mark);
    }
}

static void say_price(
    struct figures *f, const struct award_result *a, size_t bid, size_t k)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    struct number price = explain_micro(a->bids[bid].price);
    struct number low = explain_micro(a->criteria[k].lowest);
    struct number high = explain_micro(a->criteria[k].highest);
    struct number share = explain_micro(a->shares[bid * a->criteria_n + k]);

    switch (c->rule) {
    case RULE_LOWEST_RATIO:
        explain_say(f,
            "rule lowest-ratio: share = lowest price / price = %s / %s = %s",
            low.text, price.text, share.text);
        break;
    case RULE_MIN_MAX:
        explain_say(f,
            "rule min-max: share = (highest - price) / (highest - lowest) = "
            "(%s - %s) / (%s - %s) = %s",
            high.text, price.text, high.text, low.text, share.text);
        break;
    case RULE_ZERO_AT:
        explain_say(f,
            "rule zero-at: share = (n x lowest - price) / ((n - 1) x lowest), "
            "not below 0; n = %s, lowest = %s, price = %s: %s",
            explain_decimal(c->zero_at).text, low.text, price.text, share.text);
        break;
    case RULE_SET_LIMITS:
        explain_say(f,
            "rule set-limits: share = (set-max - price) / (set-max - set-min) "
            "= (%s - %s) / (%s - %s) = %s",
            explain_decimal(c->set_max).text, price.text,
            explain_decimal(c->set_max).text, explain_decimal(c->set_min).text,
            share.text);
        break;
    default:
        explain_say(f,
            "rule %s: price = %s, lowest = %s, highest = %s: share = %s",
            price_rule_word(c->rule), price.text, low.text, high.text,
            share.text);
        break;
    }
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
}

/* The words of the scale, where it has some. */
static void rows_grade(struct figures *f, size_t k)
{
    static const size_t shown[] = {FIELD_GRADE_MARK, FIELD_GRADE_SHARE};

    for (size_t i = 0; i < f->made->grades_n[k]; i++) {
        const struct object *grade = f->made->grades[k][i];
        const struct datum *text =
            &grade->values[field_place(FIELD_GRADE_TEXT)];
        struct reply *r = figures_row(f, "grade");

        reply_word(
            r, "name", grade->values[field_place(FIELD_GRADE_NAME)].text);
        for (size_t s = 0; s < sizeof shown / sizeof *shown; s++) {
            const struct datum *d = &grade->values[field_place(shown[s])];
            if (d->set)
                datum_reply(r, shown[s], d);
        }
        if (text->set)
            reply_word(r, "text", text->text);
        reply_end(r);
    }
}

/* A mark on a scale that is a table. */
static void say_levels(struct figures *f, const struct model_criterion *c,
    int64_t mark, int64_t share)
{
    const struct model_level *l = c->levels;
    size_t at = 0;

    while (at < c->levels_n && l[at].mark * INT64_C(100) < mark)
        at++;
    if (at == 0 || at == c->levels_n || l[at].mark * INT64_C(100) == mark) {
        at -= at == c->levels_n;
        explain_say(f, "share = %s = %s", explain_decimal(l[at].share).text,
            explain_micro(share).text);
        return;
    }
    explain_say(f, "share = %s + (%s - %s) x (%s - %s) / (%s - %s) = %s",
        explain_decimal(l[at - 1].share).text, explain_micro(mark).text,
        explain_decimal(l[at - 1].mark).text, explain_decimal(l[at].share).text,
        explain_decimal(l[at - 1].share).text, explain_decimal(l[at].mark).text,
        explain_decimal(l[at - 1].mark).text, explain_micro(share).text);
}

static void say_points(
    struct figures *f, const struct award_result *a, size_t bid, size_t k)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    size_t at = bid * a->criteria_n + k;

    if (c->is_price) {
        say_price(f, a, bid, k);
    } else {
        rows_grade(f, k);
        if (c->levels_n > 0)
            say_levels(f, c, a->marks[at], a->shares[at]);
        else
            explain_say(f, "share = mark / scale-max = %s / %s = %s",
                explain_micro(a->marks[at]).text,
                explain_decimal(c->scale_max).text,
                explain_micro(a->shares[at]).text);
        input_marks(f, f->made->bids[bid], f->made->criteria[k]);
        explain_input(f, f->made->criteria[k], FIELD_CRITERION_SCALE_MAX);
    }
    explain_say(f, "points = weight x share = %s x %s = %s",
        explain_decimal(c->weight.likely).text,
        explain_micro(a->shares[at]).text, explain_micro(a->points[at]).text);
    explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
}

/* The parts of a group, one level below it, and their sum. */
static void say_parts(
    struct figures *f, const struct award_result *a, size_t bid, size_t g)
{
    const struct model *m = &f->made->model;
    const int64_t *groups = a->group_points + bid * a->groups_n;
    struct text sum = {0};

    for (size_t i = 0; i < m->groups_n + m->criteria_n; i++) {
        const bool is_group = i < m->groups_n;
        const size_t k = i - m->groups_n;
        const int64_t points =
            is_group ? groups[i] : a->points[bid * a->criteria_n + k];

        if ((is_group ? m->groups[i].parent : m->group_of[k]) != g ||
            points == MODEL_ABSENT)
            continue;
        text_printf(
            &sum, "%s%s", sum.len ? " + " : "", explain_micro(points).text);
        struct reply *r = figures_row(f, "part");
        figures_name(r, "criterion",
            is_group ? f->made->groups[i] : f->made->criteria[k]);
        reply_micro(r, "points", points);
        reply_end(r);
    }
    explain_say(f, "points = sum of points of its parts = %s = %s",
        text_peek(&sum), explain_micro(groups[g]).text);
    text_fini(&sum);
}

static void say_refused(
    struct figures *f, const struct award_result *a, size_t bid)
{
    const struct award_bid *b = &a->bids[bid];
    struct text name = {0};

    if (b->refused == REFUSED_MARK || b->refused == REFUSED_GROUP)
        object_name(&name, b->refused == REFUSED_MARK
                               ? f->made->criteria[b->gate]
                               : f->made->groups[b->gate]);
    else
        text_puts(
            &name, b->refused == REFUSED_QUALITY ? "min-quality" : "max-pass");
    explain_say(f, "the bid is not admitted: it does not pass the gate of %s",
        text_peek(&name));
    text_fini(&name);
}

static enum err explain_points(struct figures *f, struct award_result *a)
{
    size_t bid;
    size_t k = 0;
    size_t group = MODEL_NOWHERE;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, a->bids_n, &bid);

    if (err == ERR_OK && f->criterion != NULL)
        group = explain_find(f->made->groups, a->groups_n, f->criterion);
    if (err == ERR_OK && group == MODEL_NOWHERE)
        err = explain_find_key(
            f, "criterion", f->criterion, f->made->criteria, a->criteria_n, &k);
    if (err != ERR_OK)
        return err;
    if (!a->bids[bid].admitted)
        say_refused(f, a, bid);
    else if (group != MODEL_NOWHERE)
        say_parts(f, a, bid, group);
    else
        say_points(f, a, bid, k);
    return ERR_OK;
}

static enum err explain_total(struct figures *f, struct award_result *a)
{
    size_t bid;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, a->bids_n, &bid);
    struct text sum = {0};

    if (err != ERR_OK)
        return err;
    for (size_t k = 0; k < a->criteria_n; k++) {
        text_printf(&sum, "%s%s", k ? " + " : "",
            explain_micro(a->points[bid * a->criteria_n + k]).text);
        struct reply *r = figures_row(f, "part");
        figures_name(r, "criterion", f->made->criteria[k]);
        figures_micro(r, "points", a->points[bid * a->criteria_n + k]);
        reply_end(r);
    }
    explain_say(f, "total = sum of points over the criteria = %s = %s",
        text_peek(&sum), explain_micro(a->bids[bid].points).text);
    explain_say(f, "rank = 1 + the number of bids with more points = %zu",
        a->bids[bid].rank);
    explain_say(f, "lead = total - the most points of any other bid = %s",
        explain_micro(a->bids[bid].lead).text);
    text_fini(&sum);
    return ERR_OK;
}

static enum err explain_to_win(struct figures *f, struct award_result *a)
{
    explain_say(f,
        "the highest price of our bid at which no other has more points, "
        "all else as recorded; a tie counts as winning; rounded down");
    if (a->to_win == TO_WIN_AT)
        explain_say(f, "to-win = %s; our price is %s",
            explain_micro(a->to_win_price).text,
            explain_micro(a->bids[a->ours].price).text);
    else
        explain_say(f, "to-win = %s", a->to_win == TO_WIN_ANY ? "any" : "none");
    explain_input(f, f->made->bids[a->ours], FIELD_BID_PRICE);
    return ERR_OK;
}

static enum err explain_flip(struct figures *f, struct award_result *a)
{
    size_t k;
    enum err err = explain_find_key(
        f, "criterion", f->criterion, f->made->criteria, a->criteria_n, &k);

    if (err != ERR_OK)
        return err;
    if (a->rival == MODEL_NOWHERE) {
        explain_say(f, "there is no rival to tie with");
        return ERR_OK;
    }
    size_t ours = a->ours * a->criteria_n + k;
    size_t rival = a->rival * a->criteria_n + k;
    explain_say(f,
        "change = (total of the best rival - our total) / (our share - its "
        "share) = (%s - %s) / (%s - %s) = %s",
        explain_micro(a->bids[a->rival].points).text,
        explain_micro(a->bids[a->ours].points).text,
        explain_micro(a->shares[ours]).text,
        explain_micro(a->shares[rival]).text,
        explain_micro(a->criteria[k].flip.change).text);
    explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    return ERR_OK;
}

enum err explain_award(struct figures *f)
{
    struct award_result *a = NULL;
    enum err err;

    if (award_compute(&f->made->model, &a) != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    if (strcmp(f->figure, "points") == 0)
        err = explain_points(f, a);
    else if (strcmp(f->figure, "to-win") == 0)
        err = explain_to_win(f, a);
    else if (strcmp(f->figure, "flip") == 0)
        err = explain_flip(f, a);
    else
        err = explain_total(f, a);
    award_free(&a);
    return err;
}
