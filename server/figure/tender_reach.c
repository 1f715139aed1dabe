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

void maker_reaches(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct model_reach *list = maker_room(m, r->n[KIND_REACH], sizeof *list);

    maker_bounds(model);
    maker_lists(m);
    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];
        size_t segment = maker_index(
            m->made->segments, model->segments_n, VALUE(o, REACH, PARTY));
        size_t at = maker_index(m->made->alternatives, model->alternatives_n,
            VALUE(o, REACH, ALTERNATIVE));

        if (segment == MODEL_NOWHERE || at == MODEL_NOWHERE ||
            VALUE(o, REACH, USAGE)->set)
            continue;
        const struct object *alternative = m->made->alternatives[at];
        if (maker_is_word(VALUE(alternative, ALTERNATIVE, SORT), "offer"))
            continue;
        struct model_reach *made = &list[model->reaches_n++];
        (void)maker_way(m, o, alternative, m->made->segments[segment], made);
        made->segment = segment;
        made->alternative = at;
    }
    model->reaches = list;
}
