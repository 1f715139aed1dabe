/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_criteria.c - the criteria of a lot: leaves, which are marked, and the
 * tree above them.
 */
#include "server/figure/tender_maker.h"

#include "protocol/base_mem.h"
#include "value/award/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static enum price_rule rule_of(const struct datum *d)
{
    static const char *const words[RULE_COUNT] = {
#define RULE(id, word, gives, looks, zero, source) [RULE_##id] = word,
#include "value/award/rules.def"
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

static bool is_percent(const struct object *o)
{
    const struct datum *kind = VALUE(o, CRITERION, WEIGHT_KIND);

    return maker_is_word(kind, "per-exa") || maker_is_word(kind, "per-mid");
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

static enum deciding deciding_of(const struct datum *d)
{
    if (maker_is_word(d, "quality"))
        return DECIDING_QUALITY;
    if (maker_is_word(d, "price"))
        return DECIDING_PRICE;
    return d->set ? DECIDING_CRITERION : DECIDING_NONE;
}

/* Where the criterion that decides within a corridor stands. */
static void find_deciding(const struct tender_model *made,
    const struct datum *deciding, struct model_criterion *criterion)
{
    const struct model *model = &made->model;

    for (size_t g = 0; g < model->groups_n; g++) {
        if (maker_is_ref(deciding, made->groups[g]))
            criterion->deciding_at = g;
    }
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (maker_is_ref(deciding, made->criteria[k]))
            criterion->deciding_at = model->groups_n + k;
    }
}

static void fill_criterion(
    struct maker *m, const struct object *o, struct model_criterion *criterion)
{
    enum price_rule rule = rule_of(VALUE(o, CRITERION, PRICE_RULE));
    const struct datum *clamp = VALUE(o, CRITERION, CLAMP);
    const struct datum *sort = VALUE(o, CRITERION, SORT);
    const struct datum *expression = VALUE(o, CRITERION, EXPRESSION);
    const struct datum *corridor = VALUE(o, CRITERION, CORRIDOR);

    *criterion = (struct model_criterion){
        .is_price = maker_is_word(sort, "price") ||
                    (maker_is_word(sort, "cost") && rule != RULE_NONE),
        .weight = weight_of(o),
        .is_percent = is_percent(o),
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
        .corridor = corridor->set ? corridor->number / 100 : MODEL_ABSENT,
        .deciding = deciding_of(VALUE(o, CRITERION, DECIDES)),
        .deciding_at = MODEL_NOWHERE,
    };
    read_levels(m, VALUE(o, CRITERION, LEVELS), criterion);
}

/* Where each criterion of the record stands in the tree of this lot. */
struct forest {
    const struct object *const *list; /* all criteria of the record */
    size_t n;
    size_t *above;   /* [n] what it is part of, of those that count */
    bool *counts;    /* [n] it is of this lot */
    bool *has_parts; /* [n] here or elsewhere */
    size_t *group;   /* [n] its index among the groups of the model */
};

static void forest_init(struct forest *f, const struct maker *m)
{
    const struct record *r = m->record;
    uint64_t lot = lot_of_criteria(m);

    f->list = (const struct object *const *)r->list[KIND_CRITERION];
    f->n = r->n[KIND_CRITERION];
    f->above = mem_new(f->n * sizeof *f->above);
    f->counts = mem_new(f->n * sizeof *f->counts);
    f->has_parts = mem_new(f->n * sizeof *f->has_parts);
    f->group = mem_new(f->n * sizeof *f->group);
    for (size_t i = 0; i < f->n; i++) {
        const struct datum *of = VALUE(f->list[i], CRITERION, LOT);

        f->counts[i] = !lot || !of->set || (uint64_t)of->number == lot;
        f->group[i] = MODEL_NOWHERE;
    }
    for (size_t i = 0; i < f->n; i++) {
        size_t above =
            maker_index(f->list, f->n, VALUE(f->list[i], CRITERION, PARENT));

        f->above[i] = MODEL_NOWHERE;
        if (above == MODEL_NOWHERE)
            continue;
        f->has_parts[above] = true;
        if (f->counts[above])
            f->above[i] = above;
    }
}

static void forest_fini(struct forest *f)
{
    free(f->above);
    free(f->counts);
    free(f->has_parts);
    free(f->group);
}

static bool is_leaf(const struct forest *f, size_t i)
{
    return f->counts[i] && !f->has_parts[i];
}

static struct model_group group_of(const struct object *o)
{
    return (struct model_group){
        .weight = weight_of(o),
        .is_percent = is_percent(o),
        .place = place_of(o),
        .parts_are_shares = maker_is_word(VALUE(o, CRITERION, PARTS), "shares"),
        .scale_max = maker_number(VALUE(o, CRITERION, SCALE_MAX)),
        .min_score = maker_number(VALUE(o, CRITERION, MIN_SCORE)),
        .round = maker_round(VALUE(o, CRITERION, ROUND), 0),
    };
}

/* Gives a number to what stands above a leaf, from the top down: what is
 * above a group has one already, or is waiting in the chain before it. */
static void number_groups(struct maker *m, struct forest *f,
    struct model_group *groups, size_t leaf, size_t *chain)
{
    struct model *model = &m->made->model;
    size_t n = 0;

    for (size_t i = f->above[leaf];
         i != MODEL_NOWHERE && n < f->n && f->group[i] == MODEL_NOWHERE;
         i = f->above[i])
        chain[n++] = i;
    while (n-- > 0) {
        size_t i = chain[n];
        size_t above = f->above[i];

        f->group[i] = model->groups_n++;
        groups[f->group[i]] = group_of(f->list[i]);
        groups[f->group[i]].parent =
            above == MODEL_NOWHERE ? MODEL_NOWHERE : f->group[above];
        m->made->groups[f->group[i]] = f->list[i];
    }
}

static void make_groups(
    struct maker *m, struct forest *f, struct model_group *groups)
{
    size_t *chain = mem_new(f->n * sizeof *chain);

    for (size_t i = 0; i < f->n; i++) {
        if (is_leaf(f, i))
            number_groups(m, f, groups, i, chain);
    }
    free(chain);
}

static bool has_order(const struct model *m, const struct model_group *groups,
    const struct model_criterion *list)
{
    for (size_t g = 0; g < m->groups_n; g++) {
        if (groups[g].place > 0)
            return true;
    }
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (list[k].place > 0)
            return true;
    }
    return false;
}

/* The means of the weights that follow an order of importance. */
static void make_order(struct maker *m, const struct model_criterion *list,
    const struct model_group *groups, const size_t *group_of)
{
    struct tender_model *made = m->made;
    size_t n = made->model.criteria_n;
    size_t groups_n = made->model.groups_n;

    if (!has_order(&made->model, groups, list))
        return;
    struct model_criterion *copy = mem_new((n ? n : 1) * sizeof *copy);
    struct model_group *above = maker_room(m, groups_n, sizeof *above);

    if (n)
        memcpy(copy, list, n * sizeof *copy);
    if (groups_n)
        memcpy(above, groups, groups_n * sizeof *above);
    if (tree_order(above, groups_n, copy, group_of, n)) {
        tree_weigh(above, groups_n, copy, group_of, n);
        made->order_groups = above;
        made->order_weights = maker_room(m, n, sizeof *made->order_weights);
        for (size_t k = 0; k < n; k++)
            made->order_weights[k] = copy[k].weight;
    }
    free(copy);
}

void maker_criteria(struct maker *m)
{
    struct model *model = &m->made->model;
    struct forest f;

    forest_init(&f, m);
    struct model_criterion *list = maker_room(m, f.n, sizeof *list);
    struct model_group *groups = maker_room(m, f.n, sizeof *groups);
    size_t *group_of_leaf = maker_room(m, f.n, sizeof *group_of_leaf);
    m->made->criteria = maker_room(m, f.n, sizeof *m->made->criteria);
    m->made->groups = maker_room(m, f.n, sizeof *m->made->groups);
    make_groups(m, &f, groups);
    for (size_t i = 0; i < f.n; i++) {
        size_t k = model->criteria_n;

        if (!is_leaf(&f, i))
            continue;
        fill_criterion(m, f.list[i], &list[k]);
        group_of_leaf[k] =
            f.above[i] == MODEL_NOWHERE ? MODEL_NOWHERE : f.group[f.above[i]];
        m->made->criteria[k] = f.list[i];
        model->criteria_n++;
    }
    for (size_t k = 0; k < model->criteria_n; k++)
        find_deciding(m->made, VALUE(m->made->criteria[k], CRITERION, DECIDING),
            &list[k]);
    forest_fini(&f);
    make_order(m, list, groups, group_of_leaf);
    tree_weigh(groups, model->groups_n, list, group_of_leaf, model->criteria_n);
    model->criteria = m->criteria = list;
    model->groups = groups;
    model->group_of = group_of_leaf;
}
