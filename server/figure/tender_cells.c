/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_cells.c - what stands where two objects meet: marks, relations,
 * reaches; and the elements with their effects.
 */
#include "server/figure/tender_maker.h"

#include "value/award/tree.h"

#include <stdlib.h>

/* Puts a relation on a criterion, or on all below one that has parts. */
static void relate(const struct maker *m, int *row, const struct datum *to,
    int strength, bool own)
{
    const struct model *model = &m->made->model;
    size_t k = maker_index(m->made->criteria, model->criteria_n, to);

    if (own && k != MODEL_NOWHERE)
        row[k] = strength;
    for (size_t g = 0; !own && k == MODEL_NOWHERE && g < model->groups_n; g++) {
        if (!maker_is_ref(to, m->made->groups[g]))
            continue;
        for (size_t i = 0; i < model->criteria_n; i++)
            row[i] = tree_holds(model, g, i) && strength > row[i] ? strength
                                                                  : row[i];
    }
}

/* What a need has to do with a criterion it has to do with its parts too,
 * but for those of which that is recorded apart. */
/* Needs that only an institution or a distributor weighs are none of users:
 * a criterion that looks at them looks at nobody's who uses. */
static void mark_foreign(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    bool *mine = maker_room(m, model->needs_n, sizeof *mine);

    m->made->foreign = maker_room(m, model->needs_n, sizeof *mine);
    for (size_t i = 0; i < r->n[KIND_WEIGHS]; i++) {
        const struct object *o = r->list[KIND_WEIGHS][i];
        size_t need =
            maker_index(m->made->needs, model->needs_n, VALUE(o, WEIGHS, NEED));

        if (need == MODEL_NOWHERE)
            continue;
        m->made->foreign[need] = true;
        mine[need] |= maker_index(m->made->segments, model->segments_n,
                          VALUE(o, WEIGHS, PARTY)) != MODEL_NOWHERE;
    }
    for (size_t n = 0; n < model->needs_n; n++)
        m->made->foreign[n] &= !mine[n];
}

static void make_relates(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    int *list = maker_room(m, model->needs_n * model->criteria_n, sizeof *list);

    mark_foreign(m);
    for (int own = model->groups_n ? 0 : 1; own <= 1; own++) {
        for (size_t i = 0; i < r->n[KIND_RELATES]; i++) {
            const struct object *o = r->list[KIND_RELATES][i];
            size_t need = maker_index(
                m->made->needs, model->needs_n, VALUE(o, RELATES, NEED));

            if (need != MODEL_NOWHERE && !m->made->foreign[need])
                relate(m, list + need * model->criteria_n,
                    VALUE(o, RELATES, CRITERION),
                    (int)strtol(VALUE(o, RELATES, STRENGTH)->text, NULL, 10),
                    own);
        }
    }
    model->relates = list;
}

/* Indexes of the elements of a set; of one that is out nothing is left, or
 * MODEL_NOWHERE. */
static const size_t *elements_of(
    struct maker *m, const struct datum *set, size_t *n, bool keep_lost)
{
    size_t *list = maker_room(m, m->record->n[KIND_ELEMENT] + 1, sizeof *list);
    const char *p = set->set ? set->text : "";

    *n = 0;
    for (p += *p == ','; *p; p += *p == ',') {
        struct datum ref = {.set = true, .ref_kind = KIND_ELEMENT};
        char *end;

        ref.number = strtoll(p, &end, 10);
        p = end;
        size_t at =
            maker_index(m->made->elements, m->made->model.elements_n, &ref);
        if (at != MODEL_NOWHERE || keep_lost)
            list[(*n)++] = at;
    }
    return list;
}

static size_t group_of(const struct maker *m, size_t element)
{
    const struct datum *group =
        VALUE(m->made->elements[element], ELEMENT, GROUP);

    if (!group->set)
        return MODEL_NOWHERE;
    for (size_t i = 0; i < element; i++)
        if (maker_is_word(
                VALUE(m->made->elements[i], ELEMENT, GROUP), group->text))
            return i;
    return element;
}

static void make_elements(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = r->n[KIND_ELEMENT];
    struct model_element *list = maker_room(m, n, sizeof *list);

    m->made->elements = maker_room(m, n, sizeof *m->made->elements);
    for (size_t i = 0; i < n; i++) {
        const struct object *o = r->list[KIND_ELEMENT][i];

        if (maker_is_of_lot(m, VALUE(o, ELEMENT, LOT)) &&
            !maker_is_word(VALUE(o, ELEMENT, STATE), "out"))
            m->made->elements[model->elements_n++] = o;
    }
    for (size_t i = 0; i < model->elements_n; i++) {
        const struct object *o = m->made->elements[i];
        const struct datum *cost = VALUE(o, ELEMENT, COST);
        struct model_element *e = &list[i];

        e->cost = cost->set ? cost->number : 0;
        e->always = maker_is_word(VALUE(o, ELEMENT, STATE), "in");
        e->group = group_of(m, i);
        e->excludes =
            elements_of(m, VALUE(o, ELEMENT, EXCLUDES), &e->excludes_n, false);
        e->needs =
            elements_of(m, VALUE(o, ELEMENT, REQUIRES), &e->needs_n, true);
    }
    model->elements = list;
}

static enum combine combine_of(const struct datum *d)
{
    if (maker_is_word(d, "cap"))
        return COMBINE_CAP;
    if (maker_is_word(d, "complement"))
        return COMBINE_COMPLEMENT;
    return COMBINE_ADD;
}

static void make_effects(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    struct model_effect *list = maker_room(m, r->n[KIND_EFFECT], sizeof *list);

    for (size_t i = 0; i < r->n[KIND_EFFECT]; i++) {
        const struct object *o = r->list[KIND_EFFECT][i];
        const struct datum *on = VALUE(o, EFFECT, ON);
        struct model_effect e = {
            maker_index(m->made->elements, model->elements_n,
                VALUE(o, EFFECT, ELEMENT)),
            MODEL_NOWHERE, MODEL_NOWHERE, VALUE(o, EFFECT, BY)->number,
            combine_of(VALUE(o, EFFECT, COMBINE))};

        if (on->ref_kind == KIND_CRITERION)
            e.criterion = maker_index(m->made->criteria, model->criteria_n, on);
        else
            e.need = maker_index(m->made->needs, model->needs_n, on);
        if (e.element != MODEL_NOWHERE &&
            (e.criterion != MODEL_NOWHERE || e.need != MODEL_NOWHERE))
            list[model->effects_n++] = e;
    }
    model->effects = list;
}

void maker_cells(struct maker *m)
{
    maker_marks(m);
    make_relates(m);
    make_elements(m);
    make_effects(m);
    maker_users(m);
    maker_reaches(m);
}
