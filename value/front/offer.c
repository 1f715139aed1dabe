/* SPDX-License-Identifier: Apache-2.0
 *
 * offer.c - how effects of elements combine.
 */
#include "value/front/offer.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

struct change {
    uint32_t bit; /* the element that brings it */
    int64_t by;
    enum combine combine;
};

struct offer_target {
    int64_t recorded, most; /* the value, and the largest that it can have */
    bool has_effects;       /* else nothing below is made */
    mpz_t base;             /* recorded value and what is always added */
    int64_t top, low;       /* of the effects "cap" that are always in */
    mpz_t rest;             /* product of 1 - by of those "complement" */
    mpz_t scratch;          /* the same with those that a set chooses */
    mpz_t limit;            /* full coverage, or scale-max */
    size_t factors;         /* all effects "complement", in or possible */
    bool is_cover;
    struct change *changes; /* those of possible elements */
    size_t changes_n, changes_room;
};

/* What a complement of by leaves open, in 1/10000, never below nothing. */
static unsigned long left_open(int64_t by)
{
    return by >= DECIMAL_ONE ? 0 : (unsigned long)(DECIMAL_ONE - by);
}

static void widen(int64_t by, int64_t *top, int64_t *low)
{
    if (by > *top)
        *top = by;
    if (by < *low)
        *low = by;
}

static void add_signed(mpz_t to, int64_t by)
{
    if (by >= 0)
        mpz_add_ui(to, to, (unsigned long)by);
    else
        mpz_sub_ui(to, to, 0ul - (unsigned long)by);
}

/* A mark has no share left open: there a complement is added. */
static enum combine combine_on(
    const struct offer_target *target, enum combine combine)
{
    if (combine == COMBINE_COMPLEMENT && !target->is_cover)
        return COMBINE_ADD;
    return combine;
}

static void apply_change(enum combine combine, int64_t by, mpz_t sum,
    int64_t *top, int64_t *low, mpz_t rest)
{
    switch (combine) {
    case COMBINE_ADD:
        add_signed(sum, by);
        return;
    case COMBINE_CAP:
        widen(by, top, low);
        return;
    case COMBINE_COMPLEMENT:
        mpz_mul_ui(rest, rest, left_open(by));
        return;
    }
}

static struct offer_target *target_of(
    struct offer *offer, const struct model_effect *effect)
{
    const struct model *model = offer->model;

    INSIST(effect->element < model->elements_n);
    if (effect->criterion != MODEL_NOWHERE) {
        INSIST(effect->criterion < model->criteria_n);
        /* Elements change the price by their cost, not by effects. */
        if (model->criteria[effect->criterion].is_price)
            return NULL;
        return &offer->targets[effect->criterion];
    }
    if (effect->need == MODEL_NOWHERE)
        return NULL;
    INSIST(effect->need < model->needs_n);
    return &offer->targets[model->criteria_n + effect->need];
}

/* Makes room for effects; most targets have none. */
static void expect_effects(struct offer_target *target)
{
    if (target->has_effects)
        return;
    target->has_effects = true;
    mpz_init_set_si(target->base, target->recorded);
    mpz_init_set_ui(target->rest, 1);
    mpz_init(target->scratch);
    mpz_init_set_si(target->limit, target->most);
}

static void read_effect(struct offer *offer, const struct model_effect *effect)
{
    struct offer_target *target = target_of(offer, effect);

    if (target == NULL)
        return;
    expect_effects(target);
    enum combine combine = combine_on(target, effect->combine);
    uint32_t bit = subset_bit(&offer->subsets, effect->element);
    bool always = offer->model->elements[effect->element].always;

    if (combine == COMBINE_COMPLEMENT && (always || bit != 0))
        target->factors++; /* never on a mark: see combine_on */
    if (always)
        apply_change(combine, effect->by, target->base, &target->top,
            &target->low, target->rest);
    if (always || bit == 0)
        return;
    target->changes = mem_grow(target->changes, &target->changes_room,
        target->changes_n + 1, sizeof *target->changes);
    target->changes[target->changes_n++] =
        (struct change){bit, effect->by, combine};
}

static struct offer_target target_at(
    int64_t recorded, int64_t most, bool is_cover)
{
    return (struct offer_target){
        .recorded = recorded, .most = most, .is_cover = is_cover};
}

static void init_targets(struct offer *offer)
{
    const struct model *m = offer->model;

    offer->targets =
        mem_new((m->criteria_n + m->needs_n) * sizeof *offer->targets);
    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct estimate *mark = &m->marks[m->ours * m->criteria_n + k];
        bool is_price = m->criteria[k].is_price;
        offer->targets[k] =
            target_at(is_price || mark->low == MODEL_ABSENT ? 0 : mark->likely,
                is_price ? 0 : m->criteria[k].scale_max, false);
    }
    for (size_t k = 0; k < m->needs_n; k++) {
        const struct estimate *cover = &m->covers[m->ours * m->needs_n + k];
        offer->targets[m->criteria_n + k] = target_at(
            cover->low == MODEL_ABSENT ? 0 : cover->likely, DECIMAL_ONE, true);
    }
    for (size_t i = 0; i < m->effects_n; i++)
        read_effect(offer, &m->effects[i]);
}

static void init_price(struct offer *offer)
{
    const struct model *m = offer->model;
    const struct estimate *price = &m->bids[m->ours].price;

    mpq_init(offer->price);
    offer->has_price = price->low != MODEL_ABSENT;
    mpz_init_set_si(offer->price_base, offer->has_price ? price->likely : 0);
    for (size_t i = 0; i < m->elements_n; i++) {
        if (m->elements[i].always)
            add_signed(offer->price_base, m->elements[i].cost);
    }
}

static void clamp(mpz_t value, const mpz_t limit)
{
    if (mpz_sgn(value) < 0)
        mpz_set_ui(value, 0);
    if (mpz_cmp(value, limit) > 0)
        mpz_set(value, limit);
}

/* What no effect changes. */
static void set_recorded(const struct offer_target *target, mpz_t value)
{
    int64_t least = target->recorded < 0 ? 0 : target->recorded;

    mpz_set_si(value, least > target->most ? target->most : least);
}

/* Puts into value the mark, or the coverage over one, that a set gives. */
static void set_target(
    struct offer_target *target, uint32_t set, mpz_t value, const mpz_t one)
{
    if (!target->has_effects) {
        set_recorded(target, value);
        return;
    }
    int64_t top = target->top;
    int64_t low = target->low;
    mpz_ptr rest = target->scratch;

    mpz_set(rest, target->rest);
    mpz_set(value, target->base);
    for (size_t i = 0; i < target->changes_n; i++) {
        const struct change *change = &target->changes[i];
        if ((set & change->bit) != 0)
            apply_change(change->combine, change->by, value, &top, &low, rest);
        else if (change->combine == COMBINE_COMPLEMENT)
            mpz_mul_ui(rest, rest, DECIMAL_ONE);
    }
    add_signed(value, top);
    add_signed(value, low);
    clamp(value, target->limit);
    if (target->factors > 0) {
        mpz_sub(value, target->limit, value);
        mpz_mul(value, value, rest);
        mpz_sub(value, one, value);
        clamp(value, one);
    }
}

static struct offer_target *cover_target(struct offer *offer, size_t need)
{
    return &offer->targets[offer->model->criteria_n + need];
}

void offer_set(struct offer *offer, uint32_t set)
{
    const struct model *m = offer->model;
    mpz_t price;

    mpz_init_set(price, offer->price_base);
    for (size_t i = 0; i < offer->subsets.n; i++) {
        if ((set >> i & 1) != 0)
            add_signed(price, m->elements[offer->subsets.element[i]].cost);
    }
    fraction_set_big(offer->price, price);
    mpz_clear(price);

    for (size_t k = 0; k < m->criteria_n; k++) {
        if (offer->targets[k].changes_n > 0)
            set_target(&offer->targets[k], set, offer->marks[k],
                offer->targets[k].limit);
    }
    for (size_t k = 0; k < m->needs_n; k++) {
        if (cover_target(offer, k)->changes_n > 0)
            set_target(cover_target(offer, k), set, offer->covers[k],
                offer->cover_one[k]);
    }
    offer->set = set;
}

void offer_init(struct offer *offer, const struct model *model)
{
    INSIST(model->ours < model->bids_n);
    *offer = (struct offer){.model = model};
    subsets_init(&offer->subsets, model);
    init_targets(offer);
    init_price(offer);
    offer->marks = integers_new(model->criteria_n);
    offer->covers = integers_new(model->needs_n);
    offer->cover_one = integers_new(model->needs_n);
    for (size_t k = 0; k < model->criteria_n; k++)
        set_target(
            &offer->targets[k], 0, offer->marks[k], offer->targets[k].limit);
    for (size_t k = 0; k < model->needs_n; k++) {
        mpz_ui_pow_ui(offer->cover_one[k], (unsigned long)DECIMAL_ONE,
            cover_target(offer, k)->factors + 1);
        set_target(
            cover_target(offer, k), 0, offer->covers[k], offer->cover_one[k]);
    }
    offer_set(offer, 0);
}

enum err offer_init_with(
    struct offer *offer, const struct model *model, uint32_t set)
{
    offer_init(offer, model);
    if (set != 0 && !subset_is_valid(&offer->subsets, set)) {
        offer_fini(offer);
        return ERR_ARG;
    }
    offer_set(offer, set);
    return ERR_OK;
}

void offer_fini(struct offer *offer)
{
    size_t n = offer->model->criteria_n + offer->model->needs_n;

    for (size_t i = 0; i < n; i++) {
        if (!offer->targets[i].has_effects)
            continue;
        free(offer->targets[i].changes);
        mpz_clears(offer->targets[i].base, offer->targets[i].rest,
            offer->targets[i].scratch, offer->targets[i].limit, NULL);
    }
    free(offer->targets);
    offer->targets = NULL;
    mpz_clear(offer->price_base);
    mpq_clear(offer->price);
    integers_free(&offer->marks, offer->model->criteria_n);
    integers_free(&offer->covers, offer->model->needs_n);
    integers_free(&offer->cover_one, offer->model->needs_n);
}

void offer_cover(
    const struct offer *offer, size_t bid, size_t need, mpq_t cover)
{
    const struct model *m = offer->model;
    const struct estimate *recorded = &m->covers[bid * m->needs_n + need];

    if (bid == m->ours)
        fraction_set_integers(
            cover, offer->covers[need], offer->cover_one[need]);
    else
        fraction_set(
            cover, recorded->low == MODEL_ABSENT ? 0 : recorded->likely);
}

int64_t offer_cover_micro(const struct offer *offer, size_t bid, size_t need)
{
    mpq_t cover;

    mpq_init(cover);
    offer_cover(offer, bid, need, cover);
    int64_t micro = fraction_micro(cover, FRACTION_HALF_UP);
    mpq_clear(cover);
    return micro;
}
