/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_decider.c - rows of the proposition for the institution.
 */
#include "server/figure/figures.h"
#include "value/award/award.h"

struct reply *figures_row(struct figures *f, const char *kind)
{
    reply_data(f->r, kind, NULL);
    if (f->lot)
        reply_word(f->r, "lot", f->lot);
    return f->r;
}

void figures_name(struct reply *r, const char *key, const struct object *object)
{
    const char *code = object_code(object);
    struct text id = {0};

    if (code == NULL)
        object_name(&id, object);
    reply_word(r, key, code ? code : text_peek(&id));
    text_fini(&id);
}

void figures_micro(struct reply *r, const char *key, int64_t value)
{
    if (value != MODEL_ABSENT)
        reply_micro(r, key, value);
}

static void row_bid(struct figures *f, const struct award_result *a, size_t bid)
{
    const struct award_bid *b = &a->bids[bid];
    struct reply *r = figures_row(f, "bid");

    figures_name(r, "code", f->made->bids[bid]);
    figures_micro(r, "points", b->points);
    if (b->admitted)
        reply_int(r, "rank", (int64_t)b->rank);
    figures_micro(r, "lead", b->lead);
    figures_micro(r, "price", b->price);
    if (bid == a->ours)
        reply_yes(r, "ours", true);
    if (b->tie)
        reply_yes(r, "tie", true);
    if (b->decide != MODEL_ABSENT)
        reply_yes(r, "corridor", b->within);
    if (!b->admitted) {
        reply_yes(r, "admitted", false);
        if (b->refused == REFUSED_MARK)
            figures_name(r, "gate", f->made->criteria[b->gate]);
        else if (b->refused == REFUSED_GROUP)
            figures_name(r, "gate", f->made->groups[b->gate]);
        else
            reply_word(r, "gate",
                b->refused == REFUSED_QUALITY ? "min-quality" : "max-pass");
    }
    reply_end(r);
}

static void rows_points(struct figures *f, const struct award_result *a)
{
    for (size_t bid = 0; bid < a->bids_n; bid++) {
        for (size_t k = 0; k < a->criteria_n; k++) {
            if (a->points[bid * a->criteria_n + k] == MODEL_ABSENT)
                continue;
            struct reply *r = figures_row(f, "points");

            figures_name(r, "bid", f->made->bids[bid]);
            figures_name(r, "criterion", f->made->criteria[k]);
            reply_micro(r, "points", a->points[bid * a->criteria_n + k]);
            reply_micro(r, "weight",
                f->made->model.criteria[k].weight.likely * INT64_C(100));
            reply_end(r);
        }
    }
}

/* What each criterion with parts earns: the sum of what stands below it. */
static void rows_subtotal(struct figures *f, const struct award_result *a)
{
    for (size_t i = 0; i < a->bids_n * a->groups_n; i++) {
        size_t bid = i / a->groups_n;
        size_t group = i % a->groups_n;

        if (a->group_points[i] == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "subtotal");
        figures_name(r, "bid", f->made->bids[bid]);
        figures_name(r, "criterion", f->made->groups[group]);
        reply_micro(r, "points", a->group_points[i]);
        reply_micro(r, "weight",
            f->made->model.groups[group].weight.likely * INT64_C(100));
        reply_end(r);
    }
}

void figures_paradox(struct figures *f, const struct award_paradox *p)
{
    struct reply *r = figures_row(f, "paradox");

    figures_name(r, "without", f->made->bids[p->without]);
    figures_name(r, "was", f->made->bids[p->was]);
    figures_name(r, "winner", f->made->bids[p->winner]);
    reply_end(r);
}

static void rows_paradox(struct figures *f, const struct award_result *a)
{
    for (size_t i = 0; i < a->paradoxes_n; i++) {
        const struct award_paradox *p = &a->paradoxes[i];

        figures_paradox(f, p);
        for (size_t bid = 0; bid < a->bids_n; bid++) {
            if (p->points[bid] == MODEL_ABSENT)
                continue;
            struct reply *r = figures_row(f, "paradox-points");
            figures_name(r, "without", f->made->bids[p->without]);
            figures_name(r, "bid", f->made->bids[bid]);
            reply_micro(r, "points", p->points[bid]);
            reply_end(r);
        }
    }
}

static void rows_flip(struct figures *f, const struct award_result *a)
{
    for (size_t k = 0; k < a->criteria_n; k++) {
        const struct award_flip *flip = &a->criteria[k].flip;

        if (flip->change == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(f, "flip");
        figures_name(r, "criterion", f->made->criteria[k]);
        reply_micro(r, "change", flip->change);
        reply_yes(r, "smallest", flip->smallest);
        if (!flip->possible)
            reply_yes(r, "possible", false);
        reply_end(r);
    }
}

static const char *to_win_word(enum to_win answer)
{
    switch (answer) {
    case TO_WIN_ANY:
        return "any";
    case TO_WIN_UNSURE:
        return "unsure";
    case TO_WIN_NONE:
    case TO_WIN_AT:
        return "none";
    }
    return "none";
}

static void last_words(struct figures *f, const struct award_result *a)
{
    struct reply *r = f->last;

    if (a->to_win == TO_WIN_AT)
        reply_micro(r, "to-win", a->to_win_price);
    else
        reply_word(r, "to-win", to_win_word(a->to_win));
    if (a->leader != MODEL_NOWHERE)
        figures_name(r, "leader", f->made->bids[a->leader]);
    if (a->estimates)
        reply_int(r, "estimates", (int64_t)a->estimates);
}

enum err figure_decider(struct figures *f)
{
    struct award_result *a = NULL;
    enum err err = figures_award(f, &a);

    if (err != ERR_OK)
        return err;
    figures_serves(f);
    for (size_t bid = 0; bid < a->bids_n; bid++)
        row_bid(f, a, bid);
    rows_points(f, a);
    rows_subtotal(f, a);
    rows_paradox(f, a);
    rows_flip(f, a);
    if (!figures_winning_is_plain(a))
        figures_winning(f, a);
    figures_decider_more(f, a);
    decider_notes(f, a);
    last_words(f, a);
    award_free(&a);
    return ERR_OK;
}
