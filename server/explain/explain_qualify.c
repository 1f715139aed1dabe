/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_qualify.c - how go or no go came about: the score of the questions,
 * floors, what would change the verdict, what it is worth, what elements earn.
 */
#include "server/explain/explain.h"
#include "server/figure/qualifying.h"
#include "server/figure/tender_maker.h"
#include "value/formula.h"
#include "value/fraction.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

#define MICRO_OF (MICRO_ONE / DECIMAL_ONE)

/* The mean of the answers by weight, over the best one. */
static void say_score(struct qualifying *q)
{
    struct text above = {0}, below = {0};

    for (size_t i = 0; i < q->ask.n; i++) {
        const struct qualify_question *one = &q->questions[i];
        const char *plus = text_peek(&below)[0] != '\0' ? " + " : "";
        if (one->score == MODEL_ABSENT)
            continue;
        text_printf(&above, "%s%s x %s", plus,
            explain_decimal(one->weight).text,
            explain_decimal(one->score).text);
        text_printf(&below, "%s%s", plus, explain_decimal(one->weight).text);
        explain_input(q->f, q->asked[i], FIELD_QUALIFIER_SCORE);
    }
    if (q->result.share != MODEL_ABSENT)
        explain_say(q->f,
            "score = sum of weight x score / sum of weights / 10 = (%s) / (%s) "
            "/ 10 = %s",
            text_peek(&above), text_peek(&below),
            explain_micro(q->result.share).text);
    else
        explain_say(q->f, "no question that counts is answered");
    text_fini(&above);
    text_fini(&below);
}

static void say_floors(struct qualifying *q)
{
    for (size_t i = 0; i < q->ask.n; i++) {
        const struct qualify_question *one = &q->questions[i];
        struct text name = {0};
        if (one->score == MODEL_ABSENT || one->floor == MODEL_ABSENT ||
            one->score >= one->floor)
            continue;
        object_name(&name, q->asked[i]);
        explain_say(q->f,
            one->overridden
                ? "%s: %s is below its floor %s, which somebody overrode with "
                  "a reason"
                : "%s: %s is below its floor %s, so it says no",
            text_peek(&name), explain_decimal(one->score).text,
            explain_decimal(one->floor).text);
        text_fini(&name);
        explain_input(q->f, q->asked[i], FIELD_QUALIFIER_FLOOR);
        explain_input(q->f, q->asked[i], FIELD_QUALIFIER_REASON);
    }
}

/* All answers but one. */
static void put_others(
    const struct qualifying *q, size_t but, struct text *got, struct text *all)
{
    for (size_t i = 0; i < q->ask.n; i++) {
        const struct qualify_question *one = &q->questions[i];
        if (i == but || one->score == MODEL_ABSENT)
            continue;
        text_printf(got, "%s%s x %s", got->len ? " + " : "",
            explain_decimal(one->weight).text,
            explain_decimal(one->score).text);
        text_printf(all, " + %s", explain_decimal(one->weight).text);
    }
    if (got->len == 0)
        text_puts(got, "0");
}

/* The least score that reaches the next band, and no floor forbids. */
static void say_change(struct qualifying *q, size_t at)
{
    const struct qualify_question *one = &q->questions[at];
    int64_t change = qualify_change(&q->ask, at);
    struct text got = {0}, all = {0}, least = {0}, name = {0};

    if (change == MODEL_ABSENT)
        return;
    object_name(&name, q->asked[at]);
    put_others(q, at, &got, &all);
    text_puts(&least, "0");
    if (one->floor != MODEL_ABSENT && !one->overridden)
        text_printf(&least, ", %s", explain_decimal(one->floor).text);
    if (one->weight > 0 && q->result.verdict != VERDICT_UNKNOWN)
        text_printf(&least, ", (%s x 10 x (%s%s) - (%s)) / %s",
            explain_decimal(
                q->result.verdict == VERDICT_NO ? q->ask.maybe : q->ask.bid)
                .text,
            explain_decimal(one->weight).text, text_peek(&all), text_peek(&got),
            explain_decimal(one->weight).text);
    explain_say(q->f,
        "change of %s = the least score that betters the verdict: not below "
        "its floor, and (band x 10 x sum of weights - the others) / weight, "
        "rounded up to four decimals = up(max(%s), 4) = %s",
        text_peek(&name), text_peek(&least),
        explain_micro(change * MICRO_OF).text);
    text_fini(&got);
    text_fini(&all);
    text_fini(&least);
    text_fini(&name);
}

static void say_question(struct qualifying *q, size_t at)
{
    explain_input(q->f, q->asked[at], FIELD_QUALIFIER_WEIGHT);
    explain_input(q->f, q->asked[at], FIELD_QUALIFIER_FLOOR);
    say_change(q, at);
}

static void say_element(
    struct qualifying *q, size_t at, const struct qualify_element *e)
{
    struct text name = {0};

    object_name(&name, q->f->made->elements[at]);
    explain_say(q->f,
        "%s: points = total with it, our price staying - total "
        "without = %s - %s = %s",
        text_peek(&name), explain_micro(e->same).text,
        explain_micro(e->base).text, explain_micro(e->points).text);
    explain_say(q->f,
        "%s: gain = total with it, its cost on our price - total "
        "without = %s - %s = %s",
        text_peek(&name), explain_micro(e->moved).text,
        explain_micro(e->base).text, explain_micro(e->gain).text);
    if (e->rate != MODEL_ABSENT)
        explain_say(q->f,
            "%s: rate = points that its cost takes / cost = (%s - %s) / %s = "
            "%s",
            text_peek(&name), explain_micro(e->same).text,
            explain_micro(e->moved).text,
            explain_decimal(q->f->made->model.elements[at].cost).text,
            explain_micro(e->rate).text);
    explain_input(q->f, q->f->made->elements[at], FIELD_ELEMENT_COST);
    text_fini(&name);
}

static void say_elements(struct qualifying *q)
{
    const struct model *m = &q->f->made->model;
    struct qualify_element *list = mem_new((m->elements_n + 1) * sizeof *list);
    bool any = false;

    if (qualify_elements(m, list) == ERR_OK)
        for (size_t e = 0; e < m->elements_n; e++)
            if (!m->elements[e].always) {
                say_element(q, e, &list[e]);
                any = true;
            }
    if (any)
        explain_say(q->f, "these totals: explain TENDER front in=ELEMENT, with "
                          "pays=margin where our price stays");
    free(list);
}

/* The recorded margin, unless another one was asked about. */
static void say_margin(struct qualifying *q)
{
    const struct model *m = &q->f->made->model;

    if (request_key(q->f->request, "margin") || q->margin == MODEL_ABSENT)
        return;
    explain_say(q->f, "margin = our price - our cost = %s - %s = %s",
        explain_decimal(m->bids[m->ours].price.likely).text,
        explain_decimal(m->bids[m->ours].cost).text,
        explain_micro(q->margin * MICRO_OF).text);
    explain_input(q->f, q->f->made->bids[m->ours], FIELD_BID_PRICE);
    explain_input(q->f, q->f->made->bids[m->ours], FIELD_BID_COST);
}

static void say_worth(struct qualifying *q)
{
    struct number margin = explain_decimal(q->margin);
    struct number cost = explain_decimal(q->cost);

    if (q->simulated)
        explain_say(q->f,
            "chance = wins of our bid in %llu draws with seed %llu, rounded to "
            "four decimals = round(%s, 4) = %s",
            (unsigned long long)q->draws,
            (unsigned long long)q->chance.ask.seed, explain_micro(q->wins).text,
            explain_micro(q->pwin * MICRO_OF).text);
    if (q->simulated)
        explain_say(
            q->f, "these wins: explain TENDER wins bid=OURS, with draws= too");
    else if (q->pwin != MODEL_ABSENT)
        explain_say(q->f, "chance = the one asked for = %s = %s",
            explain_decimal(q->pwin).text,
            explain_micro(q->pwin * MICRO_OF).text);
    if (q->ask.expected != MODEL_ABSENT)
        explain_say(q->f,
            "expected = chance x margin - cost = %s x %s - %s = %s",
            explain_decimal(q->pwin).text, margin.text, cost.text,
            explain_micro(q->ask.expected).text);
    else
        explain_say(q->f, "what is expected needs a chance, a margin and the "
                          "cost of bidding");
    if (q->margin != MODEL_ABSENT && q->cost != MODEL_ABSENT &&
        qualify_even(q->margin, q->cost) != MODEL_ABSENT)
        explain_say(q->f, "break-even = cost / margin = %s / %s = %s",
            cost.text, margin.text,
            explain_micro(qualify_even(q->margin, q->cost)).text);
}

static void say_counts(struct qualifying *q)
{
    struct text ones = {0};

    for (size_t i = 0; i < q->ask.n; i++)
        if (q->questions[i].score != MODEL_ABSENT)
            text_puts(&ones, ones.len ? " + 1" : "1");
    if (ones.len)
        explain_say(q->f,
            "answered = one of each question with a score = %s = "
            "%zu",
            text_peek(&ones), q->result.answered);
    text_fini(&ones);
}

static void tell_arithmetic(struct qualifying *q)
{
    for (size_t i = 0; i < q->ask.n; i++)
        say_question(q, i);
    say_score(q);
    say_counts(q);
    say_floors(q);
    say_margin(q);
    say_worth(q);
    say_elements(q);
    explain_say(q->f,
        "bid from a score of %s, conditional from %s, no below; "
        "conditional "
        "at most while questions are open or less than nothing is expected",
        explain_decimal(q->ask.bid).text, explain_decimal(q->ask.maybe).text);
}

enum err explain_qualify(struct figures *f)
{
    return qualifying_judge(f, tell_arithmetic);
}
