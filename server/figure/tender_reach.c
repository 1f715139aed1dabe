/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_reach.c - what a party can turn to: a row of reach on an alternative
 * becomes one of the model.
 */
#include "protocol/limit.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/users/reach.h"

/* Who supplies an alternative: an offer is supplied by who bids. */
static size_t supplier_of(
    const struct record *r, const struct object *alternative)
{
    const struct datum *party = VALUE(alternative, ALTERNATIVE, PARTY);
    const struct datum *bid = VALUE(alternative, ALTERNATIVE, BID);
    size_t at = MODEL_NOWHERE;

    if (party->set)
        return (size_t)party->number;
    if (bid->set)
        at = maker_index((const struct object *const *)r->list[KIND_BID],
            r->n[KIND_BID], bid);
    if (at == MODEL_NOWHERE)
        return MODEL_NOWHERE;
    return (size_t)VALUE(r->list[KIND_BID][at], BID, PARTY)->number;
}

/* Once somebody lists alternatives, those that nobody lists are closed. */
void maker_lists(struct maker *m)
{
    const struct record *r = m->record;

    m->closed = false;
    for (size_t i = 0; i < r->n[KIND_ALTERNATIVE]; i++) {
        const struct object *o = r->list[KIND_ALTERNATIVE][i];

        m->closed |= VALUE(o, ALTERNATIVE, LISTED_BY)->set &&
                     maker_is_of_lot(m, VALUE(o, ALTERNATIVE, LOT));
    }
}

static enum way_limit limit_of(bool closed, const struct object *reach,
    const struct object *alternative, const struct model_reach *made)
{
    const struct datum *sort = VALUE(alternative, ALTERNATIVE, SORT);

    if (!VALUE(reach, REACH, REACHABLE)->number)
        return WAY_UNREACHABLE;
    if (closed && !VALUE(alternative, ALTERNATIVE, LISTED_BY)->set &&
        !maker_is_word(sort, "none") && !maker_is_word(sort, "offer"))
        return WAY_UNLISTED;
    if (made->hindered >= DECIMAL_ONE)
        return maker_number(VALUE(alternative, ALTERNATIVE, CAPACITY)) == 0
                   ? WAY_FULL
                   : WAY_UNREACHABLE;
    return WAY_OPEN;
}

enum way_limit maker_way(const struct maker *m, const struct object *reach,
    const struct object *alternative, const struct object *party,
    struct model_reach *made)
{
    *made =
        (struct model_reach){.share = maker_number(VALUE(reach, REACH, SHARE)),
            .supplier = supplier_of(m->record, alternative),
            .hindered = reach_hindered(maker_number(VALUE(reach, REACH, EASE)),
                maker_number(VALUE(alternative, ALTERNATIVE, CAPACITY)),
                maker_number(VALUE(party, PARTY, SIZE))),
            .urgent = VALUE(reach, REACH, URGENT)->set &&
                      VALUE(reach, REACH, URGENT)->number};
    enum way_limit limit = limit_of(m->closed, reach, alternative, made);
    made->reachable = limit == WAY_OPEN;
    return limit;
}

#define HUNDREDTH (MICRO_ONE / 100)

void maker_bounds(struct model *model)
{
    model->captive_below = LIMIT_NOW(CAPTIVE);
    model->near_below = (int64_t)LIMIT_NOW(NEAR) * HUNDREDTH;
}

/* Captive is who has one less than that at most; near-captive whose degree is
 * below it by however little. */
void maker_met(const struct reach_choice *choice)
{
    int64_t near = (int64_t)LIMIT_NOW(NEAR) * HUNDREDTH;

    if (choice->recorded == 0)
        return;
    limit_met(
        LIMIT_ROW_CAPTIVE, choice->reachable + 1, (uint64_t)LIMIT_NOW(CAPTIVE));
    limit_met(LIMIT_ROW_NEAR,
        LIMIT_NOW(NEAR) - (choice->degree > near) + choice->near,
        LIMIT_NOW(NEAR));
}

/* The indexes of a row of reach in the model; false for what it has not. */
static bool find_ends(const struct maker *m, const struct object *reach,
    size_t *segment, size_t *alternative)
{
    const struct model *model = &m->made->model;

    *segment = maker_index(
        m->made->segments, model->segments_n, VALUE(reach, REACH, PARTY));
    *alternative = maker_index(m->made->alternatives, model->alternatives_n,
        VALUE(reach, REACH, ALTERNATIVE));
    return *segment != MODEL_NOWHERE && *alternative != MODEL_NOWHERE &&
           !maker_is_word(
               VALUE(m->made->alternatives[*alternative], ALTERNATIVE, SORT),
               "offer");
}

/* Whether a segment has a row of its own for a need, on that alternative or,
 * MODEL_NOWHERE, on any. */
static bool has_own(
    const struct maker *m, size_t segment, size_t need, size_t alternative)
{
    const struct record *r = m->record;
    size_t who, what;

    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];

        if (maker_is_ref(VALUE(o, REACH, USAGE), m->made->needs[need]) &&
            find_ends(m, o, &who, &what) && who == segment &&
            (alternative == MODEL_NOWHERE || alternative == what))
            return true;
    }
    return false;
}

/* A row without usage is about all needs that have none of their own: where
 * each need that the segment weighs has, it is about something that is not
 * bought here. */
static size_t usage_of(const struct maker *m, size_t segment)
{
    const struct model *model = &m->made->model;
    const int64_t *importance = &model->importance[segment * model->needs_n];
    size_t found = MODEL_NOWHERE;

    for (size_t n = 0; n < model->needs_n; n++) {
        if (importance[n] <= 0)
            continue;
        if (!has_own(m, segment, n, MODEL_NOWHERE))
            return MODEL_NOWHERE;
        if (found == MODEL_NOWHERE || importance[n] > importance[found])
            found = n;
    }
    return found;
}

static void find_usages(struct maker *m)
{
    const struct record *r = m->record;
    size_t n = m->made->model.segments_n;
    bool some = false;

    m->made->usages = maker_room(m, n, sizeof *m->made->usages);
    for (size_t i = 0; i < r->n[KIND_REACH] && !some; i++)
        some = VALUE(r->list[KIND_REACH][i], REACH, USAGE)->set;
    for (size_t s = 0; s < n; s++)
        m->made->usages[s] = some ? usage_of(m, s) : MODEL_NOWHERE;
}

/* Whether a row is about what the segment turns elsewhere for. */
static bool is_of_usage(const struct maker *m, const struct object *reach,
    size_t segment, size_t alternative)
{
    const struct datum *usage = VALUE(reach, REACH, USAGE);
    size_t need = m->made->usages[segment];

    if (need == MODEL_NOWHERE)
        return !usage->set;
    if (usage->set)
        return maker_is_ref(usage, m->made->needs[need]);
    return !has_own(m, segment, need, alternative);
}

void maker_reaches(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct model_reach *list = maker_room(m, r->n[KIND_REACH], sizeof *list);

    maker_bounds(model);
    maker_lists(m);
    find_usages(m);
    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];
        size_t segment, at;

        if (!find_ends(m, o, &segment, &at) || !is_of_usage(m, o, segment, at))
            continue;
        struct model_reach *made = &list[model->reaches_n++];
        (void)maker_way(
            m, o, m->made->alternatives[at], m->made->segments[segment], made);
        made->segment = segment;
        made->alternative = at;
    }
    model->reaches = list;
}
