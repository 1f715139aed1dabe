/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_explain.c - how one figure came about: rule, inputs, arithmetic.
 *
 * The lines can be followed by hand to the same number; the inputs stand
 * behind them with their author and time.
 */
#include "db/change.h"
#include "server/figures.h"
#include "value/award.h"
#include "value/gap.h"
#include "value/price.h"
#include "value/users.h"

#include <stdarg.h>
#include <string.h>

static void say(struct figures *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct figures *f, const char *format, ...)
{
    struct text line = {0};
    va_list list;

    va_start(list, format);
    text_vprintf(&line, format, list);
    va_end(list);
    reply_line(f->r, text_peek(&line));
    text_fini(&line);
}

/* Numbers inside sentences; a few live at a time. */
struct number {
    char text[32];
};

static struct number micro(int64_t value)
{
    struct number made = {{0}};
    struct text word = {0};

    if (value == MODEL_ABSENT)
        text_puts(&word, "none");
    else
        micro_print(&word, value);
    memcpy(made.text, word.bytes,
        word.len < sizeof made.text ? word.len : sizeof made.text - 1);
    text_fini(&word);
    return made;
}

static struct number decimal(int64_t value)
{
    struct number made = {{0}};
    struct text word = {0};

    if (value == MODEL_ABSENT)
        text_puts(&word, "none");
    else
        decimal_print(&word, value);
    memcpy(made.text, word.bytes,
        word.len < sizeof made.text ? word.len : sizeof made.text - 1);
    text_fini(&word);
    return made;
}

static void row_input(struct figures *f, const struct object *o, size_t field)
{
    const struct datum *d = &o->values[field_place(field)];
    struct text word = {0};

    if (!d->set)
        return;
    struct reply *r = figures_row(f, "input");
    figures_name(r, "of", o);
    id_print(&word, o->kind, o->id);
    reply_word(r, "id", word.bytes);
    datum_reply(r, field, d);
    reply_int(r, "rev", (int64_t)o->rev);
    reply_word(r, "author", o->author);
    word.len = 0;
    time_print(&word, o->time, false);
    reply_word(r, "time", word.bytes);
    reply_end(r);
    text_fini(&word);
}

static size_t find_in(
    const struct object *const *list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        struct text name = {0};
        struct text id = {0};

        object_name(&name, list[i]);
        id_print(&id, list[i]->kind, list[i]->id);
        bool same =
            strcmp(name.bytes, word) == 0 || strcmp(id.bytes, word) == 0;
        text_fini(&name);
        text_fini(&id);
        if (same)
            return i;
    }
    return MODEL_NOWHERE;
}

/* The index that bid=, criterion= or segment= names. */
static enum err find_key(struct figures *f, const char *key, const char *word,
    const struct object *const *list, size_t n, size_t *at)
{
    if (word == NULL) {
        fault_set(
            f->fault, ERR_ARG, key, "nothing", "which one the figure is of");
        return ERR_ARG;
    }
    size_t found = find_in(list, n, word);
    if (found == MODEL_NOWHERE) {
        fault_set(f->fault, ERR_NONE, key, word,
            "one that counts in the figures of this tender");
        return ERR_NONE;
    }
    *at = found;
    return ERR_OK;
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
            row_input(f, mark, FIELD_MARK_VALUE);
    }
}

static void say_price(
    struct figures *f, const struct award_result *a, size_t bid, size_t k)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    struct number price = micro(a->bids[bid].price);
    struct number low = micro(a->criteria[k].lowest);
    struct number high = micro(a->criteria[k].highest);
    struct number share = micro(a->shares[bid * a->criteria_n + k]);

    switch (c->rule) {
    case RULE_LOWEST_RATIO:
        say(f, "rule lowest-ratio: share = lowest price / price = %s / %s = %s",
            low.text, price.text, share.text);
        break;
    case RULE_MIN_MAX:
        say(f,
            "rule min-max: share = (highest - price) / (highest - lowest) = "
            "(%s - %s) / (%s - %s) = %s",
            high.text, price.text, high.text, low.text, share.text);
        break;
    case RULE_ZERO_AT:
        say(f,
            "rule zero-at: share = (n x lowest - price) / ((n - 1) x lowest), "
            "not below 0; n = %s, lowest = %s, price = %s: %s",
            decimal(c->zero_at).text, low.text, price.text, share.text);
        break;
    case RULE_SET_LIMITS:
        say(f,
            "rule set-limits: share = (set-max - price) / (set-max - set-min) "
            "= (%s - %s) / (%s - %s) = %s",
            decimal(c->set_max).text, price.text, decimal(c->set_max).text,
            decimal(c->set_min).text, share.text);
        break;
    default:
        say(f, "rule %s: price = %s, lowest = %s, highest = %s: share = %s",
            price_rule_word(c->rule), price.text, low.text, high.text,
            share.text);
        break;
    }
    row_input(f, f->made->bids[bid], FIELD_BID_PRICE);
}

static void say_points(
    struct figures *f, const struct award_result *a, size_t bid, size_t k)
{
    const struct model_criterion *c = &f->made->model.criteria[k];
    size_t at = bid * a->criteria_n + k;

    if (c->is_price) {
        say_price(f, a, bid, k);
    } else {
        say(f, "share = mark / scale-max = %s / %s = %s",
            micro(a->marks[at]).text, decimal(c->scale_max).text,
            micro(a->shares[at]).text);
        input_marks(f, f->made->bids[bid], f->made->criteria[k]);
        row_input(f, f->made->criteria[k], FIELD_CRITERION_SCALE_MAX);
    }
    say(f, "points = weight x share = %s x %s = %s",
        decimal(c->weight.likely).text, micro(a->shares[at]).text,
        micro(a->points[at]).text);
    row_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
}

static enum err explain_points(struct figures *f, struct award_result *a)
{
    size_t bid, k;
    enum err err = find_key(f, "bid", f->bid, f->made->bids, a->bids_n, &bid);

    if (err == ERR_OK)
        err = find_key(
            f, "criterion", f->criterion, f->made->criteria, a->criteria_n, &k);
    if (err != ERR_OK)
        return err;
    if (!a->bids[bid].admitted)
        say(f, "the bid is not admitted: it fails a min-score");
    else
        say_points(f, a, bid, k);
    return ERR_OK;
}

static enum err explain_total(struct figures *f, struct award_result *a)
{
    size_t bid;
    enum err err = find_key(f, "bid", f->bid, f->made->bids, a->bids_n, &bid);
    struct text sum = {0};

    if (err != ERR_OK)
        return err;
    for (size_t k = 0; k < a->criteria_n; k++) {
        text_printf(&sum, "%s%s", k ? " + " : "",
            micro(a->points[bid * a->criteria_n + k]).text);
        struct reply *r = figures_row(f, "part");
        figures_name(r, "criterion", f->made->criteria[k]);
        figures_micro(r, "points", a->points[bid * a->criteria_n + k]);
        reply_end(r);
    }
    say(f, "total = sum of points over the criteria = %s = %s", text_peek(&sum),
        micro(a->bids[bid].points).text);
    say(f, "rank = 1 + the number of bids with more points = %zu",
        a->bids[bid].rank);
    say(f, "lead = total - the most points of any other bid = %s",
        micro(a->bids[bid].lead).text);
    text_fini(&sum);
    return ERR_OK;
}

static enum err explain_to_win(struct figures *f, struct award_result *a)
{
    say(f, "the highest price of our bid at which no other has more points, "
           "all else as recorded; a tie counts as winning; rounded down");
    if (a->to_win == TO_WIN_AT)
        say(f, "to-win = %s; our price is %s", micro(a->to_win_price).text,
            micro(a->bids[a->ours].price).text);
    else
        say(f, "to-win = %s", a->to_win == TO_WIN_ANY ? "any" : "none");
    row_input(f, f->made->bids[a->ours], FIELD_BID_PRICE);
    return ERR_OK;
}

static enum err explain_flip(struct figures *f, struct award_result *a)
{
    size_t k;
    enum err err = find_key(
        f, "criterion", f->criterion, f->made->criteria, a->criteria_n, &k);

    if (err != ERR_OK)
        return err;
    if (a->rival == MODEL_NOWHERE) {
        say(f, "there is no rival to tie with");
        return ERR_OK;
    }
    size_t ours = a->ours * a->criteria_n + k;
    size_t rival = a->rival * a->criteria_n + k;
    say(f,
        "change = (total of the best rival - our total) / (our share - its "
        "share) = (%s - %s) / (%s - %s) = %s",
        micro(a->bids[a->rival].points).text,
        micro(a->bids[a->ours].points).text, micro(a->shares[ours]).text,
        micro(a->shares[rival]).text, micro(a->criteria[k].flip.change).text);
    row_input(f, f->made->criteria[k], FIELD_CRITERION_WEIGHT);
    return ERR_OK;
}

static enum err explain_award(struct figures *f)
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

static void explain_level(
    struct figures *f, const struct users_result *u, size_t bid, size_t s)
{
    const struct model *m = &f->made->model;
    int64_t weights = 0;

    for (size_t i = 0; i < m->needs_n; i++) {
        int64_t importance = m->importance[s * m->needs_n + i];
        struct estimate cover = m->covers[bid * m->needs_n + i];

        if (importance == MODEL_ABSENT)
            continue;
        weights += importance;
        struct reply *r = figures_row(f, "part");
        figures_name(r, "need", f->made->needs[i]);
        reply_word(r, "importance", decimal(importance).text);
        reply_word(r, "coverage",
            decimal(cover.low == MODEL_ABSENT ? 0 : cover.likely).text);
        reply_end(r);
    }
    say(f, "level = sum of importance x coverage / sum of importance (%s) = %s",
        decimal(weights).text, micro(u->values[bid * u->segments_n + s]).text);
    say(f, "our bid is taken with the elements that are always in");
}

static enum err explain_value(struct figures *f, const struct users_result *u)
{
    size_t bid, s;
    enum err err = find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err == ERR_OK)
        err = find_key(
            f, "segment", f->segment, f->made->segments, u->segments_n, &s);
    if (err == ERR_OK)
        explain_level(f, u, bid, s);
    return err;
}

static enum err explain_mean(struct figures *f, const struct users_result *u)
{
    size_t bid;
    enum err err = find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err != ERR_OK)
        return err;
    for (size_t s = 0; s < u->segments_n; s++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "segment", f->made->segments[s]);
        figures_micro(r, "level", u->values[bid * u->segments_n + s]);
        reply_end(r);
        row_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    say(f,
        "mean = sum of heads x level / sum of heads = %s; the lowest "
        "segment has %s",
        micro(u->bids[bid].mean).text, micro(u->bids[bid].min).text);
    return ERR_OK;
}

static enum err explain_choice(struct figures *f, const struct users_result *u)
{
    size_t s;
    enum err err = find_key(
        f, "segment", f->segment, f->made->segments, u->segments_n, &s);

    if (err != ERR_OK)
        return err;
    const struct reach_choice *c = &u->segments[s].choice;
    say(f, "alternatives recorded %zu, of which it can reach %zu", c->recorded,
        c->reachable);
    say(f,
        "degree = 1 / sum of squared shares of use over those it can reach "
        "= %s",
        micro(c->degree).text);
    say(f, "captive: alternatives are recorded and fewer than 2 can be "
           "reached");
    return ERR_OK;
}

static enum err explain_users(struct figures *f)
{
    struct users_result *u = NULL;
    enum err err;

    if (users_compute(&f->made->model, &u) != ERR_OK)
        return figures_lack(f, FIGURE_USERS);
    if (strcmp(f->figure, "value") == 0)
        err = explain_value(f, u);
    else if (strcmp(f->figure, "mean") == 0)
        err = explain_mean(f, u);
    else
        err = explain_choice(f, u);
    users_free(&u);
    return err;
}

static enum err explain_gap(struct figures *f)
{
    struct gap_result *g = NULL;

    if (gap_compute(&f->made->model, &g) != ERR_OK)
        return figures_lack(f, FIGURE_GAP);
    say(f, "users = mean over heads of importance / sum of importances of the "
           "segment");
    say(f, "criteria = sum over criteria of weight x strength / sum of the "
           "criterion's strengths, as a share of all weight that looks at a "
           "need");
    for (size_t i = 0; i < g->needs_n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "need", f->made->needs[i]);
        reply_micro(r, "users", g->needs[i].users);
        reply_micro(r, "criteria", g->needs[i].criteria);
        reply_end(r);
    }
    say(f, "divergence = half the sum of |users - criteria| = %s",
        micro(g->divergence).text);
    say(f, "criteria-only = share of weight that looks at no need = %s",
        micro(g->criteria_only).text);
    gap_free(&g);
    return ERR_OK;
}

enum err figure_explain(struct figures *f)
{
    static const struct {
        const char *word;
        figure_fn *explain;
    } rows[] = {{"points", explain_award}, {"total", explain_award},
        {"lead", explain_award}, {"rank", explain_award},
        {"to-win", explain_award}, {"flip", explain_award},
        {"value", explain_users}, {"mean", explain_users},
        {"choice", explain_users}, {"gap", explain_gap},
        {"divergence", explain_gap}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, f->figure) == 0)
            return rows[i].explain(f);
    return fault_set(f->fault, ERR_ARG, "figure", f->figure,
        "points, total, lead, rank, to-win, flip, value, mean, choice, gap, "
        "divergence");
}
