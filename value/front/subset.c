/* SPDX-License-Identifier: Apache-2.0
 *
 * subset.c - choices and what forbids them.
 */
#include "value/front/subset.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

static bool names(const size_t *list, size_t n, size_t element)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i] == element)
            return true;
    }
    return false;
}

bool elements_conflict(const struct model *model, size_t one, size_t other)
{
    const struct model_element *a = &model->elements[one];
    const struct model_element *b = &model->elements[other];

    if (one == other)
        return false;
    if (a->group != MODEL_NOWHERE && a->group == b->group)
        return true;
    return names(a->excludes, a->excludes_n, other) ||
           names(b->excludes, b->excludes_n, one);
}

uint32_t subset_bit(const struct subsets *subsets, size_t element)
{
    for (size_t i = 0; i < subsets->n; i++) {
        if (subsets->element[i] == element)
            return UINT32_C(1) << i;
    }
    return 0;
}

/* Adds to *bits what an element requires; false when that is not on offer. */
static bool take_requirements(const struct subsets *subsets,
    const struct model *model, size_t element, uint32_t *bits)
{
    const struct model_element *e = &model->elements[element];

    for (size_t i = 0; i < e->needs_n; i++) {
        if (e->needs[i] == MODEL_NOWHERE)
            return false;
        INSIST(e->needs[i] < model->elements_n);
        if (!model->elements[e->needs[i]].always)
            *bits |= subset_bit(subsets, e->needs[i]);
    }
    return true;
}

static void read_choice(
    struct subsets *subsets, const struct model *model, size_t bit)
{
    size_t self = subsets->element[bit];

    if (!take_requirements(subsets, model, self, &subsets->requires[bit]))
        subsets->never |= UINT32_C(1) << bit;
    for (size_t i = 0; i < model->elements_n; i++) {
        if (!elements_conflict(model, self, i))
            continue;
        if (model->elements[i].always)
            subsets->never |= UINT32_C(1) << bit;
        else
            subsets->excludes[bit] |= subset_bit(subsets, i);
    }
}

static void read_always(
    struct subsets *subsets, const struct model *model, size_t self)
{
    if (!take_requirements(subsets, model, self, &subsets->must))
        subsets->broken = true;
    for (size_t i = 0; i < self; i++) {
        if (model->elements[i].always && elements_conflict(model, self, i))
            subsets->broken = true;
    }
}

void subsets_init(struct subsets *subsets, const struct model *model)
{
    *subsets = (struct subsets){0};
    for (size_t i = 0; i < model->elements_n; i++) {
        if (model->elements[i].always)
            continue;
        if (subsets->n < MODEL_CHOICES)
            subsets->element[subsets->n++] = i;
        else
            subsets->too_many = true;
    }
    for (size_t bit = 0; bit < subsets->n; bit++)
        read_choice(subsets, model, bit);
    for (size_t i = 0; i < model->elements_n; i++) {
        if (model->elements[i].always)
            read_always(subsets, model, i);
    }
}

bool subset_is_valid(const struct subsets *subsets, uint32_t set)
{
    if (subsets->broken || set >> subsets->n != 0)
        return false;
    if ((set & subsets->never) != 0 || (subsets->must & ~set) != 0)
        return false;
    for (size_t bit = 0; bit < subsets->n; bit++) {
        if ((set >> bit & 1) == 0)
            continue;
        if ((set & subsets->excludes[bit]) != 0)
            return false;
        if ((subsets->requires[bit] & ~set) != 0)
            return false;
    }
    return true;
}

/* Puts into an offer what its elements require; true when that was all there
 * already, *broken where something required is out. */
static bool join_required(const struct model *model, bool *in, bool *broken)
{
    bool whole = true;

    for (size_t i = 0; i < model->elements_n; i++) {
        const struct model_element *e = &model->elements[i];
        for (size_t k = 0; in[i] && k < e->needs_n; k++) {
            *broken |= e->needs[k] == MODEL_NOWHERE;
            if (e->needs[k] == MODEL_NOWHERE || in[e->needs[k]])
                continue;
            in[e->needs[k]] = true;
            whole = false;
        }
    }
    return whole;
}

/* What is always in and all it requires is part of every offer, and is one
 * itself unless it contradicts itself. */
bool elements_allow(const struct model *model)
{
    bool *in = mem_new((model->elements_n + 1) * sizeof *in);
    bool broken = false;

    for (size_t i = 0; i < model->elements_n; i++)
        in[i] = model->elements[i].always;
    while (!join_required(model, in, &broken))
        continue;
    for (size_t i = 0; i < model->elements_n; i++) {
        for (size_t k = 0; k < i && in[i]; k++)
            broken |= in[k] && elements_conflict(model, i, k);
    }
    free(in);
    return !broken;
}
