/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch.c - needs served, by what, and needs left open.
 */
#include "value/words/pitch.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/front/offer.h"

/* Coverage from which a need is told as served. */
#define SERVED_FROM (MICRO_ONE / 2)
/* Importance from which a need little covered is worth a question. */
#define OPEN_FROM (5 * DECIMAL_ONE)

/* Our coverage of each need by a model. */
static void read_covers(const struct model *model, int64_t *covers)
{
    struct offer offer;

    offer_init(&offer, model);
    for (size_t n = 0; n < model->needs_n; n++)
        covers[n] = offer_cover_micro(&offer, model->ours, n);
    offer_fini(&offer);
}

/* The same model in which one element is in the offer, or has no effect. */
static void read_covers_with(
    const struct model *model, size_t element, bool in, int64_t *covers)
{
    struct model other = *model;
    struct model_element *elements =
        mem_new((model->elements_n + 1) * sizeof *elements);
    struct model_effect *effects =
        mem_new((model->effects_n + 1) * sizeof *effects);

    memcpy(elements, model->elements, model->elements_n * sizeof *elements);
    elements[element].always |= in;
    other.elements = elements;
    other.effects = effects;
    other.effects_n = 0;
    for (size_t i = 0; i < model->effects_n; i++)
        if (in || model->effects[i].element != element)
            effects[other.effects_n++] = model->effects[i];
    read_covers(&other, covers);
    free(elements);
    free(effects);
}

static bool touches(const struct model *model, size_t element, size_t need)
{
    for (size_t i = 0; i < model->effects_n; i++)
        if (model->effects[i].element == element &&
            model->effects[i].need == need)
            return true;
    return false;
}

/* One that requires what is out can never be offered. */
static bool may_be_offered(const struct model_element *element)
{
    for (size_t i = 0; i < element->needs_n; i++)
        if (element->needs[i] == MODEL_NOWHERE)
            return false;
    return true;
}

/* The element that changes the coverage of a need most: of those always in by
 * being taken away, of the possible ones by being put in. */
static size_t best_element(const struct model *model, size_t need, bool in,
    int64_t covered, int64_t *changed)
{
    int64_t *covers = mem_new((model->needs_n + 1) * sizeof *covers);
    size_t best = MODEL_NOWHERE;
    int64_t most = 0;

    for (size_t e = 0; e < model->elements_n; e++) {
        if (model->elements[e].always == in || !touches(model, e, need) ||
            (in && !may_be_offered(&model->elements[e])))
            continue;
        read_covers_with(model, e, in, covers);
        int64_t change = in ? covers[need] - covered : covered - covers[need];
        if (change > most) {
            most = change;
            best = e;
            *changed = covers[need];
        }
    }
    free(covers);
    return best;
}

static int compare_served(const void *a, const void *b)
{
    const struct pitch_need *x = a;
    const struct pitch_need *y = b;

    if (x->importance != y->importance)
        return x->importance > y->importance ? -1 : 1;
    if (x->covered != y->covered)
        return x->covered > y->covered ? -1 : 1;
    return (x->need > y->need) - (x->need < y->need);
}

/* Importance at most 100000, so the products are far from any limit. */
static int64_t lacking(const struct pitch_need *need)
{
    return need->importance * (MICRO_ONE - need->covered);
}

static int compare_open(const void *a, const void *b)
{
    const struct pitch_need *x = a;
    const struct pitch_need *y = b;

    if (lacking(x) != lacking(y))
        return lacking(x) > lacking(y) ? -1 : 1;
    return (x->need > y->need) - (x->need < y->need);
}

static void sort_needs(struct pitch *p)
{
    if (p->served_n > 1)
        qsort(p->served, p->served_n, sizeof *p->served, compare_served);
    if (p->open_n > 1)
        qsort(p->open, p->open_n, sizeof *p->open, compare_open);
}

/* There is always something to ask about, unless all is covered. */
static void open_one(struct pitch *p)
{
    if (p->open_n)
        return;
    for (size_t i = 0; i < p->served_n; i++)
        if (lacking(&p->served[i]) > 0 &&
            (p->open_n == 0 || lacking(&p->served[i]) > lacking(p->open))) {
            p->open[0] = p->served[i];
            p->open_n = 1;
        }
}

static void find_elements(const struct model *model, struct pitch *p)
{
    for (size_t i = 0; i < p->served_n; i++) {
        struct pitch_need *n = &p->served[i];

        n->element =
            best_element(model, n->need, false, n->covered, &n->without);
    }
    for (size_t i = 0; i < p->open_n; i++) {
        const struct pitch_need *n = &p->open[i];

        p->offers[i] = (struct pitch_offer){MODEL_NOWHERE, n->need, n->covered};
        p->offers[i].element = best_element(
            model, n->need, true, n->covered, &p->offers[i].covered);
    }
}

void pitch_plan(
    const struct model *model, const int64_t *importance, struct pitch **made)
{
    struct pitch *p = mem_new(sizeof *p);
    int64_t *covers = mem_new((model->needs_n + 1) * sizeof *covers);

    p->served = mem_new((model->needs_n + 1) * sizeof *p->served);
    p->open = mem_new((model->needs_n + 1) * sizeof *p->open);
    p->offers = mem_new((model->needs_n + 1) * sizeof *p->offers);
    read_covers(model, covers);
    for (size_t n = 0; n < model->needs_n; n++) {
        struct pitch_need need = {
            n, importance[n], covers[n], MODEL_NOWHERE, 0};

        if (importance[n] == MODEL_ABSENT || importance[n] <= 0)
            continue;
        if (covers[n] >= SERVED_FROM)
            p->served[p->served_n++] = need;
        else if (importance[n] >= OPEN_FROM)
            p->open[p->open_n++] = need;
    }
    sort_needs(p);
    open_one(p);
    find_elements(model, p);
    free(covers);
    *made = p;
}

/* Points of the best rival on a criterion; MODEL_ABSENT without one. */
static int64_t best_rival_on(const struct award_result *a, size_t criterion)
{
    int64_t best = MODEL_ABSENT;

    for (size_t bid = 0; bid < a->bids_n; bid++) {
        int64_t points = a->points[bid * a->criteria_n + criterion];

        if (bid != a->ours && points > best)
            best = points;
    }
    return best;
}

size_t pitch_strength(
    const struct model *model, const struct award_result *award)
{
    size_t best = MODEL_NOWHERE;
    int64_t most = 0;

    for (size_t k = 0; k < award->criteria_n; k++) {
        int64_t ours = award->points[award->ours * award->criteria_n + k];
        int64_t rival = best_rival_on(award, k);

        if (model->criteria[k].is_price || ours == MODEL_ABSENT ||
            rival == MODEL_ABSENT || ours - rival <= most)
            continue;
        most = ours - rival;
        best = k;
    }
    return best;
}

void pitch_free(struct pitch **pitch)
{
    struct pitch *p = *pitch;

    *pitch = NULL;
    if (p == NULL)
        return;
    free(p->served);
    free(p->open);
    free(p->offers);
    free(p);
}
