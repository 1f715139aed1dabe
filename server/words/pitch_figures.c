/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_figures.c - points by the criteria, what users find in our offer, what
 * it is beyond today, and what it costs: whatever is computed, as sentences.
 */
#include "protocol/base_mem.h"
#include "server/words/pitch_inside.h"
#include "value/fraction.h"
#include "value/users/advantage.h"

#include <stdlib.h>
#include <string.h>

/* The criteria. */

static int64_t sum_of_weights(const struct model *m)
{
    int64_t sum = 0;

    for (size_t k = 0; k < m->criteria_n; k++)
        sum += m->criteria[k].weight.likely;
    return sum * 100;
}

static void say_mark(struct pitching *p, enum move move, size_t criterion)
{
    const struct award_result *a = p->award;
    int64_t mark = a->marks[a->ours * a->criteria_n + criterion];

    if (mark == MODEL_ABSENT)
        return;
    pitch_about(p, "criterion", p->f->made->criteria[criterion]);
    spell_number(pitch_gap(p, "mark"), mark, 1, p->language);
    spell_number(pitch_gap(p, "scale"),
        p->f->made->model.criteria[criterion].scale_max * 100, 1, p->language);
    (void)pitch_say(p, move);
}

/* Those that weigh most first, of level ones the first. */
static void say_marks(struct pitching *p)
{
    const struct model *m = &p->f->made->model;
    size_t most = p->shed < SHED_DETAILS ? speech_of(p->to.level)->marks : 1;
    bool *said = mem_new((m->criteria_n + 1) * sizeof *said);

    for (size_t i = 0; i < most; i++) {
        size_t best = MODEL_NOWHERE;

        for (size_t k = 0; k < m->criteria_n; k++)
            if (!said[k] && !m->criteria[k].is_price &&
                (best == MODEL_NOWHERE || m->criteria[k].weight.likely >
                                              m->criteria[best].weight.likely))
                best = k;
        if (best == MODEL_NOWHERE)
            break;
        said[best] = true;
        say_mark(p, MOVE_MARK, best);
    }
    free(said);
}

/* A rank is for who writes, not for who reads: they can not check it. */
static void advise_rank(struct pitching *p)
{
    const struct award_bid *ours = &p->award->bids[p->award->ours];

    if (ours->lead == MODEL_ABSENT)
        return;
    if (ours->wins)
        pitch_advise(p, "ahead", NULL, TEXT_PITCH_AHEAD);
    else
        pitch_advise(
            p, "behind", p->f->made->bids[p->award->leader], TEXT_PITCH_BEHIND);
}

void pitch_points(struct pitching *p)
{
    const struct award_result *a = p->award;

    if (a == NULL || !a->bids[a->ours].admitted) {
        if (pitch_speaks(p, MOVE_POINTS))
            pitch_lack(p, "points", a ? "decider *" : "missing *",
                p->f->made->tender,
                a ? TEXT_PITCH_REFUSED : TEXT_PITCH_NO_POINTS);
        return;
    }
    spell_count(pitch_gap(p, "points"), a->bids[a->ours].points, 1, UNIT_POINTS,
        p->language);
    spell_number(pitch_gap(p, "max"), sum_of_weights(&p->f->made->model), 1,
        p->language);
    (void)pitch_say(p, MOVE_POINTS);
    advise_rank(p);
    size_t strength = pitch_strength(&p->f->made->model, a);
    if (strength != MODEL_NOWHERE && p->shed < SHED_DETAILS)
        say_mark(p, MOVE_STRENGTH, strength);
    say_marks(p);
}

/* Users. */

static int64_t value_for(const struct pitching *p, size_t segment)
{
    return p->users
        ->values[p->f->made->model.ours * p->users->segments_n + segment];
}

/* As of needs, what is met by less than half is not told. */
static void say_value(struct pitching *p, enum move move, int64_t value)
{
    if (!pitch_speaks(p, move))
        return;
    if (value < MICRO_ONE / 2) {
        pitch_advise(p, "few", NULL, TEXT_PITCH_FEW);
        return;
    }
    pitch_share(p, "value", value);
    pitch_degree(p, value);
    (void)pitch_say(p, move);
}

static void say_total(struct pitching *p)
{
    int64_t value = value_for(p, p->segment);

    if (value != MODEL_ABSENT)
        say_value(p, MOVE_TOTAL, value);
}

static void say_mean(struct pitching *p)
{
    const struct users_bid *ours = &p->users->bids[p->f->made->model.ours];

    if (ours->known && ours->mean != MODEL_ABSENT)
        say_value(p, MOVE_USERS, ours->mean);
}

static bool is_represented(const struct pitching *p, const struct object *who,
    const struct object *segment, bool *any)
{
    const struct record *r = p->f->record;
    bool is = false;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];

        if (!maker_is_word(VALUE(o, LINK, SORT), "represents") ||
            !maker_is_ref(VALUE(o, LINK, FROM), who))
            continue;
        *any = true;
        is |= maker_is_ref(VALUE(o, LINK, TO), segment);
    }
    return is;
}

/* Who is linked to no segment speaks for all. */
static void say_segments(struct pitching *p)
{
    const struct object *who = p->to.org ? p->to.org : p->to.party;

    for (size_t s = 0; s < p->users->segments_n; s++) {
        const struct object *segment = p->f->made->segments[s];
        bool any = false;
        bool is = is_represented(p, p->to.party, segment, &any);

        if (!any)
            is = is_represented(p, who, segment, &any);
        if ((any && !is) || value_for(p, s) == MODEL_ABSENT)
            continue;
        pitch_about(p, "segment", segment);
        pitch_share(p, "value", value_for(p, s));
        pitch_degree(p, value_for(p, s));
        (void)pitch_say(p, MOVE_SEGMENT);
    }
}

static enum text_id better_of(int64_t micro)
{
    return micro >= 200000  ? TEXT_BETTER_MUCH
           : micro >= 50000 ? TEXT_BETTER
                            : TEXT_BETTER_LITTLE;
}

static void say_row(struct pitching *p, const struct advantage_row *row)
{
    bool today = row->over == MODEL_NOWHERE;
    const struct object *other =
        today ? NULL : p->f->made->alternatives[row->over];

    if (row->net.high < 0)
        pitch_advise(p, today ? "below-today" : "below", other,
            today ? TEXT_PITCH_BELOW_TODAY : TEXT_PITCH_BELOW);
    if (row->net.low <= 0)
        return;
    if (other)
        pitch_about(p, "alternative", other);
    spell_count(pitch_gap(p, "net"), row->net.low * 100, 0, UNIT_OF_HUNDRED,
        p->language);
    text_puts(
        pitch_gap(p, "better"), text_of(better_of(row->net.low), p->language));
    (void)pitch_say(p, today ? MOVE_TODAY : MOVE_BEYOND);
}

/* Over today, and over what they can reach; a range by its lower end. */
static void say_advantage(struct pitching *p)
{
    struct advantage_result *a = NULL;
    bool today = false;

    if (advantage_compute(&p->f->made->model, 0, false, &a) != ERR_OK)
        return;
    for (size_t i = 0; i < a->rows_n; i++) {
        size_t over = a->rows[i].over;

        if (a->rows[i].segment != p->segment)
            continue;
        today |= over == MODEL_NOWHERE;
        /* Said once: the status quo is what they have today. */
        if (!today || over == MODEL_NOWHERE ||
            !p->f->made->model.alternatives[over].status_quo)
            say_row(p, &a->rows[i]);
    }
    advantage_free(&a);
}

static void gap_risks(struct pitching *p, const char *set)
{
    static const struct {
        const char *word;
        enum text_id text;
    } rows[] = {{"privacy", TEXT_RISK_PRIVACY},
        {"insurance", TEXT_RISK_INSURANCE}, {"accident", TEXT_RISK_ACCIDENT},
        {"theft", TEXT_RISK_THEFT}, {"other", TEXT_RISK_OTHER}};
    struct text *to = pitch_gap(p, "risks");

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (list_holds(set, rows[i].word, strlen(rows[i].word)))
            text_printf(to, "%s%s", to->len ? ", " : "",
                text_of(rows[i].text, p->language));
}

/* What an element asks of them, and what they get for it. */
static void say_effort(
    struct pitching *p, const struct object *o, const struct object *element)
{
    const struct datum *reward = VALUE(o, EFFORT, REWARD);
    const struct datum *risk = VALUE(o, EFFORT, RISK);
    const struct datum *less = VALUE(o, EFFORT, MITIGATION);
    const struct spell_money whole = {p->money.currency, 1, NULL};

    pitch_about(p, "element", element);
    spell_count(pitch_gap(p, "minutes"),
        VALUE(o, EFFORT, MINUTES)->number * 100, 1, UNIT_MINUTES, p->language);
    spell_count(pitch_gap(p, "times"), VALUE(o, EFFORT, TIMES)->number * 100, 1,
        UNIT_TIMES, p->language);
    (void)pitch_say(p, MOVE_EFFORT);
    if (reward->set && reward->number > 0) {
        spell_money(pitch_gap(p, "reward"), reward->number * 100, &whole, false,
            p->language);
        (void)pitch_say(p, MOVE_REWARD);
    }
    if (risk->set) {
        gap_risks(p, risk->text);
        (void)pitch_say(p, MOVE_RISK);
    }
    if (risk->set && less->set) {
        pitch_behind_colon(p, "text", less->text);
        (void)pitch_say(p, MOVE_MITIGATION);
    }
}

static void say_efforts(struct pitching *p)
{
    const struct tender_model *made = p->f->made;
    const struct record *r = p->f->record;

    for (size_t i = 0; i < r->n[KIND_EFFORT]; i++) {
        const struct object *o = r->list[KIND_EFFORT][i];
        size_t at = maker_index(
            made->elements, made->model.elements_n, VALUE(o, EFFORT, ELEMENT));

        if (at != MODEL_NOWHERE && made->model.elements[at].always &&
            maker_is_ref(VALUE(o, EFFORT, PARTY), p->to.party))
            say_effort(p, o, made->elements[at]);
    }
}

void pitch_users(struct pitching *p)
{
    if (p->users == NULL) {
        pitch_lack(
            p, "users", "missing *", p->f->made->tender, TEXT_PITCH_NO_USERS);
        return;
    }
    if (strcmp(p->to.audience, "representative") == 0) {
        say_segments(p);
        return;
    }
    if (p->segment == MODEL_NOWHERE) {
        say_mean(p);
        return;
    }
    say_total(p);
    say_advantage(p);
    say_efforts(p);
}

/* Money. */

static void gap_money(
    struct pitching *p, const char *gap, int64_t micro, bool tax)
{
    spell_money(pitch_gap(p, gap), micro, &p->money, tax, p->language);
}

/* The budget of the lot, else what the buyer estimated. */
static const struct datum *budget_of(const struct pitching *p)
{
    const struct datum *budget = p->lot ? VALUE(p->lot, LOT, BUDGET) : NULL;
    const struct datum *estimated =
        p->lot ? VALUE(p->lot, LOT, ESTIMATED_VALUE) : NULL;

    if (budget && budget->set)
        return budget;
    if (estimated && estimated->set)
        return estimated;
    return VALUE(p->f->made->tender, TENDER, ESTIMATED_VALUE);
}

static void say_budget(struct pitching *p, int64_t price)
{
    const struct datum *budget = budget_of(p);

    if (!budget->set) {
        const struct object *of = p->lot ? p->lot : p->f->made->tender;

        pitch_lack(p, "budget",
            p->lot ? "set * budget=" : "set * estimated-value=", of,
            TEXT_PITCH_NO_BUDGET);
        return;
    }
    int64_t left = budget->number * 100 - price;
    gap_money(p, "budget", budget->number * 100, false);
    if (left)
        gap_money(
            p, left > 0 ? "left" : "over", left > 0 ? left : -left, false);
    (void)pitch_say(p, left > 0    ? MOVE_WITHIN
                       : left == 0 ? MOVE_EXACTLY
                                   : MOVE_ABOVE);
}

static void say_costs(struct pitching *p)
{
    const struct tender_model *made = p->f->made;

    for (size_t e = 0; e < made->model.elements_n; e++) {
        const struct model_element *element = &made->model.elements[e];

        if (!element->always || element->cost == 0)
            continue;
        pitch_about(p, "element", made->elements[e]);
        gap_money(p, "cost", element->cost * 100, false);
        (void)pitch_say(p, MOVE_COST);
    }
}

static void say_share(struct pitching *p)
{
    const struct datum *share =
        p->to.stake ? VALUE(p->to.stake, STAKE, PAYS_SHARE) : NULL;

    if (share == NULL || !share->set || share->number == DECIMAL_ONE)
        return;
    spell_share(pitch_gap(p, "share"), share->number * 100, 2, p->language);
    (void)pitch_say(p, MOVE_SHARE);
}

/* Of the distributor: what it keeps. */
static void say_margin(struct pitching *p)
{
    const struct record *r = p->f->record;
    const struct object *who = p->to.org ? p->to.org : p->to.party;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];
        const struct datum *margin = VALUE(o, LINK, MARGIN);

        if (!maker_is_word(VALUE(o, LINK, SORT), "distributes") ||
            !maker_is_ref(VALUE(o, LINK, FROM), who) || !margin->set)
            continue;
        spell_share(pitch_gap(p, "margin"), margin->number, 2, p->language);
        (void)pitch_say(p, MOVE_MARGIN);
        return;
    }
    if (pitch_speaks(p, MOVE_MARGIN))
        pitch_lack(p, "margin",
            "add link from=* to= sort=distributes margin=", who,
            TEXT_PITCH_NO_MARGIN);
}

void pitch_price(struct pitching *p)
{
    int64_t price =
        p->award ? p->award->bids[p->award->ours].price : MODEL_ABSENT;

    say_margin(p);
    if (pitch_speaks(p, MOVE_PRICE) && price == MODEL_ABSENT) {
        pitch_lack(
            p, "price", "missing *", p->f->made->tender, TEXT_PITCH_NO_PRICE);
    } else if (pitch_speaks(p, MOVE_PRICE)) {
        gap_money(p, "price", price, true);
        (void)pitch_say(p, MOVE_PRICE);
        if (p->shed < SHED_DETAILS)
            say_costs(p);
        say_budget(p, price);
    }
    say_share(p);
}
