/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_model.c - which objects count, and at which index.
 */
#include "server/tender_maker.h"

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

static bool is_ref_to(const struct datum *d, const struct object *object)
{
    return d->set && d->ref_kind == object->kind &&
           (uint64_t)d->number == object->id;
}

static bool holds_id(const struct datum *set, uint64_t id)
{
    char word[32];

    if (!set->set)
        return false;
    (void)snprintf(word, sizeof word, ",%llu,", (unsigned long long)id);
    return strstr(set->text, word) != NULL;
}

/* Criteria on a group of lots hold for a lot that has none of its own. */
static uint64_t lot_of_criteria(const struct maker *m)
{
    const struct record *r = m->record;

    for (size_t i = 0; i < r->n[KIND_CRITERION]; i++) {
        const struct datum *lot =
            VALUE(r->list[KIND_CRITERION][i], CRITERION, LOT);

        if (m->lot == 0 || (lot->set && (uint64_t)lot->number == m->lot))
            return m->lot;
    }
    for (size_t i = 0; i < r->n[KIND_LOT]; i++)
        if (holds_id(VALUE(r->list[KIND_LOT][i], LOT, MEMBERS), m->lot))
            return r->list[KIND_LOT][i]->id;
    return m->lot;
}

static bool is_parent(const struct record *r, const struct object *criterion)
{
    for (size_t i = 0; i < r->n[KIND_CRITERION]; i++)
        if (is_ref_to(VALUE(r->list[KIND_CRITERION][i], CRITERION, PARENT),
                criterion))
            return true;
    return false;
}

static enum price_rule rule_of(const struct datum *d)
{
    static const char *const words[RULE_COUNT] = {
#define RULE(id, word, gives, looks, zero, source) [RULE_##id] = word,
#include "value/rules.def"
#undef RULE
    };

    for (int i = 1; i < RULE_COUNT; i++)
        if (maker_is_word(d, words[i]))
            return (enum price_rule)i;
    return RULE_NONE;
}

/* A weight typed as one number with bounds beside it is a range. */
static struct estimate weight_of(const struct object *o)
{
    struct estimate weight = maker_estimate(VALUE(o, CRITERION, WEIGHT));
    const struct datum *low = VALUE(o, CRITERION, WEIGHT_LOW);
    const struct datum *high = VALUE(o, CRITERION, WEIGHT_HIGH);

    if (!low->set || !high->set || low->number > high->number)
        return weight;
    if (weight.low == MODEL_ABSENT)
        return (struct estimate){low->number,
            low->number + (high->number - low->number + 1) / 2, high->number};
    if (weight.low == weight.high && low->number <= weight.likely &&
        weight.likely <= high->number)
        return (struct estimate){low->number, weight.likely, high->number};
    return weight;
}

/* Reads "mark:share" words with blanks between.  What can not be read makes
 * two levels that do not rise, which is told as missing. */
static void read_levels(
    struct maker *m, const struct datum *d, struct model_criterion *criterion)
{
    if (!d->set)
        return;
    size_t room = strlen(d->text) / 2 + 2;
    struct model_level *levels = maker_room(m, room, sizeof *levels);
    char *text = strdup(d->text);
    char *rest = text;

    criterion->levels = levels;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        struct model_level *level = &levels[criterion->levels_n];
        char *share = strchr(word, ':');

        if (*word == '\0')
            continue;
        if (share != NULL)
            *share++ = '\0';
        criterion->levels_n++;
        if (share != NULL && decimal_read(word, &level->mark) == ERR_OK &&
            decimal_read(share, &level->share) == ERR_OK)
            continue;
        levels[0] = levels[1] = (struct model_level){0, 0};
        criterion->levels_n = 2;
        break;
    }
    free(text);
}

/* The published order of importance, where that is what is published. */
static int place_of(const struct object *o)
{
    const struct datum *order = VALUE(o, CRITERION, ORDER);

    if (!maker_is_word(VALUE(o, CRITERION, WEIGHT_KIND), "ord-imp") ||
        !order->set || order->number < 1 || order->number > INT32_MAX)
        return 0;
    return (int)order->number;
}

static void fill_criterion(
    struct maker *m, const struct object *o, struct model_criterion *criterion)
{
    enum price_rule rule = rule_of(VALUE(o, CRITERION, PRICE_RULE));
    const struct datum *clamp = VALUE(o, CRITERION, CLAMP);
    const struct datum *sort = VALUE(o, CRITERION, SORT);
    const struct datum *expression = VALUE(o, CRITERION, EXPRESSION);

    *criterion = (struct model_criterion){
        .is_price = maker_is_word(sort, "price") ||
                    (maker_is_word(sort, "cost") && rule != RULE_NONE),
        .weight = weight_of(o),
        .place = place_of(o),
        .scale_max = maker_number(VALUE(o, CRITERION, SCALE_MAX)),
        .min_score = maker_number(VALUE(o, CRITERION, MIN_SCORE)),
        .rule = rule,
        .zero_at = maker_number(VALUE(o, CRITERION, ZERO_AT)),
        .set_min = maker_number(VALUE(o, CRITERION, SET_MIN)),
        .set_max = maker_number(VALUE(o, CRITERION, SET_MAX)),
        .clamp = !clamp->set || clamp->number,
        .power = maker_number(VALUE(o, CRITERION, POWER)),
        .reference = maker_number(VALUE(o, CRITERION, REFERENCE)),
        .reference_quality =
            maker_number(VALUE(o, CRITERION, REFERENCE_QUALITY)),
        .knee = maker_number(VALUE(o, CRITERION, KNEE)),
        .expression = expression->set ? expression->text : NULL,
    };
    read_levels(m, VALUE(o, CRITERION, LEVELS), criterion);
}

static void make_criteria(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_CRITERION];
    struct model_criterion *list = maker_room(m, n, sizeof *list);
    uint64_t lot = lot_of_criteria(m);

    m->made->criteria = maker_room(m, n, sizeof *m->made->criteria);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_CRITERION][i];
        const struct datum *of = VALUE(o, CRITERION, LOT);

        if ((lot && of->set && (uint64_t)of->number != lot) || is_parent(r, o))
            continue;
        fill_criterion(m, o, &list[model->criteria_n]);
        m->made->criteria[model->criteria_n++] = o;
    }
    model->criteria = list;
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

static int64_t number_or_none(const struct datum *d)
{
    return d->set ? d->number : 0;
}

static void fill_bid(const struct object *o, struct model_bid *bid)
{
    *bid = (struct model_bid){
        .price = maker_estimate(VALUE(o, BID, PRICE)),
        .cost = maker_number(VALUE(o, BID, COST)),
        .bonus = number_or_none(VALUE(o, BID, BONUS)),
        .life_cycle = number_or_none(VALUE(o, BID, LIFE_CYCLE)),
        .date = number_or_none(VALUE(o, BID, SUBMITTED_AT)),
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

        if (is_ref_to(VALUE(o, STAKE, PARTY), party) &&
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
            taken = maker_is_word(VALUE(o, PARTY, SORT), "segment") &&
                    is_ref_to(VALUE(r->list[KIND_WEIGHS][k], WEIGHS, PARTY), o);
        if (!taken)
            continue;
        list[model->segments_n].heads = maker_number(size);
        m->made->segments[model->segments_n++] = o;
    }
    model->segments = list;
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
        m->made->needs[model->needs_n++] = o;
    }
    model->needs = list;
}

static void make_rounding(struct maker *m)
{
    const struct datum *where = VALUE(m->made->tender, TENDER, ROUND_WHERE);
    const struct datum *digits = VALUE(m->made->tender, TENDER, ROUND_DIGITS);

    m->made->model.rounding = maker_is_word(where, "total")    ? ROUND_TOTAL
                              : maker_is_word(where, "points") ? ROUND_POINTS
                                                               : ROUND_NONE;
    m->made->model.round_digits = digits->set ? (int)digits->number : 0;
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
        number_or_none(VALUE(m->made->tender, TENDER, MIN_QUALITY));
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
    make_criteria(&m);
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
