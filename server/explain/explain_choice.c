/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_choice.c - how the choice that a segment has came about: which
 * alternatives count, and how many they are in effect.
 */
#include "server/explain/explain_people.h"
#include "server/figure/tender_maker.h"
#include "value/users/reach.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

/* The share of use of one that can be reached; where it is not recorded, an
 * equal part of what the others leave. */
static void put_share(const struct model *m, size_t segment,
    const struct model_reach *reach, struct text *to)
{
    struct text left = {0};
    size_t absent = 0;
    int64_t sum = 0;

    for (size_t i = 0; i < m->reaches_n; i++) {
        if (!reach_is_open(m, segment, i))
            continue;
        absent += m->reaches[i].share == MODEL_ABSENT;
        if (m->reaches[i].share != MODEL_ABSENT) {
            text_printf(
                &left, " - %s", explain_decimal(m->reaches[i].share).text);
            sum += m->reaches[i].share;
        }
    }
    if (reach->share != MODEL_ABSENT)
        text_puts(to, explain_decimal(reach->share).text);
    else if (sum == 0)
        text_puts(to, "1");
    else
        text_printf(to, "max(0, 1%s) / %zu", text_peek(&left), absent);
    if (reach->hindered > 0)
        text_printf(to, " x (1 - %s)", explain_decimal(reach->hindered).text);
    text_fini(&left);
}

void explain_reaches(struct figures *f, const struct object *party)
{
    for (size_t i = 0; i < f->record->n[KIND_REACH]; i++) {
        const struct object *o = f->record->list[KIND_REACH][i];

        if (!maker_is_ref(VALUE(o, REACH, PARTY), party))
            continue;
        explain_input(f, o, FIELD_REACH_REACHABLE);
        explain_input(f, o, FIELD_REACH_SHARE);
        explain_input(f, o, FIELD_REACH_EASE);
    }
}

static void say_degree(struct figures *f, const struct model *m, size_t s,
    const struct reach_choice *c)
{
    struct text sum = {0}, squares = {0};

    for (size_t i = 0; i < m->reaches_n; i++) {
        struct text share = {0};
        if (!reach_is_open(m, s, i))
            continue;
        put_share(m, s, &m->reaches[i], &share);
        text_printf(&sum, "%s%s", sum.len ? " + " : "", text_peek(&share));
        text_printf(&squares, "%s(%s) ^ 2", squares.len ? " + " : "",
            text_peek(&share));
        text_fini(&share);
    }
    if (c->degree != MODEL_ABSENT && squares.len > 0 && c->degree > 0)
        explain_say(f,
            "degree = (sum of shares of use) ^ 2 / sum of their squares, over "
            "those it can reach = (%s) ^ 2 / (%s) = %s",
            text_peek(&sum), text_peek(&squares),
            explain_micro(c->degree).text);
    else if (c->degree != MODEL_ABSENT)
        explain_say(f, "degree = nothing can be reached = 0 = %s",
            explain_micro(c->degree).text);
    text_fini(&sum);
    text_fini(&squares);
}

void explain_reached(struct figures *f, const struct model *m, size_t s,
    const struct reach_choice *c)
{
    explain_say(f,
        "reachable = alternatives recorded - those out of reach = "
        "%zu - %zu = %zu",
        c->recorded, c->recorded - c->reachable, c->reachable);
    explain_say(f,
        "suppliers-unknown = those it can reach of which no supplier is "
        "recorded = %zu - %zu = %zu",
        c->reachable, c->reachable - c->suppliers_unknown,
        c->suppliers_unknown);
    explain_say(f,
        "suppliers = those with a supplier, less those whose supplier was "
        "counted = %zu - %zu = %zu",
        c->reachable - c->suppliers_unknown,
        c->reachable - c->suppliers_unknown - c->suppliers, c->suppliers);
    say_degree(f, m, s, c);
}

static void say_usage(struct figures *f, size_t segment)
{
    size_t usage = f->made->usages[segment];
    struct text id = {0};

    if (usage == MODEL_NOWHERE)
        return;
    object_name(&id, f->made->needs[usage]);
    explain_say(f,
        "each need that they weigh has rows of reach of its own, so it is "
        "the choice for the weightiest of them, %s",
        text_peek(&id));
    text_fini(&id);
}

enum err explain_choice(struct figures *f)
{
    struct reach_choice c;
    size_t s;
    enum err err = explain_find_key(f, "segment", f->segment, f->made->segments,
        f->made->model.segments_n, &s);

    if (err != ERR_OK)
        return err;
    reach_choice_of(&f->made->model, s, &c);
    say_usage(f, s);
    explain_reached(f, &f->made->model, s, &c);
    explain_say(f,
        "captive: alternatives are recorded and fewer than %zu can be reached",
        f->made->model.captive_below);
    explain_reaches(f, f->made->segments[s]);
    return ERR_OK;
}
