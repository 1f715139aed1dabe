/* SPDX-License-Identifier: Apache-2.0
 *
 * missing.c - what is lacking, and what that blocks.
 */
#include "value/missing.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/price.h"
#include "value/award/tree.h"
#include "value/front/subset.h"
#include "value/gap/weigh.h"
#include "value/told.h"

#define OF_DECIDER ((unsigned)FIGURE_DECIDER | (unsigned)FIGURE_FRONT)
#define OF_USERS   ((unsigned)FIGURE_USERS | (unsigned)FIGURE_FRONT)
#define OF_GAP     ((unsigned)FIGURE_GAP)

/* The largest number of decimals a published rounding may keep. */
#define DIGITS_MAX 6

static const struct told kinds[MISSING_COUNT] = {
#define MISSING(id, word, en, fr) [MISSING_##id] = {word, {en, fr}},
#include "value/missing.def"
#undef MISSING
};

struct list {
    struct missing *rows;
    size_t n, room;
};

const char *missing_word(enum missing_what what)
{
    return told_at(kinds, MISSING_COUNT, what)->word;
}

const char *missing_text(enum missing_what what, int french)
{
    return told_at(kinds, MISSING_COUNT, what)->text[french != 0];
}

/* Adds a row that is about nothing in particular, to be completed. */
static struct missing *add_row(
    struct list *list, enum missing_what what, unsigned blocks)
{
    list->rows =
        mem_grow(list->rows, &list->room, list->n + 1, sizeof *list->rows);
    struct missing *row = &list->rows[list->n++];

    *row = (struct missing){.what = what,
        .blocks = blocks,
        .criterion = MODEL_NOWHERE,
        .group = MODEL_NOWHERE,
        .bid = MODEL_NOWHERE,
        .segment = MODEL_NOWHERE,
        .need = MODEL_NOWHERE};
    return row;
}

static void list_rule(
    struct list *list, const struct model_criterion *c, size_t criterion)
{
    static const enum missing_what rows[] = {
        [PRICE_FINE] = MISSING_COUNT,
        [PRICE_NO_RULE] = MISSING_RULE,
        [PRICE_NO_ZERO_AT] = MISSING_ZERO_AT,
        [PRICE_NO_LIMITS] = MISSING_SET_LIMITS,
        [PRICE_NO_POWER] = MISSING_POWER,
        [PRICE_NO_CEILING] = MISSING_CEILING,
        [PRICE_NO_KNEE] = MISSING_KNEE,
        [PRICE_NO_REFERENCE] = MISSING_REFERENCE,
        [PRICE_NO_EXPRESSION] = MISSING_EXPRESSION,
        [PRICE_NO_CORRIDOR] = MISSING_CORRIDOR,
        [PRICE_NO_WEIGHT] = MISSING_PRICE_WEIGHT,
        [PRICE_ABSENT] = MISSING_COUNT,
        [PRICE_NEGATIVE] = MISSING_COUNT,
        [PRICE_ZERO] = MISSING_COUNT,
    };
    enum missing_what what = rows[price_rule_fault(c)];

    if (what != MISSING_COUNT)
        add_row(list, what, OF_DECIDER)->criterion = criterion;
}

/* A rule that gives the total has no room for another price criterion. */
static void list_alone(struct list *list, const struct model *model)
{
    size_t prices = 0;
    size_t total = MODEL_NOWHERE;

    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        prices += c->is_price;
        if (c->is_price && price_gives(c) != PRICE_GIVES_SHARE)
            total = k;
    }
    if (total != MODEL_NOWHERE && prices > 1)
        add_row(list, MISSING_ALONE, OF_DECIDER)->criterion = total;
}

static bool levels_rise(const struct model_criterion *c)
{
    for (size_t i = 0; i + 1 < c->levels_n; i++) {
        if (c->levels[i].mark >= c->levels[i + 1].mark)
            return false;
    }
    return true;
}

static bool has_weight(const struct model_criterion *c)
{
    return c->weight.low != MODEL_ABSENT && c->weight.low >= 0;
}

static bool weights_are_zero(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (!has_weight(&model->criteria[k]) ||
            model->criteria[k].weight.likely > 0)
            return false;
    }
    return true;
}

/* Whether a criterion takes its weight from one that has none itself. */
static bool awaits_weight(const struct model *model, size_t criterion)
{
    size_t g = model->groups_n ? model->group_of[criterion] : MODEL_NOWHERE;

    for (; g != MODEL_NOWHERE; g = model->groups[g].parent) {
        if (model->groups[g].parts_are_shares &&
            model->groups[g].weight.low == MODEL_ABSENT)
            return true;
    }
    return false;
}

static enum missing_what lacks_weight(const struct estimate *weight, int place)
{
    return place > 0 && weight->low == MODEL_ABSENT ? MISSING_ORDER
                                                    : MISSING_WEIGHT;
}

/* Whether a price that gives the total itself stands below a group. */
static bool holds_total(const struct model *model, size_t group)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        if (c->is_price && c->rule != RULE_NONE &&
            price_gives(c) != PRICE_GIVES_SHARE && tree_holds(model, group, k))
            return true;
    }
    return false;
}

static void list_group(struct list *list, const struct model *model, size_t g)
{
    const struct model_group *group = &model->groups[g];
    const bool above = group->parent != MODEL_NOWHERE &&
                       model->groups[group->parent].parts_are_shares;

    if (group->weight.low != MODEL_ABSENT && group->weight.low < 0)
        add_row(list, MISSING_WEIGHT, OF_DECIDER | OF_GAP)->group = g;
    else if (group->weight.low == MODEL_ABSENT && group->parts_are_shares &&
             !(above &&
                 model->groups[group->parent].weight.low == MODEL_ABSENT))
        add_row(list, lacks_weight(&group->weight, group->place),
            OF_DECIDER | OF_GAP)
            ->group = g;
    else if (!group->parts_fit)
        add_row(list, MISSING_PARTS, OF_DECIDER | OF_GAP)->group = g;
    if (group->round > 0 && holds_total(model, g))
        add_row(list, MISSING_ROUND_GROUP, OF_DECIDER)->group = g;
    if (group->min_score != MODEL_ABSENT && tree_has_price(model, g))
        add_row(list, MISSING_GATE_PRICE, OF_DECIDER)->group = g;
    if (group->min_score != MODEL_ABSENT && group->scale_max != MODEL_ABSENT &&
        group->scale_max <= 0)
        add_row(list, MISSING_SCALE, OF_DECIDER)->group = g;
}

/* Percentages at the top sum to 100; what they do not sum to is told, as no
 * figure is undefined by it: points are never rescaled. */
static void list_percent(struct list *list, const struct model *model)
{
    int64_t low = 0;
    int64_t high = 0;

    for (size_t i = 0; i < model->groups_n + model->criteria_n; i++) {
        const bool is_group = i < model->groups_n;
        const size_t k = i - model->groups_n;
        if ((is_group             ? model->groups[i].parent
                : model->groups_n ? model->group_of[k]
                                  : MODEL_NOWHERE) != MODEL_NOWHERE)
            continue;
        const struct estimate *weight =
            is_group ? &model->groups[i].weight : &model->criteria[k].weight;
        if (!(is_group ? model->groups[i].is_percent
                       : model->criteria[k].is_percent) ||
            weight->low < 0 || weight->high > 1000 * DECIMAL_ONE)
            return;
        low += weight->low;
        high += weight->high;
    }
    if (high > 0 && (low > 100 * DECIMAL_ONE || high < 100 * DECIMAL_ONE))
        add_row(list, MISSING_PERCENT, 0);
}

/* Whether each rounding keeps a known number of decimals. */
static bool digits_are_fine(const struct model *model)
{
    bool fine =
        model->round_total >= 0 && model->round_total <= ROUND_TO(DIGITS_MAX);

    for (size_t k = 0; k < model->criteria_n; k++)
        fine = fine && model->criteria[k].round >= 0 &&
               model->criteria[k].round <= ROUND_TO(DIGITS_MAX);
    for (size_t g = 0; g < model->groups_n; g++)
        fine = fine && model->groups[g].round >= 0 &&
               model->groups[g].round <= ROUND_TO(DIGITS_MAX);
    return fine;
}

static void list_criteria(struct list *list, const struct model *model)
{
    for (size_t g = 0; g < model->groups_n; g++)
        list_group(list, model, g);
    list_percent(list, model);
    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        if (!has_weight(c) && !awaits_weight(model, k))
            add_row(
                list, lacks_weight(&c->weight, c->place), OF_DECIDER | OF_GAP)
                ->criterion = k;
        if (c->is_price)
            list_rule(list, c, k);
        else if (c->scale_max <= 0)
            add_row(list, MISSING_SCALE, OF_DECIDER)->criterion = k;
        else if (!levels_rise(c))
            add_row(list, MISSING_LEVELS, OF_DECIDER)->criterion = k;
    }
    list_alone(list, model);
    if (model->criteria_n == 0)
        add_row(list, MISSING_CRITERION, OF_DECIDER | OF_GAP);
    else if (weights_are_zero(model))
        add_row(list, MISSING_WEIGHTS, OF_DECIDER | OF_GAP);
    if (!digits_are_fine(model))
        add_row(list, MISSING_DIGITS, OF_DECIDER);
}

/* One row at most: a bid has one price, whatever the number of criteria. */
static void list_price(struct list *list, const struct model *model, size_t bid)
{
    const struct estimate *price = &model->bids[bid].price;

    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        if (!c->is_price)
            continue;
        if (price->low == MODEL_ABSENT) {
            add_row(list, MISSING_PRICE, OF_DECIDER)->bid = bid;
            return;
        }
        if (price_fault_of(c, price->low) != PRICE_FINE) {
            struct missing *row =
                add_row(list, MISSING_PRICE_RANGE, OF_DECIDER);
            row->bid = bid;
            row->criterion = k;
            return;
        }
    }
}

static void list_marks(struct list *list, const struct model *model, size_t bid)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        const struct estimate *mark =
            &model->marks[bid * model->criteria_n + k];
        enum missing_what what = MISSING_COUNT;
        if (c->is_price)
            continue;
        if (mark->low == MODEL_ABSENT)
            what = MISSING_MARK;
        else if (mark->low < 0 ||
                 (c->scale_max > 0 && mark->high > c->scale_max))
            what = MISSING_MARK_RANGE;
        if (what == MISSING_COUNT)
            continue;
        struct missing *row = add_row(list, what, OF_DECIDER);
        row->bid = bid;
        row->criterion = k;
    }
}

static void list_covers(
    struct list *list, const struct model *model, size_t bid)
{
    bool recorded = model->needs_n == 0;

    for (size_t n = 0; n < model->needs_n; n++) {
        const struct estimate *cover = &model->covers[bid * model->needs_n + n];
        if (cover->low == MODEL_ABSENT)
            continue;
        recorded = true;
        if (cover->low >= 0 && cover->high <= DECIMAL_ONE)
            continue;
        struct missing *row = add_row(list, MISSING_COVER_RANGE, OF_USERS);
        row->bid = bid;
        row->need = n;
    }
    if (!recorded)
        add_row(list, MISSING_COVER, bid == model->ours ? OF_USERS : 0)->bid =
            bid;
}

static void list_bids(struct list *list, const struct model *model)
{
    if (model->ours >= model->bids_n)
        add_row(list, MISSING_OURS, OF_DECIDER | (unsigned)FIGURE_USERS);
    for (size_t b = 0; b < model->bids_n; b++) {
        list_price(list, model, b);
        list_marks(list, model, b);
        list_covers(list, model, b);
    }
}

/* Head-counts block a mean only where several segments count. */
static void list_heads(struct list *list, const struct model *model)
{
    bool known = weigh_is_known(model);
    int64_t most = 0;

    for (size_t s = 0; s < model->segments_n; s++) {
        if (weigh_counts(model, s) && model->segments[s].heads > most)
            most = model->segments[s].heads;
    }
    for (size_t s = 0; s < model->segments_n; s++) {
        bool counts = weigh_counts(model, s);
        bool blocks = counts && !known;
        if (model->segments[s].heads < 0 || (blocks && most == 0))
            add_row(list, MISSING_HEADS,
                blocks ? OF_GAP | (unsigned)FIGURE_FRONT : 0)
                ->segment = s;
    }
}

static void list_users(struct list *list, const struct model *model)
{
    size_t counting = 0;

    if (model->segments_n == 0)
        add_row(list, MISSING_SEGMENT, OF_USERS | OF_GAP);
    if (model->needs_n == 0)
        add_row(list, MISSING_NEED, OF_USERS | OF_GAP);
    for (size_t s = 0; s < model->segments_n; s++)
        counting += weigh_counts(model, s);
    for (size_t s = 0; s < model->segments_n && model->needs_n > 0; s++) {
        if (!weigh_counts(model, s))
            add_row(
                list, MISSING_IMPORTANCE, counting == 0 ? OF_USERS | OF_GAP : 0)
                ->segment = s;
    }
    list_heads(list, model);
}

/* Whether weight is carried to a need, as far as weights are recorded: what
 * they lack has rows of its own. */
static bool is_related(const struct model *model)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        for (size_t k = 0; k < model->criteria_n; k++) {
            const struct model_criterion *c = &model->criteria[k];
            if (model->relates[n * model->criteria_n + k] > 0 &&
                (!has_weight(c) || c->weight.likely > 0))
                return true;
        }
    }
    return false;
}

static void list_elements(struct list *list, const struct model *model)
{
    if (!elements_allow(model))
        add_row(list, MISSING_OFFER, FIGURE_FRONT);
}

void missing_list(const struct model *model, struct missing **rows, size_t *n)
{
    struct list list = {0};

    list_criteria(&list, model);
    list_bids(&list, model);
    list_users(&list, model);
    if (model->needs_n > 0 && !weights_are_zero(model) && !is_related(model))
        add_row(&list, MISSING_RELATES, OF_GAP);
    list_elements(&list, model);
    *rows = list.rows;
    *n = list.n;
}

bool missing_blocks(const struct model *model, unsigned figure)
{
    struct missing *rows;
    size_t n;
    bool blocks = false;

    missing_list(model, &rows, &n);
    for (size_t i = 0; i < n && !blocks; i++)
        blocks = (rows[i].blocks & figure) != 0;
    free(rows);
    return blocks;
}
