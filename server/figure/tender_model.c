/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_model.c - which objects count, and at which index.
 */
#include "server/figure/tender_maker.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *maker_room(struct maker *m, size_t n, size_t size)
{
    struct tender_model *t = m->made;
    void *block = mem_new((n ? n : 1) * size);

    t->blocks = mem_grow(
        t->blocks, &t->blocks_room, t->blocks_n + 1, sizeof *t->blocks);
    t->blocks[t->blocks_n++] = block;
    return block;
}

int64_t maker_number(const struct datum *d)
{
    return d->set ? d->number : MODEL_ABSENT;
}

int64_t maker_number_or_zero(const struct datum *d)
{
    return d->set ? d->number : 0;
}

struct estimate maker_estimate(const struct datum *d)
{
    return d->set ? d->estimate
                  : (struct estimate){MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT};
}

bool maker_is_word(const struct datum *d, const char *word)
{
    return d->set && strcmp(d->text, word) == 0;
}

/* What belongs to the lot, or to the whole tender. */
bool maker_is_of_lot(const struct maker *m, const struct datum *lot)
{
    return m->lot == 0 || !lot->set || (uint64_t)lot->number == m->lot;
}

/* Objects stand by rising id. */
size_t maker_index(
    const struct object *const *list, size_t n, const struct datum *ref)
{
    size_t low = 0;
    size_t high = n;

    if (!ref->set)
        return MODEL_NOWHERE;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (list[middle]->id < (uint64_t)ref->number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && list[low]->id == (uint64_t)ref->number ? low
                                                             : MODEL_NOWHERE;
}

bool maker_is_ref(const struct datum *d, const struct object *object)
{
    return d->set && d->ref_kind == object->kind &&
           (uint64_t)d->number == object->id;
}

static bool counts(const struct object *bid)
{
    static const char *const out[] = {"withdrawn", "irregular", "unacceptable",
        "unsuitable", "abnormally-low"};

    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        if (maker_is_word(VALUE(bid, BID, STATE), out[i]))
            return false;
    return !VALUE(bid, BID, VARIANT_OF)->set;
}

static void fill_bid(const struct object *o, struct model_bid *bid)
{
    *bid = (struct model_bid){
        .price = maker_estimate(VALUE(o, BID, PRICE)),
        .cost = maker_number(VALUE(o, BID, COST)),
        .bonus = maker_number_or_zero(VALUE(o, BID, BONUS)),
        .life_cycle = maker_number_or_zero(VALUE(o, BID, LIFE_CYCLE)),
        .date = maker_number_or_zero(VALUE(o, BID, SUBMITTED_AT)),
    };
}

static void make_bids(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_BID];
    size_t ours_n = 0;
    struct model_bid *list = maker_room(m, n, sizeof *list);

    m->made->bids = maker_room(m, n, sizeof *m->made->bids);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_BID][i];
        const struct datum *ours = VALUE(o, BID, OURS);

        if (!maker_is_of_lot(m, VALUE(o, BID, LOT)) || !counts(o))
            continue;
        if (ours->set && ours->number) {
            model->ours = model->bids_n;
            ours_n++;
        }
        fill_bid(o, &list[model->bids_n]);
        m->made->bids[model->bids_n++] = o;
    }
    if (ours_n != 1)
        model->ours = MODEL_NOWHERE;
    model->bids = list;
}

static bool uses(const struct maker *m, const struct object *party)
{
    const struct record *r = m->record;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];
        const struct datum *roles = VALUE(o, STAKE, ROLES);

        if (maker_is_ref(VALUE(o, STAKE, PARTY), party) &&
            maker_is_of_lot(m, VALUE(o, STAKE, LOT)) && roles->set &&
            (list_holds(roles->text, "uses", 4) ||
                list_holds(roles->text, "uses-indirectly", 15)))
            return true;
    }
    return false;
}

/* Who uses; a segment whose needs are weighed need not be said to. */
static void make_segments(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_PARTY];
    struct model_segment *list = maker_room(m, n, sizeof *list);

    m->made->segments = maker_room(m, n, sizeof *m->made->segments);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_PARTY][i];
        const struct datum *size = VALUE(o, PARTY, SIZE);
        bool taken = uses(m, o);

        for (size_t k = 0; !taken && k < r->n[KIND_WEIGHS]; k++)
            taken =
                maker_is_word(VALUE(o, PARTY, SORT), "segment") &&
                maker_is_ref(VALUE(r->list[KIND_WEIGHS][k], WEIGHS, PARTY), o);
        if (!taken)
            continue;
        list[model->segments_n] =
            (struct model_segment){.heads = maker_number(size),
                .hour_value = maker_number(VALUE(o, PARTY, HOUR_VALUE)),
                .full_value = maker_number(VALUE(o, PARTY, FULL_VALUE))};
        m->made->segments[model->segments_n++] = o;
    }
    model->segments = list;
}

/* F0 .. F3 as 1 .. 4. */
static int flexibility_of(const struct datum *d)
{
    return d->set ? d->text[1] - '0' + 1 : 0;
}

static void make_needs(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_NEED];
    struct model_need *list = maker_room(m, n, sizeof *list);

    m->made->needs = maker_room(m, n, sizeof *m->made->needs);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_NEED][i];

        if (!maker_is_of_lot(m, VALUE(o, NEED, LOT)))
            continue;
        list[model->needs_n].must_threshold =
            maker_is_word(VALUE(o, NEED, KANO), "must")
                ? maker_number(VALUE(o, NEED, MUST_THRESHOLD))
                : MODEL_ABSENT;
        list[model->needs_n].flexibility =
            flexibility_of(VALUE(o, NEED, FLEXIBILITY));
        m->made->needs[model->needs_n++] = o;
    }
    model->needs = list;
}

int maker_round(const struct datum *digits, int otherwise)
{
    if (!digits->set)
        return otherwise;
    return digits->number >= 0 && digits->number < INT8_MAX
               ? ROUND_TO((int)digits->number)
               : -1;
}

/* The narrower a rounding is said for, the earlier it goes: that of the
 * criterion, of prices, of all points, and round-where with its digits. */
static void make_rounding(struct maker *m)
{
    const struct object *tender = m->made->tender;
    const struct datum *where = VALUE(tender, TENDER, ROUND_WHERE);
    const int digits =
        maker_round(VALUE(tender, TENDER, ROUND_DIGITS), ROUND_TO(0));
    const int points = maker_round(VALUE(tender, TENDER, ROUND_POINTS),
        maker_is_word(where, "points") ? digits : 0);
    const int price = maker_round(VALUE(tender, TENDER, ROUND_PRICE), points);

    m->made->model.round_total = maker_round(VALUE(tender, TENDER, ROUND_TOTAL),
        maker_is_word(where, "total") ? digits : 0);
    for (size_t k = 0; k < m->made->model.criteria_n; k++)
        m->criteria[k].round =
            maker_round(VALUE(m->made->criteria[k], CRITERION, ROUND),
                m->criteria[k].is_price ? price : points);
}

static void make_gates(struct maker *m)
{
    const struct datum *tie = VALUE(m->made->tender, TENDER, TIE_RULE);
    const struct datum *pass = VALUE(m->made->tender, TENDER, MAX_PASS);

    m->made->model.tie = maker_is_word(tie, "quality") ? TIE_QUALITY
                         : maker_is_word(tie, "price") ? TIE_PRICE
                         : maker_is_word(tie, "date")  ? TIE_DATE
                                                       : TIE_STANDS;
    m->made->model.min_quality =
        maker_number_or_zero(VALUE(m->made->tender, TENDER, MIN_QUALITY));
    m->made->model.max_pass =
        pass->set && pass->number > 0 ? (size_t)pass->number : 0;
}

void tender_model_new(
    const struct record *record, uint64_t lot, struct tender_model **made)
{
    struct maker m = {
        .record = record, .made = mem_new(sizeof **made), .lot = lot};

    m.made->model.ours = MODEL_NOWHERE;
    m.made->tender = record->list[KIND_TENDER][0];
    for (size_t i = 0; i < record->n[KIND_LOT]; i++)
        if (record->list[KIND_LOT][i]->id == lot)
            m.made->lot = record->list[KIND_LOT][i];
    maker_criteria(&m);
    maker_scales(&m);
    make_bids(&m);
    make_segments(&m);
    make_needs(&m);
    maker_cells(&m);
    make_rounding(&m);
    make_gates(&m);
    *made = m.made;
}

void tender_model_free(struct tender_model **made)
{
    struct tender_model *t = *made;

    if (t == NULL)
        return;
    for (size_t i = 0; i < t->blocks_n; i++)
        free(t->blocks[i]);
    free(t->blocks);
    free(t);
    *made = NULL;
}
