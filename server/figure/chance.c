/* SPDX-License-Identifier: Apache-2.0
 *
 * chance.c - keys, model, simulation.
 */
#include "server/figure/chance.h"

#include "protocol/base_mem.h"
#include "value/award/price.h"
#include "value/firm/stability.h"
#include "value/fraction.h"
#include "value/front/subset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_ROOM 32

enum err chance_decimal(struct figures *f, const char *key, int64_t low,
    int64_t high, const char *allowed, int64_t *got)
{
    const char *word = request_key(f->request, key);
    int64_t value;

    if (word == NULL)
        return ERR_OK;
    if (decimal_read(word, &value) != ERR_OK || value < low || value > high)
        return fault_set(f->fault, ERR_ARG, key, word, allowed);
    *got = value;
    return ERR_OK;
}

static enum err read_draws(struct chance *c)
{
    const struct request *q = c->figures->request;
    struct fault *fault = c->figures->fault;
    char most[WORD_ROOM];
    enum err err = request_int(q, "seed", 1, &c->ask.seed, fault);

    if (err == ERR_OK)
        err = request_int(q, "draws", CHANCE_DRAWS, &c->ask.draws, fault);
    if (err != ERR_OK || (c->ask.draws >= 1 && c->ask.draws <= SIMULATE_DRAWS))
        return err;
    (void)snprintf(most, sizeof most, "1 to %d", SIMULATE_DRAWS);
    return fault_set(fault, ERR_ARG, "draws", request_key(q, "draws"), most);
}

static const struct datum *tender_value(const struct chance *c, size_t field)
{
    return &c->figures->made->tender->values[field_place(field)];
}

static enum err read_jury(struct chance *c)
{
    const struct datum *jury = tender_value(c, FIELD_TENDER_JURY);
    bool said = jury->set || request_key(c->figures->request, "jury") != NULL;

    c->jury_is_assumed = !said;
    c->ask.correlation = jury->set ? jury->number : CHANCE_JURY;
    return chance_decimal(c->figures, "jury", 0, DECIMAL_ONE,
        "the correlation of marks, 0 to 1", &c->ask.correlation);
}

static enum err read_half_width(struct chance *c)
{
    int64_t decimal = 0;
    enum err err = chance_decimal(c->figures, "half-width", 1, DECIMAL_ONE / 2,
        "half the width of an interval, 0.0001 to 0.5", &decimal);

    c->ask.half_width = decimal * (MICRO_ONE / DECIMAL_ONE);
    return err;
}

/* Every bid has its own random numbers, whatever other bids there are. */
static void read_bids(struct chance *c)
{
    const struct tender_model *made = c->figures->made;
    size_t n = made->model.bids_n;

    c->presence = mem_new((n ? n : 1) * sizeof *c->presence);
    c->keys = mem_new((n ? n : 1) * sizeof *c->keys);
    for (size_t b = 0; b < n; b++) {
        const struct datum *presence =
            &made->bids[b]->values[field_place(FIELD_BID_PRESENCE)];

        c->presence[b] = presence->set ? presence->number : DECIMAL_ONE;
        c->keys[b] = made->bids[b]->id;
    }
    const struct datum *none =
        &made->tender->values[field_place(FIELD_TENDER_NO_AWARD)];
    c->ask.presence = c->presence;
    c->ask.keys = c->keys;
    c->ask.no_award = none->set ? none->number : 0;
}

static enum err put_rule(struct chance *c)
{
    const char *word = request_key(c->figures->request, "rule");
    struct text allowed = {0};
    enum price_rule rule = RULE_NONE;

    if (word == NULL)
        return ERR_OK;
    for (int i = RULE_NONE + 1; i < RULE_COUNT; i++) {
        const char *name = price_rule_word((enum price_rule)i);

        if (strcmp(name, word) == 0)
            rule = (enum price_rule)i;
        text_printf(&allowed, "%s%s", i == RULE_NONE + 1 ? "" : ",", name);
    }
    enum err err = ERR_OK;
    if (rule == RULE_NONE)
        err = fault_set(
            c->figures->fault, ERR_ARG, "rule", word, text_peek(&allowed));
    for (size_t k = 0; k < c->before.criteria_n && err == ERR_OK; k++)
        if (c->criteria[k].is_price)
            (void)stability_assume(&c->criteria[k], rule);
    text_fini(&allowed);
    return err;
}

/* Where nothing but an order of importance is published, what is computed
 * without drawing takes the mean of the weights that follow it. */
static void weigh_by_order(struct chance *c)
{
    const struct tender_model *made = c->shared;

    if (made->order_weights == NULL)
        return;
    c->by_order = true;
    for (size_t k = 0; k < c->before.criteria_n; k++)
        c->criteria[k].weight = made->order_weights[k];
    for (size_t g = 0; g < c->before.groups_n; g++) {
        c->groups[g].weight = made->order_groups[g].weight;
        c->groups[g].parts_are_shares = made->order_groups[g].parts_are_shares;
        c->groups[g].parts_fit = made->order_groups[g].parts_fit;
    }
}

static void count_middles(struct chance *c)
{
    const struct tender_model *made = c->figures->made;

    for (size_t k = 0; k < c->before.criteria_n; k++) {
        const struct datum *kind =
            &made->criteria[k]
                 ->values[field_place(FIELD_CRITERION_WEIGHT_KIND)];
        const struct estimate *weight = &c->criteria[k].weight;

        c->middles += kind->set && strlen(kind->text) == 7 &&
                      strcmp(kind->text + 3, "-mid") == 0 &&
                      weight->low == weight->high;
    }
}

static enum err put_element(
    struct chance *c, const struct subsets *subsets, const char *word)
{
    const struct tender_model *made = c->figures->made;
    const struct object *named =
        record_find(c->figures->record, KIND_ELEMENT, word);

    for (size_t e = 0; e < c->before.elements_n; e++) {
        if (made->elements[e] != named)
            continue;
        c->set |= subset_bit(subsets, e);
        c->elements[e].always = true;
        return ERR_OK;
    }
    return fault_set(c->figures->fault, ERR_NONE, "in", word,
        "elements that are not out, comma between them");
}

static enum err put_elements(struct chance *c)
{
    const char *list = request_key(c->figures->request, "in");
    struct subsets subsets;
    enum err err = ERR_OK;

    /* As front tells the offer without any. */
    if (list == NULL || strcmp(list, "none") == 0)
        return ERR_OK;
    subsets_init(&subsets, &c->before);
    char *words = mem_text(list);
    char *rest = words;
    for (char *word; err == ERR_OK && (word = strsep(&rest, ",")) != NULL;)
        err = put_element(c, &subsets, word);
    if (err == ERR_OK && !subset_is_valid(&subsets, c->set))
        err = fault_set(c->figures->fault, ERR_ARG, "in", list,
            "elements that may be offered together");
    free(words);
    return err;
}

static void copy_model(struct chance *c)
{
    struct model *model = &c->made.model;
    size_t criteria = model->criteria_n * sizeof *c->criteria;
    size_t elements = model->elements_n * sizeof *c->elements;
    size_t groups = model->groups_n * sizeof *c->groups;

    c->criteria = mem_new(criteria ? criteria : 1);
    c->elements = mem_new(elements ? elements : 1);
    c->groups = mem_new(groups ? groups : 1);
    if (groups)
        memcpy(c->groups, model->groups, groups);
    model->groups = c->groups;
    if (criteria)
        memcpy(c->criteria, model->criteria, criteria);
    if (elements)
        memcpy(c->elements, model->elements, elements);
    model->criteria = c->criteria;
    model->elements = c->elements;
}

enum err chance_init(struct chance *chance, struct figures *f)
{
    *chance = (struct chance){.figures = f,
        .stages = 1,
        .shared = f->made,
        .made = *f->made,
        .before = f->made->model};
    copy_model(chance);
    f->made = &chance->made;
    read_bids(chance);
    count_middles(chance);
    weigh_by_order(chance);
    enum err err = read_draws(chance);
    if (err == ERR_OK)
        err = read_jury(chance);
    if (err == ERR_OK)
        err = read_half_width(chance);
    if (err == ERR_OK)
        err = put_rule(chance);
    if (err == ERR_OK)
        err = put_elements(chance);
    if (err != ERR_OK)
        chance_fini(chance);
    return err;
}

void chance_fini(struct chance *chance)
{
    chance->figures->made = chance->shared;
    free(chance->criteria);
    free(chance->groups);
    free(chance->elements);
    free(chance->presence);
    free(chance->keys);
    *chance = (struct chance){0};
}

/* Stages count as if each took as long as the others. */
bool chance_go_on(void *context, uint64_t done, uint64_t draws)
{
    const struct chance *c = context;

    return long_work_tell(
        c->figures->work, c->stage * draws + done, c->stages * draws);
}

enum err chance_ended(struct chance *chance)
{
    struct figures *f = chance->figures;
    struct long_work *work = f->work;

    /* draws= is what can be asked less of, whatever the stage. */
    if (chance->stages > 1) {
        work->done /= chance->stages;
        work->all /= chance->stages;
    }
    return long_work_ended(work, "draws", f->language, f->fault);
}

enum err chance_fail(struct chance *c, enum err err)
{
    struct fault *fault = c->figures->fault;
    char most[WORD_ROOM];

    switch (err) {
    case ERR_STATE:
        return figures_lack(c->figures, FIGURE_DECIDER);
    case ERR_LIMIT:
        (void)snprintf(most, sizeof most, "%d", SIMULATE_BIDS);
        if (c->before.bids_n > SIMULATE_BIDS)
            return fault_set(fault, ERR_LIMIT, "bids", "more", most);
        return fault_set(fault, ERR_LIMIT, "weight", "narrow ranges",
            "ranges and an order that are met more often");
    default:
        return fault_set(fault, ERR_ARG, "weight", "what contradicts itself",
            "ranges that can sum to the whole; an order for all or for none");
    }
}

enum err chance_run(struct chance *chance, uint32_t set, bool thresholds,
    struct simulate_result **made)
{
    struct figures *f = chance->figures;
    struct simulate_result *result = NULL;

    chance->ask.thresholds = thresholds;
    chance->ask.go_on = chance_go_on;
    chance->ask.context = chance;
    enum err err = simulate_run(&f->made->model, set, &chance->ask, &result);
    if (err != ERR_OK)
        return chance_fail(chance, err);
    if (result->stopped) {
        simulate_result_free(&result);
        return chance_ended(chance);
    }
    *made = result;
    return ERR_OK;
}

void chance_last(
    const struct chance *chance, const struct simulate_result *result)
{
    struct reply *r = chance->figures->last;

    reply_int(r, "seed", (int64_t)chance->ask.seed);
    reply_int(r, "draws", (int64_t)result->draws);
    if (result->draws < chance->ask.draws)
        reply_yes(r, "close", true);
    reply_micro(r, "jury", chance->ask.correlation * (MICRO_ONE / DECIMAL_ONE));
    if (chance->jury_is_assumed)
        reply_yes(r, "assumed", true);
    reply_word(r, "weights", result->weights_are_exact ? "exact" : "drawn");
    if (chance->by_order)
        reply_yes(r, "by-order", true);
    if (chance->middles)
        reply_int(r, "middles", (int64_t)chance->middles);
}
