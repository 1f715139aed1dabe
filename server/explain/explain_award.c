/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_award.c - how a figure of the institution's side came about.
 */
#include "protocol/french.h"
#include "server/explain/explain.h"
#include "value/award/award.h"
#include "value/award/price.h"

#include <stdio.h>
#include <string.h>

static void input_mark(struct figures *f, const struct object *mark)
{
    explain_input(f, mark, FIELD_MARK_VALUE);
    explain_input(f, mark, FIELD_MARK_GRADE);
    explain_input(f, mark, FIELD_MARK_MODERATED);
}

void explain_marks(
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

/* Digits to which points of a criterion are rounded, as a call around them. */
static struct rounded {
    const char *before;
    char after[16];
} rounded_to(int round)
{
    struct rounded made = {"", ""};

    if (round <= 0)
        return made;
    made.before = "round(";
    (void)snprintf(made.after, sizeof made.after, ", %d)", round - 1);
    return made;
}

static const char *words_of(enum price_rule rule)
{
    switch (rule) {
    case RULE_LOWEST_RATIO:
        return "lowest price / price = ";
    case RULE_MIN_MAX:
        return "(highest - price) / (highest - lowest) = ";
    case RULE_ZERO_AT:
        return "(n x lowest - price) / ((n - 1) x lowest) = ";
    case RULE_SET_LIMITS:
        return "(set-max - price) / (set-max - set-min) = ";
    default:
        return "";
    }
}

/* The share of a price; puts the arithmetic, or the share itself where there
 * is none to show, into *how. */
static void say_price(struct figures *f, const struct award_result *a,
    size_t bid, size_t k, struct text *how)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    struct number share = explain_micro(a->shares[bid * a->criteria_n + k]);

    if (explain_share(f, a, bid, k, how)) {
        explain_say(f, "rule %s: share = %s%s = %s", price_rule_word(c->rule),
            words_of(c->rule), text_peek(how), share.text);
    } else {
        text_puts(how, share.text);
        explain_say(f, "rule %s: price %s, lowest %s, highest %s: share %s",
            price_rule_word(c->rule), explain_micro(a->bids[bid].price).text,
            explain_micro(a->criteria[k].lowest).text,
            explain_micro(a->criteria[k].highest).text, share.text);
        if (c->rule == RULE_EXPRESSION)
            explain_say(f, "expression / weight: %s", c->expression);
    }
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    if (bid == f->made->model.ours)
        explain_our_price(f, a->bids[bid].price);
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
static void put_levels(
    const struct model_criterion *c, int64_t mark, struct text *how)
{
    const struct model_level *l = c->levels;
    size_t at = 0;

    while (at < c->levels_n && l[at].mark * INT64_C(100) < mark)
        at++;
    if (at == 0 || at == c->levels_n || l[at].mark * INT64_C(100) == mark) {
        at -= at == c->levels_n;
        text_puts(how, explain_decimal(l[at].share).text);
        return;
    }
    text_printf(how, "%s + (%s - %s) x (%s - %s) / (%s - %s)",
        explain_decimal(l[at - 1].share).text, explain_micro(mark).text,
        explain_decimal(l[at - 1].mark).text, explain_decimal(l[at].share).text,
        explain_decimal(l[at - 1].share).text, explain_decimal(l[at].mark).text,
        explain_decimal(l[at - 1].mark).text);
}

static void say_mark(struct figures *f, const struct award_result *a,
    size_t bid, size_t k, struct text *how)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    size_t at = bid * a->criteria_n + k;

    rows_grade(f, k);
    explain_mark(f, a->marks[at], bid, k);
    if (c->levels_n > 0)
        put_levels(c, a->marks[at], how);
    else
        text_printf(how, "%s / %s", explain_micro(a->marks[at]).text,
            explain_decimal(c->scale_max).text);
    explain_say(f, "share = %s%s = %s",
        c->levels_n ? "" : "mark / scale-max = ", text_peek(how),
        explain_micro(a->shares[at]).text);
    explain_marks(f, f->made->bids[bid], f->made->criteria[k]);
    explain_input(f, f->made->criteria[k], FIELD_CRITERION_SCALE_MAX);
}

static void say_points(
    struct figures *f, const struct award_result *a, size_t bid, size_t k)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    const struct rounded by = rounded_to(c->round);
    size_t at = bid * a->criteria_n + k;
    struct text how = {0};

    if (c->is_price && a->points[at] == MODEL_ABSENT) {
        explain_say(f, "rule %s gives the total itself: explain total",
            price_rule_word(c->rule));
        return;
    }
    if (c->is_price)
        say_price(f, a, bid, k, &how);
    else
        say_mark(f, a, bid, k, &how);
    explain_say(f, "points = weight x share = %s%s x (%s)%s = %s", by.before,
        explain_decimal(c->weight.likely).text, text_peek(&how), by.after,
        explain_micro(a->points[at]).text);
    explain_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    text_fini(&how);
}

/* The parts of a group, one level below it, or of the whole, as rows; and in
 * *sum as they are added. */
static void rows_parts(struct figures *f, const struct award_result *a,
    size_t bid, size_t g, struct text *sum)
{
    const struct model *m = &f->made->model;
    const int64_t *groups = a->group_points + bid * a->groups_n;

    for (size_t i = 0; i < m->groups_n + m->criteria_n; i++) {
        const bool is_group = i < m->groups_n;
        const size_t k = i - m->groups_n;
        const int64_t points =
            is_group ? groups[i] : a->points[bid * a->criteria_n + k];

        if ((is_group ? m->groups[i].parent : m->group_of[k]) != g ||
            points == MODEL_ABSENT)
            continue;
        text_printf(
            sum, "%s%s", sum->len ? " + " : "", explain_micro(points).text);
        struct reply *r = figures_row(f, "part");
        figures_name(r, "criterion",
            is_group ? f->made->groups[i] : f->made->criteria[k]);
        reply_micro(r, "points", points);
        reply_end(r);
    }
}

static void say_parts(
    struct figures *f, const struct award_result *a, size_t bid, size_t g)
{
    const struct rounded by = rounded_to(f->made->model.groups[g].round);
    struct text sum = {0};

    rows_parts(f, a, bid, g, &sum);
    explain_say(f, "points = sum of points of its parts = %s%s%s = %s",
        by.before, text_peek(&sum), by.after,
        explain_micro(a->group_points[bid * a->groups_n + g]).text);
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
    enum err err = explain_find_bid(f, &bid);

    if (err == ERR_OK && f->criterion != NULL)
        group = explain_find(f->made->groups, a->groups_n, f->criterion);
    if (err == ERR_OK && group == MODEL_NOWHERE)
        err = explain_find_criterion(f, &k);
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

/* The criterion whose rule gives the total itself. */
static size_t find_by_total(const struct model *m)
{
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (m->criteria[k].is_price &&
            price_gives(&m->criteria[k]) != PRICE_GIVES_SHARE)
            return k;
    }
    return MODEL_NOWHERE;
}

/* All criteria that are marked or priced. */
static void rows_leaves(struct figures *f, const struct award_result *a,
    size_t bid, struct text *sum)
{
    for (size_t k = 0; k < a->criteria_n; k++) {
        text_printf(sum, "%s%s", k ? " + " : "",
            explain_micro(a->points[bid * a->criteria_n + k]).text);
        struct reply *r = figures_row(f, "part");
        figures_name(r, "criterion", f->made->criteria[k]);
        figures_micro(r, "points", a->points[bid * a->criteria_n + k]);
        reply_end(r);
    }
}

static void say_sum(struct figures *f, const struct award_result *a, size_t bid)
{
    const struct model *m = &f->made->model;
    const struct rounded by = rounded_to(m->round_total);
    struct text sum = {0};

    if (model_rounds_groups(m))
        rows_parts(f, a, bid, MODEL_NOWHERE, &sum);
    else
        rows_leaves(f, a, bid, &sum);
    if (m->bids[bid].bonus)
        text_printf(&sum, " + (%s)", explain_decimal(m->bids[bid].bonus).text);
    explain_say(f, "total = sum of points%s = %s%s%s = %s",
        m->bids[bid].bonus ? " and of preference points" : "", by.before,
        text_peek(&sum), by.after, explain_micro(a->bids[bid].points).text);
    text_fini(&sum);
}

static void say_by_total(struct figures *f, const struct award_result *a,
    size_t bid, size_t criterion)
{
    const struct model_criterion *c = &f->made->model.criteria[criterion];
    const struct rounded by = rounded_to(f->made->model.round_total);
    struct number total = explain_micro(a->bids[bid].points);
    struct text how = {0};

    if (explain_by_total(f, a, bid, criterion, &how))
        explain_say(f, "rule %s: total = %s%s%s = %s", price_rule_word(c->rule),
            by.before, text_peek(&how), by.after, total.text);
    else
        explain_say(f, "rule %s%s%s: total %s", price_rule_word(c->rule),
            c->expression ? " " : "", c->expression ? c->expression : "",
            total.text);
    if (c->rule == RULE_QUALITY_CORRIDOR)
        explain_corridor(f, a, criterion);
    else
        explain_say(f, "the %s total stands first",
            price_gives(c) == PRICE_GIVES_LOW ? "lowest" : "highest");
    explain_input(f, f->made->bids[bid], FIELD_BID_PRICE);
    text_fini(&how);
}

/* The best of the other bids that are compared. */
static size_t find_best_other(const struct award_result *a, size_t bid)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < a->bids_n; b++) {
        if (b == bid || !a->bids[b].admitted)
            continue;
        if (best == MODEL_NOWHERE || a->bids[b].rank < a->bids[best].rank)
            best = b;
    }
    return best;
}

static void say_lead(struct figures *f, const struct award_result *a,
    size_t bid, size_t by_total)
{
    const struct model_criterion *c =
        by_total == MODEL_NOWHERE ? NULL : &f->made->model.criteria[by_total];
    bool lowest = c != NULL && price_gives(c) == PRICE_GIVES_LOW;
    size_t other = find_best_other(a, bid);
    struct number own = explain_micro(a->bids[bid].points);

    explain_say(f, "rank = 1 + bids that stand better = 1 + %zu = %zu",
        a->bids[bid].rank - 1, a->bids[bid].rank);
    if (other == MODEL_NOWHERE) {
        explain_say(f, "there is no other bid to lead");
        return;
    }
    if (c != NULL && c->rule == RULE_QUALITY_CORRIDOR) {
        explain_corridor_lead(f, a, bid, by_total);
        return;
    }
    struct number theirs = explain_micro(a->bids[other].points);
    explain_say(f, "lead = %s = %s - %s = %s",
        french_of(lowest ? "the best other total - total"
                         : "total - the best other total",
            f->language),
        lowest ? theirs.text : own.text, lowest ? own.text : theirs.text,
        explain_micro(a->bids[bid].lead).text);
}

static enum err explain_total(struct figures *f, struct award_result *a)
{
    const struct model *m = &f->made->model;
    size_t by_total = find_by_total(m);
    size_t bid;
    enum err err = explain_find_bid(f, &bid);

    if (err != ERR_OK)
        return err;
    if (!a->bids[bid].admitted) {
        say_refused(f, a, bid);
        return ERR_OK;
    }
    if (by_total == MODEL_NOWHERE)
        say_sum(f, a, bid);
    else
        say_by_total(f, a, bid, by_total);
    say_lead(f, a, bid, by_total);
    return ERR_OK;
}

static enum err explain_to_win(struct figures *f, struct award_result *a)
{
    size_t by_total = find_by_total(&f->made->model);

    explain_say(f,
        "the highest price of our bid at which no other has more points, "
        "all else as recorded; a tie counts as winning; rounded down");
    if (by_total != MODEL_NOWHERE &&
        f->made->model.criteria[by_total].rule == RULE_QUALITY_CORRIDOR)
        explain_stages(f, a, by_total);
    explain_winning(f, a);
    if (a->to_win == TO_WIN_AT)
        explain_say(f, "to-win = %s", explain_micro(a->to_win_price).text);
    else
        explain_say(f, "to-win = %s",
            a->to_win == TO_WIN_ANY      ? "any"
            : a->to_win == TO_WIN_UNSURE ? "unsure"
                                         : "none");
    explain_near_to_win(f, a);
    if (a->to_win == TO_WIN_AT && a->bids[a->ours].price != MODEL_ABSENT) {
        explain_our_price(f, a->bids[a->ours].price);
        explain_say(f, "change = to-win - our price = %s - %s = %s",
            explain_micro(a->to_win_price).text,
            explain_micro(a->bids[a->ours].price).text,
            explain_micro(a->to_win_price - a->bids[a->ours].price).text);
    }
    explain_input(f, f->made->bids[a->ours], FIELD_BID_PRICE);
    return ERR_OK;
}

enum err explain_award(struct figures *f)
{
    struct award_result *a = NULL;
    enum err err = figures_award(f, &a);

    if (err != ERR_OK)
        return err;
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
