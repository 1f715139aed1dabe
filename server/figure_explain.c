/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_explain.c - how one figure came about: rule, inputs, arithmetic.
 *
 * The lines can be followed by hand to the same number; the inputs stand
 * behind them with their author and time.
 */
#include "db/change.h"
#include "server/explain.h"
#include "value/gap.h"
#include "value/users.h"

#include <stdarg.h>
#include <string.h>

void explain_say(struct figures *f, const char *format, ...)
{
    struct text line = {0};
    va_list list;

    va_start(list, format);
    text_vprintf(&line, format, list);
    va_end(list);
    reply_line(f->r, text_peek(&line));
    text_fini(&line);
}

struct number explain_micro(int64_t value)
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

struct number explain_decimal(int64_t value)
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

void explain_input(struct figures *f, const struct object *o, size_t field)
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

size_t explain_find(
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
enum err explain_find_key(struct figures *f, const char *key, const char *word,
    const struct object *const *list, size_t n, size_t *at)
{
    if (word == NULL) {
        fault_set(
            f->fault, ERR_ARG, key, "nothing", "which one the figure is of");
        return ERR_ARG;
    }
    size_t found = explain_find(list, n, word);
    if (found == MODEL_NOWHERE) {
        fault_set(f->fault, ERR_NONE, key, word,
            "one that counts in the figures of this tender");
        return ERR_NONE;
    }
    *at = found;
    return ERR_OK;
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
        reply_word(r, "importance", explain_decimal(importance).text);
        reply_word(r, "coverage",
            explain_decimal(cover.low == MODEL_ABSENT ? 0 : cover.likely).text);
        reply_end(r);
    }
    explain_say(f,
        "level = sum of importance x coverage / sum of importance (%s) = %s",
        explain_decimal(weights).text,
        explain_micro(u->values[bid * u->segments_n + s]).text);
    explain_say(f, "our bid is taken with the elements that are always in");
}

static enum err explain_value(struct figures *f, const struct users_result *u)
{
    size_t bid, s;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err == ERR_OK)
        err = explain_find_key(
            f, "segment", f->segment, f->made->segments, u->segments_n, &s);
    if (err == ERR_OK)
        explain_level(f, u, bid, s);
    return err;
}

static enum err explain_mean(struct figures *f, const struct users_result *u)
{
    size_t bid;
    enum err err =
        explain_find_key(f, "bid", f->bid, f->made->bids, u->bids_n, &bid);

    if (err != ERR_OK)
        return err;
    for (size_t s = 0; s < u->segments_n; s++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "segment", f->made->segments[s]);
        figures_micro(r, "level", u->values[bid * u->segments_n + s]);
        reply_end(r);
        explain_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    explain_say(f,
        "mean = sum of heads x level / sum of heads = %s; the lowest "
        "segment has %s",
        explain_micro(u->bids[bid].mean).text,
        explain_micro(u->bids[bid].min).text);
    return ERR_OK;
}

static enum err explain_choice(struct figures *f, const struct users_result *u)
{
    size_t s;
    enum err err = explain_find_key(
        f, "segment", f->segment, f->made->segments, u->segments_n, &s);

    if (err != ERR_OK)
        return err;
    const struct reach_choice *c = &u->segments[s].choice;
    explain_say(f, "alternatives recorded %zu, of which it can reach %zu",
        c->recorded, c->reachable);
    explain_say(f,
        "degree = 1 / sum of squared shares of use over those it can reach "
        "= %s",
        explain_micro(c->degree).text);
    explain_say(f, "captive: alternatives are recorded and fewer than 2 can be "
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
    explain_say(f,
        "users = mean over heads of importance / sum of importances of the "
        "segment");
    explain_say(f,
        "criteria = sum over criteria of weight x strength / sum of the "
        "criterion's strengths, as a share of all weight that looks at a "
        "need");
    for (size_t i = 0; i < g->needs_n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, "need", f->made->needs[i]);
        reply_micro(r, "users", g->needs[i].users);
        reply_micro(r, "criteria", g->needs[i].criteria);
        reply_end(r);
    }
    explain_say(f, "divergence = half the sum of |users - criteria| = %s",
        explain_micro(g->divergence).text);
    explain_say(f, "criteria-only = share of weight that looks at no need = %s",
        explain_micro(g->criteria_only).text);
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
        {"divergence", explain_gap}, {"wins", explain_chance},
        {"chance", explain_chance}, {"draw", explain_chance},
        {"confidence", explain_chance}, {"interval", explain_firm},
        {"mark", explain_firm}, {"mass", explain_firm},
        {"share", explain_firm}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, f->figure) == 0)
            return rows[i].explain(f);
    return fault_set(f->fault, ERR_ARG, "figure", f->figure,
        "points, total, lead, rank, to-win, flip, value, mean, choice, gap, "
        "divergence, wins, chance, draw, confidence, interval, mark, mass, "
        "share");
}
